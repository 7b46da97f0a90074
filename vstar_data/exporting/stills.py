"""The frames that a model was shown of a clip, as JPEG files: what tools that know no videos are trained on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vstar_data.records import Frames

_QUALITY = 95


def write_stills(frames: Frames, folder: Path) -> None:
    """Writes frames as 000.jpg, 001.jpg, ... into a folder that appears whole or not at all.

    Args:
        frames: The frames; one that comes twice is written twice.
        folder: The folder to make; the one above it must exist.

    Raises:
        OSError: The disk failed.
    """
    from PIL import Image

    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        temporary.mkdir()
        for number, picture in enumerate(frames.pixels):
            Image.fromarray(picture).save(temporary / still_name(number), quality=_QUALITY)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def still_name(number: int) -> str:
    """Returns the name of the file of a frame, counted from 0."""
    return f"{number:03d}.jpg"
