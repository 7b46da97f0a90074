"""Reads what STAR publishes: the questions, the lists of classes, frame rates, videos with several people.

Side files are looked for beside the questions, in the folders that the archives unpack to, and one folder above. Not
here: what becomes of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from label_adapters.charades_words import class_names, code_pairs
from label_adapters.json_files import first_character, list_entries, object_entries, record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.side_tables import side_table
from label_adapters.source_ids import stem
from label_adapters.split_names import split_of_name
from vstar_data.errors import AnnotationError
from vstar_data.records import Skipped, Split

_FOLDERS = (
    "",
    "STAR_classes",
    "STAR_classes/STAR_classes",
    "classes",
    "annotations",
    "annotations/STAR_classes",
    "annotations/generation_annotations",
    "generation_annotations",
)
_ORDER = (Split.TRAIN, Split.VALIDATION, Split.TEST)


class Choice(msgspec.Struct):
    """One choice of a question."""

    choice: str


class Situation(msgspec.Struct):
    """What one keyframe shows, in codes: `rel_pairs` and `rel_labels` are parallel, `bbox` and `bbox_labels` too."""

    rel_pairs: list[tuple[str, str]] = []
    rel_labels: list[str] = []
    actions: list[str] = []
    bbox: list[list[float] | None] = []
    bbox_labels: list[str | None] = []


class StarQuestion(msgspec.Struct):
    """One record: a question on a window of a video, in seconds; what the keyframes show, by number of the frame."""

    question_id: str
    question: str
    video_id: str
    start: float
    end: float
    choices: list[Choice]
    answer: str | None = None
    situations: Any = None


def situations_of(question: StarQuestion) -> tuple[dict[str, Situation], int]:
    """Returns what the keyframes of a question show, by number of the frame, and how many cannot be read."""
    entries = question.situations if isinstance(question.situations, dict) else {}
    found: dict[str, Situation] = {}
    for keyframe, entry in entries.items():
        try:
            found[str(keyframe)] = record_of(entry, Situation)
        except ValueError:
            continue
    return found, len(entries) - len(found)


@dataclass(frozen=True)
class SideFiles:
    """What lies beside the questions; empty where it does not.

    Attributes:
        actions: Names of actions in words by code.
        objects: Names of things in words by code.
        relations: Relations in words by code.
        verbs: Verbs by code.
        parts: For each action the codes of its verb and its object.
        rates: Native frames a second by id of the video.
        several_people: Ids of videos in which more than one person can be seen.
    """

    actions: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    several_people: frozenset[str] = frozenset()


def question_files(annotations: Path) -> list[tuple[Path, Split | None]]:
    """Returns the files of questions with the split that the name of each tells; of a folder, `STAR_train.json` first.

    Raises:
        AnnotationError: The folder holds none.
    """
    if not annotations.is_dir():
        return [(annotations, split_of_name(annotations))]
    for pattern in ("STAR_*.json", "*/STAR_*.json"):
        found = {path: split for path in sorted(annotations.glob(pattern)) if (split := split_of_name(path))}
        if found:
            return sorted(found.items(), key=lambda each: _ORDER.index(each[1]))
    raise AnnotationError(
        "The folder holds no questions.", where=str(annotations), expected="STAR_train.json, STAR_val.json"
    )


def questions_of(path: Path) -> Iterator[tuple[int, StarQuestion] | Skipped]:
    """Yields each question that has an answer with its place in the file, or why it cannot be asked.

    Raises:
        AnnotationError: The file holds no list of questions, nor a single one.
    """
    for number, value in enumerate(_entries(path), start=1):
        try:
            question = record_of(value, StarQuestion)
            if not question.answer or not question.answer.strip():
                yield unsupported(path, number, "the question has no answer", question.video_id)
                continue
            if not question.video_id.strip():
                raise ValueError("`video_id` must not be empty")
            if not 0 <= question.start < question.end < math.inf:
                raise ValueError(f"0 <= start < end is expected, found {question.start} and {question.end}")
        except ValueError as problem:
            yield malformed(path, number, str(problem))
            continue
        yield number, question


def side_files(annotations: Path) -> SideFiles:
    """Reads what lies beside the questions.

    Raises:
        AnnotationError: A file is there but cannot be read.
    """
    beside = annotations if annotations.is_dir() else annotations.parent
    lists = {
        kind: class_names(path, letter) if (path := _side_file(beside, f"{name}_classes.txt")) else {}
        for kind, name, letter in (
            ("actions", "action", "a"),
            ("objects", "object", "o"),
            ("relations", "relationship", "r"),
            ("verbs", "verb", "v"),
        )
    }
    mapping = _side_file(beside, "action_mapping.txt")
    rates = _side_file(beside, "video_fps.json", "video_fps*.json", "video_fps", "video_fps.pkl", "video_fps.pickle")
    people = _side_file(beside, "multi_person_video_id.json")
    return SideFiles(
        **lists,
        parts=code_pairs(mapping) if mapping else {},
        rates=_rates(rates) if rates else {},
        several_people=_ids(people) if people else frozenset(),
    )


def _entries(path: Path) -> Iterator[Any]:
    if first_character(path) != "{":
        yield from list_entries(path)
        return
    known = StarQuestion.__struct_fields__
    entry = {key: value for key, value in object_entries(path) if key in known}
    if "question_id" not in entry:
        raise AnnotationError(
            "The file holds JSON of another form.",
            where=str(path),
            expected="a list of questions, or one question with a question_id",
            found="an object without question_id",
        )
    yield entry


def _side_file(beside: Path, *patterns: str) -> Path | None:
    folders = [base / each for base in (beside, beside.parent) for each in _FOLDERS]
    found = (path for pattern in patterns for folder in folders for path in sorted(folder.glob(pattern)))
    return next(found, None)


def _rates(path: Path) -> dict[str, float]:
    table: Any
    if path.suffix == ".json":
        table = side_table(path, float)
    else:
        from label_adapters.pickles import read_pickle

        table = read_pickle(path)
    rates: dict[str, float] = {}
    for name, rate in table.items() if isinstance(table, dict) else ():
        if not isinstance(name, str) or not isinstance(rate, float | int) or not 0 < rate < math.inf:
            raise AnnotationError(
                "A video has no frame rate.",
                where=str(path),
                expected="a name such as WBS4I.mp4 with frames a second above 0",
                found=f"{name!r}: {rate!r}",
            )
        rates[stem(name)] = float(rate)
    if not rates:
        raise AnnotationError("The file holds no frame rates.", where=str(path), expected="a rate for each video")
    return rates


def _ids(path: Path) -> frozenset[str]:
    try:
        return frozenset(msgspec.json.decode(path.read_bytes(), type=list[str]))
    except (ValueError, RecursionError) as problem:
        raise AnnotationError(
            "The list of videos cannot be read.", where=str(path), expected="a JSON list of ids", found=str(problem)
        ) from None
