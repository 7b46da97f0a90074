"""Intervals: known values, bounds for any input, and how often they hold the truth."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vstar_data.auditing.wilson import Part, recall, weighted_share, wilson


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        # R. G. Newcombe, 1998, Stat. Med. 17:857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(hits: int, trials: int, low: float, high: float) -> None:
    found = wilson(hits / trials, trials)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.floats(0, 1), st.floats(0, 1e9))
def test_an_interval_holds_its_share_and_stays_within_bounds(share: float, trials: float) -> None:
    found = wilson(share, trials)
    assert 0 <= found.low <= found.value == share <= found.high <= 1


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_more_trials_never_widen_an_interval_by_much(share: float, trials: int) -> None:
    few, many = wilson(share, trials), wilson(share, 4 * trials)
    assert many.high - many.low <= few.high - few.low


def parts() -> st.SearchStrategy[Part]:
    return st.integers(1, 500).flatmap(
        lambda marked: st.builds(Part, st.integers(marked, 100_000), st.just(marked), st.integers(0, marked))
    )


@given(st.lists(parts(), min_size=1, max_size=6))
def test_a_weighted_share_lies_in_its_interval(strata: list[Part]) -> None:
    found = weighted_share(strata)
    assert found is not None
    shares = [part.right / part.marked for part in strata]
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert min(shares) - 1e-9 <= found.value <= max(shares) + 1e-9


@given(parts())
def test_one_stratum_has_the_interval_of_wilson(part: Part) -> None:
    assert weighted_share([part]) == pytest.approx(wilson(part.right / part.marked, part.marked))


@given(st.lists(parts(), max_size=4), st.lists(parts(), max_size=4))
def test_recall_lies_in_its_interval(accepted: list[Part], rejected: list[Part]) -> None:
    found = recall(accepted, rejected)
    assume(found is not None)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_strata_count_by_their_size_and_not_by_their_marks() -> None:
    found = weighted_share([Part(900, 10, 10), Part(100, 90, 0)])
    assert found is not None
    assert found.value == pytest.approx(0.9)


def test_a_stratum_without_a_right_answer_among_its_marks_still_widens_recall() -> None:
    few = recall([Part(1000, 100, 100)], [Part(10_000, 20, 0)])
    many = recall([Part(1000, 100, 100)], [Part(10_000, 2000, 0)])
    assert few is not None
    assert many is not None
    assert few.value == many.value == 1
    assert few.low < 0.5 < many.low


def test_without_rejected_answers_nothing_is_missed() -> None:
    found = recall([Part(10, 5, 4)], [])
    assert found is not None
    assert (found.low, found.value, found.high) == (1, 1, 1)


def test_nothing_is_said_of_nothing() -> None:
    assert weighted_share([]) is None
    assert recall([Part(10, 5, 0)], [Part(10, 5, 0)]) is None
    assert wilson(0.0, 0) == (0.0, 0.0, 1.0)


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """A population of six strata, sampled 500 times; near 0 and 1 even a Wilson interval falls short of 95 %."""
    drawing = random.Random(1)
    strata = [(6000, 0.95, 40), (3000, 0.9, 30), (500, 0.8, 20)], [(4000, 0.05, 35), (9000, 0.1, 50), (300, 0.2, 25)]
    right = [[round(size * share) for size, share, _ in side] for side in strata]
    precision = sum(right[0]) / sum(size for size, _, _ in strata[0])
    found = sum(right[0]) / (sum(right[0]) + sum(right[1]))
    held = [0, 0]
    for _ in range(500):
        accepted, rejected = (
            [
                Part(size, marked, sum(place < hits for place in drawing.sample(range(size), marked)))
                for (size, _, marked), hits in zip(side, hits_of, strict=True)
            ]
            for side, hits_of in zip(strata, right, strict=True)
        )
        estimates = weighted_share(accepted), recall(accepted, rejected)
        for place, (estimate, truth) in enumerate(zip(estimates, (precision, found), strict=True)):
            assert estimate is not None
            held[place] += estimate.low <= truth <= estimate.high
    assert min(held) >= 0.92 * 500
