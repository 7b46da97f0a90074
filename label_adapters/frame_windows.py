"""Where a clip that is given by frame numbers lies among the images of a folder, for datasets that come as frames.

Not here: reading the images, and the frame rate, which images do not carry.
"""

from __future__ import annotations

import math
import os
import re
from bisect import bisect_left

from vstar_data.adapters import VideoRoot
from vstar_data.errors import UnusableClipError

_IMAGE = re.compile(r"(?!\.).*?([0-9]*)\.(?:jpe?g|png|webp)", re.IGNORECASE | re.DOTALL)


class FrameFolders:
    """The numbers of the images in folders of frames. The latest listing is kept: the clips of a video come together.

    Args:
        videos: The folder that they lie in.
    """

    def __init__(self, videos: VideoRoot) -> None:
        self._videos = videos
        self._latest: tuple[str, list[int]] = ("", [])

    def numbers(self, video: str) -> list[int]:
        """Returns the number of each image of a folder, ascending; none where it cannot be read.

        Args:
            video: The folder, relative to the root. An image whose name ends in no number counts as -1.
        """
        if self._latest[0] != video:
            try:
                names = os.listdir(self._videos.path(video))
            except (UnusableClipError, OSError):
                names = []
            found = [image[1] for name in names if (image := _IMAGE.fullmatch(name))]
            self._latest = (video, sorted(int(number) if 0 < len(number) < 10 else -1 for number in found))
        return self._latest[1]


def window_of(numbers: list[int], first: int, count: int, fps: float) -> tuple[float, float] | None:
    """Returns where images lie in their folder, None where one of them is missing.

    Args:
        numbers: The numbers of all images of the folder, ascending.
        first: The number of the first image of the clip.
        count: How many images the clip has, numbered without a gap.
        fps: The frame rate at which the folder is read, from 0 for its first image.

    Returns:
        Start and end in seconds.
    """
    at = bisect_left(numbers, first)
    last = at + count - 1
    if not at <= last < len(numbers) or numbers[at] != first or numbers[last] != first + count - 1:
        return None
    return at_frame(at, fps), at_frame(at + count, fps)


def at_frame(index: int, fps: float) -> float:
    """Returns the time of a frame in seconds, cut to six digits: rounded up, the window would lose its first frame."""
    return math.floor(index / fps * 1_000_000) / 1_000_000
