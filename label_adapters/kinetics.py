"""Kinetics-400, -600, -700 and -700-2020: one human action for each clip of about ten seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec

from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.json_files import object_entries, record_of
from label_adapters.kinetics_clips import LICENSE, KineticsClips
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped


class _Annotation(msgspec.Struct):
    segment: tuple[float, float]
    label: str | None = None


class _Entry(msgspec.Struct):
    annotations: _Annotation | None = None
    subset: str | None = None


class Kinetics(LabelAdapter):
    """Kinetics-400, -600, -700 and -700-2020: YouTube clips of about ten seconds, each with one human action.

    Annotations: a CSV with the header `label,youtube_id,time_start,time_end,split` (`is_cc` may follow), or the same
    in JSON, an object `{"<youtube_id>": {"annotations": {"label", "segment"}, "subset", ...}}`; or a folder of such
    files (`train.csv`, `validate.csv` or `val.csv`, `test.csv`), where JSON is read if there is no CSV. A row is a
    line, or a video of the JSON. The test files that come without labels give no clips; each of their rows is recorded
    as `unsupported_label`.

    Videos: cut to the clip, named `<youtube_id>_<start>_<end>.mp4` with six-digit seconds; .mkv, .webm and other
    suffixes do. They lie in the folder itself, in `<split>/`, in `<class>/` or in `<split>/<class>/`; class
    folders are spelled with spaces or with underscores.

    Labels: `class`, as the file spells it. The times in the YouTube video go to the metadata.

    Licence: annotations CC BY 4.0 (Google); the videos belong to those who uploaded them.

    Source: https://github.com/cvdfoundation/kinetics-dataset (videos and CSVs),
    https://deepmind.google/research/open-source/kinetics (CSVs and JSON).

    Citation: Kay et al., The Kinetics Human Action Video Dataset, 2017 (arXiv:1705.06950); Carreira et al., A Short
    Note about Kinetics-600, 2018 (arXiv:1808.01340); Carreira et al., A Short Note on the Kinetics-700 Human Action
    Dataset, 2019 (arXiv:1907.06987); Smaira et al., A Short Note on the Kinetics-700-2020 Human Action Dataset, 2020
    (arXiv:2010.10864).
    """

    name: ClassVar[str] = "kinetics"
    needs: ClassVar[str] = (
        "--annotations: train.csv or train.json, or a folder with train.csv, val.csv (validate.csv), test.csv\n"
        "--videos: a folder with <youtube_id>_<start>_<end>.mp4 in it, in <split>/, <class>/ or <split>/<class>/\n"
        "both from https://github.com/cvdfoundation/kinetics-dataset"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(("Will Kay", "others"), "The Kinetics Human Action Video Dataset", "arXiv:1705.06950", 2017),
            Citation(("Joao Carreira", "others"), "A Short Note about Kinetics-600", "arXiv:1808.01340", 2018),
            Citation(
                ("Joao Carreira", "others"),
                "A Short Note on the Kinetics-700 Human Action Dataset",
                "arXiv:1907.06987",
                2019,
            ),
            Citation(
                ("Lucas Smaira", "others"),
                "A Short Note on the Kinetics-700-2020 Human Action Dataset",
                "arXiv:2010.10864",
                2020,
            ),
        ),
        url="https://github.com/cvdfoundation/kinetics-dataset",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each row of the file, or of each file of a folder in the order of their names."""
        files = _files(annotations) if annotations.is_dir() else [annotations]
        # Each table is looked at before the first is read, so that a wrong header shows at once.
        headers = [None if path.suffix.lower() == ".json" else _header(path) for path in files]
        for path, header in zip(files, headers, strict=True):
            if header is None:
                yield from _clips_of_json(path, videos)
            else:
                yield from _clips_of_table(path, header, videos)


def _files(folder: Path) -> list[Path]:
    """Returns the tables of a folder, or the JSON files where there is no table; the archives hold the same in both."""
    for suffixes in ((".csv", ".txt"), (".json",)):
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)
        # A list of the classes often lies beside: where names tell the split, only these files are read.
        named = [path for path in files if split_of_name(path)]
        if found := named or [path for path in files if path.suffix.lower() == suffixes[0]]:
            return found
    raise AnnotationError(
        "The folder holds no CSV and no JSON.", where=str(folder), expected="train.csv, train.json or their kin"
    )


def _header(path: Path) -> list[str]:
    header = read_header(path)
    check_columns(("youtube_id", "time_start", "time_end"), header, path)
    if "split" not in header and split_of_name(path) is None:
        check_columns(("split",), header, path)
    return header


def _clips_of_table(path: Path, header: list[str], videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    at = {name: position for position, name in enumerate(header)}
    id_at, start_at, end_at = at["youtube_id"], at["time_start"], at["time_end"]
    label_at, split_at = at.get("label"), at.get("split")
    file_split = split_of_name(path)
    make = KineticsClips(path, videos).clip
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        split = file_split if split_at is None else cells[split_at]
        assert split is not None
        label = None if label_at is None else cells[label_at]
        yield make(line, cells[id_at], cells[start_at], cells[end_at], split, label)


def _clips_of_json(path: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    file_split = split_of_name(path)
    make = KineticsClips(path, videos).clip
    for key, value in object_entries(path):
        try:
            entry = record_of(value, _Entry)
        except ValueError as problem:
            yield malformed(path, key, str(problem))
            continue
        split = entry.subset or file_split
        if entry.annotations is None:
            yield unsupported(path, key, "the video has no annotations", key)
        elif split is None:
            yield malformed(path, key, "neither `subset` nor the name of the file tells the split", key)
        else:
            yield make(key, key, *entry.annotations.segment, split, entry.annotations.label or "")
