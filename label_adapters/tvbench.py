"""TVBench: ten tasks whose answers need the order of events, not a single frame."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.candidate_files import Task, candidate_clips, task_files
from label_adapters.question_text import as_question, without_options
from label_adapters.rows import malformed, unsupported
from label_adapters.source_ids import source_id
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_LICENSE = "CC-BY-4.0"
_ROOTS = ("", "video/", "videos/")
_WINDOWED = ("action_localization", "action_sequence")
_DATASETS = {
    "action_antonym": "NTU RGB+D",
    "action_count": "Perception Test",
    "action_localization": "Charades",
    "action_sequence": "Charades",
    "egocentric_sequence": "Chemical Sequence Verification",
    "moving_direction": "CLEVRER",
    "object_count": "CLEVRER",
    "object_shuffle": "Perception Test",
    "scene_transition": "MoVQA",
    "unexpected_action": "FunQA",
}
TASKS = {name: Task(dataset, (name,), window=name in _WINDOWED) for name, dataset in _DATASETS.items()}
"""The tasks by the names of their folders, with the datasets that their videos are from."""


class _Video(msgspec.Struct):
    start_time: float | None = None
    end_time: float | None = None


class _Part(msgspec.Struct):
    type: str
    text: str = ""
    reference: str | None = None
    video: _Video | None = None


class _Message(msgspec.Struct):
    role: str
    content: list[_Part]


class _Line(msgspec.Struct):
    messages: list[_Message]
    idx: int
    vid: str


_LINES = msgspec.json.Decoder(_Line)


class TVBench(LabelAdapter):
    """TVBench: ten tasks on direction, order, counts and moments, which a single frame does not answer.

    Annotations: `TVBench.jsonl` as Tarsier has it. A line is a question as a chat: `messages` with the question and its
    options (`(A) ...`) in one text of the user, and the right letter as `reference` in the answer; `vid` is the path of
    the video, `idx` the number of the question. Or the folder `json/` of the home page, or one of its files: for each
    task a list of `{video, question, candidates, answer}`, with `start` and `end` in seconds for action_localization
    and action_sequence. A row is a question. One without a reference is `unsupported_label`.

    Videos: `<task>/<file>` in the folder or in `video/` or `videos/`, such as `moving_direction/video_10000.mp4`. The
    clip is the window where one is given, else the whole file. Tarsier's file gives none: action_localization and
    action_sequence are asked there of whole files, and only the home page's files name their windows.

    Labels: one `qa` with its options. Options that occur twice stay.

    Licence: CC BY 4.0; the videos keep the terms of the datasets that they are from, which the metadata name.

    Source: https://huggingface.co/datasets/FunAILab/TVBench, https://github.com/bytedance/tarsier (the chats)

    Citation: Cores, Dorkenwald, Mucientes, Snoek and Asano, TVBench: Redesigning Video-Language Evaluation, 2024
    (arXiv:2410.07752).
    """

    name: ClassVar[str] = "tvbench"
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: TVBench.jsonl of https://github.com/bytedance/tarsier, or the folder json/ of the home page\n"
        "--videos: the folder with <task>/<file>\n"
        "from https://huggingface.co/datasets/FunAILab/TVBench"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Daniel Cores", "Michael Dorkenwald", "Manuel Mucientes", "Cees G. M. Snoek", "Yuki M. Asano"),
                "TVBench: Redesigning Video-Language Evaluation",
                "arXiv:2410.07752",
                2024,
            ),
        ),
        url="https://huggingface.co/datasets/FunAILab/TVBench",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question."""
        chats = annotations / "TVBench.jsonl"
        if annotations.is_dir() and chats.is_file():
            annotations = chats
        if annotations.is_file() and annotations.suffix.lower() != ".json":
            yield from _of_chats(annotations, videos)
            return
        for path, name in task_files(annotations, TASKS):
            yield from candidate_clips(path, name, TASKS[name], videos, _ROOTS, _LICENSE)


def _of_chats(path: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    rows = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                rows += 1
                yield _clip(path, number, line, videos)
    if not rows:
        raise AnnotationError("The file holds no questions.", where=str(path), expected="one JSON object a line")


def _clip(path: Path, number: int, line: bytes, videos: VideoRoot | None) -> Clip | Skipped:
    video = None
    try:
        row = _LINES.decode(line)
        video = row.vid
        parts = {role: _parts(row, role) for role in ("user", "assistant")}
        question, options = without_options("\n".join(part.text for part in parts["user"] if part.type == "text"))
        letter = next((part.reference for part in parts["assistant"] if part.reference), None)
        if letter is None:
            return unsupported(path, number, "the question has no reference", video)
        choice = next((option.text for option in options if option.mark == letter), None)
        if choice is None:
            marks = ", ".join(option.mark for option in options) or "no options"
            raise ValueError(f"the reference must be the letter of an option, found {letter!r} and {marks}")
        label = QALabel(
            question=as_question(question.removeprefix("Question:")),
            answer=choice,
            choices=tuple(option.text for option in options),
        )
        window = next((part.video for part in parts["user"] if part.video is not None), _Video())
        task = row.vid.rpartition("/")[0]
        metadata: dict[str, Any] = {"video_id": source_id(row.vid)}
        if task:
            metadata["task"] = task
        if task in _DATASETS:
            metadata["video_dataset"] = _DATASETS[task]
        return Clip(
            id=f"{task}/{row.idx}" if task else str(row.idx),
            video=(videos.find(*(root + row.vid for root in _ROOTS)) if videos else None) or row.vid,
            labels=(label,),
            start=window.start_time,
            end=_end(window),
            split=Split.TEST,
            license=_LICENSE,
            metadata=metadata,
        )
    except (ValueError, RecursionError) as problem:
        return malformed(path, number, str(problem), video)


def _parts(row: _Line, role: str) -> list[_Part]:
    return [part for message in row.messages if message.role == role for part in message.content]


def _end(window: _Video) -> float | None:
    """Returns the end of a window; Tarsier writes -1 where it is the end of the file."""
    end = window.end_time
    return None if end is not None and math.isfinite(end) and end < 0 else end
