"""Decoding ahead: once a clip, bounded, in order, and never in the way of an error."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.generation.small_run import clip, tiny_frames
from vstar_data.errors import UnusableClipError
from vstar_data.generation.frame_source import FrameSource, as_shown, window_duration
from vstar_data.records import Clip, Frames

CLIPS = [clip(name) for name in "abcdefghijklmnop"]


class Reading:
    """Reads tiny frames and keeps book; clips named in `errors` raise."""

    def __init__(self, **errors: Exception) -> None:
        self.read: list[str] = []
        self.errors = errors
        self.gate = threading.Event()
        self.gate.set()
        self._lock = threading.Lock()

    def __call__(self, of: Clip) -> Frames:
        with self._lock:
            self.read.append(of.id)
        assert self.gate.wait(10)
        if of.id in self.errors:
            raise self.errors[of.id]
        return tiny_frames(of)


Opened = Callable[..., FrameSource]


@pytest.fixture
def opened() -> Iterator[Opened]:
    sources: list[FrameSource] = []

    def open_one(read: Callable[[Clip], Frames], *, workers: int = 2, ahead: int = 3) -> FrameSource:
        sources.append(FrameSource(read, workers=workers, ahead=ahead))
        return sources[-1]

    yield open_one
    for source in sources:
        source.close()


def settled(reading: Reading, at_least: int) -> list[str]:
    """Waits until so many clips were read, and whether more are."""
    deadline = time.monotonic() + 10
    while len(reading.read) < at_least and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.05)
    return list(reading.read)


def test_each_clip_gets_its_own_frames_once(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading)
    source.expect(CLIPS)
    for _ in range(3):
        for each in CLIPS:
            assert source.frames(each).pixels[0, 0, 0, 0] == ord(each.id)
    assert sorted(reading.read) == [each.id for each in CLIPS]


def test_a_clip_that_nobody_expected_is_read_all_the_same(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading)
    assert source.frames(CLIPS[4]).pixels[0, 0, 0, 0] == ord("e")
    assert reading.read == ["e"]


def test_only_so_many_are_read_ahead(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading, ahead=3)
    source.expect(CLIPS)
    assert sorted(settled(reading, 3)) == ["a", "b", "c"]
    for number, each in enumerate(CLIPS[:5], start=1):
        source.frames(each)
        assert len(settled(reading, number + 3)) == number + 3


def test_clips_are_read_in_the_order_in_which_they_are_expected(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading, workers=1, ahead=4)
    source.expect(CLIPS[:3])
    source.expect(CLIPS[1:6])
    for each in CLIPS[:6]:
        source.frames(each)
    assert reading.read == ["a", "b", "c", "d", "e", "f"]


def test_reading_goes_on_in_several_threads_while_nobody_waits(opened: Opened) -> None:
    reading = Reading()
    reading.gate.clear()
    source = opened(reading, workers=2, ahead=4)
    source.expect(CLIPS)
    assert sorted(settled(reading, 2)) == ["a", "b"]
    reading.gate.set()
    assert sorted(settled(reading, 4)) == ["a", "b", "c", "d"]
    assert source.waited == 0.0


def test_waiting_is_counted(opened: Opened) -> None:
    reading = Reading()
    reading.gate.clear()
    source = opened(reading)
    threading.Timer(0.1, reading.gate.set).start()
    source.frames(CLIPS[0])
    assert 0.05 < source.waited < 5


@pytest.mark.parametrize("error", [UnusableClipError("truncated", "it ends"), OSError(5, "Input/output error")])
def test_an_error_comes_out_where_the_frames_are_asked_for(error: Exception, opened: Opened) -> None:
    reading = Reading(b=error)
    source = opened(reading)
    source.expect(CLIPS[:4])
    source.frames(CLIPS[0])
    for _ in range(2):
        with pytest.raises(type(error), match=str(error).split(":")[0].replace("[", r"\[").replace("]", r"\]")):
            source.frames(CLIPS[1])
    source.frames(CLIPS[2])
    assert sorted(settled(reading, 4)) == ["a", "b", "c", "d"]


def test_what_is_released_is_read_again_only_if_it_is_asked_for(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading)
    source.expect(CLIPS[:2])
    source.frames(CLIPS[0])
    source.frames(CLIPS[1])
    source.release("a")
    source.release("never seen")
    source.expect([CLIPS[0], CLIPS[1]])
    source.frames(CLIPS[1])
    source.frames(CLIPS[0])
    assert sorted(reading.read) == ["a", "a", "b"]


def test_releasing_all_forgets_what_was_expected(opened: Opened) -> None:
    reading = Reading()
    source = opened(reading, ahead=2)
    source.expect(CLIPS)
    source.frames(CLIPS[0])
    read = len(settled(reading, 3))
    source.release_all()
    source.frames(CLIPS[9])
    assert settled(reading, read + 1)[read:] == ["j"]


def test_closing_does_not_wait_for_a_slow_file(opened: Opened) -> None:
    reading = Reading()
    reading.gate.clear()
    source = opened(reading, workers=1)
    source.expect(CLIPS)
    started = time.monotonic()
    source.close()
    assert time.monotonic() - started < 5
    reading.gate.set()
    assert settled(reading, 0) in ([], ["a"])


def test_a_clip_without_window_is_shown_as_its_file() -> None:
    frames = tiny_frames(clip("a"))
    assert as_shown(frames, clip("a")) is frames
    assert window_duration(clip("a"), 8.0) == 8.0


def test_a_window_is_shown_as_if_it_were_the_file() -> None:
    window = clip("a", start=2.0, end=6.0)
    pixels = tiny_frames(window).pixels
    frames = Frames(pixels=pixels, indices=(60, 120), times=(2.4, 4.8), total=250, fps=25.0, duration=10.0)
    shown = as_shown(frames, window)
    assert shown.indices == (10, 70)
    assert shown.times == pytest.approx((0.4, 2.8))
    assert (shown.total, shown.duration, shown.fps) == (100, 4.0, 25.0)
    assert shown.pixels is pixels


@pytest.mark.parametrize(
    ("window", "length"),
    [
        ({"start": 2.0, "end": 6.0}, 4.0),
        ({"start": 2.0}, 8.0),
        ({"end": 6.0}, 6.0),
        ({"start": 12.0}, 0.0),
    ],
)
def test_the_length_of_a_window(window: dict[str, float], length: float) -> None:
    assert window_duration(clip("a", **window), 10.0) == length


def test_no_frame_is_before_the_window_or_past_its_total() -> None:
    window = clip("a", start=2.03, end=2.06)
    pixels = tiny_frames(window).pixels
    frames = Frames(pixels=pixels, indices=(50, 51), times=(2.0, 2.04), total=250, fps=25.0, duration=10.0)
    shown = as_shown(frames, window)
    assert min(shown.indices) >= 0
    assert min(shown.times) >= 0
    assert max(shown.indices) < shown.total
