"""Where an answer says the predicate of a statement, or the opposite of it.

Reads clauses that name the things of the statement only by a pronoun, or not at all: `it misses`, `he fails to do it`.
"""

from __future__ import annotations

import re

from vstar_data.verification import gaps, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.clauses import (
    PRETENDING,
    antecedent,
    fits,
    one_of,
    places_of,
    speaks_of,
    stance_view,
    subject_before,
)
from vstar_data.verification.kinds.contrasts import elsewhere, qualified, set_against
from vstar_data.verification.kinds.equivalents import equivalents
from vstar_data.verification.kinds.opposites import Phrase, complementary, opposites, phrases, prefixed
from vstar_data.verification.kinds.others import by_contents, by_modifier, by_others
from vstar_data.verification.kinds.places import directed, where_said
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.kinds.statement_parts import Statement
from vstar_data.verification.kinds.states import by_deed, by_state
from vstar_data.verification.lexicon import stand_ins
from vstar_data.verification.text import Text
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_FAILED = word_set("fail forget refuse decline")
_DONE_IT = word_set("succeed manage")
_LIGHT = word_set("go come move get put take bring run")
"""Verbs that say little without where to."""
_PARTLY = word_set("half partly partially quarter third thirds incompletely")
_ALMOST = (["nearly"], ["almost"], ["virtually"], ["practically"])
_WHOLLY = word_set("full empty complete finished done closed shut covered filled")
"""Qualities that something has wholly or not at all."""
_LINKING = words.BE | word_set(
    "remain remains remained stay stays stayed seem seems look looks appear appears keep keeps start starts end ends "
    "stand stands hang hangs lie lies turn turns turned become becomes became leave leaves left"
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
        for phrase in equivalents(statement.verb, statement.particle):
            for place in places_of(text, [phrase]):
                own += _view(statement, text, place, True, 1 if len(phrase) == 1 else len(phrase))
        for key in statement.verb:
            combined = (key, statement.particle) if statement.particle else (key,)
            for phrase in opposites(combined) or opposites((key,)):
                sure = complementary(combined, phrase) or complementary((key,), phrase)
                for place in places_of(text, [phrase]):
                    against += _sure(_view(statement, text, place, False, len(phrase)), sure)
        against += by_others(statement, text) + by_modifier(statement, text)
        against += _pretended(text) + _without(statement, text) + set_against(statement.rest, text)
        own += _outcome(statement, text) + _made_it(statement, text)
        states = by_state(statement, text)
        own += [view for view in states if view[0]]
        against += [view for view in states if view[0] is False]
    if statement.manner and statement.verb:
        for own_manner in sorted(statement.manner):
            for phrase in opposites((own_manner,)):
                for place in places_of(text, [phrase]):
                    against += _sure(_quality_view(statement, text, place, len(phrase), False), False)
    if statement.quality and not statement.verb:
        deeds = by_deed(statement, text)
        own += [view for view in deeds if view[0]]
        against += [view for view in deeds if not view[0]] + by_contents(statement, text)
    if statement.quality:
        own_too, against_too = _qualities(statement, text)
        own += own_too if not statement.verb or len(statement.tail) < len(statement.quality) else []
        against += against_too
    signed = [
        [(None if value is None else value is statement.holds, start, end) for value, start, end in views]
        for views in (own, against)
    ]
    return signed[0], signed[1]


def _sure(views: list[View], sure: bool) -> list[View]:
    """Drops what follows from the denial of an opposite, unless one of both has to hold."""
    return views if sure else [view for view in views if view[0] is not True]


def _view(statement: Statement, text: Text, place: int, sign: bool, size: int) -> list[View]:
    """Reads one place where the predicate or an opposite stands; nothing where it is said of something else."""
    token = text.tokens[place]
    if token.word in words.FUNCTION and token.word not in ("has", "have", "had"):
        return []
    if not gaps.verbal(text, place):
        return []
    if (article := _article(text, place)) is not None:
        return _deed(statement, text, article, place) if sign and size == 1 else []
    manner = _manner_said(statement, text, place) if sign else True
    if not fits(statement, text, place, sign and size == 1, size):
        cleft = sign and _cleft(statement, text, place)
        return [(False, token.start, token.end)] if cleft else []
    if manner is None:
        return _denied(text, place)
    if sign and any(word in ("no", "nothing", "nobody", "none") for word in text.words(place + 1, place + 2)):
        return [(False, token.start, token.end)] if stance(text, place, place) is Stance.ASSERTED else []
    if sign and size == 1 and statement.direction:
        after = text.words(place + 1, min(text.bounds(place)[1], place + 3))
        led = directed(statement.direction, after)
        if led is None and token.keys & _LIGHT:
            return []
        if led is False:
            return [(False, token.start, token.end)] if stance(text, place, place) is Stance.ASSERTED else []
    if sign and partial(text, place, text.bounds(place)[0]) and token.form.adjective:
        return [(False, token.start, token.end)] if stance(text, place, place) is Stance.ASSERTED else []
    if sign and size == 1:
        same = qualified(statement.tail, text, place)
        if same is None:
            return _denied(text, place)
        other = elsewhere(statement.tail, text, place, _landmark(statement)) if same else False
        if other is None:
            return _denied(text, place)
        if same is False or other:
            return [(False, token.start, token.end)] if stance(text, place, place) is Stance.ASSERTED else []
    return stance_view(text, place, sign is manner)


def _article(text: Text, place: int) -> int | None:
    """Returns the article or the like before a word and its adjectives, where it is a noun: `a right turn`."""
    begin = text.bounds(place)[0]
    at = place - 1
    while at >= begin and text.tokens[at].form.adjective and text.tokens[at].word not in words.FUNCTION:
        if at + 1 < place or text.tokens[place].glue != " " or not text.tokens[place].form.noun:
            break
        at -= 1
    return at if at >= begin and text.tokens[at].word in words.DETERMINERS else None


def _deed(statement: Statement, text: Text, article: int, place: int) -> list[View]:
    """Reads a deed told by its noun: `makes a left turn`, to `the car turns left`."""
    if article > 1 and text.words(article - 1, article) == ["to"] and "come" in text.tokens[article - 2].keys:
        return stance_view(text, article - 2, True)
    if not article or article == place - 1:
        return []
    if not text.tokens[article - 1].form.verb & {"make", "take", "do", "perform"}:
        return []
    same = qualified(statement.tail, text, article)
    return stance_view(text, article - 1, same) if same is not None else []


def _denied(text: Text, place: int) -> list[View]:
    """Reads a denial of the verb alone: what is not done at all is not done so either."""
    return [view for view in stance_view(text, place, True) if view[0] is False]


def _landmark(statement: Statement) -> frozenset[str]:
    """Returns the base forms of what a statement's first preposition leads to, and of what can stand for it."""
    tail = statement.tail
    lead = next((n for n, token in enumerate(tail) if token.word in words.PREPOSITIONS | {"to"}), len(tail))
    own = frozenset(key for token in tail[lead:] if token.word not in words.FUNCTION for key in token.keys)
    near = {other[0] for key in own for other in synonyms(key) if len(other) == 1}
    narrow = {other[0] for other in stand_ins(own, "noun") if len(other) == 1}
    return own | near | narrow


def _cleft(statement: Statement, text: Text, place: int) -> bool:
    """Whether somebody else is singled out: `it is the girl who throws it`."""
    begin = text.bounds(place)[0]
    lead = text.words(begin, place)
    subject = subject_before(text, place)
    noun = antecedent(text, subject) if subject is not None else None
    if noun is not None and lead[:1] == ["it"] and lead[1:2] in (["is"], ["was"], ["'s"]):
        return not one_of(noun, statement.object) and stance(text, place, place) is Stance.ASSERTED
    singled = lead[:1] == ["it"] and lead[1:2] in (["is"], ["was"], ["'s"]) and lead[-1:] in (["who"], ["that"])
    return singled and stance(text, place, place) is Stance.ASSERTED


def _manner_said(statement: Statement, text: Text, place: int) -> bool | None:
    """Whether the way in which it is done is said too (False: its opposite); None where it is neither."""
    if not statement.manner:
        return _phrase_said(statement, text, place)
    end = text.bounds(place)[1]
    phrased = {other for own in statement.manner for other in opposites((own,)) if len(other) > 1}
    if any(place < at < end for at in places_of(text, phrased)):
        return False
    for token in text.tokens[place + 1 : min(end, place + 6)]:
        if token.keys & statement.manner:
            return True
        if any((key,) in opposites((own,)) for own in statement.manner for key in (token.word, *token.keys)):
            return False
    return None


def _phrase_said(statement: Statement, text: Text, place: int) -> bool | None:
    """As `_manner_said`, for a phrase such as `at the same time`."""
    spelled = tuple(token.word for token in statement.tail[:4])
    own = next((spelled[:size] for size in (4, 3, 2) if spelled[:size] in phrases() and len(spelled) >= size), None)
    if own is None or own[0] not in words.PREPOSITIONS:
        return True
    begin, end = text.bounds(place)
    against = opposites(own)
    alike = {other for phrase in against for other in opposites(phrase)} - against
    if any(begin <= at < end for at in places_of(text, against)):
        return False
    return True if any(begin <= at < end for at in places_of(text, {own, *alike})) else None


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
    slipped = places_of(text, [("slip", own, "mind") for own in ("her", "his", "their")])
    views = [view for place in slipped for view in stance_view(text, place, False)]
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
        closed = at == end or bool(re.search(r"[,;:.!?\u2026\u2013\u2014]|\s-\s", text.tokens[at].glue))
        subject = subject_before(text, place)
        follows = text.tokens[at].word if at < end else ""
        gerund = at + 1 < end and text.tokens[at + 1].word.endswith("ing")
        closed = closed or (follows in words.PREPOSITIONS and at == place + 1 and not gerund)
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
    for place in places_of(text, [(key,) for key in statement.object or (statement.rest - {"end"}) | statement.verb]):
        at = place - 1
        while (
            at > text.bounds(place)[0]
            and text.tokens[at].word not in ("single", "no", "without", "not")
            and _within_phrase(text, at, place)
        ):
            at -= 1
        if at >= 0 and text.tokens[at].word == "single" and text.words(max(0, at - 2), at) == ["not", "a"]:
            at -= 2
        if at >= 0 and text.tokens[at].word in ("no", "without", "not") and not text.asked[text.tokens[place].sentence]:
            views.append((False, *text.span(at, place)))
    return views


def _within_phrase(text: Text, at: int, noun: int) -> bool:
    """Whether a token can belong to the noun phrase that ends at a noun, without a `no` before it."""
    token = text.tokens[at]
    described = token.form.adjective or token.form.noun
    article = token.word in ("a", "an", "any") and text.tokens[max(0, at - 1)].word == "without"
    return (described and token.word not in words.FUNCTION and at >= noun - 2) or article


def _qualities(statement: Statement, text: Text) -> tuple[list[View], list[View]]:
    """Reads what something is: the quality of the statement, or one that excludes it."""
    said_to_be = [token for token in statement.quality if token.word not in words.DETERMINERS] or statement.quality
    spelled = tuple(token.word for token in said_to_be)
    own: list[View] = []
    against: list[View] = []
    candidates: list[Phrase] = [spelled[:size] for size in range(min(4, len(spelled)), 0, -1)]
    candidates += [spelled[1:size] for size in (3, 4) if len(spelled) >= size and spelled[0] in words.PREPOSITIONS]
    candidates += [(key,) for key in sorted(said_to_be[0].keys) if (key,) not in candidates]
    chosen = [phrase for phrase in candidates if opposites(phrase)] or candidates[-1:]
    head = said_to_be[0]
    for phrase in chosen[:3]:
        if phrase[0] in words.PREPOSITIONS and len(phrase) == 1:
            located = where_said(statement.subject, statement.quality, text)
            own += [view for view in located if view[0]]
            against += [view for view in located if not view[0]]
            if len(spelled) > 1:
                continue
        for place in places_of(text, [phrase]):
            own += _quality_view(statement, text, place, len(phrase), True)
        for other in opposites(phrase):
            alike = opposites(other) - opposites(phrase)
            sure = complementary(phrase, other)
            for place in places_of(text, [other]):
                against += _sure(_quality_view(statement, text, place, len(other), False), sure)
            for same in alike if head.form.adjective or len(phrase) > 1 or len(spelled) == 1 else ():
                for place in places_of(text, [same]):
                    own += _quality_view(statement, text, place, len(same), True)
    for place, token in enumerate(text.tokens):
        if not token.form.noun and prefixed(token.word, head.word):
            against += _quality_view(statement, text, place, 1, False)
    return own, against


def partial(text: Text, place: int, begin: int) -> bool:
    """Whether something is only in part what is said: `half full`, `two thirds empty`.

    Args:
        text: The answer.
        place: The token of the quality.
        begin: The first token that can belong to it.
    """
    before = text.tokens[max(begin, place - 2) : place]
    return any(token.word in _PARTLY or token.value == 0.5 for token in before)


def _quality_view(statement: Statement, text: Text, place: int, size: int, sign: bool) -> list[View]:
    token = text.tokens[place]
    begin, end = text.bounds(place)
    if size == 1 and token.word in words.PREPOSITIONS:
        return []
    linked = next(
        (at for at in range(place - 1, max(begin, place - 6) - 1, -1) if text.tokens[at].word in _LINKING), None
    )
    following = text.tokens[place + size] if place + size < end else None
    attribute = size == 1 and token.form.adjective and following is not None and following.glue == " "
    own_noun = attribute and following is not None and bool(following.keys & statement.subject)
    if linked is None:
        subject = subject_before(text, place)
        named = subject is not None and speaks_of(statement, text, subject)
        if place > begin + 2 and not (named and (own_noun or size > 1)):
            return []
    else:
        subject = subject_before(text, linked)
        if subject is not None and not speaks_of(statement, text, subject):
            return []
    if not sign and token.keys & {"full", "empty"} and text.words(max(begin, place - 1), place)[-1:] in _ALMOST:
        return [(False, token.start, token.end)]
    if partial(text, place, begin):
        return stance_view(text, place, False, size) if token.keys & _WHOLLY else []
    described = following is not None and following.glue == " " and following.form.noun and token.form.adjective
    other = following is not None and not following.keys & (statement.things | words.FUNCTION | {"one"})
    if described and other and size == 1:
        return []
    return stance_view(text, place, sign, size)
