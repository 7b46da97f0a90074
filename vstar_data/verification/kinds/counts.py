"""Statements about how many there are (`there is more than one dog`): read from the number that an answer counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.replies import View
from vstar_data.verification.text import Text, tokens_of_name

_INFINITE = 10**9
_BOUNDS = {
    "more than": (1, None),
    "over": (1, None),
    "at least": (0, None),
    "fewer than": (None, -1),
    "less than": (None, -1),
    "under": (None, -1),
    "at most": (None, 0),
    "no more than": (None, 0),
    "up to": (None, 0),
}
"""What a bound adds to its number for the least and the greatest count; None where that side is open."""
_BOUND = re.compile(r"\b(no more than|more than|at least|fewer than|less than|at most|up to|over|under)\s\Z", re.I)
_EXISTS = re.compile(r"\A\s*there (?:is|are|was|were|exists?)\s+(?:an?|some|any)\s", re.I)
_WORDS = {
    "no": (0, 0),
    "none": (0, 0),
    "zero": (0, 0),
    "a": (1, _INFINITE),
    "an": (1, _INFINITE),
    "single": (1, 1),
    "another": (2, _INFINITE),
    "both": (2, 2),
    "pair": (2, 2),
    "couple": (2, 2),
    "several": (3, _INFINITE),
    "many": (3, _INFINITE),
    "multiple": (2, _INFINITE),
}
_PLURAL = re.compile(r"\A\s*there (?:are|were)\s+(?!no\b|not\b|more\b|fewer\b|less\b|at\b|exactly\b|only\b)[a-z]", re.I)
_MANY = words.word_set("people men women children")
_ONLY = frozenset({"only", "just", "single", "exactly", "lone", "sole"})


@dataclass(frozen=True)
class Count:
    """How many of a thing a statement asserts.

    Attributes:
        low: The least number.
        high: The greatest.
        thing: Base forms of what is counted.
        doing: Base forms of what they do; empty for a statement that they are there.
    """

    low: float
    high: float
    thing: frozenset[str]
    doing: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def count_of(name: str) -> Count | None:
    """Returns what a statement says about a count, or None for any other statement."""
    text = tokens_of_name(name)
    tokens = text.tokens
    plural = _PLURAL.match(name)
    if plural and (thing := _noun(text, 2)) is not None and _article(text) == 0:
        return Count(1, _INFINITE, tokens[thing].keys)
    if _EXISTS.match(name) and (thing := _noun(text, _article(text) + 1)) is not None:
        return Count(1, _INFINITE, tokens[thing].keys)
    for place, token in enumerate(tokens):
        if token.value is not None or (token.word == "no" and place < 4):
            thing = _noun(text, place + 1)
            if thing is None:
                continue
            value = token.value or 0.0
            low, high = _bounded(text, place, value)
            there = any(t.word == "there" for t in tokens[:place])
            if there or (low, high) != (value, value):
                after = [t for t in tokens[thing + 1 :] if t.word not in words.FUNCTION and t.form.verb]
                doing = frozenset(key for t in after for key in t.keys) if not there else frozenset()
                return Count(low, high, tokens[thing].keys, doing)
    return None


def by_count(count: Count, text: Text) -> list[View]:
    """Returns what an answer says about a count: none, where its number leaves the question open.

    Args:
        count: What the statement asserts.
        text: The answer.
    """
    views: list[View] = []
    for place in sorted({at for key in count.thing for at in text.places().get(key, ())}):
        found = _counted(text, place)
        begin, end = text.bounds(place)
        if count.doing and not any(token.keys & count.doing for token in text.tokens[begin:end]):
            continue
        if found is None or text.asked[text.tokens[place].sentence]:
            continue
        low, high, at = found
        how = stance(text, place, place, frozenset({"no", "none", "zero", "without"}))
        if how is Stance.NEGATED and high == _INFINITE:
            low, high, how = 0, max(0, low - 1), Stance.ASSERTED
        if how not in (Stance.ASSERTED, Stance.MILD):
            continue
        if low >= count.low and high <= count.high:
            views.append((True, *text.span(at, place)))
        elif high < count.low or low > count.high:
            views.append((False, *text.span(at, place)))
    return views or _bare(count, text)


def _bare(count: Count, text: Text) -> list[View]:
    """Reads a number without its noun: `there are only two`, `I count three`."""
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        begin, end = text.bounds(place)
        after = text.tokens[place + 1] if place + 1 < end else None
        closed = after is None or re.search(r"[,;:.!?\u2026\u2013\u2014]", after.glue) or after.word in ("in", "of")
        lead = set(text.words(max(begin, place - 4), place))
        said = lead & {"there", "count", "see", "only", "just", "exactly"}
        if token.value is None or not closed or not (said or place == begin) or text.asked[token.sentence]:
            continue
        if stance(text, place, place) not in (Stance.ASSERTED, Stance.MILD):
            continue
        low, high = _bounded(text, place, token.value)
        if low >= count.low and high <= count.high:
            views.append((True, token.start, token.end))
        elif high < count.low or low > count.high:
            views.append((False, token.start, token.end))
    return views


def _article(text: Text) -> int:
    return next((n for n, token in enumerate(text.tokens) if token.word in ("a", "an", "some", "any")), 0)


def _noun(text: Text, place: int) -> int | None:
    """Returns the head of the noun phrase from a token on."""
    head = None
    for at in range(place, min(len(text.tokens), place + 5)):
        token = text.tokens[at]
        if token.word in words.FUNCTION or not (token.form.noun or token.form.adjective):
            break
        if token.form.noun:
            plural = head is not None and (text.tokens[head].word.endswith("s") or text.tokens[head].word in _MANY)
            if head is not None and token.form.verb and (plural or token.word not in token.form.verb):
                break
            head = at
    return head


def _bounded(text: Text, place: int, value: float) -> tuple[float, float]:
    found = _BOUND.search(text.raw[max(0, text.tokens[place].start - 14) : text.tokens[place].start])
    if found is None:
        return value, value
    low, high = _BOUNDS[found[1].lower()]
    return (0 if low is None else value + low), (_INFINITE if high is None else value + high)


def _counted(text: Text, noun: int) -> tuple[float, float, int] | None:
    """Returns the least and greatest number that stands before a noun, and its token."""
    begin = text.bounds(noun)[0]
    only = any(token.word in _ONLY for token in text.tokens[max(begin, noun - 5) : noun])
    for at in range(noun - 1, max(begin, noun - 5) - 1, -1):
        token = text.tokens[at]
        if token.value is not None:
            low, high = _bounded(text, at, token.value)
            return low, high, at
        if token.word in _WORDS:
            low, high = _WORDS[token.word]
            if only and token.word in ("a", "an"):
                high = 1
            if token.word == "another" or (token.word in ("a", "an") and not _presented(text, at, begin)):
                return None
            return low, high, at
        if token.word in words.FUNCTION and token.word not in words.DETERMINERS | {"of"}:
            break
    return None


def _presented(text: Text, at: int, begin: int) -> bool:
    """Whether `a dog` is said to be there, rather than merely spoken of."""
    before = {token.word for token in text.tokens[max(begin, at - 5) : at]}
    return bool(before & {"there", "see", "count", "only", "just", "spot", "has", "with", "visible"})
