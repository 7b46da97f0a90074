"""ActivityNet v1.3: untrimmed YouTube videos with segments of 200 everyday activities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.activitynet_tsp import table_videos
from label_adapters.activitynet_videos import video_path, youtube_id
from label_adapters.json_files import record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.segments import class_segments, known_duration, none_left
from label_adapters.split_names import split_of_name
from label_adapters.video_database import one_file, video_entries
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Label, Skipped, Split

_MENDED = {
    "Mooping floor": "Mopping floor",
    "Plataform diving": "Platform diving",
    "Playing flauta": "Playing flute",
    "Playing guitarra": "Playing guitar",
    "Polishing forniture": "Polishing furniture",
}


class _Annotation(msgspec.Struct):
    segment: tuple[float, float]
    label: str


class _Video(msgspec.Struct):
    subset: str
    duration: float | None = None
    resolution: str | None = None
    annotations: list[_Annotation] = []


class ActivityNet(LabelAdapter):
    """ActivityNet v1.3: untrimmed videos of 200 everyday activities, with the segments in which they happen.

    Annotations: `activity_net.v1-3.min.json`, an object with the videos under `database`, each with `duration`,
    `subset`, `resolution`, `url` and `annotations` of `{segment, label}`. The same object without `database` does, with
    keys that begin with `v_` (mmaction). So does a CSV of TSP with the columns
    `video-name,t-start,t-end,action-label,video-duration` and a split in its name, such as
    `activitynet_v1-3_valid_tsp_groundtruth.csv`; the lines of a video stand together, and those of regions called "No
    action" are passed over. A row is a video. Those of the subset `testing` have no annotations: they are
    `unsupported_label`. Files of predictions are refused.

    Videos: `v_<id>.mp4` (.mkv, .webm), or without `v_`, in the folder itself, in `videos/`, in a folder for each split
    or in `v1-3/train_val/` and `v1-3/test/`. The whole file is the clip.

    Labels: a `class` for each activity of the video, once, and a `segment` for each annotation. Five names that are
    misspelled or Spanish are mended, as "Playing flauta" is to "Playing flute"; the class has the name as published as
    an alias. Ends behind the video's are cut; segments without length are left out and counted in the metadata.

    Licence: annotations MIT; the videos belong to those who uploaded them.

    Source: http://activity-net.org/download.html, https://github.com/activitynet/ActivityNet

    Citation: Caba Heilbron, Escorcia, Ghanem and Niebles, ActivityNet: A Large-Scale Video Benchmark for Human Activity
    Understanding, 2015 (CVPR).
    """

    name: ClassVar[str] = "activitynet"
    needs: ClassVar[str] = (
        "--annotations: activity_net.v1-3.min.json\n"
        "--videos: a folder with v_<id>.mp4 (.mkv, .webm) in it, in <split>/ or in v1-3/train_val/\n"
        "both from http://activity-net.org/download.html"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("MIT", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Fabian Caba Heilbron", "Victor Escorcia", "Bernard Ghanem", "Juan Carlos Niebles"),
                "ActivityNet: A Large-Scale Video Benchmark for Human Activity Understanding",
                "CVPR",
                2015,
            ),
        ),
        url="https://github.com/activitynet/ActivityNet",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each video."""
        tables = sorted(annotations.glob("*tsp_groundtruth.csv")) if annotations.is_dir() else []
        if tables and not any(annotations.glob("activity_net*.json")):
            for table in tables:
                yield from _clips_of_table(table, videos)
            return
        path = one_file(annotations, "activity_net*.json")
        yield from (_clips_of_table if path.suffix.lower() == ".csv" else _clips_of_database)(path, videos)


def _clips_of_database(path: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    for key, value in video_entries(path):
        try:
            entry = record_of(value, _Video)
            split = split_named(entry.subset)
            if not entry.annotations:
                yield unsupported(path, key, f"a video of the subset {entry.subset!r} without annotations", key)
                continue
            spans = [(one.label.strip(), *one.segment) for one in entry.annotations]
            labels, left_out = class_segments(spans, entry.duration, _words)
            facts = {"duration": known_duration(entry.duration), "subset": entry.subset, "resolution": entry.resolution}
            yield _clip(path, key, key, labels, left_out, split, facts, videos)
        except ValueError as problem:
            yield malformed(path, key, str(problem), key)
        except AnnotationError as problem:
            yield malformed(path, key, f"no split is called {problem.found}", key)


def _clips_of_table(path: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    split = split_of_name(path)
    if split is None:
        raise AnnotationError(
            "The name of the table does not tell its split.",
            where=str(path),
            expected="train, valid or test in the name, as in activitynet_v1-3_valid_tsp_groundtruth.csv",
            mend="rename the file",
        )
    for video in table_videos(path):
        if isinstance(video, Skipped):
            yield video
            continue
        labels, left_out = class_segments(video.spans, video.duration, _words)
        facts = {"duration": known_duration(video.duration)}
        yield _clip(path, video.line, video.name, labels, left_out, split, facts, videos)


def _clip(
    path: Path,
    row: int | str,
    name: str,
    labels: tuple[Label, ...],
    left_out: dict[str, int],
    split: Split,
    facts: dict[str, Any],
    videos: VideoRoot | None,
) -> Clip | Skipped:
    if not labels:
        return unsupported(path, row, none_left(left_out), name)
    video_id = youtube_id(name)
    metadata = {"video_id": video_id, **{key: fact for key, fact in facts.items() if fact is not None}}
    if left_out:
        metadata["left_out"] = left_out
    return Clip(
        id=video_id,
        video=video_path(video_id, videos),
        labels=labels,
        split=split,
        license="MIT",
        metadata=metadata,
    )


def _words(name: str) -> str:
    return _MENDED.get(name) or name.replace("_", " ")
