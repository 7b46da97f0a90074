from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.video.plans import fitted_size, frame_plan

times_of_frames = st.lists(st.floats(0, 1000), min_size=1, max_size=60).map(sorted)
windows = st.tuples(st.floats(0, 1000), st.floats(0, 1000)).map(sorted)
counts = st.integers(1, 16).map(lambda half: 2 * half)


@given(times_of_frames, counts, windows)
def test_every_frame_lies_inside_the_window_in_ascending_order(
    times: list[float], count: int, window: list[float]
) -> None:
    start, end = window
    plan = frame_plan(times, count, start=start, end=end)
    inside = [time for time in times if start <= time <= end]
    assert len(plan) == (count if inside else 0)
    assert all(start <= times[index] <= end for index in plan)
    assert list(plan) == sorted(plan)
    assert plan == frame_plan(times, count, start=start, end=end)


@given(times_of_frames, counts, windows)
def test_no_frame_inside_the_window_is_nearer_to_the_middle_of_its_part(
    times: list[float], count: int, window: list[float]
) -> None:
    start, end = window
    inside = [time for time in times if start <= time <= end]
    for part, index in enumerate(frame_plan(times, count, start=start, end=end)):
        middle = start + (part + 0.5) * (end - start) / count
        assert abs(times[index] - middle) <= min(abs(time - middle) for time in inside) + 2e-6


@given(st.integers(2, 400), counts)
def test_a_clip_with_enough_frames_gives_distinct_ones_spread_evenly(frames: int, count: int) -> None:
    times = [index / 25 for index in range(frames)]
    plan = frame_plan(times, count, start=0.0, end=frames / 25)
    for part, index in enumerate(plan):
        assert abs(index - min((part + 0.5) * frames / count, frames - 1)) <= 0.5 + 1e-6
    assert (len(set(plan)) == count) == (frames >= count)


def test_a_clip_with_as_many_frames_as_wanted_shows_each_once() -> None:
    # The middles of the parts lie halfway between two frames each: rounding must not choose.
    for frames in (16, 32, 64):
        times = [index / 25 for index in range(frames)]
        assert frame_plan(times, frames, start=0.0, end=frames / 25) == tuple(range(frames))


def test_the_middles_of_equal_parts() -> None:
    times = [index / 10 for index in range(101)]
    assert frame_plan(times, 4, start=0.0, end=10.0) == (12, 37, 62, 87)
    assert frame_plan(times, 2, start=2.0, end=4.0) == (25, 35)


def test_frames_repeat_where_there_are_too_few() -> None:
    assert frame_plan([0.0, 1.0], 4, start=0.0, end=2.0) == (0, 1, 1, 1)


def test_of_two_frames_with_one_time_the_first_is_taken() -> None:
    assert frame_plan([0.0, 1.0, 1.0, 2.0], 2, start=0.0, end=2.0) == (0, 1)


def test_no_frames_give_no_plan() -> None:
    assert frame_plan([], 8, start=0.0, end=1.0) == ()
    assert frame_plan([0.0, 5.0], 8, start=1.0, end=4.0) == ()


@given(st.integers(1, 20000), st.integers(1, 20000), st.integers(16, 2000))
def test_a_picture_is_fitted_and_never_enlarged(width: int, height: int, max_side: int) -> None:
    fitted = fitted_size(width, height, max_side)
    assert max(fitted) == min(max(width, height), max_side)
    assert min(fitted) >= 1
    scale = max(fitted) / max(width, height)
    assert fitted == pytest.approx((width * scale, height * scale), abs=1.0)
