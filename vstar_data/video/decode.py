"""Decoding: the frames of a clip, chosen by the frame plan, reduced while they are decoded.

One call runs in one thread, so that calls may run side by side. A clip that cannot be shown is an `UnusableClipError`
with its reason; a disk or network that fails is an `OSError` and says nothing about the clip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vstar_data.errors import UnusableClipError
from vstar_data.records import Frames, UnusableReason
from vstar_data.video.deadlines import Deadline
from vstar_data.video.files import check_content, is_folder, read_through
from vstar_data.video.folders import frame_names, frame_times, read_images
from vstar_data.video.pictures import UnshownFrameError, read_pictures
from vstar_data.video.plans import frame_plan
from vstar_data.video.settings import FrameSettings
from vstar_data.video.timelines import Timeline, read_timeline

if TYPE_CHECKING:
    from vstar_data.video.pictures import Picture

MINIMUM_FRAMES = 2
"""Fewer frames than this are no video."""

OVERSHOOT_SECONDS = 1.0
"""By how much a window may reach beyond the end of its video: annotations round."""


def read_frames(
    path: Path, *, start: float | None, end: float | None, fps: float | None, settings: FrameSettings
) -> Frames:
    """Decodes the frames that stand for a clip.

    Args:
        path: A video file, or a folder of images (.jpg, .jpeg, .png, .webp) in natural order.
        start: Where the clip begins, in seconds from the first frame; null is the first frame.
        end: Where the clip ends; null is the end of the file.
        fps: Frame rate of a folder of images; a file has its own times.
        settings: How many frames, how large, and how long it may take.

    Returns:
        `settings.count` frames, times ascending and inside the window. A frame comes repeatedly where the window holds
        fewer. Pictures are turned as the file asks, keep the stored aspect, and are never enlarged.

    Raises:
        UnusableClipError: `missing`, `empty`, `not_a_video`, `truncated`, `no_frames`, `too_short` (fewer than two
            frames in the window), `window_outside`, `timeout`; `malformed_row` for a folder without `fps`.
        OSError: The disk or the network failed; trying again may help.
    """
    deadline = Deadline(settings.timeout)
    if is_folder(path):
        return _read_folder(path, start, end, fps, settings, deadline)
    check_content(path)
    try:
        try:
            return _read_file(path, read_timeline(path, deadline), start, end, settings, deadline)
        except UnshownFrameError:
            timeline = read_timeline(path, deadline, counted=True)
            return _read_file(path, timeline, start, end, settings, deadline)
    except UnusableClipError as verdict:
        if verdict.reason in (UnusableReason.TRUNCATED, UnusableReason.NO_FRAMES):
            # FFmpeg takes a read that fails for the end of the file: make sure that it was not the disk.
            read_through(path, deadline)
        raise


def _read_file(
    path: Path, timeline: Timeline, start: float | None, end: float | None, settings: FrameSettings, deadline: Deadline
) -> Frames:
    if timeline.cut is not None and (end is None or end > timeline.cut):
        detail = f"{timeline.cut_detail}; complete up to {timeline.cut:.2f} s"
        raise UnusableClipError(UnusableReason.TRUNCATED, detail)
    indices = _planned(timeline.times, timeline.duration, start, end, settings.count)
    pictures = read_pictures(path, timeline, sorted(set(indices)), settings.max_side, deadline)
    return _frames(indices, pictures, timeline.times, timeline.duration)


def _read_folder(
    folder: Path, start: float | None, end: float | None, fps: float | None, settings: FrameSettings, deadline: Deadline
) -> Frames:
    names = frame_names(folder)
    times, duration = frame_times(names, fps)
    indices = _planned(times, duration, start, end, settings.count)
    chosen = {index: folder / names[index] for index in indices}
    return _frames(indices, read_images(chosen, settings.max_side, deadline), times, duration)


def _planned(
    times: Sequence[float], duration: float, start: float | None, end: float | None, count: int
) -> tuple[int, ...]:
    """Plans the frames of a window, after making sure that the window lies in the file and holds two frames."""
    if len(times) < MINIMUM_FRAMES:
        raise UnusableClipError(UnusableReason.TOO_SHORT, f"{len(times)} frames in the whole video")
    first, last = start or 0.0, duration if end is None else end
    if first >= duration or last > duration + OVERSHOOT_SECONDS:
        window = f"{first:g} to {'the end' if end is None else f'{end:g}'} s"
        raise UnusableClipError(UnusableReason.WINDOW_OUTSIDE, f"the clip is {window}, the video {duration:.2f} s long")
    last = min(last, duration)
    inside = bisect_right(times, last) - bisect_left(times, first)
    if inside < MINIMUM_FRAMES:
        detail = f"{max(inside, 0)} of {len(times)} frames in {first:g} to {last:g} s"
        raise UnusableClipError(UnusableReason.TOO_SHORT, detail)
    return frame_plan(times, count, start=first, end=last)


def _frames(indices: tuple[int, ...], pictures: dict[int, Picture], times: Sequence[float], duration: float) -> Frames:
    import numpy as np

    pixels = np.stack([pictures[index] for index in indices])
    moments = tuple(times[index] for index in indices)
    return Frames(pixels, indices, moments, len(times), len(times) / duration, duration)
