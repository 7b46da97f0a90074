"""The folder that holds a source's videos: finds files in one cached scan, and resolves them without leaving it.

Not here: reading the videos (`vstar_data.video.probe`, `vstar_data.video.decode`). Names are compared case by
case, also on file systems that do not care, so that an annotation behaves alike on every machine.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vstar_data.errors import StorageError, UnusableClipError, UsageError

if TYPE_CHECKING:
    from vstar_data.video.probe import VideoInfo

VIDEO_SUFFIXES = (".mp4", ".mkv", ".webm", ".avi", ".mov", ".mpg", ".m4v")
"""What a candidate without suffix may end in, the commonest first."""

_TRIED = (*VIDEO_SUFFIXES, *(suffix.upper() for suffix in VIDEO_SUFFIXES))

FRAME_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
"""The files that make a folder a folder of frames."""

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}


class _Folder(NamedTuple):
    """The files of one folder, the suffixes of videos that occur among them, and whether they are frames."""

    names: frozenset[str]
    suffixes: tuple[str, ...]
    frames: bool


class VideoRoot:
    """A folder of videos. Nothing is read before the first question.

    Args:
        root: The folder.
        follow_links: Whether a link may lead out of the folder.

    Raises:
        UsageError: The folder does not exist.
    """

    def __init__(self, root: Path, follow_links: bool = False) -> None:
        self.root = Path(root)
        self.follow_links = follow_links
        if not self.root.is_dir():
            found = "a file" if self.root.exists() else "nothing"
            raise UsageError("The video folder is not there.", where=str(root), expected="a folder", found=found)
        self._real = os.path.realpath(self.root)
        self._folders: dict[str, _Folder] | None = None
        self._leaving: set[str] = set()
        self._latest: tuple[tuple[str, float | None], VideoInfo] | None = None

    def find(self, *candidates: str) -> str | None:
        """Finds the first candidate that exists.

        Args:
            candidates: Paths relative to the root. One without a video's suffix also matches a file that has
                one more suffix of `VIDEO_SUFFIXES`, or a folder of frames.

        Returns:
            The path relative to the root with forward slashes, or None where no candidate exists.
        """
        folders = self._scanned()
        for candidate in candidates:
            if candidate[:1] in (".", "/") or "/." in candidate or "//" in candidate:
                candidate = self.inside(candidate)
            above, _, name = candidate.rpartition("/")
            folder = folders.get(above)
            if folder is None:
                if self._leaving and (found := self._found_behind_link(above, name)):
                    return found
                continue
            if name in folder.names:
                return candidate
            if name.endswith(_TRIED):
                continue
            for suffix in folder.suffixes:
                if name + suffix in folder.names:
                    return candidate + suffix
            if candidate in self._leaving or ((inner := folders.get(candidate)) and inner.frames):
                return candidate
        return None

    def path(self, video: str) -> Path:
        """Resolves a clip's video to a file, or to a folder of frames.

        Args:
            video: A path relative to the root, as `Clip.video` has it.

        Returns:
            The path below the root; links in it are kept.

        Raises:
            UnusableClipError: `outside_root` for an absolute path, one that climbs out, or a link that leaves
                the root; `missing`; `empty` for zero bytes; `no_frames` for a folder without images;
                `not_a_video` for what is neither a file nor a folder.
            OSError: The file system does not answer.
        """
        if os.path.isabs(video):
            raise UnusableClipError("outside_root", f"{video} is an absolute path, not one below the video root")
        inside = os.path.normpath(video)
        if inside == ".." or inside.startswith(".." + os.sep):
            raise UnusableClipError("outside_root", f"{video} climbs out of the video root")
        path = self.root / inside
        try:
            if not self.follow_links and not _below(os.path.realpath(path), self._real):
                raise UnusableClipError("outside_root", f"{video} is a link that leaves the video root")
            status = path.stat()
        except OSError as problem:
            if problem.errno in _NOT_THERE:
                raise UnusableClipError("missing", f"there is no {video} in the video root") from None
            raise
        except ValueError as problem:
            raise UnusableClipError("missing", f"{video!r} cannot be the name of a file: {problem}") from None
        if stat.S_ISDIR(status.st_mode):
            if not _has_frames(os.listdir(path)):
                raise UnusableClipError("no_frames", f"{video} is a folder without images")
        elif not stat.S_ISREG(status.st_mode):
            raise UnusableClipError("not_a_video", f"{video} is neither a file nor a folder")
        elif status.st_size == 0:
            raise UnusableClipError("empty", f"{video} has zero bytes")
        return path

    def info(self, video: str, fps: float | None = None) -> VideoInfo:
        """Reads frame rate, width, height and duration of a video. The latest answer is kept.

        Args:
            video: A path relative to the root.
            fps: The frame rate of a folder of frames.

        Raises:
            UnusableClipError: See `path`; or the file cannot be read as a video.
        """
        if self._latest is None or self._latest[0] != (video, fps):
            from vstar_data.video.probe import probe

            self._latest = (video, fps), probe(self.path(video), fps)
        return self._latest[1]

    def inside(self, candidate: str) -> str:
        """Returns a path without what leads to the root, where it is absolute, and without idle parts (`./`, `//`)."""
        """Writes a path plainly; an absolute one below the root becomes relative to it."""
        for root in (os.path.abspath(self.root), self._real):
            if candidate.startswith(root.rstrip("/") + "/"):
                candidate = candidate[len(root.rstrip("/")) + 1 :]
                break
        return os.path.normpath(candidate)

    def _found_behind_link(self, folder: str, name: str) -> str | None:
        """Looks one file up behind a link that leaves the root, so that `path` can say what is wrong with it."""
        if ".." in folder.split("/") or not any((folder + "/").startswith(link + "/") for link in self._leaving):
            return None
        names = [name] if name.endswith(_TRIED) else [name, *(name + suffix for suffix in _TRIED)]
        return next((f"{folder}/{each}" for each in names if os.path.exists(self.root / folder / each)), None)

    def _scanned(self) -> dict[str, _Folder]:
        """Returns the folders by their paths relative to the root."""
        if self._folders is None:
            try:
                self._folders = self._scan()
            except OSError as problem:
                raise StorageError(
                    "The video folder cannot be read.", where=problem.filename or str(self.root), found=problem.strerror
                ) from None
        return self._folders

    def _scan(self) -> dict[str, _Folder]:
        folders: dict[str, _Folder] = {}
        status = os.stat(self.root)
        # Each folder comes with the identities of those above it: a link to one of them would never end.
        waiting: list[tuple[str, str, tuple[tuple[int, int], ...]]]
        waiting = [("", str(self.root), ((status.st_dev, status.st_ino),))]
        while waiting:
            folder, path, above = waiting.pop()
            files = []
            try:
                entries = list(os.scandir(path))
            except PermissionError:
                # A folder such as lost+found must not stop a build; the videos in it will be missing.
                if not folder:
                    raise
                continue
            for entry in entries:
                if not _is_folder(entry):
                    files.append(entry.name)
                    continue
                relative = f"{folder}/{entry.name}" if folder else entry.name
                if self._leaves(entry):
                    self._leaving.add(relative)
                    continue
                status = entry.stat()
                here = (status.st_dev, status.st_ino)
                if here not in above:
                    waiting.append((relative, entry.path, (*above, here)))
            names = frozenset(files)
            ends = {os.path.splitext(name)[1] for name in names}
            suffixes = tuple(suffix for suffix in _TRIED if suffix in ends)
            folders[folder] = _Folder(names, suffixes, _has_frames(names))
        return folders

    def _leaves(self, entry: os.DirEntry[str]) -> bool:
        return entry.is_symlink() and not self.follow_links and not _below(os.path.realpath(entry.path), self._real)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads round in a circle: `VideoRoot.path` says what is wrong with it.
        return False


def _below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _has_frames(names: Iterable[str]) -> bool:
    return any(name.lower().endswith(FRAME_SUFFIXES) for name in names)
