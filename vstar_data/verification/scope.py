"""Where the clause begins that governs a passage: cues of negation or doubt before it do not reach the passage."""

from __future__ import annotations

from vstar_data.verification import cues, words
from vstar_data.verification.text import Text

_BEGINNING = words.SUBJECT_PRONOUNS | words.AUXILIARIES - {"to"}


def scope(text: Text, first: int, begin: int) -> int:
    """Returns the first token of the clause that governs a passage: cues before it do not reach the passage."""
    for place in range(first, begin, -1):
        token, before = text.tokens[place], text.tokens[place - 1]
        if cues.HARD_GLUE.search(token.glue) and not (":" in token.glue and before.word in cues.NEGATORS):
            return place
        if token.word == "but" and before.word == "not" and "," in token.glue and place < first:
            return place
        if (
            place < first
            and token.word in cues.SCOPE_ENDS
            and before.word
            not in (
                "not",
                "such",
                "as",
                "same",
                "or",
                "much",
            )
        ):
            if token.word == "but" and before.word in ("anything", "nothing", "everything", "all"):
                continue
            if token.word == "instead" and place + 1 < first and text.tokens[place + 1].word == "of":
                continue
            if token.word == "so" and text.tokens[place + 1].word == "much":
                continue
            if token.word == "rather" and text.tokens[place + 1].word == "than":
                continue
            if token.word == "as" and text.tokens[place + 1].word in ("if", "though"):
                return place
            return place
        if "," in token.glue and _new_clause(text, place, first):
            return place
        if token.word == "and" and place < first and _finite(text, place + 1):
            return place
    return begin


def _finite(text: Text, place: int) -> bool:
    """Whether a new predicate begins after `and`: what denied the one before it (`doesn't ...`) does not reach it."""
    token = text.tokens[place]
    while place + 1 < len(text.tokens) and (token.word in words.ADVERBS or (token.form.adverb and not token.form.noun)):
        place += 1
        token = text.tokens[place]
    if token.word in _BEGINNING:
        return True
    if token.word in ("the", "a", "an") and _someone(text, place):
        return True
    return bool(token.form.verb) and token.word.endswith(("s", "ed")) and token.word not in token.form.verb


def _someone(text: Text, place: int) -> bool:
    """Whether an article leads to a person with a verb: `and still the old man talks`."""
    for at in range(place + 1, min(place + 5, len(text.tokens) - 1)):
        token = text.tokens[at]
        if token.keys & words.PERSONS:
            following = text.tokens[at + 1]
            return following.word in words.AUXILIARIES or bool(following.form.verb and following.word.endswith("s"))
        if not (token.form.adjective or token.form.noun):
            return False
    return False


def _new_clause(text: Text, place: int, first: int) -> bool:
    """Whether after a comma a clause with a subject of its own begins before the passage."""
    for at in range(place, min(first + 1, place + 9)):
        token = text.tokens[at]
        if token.word in words.SUBJECT_PRONOUNS or token.word in ("this", "that", "these"):
            return True
        if token.word in words.AUXILIARIES or token.word == "'s":
            return True
        if at == place and token.word in ("and", "so", "who", "which"):
            continue
        if at > place and at < first and token.form.verb and token.word.endswith("s") and not token.form.adjective:
            return True
    return False


def word_at(text: Text, place: int) -> str:
    """Returns the word of a token; an empty string past the end."""
    return text.tokens[place].word if place < len(text.tokens) else ""
