"""Kinetics-400, -600, -700 and -700-2020: one human action for each clip of about ten seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from vstar_data.adapters import LabelAdapter, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split

_LICENSE = "CC-BY-4.0"
_ID = re.compile(r"[A-Za-z0-9_-]+")
_FOLDERS = {
    Split.TRAIN: ("train", "videos_train"),
    Split.VALIDATION: ("val", "validate", "validation", "valid", "videos_val"),
    Split.TEST: ("test", "videos_test"),
}


class Kinetics(LabelAdapter):
    """Kinetics-400, -600, -700 and -700-2020: YouTube clips of about ten seconds, each with one human action.

    Annotations: a CSV with the header `label,youtube_id,time_start,time_end,split` (`is_cc` may follow), or a
    folder of such files (`train.csv`, `validate.csv` or `val.csv`, `test.csv`). The test files that come without
    labels give no clips; each of their rows is recorded as `unsupported_label`.

    Videos: cut to the clip, named `<youtube_id>_<start>_<end>.mp4` with six-digit seconds; .mkv, .webm and other
    suffixes do. They lie in the folder itself, in `<split>/`, in `<class>/` or in `<split>/<class>/`; class
    folders are spelled with spaces or with underscores.

    Labels: `class`, as the CSV spells it. The times in the YouTube video go to the metadata.

    Licence: annotations CC BY 4.0 (Google); the videos belong to those who uploaded them.

    Source: https://github.com/cvdfoundation/kinetics-dataset (videos and CSVs),
    https://deepmind.google/research/open-source/kinetics (CSVs).

    Citation: Kay et al., The Kinetics Human Action Video Dataset, 2017 (arXiv:1705.06950); Carreira et al., A Short
    Note about Kinetics-600, 2018 (arXiv:1808.01340); Carreira et al., A Short Note on the Kinetics-700 Human Action
    Dataset, 2019 (arXiv:1907.06987); Smaira et al., A Short Note on the Kinetics-700-2020 Human Action Dataset, 2020
    (arXiv:2010.10864).
    """

    name: ClassVar[str] = "kinetics"
    needs: ClassVar[str] = (
        "--annotations: train.csv, or a folder with train.csv, val.csv (validate.csv), test.csv\n"
        "--videos: a folder with <youtube_id>_<start>_<end>.mp4 in it, in <split>/, <class>/ or <split>/<class>/\n"
        "both from https://github.com/cvdfoundation/kinetics-dataset"
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each row of the CSV, or of each CSV of a folder in the order of their names."""
        files = [annotations]
        if annotations.is_dir():
            # A list of the classes often lies beside: where names tell the split, only these files are read.
            tables = sorted(path for path in annotations.iterdir() if path.suffix.lower() in (".csv", ".txt"))
            files = [path for path in tables if split_of_name(path)]
            files = files or [path for path in tables if path.suffix.lower() == ".csv"]
            if not files:
                raise AnnotationError(
                    "The folder holds no CSV.", where=str(annotations), expected="train.csv or its kin"
                )
        headers = [_header(path) for path in files]
        for path, header in zip(files, headers, strict=True):
            yield from _clips_of(path, header, videos)


def _header(path: Path) -> list[str]:
    header = read_header(path)
    check_columns(("youtube_id", "time_start", "time_end"), header, path)
    if "split" not in header and split_of_name(path) is None:
        check_columns(("split",), header, path)
    return header


def _clips_of(path: Path, header: list[str], videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    at = {name: position for position, name in enumerate(header)}
    id_at, start_at, end_at = at["youtube_id"], at["time_start"], at["time_end"]
    label_at, split_at = at.get("label"), at.get("split")
    file_split = split_of_name(path)
    splits: dict[str, Split] = {}
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        youtube_id, start, end = cells[id_at], _seconds(cells[start_at]), _seconds(cells[end_at])
        if not _ID.fullmatch(youtube_id):
            yield malformed(path, line, f"youtube_id must be letters, digits, - and _, found {youtube_id!r}")
            continue
        if start is None or end is None or start >= end:
            found = f"{cells[start_at]!r} and {cells[end_at]!r}"
            yield malformed(path, line, f"time_start and time_end must be whole seconds in order, found {found}")
            continue
        name = f"{youtube_id}_{start:06d}_{end:06d}"
        split = file_split
        if split_at is not None:
            split = splits.get(cells[split_at])
            if split is None:
                try:
                    split = splits[cells[split_at]] = split_named(cells[split_at])
                except AnnotationError as problem:
                    yield malformed(path, line, f"no split is called {problem.found}", name)
                    continue
        assert split is not None
        label = cells[label_at].strip() if label_at is not None else ""
        if not label:
            detail = "the file has no column `label`" if label_at is None else "the label is empty"
            yield unsupported(path, line, detail, name)
            continue
        yield Clip(
            id=name,
            video=(videos.find(*_candidates(name, split, label)) if videos else None) or f"{name}.mp4",
            labels=(ClassLabel(name=label),),
            split=split,
            license=_LICENSE,
            metadata={"youtube_id": youtube_id, "time_start": start, "time_end": end},
        )


def _candidates(name: str, split: Split, label: str) -> Iterator[str]:
    classes = dict.fromkeys((label, label.replace(" ", "_")))
    folders = _FOLDERS[split]
    yield name
    yield from (f"{folder}/{name}" for folder in folders)
    yield from (f"{each}/{name}" for each in classes)
    yield from (f"{folder}/{each}/{name}" for folder in folders for each in classes)


def _seconds(cell: str) -> int | None:
    """Reads whole seconds; mirrors write 84 and, seldom, 84.0."""
    digits, _, rest = cell.strip().partition(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or rest.strip("0"):
        return None
    return int(digits)
