"""What a relation is said of: the noun that leads to its verb or its preposition, where one stands there."""

from __future__ import annotations

from vstar_data.verification import gaps, lexicon, words
from vstar_data.verification.matching import Match
from vstar_data.verification.subjects import FORCES, person
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_STANDING = word_set("stand sit lie hang rest lean lay place put locate park position situate mount set float")
_PASSED = words.AUXILIARIES | words.BE | word_set("not also just right directly still now then")
_PARTING = words.BE | words.AUXILIARIES | words.CLAUSE_BREAKS
_ATTACHING = words.PREPOSITIONS - words.CLAUSE_BREAKS - {"of", "as", "than", "before", "after", "until", "since"}
_GROUPING = words.PREPOSITIONS | words.DETERMINERS | {"and", "'s", "that", "which", "who", "whom"}


def leading(text: Text, match: Match) -> int | None:
    """Returns the noun or pronoun that stands before a passage's verb, or before its preposition; or None.

    `The dish which a man carries` has `man`, `the cup stands on the table` has `cup`; a passive has none: what stands
    before its verb is the object.

    Args:
        text: The answer.
        match: Where a relation is said.
    """
    begin = text.bounds(match.first)[0]
    at = (match.first if match.verb is None else match.verb) - 1
    was, stands = False, match.verb is not None
    while at >= begin and (_passed(text.tokens[at]) or (not stands and _stands(text, at))):
        if "," in text.tokens[at + 1].glue:
            return None
        was = was or text.tokens[at].word in words.BE
        stands = stands or was or not _passed(text.tokens[at])
        at -= 1
    if match.verb is None and at >= begin and finite(text, at):
        return None
    if at < begin or at in match.filled or text.tokens[at + 1].glue.strip():
        return None
    if match.verb is not None and was and not text.tokens[match.verb].word.endswith("ing"):
        return None
    token = text.tokens[at]
    named = token.form.noun and token.word not in words.FUNCTION and token.value is None
    return at if named or token.word in words.SUBJECT_PRONOUNS - {"who", "there"} else None


def _stands(text: Text, at: int) -> bool:
    """Whether a word is a verb before the preposition that says where: `a bird flies above ..`, `it lies on ..`."""
    return bool(text.tokens[at].keys & _STANDING) or finite(text, at)


def finite(text: Text, at: int) -> bool:
    """Whether a word is a verb with an ending, which opens a clause of its own: `runs`."""
    token = text.tokens[at]
    before = text.tokens[at - 1] if at else None
    counted = before is not None and (before.value is not None or before.word in words.DETERMINERS)
    return bool(token.form.verb) and token.word not in token.form.verb and not counted and gaps.verbal(text, at)


def _passed(token: Token) -> bool:
    return token.word in _PASSED or (token.form.adverb and not token.form.noun)


def said_of_another(text: Text, match: Match, keys: frozenset[str]) -> bool:
    """Whether a relation of a thing or an animal is said of something else: `a man catches it next to his dog`.

    Args:
        text: The answer.
        match: Where the relation is said.
        keys: Base forms of the thing.
    """
    at = leading(text, match)
    if at is None:
        return match.verb is not None and not match.passive and _begun_by_another(text, match, keys)
    if text.tokens[at].word in words.SUBJECT_PRONOUNS:
        return False
    begin = text.bounds(match.first)[0]
    while at >= begin and _grouped(text, at):
        if text.tokens[at].keys & keys and not _attached(text, begin, at):
            return False
        at -= 1
    return True


def _grouped(text: Text, at: int) -> bool:
    """Whether a token belongs to a row of nouns and what tells them apart, with no verb: `a cup near the fork`."""
    token = text.tokens[at]
    if (token.word not in _GROUPING and token.word in _PARTING) or ";" in token.glue:
        return False
    if token.word not in words.FUNCTION and finite(text, at):
        return False
    return token.word in _GROUPING or token.form.noun or token.form.adjective or token.value is not None


def _attached(text: Text, begin: int, at: int) -> bool:
    """Whether a noun only tells another one from its like: `a keeper with a monkey`; not so `a pair of monkeys`."""
    while at > begin and (text.tokens[at - 1].word in words.DETERMINERS or text.tokens[at - 1].form.adjective):
        if "," in text.tokens[at].glue:
            return False
        at -= 1
    if at - 2 < begin or "," in text.tokens[at].glue:
        return False
    preposition, noun = text.tokens[at - 1], text.tokens[at - 2]
    leads = preposition.word in _ATTACHING
    return leads and noun.form.noun and noun.word not in words.FUNCTION


def _inside_phrase(text: Text, begin: int, at: int) -> bool:
    """Whether a preposition leads to a noun: `out of the car`; not so `a pair of dogs`."""
    while at > begin and (text.tokens[at - 1].word in words.DETERMINERS or text.tokens[at - 1].form.adjective):
        if "," in text.tokens[at].glue:
            return False
        at -= 1
    if at <= begin or "," in text.tokens[at].glue:
        return False
    preposition = text.tokens[at - 1].word
    return preposition in _ATTACHING or (preposition == "of" and text.tokens[at - 2].word in ("out", "off", "front"))


def _begun_by_another(text: Text, match: Match, keys: frozenset[str]) -> bool:
    """Whether a sentence speaks of somebody before a verb, and of the thing only after it: `he runs and catches ..`."""
    begin = text.bounds(match.first)[0]
    before = text.tokens[begin : match.first]
    for at in range(begin, match.first):
        owned = at > begin and text.tokens[at - 1].word == "whose"
        if text.tokens[at].keys & keys and not owned and not _inside_phrase(text, begin, at):
            return False
    return any(person(token) or token.keys & FORCES or token.keys & lexicon.animals() for token in before)


def done_by_thing(text: Text, by: int, keys: frozenset[str]) -> bool:
    """Whether the noun group after a passive's `by` is a thing or an animal: `a black-and-white dog`.

    Args:
        text: The answer.
        by: The first noun after `by`.
        keys: Base forms of the thing.
    """
    for at in range(by, min(text.bounds(by)[1], by + 5)):
        token = text.tokens[at]
        if token.keys & keys:
            return True
        if at > by and (token.word in words.PREPOSITIONS or finite(text, at) or "," in token.glue):
            return False
    return False


def by_itself(text: Text, match: Match) -> bool:
    """Whether nobody does it: `the door opens by itself`."""
    after = text.words(match.last + 1, match.last + 4)
    return (
        after[:2] in (["by", "itself"], ["by", "themselves"])
        or after == ["on", "its", "own"]
        or (after[:1] == ["automatically"])
    )
