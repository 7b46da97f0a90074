"""Frame plans: which frames of a file stand for a clip. Pure functions of times; nothing here opens a file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_EQUALLY_NEAR = 1e-6
"""Seconds within which two frames are equally near: else rounding, and not the rule, would choose between them."""


def frame_plan(times: Sequence[float], count: int, *, start: float, end: float) -> tuple[int, ...]:
    """Chooses frames that are spread evenly over a window.

    The window is cut into `count` equal parts; for the middle of each the nearest frame inside the window is taken,
    the earlier one of two that are equally near. Where the window holds fewer frames than parts, frames repeat.

    Args:
        times: Presentation times of all frames of the file in seconds, ascending.
        count: Number of frames wanted, at least 1.
        start: Where the window begins, in seconds.
        end: Where the window ends, in seconds. A frame at exactly `start` or `end` is inside.

    Returns:
        `count` indices into `times`, ascending; empty where no frame is inside the window.
    """
    first, stop = bisect_left(times, start), bisect_right(times, end)
    if first >= stop:
        return ()
    middles = (start + (part + 0.5) * (end - start) / count for part in range(count))
    return tuple(_nearest(times, middle, first, stop) for middle in middles)


def _nearest(times: Sequence[float], moment: float, first: int, stop: int) -> int:
    after = bisect_left(times, moment, first, stop)
    if after == first:
        return first
    before = bisect_left(times, times[after - 1], first, after)
    if after == stop or moment - times[before] <= times[after] - moment + _EQUALLY_NEAR:
        return before
    return after


def fitted_size(width: int, height: int, max_side: int) -> tuple[int, int]:
    """Returns the (width, height) that keeps the aspect with no side above `max_side`; never larger than given."""
    if max(width, height) <= max_side:
        return width, height
    scale = max_side / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))
