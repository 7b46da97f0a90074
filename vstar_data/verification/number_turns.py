"""Numbers told turn by turn (`ten in the first set, eight in the second`) where that of one turn is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vstar_data.verification.numbers import ORDINALS
from vstar_data.verification.readings import Reading
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.words import word_set

CALLED_BY_NUMBER = word_set("set round attempt try lap lane game heat camera scene shot player part exercise series")
"""Nouns that a number after them only names: `in set two`."""
_ENDINGS = ("st", "nd", "rd", "th")


def of_another_turn(text: Text, found: Sequence[Reading], name: str) -> list[bool]:
    """Returns which numbers are told of another turn than the one that is asked for.

    Args:
        text: The answer.
        found: Its numbers.
        name: What was asked for: `pull-ups in the second set`; without a turn, none is of another.
    """
    asked = _asked_turn(name)
    if asked is None:
        return [False] * len(found)
    return [bool(turns) and asked not in turns for turns in (_told_turns(text, reading) for reading in found)]


@lru_cache(maxsize=1024)
def _asked_turn(name: str) -> int | None:
    parts = tokens_of_name(name)
    turns = _turns(parts, 0, len(parts.tokens))
    return next(iter(turns)) if len(turns) == 1 else None


def _told_turns(text: Text, reading: Reading) -> set[int]:
    begin, end = text.bounds(reading.first)
    first, last = reading.first, reading.last
    while first > begin and not _breaks(text, first):
        first -= 1
    while last + 1 < end and not _breaks(text, last + 1):
        last += 1
    return _turns(text, first, last + 1)


def _breaks(text: Text, place: int) -> bool:
    return (
        text.tokens[place].word in ("and", "but", "then") or re.search(r"[,;\n]", text.tokens[place].glue) is not None
    )


def _turns(text: Text, begin: int, end: int) -> set[int]:
    """Returns the turns that some tokens name: `the second set`, `set 2`, `the 2nd`."""
    found = set()
    for place in range(begin, end):
        token = text.tokens[place]
        following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        if token.word in ORDINALS and token.value is None:
            found.add(ORDINALS[token.word])
        elif token.word.isdigit() and following is not None and following.glue == "" and following.word in _ENDINGS:
            found.add(int(token.word))
        elif token.keys & CALLED_BY_NUMBER and following is not None and following.glue == " ":
            found |= {int(following.value)} if following.value is not None and following.value < 100 else set()
    return found
