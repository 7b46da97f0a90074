"""Whose a box is by the words that lead to it: another's by colour or side, or by the clause that it stands in."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import words
from vstar_data.verification.subjects import person
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_OPPOSITES = (
    word_set("red blue green yellow black white brown grey gray orange purple pink violet beige"),
    word_set("left right middle"),
    word_set("first second third fourth last"),
    word_set("big large small little tiny huge"),
    word_set("old elderly young"),
    word_set("open closed"),
    word_set("full empty"),
)
_NEAR = 2
"""How many tokens before its noun an adjective may stand."""
_AT = words.BE | word_set("located situated found at in can be seen visible positioned placed stands sits lies rests")
_RELATIVES = frozenset({"which", "who", "that"})


@lru_cache(maxsize=2048)
def _marked(name: str) -> tuple[tuple[frozenset[str], str, frozenset[str]], ...]:
    """Returns the nouns of a name that have a colour or the like: base forms, the mark, what would be another."""
    tokens = tokens_of_name(name).tokens
    found = []
    for place, token in enumerate(tokens):
        mark = next((t.word for t in tokens[max(0, place - _NEAR) : place] if _group(t) is not None), None)
        if token.form.noun and _group(token) is None and token.word not in words.FUNCTION and mark is not None:
            group = next(group for group in _OPPOSITES if mark in group)
            found.append((token.keys, mark, group))
    return tuple(found)


def _group(token: Token) -> frozenset[str] | None:
    return next((group for group in _OPPOSITES if token.word in group), None)


def contrary(name: str, text: Text, begin: int, end: int) -> bool:
    """Whether a stretch speaks of a thing of another colour, side or size than a name's: `the blue car` for a red one.

    Args:
        name: The name of a box's thing.
        text: The answer.
        begin: First code point of the stretch.
        end: Code point after it.
    """
    marked = _marked(name)
    if not marked:
        return False
    found = False
    for place, token in enumerate(text.tokens):
        if not begin <= token.start < end:
            continue
        for keys, mark, group in marked:
            near = {other.word for other in text.tokens[max(0, place - _NEAR) : place]} if token.keys & keys else set()
            if mark in near or (token.word == "one" and text.tokens[place - 1].word == mark):
                return False
            found = found or bool(near & group)
    return found


@lru_cache(maxsize=2048)
def _worn(name: str) -> tuple[frozenset[str], ...]:
    """Returns what a name says that its person wears, where two words or more tell it: `in the red jacket`."""
    tokens = tokens_of_name(name).tokens
    start = next((n for n, token in enumerate(tokens) if n and token.word in ("in", "wearing", "with")), len(tokens))
    worn = tuple(token.keys for token in tokens[start + 1 :] if token.word not in words.FUNCTION)
    marked = any(_group(token) is not None for token in tokens[start + 1 :])
    return worn if marked and len(worn) > 1 and person(tokens[start - 1]) else ()


def worn(name: str, text: Text, begin: int, end: int) -> tuple[frozenset[str], ...]:
    """Returns the words for a name's clothes where a stretch says all of them, as `the red jacket: [..]` does.

    Args:
        name: The name of a box's thing.
        text: The answer.
        begin: First code point of the stretch.
        end: Code point after it.
    """
    wanted = _worn(name)
    near = [token.keys for token in text.tokens if begin <= token.start < end] if wanted else []
    return wanted if all(any(keys & other for other in near) for keys in wanted) else ()


def of_another(text: Text, named: list[int], before: list[int], start: int) -> bool:
    """Whether a clause gives a box to something else than the thing that it names.

    `The mug is next to a plate, which is at [..]` gives the plate's, `the man holding the mug is at [..]` the man's.

    Args:
        text: The answer.
        named: Tokens before the box that name the thing.
        before: Tokens before the box that name anything; it has those of `named`.
        start: The box's first code point.
    """
    if not named:
        return False
    end = next((n for n in range(named[-1], len(text.tokens)) if text.tokens[n].start >= start), len(text.tokens))
    lead = end - 1
    while lead > named[0] and text.tokens[lead].word in _AT:
        lead -= 1
    if lead == end - 1:
        return False
    if text.tokens[lead].word in _RELATIVES and named[-1] < before[-1]:
        between = text.tokens[named[-1] + 1 : before[-1]]
        return any(token.word in words.BE or _finite(token) for token in between)
    first = before[0]
    holding = text.tokens[first + 1] if first + 1 < named[0] else None
    if lead != named[-1] or first >= named[0] or holding is None or holding.glue != " ":
        return False
    return bool(holding.form.verb) and holding.word.endswith("ing")


def _finite(token: Token) -> bool:
    return bool(token.form.verb) and token.word not in words.FUNCTION and token.word.endswith(("s", "ed"))
