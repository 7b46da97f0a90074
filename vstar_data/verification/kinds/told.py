"""Choices that an answer tells in its own sentences, and choices that it names only by what tells them apart.

`A girl happily jumps into the water, and later a person kneads dough` tells `a girl jumping into water followed by a
person kneading dough`: all words of the choice, in its order, each asserted. `An elevator going up and down` also names
`going down`: the words in which that choice differs from the others.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from vstar_data.records import QALabel
from vstar_data.verification import cues, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.thesaurus import synonyms
from vstar_data.verification.words import word_set

_TOGETHER = word_set("while simultaneously simultaneous concurrently meanwhile as same")
_ORDERED = word_set("then followed after before first second finally next later subsequently afterwards")
_SKIPPED = _ORDERED | _TOGETHER | word_set("time follow seen see show video")
_REACH = 9
"""How many tokens may lie between two words of a told choice; more where a new sentence or step begins."""


def passage_that_tells(label: QALabel, text: Text, right: set[int]) -> tuple[int, int] | None:
    """Returns the code points of a passage that tells the right choice, where none tells another one; or None.

    Args:
        label: The choices.
        text: The answer.
        right: Numbers of the right choices.
    """
    passages = {place: told(text, choice) for place, choice in enumerate(label.choices)}
    telling = {place: passage for place, passage in passages.items() if passage is not None}
    if not telling or not telling.keys() <= right:
        return None
    first, last = next(iter(telling.values()))
    mine = tuple(label.choices[place] for place in right)
    if any(
        apart(text, choice, mine, first, last) is not None
        for place, choice in enumerate(label.choices)
        if place not in right
    ):
        return None
    return text.span(first, last)


def named_in_part(label: QALabel, text: Text, settled: set[int], picked: tuple[int, int]) -> bool:
    """Whether an answer that names the right choice also names another, by the words that tell it apart.

    Args:
        label: The choices.
        text: The answer.
        settled: Numbers of the right choices, and of those that it names in full: these have been weighed.
        picked: First and last token of where it names the right one.
    """
    mine = (label.answer, *label.aliases)
    return any(
        apart(text, choice, mine, *picked) is not None
        for place, choice in enumerate(label.choices)
        if place not in settled
    )


def told(text: Text, name: str) -> tuple[int, int] | None:
    """Returns the first and the last token of a passage of at most two sentences that tells a choice, or None.

    Args:
        text: The answer.
        name: A choice of three content words or more; one of fewer is told by none.
    """
    wanted = _content(name)
    if len(wanted) < _LEAST:
        return None
    ahead = [_places(text, token) for token in wanted]
    for start in ahead[0][:_STARTS]:
        places = _follow(text, ahead, start, _steps(name))
        if places is None or not _same_time(text, places, name):
            continue
        if all(stance(text, place, place) in (Stance.ASSERTED, Stance.MILD) for place in places):
            return places[0], places[-1]
    return None


_LEAST = 3
_STARTS = 50


@lru_cache(maxsize=4096)
def _content(name: str) -> tuple[Token, ...]:
    tokens = tokens_of_name(name).tokens
    return tuple(t for t in tokens if (t.word not in words.FUNCTION or t.word in _WHERE) and t.word not in _SKIPPED)


_WHERE = word_set(
    "up down in out into off onto under over through around above below behind away towards from left right"
)


def _places(text: Text, wanted: Token) -> list[int]:
    known = text.places()
    keys = set(wanted.keys)
    if wanted.word not in _WHERE:
        keys |= {other[0] for key in wanted.keys for other in synonyms(key) if len(other) == 1}
    return sorted({place for key in keys for place in known.get(key, ())})


def _steps(name: str) -> bool:
    """Whether a choice tells more than one thing: `a dog barks, and then a woman waves`."""
    return any(token.word in _ORDERED | _TOGETHER | {"and"} for token in tokens_of_name(name).tokens)


def _follow(text: Text, ahead: list[list[int]], start: int, steps: bool) -> list[int] | None:
    """Returns the tokens that say all words in their order from a first token on, or None."""
    places = [start]
    sentence = text.tokens[start].sentence
    for known in ahead[1:]:
        following = bisect_right(known, places[-1])
        at = known[following] if following < len(known) else None
        if at is None or text.tokens[at].sentence > sentence + 1:
            return None
        between = text.tokens[places[-1] + 1 : at]
        if any(other.word in cues.NEGATORS or other.word in ("or", "but") for other in between):
            return None
        joined = text.tokens[at].sentence > text.tokens[places[-1]].sentence or any(
            other.word in _ORDERED | {"and"} for other in between
        )
        if (joined and not steps) or len(between) > _REACH * (2 if joined else 1):
            return None
        places.append(at)
    return places


def otherwise_in_time(text: Text, places: tuple[int, ...], name: str) -> bool:
    """Whether a passage tells the things of a choice of several one after another instead of at once, or reversely."""
    return _steps(name) and not _same_time(text, list(places), name)


def _same_time(text: Text, places: list[int], name: str) -> bool:
    """Whether a passage says of two things that they happen at once exactly where the choice says so."""
    begin, end = text.bounds(places[0])[0], text.bounds(places[-1])[1]
    here = {token.word for token in text.tokens[begin:end]}
    named = {token.word for token in tokens_of_name(name).tokens}
    together = named & (_TOGETHER - {"as", "same"}) or {"same", "time"} <= named
    at_once = here & (_TOGETHER - {"as", "same"}) or {"same", "time"} <= here
    return bool(together) == bool(at_once)


def _adjoins(text: Text, place: int, first: int, last: int) -> bool:
    """Whether only a conjunction stands between a word and a passage: `gets darker and brighter`."""
    between = text.tokens[last + 1 : place] if place > last else text.tokens[place + 1 : first]
    return all(token.word in _LINKS for token in between)


_LINKS = word_set("and or then finally being is are also later again")


def _joined(text: Text, place: int, first: int, last: int) -> bool:
    """Whether a word is coordinated with a passage (`going up and down`), and not only where something comes from."""
    left, right = (last + 1, place + 1) if place > last else (place + 1, first + 1)
    between = text.tokens[left:right]
    before = {token.word for token in text.tokens[max(0, place - 3) : place]}
    joins = any(token.word in ("and", "or", "then") or "," in token.glue for token in between)
    return joins and "from" not in before and not any(token.word in words.SUBORDINATORS for token in between)


def apart(text: Text, name: str, others: tuple[str, ...], first: int, last: int) -> int | None:
    """Returns a token by which an answer names a choice beside another one, by the words that tell it apart.

    Args:
        text: The answer.
        name: The choice.
        others: The choice that the answer names in full, and its aliases.
        first: The first token of where it does.
        last: The last token.
    """
    shared = {key for other in others for token in tokens_of_name(other).tokens for key in token.keys}
    fresh = [token for token in _content(name) if not token.keys & shared]
    if not fresh:
        return None
    whole = len(_content(name)) == 1
    begin, end = text.bounds(first)
    found = []
    for token in fresh:
        near = [
            place
            for place in _places(text, token)
            if begin <= place < end
            and (first <= place <= last or _joined(text, place, first, last))
            and (not whole or (text.tokens[place].word == token.word and _adjoins(text, place, first, last)))
        ]
        said = next((place for place in near if stance(text, place, place) is Stance.ASSERTED), None)
        if said is None:
            return None
        found.append(said)
    beside = any(not first <= place <= last for place in found)
    return max(found) if beside and max(found) - min(found) <= _REACH else None
