"""Clips of a folder that has a folder of videos for each class: the folder's name is the label.

For the adapter `table`. Files that are no videos are no rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from label_adapters.split_names import split_or_none
from vstar_data.adapters import VIDEO_SUFFIXES, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split, UnusableReason


def clips_of_folders(annotations: Path, videos: VideoRoot | None, license: str | None) -> Iterator[Clip | Skipped]:
    """Yields a clip for each video of `<class>/<file>` or `<split>/<class>/<file>`, in the order of the paths.

    Args:
        annotations: The folder with the class folders or the split folders.
        videos: Where the videos lie; paths start from there where it holds them, else from `annotations`.
        license: What is written into the clips.

    Raises:
        AnnotationError: There is no video.
    """
    found = False
    below = place_below(annotations, videos)
    # Where every folder at the top is called as a split is, a video right below it has no class.
    only_splits = all(split_or_none(path.name) for path in annotations.iterdir() if path.is_dir())
    for relative in videos_below(annotations):
        found = True
        split, folder = Split.TRAIN, ""
        match relative.split("/"):
            case [folder, _]:
                folder = "" if only_splits else folder
            case [first, folder, _]:
                split = split_or_none(first) or Split.TRAIN
                folder = folder if split_or_none(first) else ""
        name = folder.replace("_", " ").strip()
        if not name:
            yield Skipped(
                reason=UnusableReason.UNSUPPORTED_LABEL,
                detail="a video must lie in <class>/ or in <split>/<class>/",
                where=relative,
                video=relative,
            )
            continue
        yield Clip(
            id=relative,
            video=(videos.find(below + relative, relative) if videos else None) or relative,
            labels=(ClassLabel(name=name, aliases=(folder,) if folder != name else ()),),
            split=split,
            license=license,
        )
    if not found:
        raise AnnotationError(
            "The folder holds no videos.",
            where=str(annotations),
            expected=f"<class>/<file> or <split>/<class>/<file> with a file ending in {', '.join(VIDEO_SUFFIXES)}",
        )


def place_below(annotations: Path, videos: VideoRoot | None) -> str:
    """Returns where a folder lies below that of the videos, with a slash behind it; empty where it does not."""
    if videos is None:
        return ""
    below = os.path.relpath(annotations.resolve(), videos.root.resolve()).replace(os.sep, "/")
    return "" if below.split("/")[0] in (".", "..") else f"{below}/"


def videos_below(folder: Path) -> Iterator[str]:
    """Yields the videos of a folder and those below it, relative to it, folder by folder in the order of the names."""
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(VIDEO_SUFFIXES):
                yield (Path(path) / name).relative_to(folder).as_posix()
