"""Which stretch of an answer tells about which of several values (times, boxes): before them or after, line by line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from vstar_data.verification.text import Text, Token

_STRONG = re.compile(r"[;\n}\u2022]|[.!?](?=\s)")
_WEAK = re.compile(
    r",|\s[-\u2013\u2014]\s|\s[\u2013\u2014]|\b(?:and|then|while|whereas|but|before|after)\b|\)(?=\s)",
    re.IGNORECASE,
)


def pieces(text: Text, values: Sequence[tuple[int, int]], tells: Callable[[Token], bool]) -> list[tuple[int, int]]:
    """Returns for each value the code points of the stretch that tells about it; the stretches do not overlap.

    A stretch ends at the sign or conjunction between two values: at the first where words stand before the value
    (`the lamp at [..], and the vase, in a corner, at [..]`), at the last where they follow it.

    Args:
        text: The answer.
        values: Code points of the values, in order.
        tells: Whether a token says something about a thing, rather than about the answer itself.
    """
    starts = [token.start for token in text.tokens]
    found: list[tuple[int, int]] = []
    begin = 0
    for number, (start, end) in enumerate(values):
        if number + 1 == len(values):
            found.append((begin, len(text.raw)))
            break
        following = values[number + 1][0]
        own = text.tokens[bisect_left(starts, begin) : bisect_left(starts, start)]
        sentence = _sentence_start(text.raw, begin, start)
        follows = not any(tells(token) for token in own if token.start >= sentence)
        cut = _cut(text.raw[end:following], follows)
        found.append((begin, end + cut))
        begin = end + cut
    return found


def within(ranges: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a code point lies in one of some half-open ranges that are sorted and do not overlap."""
    number = bisect_right(ranges, (place, 1 << 60)) - 1
    return number >= 0 and place < ranges[number][1]


def _sentence_start(raw: str, begin: int, start: int) -> int:
    last = begin
    for match in _STRONG.finditer(raw, begin, start):
        last = match.end()
    return last


def _cut(gap: str, follows: bool) -> int:
    for pattern in (_STRONG, _WEAK):
        marks = list(pattern.finditer(gap))
        if marks:
            chosen = marks[-1] if follows else marks[0]
            return chosen.end() if chosen[0] in "}),;.!?\n" else chosen.start()
    return len(gap) if follows else 0
