"""COIN: instructional YouTube videos of 180 tasks, with the steps in which each is done."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.camel_case import words_of
from label_adapters.json_files import record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.segments import known_duration, segments_of
from label_adapters.video_database import one_file, video_entries
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Label, SequenceLabel, Skipped

_FOLDERS = ("", "train/", "training/", "val/", "validation/", "test/", "testing/")


class _Step(msgspec.Struct):
    segment: tuple[float, float]
    label: str


class _Video(msgspec.Struct):
    task: str = msgspec.field(name="class")
    subset: str
    duration: float | None = None
    start: float | None = None
    end: float | None = None
    recipe_type: int | str | None = None
    annotation: list[_Step] = []


class Coin(LabelAdapter):
    """COIN: instructional videos of 180 tasks of daily life, with the steps in which each task is done.

    Annotations: `COIN.json`, an object with the videos under `database`, each with `class`, `duration`, `subset`,
    `recipe_type`, the window `start` to `end` in which the task is done, and `annotation` of `{id, label, segment}`. A
    row is a video.

    Videos: `<youtube id>.mp4` (.mkv, .webm) in the folder itself, in `videos/`, in `<recipe_type>/` as the official
    script saves them, in `<class>/` or in a folder for each split. The whole file is the clip, and the times of the
    steps are times of the file; the window of the task goes to the metadata.

    Labels: the task as a `class` in words, as "replace CD drive with SSD" with `ReplaceCDDriveWithSSD` as an alias; a
    `segment` for each step; and where there are two steps or more their `sequence` in the order of their starts,
    repeats included. Ends behind the video's are cut. Steps without length or name are left out and counted in the
    metadata; the sequence, which would lack them, is left out with them.

    Licence: annotations CC BY-NC 4.0; their README allows research only, sharing and changing included. The videos
    belong to those who uploaded them.

    Source: https://github.com/coin-dataset/annotations, https://coin-dataset.github.io

    Citation: Tang, Ding, Rao, Zheng, Zhang, Zhao, Lu and Zhou, COIN: A Large-scale Dataset for Comprehensive
    Instructional Video Analysis, 2019 (arXiv:1903.02874).
    """

    name: ClassVar[str] = "coin"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: COIN.json\n"
        "--videos: a folder with <youtube id>.mp4 in it, in <recipe_type>/, <class>/ or <split>/\n"
        "annotations from https://github.com/coin-dataset/annotations, which also says how to get the videos"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("CC-BY-NC-4.0", Redistribution.ALLOWED),
        citations=(
            Citation(
                (
                    "Yansong Tang",
                    "Dajun Ding",
                    "Yongming Rao",
                    "Yu Zheng",
                    "Danyang Zhang",
                    "Lili Zhao",
                    "Jiwen Lu",
                    "Jie Zhou",
                ),
                "COIN: A Large-scale Dataset for Comprehensive Instructional Video Analysis",
                "arXiv:1903.02874",
                2019,
            ),
        ),
        url="https://github.com/coin-dataset/annotations",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each video."""
        path = one_file(annotations, "[Cc][Oo][Ii][Nn].json")
        for key, value in video_entries(path):
            try:
                yield _clip(path, key, record_of(value, _Video), videos)
            except ValueError as problem:
                yield malformed(path, key, str(problem), key)
            except AnnotationError as problem:
                yield malformed(path, key, f"no split is called {problem.found}", key)


def _clip(path: Path, key: str, entry: _Video, videos: VideoRoot | None) -> Clip | Skipped:
    split = split_named(entry.subset)
    task, published = words_of(entry.task), entry.task.strip()
    if not task:
        return unsupported(path, key, "the class is empty", key)
    labels: list[Label] = [ClassLabel(name=task, aliases=(published,) if published != task else ())]
    steps = segments_of(((" ".join(step.label.split()), *step.segment) for step in entry.annotation), entry.duration)
    left_out = steps.left_out
    if "segment" in left_out:
        left_out["sequence"] = 1
    elif len(steps.labels) > 1:
        labels.append(SequenceLabel(steps=tuple(step.name for step in steps.labels)))
    labels += steps.labels
    metadata: dict[str, Any] = {"video_id": key, "subset": entry.subset}
    facts = {"duration": known_duration(entry.duration), "task_start": entry.start, "task_end": entry.end}
    metadata |= {name: fact for name, fact in facts.items() if fact is not None and math.isfinite(fact)}
    if left_out:
        metadata["left_out"] = left_out
    return Clip(
        id=key,
        video=_path(key, entry, videos),
        labels=tuple(labels),
        split=split,
        license="CC-BY-NC-4.0",
        metadata=metadata,
    )


def _path(key: str, entry: _Video, videos: VideoRoot | None) -> str:
    if videos is not None:
        folders = [*_FOLDERS, *(f"{folder}/" for folder in (entry.recipe_type, entry.task) if folder)]
        places = [*folders, *(f"videos/{folder}" for folder in folders)]
        if found := videos.find(*(f"{place}{key}" for place in places)):
            return found
    return f"{key}.mp4"
