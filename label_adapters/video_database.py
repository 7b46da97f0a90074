"""Reads the JSON form that ActivityNet brought up: an object with an entry for each video, alone or under `database`.

Not here: what an entry holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from label_adapters.json_files import object_entries
from vstar_data.errors import AnnotationError

_PREDICTIONS = ("results", "external_data")


def video_entries(path: Path) -> Iterator[tuple[str, Any]]:
    """Yields the id of each video with its entry, one at a time.

    Raises:
        AnnotationError: The file is not JSON, is no object, holds no entries, or holds predictions of a model.
    """
    holder = _first_object(path)
    if holder in _PREDICTIONS:
        raise AnnotationError(
            "The file holds the predictions of a model, not annotations.",
            where=str(path),
            expected="an object under `database`, or an object with an entry for each video",
            found=f"an object under `{holder}`",
        )
    return object_entries(path, "database" if holder == "database" else "")


def one_file(annotations: Path, *patterns: str) -> Path:
    """Returns the annotation file, or the only one of a folder that is called like one of the patterns.

    Raises:
        AnnotationError: The folder holds none, or several.
    """
    if not annotations.is_dir():
        return annotations
    found = sorted({path for pattern in patterns for path in annotations.glob(pattern)})
    if len(found) == 1:
        return found[0]
    raise AnnotationError(
        "The folder holds several annotation files." if found else "The folder holds no annotation file.",
        where=str(annotations),
        expected=" or ".join(patterns),
        found=", ".join(path.name for path in found) or "none",
        mend="name the file instead of the folder",
    )


def _first_object(path: Path) -> str | None:
    """Returns the first key of the file whose value is an object; None where there is none or the file is no JSON.

    What stands before it, the version and the taxonomy, is small.
    """
    import ijson

    with path.open("rb") as file:
        if file.read(3) != b"\xef\xbb\xbf":
            file.seek(0)
        key: str | None = None
        try:
            for prefix, event, value in ijson.parse(file):
                if prefix == "" and event == "map_key":
                    key = str(value)
                elif event == "start_map" and prefix == key:
                    return key
        except (ijson.JSONError, ValueError, RecursionError, OverflowError):
            # Whoever reads the entries says what is wrong with the file.
            return None
    return None
