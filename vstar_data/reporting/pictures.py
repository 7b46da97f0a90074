"""Key frames of a clip as small pictures that lie in the page itself. A video that cannot be shown is no failure."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.adapters import VideoRoot
from vstar_data.errors import UnusableClipError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Clip
from vstar_data.video.settings import FrameSettings

if TYPE_CHECKING:
    import numpy as np

SHOWN = 4
"""Pictures of each clip."""

_SIDE = 200
_QUALITY = 72
_SECONDS = 10.0
"""A report does not wait longer for one clip."""

_MOST = 32
"""Frames of a clip that are decoded to choose from."""


@dataclass(frozen=True)
class Pictures:
    """The key frames of a clip.

    Attributes:
        frames: The time of each in seconds from the start of the clip, and its picture as a data URI.
        why_none: Why there are none.
    """

    frames: tuple[tuple[float, str], ...] = ()
    why_none: str = ""


class KeyFrames:
    """Reads key frames of the clips of a run: of the frames that the model was shown, a few spread over the clip.

    Args:
        folder: The run.
        recipe: Its recipe.
    """

    def __init__(self, folder: RunFolder, recipe: Recipe) -> None:
        self._roots = video_roots(folder, recipe)
        self._settings = FrameSettings(
            count=min(recipe.frames.count, _MOST), max_side=_SIDE, timeout=min(recipe.frames.timeout, _SECONDS)
        )
        self._read: dict[str, Pictures] = {}

    def of(self, clip: Clip) -> Pictures:
        """Returns the key frames of a clip, or why there are none."""
        if clip.id not in self._read:
            try:
                self._read[clip.id] = self._pictures(clip)
            except UnusableClipError as problem:
                self._read[clip.id] = Pictures(why_none=f"{problem.reason}: {problem.detail}")
            except OSError as problem:
                self._read[clip.id] = Pictures(why_none=problem.strerror or type(problem).__name__)
        return self._read[clip.id]

    def _pictures(self, clip: Clip) -> Pictures:
        from vstar_data.video import read_frames

        root = self._roots.get(clip.source)
        if root is None:
            return Pictures(why_none="the recipe names no folder of videos, or it is not there")
        path = root.path(clip.video)
        frames = read_frames(path, start=clip.start, end=clip.end, fps=clip.fps, settings=self._settings)
        places = sorted({round((part + 0.5) * len(frames.times) / SHOWN - 0.5) for part in range(SHOWN)})
        chosen = {frames.indices[place]: place for place in reversed(places)}
        start = clip.start or 0.0
        return Pictures(
            tuple((max(frames.times[at] - start, 0.0), _uri(frames.pixels[at])) for at in sorted(chosen.values()))
        )


def video_roots(folder: RunFolder, recipe: Recipe) -> Mapping[str, VideoRoot]:
    """Returns the folders of videos per source. Clips that a run has drawn itself lie in the run, wherever it is."""
    found = {}
    for source in recipe.sources:
        place = folder.rendered_videos if recipe.render is not None else source.videos
        if place is not None and Path(place).is_dir():
            found[source.source] = VideoRoot(Path(place), recipe.follow_links)
    return found


def _uri(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
