"""What makes a video the same video: a hash of its size and its ends, wherever it lies and whenever it was written.

It does not read a video whole, so it is no checksum: it tells a replaced or mended file from the old one.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from vstar_data.video.files import is_folder
from vstar_data.video.folders import frame_names

END_BYTES = 64 * 1024


def identity(path: Path) -> str:
    """Hashes what identifies a video.

    A file counts by its size and its first and last 64 KiB. A folder of frames counts by the names and sizes of its
    images in order, and by the ends of the first and the last of them.

    Args:
        path: A video file or a folder of frames.

    Returns:
        64 hexadecimal digits, the same on every machine.

    Raises:
        UnusableClipError: There is no such file (`missing`), or it is neither a file nor a folder (`not_a_video`).
        OSError: The disk or the network failed.
    """
    return _folder_identity(path) if is_folder(path) else hashlib.sha256(b"file\0" + _ends(path)).hexdigest()


def _folder_identity(folder: Path) -> str:
    digest = hashlib.sha256(b"frames\0")
    names = frame_names(folder)
    for name in names:
        digest.update(os.fsencode(name) + b"\0%d\0" % (folder / name).stat().st_size)
    for name in names[:1] + names[-1:]:
        digest.update(_ends(folder / name))
    return digest.hexdigest()


def _ends(path: Path) -> bytes:
    with path.open("rb") as file:
        first = file.read(END_BYTES)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - END_BYTES))
        return b"%d\0" % size + hashlib.sha256(first).digest() + hashlib.sha256(file.read(END_BYTES)).digest()
