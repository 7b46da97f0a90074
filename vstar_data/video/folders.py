"""Folders of frames: images in natural order that are read as if they were a video of a known frame rate."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason
from vstar_data.video.containers import MAX_PIXELS
from vstar_data.video.deadlines import Deadline
from vstar_data.video.plans import fitted_size

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[np.uint8]]

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def natural_order(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Returns a sort key under which `frame9.jpg` comes before `frame10.jpg`."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", name)
    return tuple((int(number) if number else -1, text) for number, text in parts), name


def frame_names(folder: Path) -> list[str]:
    """Lists the images of a folder in natural order; hidden files are passed over.

    Raises:
        OSError: The folder cannot be listed.
    """
    with os.scandir(folder) as entries:
        names = [
            entry.name
            for entry in entries
            if not entry.name.startswith(".") and entry.name.lower().endswith(IMAGE_SUFFIXES) and not entry.is_dir()
        ]
    return sorted(names, key=natural_order)


def frame_times(names: list[str], fps: float | None) -> tuple[tuple[float, ...], float]:
    """Returns the time of each frame of a folder, the i-th at i / fps, and the duration of all: in seconds.

    Raises:
        UnusableClipError: The folder holds no images, or no frame rate is known.
    """
    if not names:
        raise UnusableClipError(UnusableReason.NO_FRAMES, f"no images ({', '.join(IMAGE_SUFFIXES)}) in this folder")
    if fps is None:
        raise UnusableClipError(UnusableReason.MALFORMED_ROW, "a folder of frames needs `fps`; the row gives none")
    return tuple(index / fps for index in range(len(names))), len(names) / fps


def image_size(path: Path) -> tuple[int, int]:
    """Returns (width, height) of an image without decoding it. Raises as `read_images`."""
    with _opened(path) as image:
        width, height = image.size
    return width, height


def read_images(paths: Mapping[int, Path], max_side: int, deadline: Deadline) -> dict[int, Picture]:
    """Decodes images, all to one size, that of the first.

    Args:
        paths: Images by frame number.
        max_side: Longest side in pixels; smaller images are not enlarged.
        deadline: When to give up.

    Returns:
        For each frame number its picture: uint8, H x W x 3, RGB.

    Raises:
        UnusableClipError: An image is missing, too large or cannot be decoded, or the time is up.
        OSError: The disk or the network failed.
    """
    size: tuple[int, int] | None = None
    pictures: dict[int, Picture] = {}
    for index, path in paths.items():
        deadline.check()
        with _opened(path) as image:
            width, height = image.size
            size = size or fitted_size(width, height, max_side)
            pictures[index] = _picture(path, image, size)
    return pictures


def _picture(path: Path, image: Any, size: tuple[int, int]) -> Picture:
    import numpy as np
    from PIL import Image

    try:
        # A JPEG can be decoded at an eighth to a half of its size, which saves most of the work.
        image.draft("RGB", size)
        picture = image.convert("RGB")
    except OSError as problem:
        raise _verdict(path, problem) from None
    except (SyntaxError, ValueError) as problem:
        raise UnusableClipError(UnusableReason.TRUNCATED, f"{path.name}: {problem}") from None
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)
    return np.array(picture)


def _opened(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    too_large = UnusableClipError(UnusableReason.NOT_A_VIDEO, f"{path.name} has more than {MAX_PIXELS:,} pixels")
    try:
        image = Image.open(path, formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large from None
    except UnidentifiedImageError:
        reason = UnusableReason.EMPTY if path.stat().st_size == 0 else UnusableReason.TRUNCATED
        raise UnusableClipError(reason, f"{path.name} is not a readable image") from None
    except OSError as problem:
        raise _verdict(path, problem) from None
    if image.size[0] * image.size[1] > MAX_PIXELS:
        image.close()
        raise too_large
    return image


def _verdict(path: Path, problem: OSError) -> Exception:
    """Tells a broken image from a failing disk: Pillow raises OSError for both, but only the disk's has an errno."""
    if isinstance(problem, FileNotFoundError):
        return UnusableClipError(UnusableReason.MISSING, f"there is no {path.name} any more")
    if problem.errno is not None:
        return problem
    return UnusableClipError(UnusableReason.TRUNCATED, f"{path.name}: {problem}")
