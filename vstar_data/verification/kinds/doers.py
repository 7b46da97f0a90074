"""Whether a step is done by somebody else than the person a question asks about."""

from __future__ import annotations

from dataclasses import replace

from vstar_data.verification import words
from vstar_data.verification.case import Case
from vstar_data.verification.matching import Match
from vstar_data.verification.subjects import Subject, another, asked_about, person, subject
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_ANYBODY = word_set("person people individual someone somebody human figure one")
_MARKED = word_set("another other second his her their")
_ONESELF = {
    "him": words.MALE | {"he"},
    "her": words.FEMALE | {"she"},
    "them": word_set("they he she"),
}
_WIDER = (
    words.MALE | words.FEMALE | word_set("athlete performer player worker artist competitor professional adult child")
)


def done_by_another(case: Case, match: Match, worked_on: frozenset[str] = frozenset()) -> bool:
    """Whether a step is done by somebody else: the coach, where the gymnast was asked about.

    Args:
        case: The question and the answer.
        match: Where the step is told.
        worked_on: Base forms of the steps' objects: an animal or egg to which something is done does no step.
    """
    asked = asked_about(case.question)
    if not asked:
        return False
    text = case.answer
    doer = subject(text, match.first, match.last, None if match.passive else match.verb)
    if doer.keys & worked_on and not doer.keys & words.PERSONS:
        return False
    if _behind_oneself(text, match, doer, asked):
        doer = replace(doer, aside=False)
    if another(doer, asked, case.question, text):
        return True
    alone = not _ANYBODY & asked and not _several(case.question, asked)
    if doer.new is not None and not doer.keys & (asked | _ANYBODY) and alone:
        return any(token.word in ("he", "she") or token.keys & asked for token in text.tokens[: doer.new])
    if _several(case.question, asked):
        return False
    return _told_apart(text, match, doer, asked) or _described_otherwise(case, match, doer, asked)


def _behind_oneself(text: Text, match: Match, doer: Subject, asked: frozenset[str]) -> bool:
    """Whether `behind him` names the doer himself, as in `he closes the door behind him and sits down`."""
    if not doer.aside or not doer.keys:
        return False
    begin, end = text.bounds(match.first)
    behind = (place for place in text.places().get("behind", ()) if begin < place < end - 1)
    place = next((place for place in behind if text.tokens[place + 1].word in _ONESELF), None)
    if place is None or not text.tokens[place - 1].form.noun:
        return False
    own = _ONESELF[text.tokens[place + 1].word]
    if doer.new is None:
        return bool(doer.keys & own & words.SUBJECT_PRONOUNS)
    marked = any(token.word in _MARKED for token in text.tokens[max(0, doer.new - 3) : doer.new])
    alone = not any(person(token) or token.word in words.SUBJECT_PRONOUNS for token in text.tokens[: doer.new])
    return alone and not marked and bool(doer.keys & (asked | own))


def _several(question: Text, asked: frozenset[str]) -> bool:
    """Whether a question asks about more than one person: `the players`; any of them may do a step."""
    named = next((token.word for token in question.tokens if token.keys & asked), "")
    plural = named.endswith("s") and not named.endswith("ss")
    return plural or named in ("people", "men", "women", "children", "team", "group", "crowd")


def _told_apart(text: Text, match: Match, doer: Subject, asked: frozenset[str]) -> bool:
    """Whether an answer speaks of the person asked about beside its doer: `the coach rolls, the gymnast watches`.

    In another sentence the doer may be the same person by a wider word.
    """
    if not doer.keys or doer.thing or doer.keys & (asked | _ANYBODY | words.SUBJECT_PRONOUNS) or asked & _ANYBODY:
        return False
    begin, end = text.bounds(match.first)
    near = range(begin, end) if doer.keys & _WIDER else range(len(text.tokens))
    known = text.places()
    return all(
        any(at in near and person(text.tokens[at]) for key in keys for at in known.get(key, ()))
        for keys in (asked, doer.keys)
    )


def _described_otherwise(case: Case, match: Match, doer: Subject, asked: frozenset[str]) -> bool:
    """Whether an adjective tells the doer from the one asked about: `the young man`, where the older man is meant."""
    if not doer.keys & asked:
        return False
    wanted = _adjectives(case.question, asked, 0, len(case.question.tokens))
    text = case.answer
    begin, end = text.bounds(match.first)
    own = _adjectives(text, asked, begin, match.first)
    if not wanted or not own or wanted & own:
        return False
    return bool(wanted & _adjectives(text, asked, match.last + 1, end))


def _adjectives(text: Text, noun: frozenset[str], begin: int, end: int) -> frozenset[str]:
    """Returns what describes a noun: the words between its article and itself, of the last such noun."""
    found: frozenset[str] = frozenset()
    for at in range(begin, end):
        if not text.tokens[at].keys & noun:
            continue
        described: set[str] = set()
        place = at - 1
        while place >= begin and text.tokens[place].form.adjective and text.tokens[place].word not in words.FUNCTION:
            described |= text.tokens[place].keys
            place -= 1
        found = frozenset(described)
    return found
