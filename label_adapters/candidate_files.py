"""Reads the form that MVBench brought up and TVBench kept: a JSON list for each task, a question with candidates a row.

Not here: which tasks a benchmark has, and where the videos of each lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from label_adapters.json_files import list_entries, record_of
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from label_adapters.source_ids import cut_window, source_id, stem
from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_Window = tuple[float, float]


class Task(NamedTuple):
    """Where the videos of a task are from, and how they lie on disk.

    Attributes:
        dataset: The dataset that they are from.
        folders: The folders that they may lie in, the official one first.
        window: Whether a question is on a window of its video.
        frames: The frame rate, where the videos are folders of frames.
    """

    dataset: str
    folders: tuple[str, ...]
    window: bool = False
    frames: float | None = None


class _Row(msgspec.Struct):
    video: str
    question: str
    candidates: list[str | int | float]
    answer: str | int | float | None = None
    start: float | None = None
    end: float | None = None
    accurate_start: float | None = None
    accurate_end: float | None = None
    bound: list[float] | bool | None = None


def task_files(annotations: Path, tasks: Mapping[str, Task]) -> list[tuple[Path, str]]:
    """Returns the file, or those of a folder or of its folder `json` in the order of their names, each with its task.

    Raises:
        AnnotationError: A file is named by no task, or the folder holds none that is.
    """
    expected = f"<task>.json, the task being one of {', '.join(sorted(tasks))}"
    if annotations.is_file():
        if annotations.stem not in tasks:
            raise AnnotationError(
                "The name of the file is not that of a task.",
                where=str(annotations),
                expected=expected,
                found=annotations.name,
            )
        return [(annotations, annotations.stem)]
    for folder in (annotations, annotations / "json"):
        if found := sorted(path for path in folder.glob("*.json") if path.stem in tasks):
            return [(path, path.stem) for path in found]
    raise AnnotationError("The folder holds no questions.", where=str(annotations), expected=expected, found="none")


def candidate_clips(
    path: Path, name: str, task: Task, videos: VideoRoot | None, roots: tuple[str, ...], license: str
) -> Iterator[Clip | Skipped]:
    """Yields a clip for each question of a task's file.

    Args:
        path: The file.
        name: The task.
        task: Where its videos are.
        videos: The videos, where they are at hand.
        roots: What may stand before the folders of the tasks on disk: `""`, `video/`.
        license: That of the annotations.

    Raises:
        AnnotationError: The file is no list of such questions.
    """
    for number, value in enumerate(list_entries(path)):
        try:
            row = record_of(value, _Row)
            if not row.video.strip():
                raise ValueError("`video` must not be empty")
            if not row.candidates:
                raise ValueError("`candidates` must not be empty")
            if row.answer is None:
                yield unsupported(path, number + 1, "the question has no answer", row.video)
                continue
            label = QALabel(
                question=as_question(row.question),
                answer=str(row.answer).strip(),
                choices=tuple(str(candidate).strip() for candidate in row.candidates),
            )
            window = _window(row) if task.window else None
        except ValueError as problem:
            yield malformed(path, number + 1, str(problem))
            continue
        metadata: dict[str, Any] = {"video_id": source_id(row.video), "video_dataset": task.dataset, "task": name}
        video, is_cut = _video(row.video, window, task, videos, roots)
        if is_cut and (cut := window or cut_window(video)):
            window = None
            metadata["time_start"], metadata["time_end"] = cut
        yield Clip(
            id=f"{name}/{number}",
            video=video,
            labels=(label,),
            start=window[0] if window else None,
            end=window[1] if window else None,
            fps=task.frames if stem(video) == video.rpartition("/")[2] else None,
            split=Split.TEST,
            license=license,
            metadata=metadata,
        )


def _window(row: _Row) -> _Window | None:
    """Returns the window of a question: the first that is one, as a row of MVBench has an end that is its start."""
    bound = row.bound if isinstance(row.bound, list) else []
    given = [(row.start, row.end), (row.accurate_start, row.accurate_end), tuple(bound)]
    for each in given:
        match each:
            case (int() | float() as start, int() | float() as end) if 0 <= start < end and math.isfinite(end):
                return start, end
    if any(each not in ((), (None, None)) for each in given):
        found = ", ".join(str(list(each)) for each in given if each not in ((), (None, None)))
        raise ValueError(f"a window needs 0 <= start < end, found {found}")
    return None


def _video(
    name: str, window: _Window | None, task: Task, videos: VideoRoot | None, roots: tuple[str, ...]
) -> tuple[str, bool]:
    """Returns where a video is or should be, and whether the file holds the window of the question alone."""
    named_cut = task.window and cut_window(name) is not None
    usual = f"{task.folders[0]}/{name}"
    if videos is None:
        return usual, named_cut
    plain = stem(name)
    # Copies differ in suffix: .webm and .avi were written anew as .mp4.
    names = dict.fromkeys((name, f"{name.rpartition('/')[0]}/{plain}".lstrip("/")))
    places = [f"{root}{folder}/" for folder in task.folders for root in roots]
    if found := videos.find(*(place + each for place in places for each in names)):
        return found, named_cut
    if window is not None:
        cut = f"{plain}_{window[0]}_{window[1]}"
        if found := videos.find(*(place + cut for place in places)):
            return found, True
    return usual, named_cut
