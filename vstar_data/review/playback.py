"""The clips of a run as a browser can play them: the file itself, or the window of it made anew as H.264.

A clip is asked for by its place in clips.parquet, never by a path, and its file is found each time below the folder
of videos: nothing else can be had here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vstar_data.adapters import VideoRoot
from vstar_data.errors import UnusableClipError, UsageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.loading import load_recipe
from vstar_data.records import Clip
from vstar_data.reporting.pictures import video_roots
from vstar_data.review.reader import AnswerReader
from vstar_data.video.settings import FrameSettings

MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}

_PLAYED = {"mp4": ("h264", "av1", "vp9"), "webm": ("vp8", "vp9", "av1")}
"""What browsers play without a plug-in: containers, and codecs in them."""
_COLOURS = ("yuv420p", "yuvj420p")
_SIDE, _MOST_FRAMES, _RATE = 480, 300, 10.0
_SECONDS = 60.0
"""How long making a window anew may take."""
_KEPT = 200
"""Windows that are kept once they were made anew."""


@dataclass(frozen=True)
class Playback:
    """How a clip is played.

    Attributes:
        start: Where it begins in the file that is served, in seconds.
        end: Where it ends; None is the end of the file.
        why_not: Why it cannot be played at all, in words.
    """

    start: float = 0.0
    end: float | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Film:
    """A file to serve."""

    path: Path
    media_type: str


class Player:
    """Finds the files of clips, and makes those anew that browsers do not play.

    Args:
        run: The run's folder.
        reader: Reads its clips.
        made: An empty folder for what is made anew.
        videos: The folder of the videos of all sources; None for those that the recipe names.

    Raises:
        UsageError: `videos` is no folder.
    """

    def __init__(self, run: Path, reader: AnswerReader, made: Path, videos: Path | None = None) -> None:
        folder = RunFolder(run)
        recipe = load_recipe(str(folder.recipe))
        if videos is None:
            self._roots: Mapping[str, VideoRoot] = video_roots(folder, recipe)
        elif videos.is_dir():
            self._roots = dict.fromkeys((one.source for one in recipe.sources), VideoRoot(videos, recipe.follow_links))
        else:
            found = "a file" if videos.exists() else "nothing"
            raise UsageError("There is no folder of videos.", where=f"--videos {videos}", found=found)
        self._reader, self._made = reader, made
        self._lock = threading.Lock()

    def playback(self, clip: Clip) -> Playback:
        """Returns how a clip is played. Its file is looked at, not decoded."""
        try:
            container = _playable(*_identity(self._path(clip)))
        except UnusableClipError as problem:
            return Playback(why_not=f"{problem.reason}: {problem.detail}")
        except OSError as problem:
            return Playback(why_not=problem.strerror or type(problem).__name__)
        if container:
            return Playback(clip.start or 0.0, clip.end)
        return Playback()

    def film(self, place: int) -> Film:
        """Returns the file that shows the clip at a place of clips.parquet.

        Raises:
            IndexError: There is no such clip.
            UnusableClipError: It cannot be shown.
            OSError: The disk fails.
        """
        clip = self._reader.clip(place)
        path = self._path(clip)
        if container := _playable(*_identity(path)):
            return Film(path, MEDIA_TYPES[container])
        window = self._made / f"{place}.mp4"
        # One after the other: making a window takes a core.
        with self._lock:
            if not window.exists():
                self._forget()
                _make(path, clip, window)
        return Film(window, MEDIA_TYPES["mp4"])

    def _path(self, clip: Clip) -> Path:
        root = self._roots.get(clip.source)
        if root is None:
            raise UnusableClipError("missing", "the recipe's folder of videos is not there: name it with --videos DIR")
        return root.path(clip.video)

    def _forget(self) -> None:
        windows = sorted(self._made.glob("*.mp4"), key=lambda path: path.stat().st_mtime)
        for path in windows[: max(0, len(windows) - _KEPT + 1)]:
            path.unlink(missing_ok=True)


def _identity(path: Path) -> tuple[Path, float, int]:
    status = path.stat()
    return path, status.st_mtime, status.st_size


@lru_cache(maxsize=4096)
def _playable(path: Path, changed: float, size: int) -> str:
    """Returns the container of a file that browsers play, of `MEDIA_TYPES`; an empty text for any other."""
    from vstar_data.video.containers import open_video
    from vstar_data.video.deadlines import Deadline
    from vstar_data.video.files import check_content

    if path.is_dir():
        return ""
    check_content(path)
    with open_video(path, Deadline(_SECONDS)) as (container, stream):
        formats = container.format.name.split(",")
        codec, colour = stream.codec_context.name, stream.codec_context.pix_fmt
    if "mp4" in formats and path.suffix.lower() in (".mp4", ".m4v", ".mov"):
        found = "mp4"
    elif "webm" in formats and path.suffix.lower() == ".webm":
        found = "webm"
    else:
        return ""
    # PyAV names the decoder, which may be called after its library: libdav1d, libvpx-vp9.
    played = any(name in codec or (name == "av1" and "dav1d" in codec) for name in _PLAYED[found])
    return found if played and colour in _COLOURS else ""


def _make(path: Path, clip: Clip, to: Path) -> None:
    """Makes a small H.264 file of a clip's window, in the clip's own time."""
    import av

    from vstar_data.video import read_frames

    count = 2 * max(1, min(_MOST_FRAMES // 2, round(_length(path, clip) * _RATE / 2)))
    settings = FrameSettings(count=count, max_side=_SIDE, timeout=_SECONDS)
    frames = read_frames(path, start=clip.start, end=clip.end, fps=clip.fps, settings=settings)
    start = clip.start or 0.0
    # H.264 wants even sides.
    height, width = (side - side % 2 for side in frames.pixels.shape[1:3])
    temporary = to.with_name(f"{to.name}.part")
    with av.open(str(temporary), "w", format="mp4", options={"movflags": "faststart"}) as out:
        stream = out.add_stream("libx264", rate=1000, options={"preset": "veryfast", "crf": "23"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        latest = -1
        for pixels, time in zip(frames.pixels, frames.times, strict=True):
            picture = av.VideoFrame.from_ndarray(pixels[:height, :width].copy(), format="rgb24")
            picture.pts = max(latest + 1, round(1000 * (time - start)))
            latest = picture.pts
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    os.replace(temporary, to)


def _length(path: Path, clip: Clip) -> float:
    from vstar_data.video import probe

    if clip.end is not None:
        return clip.end - (clip.start or 0.0)
    return max(0.2, probe(path, clip.fps).duration - (clip.start or 0.0))
