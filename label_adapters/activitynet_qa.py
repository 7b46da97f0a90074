"""ActivityNet-QA: short questions with free answers on untrimmed YouTube videos, ten to a video."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.activitynet_videos import video_path, youtube_id
from label_adapters.json_files import list_entries, record_of
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_TYPES = (
    "motion",
    "spatial relationship",
    "temporal relationship",
    "yes or no",
    "color",
    "object",
    "location",
    "number",
    "other",
)


class _Question(msgspec.Struct):
    video_name: str
    question: str
    question_id: str


class _Answer(msgspec.Struct):
    question_id: str
    answer: str | int | float
    type: int | None = None


class ActivityNetQA(LabelAdapter):
    """ActivityNet-QA: 58,000 short questions with free answers on 5,800 untrimmed videos of ActivityNet.

    Annotations: `{train,val,test}_q.json`, lists of `{video_name, question, question_id}`, each with the answers
    beside it in `{train,val,test}_a.json`, lists of `{question_id, answer, type}`. Either file of a pair will do, or a
    folder with pairs. A row is a question. One without an answer is `unsupported_label`, one with two that differ is
    `malformed_row`; answers to no question are no rows.

    Videos: `v_<video_name>.mp4` (.mkv, .webm), or without `v_`, in the folder itself, in `videos/`, in a folder for
    each split or in `v1-3/train_val/`. The whole file is the clip.

    Labels: one `qa` for each question, without choices, also where the answer is yes or no. The questions are
    published in small letters without a question mark; these are added, and the question as published is kept in the
    metadata, with its type as a number and in words.

    Licence: annotations Apache-2.0, though their README speaks of MIT and of non-commercial use; the videos belong to
    those who uploaded them.

    Source: https://github.com/MILVLG/activitynet-qa

    Citation: Yu, Xu, Yu, Yu, Zhao, Zhuang and Tao, ActivityNet-QA: A Dataset for Understanding Complex Web Videos via
    Question Answering, 2019 (arXiv:1906.02467).
    """

    name: ClassVar[str] = "activitynet_qa"
    needs: ClassVar[str] = (
        "--annotations: train_q.json with train_a.json beside it (val, test likewise), or the folder\n"
        "--videos: a folder with v_<video_name>.mp4 (.mkv, .webm) in it, in <split>/ or in v1-3/train_val/\n"
        "annotations from https://github.com/MILVLG/activitynet-qa, videos from http://activity-net.org/download.html"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("Apache-2.0", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Zhou Yu", "Dejing Xu", "Jun Yu", "Ting Yu", "Zhou Zhao", "Yueting Zhuang", "Dacheng Tao"),
                "ActivityNet-QA: A Dataset for Understanding Complex Web Videos via Question Answering",
                "arXiv:1906.02467",
                2019,
            ),
        ),
        url="https://github.com/MILVLG/activitynet-qa",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question, file by file."""
        for questions, answers, split in _pairs(annotations):
            known = _answers(answers)
            for number, value in enumerate(list_entries(questions), start=1):
                yield _clip(questions, number, value, known, split, videos)


def _pairs(annotations: Path) -> list[tuple[Path, Path, Split]]:
    files = [annotations]
    if annotations.is_dir():
        files = sorted(annotations.glob("*_q.json"))
    pairs = []
    for path in files:
        name, mark, kind = path.stem.rpartition("_")
        if not mark or kind not in ("q", "a") or (split := split_of_name(path)) is None:
            break
        questions, answers = (path.with_name(f"{name}_{letter}{path.suffix}") for letter in "qa")
        for partner in (questions, answers):
            if not partner.is_file():
                raise AnnotationError(
                    "The questions and their answers are two files, and one is missing.",
                    where=str(partner),
                    expected=f"{questions.name} and {answers.name} beside one another",
                    mend="take it from https://github.com/MILVLG/activitynet-qa",
                )
        pairs.append((questions, answers, split))
    if len(pairs) != len(files) or not pairs:
        raise AnnotationError(
            "The name of the file tells neither its split nor its kind." if files else "The folder holds no questions.",
            where=str(annotations),
            expected="train_q.json, val_q.json or test_q.json, each with its answers in train_a.json ...",
            found=", ".join(path.name for path in files) or "none",
        )
    return pairs


def _answers(path: Path) -> dict[str, _Answer | str]:
    """Returns the answer to each question by its id, or what is wrong with it."""
    answers: dict[str, _Answer | str] = {}
    for value in list_entries(path):
        try:
            answer = record_of(value, _Answer)
        except ValueError as problem:
            if isinstance(value, dict) and isinstance(value.get("question_id"), str):
                answers[value["question_id"]] = str(problem)
            continue
        other = answers.setdefault(answer.question_id, answer)
        if isinstance(other, _Answer) and other.answer != answer.answer:
            answers[answer.question_id] = f"found two answers, {other.answer!r} and {answer.answer!r}"
    return answers


def _clip(
    path: Path,
    row: int,
    value: Any,
    answers: Mapping[str, _Answer | str],
    split: Split,
    videos: VideoRoot | None,
) -> Clip | Skipped:
    try:
        entry = record_of(value, _Question)
        if not entry.video_name.strip():
            raise ValueError("`video_name` must not be empty")
        answer = answers.get(entry.question_id)
        if answer is None:
            return unsupported(path, row, f"there is no answer to {entry.question_id!r}", entry.video_name)
        if isinstance(answer, str):
            return malformed(path, row, f"the answer to {entry.question_id!r}: {answer}", entry.video_name)
        question = " ".join(entry.question.split()).rstrip(" .")
        label = QALabel(question=as_question(question), answer=" ".join(str(answer.answer).split()))
        video_id = youtube_id(entry.video_name)
        metadata: dict[str, Any] = {"video_id": video_id, "question": entry.question}
        if answer.type is not None:
            metadata["type"] = answer.type
            if 0 <= answer.type < len(_TYPES):
                metadata["type_name"] = _TYPES[answer.type]
        return Clip(
            id=entry.question_id,
            video=video_path(video_id, videos),
            labels=(label,),
            split=split,
            license="Apache-2.0",
            metadata=metadata,
        )
    except ValueError as problem:
        return malformed(path, row, str(problem))
