"""Statements that one thing comes before another: read from any wording of their order in an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.opposites import opposites
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_LATER = word_set("second last lastly afterwards afterward later subsequently finally next after follow then")
_EARLIER = word_set("first firstly earlier sooner initially before precede")
_BETWEEN = {"before": True, "after": False, "precede": True, "follow": False, "then": True}
_STARTING = word_set("start begin")
_TOGETHER = re.compile(r"\b(?:at the (?:very )?same (?:time|moment|instant)|simultaneously|at once|in one go)\b", re.I)


@dataclass(frozen=True)
class Order:
    """Two things, and which comes first.

    Attributes:
        first: Base forms that only the earlier one has.
        second: Base forms that only the later one has.
    """

    first: frozenset[str]
    second: frozenset[str]


@lru_cache(maxsize=2048)
def order_of(name: str) -> Order | None:
    """Returns the order that a statement asserts, or None where it asserts none."""
    tokens = tokens_of_name(name).tokens
    at = next((n for n, token in enumerate(tokens) if token.word in ("before", "after")), None)
    if at is None or any(token.word == "not" for token in tokens):
        return None
    sides = [
        frozenset(key for token in part if token.word not in words.FUNCTION for key in token.keys)
        for part in (tokens[:at], tokens[at + 1 :])
    ]
    left, right = sides[0] - sides[1], sides[1] - sides[0]
    nouns = [token for token in tokens[:at] if token.keys & left and token.form.noun]
    if at and nouns and any(token.word in words.BE | words.DETERMINERS for token in tokens[at + 1 : at + 2]):
        left = _narrowed(tokens, at, left, right)
    if not left or not right:
        return None
    return Order(left, right) if tokens[at].word == "before" else Order(right, left)


def _narrowed(tokens: list[Token], at: int, left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Keeps of `the girl puts on the hat (before the gloves)` the noun that is set against the other: the hat.

    A later side without a verb contrasts with the last noun before it, or with the subject of a passive.
    """
    later = tokens[at + 1 :]
    if any(
        token.word in words.BE
        or (token.form.verb and token.word.endswith("s") and (not token.form.noun or _after_noun(later, number)))
        for number, token in enumerate(later)
    ):
        return left
    passive = any(token.word in words.BE for token in tokens[:at])
    nouns = [token for token in tokens[:at] if token.form.noun and token.keys & left]
    determined = [
        token
        for number, token in enumerate(tokens[:at])
        if token.form.noun and number and tokens[number - 1].word in words.DETERMINERS and token.keys & left
    ]
    chosen = (determined or nouns)[0 if passive else -1]
    return chosen.keys & left


def _after_noun(tokens: list[Token], number: int) -> bool:
    """Whether a word follows a noun without anything in between, as a verb does: `the music starts`."""
    before = tokens[number - 1] if number else None
    return before is not None and before.form.noun and before.word not in words.FUNCTION


def by_order(order: Order, text: Text) -> list[View]:
    """Returns what an answer says about the order of two things.

    Args:
        order: The order that the statement asserts.
        text: The answer.
    """
    views: list[View] = []
    for number, (begin, end) in enumerate(text.sentences):
        if text.asked[number]:
            continue
        found = _in_sentence(order, text, begin, end)
        if found is not None:
            views.append(found)
    return views


def _in_sentence(order: Order, text: Text, begin: int, end: int) -> View | None:
    tokens = text.tokens
    sides = [
        (place, bool(tokens[place].keys & order.first))
        for place in range(begin, end)
        if tokens[place].keys & (order.first | order.second)
    ]
    raw = text.raw[tokens[begin].start : tokens[end - 1].end]
    together = _TOGETHER.search(raw)
    if together and (len({side for _, side in sides}) == 2 or "both" in text.words(begin, end)):
        value: bool | None = bool(re.search(r"\bnot\b|n['\u2019]t", raw[: together.start()]))
        return (None if value else False, tokens[begin].start, tokens[end - 1].end)
    when = _state_when(order, text, begin, end)
    if when is not None:
        return when
    if not sides:
        return None
    both = len({side for _, side in sides}) == 2
    result = _of_both(text, begin, end, sides) if both else _of_one(text, begin, end, sides)
    if result is None:
        return None
    value, cue = result
    how = stance(text, cue, cue)
    if how is Stance.HEDGED:
        value = None
    elif how not in (Stance.ASSERTED, Stance.MILD, Stance.NEGATED):
        return None
    elif how is Stance.NEGATED or any(t.word in ("not", "never") for t in tokens[begin:cue] if not both):
        value = not value
    return value, tokens[sides[0][0]].start, tokens[sides[-1][0]].end


def _state_when(order: Order, text: Text, begin: int, end: int) -> View | None:
    """Reads which of the two is over when the other happens: `he is already seated when the music starts`."""
    at = next((n for n in range(begin, end) if text.tokens[n].word in ("when", "before", "until")), None)
    mark = next((n for n in range(begin, end) if text.tokens[n].word in ("already", "still", "yet")), None)
    if at is None or mark is None or text.tokens[at].word != "when":
        return None
    main, clause = (range(begin, at), range(at, end)) if mark < at else (range(at, end), range(begin, at))
    if at == begin:
        comma = next((n for n in range(at + 1, end) if "," in text.tokens[n].glue), None)
        if comma is None or mark < comma:
            return None
        main, clause = range(comma, end), range(at, comma)
    for own, other, sign in ((order.first, order.second, True), (order.second, order.first, False)):
        if not any(text.tokens[n].keys & other for n in clause):
            continue
        against = {phrase[0] for key in own for phrase in opposites((key,)) if len(phrase) == 1}
        alike = {phrase[0] for key in against for phrase in opposites((key,)) if len(phrase) == 1} - against
        told = {key for n in main for key in (text.tokens[n].word, *text.tokens[n].keys)}
        denied = "not" in told
        done = bool(told & (own | alike)) and not told & against
        if text.tokens[mark].word == "already" and done and not denied:
            return sign, *text.span(begin, end - 1)
        if (text.tokens[mark].word == "still" and told & against and not denied) or (denied and done):
            return not sign, *text.span(begin, end - 1)
    return None


def _of_both(text: Text, begin: int, end: int, sides: list[tuple[int, bool]]) -> tuple[bool, int] | None:
    """Reads a sentence that names both: the cue between them, one that leads, or the order of telling."""
    tokens = text.tokens
    places = dict(sides)
    for cue in range(begin, end):
        token = tokens[cue]
        word = token.word
        key = next(
            (name for name in ("before", "after", "precede", "follow") if name in token.keys or word == name), None
        )
        if (
            key is None
            and word in ("earlier", "sooner", "later")
            and any(t.word == "than" for t in tokens[cue + 1 : cue + 3])
        ):
            key = "after" if word == "later" else "before"
        if key is None:
            continue
        left = [side for place, side in sides if place < cue]
        right = [side for place, side in sides if place > cue]
        if key == "follow" and any(t.word == "by" for t in tokens[cue + 1 : cue + 2]):
            key = "before"
        if left and right and left[-1] is not right[0]:
            return (left[-1] is (key in ("before", "precede")), cue)
        if not left and len(set(right)) == 2:
            other = next(side for side in right if side is not right[0])
            return (other is (key == "before"), cue)
    for cue in range(begin, end):
        word = tokens[cue].word
        if word in ("first", "firstly", "initially") or tokens[cue].keys & _STARTING:
            nearest = min(
                places, key=lambda place: abs(place - cue) + (3 if place < cue and _follows(text, cue) else 0)
            )
            return places[nearest], cue
        if word in ("second", "last", "afterwards", "later") and tokens[cue - 1].word != "the":
            earlier = [place for place in places if place < cue]
            if earlier:
                return not places[earlier[-1]], cue
    then = next((place for place in range(begin, end) if tokens[place].word in ("then", "afterwards", "next")), None)
    if then is not None:
        left = [side for place, side in sides if place < then]
        right = [side for place, side in sides if place > then]
        if left and right and left[-1] is not right[0]:
            return left[-1], then
    return None


def _follows(text: Text, cue: int) -> bool:
    """Whether a `first` leads what follows it, as at the beginning of a clause."""
    return cue == text.bounds(cue)[0] or any(sign in text.tokens[cue].glue for sign in ",;:")


def _of_one(text: Text, begin: int, end: int, sides: list[tuple[int, bool]]) -> tuple[bool, int] | None:
    """Reads a sentence that names one of the two: `the milk goes in second`."""
    tokens = text.tokens
    side = sides[0][1]
    for cue in range(begin, end):
        token = tokens[cue]
        if token.word in ("first", "firstly", "earlier", "sooner", "initially") or token.keys & _STARTING:
            return side, cue
        if token.word in ("second", "last", "lastly", "afterwards", "later") and not (
            cue + 1 < end
            and tokens[cue + 1].form.noun
            and token.word in ("second", "last")
            and tokens[cue + 1].glue == " "
        ):
            return not side, cue
    return None
