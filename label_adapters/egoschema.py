"""EgoSchema: one hard question with five choices on each of 5,031 three-minute clips of daily life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.flat_table import flat_rows
from label_adapters.json_files import list_entries, record_of
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from label_adapters.side_tables import side_table
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_QUESTIONS, _ANSWERS, _SOURCES = "questions.json", "subset_answers.json", "uid_to_ego4d.json"
_TABLE = "EgoSchema.csv"


class _Question(msgspec.Struct):
    q_uid: str
    question: str
    option_0: str = msgspec.field(name="option 0")
    option_1: str = msgspec.field(name="option 1")
    option_2: str = msgspec.field(name="option 2")
    option_3: str = msgspec.field(name="option 3")
    option_4: str = msgspec.field(name="option 4")

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(
            text.strip() for text in (self.option_0, self.option_1, self.option_2, self.option_3, self.option_4)
        )


class _Source(msgspec.Struct):
    video_uid: str
    starting_sec: float | None = None
    ending_sec: float | None = None


class EgoSchema(LabelAdapter):
    """EgoSchema: long clips seen through the eyes of the person acting, each with one question and five choices.

    Annotations: `questions.json`, a list of `{q_uid, question, "option 0" ... "option 4"}`, with `subset_answers.json`
    beside: an object that has for 500 of the 5,031 questions the index of the right option. A folder with both will do.
    Or `EgoSchema.csv` of IG-VLM, which has these 500 with columns `video_name,question_id,question,answer,a0` to `a4`.
    A row is a question. One without a public answer is `unsupported_label`. Where `uid_to_ego4d.json` lies beside, the
    video of Ego4D and the seconds in it go to the metadata.

    Videos: `<q_uid>.mp4` in the folder or in `videos/` or `good_clips_git/`; the whole file is the clip.

    Labels: one `qa` with its five choices, worded as published: "c" is the person who wears the camera. Choices that
    occur twice stay.

    Licence: none found in its repository, and the answers to the rest are kept back by its authors; the videos are of
    Ego4D, whose agreement forbids passing them on.

    Source: https://github.com/egoschema/EgoSchema

    Citation: Mangalam, Akshulakov and Malik, EgoSchema: A Diagnostic Benchmark for Very Long-form Video Language
    Understanding, 2023 (arXiv:2308.09126).
    """

    name: ClassVar[str] = "egoschema"
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: questions.json with subset_answers.json beside (or EgoSchema.csv of IG-VLM)\n"
        "--videos: the folder with <q_uid>.mp4\n"
        "both from https://github.com/egoschema/EgoSchema"
    )
    terms: ClassVar[Terms] = Terms(
        videos=Rights("Ego4D agreement: no redistribution", Redistribution.FORBIDDEN),
        citations=(
            Citation(
                ("Karttikeya Mangalam", "Raiymbek Akshulakov", "Jitendra Malik"),
                "EgoSchema: A Diagnostic Benchmark for Very Long-form Video Language Understanding",
                "arXiv:2308.09126",
                2023,
            ),
        ),
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question that has a public answer."""
        path = _file(annotations)
        origins = path.parent / _SOURCES
        sources: Mapping[str, _Source] = side_table(origins, _Source) if origins.is_file() else {}
        rows = _of_table(path) if path.suffix.lower() == ".csv" else _of_json(path)
        for row in rows:
            if isinstance(row, Skipped):
                yield row
                continue
            uid, label = row
            found = videos.find(uid, f"videos/{uid}", f"good_clips_git/{uid}") if videos else None
            metadata: dict[str, Any] = {"video_id": uid}
            if source := sources.get(uid):
                metadata = {
                    "video_id": source.video_uid,
                    "time_start": source.starting_sec,
                    "time_end": source.ending_sec,
                }
            yield Clip(
                id=uid,
                video=found or f"{uid}.mp4",
                labels=(label,),
                split=Split.TEST,
                metadata=metadata,
            )


def _file(annotations: Path) -> Path:
    if not annotations.is_dir():
        return annotations
    for name in (_QUESTIONS, _TABLE):
        if (annotations / name).is_file():
            return annotations / name
    raise AnnotationError(
        "The folder holds no questions.", where=str(annotations), expected=f"{_QUESTIONS} or {_TABLE}", found="neither"
    )


def _of_table(path: Path) -> Iterator[tuple[str, QALabel] | Skipped]:
    for row in flat_rows(path):
        yield row if isinstance(row, Skipped) else (row.video, row.label)


def _of_json(path: Path) -> Iterator[tuple[str, QALabel] | Skipped]:
    answers = _answers(path.parent / _ANSWERS)
    for number, value in enumerate(list_entries(path), start=1):
        try:
            entry = record_of(value, _Question)
            if not entry.q_uid.strip():
                raise ValueError("`q_uid` must not be empty")
            if entry.q_uid not in answers:
                yield unsupported(path, number, "the question has no public answer", entry.q_uid)
                continue
            place = answers[entry.q_uid]
            if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(entry.options):
                raise ValueError(f"an answer from 0 to {len(entry.options) - 1} is expected, found {place!r}")
            label = QALabel(question=as_question(entry.question), answer=entry.options[place], choices=entry.options)
        except ValueError as problem:
            yield malformed(path, number, str(problem))
            continue
        yield entry.q_uid, label


def _answers(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise AnnotationError(
            "The answers are not there.",
            where=str(path),
            expected=f"{_ANSWERS} beside {_QUESTIONS}",
            mend="take it from https://github.com/egoschema/EgoSchema",
        )
    return side_table(path)
