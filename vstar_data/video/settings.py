"""The settings of the `frames` section of a recipe: how many frames a model sees of a clip, and how large. No logic."""

from __future__ import annotations

import math

import msgspec

MOST_FRAMES = 10_000
"""Frames of one clip that may be asked for: all of them are held at once."""


class FrameSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a clip is turned into frames.

    Attributes:
        count: Number of frames per clip: even (some models pair them up), at least 2, at most `MOST_FRAMES`.
        max_side: Longest side of a frame in pixels, at least 16. Smaller videos are never enlarged.
        timeout: Seconds after which the decoding of one clip is given up.

    Raises:
        ValueError: A value is out of range; names the key.
    """

    count: int = 8
    max_side: int = 448
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if not 2 <= self.count <= MOST_FRAMES or self.count % 2:
            raise ValueError(f"`count` must be an even number of 2 to {MOST_FRAMES:,}, found {self.count}")
        if self.max_side < 16:
            raise ValueError(f"`max_side` must be at least 16, found {self.max_side}")
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise ValueError(f"`timeout` must be a finite number of seconds above 0, found {self.timeout}")
