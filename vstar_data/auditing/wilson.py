"""Intervals for shares: Wilson's, and what sums and ratios of several shares inherit from it. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

Z = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""


class Estimate(NamedTuple):
    """A value with the ends of its 95 % interval, all 0..1: low <= value <= high."""

    value: float
    low: float
    high: float


class Part(NamedTuple):
    """A stratum: `size` answers in all, `marked` of them looked at, `right` of these found right."""

    size: int
    marked: int
    right: int


def wilson(share: float, trials: float) -> Estimate:
    """Returns the score interval of a share (E. B. Wilson, 1927, J. Am. Stat. Assoc. 22:209-212).

    Unlike the interval around the share it stays within 0..1 and does not shrink to a point at 0 and 1.

    Args:
        share: The share that was found, 0..1.
        trials: How many independent trials it comes from; no whole number where trials resemble each other. Without
            a trial everything is possible: 0..1.
    """
    if trials <= 0:
        return Estimate(share, 0.0, 1.0)
    square = Z * Z / trials
    middle = (share + square / 2) / (1 + square)
    reach = Z / (1 + square) * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    return Estimate(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def weighted_share(parts: Sequence[Part]) -> Estimate | None:
    """Returns the share of right answers in several strata together, each weighted by its size.

    The interval of each stratum is Wilson's; that of the sum follows from them by recovering variances from limits
    (G. Y. Zou and A. Donner, 2008, Stat. Med. 27:1693-1702), which holds where all marked answers of a stratum are
    right, too: a variance estimated from these would be nothing.

    Args:
        parts: Strata with a size; each has marked answers.

    Returns:
        The share, or None where the strata are empty.
    """
    size = sum(part.size for part in parts)
    if not size:
        return None
    whole = _total(parts)
    return Estimate(*(min(1.0, max(0.0, number / size)) for number in whole))


def recall(accepted: Sequence[Part], rejected: Sequence[Part]) -> Estimate | None:
    """Returns the share of accepted answers among the right ones.

    It is the ratio of two weighted sums of shares, of which the rejected strata appear in the denominator alone. A
    value belongs to the interval if the difference that it makes nought, (1 - value) * right and accepted - value *
    right and rejected, has an interval with nought in it, by the same recovery of variances (the MOVER-R of
    R. G. Newcombe, 2016, Stat. Methods Med. Res. 25:1774-1778).

    Args:
        accepted: Strata of accepted answers with a size; each has marked answers.
        rejected: Those of rejected answers.

    Returns:
        The share, or None where no answer is right.
    """
    found, missed = _total(accepted), _total(rejected)
    right = found.value + missed.value
    if right <= 0:
        return None

    def lowest(value: float) -> float:
        reach = math.hypot((1 - value) * (found.value - found.low), value * (missed.high - missed.value))
        return (1 - value) * found.value - value * missed.value - reach

    def highest(value: float) -> float:
        reach = math.hypot((1 - value) * (found.high - found.value), value * (missed.value - missed.low))
        return (1 - value) * found.value - value * missed.value + reach

    share = found.value / right
    return Estimate(share, min(share, _root(lowest)), max(share, _root(highest)))


def _total(parts: Sequence[Part]) -> Estimate:
    """Returns how many answers of some strata are right, with the ends of the interval."""
    value = below = above = 0.0
    for part in parts:
        share = wilson(part.right / part.marked if part.marked else 0.0, part.marked)
        value += part.size * share.value
        below = math.hypot(below, part.size * (share.value - share.low))
        above = math.hypot(above, part.size * (share.high - share.value))
    return Estimate(value, max(0.0, value - below), value + above)


def _root(falling: Callable[[float], float]) -> float:
    """Returns where a function that is not negative at 0 and not positive at 1 changes its sign."""
    low, high = 0.0, 1.0
    if falling(1.0) >= 0:
        return 1.0
    if falling(0.0) <= 0:
        return 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
