"""What lies at a path, asked before anything is decoded: a video file, a folder of frames, or nothing usable."""

from __future__ import annotations

from errno import EINVAL, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.deadlines import Deadline

_NOT_THERE = (ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EINVAL)


def is_folder(path: Path) -> bool:
    """Tells a folder from a file.

    Raises:
        UnusableClipError: There is neither (`missing`), or something else (`not_a_video`).
        OSError: The disk or the network failed.
    """
    try:
        mode = path.stat().st_mode
    except ValueError:
        raise UnusableClipError(UnusableReason.MISSING, "no file can have this name") from None
    except OSError as problem:
        if problem.errno in _NOT_THERE:
            raise UnusableClipError(UnusableReason.MISSING, f"nothing there: {problem.strerror}") from None
        raise
    if not (S_ISDIR(mode) or S_ISREG(mode)):
        raise UnusableClipError(UnusableReason.NOT_A_VIDEO, "neither a file nor a folder")
    return S_ISDIR(mode)


def check_content(path: Path) -> None:
    """Reads the first byte of a file.

    Raises:
        UnusableClipError: There is none (`empty`).
        OSError: The disk or the network failed.
    """
    with path.open("rb") as file:
        if not file.read(1):
            raise UnusableClipError(UnusableReason.EMPTY, "0 bytes")


def read_through(path: Path, deadline: Deadline) -> None:
    """Reads a file to its end, to learn whether it can be read. Raises the OSError of a disk that fails."""
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 22):
            deadline.check()
