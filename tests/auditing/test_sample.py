"""Samples: bounded, the same in any order, nested, and fair."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from vstar_data.auditing.sample import Sample

NAMES = [f"clip-{number}" for number in range(200)]


def drawn(names: list[str], size: int, seed: int = 0, purpose: str = "sheet") -> list[str]:
    sample: Sample[str] = Sample(size, seed, purpose)
    for name in names:
        sample.offer(name, name)
    assert sample.offered == len(names)
    return sample.drawn()


@given(st.permutations(NAMES[:30]))
def test_the_order_of_offering_does_not_matter(names: list[str]) -> None:
    assert drawn(names, 7) == drawn(NAMES[:30], 7)


def test_a_smaller_sample_is_part_of_a_larger_one() -> None:
    assert drawn(NAMES, 50)[:10] == drawn(NAMES, 10)


def test_seeds_and_purposes_draw_differently() -> None:
    assert len({tuple(drawn(NAMES, 10, seed, purpose)) for seed in (0, 1) for purpose in ("sheet", "null")}) == 4


def test_everything_is_drawn_where_there_is_little_and_nothing_where_none_is_wanted() -> None:
    assert sorted(drawn(NAMES[:3], 10)) == sorted(NAMES[:3])
    assert drawn(NAMES, 0) == []


def test_each_name_is_drawn_about_as_often_as_any_other() -> None:
    counts = Counter(name for seed in range(400) for name in drawn(NAMES[:20], 5, seed))
    # 400 draws with probability 1/4: a standard deviation of 8.7.
    assert len(counts) == 20
    assert all(60 <= count <= 140 for count in counts.values())
