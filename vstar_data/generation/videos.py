"""What is known of each video file before it is decoded: whether it is there, and the identity of its content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vstar_data.adapters import VideoRoot
from vstar_data.arrow import read_batches, record_batches, write_parquet
from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import UnusableClipError
from vstar_data.records import Clip, Record, UnusableReason

if TYPE_CHECKING:
    import pyarrow as pa


class VideoRecord(Record, frozen=True):
    """One video file of a source.

    Attributes:
        identity: Hash of the content; empty where it was not read.
        size, modified: Bytes and nanoseconds since the epoch, for which the identity was read.
        reason, detail: Why the file cannot be used, if so.
    """

    source: str
    video: str
    identity: str = ""
    size: int = 0
    modified: int = 0
    reason: UnusableReason | None = None
    detail: str | None = None


def identified(
    clips: Iterable[Clip],
    roots: Mapping[str, VideoRoot | None],
    known: Mapping[tuple[str, str], VideoRecord],
    *,
    tick: Callable[[], None] = lambda: None,
) -> tuple[dict[tuple[str, str], VideoRecord], dict[str, str]]:
    """Looks at the file of each clip. A file of the same size and time of change is not read again.

    Args:
        clips: The clips that are to be worked on.
        roots: The video root of each source; None where there are no videos (answers come from elsewhere).
        known: What was known before.
        tick: Called once a clip.

    Returns:
        The records by source and video, and by clip id what kept a file from being read just now.
    """
    from vstar_data.video import identity

    records: dict[tuple[str, str], VideoRecord] = {}
    unread: dict[str, str] = {}
    for clip in clips:
        tick()
        place = (clip.source, clip.video)
        root = roots[clip.source]
        if place in records:
            continue
        if root is None:
            records[place] = VideoRecord(source=clip.source, video=clip.video)
            continue
        try:
            path = root.path(clip.video)
            size, modified = _stamp(path)
            before = known.get(place)
            if before and before.identity and (before.size, before.modified) == (size, modified):
                records[place] = before
                continue
            records[place] = VideoRecord(
                source=clip.source, video=clip.video, identity=identity(path), size=size, modified=modified
            )
        except UnusableClipError as problem:
            records[place] = VideoRecord(
                source=clip.source, video=clip.video, reason=UnusableReason(problem.reason), detail=problem.detail
            )
        except OSError as problem:
            unread[clip.id] = f"{clip.video}: {problem.strerror or problem}"
    return records, unread


def check_unchanged(path: Path, record: VideoRecord) -> None:
    """Checks that a video is still the one that a build looked at.

    Raises:
        OSError: It is not, or it cannot be read: the next build will look at it again.
    """
    if _stamp(path) != (record.size, record.modified):
        raise OSError("the file has changed since the build looked at it")


def write_videos(path: Path, videos: Iterable[VideoRecord]) -> None:
    """Writes videos.parquet, sorted."""
    ordered = sorted(videos, key=lambda video: (video.source, video.video))
    write_parquet(path, record_batches(map(msgspec.to_builtins, ordered), _schema()), _schema())


def read_videos(path: Path) -> dict[tuple[str, str], VideoRecord]:
    """Reads videos.parquet, by source and video."""
    rows = (row for batch in read_batches(path, _schema()) for row in batch.to_pylist())
    videos = (convert(without_nulls(row), VideoRecord, where=str(path)) for row in rows)
    return {(video.source, video.video): video for video in videos}


def _stamp(path: Path) -> tuple[int, int]:
    """Size and time of change: of a file, or summed over the frames of a folder."""
    if not path.is_dir():
        status = path.stat()
        return status.st_size, status.st_mtime_ns
    with os.scandir(path) as entries:
        frames = [entry.stat() for entry in entries if entry.is_file()]
    return sum(frame.st_size for frame in frames), max((frame.st_mtime_ns for frame in frames), default=0) + len(frames)


def _schema() -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    return pa.schema(
        [
            ("source", text),
            ("video", text),
            ("identity", text),
            ("size", number),
            ("modified", number),
            ("reason", text),
            ("detail", text),
        ]
    )
