"""The state that a deed leaves behind: `the door stays open` denies that somebody closes it."""

from __future__ import annotations

import re
from functools import lru_cache

from vstar_data.verification import gaps, lemmas, words
from vstar_data.verification.kinds.clauses import places_of, stance_view, subject_before
from vstar_data.verification.kinds.opposites import Phrase, opposites, phrases
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_LINKS = words.BE | word_set(
    "remain remains remained stay stays stayed look looks seem seems lie lies hang hangs stand stands"
)
_IN_PART = word_set("half part partly most almost nearly")
_MAKING = word_set("leave keep hold pull push slam get make set put swing kick press")
"""Verbs that bring a thing into a state, or leave it in one: `leaves it open`."""


@lru_cache(maxsize=1024)
def _states(verb: frozenset[str]) -> tuple[frozenset[Phrase], frozenset[Phrase]]:
    """Returns the states that a verb brings about, and those that exclude them."""
    own = {
        phrase
        for phrase in phrases()
        if len(phrase) == 1 and _result(phrase[0], verb) and any(_adjectival(other) for other in opposites(phrase))
    }
    own |= {("on",)} if "wear" in verb else set()
    against = {other for phrase in own for other in opposites(phrase)}
    alike = {other for phrase in against for other in opposites(phrase)} - against
    return frozenset(filter(_adjectival, own | alike)), frozenset(filter(_adjectival, against))


def _result(word: str, verb: frozenset[str]) -> bool:
    form = lemmas.form(word)
    return (
        form.adjective and bool(form.verb & verb) and (word not in verb or word in ("open", "shut", "empty", "clean"))
    )


def _adjectival(phrase: Phrase) -> bool:
    form = lemmas.form(phrase[0])
    return len(phrase) > 1 or (form.adjective and (not form.verb or phrase[0] not in form.verb or phrase[0] in _BOTH))


_BOTH = word_set("open shut empty clean dirty dry wet loose free")


def by_state(statement: Statement, text: Text) -> list[View]:
    """Returns what an answer says about the state of what a statement's verb changes.

    Args:
        statement: The statement.
        text: The answer.
    """
    own, against = _states(statement.verb)
    if not own or statement.manner or statement.direction:
        return []
    things = statement.subject if statement.passive or not statement.object else statement.object
    views: list[View] = []
    for sign, states in ((True, own), (False, against)):
        for phrase in states:
            for place in places_of(text, [phrase]):
                if _in_state(text, place, things):
                    views += stance_view(text, place, sign, len(phrase))
    return views


def by_deed(statement: Statement, text: Text) -> list[View]:
    """Returns what has been done to a thing whose state a statement tells: `he has shut it`, to `the door is open`.

    Args:
        statement: The statement.
        text: The answer.
    """
    head = (statement.quality[0].word,)
    against = opposites(head)
    if head not in phrases() or not any(lemmas.form(other[0]).verb for other in against if len(other) == 1):
        return []
    own = {other for phrase in against for other in opposites(phrase)} - against | {head}
    ending = any(token.word in ("end", "last", "final") for token in statement.quality)
    views: list[View] = []
    for sign, deeds in ((True, own), (False, against)):
        for deed in deeds:
            for place in places_of(text, [(key,) for key in lemmas.form(deed[0]).verb] if len(deed) == 1 else [deed]):
                token = text.tokens[place]
                perfect = place > 0 and text.tokens[place - 1].word in ("has", "have", "had")
                acting = perfect or (ending and token.word.endswith("s") and token.word not in token.form.verb)
                if acting and gaps.verbal(text, place) and _acted(statement, text, place):
                    views += stance_view(text, place, sign, len(deed))
    return views


def _acted(statement: Statement, text: Text, place: int) -> bool:
    """Whether a verb has a statement's subject, or a pronoun for it, right after it."""
    end = text.bounds(place)[1]
    for token in text.tokens[place + 1 : min(end, place + 5)]:
        if token.keys & statement.subject or token.word in ("it", "them"):
            return True
        if token.word not in words.DETERMINERS | words.PARTICLES and not token.form.adjective:
            return False
    return False


def _in_state(text: Text, place: int, things: frozenset[str]) -> bool:
    """Whether one of some things is said to be in a state: `the door is shut`, `pulls the door shut`."""
    begin = text.bounds(place)[0]
    at = place - 1
    if _IN_PART & set(text.words(max(begin, place - 6), place)):
        return False
    while at >= begin and (text.tokens[at].form.adverb or text.tokens[at].word in ("not", "still")):
        at -= 1
    if at < begin or re.search(r"[,;:]", text.tokens[at + 1].glue):
        return False
    if text.tokens[at].word in _LINKS:
        while at > begin and text.tokens[at].word in _LINKS | {"has", "have", "been", "not"}:
            at -= 1
        subject = subject_before(text, at + 1)
        return subject is not None and (subject.word in ("it", "they") or bool(subject.keys & things))
    thing = text.tokens[at]
    if thing.word not in ("it", "them") and not thing.keys & things:
        return False
    return any(token.form.verb & _MAKING for token in text.tokens[max(begin, at - 5) : at])
