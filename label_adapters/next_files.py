"""What NExT-QA and the sets made from it share: files that are named by split, and where the videos lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from label_adapters.side_tables import side_table
from label_adapters.split_names import split_of_name
from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Split

CHOICES = ("a0", "a1", "a2", "a3", "a4")
MAP = "map_vid_vidorID.json"


def tables(annotations: Path) -> list[tuple[Path, Split]]:
    """Returns the file, or those of a folder in the order of their names, with the split that each name tells.

    Raises:
        AnnotationError: A name tells no split, or the folder has no such file.
    """
    if annotations.is_dir():
        found = sorted(path for path in annotations.iterdir() if path.suffix.lower() == ".csv")
        named = [(path, split) for path in found if (split := split_of_name(path))]
        if not named:
            raise AnnotationError(
                "The folder holds no CSV that is named by a split.",
                where=str(annotations),
                expected="train.csv, val.csv or test.csv",
                found=", ".join(path.name for path in found) or "no CSV",
            )
        return named
    split = split_of_name(annotations)
    if split is None:
        raise AnnotationError(
            "The name of the file does not tell the split.",
            where=str(annotations),
            expected="train.csv, val.csv or test.csv",
            found=annotations.name,
        )
    return [(annotations, split)]


def vidor_paths(table: Path) -> Mapping[str, str]:
    """Reads where the videos lie in VidOR, from the map beside a table or one folder above.

    Returns:
        Path such as `1164/3238737531` by id of the video; empty where there is no map.

    Raises:
        AnnotationError: The map cannot be read.
    """
    for path in (table.parent / MAP, table.parent.parent / MAP):
        if path.is_file():
            return side_table(path, str)
    return {}


def video_path(video: str, paths: Mapping[str, str], videos: VideoRoot | None) -> str:
    """Returns where the file of a video is, or the place it has in the official archive."""
    place = paths.get(video)
    found = videos.find(*_candidates(video, place)) if videos else None
    return found or (f"NExTVideo/{place}.mp4" if place else f"{video}.mp4")


def _candidates(video: str, place: str | None) -> Iterator[str]:
    for name in (place, video):
        if name:
            yield f"NExTVideo/{name}"
            yield name
            yield f"videos/{name}"
