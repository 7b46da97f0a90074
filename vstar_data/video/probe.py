"""Measures a video: rate, size, length. Everything is measured, nothing taken from headers; callers keep the result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.containers import open_video, packets_of
from vstar_data.video.deadlines import Deadline
from vstar_data.video.files import check_content, is_folder
from vstar_data.video.folders import frame_names, frame_times, image_size
from vstar_data.video.pictures import decoded, shown_size
from vstar_data.video.timelines import read_timeline

PROBE_SECONDS = 60.0


@dataclass(frozen=True)
class VideoInfo:
    """What adapters need to know of a video.

    Attributes:
        fps: Mean frame rate.
        width: Width in pixels, as shown.
        height: Height in pixels, as shown.
        duration: Seconds from the first frame to the end of the last.
        frames: Number of frames.
    """

    fps: float
    width: int
    height: int
    duration: float
    frames: int


def probe(path: Path, fps: float | None = None) -> VideoInfo:
    """Measures a video file, or a folder of frames with a known frame rate.

    Raises:
        UnusableClipError: The video cannot be used; reasons as of `read_frames`, less those of windows.
        OSError: The disk or the network failed.
    """
    if is_folder(path):
        names = frame_names(path)
        times, duration = frame_times(names, fps)
        return VideoInfo(len(times) / duration, *image_size(path / names[0]), duration, len(times))
    check_content(path)
    deadline = Deadline(PROBE_SECONDS)
    timeline = read_timeline(path, deadline)
    problems: list[str] = []
    with open_video(path, deadline) as (container, stream):
        # Only a decoded frame says how it is turned.
        frame = next(decoded(packets_of(container, stream), deadline, problems), None)
        if frame is None:
            detail = ": ".join(["no frame can be decoded", *problems[:1]])
            raise UnusableClipError(UnusableReason.TRUNCATED, detail)
        width, height = shown_size(frame)
    return VideoInfo(timeline.fps, width, height, timeline.duration, len(timeline.times))
