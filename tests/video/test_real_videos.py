"""Files that other programs wrote, with the headers that they wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from vstar_data.records import Frames
from vstar_data.video import probe

VIDEOS = Path(__file__).resolve().parents[2] / ".." / "shared" / "videos"

TOTALS = {
    "bikes.mp4": (250, 10.0),
    "carphone_pristine.mp4": (120, 4.0),
    "carphone_distorted.mp4": (120, 4.0),
    "bigbuckbunny.mp4": (132, 5.28),
    "box.mp4": (455, 15.2),
    "cup.mp4": (217, 8.1),
    "vtest.avi": (795, 79.5),
    "tree.avi": (68, 29.6),
    "cityCC0.mpg": (190, 7.6),
}
"""Number of frames that a full decode gives, and seconds."""


def real(name: str) -> Path:
    if not (VIDEOS / name).exists():
        pytest.skip(f"{name} is not there")
    return VIDEOS / name


@pytest.mark.parametrize("name", TOTALS)
def test_the_frames_of_a_full_decode(name: str, read: Callable[..., Frames]) -> None:
    path = real(name)
    total, duration = TOTALS[name]
    frames = read(path, max_side=4096)
    info = probe(path)
    assert (frames.total, frames.duration, frames.fps) == (info.frames, info.duration, info.fps)
    assert (info.frames, info.duration) == (total, pytest.approx(duration, abs=0.1))
    assert frames.pixels.shape == (8, info.height, info.width, 3)
    assert len(set(frames.indices)) == 8
    assert list(frames.times) == sorted(frames.times)
    with av.open(str(path)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            for place in [place for place, wanted in enumerate(frames.indices) if wanted == index]:
                plain = frame.to_ndarray(format="rgb24").astype(int)
                assert np.abs(plain - frames.pixels[place]).mean() < 3


@pytest.mark.parametrize("name", ["cup.mp4", "cityCC0.mpg", "tree.avi", "box.mp4"])
def test_windows_agree_with_the_whole(name: str, read: Callable[..., Frames]) -> None:
    path = real(name)
    end = TOTALS[name][1]
    many = read(path, count=64, max_side=64)
    picture_of = dict(zip(many.indices, many.pixels, strict=True))
    part = read(path, end / 2, end, count=32, max_side=64)
    shared = [place for place, index in enumerate(part.indices) if index in picture_of]
    assert all(np.array_equal(part.pixels[place], picture_of[part.indices[place]]) for place in shared)
    assert all(end / 2 <= time <= end for time in part.times)
