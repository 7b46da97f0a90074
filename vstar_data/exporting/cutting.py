"""Videos of their own for clips that are a part of a file or a folder of frames: what tools that know neither can read.

The pictures are encoded anew (H.264), at the times that they have in the file; sound is left out.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.containers import MAX_PIXELS
from vstar_data.video.deadlines import Deadline
from vstar_data.video.folders import frame_names, frame_times, read_images
from vstar_data.video.pictures import read_pictures
from vstar_data.video.timelines import read_timeline

if TYPE_CHECKING:
    from vstar_data.video.pictures import Picture

_HELD_PIXELS = 128 * 640 * 480
"""How many pixels are decoded at once."""

_CLOCK = Fraction(1, 90_000)
_QUALITY = "18"


def cut(path: Path, start: float | None, end: float | None, fps: float | None, target: Path, seconds: float) -> None:
    """Writes a window of a video as an mp4 file, whole or not at all.

    Args:
        path: A video file, or a folder of images.
        start: Where the window begins, in seconds from the first frame; None is the first frame.
        end: Where it ends; None is the end.
        fps: The frame rate of a folder of images.
        target: The file to make; its folder must exist.
        seconds: How long decoding may take for each portion of the frames.

    Raises:
        UnusableClipError: The video cannot be read, or the window holds no frame.
        OSError: The disk failed.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _encode(temporary, _pictures(path, start, end, fps, seconds))
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _pictures(
    path: Path, start: float | None, end: float | None, fps: float | None, seconds: float
) -> Iterator[tuple[float, Picture]]:
    """Yields the time of each frame of the window, from its first, and its picture."""
    if path.is_dir():
        names = frame_names(path)
        times, _ = frame_times(names, fps)
        inside, portion = _window(times, start, end), 32
    else:
        timeline = read_timeline(path, Deadline(seconds))
        times = tuple(timeline.times)
        inside = _window(times, start, end)
        portion = max(1, _HELD_PIXELS // (timeline.width * timeline.height))
    for first in range(inside.start, inside.stop, portion):
        wanted = range(first, min(first + portion, inside.stop))
        deadline = Deadline(seconds)
        if path.is_dir():
            pictures = read_images({index: path / names[index] for index in wanted}, MAX_PIXELS, deadline)
        else:
            pictures = read_pictures(path, timeline, wanted, MAX_PIXELS, deadline)
        for index in wanted:
            yield times[index] - times[inside.start], pictures[index]


def _window(times: tuple[float, ...], start: float | None, end: float | None) -> range:
    first = bisect_left(times, start or 0.0)
    stop = len(times) if end is None else bisect_right(times, end)
    if first >= stop:
        raise UnusableClipError(UnusableReason.WINDOW_OUTSIDE, f"no frame between {start or 0:g} and {end or 0:g} s")
    return range(first, stop)


def _encode(target: Path, pictures: Iterator[tuple[float, Picture]]) -> None:
    import av

    with av.open(f"file:{target.absolute()}", "w", format="mp4") as container:
        stream: Any = None
        latest = -1
        for moment, picture in pictures:
            # H.264 with colour at half the size wants even sides.
            height, width = (max(side - side % 2, 2) for side in picture.shape[:2])
            if stream is None:
                stream = container.add_stream("libx264", rate=25, options={"crf": _QUALITY, "threads": "1"})
                stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
                stream.codec_context.time_base = _CLOCK
            frame = av.VideoFrame.from_ndarray(_even(picture), format="rgb24")
            latest = max(round(moment / _CLOCK), latest + 1)
            frame.pts, frame.time_base = latest, _CLOCK
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _even(picture: Picture) -> Picture:
    import numpy as np

    height, width = picture.shape[:2]
    if height < 2 or width < 2:
        picture = np.repeat(np.repeat(picture, 2, axis=0), 2, axis=1)
        height, width = picture.shape[:2]
    return np.ascontiguousarray(picture[: height - height % 2, : width - width % 2])
