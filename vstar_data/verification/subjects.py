"""Who does it: the subject of a passage, and whether it is someone other than the person who was asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.verification import words
from vstar_data.verification.text import Text, Token

_BACKGROUND = re.compile(
    r"\bin (?:the|a) (?:\w+ )?(?:background|distance)\b|\bat the back\b|\b(?:behind|beside|"
    r"next to|near) (?:him|her|them|it)\b"
    r"|\bin the rear\b|\bon (?:the|a) (?:\w+ )?(?:tv|television|screen|billboard|poster|monitor)\b"
)
_ELSE = frozenset({"another", "other", "others", "else", "second"})


@dataclass(frozen=True)
class Subject:
    """The one who does something.

    Attributes:
        keys: Base forms of the noun or pronoun; empty where the sentence names nobody.
        aside: Whether the wording marks them as somebody other than the main person.
    """

    keys: frozenset[str]
    aside: bool


def subject(text: Text, first: int, last: int, verb: int | None) -> Subject:
    """Returns the subject of a passage.

    Args:
        text: The answer.
        first: First token of the passage.
        last: Last token of the passage.
        verb: The token of its verb, where it has one.
    """
    begin, end = text.bounds(first)
    clause = _clause_start(text, first, begin)
    head = _direct(text, first, clause, verb)
    if head is None:
        head = _first_person(text, clause, first)
    if head is None and clause > begin:
        clause = begin
        head = _first_person(text, begin, first)
    lead = text.raw[text.tokens[begin].start : text.tokens[clause].start].lower()
    aside = bool(_BACKGROUND.match(lead)) or _background(text, clause, first, last, end)
    if head is None:
        return Subject(frozenset(), aside)
    token = text.tokens[head]
    aside = aside or bool(token.keys & words.ONLOOKERS)
    group = head
    while group > max(clause, head - 4) and _modifies(text.tokens[group - 1]):
        group -= 1
    for place in range(group, min(head + 2, len(text.tokens))):
        word = text.tokens[place].word
        if word in _ELSE and (word != "second" or place < head):
            aside = True
        if place < head and word in ("his", "her", "their") and token.keys & words.PERSONS:
            aside = True
    return Subject(token.keys, aside)


def _modifies(token: Token) -> bool:
    return token.word in words.DETERMINERS or token.form.adjective or token.value is not None


def agent(text: Text, last: int) -> Subject:
    """Returns who does what is said in the passive: the noun after `by`, within a few tokens of the passage."""
    end = text.bounds(last)[1]
    for place in range(last + 1, min(end, last + 5)):
        if text.tokens[place].word == "by":
            for after in range(place + 1, min(end, place + 5)):
                token = text.tokens[after]
                if token.keys & words.PERSONS or token.word in ("him", "her", "them"):
                    return Subject(token.keys, False)
    return Subject(frozenset(), False)


def asked_about(question: Text) -> frozenset[str]:
    """Returns the base forms of the person a question asks about; empty for a question about the clip as such."""
    for token in question.tokens:
        if token.keys & words.PERSONS:
            return token.keys
    return frozenset()


def another(doer: Subject, asked: frozenset[str], question: Text) -> bool:
    """Whether the subject is someone other than the person asked about.

    Args:
        doer: The subject of the passage.
        asked: What `asked_about` returned.
        question: The question.
    """
    if doer.aside:
        return not _BACKGROUND.search(question.raw.lower()) and not any(
            token.word in _ELSE for token in question.tokens
        )
    if not asked or not doer.keys:
        return False
    return bool(
        (asked & words.MALE and doer.keys & words.FEMALE and not doer.keys & words.MALE)
        or (asked & words.FEMALE and doer.keys & words.MALE and not doer.keys & words.FEMALE)
    )


def _clause_start(text: Text, first: int, begin: int) -> int:
    """Returns the first token of the clause that a passage stands in."""
    for place in range(first, begin, -1):
        token = text.tokens[place]
        if ";" in token.glue or " - " in token.glue or "\u2014" in token.glue or "\u2013" in token.glue:
            return place
        if place < first and token.word in ("while", "whereas", "but", "as", "when", "although", "though", "because"):
            return place + 1
        if "," in token.glue and _names_someone(text, place, first):
            return place
        if place < first and token.word == "and" and _names_someone(text, place + 1, first):
            return place + 1
    if text.tokens[begin].word in ("while", "as", "when", "although"):
        return begin
    return begin


def _names_someone(text: Text, place: int, first: int) -> bool:
    """Whether a noun phrase that can be a subject begins at a token, before the passage."""
    for at in range(place, min(first, place + 5)):
        token = text.tokens[at]
        if token.word in words.SUBJECT_PRONOUNS or token.keys & (words.PERSONS | words.ONLOOKERS):
            following = text.tokens[at + 1].word if at + 1 <= first else ""
            return at == place or following not in ("and", "or") or True
        if token.word in words.PREPOSITIONS or token.word in words.AUXILIARIES:
            return False
    return False


def _direct(text: Text, first: int, clause: int, verb: int | None) -> int | None:
    """Returns the noun that stands right before the verb: `watches a woman juggling`."""
    at = (verb if verb is not None and verb >= first else first) - 1
    while at >= clause:
        token = text.tokens[at]
        if token.glue == "-" and at > clause:
            at -= 1
            continue
        if token.word in words.SUBJECT_PRONOUNS - {"who", "there"} or token.keys & (words.PERSONS | words.ONLOOKERS):
            return at
        if not (token.word in words.AUXILIARIES or token.word in ("who", "that", "not", "'s") or token.form.adverb):
            return None
        at -= 1
    return None


def _first_person(text: Text, begin: int, first: int) -> int | None:
    for place in range(begin, first):
        token = text.tokens[place]
        if token.word in ("there", "who", "it", "i", "you", "we"):
            continue
        if token.word in words.SUBJECT_PRONOUNS or token.keys & (words.PERSONS | words.ONLOOKERS):
            if place > begin and text.tokens[place - 1].word in words.PREPOSITIONS - {"by"}:
                continue
            return place
    return None


def _background(text: Text, clause: int, first: int, last: int, end: int) -> bool:
    """Whether the clause places its subject in the background."""
    before = text.raw[text.tokens[clause].start : text.tokens[first].start].lower()
    found = _BACKGROUND.search(before)
    if (
        found
        and not before[: found.start()].rstrip().endswith(("with", "and"))
        and "with " not in before[: found.start()]
    ):
        return True
    stop = last + 1
    while stop < end and stop < last + 9:
        token = text.tokens[stop]
        if (
            token.word in ("with", "while", "and", "as", "but", "who", "which")
            or "," in token.glue
            or ";" in token.glue
        ):
            break
        stop += 1
    if stop <= last + 1:
        return False
    after = text.raw[text.tokens[last].end : text.tokens[stop - 1].end].lower()
    return bool(
        re.search(r"\bin the (?:\w+ )?(?:background|distance)\b|\bat the back\b|\bbehind (?:him|her|them)\b", after)
    )
