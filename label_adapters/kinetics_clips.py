"""Makes the clips of Kinetics from what a row says, be it of a table or of a JSON file.

Not here: reading either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from label_adapters.rows import malformed, unsupported
from vstar_data.adapters import VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split

LICENSE = "CC-BY-4.0"
_ID = re.compile(r"[A-Za-z0-9_-]+")
_FOLDERS = {
    Split.TRAIN: ("train", "videos_train"),
    Split.VALIDATION: ("val", "validate", "validation", "valid", "videos_val"),
    Split.TEST: ("test", "videos_test"),
}


class KineticsClips:
    """Makes the clips of one file.

    Args:
        path: The file.
        videos: Where the videos lie, where they are at hand.
    """

    def __init__(self, path: Path, videos: VideoRoot | None) -> None:
        self._path = path
        self._videos = videos
        self._splits: dict[str, Split] = {}

    def clip(
        self,
        row: int | str,
        youtube_id: str,
        start: str | float,
        end: str | float,
        split: str | Split,
        label: str | None,
    ) -> Clip | Skipped:
        """Returns the clip of a row, or why there is none.

        Args:
            row: Its line or its key.
            youtube_id: The id of the video on YouTube.
            start: Where it begins there, in whole seconds.
            end: Where it ends there.
            split: The split, or the dataset's word for it.
            label: The action; None where the whole file has none.
        """
        if not _ID.fullmatch(youtube_id):
            return malformed(self._path, row, f"youtube_id must be letters, digits, - and _, found {youtube_id!r}")
        first, last = _seconds(start), _seconds(end)
        if first is None or last is None or first >= last:
            found = f"{start!r} and {end!r}"
            return malformed(self._path, row, f"time_start and time_end must be whole seconds in order, found {found}")
        name = f"{youtube_id}_{first:06d}_{last:06d}"
        known = split if isinstance(split, Split) else self._splits.get(split)
        if known is None:
            try:
                known = self._splits[split] = split_named(split)
            except AnnotationError as problem:
                return malformed(self._path, row, f"no split is called {problem.found}", name)
        action = label.strip() if label else ""
        if not action:
            detail = "the file has no column `label`" if label is None else "the label is empty"
            return unsupported(self._path, row, detail, name)
        video = self._videos.find(*_candidates(name, known, action)) if self._videos else None
        return Clip(
            id=name,
            video=video or f"{name}.mp4",
            labels=(ClassLabel(name=action),),
            split=known,
            license=LICENSE,
            metadata={"youtube_id": youtube_id, "time_start": first, "time_end": last},
        )


def _candidates(name: str, split: Split, label: str) -> Iterator[str]:
    classes = dict.fromkeys((label, label.replace(" ", "_")))
    folders = _FOLDERS[split]
    yield name
    yield from (f"{folder}/{name}" for folder in folders)
    yield from (f"{each}/{name}" for each in classes)
    yield from (f"{folder}/{each}/{name}" for folder in folders for each in classes)


def _seconds(given: str | float) -> int | None:
    """Reads whole seconds; mirrors write 84 and, seldom, 84.0, the JSON files 84.0."""
    if not isinstance(given, str):
        return int(given) if 0 <= given < 1e9 and given == int(given) else None
    digits, _, rest = given.strip().partition(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or rest.strip("0"):
        return None
    return int(digits)
