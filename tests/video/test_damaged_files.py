"""Files damaged at random: whatever was done to a file, it is read or it is unusable for a reason."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from vstar_data.errors import UnusableClipError
from vstar_data.records import Frames

NAMES = ("faststart.mp4", "fragmented.mp4", "x264.mkv", "x264.ts", "x264.avi", "mpeg2.mpg", "vp8.webm", "x264.flv")


def damaged(data: bytes, generator: random.Random) -> bytes:
    content = bytearray(data)
    kind = generator.choice(("bits", "header", "cut", "zeros", "inserted"))
    at = generator.randrange(len(content))
    if kind == "bits":
        for _ in range(generator.choice((1, 5, 50))):
            content[generator.randrange(len(content))] ^= 1 << generator.randrange(8)
    elif kind == "header":
        for _ in range(generator.choice((1, 3, 8))):
            content[generator.randrange(1500)] = generator.choice((0, 255, generator.randrange(256)))
    elif kind == "cut":
        del content[at:]
    elif kind == "zeros":
        content[at : at + 500] = bytes(len(content[at : at + 500]))
    else:
        content[at:at] = generator.randbytes(50)
    return bytes(content)


@pytest.mark.parametrize("name", NAMES)
def test_damage_never_gets_through(
    name: str, tmp_path: Path, video: Callable[[str], Path], read: Callable[..., Frames]
) -> None:
    generator = random.Random(name)
    whole = video(name).read_bytes()
    outcomes = set()
    for number in range(40):
        path = tmp_path / f"{number}_{name}"
        path.write_bytes(damaged(whole, generator))
        try:
            frames = read(path, timeout=20.0)
        except UnusableClipError as unusable:
            outcomes.add(str(unusable.reason))
        else:
            assert frames.duration > 0
            assert len(frames.pixels) == len(frames.indices) == 8
            assert list(frames.times) == sorted(frames.times)
            outcomes.add("read")
    assert "read" in outcomes
    assert len(outcomes) > 1
