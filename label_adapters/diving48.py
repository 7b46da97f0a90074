"""Diving48: dives of competitions in 48 classes, each a take-off, somersaults, twists and a position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import msgspec

from label_adapters.dives import dive_in_words, turns_in_words
from label_adapters.json_files import list_entries, record_of
from label_adapters.rows import malformed
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split

_VOCABULARY = "Diving48_vocab.json"
_POSITIONS = {"STR": "straight", "PIKE": "pike", "TUCK": "tuck", "FREE": "free"}
_TURNS = re.compile(r"([0-9])(5?)(som|Twis)", re.IGNORECASE)
_FOLDERS = ("rgb/", "", "videos/", "train/", "test/", "val/")


class _Row(msgspec.Struct):
    vid_name: str
    label: int
    start_frame: int | None = None
    end_frame: int | None = None


class _Dive(NamedTuple):
    """A class of the vocabulary: its label, and its attributes in words."""

    label: ClassLabel
    attributes: dict[str, str]


class Diving48(LabelAdapter, frozen=True):
    """Diving48: about 18,000 dives of competitions in 48 classes that differ in take-off, turns and position.

    Annotations: a folder with `Diving48_V2_train.json`, `Diving48_V2_test.json` and `Diving48_vocab.json`, or one of
    the first two, the vocabulary beside it; the files of the first version do as well. Each is a list of objects with
    `vid_name`, `label`, `start_frame` and `end_frame`; a row is one of them. The vocabulary is a list of four
    attributes for each class: `["Back", "15som", "05Twis", "FREE"]`. The name of the file tells the split.

    Videos: cut to the dive, `rgb/<vid_name>.mp4`, or in the folder itself, in `videos/`, `train/` or `test/`.

    Labels: `class`, the four attributes in words, as in "back one and a half somersaults with half a twist in free
    position"; the attributes joined by `+` and by `_` are aliases. Each attribute in words goes to the metadata.

    Licence: none was found, for the annotations or for the videos.

    Source: https://www.svcl.ucsd.edu/projects/resound/dataset.html.

    Citation: Li et al., RESOUND: Towards Action Recognition without Representation Bias, 2018 (ECCV).
    """

    name: ClassVar[str] = "diving48"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        f"--annotations: a folder with Diving48_V2_train.json, Diving48_V2_test.json and {_VOCABULARY}\n"
        "--videos: a folder with rgb/<vid_name>.mp4, or with the files in it\n"
        "both from https://www.svcl.ucsd.edu/projects/resound/dataset.html"
    )
    terms: ClassVar[Terms] = Terms(
        citations=(
            Citation(
                ("Yingwei Li", "others"),
                "RESOUND: Towards Action Recognition without Representation Bias",
                "ECCV",
                2018,
            ),
        ),
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each entry of the file, or of each file of a folder in the order of their names."""
        files = [annotations]
        if annotations.is_dir():
            files = [path for path in sorted(annotations.glob("*.json")) if path.name != _VOCABULARY]
            files = [path for path in files if split_of_name(path)]
            # Both versions have the same videos, labelled anew in the second.
            files = [path for path in files if "_V2_" in path.name] or files
        if not files or any(split_of_name(path) is None for path in files):
            raise AnnotationError(
                "These are no annotations of Diving48.",
                where=str(annotations),
                expected="Diving48_V2_train.json or Diving48_V2_test.json: the name tells the split",
                mend=self.needs,
            )
        dives = _dives(files[0].parent / _VOCABULARY, self.needs)
        for path in files:
            split = split_of_name(path)
            assert split is not None
            for number, value in enumerate(list_entries(path), start=1):
                try:
                    row = record_of(value, _Row)
                    yield _clip(row, dives, split, videos)
                except ValueError as problem:
                    yield malformed(path, number, str(problem))


def _clip(row: _Row, dives: list[_Dive], split: Split, videos: VideoRoot | None) -> Clip:
    if not row.vid_name.strip():
        raise ValueError("`vid_name` must not be empty")
    if not 0 <= row.label < len(dives):
        raise ValueError(f"`label` must be the place of one of {len(dives)} classes, from 0, found {row.label}")
    dive = dives[row.label]
    metadata: dict[str, Any] = {"video_id": row.vid_name.rpartition("_")[0] or row.vid_name, **dive.attributes}
    if row.start_frame is not None and row.end_frame is not None:
        metadata |= {"start_frame": row.start_frame, "end_frame": row.end_frame}
    return Clip(
        id=row.vid_name,
        video=(videos.find(*(folder + row.vid_name for folder in _FOLDERS)) if videos else None)
        or f"{_FOLDERS[0]}{row.vid_name}.mp4",
        labels=(dive.label,),
        split=split,
        metadata=metadata,
    )


def _dives(path: Path, needs: str) -> list[_Dive]:
    if not path.is_file():
        raise AnnotationError("The vocabulary of the classes is not there.", where=str(path), mend=needs)
    dives = []
    for number, attributes in enumerate(list_entries(path)):
        dive = _dive(attributes)
        if dive is None:
            raise AnnotationError(
                "The vocabulary has a class that is no dive.",
                where=f"{path}, class {number}",
                expected='four attributes, as ["Back", "15som", "05Twis", "FREE"]',
                found=ascii(attributes)[:200],
            )
        dives.append(dive)
    return dives


def _dive(attributes: Any) -> _Dive | None:
    """Returns a class in words, None where the attributes are not those of a dive."""
    match attributes:
        case [str() as take_off, str() as somersaults, str() as twists, str() as position]:
            pass
        case _:
            return None
    half_somersaults = 1 if somersaults == "Dive" else _halves(somersaults)
    half_twists = 0 if twists == "NoTwis" else _halves(twists)
    if take_off not in ("Forward", "Back", "Reverse", "Inward") or position not in _POSITIONS:
        return None
    if half_somersaults is None or half_twists is None:
        return None
    name = dive_in_words(take_off.lower(), half_somersaults, half_twists, _POSITIONS[position])
    turns, spins = turns_in_words(half_somersaults, "somersault"), turns_in_words(half_twists, "twist")
    if name is None or turns is None or spins is None:
        return None
    return _Dive(
        ClassLabel(name=name, aliases=("+".join(attributes), "_".join(attributes))),
        {"take_off": take_off.lower(), "somersaults": turns, "twists": spins, "position": _POSITIONS[position]},
    )


def _halves(turns: str) -> int | None:
    """Counts half turns: `15som` is one and a half somersaults, `2Twis` two twists."""
    found = _TURNS.fullmatch(turns)
    return 2 * int(found[1]) + bool(found[2]) if found else None
