"""What an exported row shows: the path of its video, or those of its frames. No files are touched here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Media:
    """What a row shows: a video or, in its place, pictures.

    Attributes:
        video: The path of a video file; None where there are pictures.
        images: The paths of pictures in the order of time.
    """

    video: str | None
    images: tuple[str, ...] = ()


def file_stem(video: str, *identity: object) -> str:
    """Returns a name for what is made of a video: its own name, made harmless, and a hash of all that tells it apart.

    Args:
        video: The path of the video as the dataset has it; any text.
        identity: What else the made file depends on, such as the window.
    """
    digest = hashlib.sha256(repr((video, *identity)).encode("utf-8", "backslashreplace")).hexdigest()[:16]
    readable = re.sub(r"[^A-Za-z0-9_-]+", "_", PurePosixPath(video).stem)[:60].strip("_")
    return f"{readable}-{digest}" if readable else digest
