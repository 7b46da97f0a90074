"""Whether an answer shows something that a statement says is there: `a cat sleeps on the bed` for `there is a cat`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.kinds.places import where_said
from vstar_data.verification.kinds.replies import View, token_at
from vstar_data.verification.lexicon import narrower, people
from vstar_data.verification.text import Text, Token, tokens_of_name

_ONLY = re.compile(
    r"(?:\A|(?<=[.;:!?,]))\s*(?:and |but )?(?:only|just|nothing but)\b[^.;:!?]*?"
    r"\b(?:is|are|was|were|be seen|can see|appears?|visible|there|present)\b",
    re.IGNORECASE,
)
_DESERTED = re.compile(
    r"\b(?:is|are|was|were|looks?|lies?|stays?|remains?) (?:\w+ly |all )?(?:empty|deserted|bare|abandoned)\b",
    re.IGNORECASE,
)
_NOBODY = words.word_set("nobody none no-one")


@dataclass(frozen=True)
class Presence:
    """What is said to be there.

    Attributes:
        thing: Base forms of the noun.
        kinds: These, and those of narrower nouns.
        marks: Base forms of what tells it from its like, one set a word: `red` in `a red car`.
        where: What the statement says after the noun, from a preposition on.
        holds: Whether it is said to be there.
    """

    thing: frozenset[str]
    kinds: frozenset[str]
    marks: tuple[frozenset[str], ...]
    where: tuple[Token, ...]
    holds: bool


@lru_cache(maxsize=2048)
def presence_of(name: str) -> Presence | None:
    """Takes a statement that begins with `there` apart; None where it counts, or goes on with a clause of its own."""
    tokens = tokens_of_name(name).tokens
    if not tokens or tokens[0].word != "there":
        return None
    at = next((place for place, token in enumerate(tokens) if place and token.word in words.BE), None)
    if at is None:
        return None
    rest = tokens[at + 1 :]
    denied = sum(token.word in ("not", "no", "never", "n't") for token in rest[:2])
    stop = next((place for place, token in enumerate(rest) if token.word in words.PREPOSITIONS), len(rest))
    phrase = [token for token in rest[:stop] if token.word not in words.FUNCTION | {"not", "no", "never", "any"}]
    if not phrase or any(token.value is not None for token in rest[:stop]) or not phrase[-1].form.noun:
        return None
    if any(token.word in words.CLAUSE_BREAKS or token.word.endswith("ing") for token in rest):
        return None
    thing = phrase[-1].keys
    kinds = thing | {word for key in thing for word in narrower(key, "noun") if " " not in word}
    if thing & words.PERSONS:
        kinds |= words.PERSONS | people()
    return Presence(thing, kinds, tuple(token.keys for token in phrase[:-1]), tuple(rest[stop:]), denied % 2 == 0)


def present(name: str, text: Text) -> tuple[list[View], list[View]]:
    """Returns what an answer says of a thing's being there by naming it, and what it says by naming all else.

    Args:
        name: The statement, such as `there is a cat in the room`.
        text: The answer.
    """
    what = presence_of(name)
    if what is None:
        return [], []
    located = where_said(what.thing, what.where, text) if what.where else []
    elsewhere = {_sentence(text, view) for view in located if view[0] is False}
    named = [view for view in _named(what, text) if view[0] is not True or _sentence(text, view) not in elsewhere]
    absent: list[View] = [(False, *span) for span in _left_out(what, text)]
    signed: list[list[View]] = [
        [(value is what.holds, start, end) for value, start, end in views] for views in (located + named, absent)
    ]
    return signed[0], signed[1]


def _named(what: Presence, text: Text) -> list[View]:
    """Returns where the thing itself is shown or denied."""
    views: list[View] = []
    for place, token in enumerate(text.tokens):
        if not token.keys & what.kinds or not token.form.noun or text.asked[token.sentence]:
            continue
        begin = text.bounds(place)[0]
        before = text.tokens[max(begin, place - 4) : place]
        if not all(any(other.keys & mark for other in before) for mark in what.marks):
            continue
        how = stance(text, place, place)
        if how is Stance.NEGATED or any(other.word == "no" for other in before[-2:]):
            if token.keys & what.thing:
                views.append((False, token.start, token.end))
        elif how in (Stance.ASSERTED, Stance.MILD):
            views.append((True, token.start, token.end))
    return views


def _left_out(what: Presence, text: Text) -> list[tuple[int, int]]:
    """Returns where all that is there is told, or a wider kind is denied: `only a dog is there`, `no animals`."""
    spans: list[tuple[int, int]] = []
    where = {key for token in what.where if token.word not in words.FUNCTION for key in token.keys}
    for match in (*_ONLY.finditer(text.raw), *_DESERTED.finditer(text.raw)):
        place = token_at(text, match.start())
        if place is None or stance(text, place, place) is Stance.NEGATED:
            continue
        begin, end = text.bounds(place)
        sentence = text.tokens[begin:end]
        if any(token.keys & what.kinds for token in sentence):
            continue
        if match.re is _ONLY or any(token.keys & where or token.word == "it" for token in sentence):
            spans.append(match.span())
    for place, token in enumerate(text.tokens):
        after = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        nobody = token.word in _NOBODY or (token.word == "no" and after is not None and after.word == "one")
        if nobody and what.thing & words.PERSONS:
            spans.append((token.start, token.end))
        elif token.word in ("no", "any") and after is not None and any(_wider(key, what) for key in after.keys):
            spans.append((token.start, after.end))
    return spans


def _wider(key: str, what: Presence) -> bool:
    return key not in what.thing and any(word in what.thing for word in narrower(key, "noun"))


def _sentence(text: Text, view: View) -> int:
    place = token_at(text, view[1])
    return text.tokens[place].sentence if place is not None else -1
