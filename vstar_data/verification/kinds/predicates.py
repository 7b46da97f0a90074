"""Where an answer says the predicate of a statement, or the opposite of it.

Reads clauses that name the things of the statement only by a pronoun, or not at all: `it misses`, `he fails to do it`.
"""

from __future__ import annotations

import re

from vstar_data.verification import gaps, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.clauses import (
    PRETENDING,
    fits,
    one_of,
    places_of,
    speaks_of,
    stance_view,
    subject_before,
)
from vstar_data.verification.kinds.opposites import Phrase, opposites, prefixed
from vstar_data.verification.kinds.places import directed, where_said
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.text import Text
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_FAILED = word_set("fail forget refuse decline")
_DONE_IT = word_set("succeed manage")
_LIGHT = word_set("go come move get put take bring run")
"""Verbs that say little without where to."""
_LINKING = words.BE | word_set(
    "remain remains remained stay stays stayed seem seems look looks appear appears keep keeps"
)


def said_of(statement: Statement, text: Text) -> tuple[list[View], list[View]]:
    """Returns what an answer says by the statement's predicate, and what it says by an opposite of it.

    Args:
        statement: The statement.
        text: The answer.
    """
    own: list[View] = []
    against: list[View] = []
    if statement.verb:
        for place in places_of(text, [(key,) for key in statement.verb]):
            own += _view(statement, text, place, True, 1)
        near = {phrase for key in statement.verb for phrase in synonyms(key)}
        for place in places_of(text, near):
            own += _view(statement, text, place, True, 1)
        for key in statement.verb:
            combined = (key, statement.particle) if statement.particle else (key,)
            for phrase in opposites(combined) or opposites((key,)):
                for place in places_of(text, [phrase]):
                    against += _view(statement, text, place, False, len(phrase))
        against += _pretended(text) + _without(statement, text)
        own += _outcome(statement, text) + _made_it(statement, text)
    if statement.quality:
        own_too, against_too = _qualities(statement, text)
        own += own_too
        against += against_too
    signed = [
        [(None if value is None else value is statement.holds, start, end) for value, start, end in views]
        for views in (own, against)
    ]
    return signed[0], signed[1]


def _view(statement: Statement, text: Text, place: int, sign: bool, size: int) -> list[View]:
    """Reads one place where the predicate or an opposite stands; nothing where it is said of something else."""
    token = text.tokens[place]
    if token.word in words.FUNCTION and token.word not in ("has", "have", "had"):
        return []
    if not gaps.verbal(text, place) or (text.tokens[place - 1].word in words.DETERMINERS and place):
        return []
    manner = _manner_said(statement, text, place) if sign else True
    if manner is None:
        return []
    if not fits(statement, text, place, sign and size == 1, size):
        cleft = sign and _cleft(text, place)
        return [(False, token.start, token.end)] if cleft else []
    if sign and size == 1 and statement.direction:
        after = text.words(place + 1, min(text.bounds(place)[1], place + 3))
        led = directed(statement.direction, after)
        if led is None and token.keys & _LIGHT:
            return []
        if led is False:
            return [(False, token.start, token.end)] if stance(text, place, place) is Stance.ASSERTED else []
    return stance_view(text, place, sign is manner)


def _cleft(text: Text, place: int) -> bool:
    """Whether somebody else is singled out: `it is the girl who throws it`."""
    begin = text.bounds(place)[0]
    lead = text.words(begin, place)
    singled = lead[:1] == ["it"] and lead[1:2] in (["is"], ["was"], ["'s"]) and lead[-1:] in (["who"], ["that"])
    return singled and stance(text, place, place) is Stance.ASSERTED


def _manner_said(statement: Statement, text: Text, place: int) -> bool | None:
    """Whether the way in which it is done is said too (False: its opposite); None where it is neither."""
    if not statement.manner:
        return True
    for token in text.tokens[place + 1 : min(text.bounds(place)[1], place + 6)]:
        if token.keys & statement.manner:
            return True
        if any((key,) in opposites((own,)) for own in statement.manner for key in (token.word, *token.keys)):
            return False
    return None


def _pretended(text: Text) -> list[View]:
    """Reads `it is only pretended`; not `the pretending came before`."""
    views: list[View] = []
    for place in places_of(text, [(key,) for key in PRETENDING]):
        token = text.tokens[place]
        if place and text.tokens[place - 1].word in ("the", "this", "that", "any", "his", "her") and place:
            continue
        following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        if following is not None and following.word == "to":
            continue
        how = stance(text, place, place, frozenset(PRETENDING))
        if how in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED, Stance.MENTIONED):
            views.append((how is Stance.NEGATED, token.start, token.end))
    return views


def _outcome(statement: Statement, text: Text) -> list[View]:
    """Reads a clause that ends in success or failure without saying of what: `... but he fails`, `she forgot`."""
    views: list[View] = []
    for place in places_of(text, [(key,) for key in (*_FAILED, *_DONE_IT)]):
        token = text.tokens[place]
        end = text.bounds(place)[1]
        at = place + 1
        while (
            at < end
            and text.tokens[at].word in ("to", "it", "again", "though")
            and not re.search(r"[,;:.]", text.tokens[at].glue)
        ):
            at += 1
        closed = at == end or re.search(r"[,;:.!?\u2026\u2013\u2014]|\s-\s", text.tokens[at].glue)
        subject = subject_before(text, place)
        if not closed or not gaps.verbal(text, place) or token.keys & statement.verb:
            continue
        if subject is None or one_of(subject, statement.subject):
            views += stance_view(text, place, bool(token.keys & _DONE_IT))
    return views


def _made_it(statement: Statement, text: Text) -> list[View]:
    """Reads `she makes it`, `he does not make it to the top`."""
    views: list[View] = []
    for place in places_of(text, [("make", "it")]):
        end = text.bounds(place)[1]
        following = text.tokens[place + 2] if place + 2 < end else None
        closed = following is None or following.glue != " " or following.word in ("to", "in", "across", "over")
        subject = subject_before(text, place)
        if closed and text.tokens[place + 1].word == "it" and (subject is None or one_of(subject, statement.subject)):
            views += stance_view(text, place, True)
    return views


def _without(statement: Statement, text: Text) -> list[View]:
    """Reads that there is none of what the verb acts on: `it has no collar` to `the dog wears a collar`."""
    views: list[View] = []
    for place in places_of(text, [(key,) for key in statement.object]):
        at = place - 1
        while (
            at > text.bounds(place)[0] and text.tokens[at].form.adjective and text.tokens[at].word not in words.FUNCTION
        ):
            at -= 1
        if at >= 0 and text.tokens[at].word in ("no", "without") and not text.asked[text.tokens[place].sentence]:
            views.append((False, *text.span(at, place)))
    return views


def _qualities(statement: Statement, text: Text) -> tuple[list[View], list[View]]:
    """Reads what something is: the quality of the statement, or one that excludes it."""
    spelled = tuple(token.word for token in statement.quality if token.word not in words.DETERMINERS)
    own: list[View] = []
    against: list[View] = []
    candidates: list[Phrase] = [spelled[:size] for size in range(min(4, len(spelled)), 0, -1)]
    candidates += [(key,) for key in sorted(statement.quality[0].keys) if (key,) not in candidates]
    chosen = [phrase for phrase in candidates if opposites(phrase)] or candidates[-1:]
    head = statement.quality[0]
    for phrase in chosen[:3]:
        if phrase[0] in words.PREPOSITIONS and len(phrase) == 1:
            located = where_said(statement.subject, statement.quality, text)
            own += [view for view in located if view[0]]
            against += [view for view in located if not view[0]]
            continue
        for place in places_of(text, [phrase]):
            own += _quality_view(statement, text, place, len(phrase), True)
        for other in opposites(phrase):
            alike = opposites(other) - opposites(phrase)
            for place in places_of(text, [other]):
                against += _quality_view(statement, text, place, len(other), False)
            for same in alike if head.form.adjective or len(phrase) > 1 else ():
                for place in places_of(text, [same]):
                    own += _quality_view(statement, text, place, len(same), True)
    if any(token.word == "than" for token in statement.quality):
        own = [_compared(statement, text, view) for view in own]
        against = [_compared(statement, text, view) for view in against]
    for place, token in enumerate(text.tokens):
        if not token.form.noun and prefixed(token.word, head.word):
            against += _quality_view(statement, text, place, 1, False)
    return own, against


def _compared(statement: Statement, text: Text, view: View) -> View:
    """Turns a comparison that is told from its other side (`the right one is fuller`); `equally full` denies it."""
    value, start, end = view
    place = next(n for n, token in enumerate(text.tokens) if token.start == start)
    before = text.tokens[max(text.bounds(place)[0], place - 6) : place]
    if {token.word for token in before[-2:]} & {"equally", "as", "so"}:
        return False, start, end
    than = next(n for n, token in enumerate(statement.quality) if token.word == "than")
    other = {key for token in statement.quality[than:] for key in token.keys} - words.FUNCTION
    named = {key for token in before for key in token.keys}
    turned = bool(named & (other - statement.subject)) and not named & (statement.subject - other)
    return (not value if turned and value is not None else value), start, end


def _quality_view(statement: Statement, text: Text, place: int, size: int, sign: bool) -> list[View]:
    token = text.tokens[place]
    begin, end = text.bounds(place)
    if size == 1 and token.word in words.PREPOSITIONS:
        return []
    linked = next(
        (at for at in range(place - 1, max(begin, place - 6) - 1, -1) if text.tokens[at].word in _LINKING), None
    )
    if linked is None:
        if place > begin + 2:
            return []
    else:
        subject = subject_before(text, linked)
        if subject is not None and not speaks_of(statement, text, subject):
            return []
    following = text.tokens[place + size] if place + size < end else None
    described = following is not None and following.glue == " " and following.form.noun and token.form.adjective
    other = following is not None and not following.keys & (statement.things | words.FUNCTION)
    if described and other and size == 1:
        return []
    return stance_view(text, place, sign, size)
