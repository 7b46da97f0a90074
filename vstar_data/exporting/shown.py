"""Finds, or makes, what a row of an export shows: its video file, a video cut out of it, or frames of it."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path

from vstar_data.arrow import Row
from vstar_data.errors import StorageError, UnusableClipError, UsageError
from vstar_data.exporting.cutting import cut
from vstar_data.exporting.media import Media, file_stem
from vstar_data.exporting.roots import VideoFolders
from vstar_data.exporting.stills import still_name, write_stills

_REMEMBERED = 4_096


class Shown:
    """What rows show. Files that were made before are used again.

    Args:
        folders: Where videos lie.
        rates: The frame rates of folders of frames, by source and video.
        cuts: The folder for videos that are cut out; None where no row needs one.
        stills: The folder for frames; None where rows show videos.
        relative: Whether paths of videos stay as the dataset has them.
        made: Called with each file or folder that had to be made.

    Attributes:
        unplaced: The sources whose videos nobody knows where to find: their paths stay as the dataset has them.
    """

    def __init__(
        self,
        folders: VideoFolders,
        rates: Mapping[tuple[str, str], float],
        *,
        cuts: Path | None,
        stills: Path | None,
        relative: bool,
        made: Callable[[Path], None] = lambda path: None,
    ) -> None:
        self._folders, self._rates, self._relative, self._made = folders, rates, relative, made
        self._cuts, self._stills = cuts, stills
        self.unplaced: set[str] = set()
        self._latest: OrderedDict[tuple[object, ...], Media] = OrderedDict()

    def media(self, row: Row) -> Media:
        """Returns what a row shows.

        Raises:
            UsageError: A video is missing, lies outside its folder or cannot be decoded.
            StorageError: The disk failed.
        """
        place = (row["source"], row["video"], row["start"], row["end"])
        if place not in self._latest:
            try:
                self._latest[place] = self._media(row)
            except UnusableClipError as problem:
                raise UsageError(
                    "A clip of the dataset cannot be shown.",
                    where=repr(row["id"]),
                    found=problem.detail,
                    mend="name the folder that the dataset was built from: --videos DIR; or keep the paths of the"
                    " dataset: --relative-paths",
                ) from None
            except OSError as problem:
                raise StorageError(
                    "A video cannot be read or written.",
                    where=str(problem.filename or row["video"]),
                    found=problem.strerror or str(problem),
                    mend="free the disk, or choose another folder for what is made of videos",
                ) from None
            if len(self._latest) > _REMEMBERED:
                self._latest.popitem(last=False)
        return self._latest[place]

    def _media(self, row: Row) -> Media:
        if self._stills is not None:
            return self._frames(row, self._stills)
        if is_part(row, self._rates):
            assert self._cuts is not None
            return self._cut(row, self._cuts)
        root = self._folders.of(row["source"])
        if root is None and not self._relative:
            self.unplaced.add(row["source"])
        if root is None or self._relative:
            return Media(_inside(row["video"]))
        return Media(_text(root.path(row["video"])))

    def _cut(self, row: Row, folder: Path) -> Media:
        path = self._path(row)
        target = folder / f"{file_stem(row['video'], row['start'], row['end'], self._rate(row), *_stamp(path))}.mp4"
        if not target.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            cut(path, row["start"], row["end"], self._rate(row), target, self._folders.frames.timeout)
            self._made(target)
        return Media(_text(target))

    def _frames(self, row: Row, folder: Path) -> Media:
        from vstar_data.video import FrameSettings, read_frames

        path, wanted = self._path(row), self._folders.frames
        count = len(row["frames"]["indices"]) or wanted.count
        settings = FrameSettings(count=count, max_side=wanted.max_side, timeout=wanted.timeout)
        stamp = (row["start"], row["end"], self._rate(row), count, settings.max_side, *_stamp(path))
        target = folder / file_stem(row["video"], *stamp)
        if not target.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            frames = read_frames(path, start=row["start"], end=row["end"], fps=self._rate(row), settings=settings)
            write_stills(frames, target)
            self._made(target)
        return Media(None, tuple(_text(target / still_name(number)) for number in range(count)))

    def _path(self, row: Row) -> Path:
        root = self._folders.of(row["source"])
        if root is None:
            raise UsageError(
                "The videos of the dataset are needed, and nobody knows where they are.",
                where=f"source {row['source']!r}",
                mend="name their folder: --videos DIR",
            )
        return root.path(row["video"])

    def _rate(self, row: Row) -> float | None:
        return self._rates.get((row["source"], row["video"]))


def is_part(row: Row, rates: Mapping[tuple[str, str], float]) -> bool:
    """Whether a row shows a part of a video file, or a folder of frames: no video file is the clip."""
    return row["start"] is not None or row["end"] is not None or (row["source"], row["video"]) in rates


def _inside(video: str) -> str:
    """Returns a path of the dataset, which must not lead out of the folder of videos."""
    plain = os.path.normpath(video)
    if os.path.isabs(plain) or plain.split(os.sep)[0] == os.pardir:
        raise UnusableClipError("outside_root", f"{video!r} leads out of the folder of videos")
    return video


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _text(path: Path) -> str:
    text = os.path.abspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(
            "A path is not valid Unicode, and the export cannot hold it.", where=ascii(text), mend="rename the folder"
        ) from None
    return text
