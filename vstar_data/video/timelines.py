"""The frames of a video file in order of presentation, with their times, found by reading its packets.

Headers are not asked: frame counts and rates in them are often wrong. Nothing is kept of the pictures.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.containers import failure, missing_part, open_video, packets_of
from vstar_data.video.deadlines import Deadline

MPEG_STREAMS = ("mpeg", "mpegts")
"""Containers without a header, which may begin or break off anywhere."""

NOT_CODED_BYTES = 8
"""An MPEG-4 packet of this size can be a placeholder for a frame that an earlier packet brought along, or for none."""

REORDERED = 32
"""More frames than any codec reorders."""

VP8_SHOWN = 0x10
"""The bit of a VP8 frame's first byte that says that it is shown (RFC 6386, 9.1)."""

PROMISE_SLACK = 0.5
"""Seconds by which a header may promise more than there is."""

DEFAULT_RATE = Fraction(25)
"""Frames a second for a raw stream that names none, as FFmpeg has it."""

KEPT_TIMELINES = 256

_kept: dict[tuple[Path, int, int, int, bool], Timeline] = {}
_keeping = Lock()


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each frame of a file is shown.

    Attributes:
        times: Seconds from the first frame, ascending, one per frame.
        stamps: The same as time stamps of the container, or None where time stamps do not tell the frames apart or
            do not tell their order: such frames have to be counted as they are decoded.
        keyframes: Time stamps of the frames at which decoding can begin, ascending.
        duration: Seconds from the first frame to the end of the last.
        width: Stored width in pixels.
        height: Stored height in pixels.
        cut: Seconds from which on the file lacks frames that it should have; None where it is whole.
        cut_detail: What is missing.
    """

    times: Sequence[float]
    stamps: Sequence[int] | None
    keyframes: Sequence[int]
    duration: float
    width: int
    height: int
    cut: float | None
    cut_detail: str

    @property
    def fps(self) -> float:
        """Mean frame rate; 0 where it cannot be known."""
        return len(self.times) / self.duration if self.duration > 0 else 0.0

    def keyframe_before(self, stamp: int) -> int | None:
        """Returns the last time stamp at or before `stamp` at which decoding can begin."""
        position = bisect_right(self.keyframes, stamp)
        return self.keyframes[position - 1] if position else None


def read_timeline(path: Path, deadline: Deadline, *, counted: bool = False) -> Timeline:
    """Reads the timeline of a file; the last few hundred are kept in memory, for files with many clips.

    Args:
        path: A file with something in it.
        deadline: When to give up.
        counted: Decode the whole file to find its frames, as for files whose time stamps turned out to be wrong.

    Raises:
        UnusableClipError: `not_a_video`, `truncated`, `no_frames` or `timeout`.
        OSError: The disk or the network failed.
    """
    state = path.stat()
    key = (path.absolute(), state.st_size, state.st_mtime_ns, state.st_ino, counted)
    timeline = _kept.get(key)
    if timeline is None:
        timeline = (None if counted else _scanned(path, deadline)) or _counted(path, deadline)
        with _keeping:
            while len(_kept) >= KEPT_TIMELINES:
                del _kept[next(iter(_kept))]
            _kept[key] = timeline
    return timeline


def _scanned(path: Path, deadline: Deadline) -> Timeline | None:
    """Reads a timeline from packets; None where the packets do not tell the order of the frames."""
    import av

    stamps: list[int] = []
    keyframes: list[int] = []
    last_duration = 0
    broken = ""
    with open_video(path, deadline) as (container, stream):
        # An AVI has no presentation times; FFmpeg's guesses at them are wrong as soon as frames are reordered.
        if container.format.name == "avi" and stream.codec_context.has_b_frames:
            return None
        try:
            for packet in packets_of(container, stream):
                deadline.check()
                if not _holds_frame(packet, container, stream):
                    continue
                if packet.pts is None or (stream.codec_context.name == "mpeg4" and packet.size <= NOT_CODED_BYTES):
                    return None
                if packet.is_keyframe:
                    keyframes.append(packet.pts)
                elif not keyframes and container.format.name in MPEG_STREAMS:
                    continue
                if not stamps or packet.pts > max(stamps[-REORDERED:]):
                    last_duration = packet.duration or 0
                stamps.append(packet.pts)
        except av.FFmpegError as problem:
            broken = _broken(path, problem, deadline)
        if not stamps:
            raise _nothing(path, broken)
        in_order = sorted(stamps)
        if any(one == other for one, other in pairwise(in_order)):
            return None
        # The decoder holds frames back to reorder them, yet the packets come in order: their times are those of
        # decoding, written by a muxer that lost the others. MPEG-2 holds frames back in any case, and its own
        # containers keep both times.
        reorders = stream.codec_context.has_b_frames and container.format.name not in MPEG_STREAMS
        if reorders and len(stamps) > 2 and stamps == in_order:
            return None
        unit = stream.time_base
        times = _seconds(in_order, unit)
        duration = times[-1] + _frame_length(times, last_duration * unit.numerator / unit.denominator, stream)
        cut, detail = _cut(path, container, stream, in_order[0], duration, broken)
        size = stream.codec_context.width, stream.codec_context.height
    return Timeline(times, array("q", in_order), array("q", sorted(keyframes)), duration, *size, cut, detail)


def _counted(path: Path, deadline: Deadline) -> Timeline:
    """Reads a timeline by decoding every frame once."""
    import av

    pts: list[int | None] = []
    dts: list[int | None] = []
    broken = ""
    with open_video(path, deadline) as (container, stream):
        try:
            for packet in packets_of(container, stream):
                deadline.check()
                try:
                    for frame in packet.decode():
                        pts.append(frame.pts)
                        dts.append(frame.dts)
                except av.FFmpegError as problem:
                    broken = broken or str(problem.strerror)
        except av.FFmpegError as problem:
            broken = _broken(path, problem, deadline)
        if not pts:
            raise _nothing(path, broken)
        unit, rate = stream.time_base, stream.guessed_rate or stream.average_rate or DEFAULT_RATE
        stamps = _distinct(pts) or _distinct(dts)
        times = _seconds(stamps, unit) if stamps else _seconds(range(len(pts)), 1 / rate)
        duration = times[-1] + _frame_length(times, 0.0, stream)
        cut, detail = _cut(path, container, stream, stamps[0] if stamps else 0, duration, broken)
        size = stream.codec_context.width, stream.codec_context.height
    return Timeline(times, None, (), duration, *size, cut, detail)


def _holds_frame(packet: Any, container: Any, stream: Any) -> bool:
    if not packet.size or packet.is_discard:
        return False
    if packet.is_corrupt and container.format.name not in MPEG_STREAMS:
        return False  # cut short by the end of the file; in MPEG streams the mark means a gap, which decoders mend
    return stream.codec_context.name != "vp8" or bool(memoryview(packet)[0] & VP8_SHOWN)


def _seconds(stamps: Sequence[int], unit: Fraction) -> array[float]:
    # Integers are divided once, so that a frame at 0.3 s is at the float that is written 0.3.
    return array("d", ((stamp - stamps[0]) * unit.numerator / unit.denominator for stamp in stamps))


def _distinct(stamps: Sequence[int | None]) -> list[int]:
    known = sorted({stamp for stamp in stamps if stamp is not None})
    return known if len(known) == len(stamps) else []


def _frame_length(times: Sequence[float], last: float, stream: Any) -> float:
    """Returns how long the last frame is shown: as its packet says, or as long as a frame is on average."""
    if last > 0:
        return last
    if len(times) > 1:
        return (times[-1] - times[0]) / (len(times) - 1)
    rate = stream.guessed_rate or stream.average_rate
    return rate.denominator / rate.numerator if rate else 0.0


def _cut(path: Path, container: Any, stream: Any, first: int, duration: float, broken: str) -> tuple[float | None, str]:
    """Says from when on frames are missing, and what is missing.

    The index of an MP4 tells to the byte where each frame lies. Elsewhere a file counts as cut where its structure
    reaches beyond its end (or reading broke off) AND its header promises more than was found: headers alone lie.
    """
    unit, size = stream.time_base, path.stat().st_size
    beyond = [entry.timestamp for entry in stream.index_entries if entry.size and entry.pos + entry.size > size]
    detail = broken or missing_part(path)
    if beyond:
        return max(0.0, float((min(beyond) - first) * unit)), detail or f"{len(beyond)} frames lie beyond its end"
    if not detail:
        return None, ""
    promised = [float(container.duration / 1_000_000)] if container.duration else []
    promised += [float(stream.duration * unit)] if stream.duration else []
    promised += [float(stream.frames / stream.average_rate)] if stream.frames and stream.average_rate else []
    if promised and max(promised) <= duration + PROMISE_SLACK:
        return None, ""
    return duration, detail


def _broken(path: Path, problem: Exception, deadline: Deadline) -> str:
    verdict = failure(path, problem, deadline)
    if not isinstance(verdict, UnusableClipError) or verdict.reason == UnusableReason.TIMEOUT:
        raise verdict
    return verdict.detail


def _nothing(path: Path, broken: str) -> UnusableClipError:
    if detail := missing_part(path) or broken:
        return UnusableClipError(UnusableReason.TRUNCATED, detail)
    return UnusableClipError(UnusableReason.NO_FRAMES, "the video stream holds no frames")
