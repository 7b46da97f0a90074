"""Opening video files that nobody vouches for.

Only real video containers are read, only from the local disk, and nothing that a file points to is followed. Failures
become verdicts on the clip, unless the disk itself fails. What the frames are is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.deadlines import Deadline
from vstar_data.video.files import read_through

MAX_PIXELS = 64_000_000
"""Width times height above which a picture is not decoded: one frame of it would take 100 MB and more."""

FORMATS = (
    "3gp,amv,asf,av1,avi,dv,flv,gif,h261,h263,h264,hevc,ivf,m4v,matroska,mjpeg,mov,mp4,mpeg,mpegts,mpegvideo,mxf,"
    "nut,obu,ogg,rm,vc1,webm,wtv,yuv4mpegpipe"
)
"""The demuxers that are let near a file. None of them opens another file; playlists (hls, dash, concat, sdp) do."""

_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof", b"sidx"}
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"


@contextmanager
def open_video(path: Path, deadline: Deadline) -> Iterator[tuple[Any, Any]]:
    """Opens a video file for reading by one thread.

    Args:
        path: A file with something in it.
        deadline: When to give up.

    Yields:
        The PyAV container and its main video stream.

    Raises:
        UnusableClipError: `not_a_video`, `truncated`, `no_frames`, `missing` or `timeout`.
        OSError: The disk or the network failed.
    """
    import av

    try:
        container = _opened(path, deadline)
    except av.FFmpegError as problem:
        raise failure(path, problem, deadline) from None
    with container:
        yield container, _main_stream(path, container)


def packets_of(container: Any, stream: Any) -> Iterator[Any]:
    """Yields the packets of a stream, from where the container stands; the last is empty and flushes the decoder."""
    try:
        yield from container.demux(stream)
    except IndexError:
        # Damaged MPEG streams announce further streams half-way; PyAV stumbles over them when all has been read.
        return


def failure(path: Path, problem: Exception, deadline: Deadline) -> Exception:
    """Returns the exception that a failure of FFmpeg amounts to.

    FFmpeg reports broken files as I/O errors and failing disks as ends of files, so the file is read through once:
    where that fails too, the disk is at fault and its OSError passes.
    """
    import av

    if isinstance(problem, av.error.ExitError):
        return deadline.passed()
    if isinstance(problem, FileNotFoundError):
        return UnusableClipError(UnusableReason.MISSING, "there is no such file any more")
    read_through(path, deadline)
    if missing_part(path):
        return UnusableClipError(UnusableReason.TRUNCATED, missing_part(path))
    return UnusableClipError(UnusableReason.NOT_A_VIDEO, getattr(problem, "strerror", None) or str(problem))


def missing_part(path: Path) -> str:
    """Says what a file lacks by its own account of its structure; empty where nothing shows.

    Knows MP4 (boxes), Matroska and WebM (segment) and AVI (RIFF chunks). Other containers do not say how long they are.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(64)
        if head[4:8] in _MP4_BOXES:
            return _missing_boxes(file, size)
        if head.startswith(_EBML):
            promised = _matroska_size(head)
        elif head.startswith(b"RIFF"):
            promised = 8 + int.from_bytes(head[4:8], "little")
        else:
            return ""
    return f"the file has {size:,} of {promised:,} bytes" if promised > size else ""


def _missing_boxes(file: Any, size: int) -> str:
    kinds, position = set(), 0
    while position + 8 <= size:
        file.seek(position)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1 and len(head) == 16:
            length = int.from_bytes(head[8:], "big")
        if length == 0:
            length = size - position
        if length < 8:
            break
        if position + length > size:
            return f"the file has {size:,} of {position + length:,} bytes"
        kinds.add(kind)
        position += length
    return "" if b"moov" in kinds else "the file has no index (`moov`)"


def _matroska_size(head: bytes) -> int:
    """Returns how long the file should be after its segment's header; 0 where that is left open."""
    start = head.find(_SEGMENT) + len(_SEGMENT)
    if start < len(_SEGMENT) or start >= len(head) or not head[start]:
        return 0
    width = 9 - head[start].bit_length()
    value = int.from_bytes(head[start : start + width], "big") & ((1 << 7 * width) - 1)
    return 0 if value == (1 << 7 * width) - 1 else start + width + value


def _opened(path: Path, deadline: Deadline) -> Any:
    import av

    # The prefix keeps FFmpeg from taking a name such as `concat:a` for a protocol.
    name = "file:" + str(path.absolute())
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file", "max_pixels": str(MAX_PIXELS), "threads": "1"}
    seconds = (deadline.seconds, deadline.seconds)
    try:
        return av.open(name, options=options, timeout=seconds)
    except UnicodeDecodeError:
        # Titles and the like are of no interest here; Latin-1 reads any bytes.
        return av.open(name, options=options, timeout=seconds, metadata_encoding="latin-1")


def _main_stream(path: Path, container: Any) -> Any:
    from av.stream import Disposition

    streams = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    if not streams:
        if detail := missing_part(path):
            raise UnusableClipError(UnusableReason.TRUNCATED, detail)
        raise UnusableClipError(UnusableReason.NO_FRAMES, "the file has no video stream")
    stream = streams[0]
    context = stream.codec_context
    if context is None:
        raise UnusableClipError(UnusableReason.NOT_A_VIDEO, "there is no decoder for this video stream")
    pixels = context.width * context.height
    if not 0 < pixels <= MAX_PIXELS:
        # FFmpeg, told of the limit, forgets the size of larger pictures.
        size = f"{context.width} x {context.height}" if pixels else "unknown or larger"
        raise UnusableClipError(UnusableReason.NOT_A_VIDEO, f"more than {MAX_PIXELS:,} pixels a frame: {size}")
    context.thread_type, context.thread_count = "NONE", 1
    context.options = {"max_pixels": str(MAX_PIXELS)}
    return stream
