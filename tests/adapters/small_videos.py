"""Small real videos and folders of frames, for the adapters that look into them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from PIL import Image


def write_video(path: Path, frames: int, rate: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width = stream.height = 32
        for number in range(frames):
            picture = np.full((32, 32, 3), number * 5 % 256, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))


def write_frames(folder: Path, numbers: Iterable[int], name: str = "{:05d}.jpg") -> None:
    """Writes an image for each number; its brightness tells the number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        Image.new("RGB", (16, 16), (number % 256,) * 3).save(folder / name.format(number))
