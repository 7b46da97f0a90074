"""Pictures out of a video file: decodes the frames that were asked for and keeps no others.

It trusts the timeline for what is where and the decoder for what it is; which frames are wanted is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.containers import open_video, packets_of
from vstar_data.video.deadlines import Deadline
from vstar_data.video.plans import fitted_size
from vstar_data.video.timelines import MPEG_STREAMS, Timeline

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[np.uint8]]

SEEK_SECONDS = 2.0
"""A gap to the next wanted frame that is worth a seek."""

MPEG_SEEK_MARGIN = Fraction(1)
"""Seconds to aim before a keyframe in containers without an index, where a seek only comes near."""


class UnshownFrameError(Exception):
    """A packet gave neither a picture nor an error: the packets of this file do not tell its frames."""


def read_pictures(
    path: Path, timeline: Timeline, wanted: Sequence[int], max_side: int, deadline: Deadline
) -> dict[int, Picture]:
    """Decodes frames of a file.

    Args:
        path: The file of the timeline.
        timeline: What the file holds.
        wanted: Frame numbers in order of presentation, ascending, each once.
        max_side: Longest side of a picture in pixels.
        deadline: When to give up.

    Returns:
        For each wanted frame its picture: uint8, H x W x 3, RGB, all of one size.

    Raises:
        UnusableClipError: A frame cannot be decoded (`truncated`), or the time is up.
        UnshownFrameError: The timeline, read from packets, has a frame that the decoder does not show.
        OSError: The disk or the network failed.
    """
    reducer = _Reducer(max_side)
    problems: list[str] = []
    pictures: dict[int, Picture] = {}
    for read in (_by_count,) if timeline.stamps is None else (_by_seeking, _from_the_start):
        # Some containers seek to the wrong place: what seeking did not find is looked for from the start.
        missing = [index for index in wanted if index not in pictures]
        if missing:
            problems.clear()
            with open_video(path, deadline) as (container, stream):
                for index, frame in read(container, stream, timeline, missing, deadline, problems):
                    pictures[index] = reducer.picture(frame)
    for index in wanted:
        if index not in pictures:
            if not problems and timeline.stamps is not None:
                raise UnshownFrameError
            detail = f"frame {index} at {timeline.times[index]:.3f} s cannot be decoded"
            raise UnusableClipError(UnusableReason.TRUNCATED, ": ".join([detail, *problems[:1]]))
    return pictures


def shown_size(frame: Any) -> tuple[int, int]:
    """Returns the (width, height) of a decoded frame after it is turned as the file asks."""
    width, height = frame.width, frame.height
    return (height, width) if _quarter_turns(frame) % 2 else (width, height)


def decoded(packets: Iterator[Any], deadline: Deadline, problems: list[str]) -> Generator[Any, None, None]:
    """Decodes packets one by one and passes over those that fail; what was wrong is appended to `problems`."""
    import av

    try:
        for packet in packets:
            deadline.check()
            try:
                yield from packet.decode()
            except av.FFmpegError as problem:
                problems.append(str(problem.strerror))
    except av.error.ExitError:
        raise deadline.passed() from None
    except av.FFmpegError as problem:
        problems.append(str(problem.strerror))


def _by_seeking(
    container: Any, stream: Any, timeline: Timeline, wanted: list[int], deadline: Deadline, problems: list[str]
) -> Iterator[tuple[int, Any]]:
    """Jumps over long gaps between wanted frames. Ends at the first frame that is not where it should be."""
    stamps = timeline.stamps or ()
    at = stamps[0]
    frames = decoded(packets_of(container, stream), deadline, problems)
    for index in wanted:
        target = stamps[index]
        keyframe = timeline.keyframe_before(target)
        if keyframe is not None and keyframe > at and (target - at) * stream.time_base > SEEK_SECONDS:
            frames.close()
            early = int(MPEG_SEEK_MARGIN / stream.time_base) if container.format.name in MPEG_STREAMS else 0
            container.seek(keyframe - early, stream=stream)
            frames = decoded(_beginning_at(keyframe, packets_of(container, stream)), deadline, problems)
        frame = next((frame for frame in frames if frame.pts is not None and frame.pts >= target), None)
        if frame is None or frame.pts != target or frame.is_corrupt:
            return
        at = target
        yield index, frame


def _beginning_at(keyframe: int, packets: Iterator[Any]) -> Iterator[Any]:
    """Passes on the packets from a keyframe on; none where the seek went beyond it."""
    for packet in packets:
        if packet.pts == keyframe:
            yield packet
            yield from packets
        elif packet.is_keyframe and packet.pts is not None and packet.pts > keyframe:
            return


def _from_the_start(
    container: Any, stream: Any, timeline: Timeline, wanted: list[int], deadline: Deadline, problems: list[str]
) -> Iterator[tuple[int, Any]]:
    """Decodes from the first keyframe on and picks frames by time stamp, in whatever order they come."""
    stamps = timeline.stamps or ()
    targets = {stamps[index]: index for index in wanted}
    packets = packets_of(container, stream)
    if container.format.name in MPEG_STREAMS and timeline.keyframes:
        packets = _beginning_at(timeline.keyframes[0], packets)
    for frame in decoded(packets, deadline, problems):
        if frame.pts in targets:
            index = targets.pop(frame.pts)
            if frame.is_corrupt:
                problems.append("its data are damaged")
            else:
                yield index, frame
        if not targets:
            return


def _by_count(
    container: Any, stream: Any, timeline: Timeline, wanted: list[int], deadline: Deadline, problems: list[str]
) -> Iterator[tuple[int, Any]]:
    """Decodes from the start and counts, where time stamps do not tell the frames."""
    targets = set(wanted)
    for index, frame in enumerate(decoded(packets_of(container, stream), deadline, problems)):
        if index in targets and not frame.is_corrupt:
            yield index, frame
        if index >= wanted[-1]:
            return


def _quarter_turns(frame: Any) -> int:
    return round(float(frame.rotation) / 90) % 4


class _Reducer:
    """Turns decoded frames into pictures of one size, that of the first."""

    def __init__(self, max_side: int) -> None:
        from av.video.reformatter import Interpolation, VideoReformatter

        self._max_side = max_side
        self._size: tuple[int, int] | None = None
        self._reformatter = VideoReformatter()
        # Without these two flags the bytes depend on the processor's vector unit.
        self._method = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT

    def picture(self, frame: Any) -> Picture:
        import av
        import numpy as np

        self._size = self._size or fitted_size(frame.width, frame.height, self._max_side)
        width, height = self._size
        try:
            reduced = self._reformatter.reformat(
                frame, width=width, height=height, format="rgb24", interpolation=self._method, threads=1
            )
        except av.FFmpegError as problem:
            detail = f"frames of format {frame.format.name} cannot be converted: {problem.strerror}"
            raise UnusableClipError(UnusableReason.NOT_A_VIDEO, detail) from None
        return np.ascontiguousarray(np.rot90(reduced.to_ndarray(), _quarter_turns(frame)))
