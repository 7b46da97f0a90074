"""The same deed told of somebody else, or of a thing of another kind: `the man carries it`, `the card is yellow`.

Such an answer denies a statement about the woman, or about a red card, as far as it says nothing else.
"""

from __future__ import annotations

import re

from vstar_data.verification import gaps, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.clauses import agent_after, one_of, places_of, subject_before
from vstar_data.verification.kinds.opposites import is_color, opposites
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.lexicon import people
from vstar_data.verification.text import Text, Token
from vstar_data.verification.words import word_set

_SIDES = word_set("left right")


def by_others(statement: Statement, text: Text) -> list[View]:
    """Returns the clauses in which a statement's deed is done by another person, who is the only one named.

    Args:
        statement: The statement, of a deed on a thing.
        text: The answer.
    """
    if statement.passive or not statement.object or not _person(statement.subject):
        return []
    views: list[View] = []
    for place in places_of(text, [(key,) for key in statement.verb]):
        if not gaps.verbal(text, place) or stance(text, place, place) is not Stance.ASSERTED:
            continue
        passive = gaps.in_passive(text, place)
        doer = agent_after(text, place) if passive else subject_before(text, place)
        begin, end = text.bounds(place)
        near = text.tokens[place + 1 : min(end, place + 5)] if not passive else text.tokens[begin:place]
        acted = any(token.keys & statement.object or token.word in ("it", "him", "them") for token in near)
        together = any(token.keys & statement.subject for token in text.tokens[begin:end])
        swapped = doer is not None and bool(doer.keys & statement.object) and not passive
        if doer is None or not _person(doer.keys) or one_of(doer, statement.subject):
            continue
        acted = acted or bool(statement.verb & {"win"})
        if (acted and not together) or (swapped and any(token.keys & statement.subject for token in near)):
            views.append((False, *text.span(place, place)))
    return views + _pro_verb(statement, text)


def _pro_verb(statement: Statement, text: Text) -> list[View]:
    """Reads `the man does`, `someone else did`, where the woman was asked about."""
    if not 1 < len(text.tokens) <= 6 or any(token.keys & statement.subject for token in text.tokens):
        return []
    before, last = text.tokens[-2:]
    if last.word not in ("does", "did", "is", "was", "do") or text.asked[last.sentence]:
        return []
    other = before.word == "else" or (_person(before.keys) and before.form.noun)
    return [(False, before.start, last.end)] if other else []


def _person(keys: frozenset[str]) -> bool:
    return bool(keys & (words.PERSONS - {"person", "someone", "people"}) or keys & people())


def by_modifier(statement: Statement, text: Text) -> list[View]:
    """Returns the places that give the thing acted on another color or side: `the card is yellow`, `his right hand`.

    Args:
        statement: The statement.
        text: The answer.
    """
    views: list[View] = []
    for token, head in zip(statement.tail, statement.tail[1:], strict=False):
        if not (is_color(token.word) or token.word in _SIDES) or not head.form.noun:
            continue
        against = {other[0] for other in opposites((token.word,)) if len(other) == 1}
        for place, other in enumerate(text.tokens):
            if other.word in against and _of_the_head(text, place, head):
                own = token.word in text.words(*text.bounds(place))
                if not own and stance(text, place, place) in (Stance.ASSERTED, Stance.MILD):
                    views.append((False, other.start, other.end))
    return views


_NOTHING = re.compile(
    r"\b(?:nothing|nobody|no one|no-one|hardly any(?:one|body|thing)|not a (?:soul|single person|thing))\b"
    r"(?: \w+){0,3} (?:in|inside|on|around|there)\b|\b(?:contains?|holds?|has) (?:nothing|no)\b",
    re.IGNORECASE,
)
_CONTAINS = re.compile(
    r"\b(?:contains|contain|is full of|are full of|is filled with)\s+(?!nothing|no\b)\w+", re.IGNORECASE
)
_EMPTY = word_set("empty deserted vacant")
_FULL = word_set("full crowded packed busy")


def by_contents(statement: Statement, text: Text) -> list[View]:
    """Reads what is in a thing that is said to be empty or full: `there is nothing in it`, `it contains milk`.

    Args:
        statement: The statement.
        text: The answer.
    """
    head = statement.quality[0].word
    if head not in _EMPTY | _FULL:
        return []
    views: list[View] = []
    for pattern, empty in ((_NOTHING, True), (_CONTAINS, False)):
        for match in pattern.finditer(text.raw):
            place = token_at(text, match.start())
            how = stance(text, place, place, _NONE) if place is not None else Stance.MENTIONED
            if how in (Stance.ASSERTED, Stance.MILD) and (empty or head in _EMPTY):
                views.append(((head in _EMPTY) is empty, match.start(), match.end()))
    return views


_NONE = word_set("nothing nobody no none hardly not")


def _of_the_head(text: Text, place: int, head: Token) -> bool:
    """Whether a modifier stands before a noun, or before `one`, or is said of the noun."""
    end = text.bounds(place)[1]
    following = text.tokens[place + 1] if place + 1 < end else None
    if following is not None and following.glue == " " and (following.keys & head.keys or following.word == "one"):
        return True
    linked = place > 0 and text.tokens[place - 1].word in words.BE
    subject = subject_before(text, place - 1) if linked else None
    return subject is not None and bool(subject.keys & head.keys)
