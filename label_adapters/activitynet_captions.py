"""ActivityNet Captions: the events of untrimmed YouTube videos, each told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.activitynet_videos import video_path, youtube_id
from label_adapters.json_files import object_entries, record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.segments import known_duration, none_left, segments_of
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, Clip, Label, Skipped, Split


class _Video(msgspec.Struct):
    timestamps: list[tuple[float, float]]
    sentences: list[str]
    duration: float | None = None


class ActivityNetCaptions(LabelAdapter):
    """ActivityNet Captions: the events of untrimmed videos, each with a sentence and its start and end.

    Annotations: `train.json`, `val_1.json` or `val_2.json`, an object `{"v_<id>": {duration, timestamps, sentences}}`
    whose two lists are parallel, or a folder with them; lists of ids (`val_ids.json`) are left alone. A row is a video.
    `val_1` and `val_2` tell the same videos in the words of two people: their clips are called `<id>_1` and `<id>_2`.

    Videos: `v_<id>.mp4` of ActivityNet (.mkv, .webm), or without `v_`, in the folder itself, in `videos/`, in a folder
    for each split or in `v1-3/train_val/`. The whole file is the clip.

    Labels: a `segment` for each event, named by its sentence, and one `caption` of all sentences in the order of their
    events. Ends behind the video's are cut; events without length or words are left out and counted in the metadata.

    Licence: none found for the annotations beside the terms of ActivityNet; the videos belong to those who uploaded
    them.

    Source: https://cs.stanford.edu/people/ranjaykrishna/densevid

    Citation: Krishna, Hata, Ren, Fei-Fei and Niebles, Dense-Captioning Events in Videos, 2017 (arXiv:1705.00754).
    """

    name: ClassVar[str] = "activitynet_captions"
    needs: ClassVar[str] = (
        "--annotations: train.json, val_1.json or val_2.json, or a folder with them\n"
        "--videos: a folder with v_<id>.mp4 (.mkv, .webm) in it, in <split>/ or in v1-3/train_val/\n"
        "annotations from https://cs.stanford.edu/people/ranjaykrishna/densevid, "
        "videos from http://activity-net.org/download.html"
    )
    terms: ClassVar[Terms] = Terms(
        citations=(
            Citation(
                ("Ranjay Krishna", "Kenji Hata", "Frederic Ren", "Li Fei-Fei", "Juan Carlos Niebles"),
                "Dense-Captioning Events in Videos",
                "arXiv:1705.00754",
                2017,
            ),
        ),
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each video, file by file."""
        for path, split in _files(annotations):
            # The people who told the videos of the validation split are told apart by the number of their file.
            _, mark, number = path.stem.rpartition("_")
            annotator = number if mark and number.isdecimal() else ""
            for key, value in object_entries(path):
                yield _clip(path, key, value, split, annotator, videos)


def _files(annotations: Path) -> list[tuple[Path, Split]]:
    files = [annotations]
    if annotations.is_dir():
        files = sorted(path for path in annotations.glob("*.json") if not path.stem.endswith("_ids"))
    found = [(path, split) for path in files if (split := split_of_name(path))]
    if not found:
        raise AnnotationError(
            "No file is named by its split.",
            where=str(annotations),
            expected="train.json, val_1.json or val_2.json",
            found=", ".join(path.name for path in files) or "none",
        )
    return found


def _clip(path: Path, key: str, value: Any, split: Split, annotator: str, videos: VideoRoot | None) -> Clip | Skipped:
    try:
        entry = record_of(value, _Video)
        if len(entry.timestamps) != len(entry.sentences):
            found = f"{len(entry.timestamps)} and {len(entry.sentences)}"
            raise ValueError(f"`timestamps` and `sentences` must be parallel, found {found}")
        sentences = [" ".join(sentence.split()) for sentence in entry.sentences]
        events = [(text, start, end) for text, (start, end) in zip(sentences, entry.timestamps, strict=True)]
        segments = segments_of([(text.rstrip(". "), start, end) for text, start, end in events], entry.duration)
        if not segments.labels:
            return unsupported(path, key, none_left(segments.left_out), key)
        told = " ".join(text for text, _, _ in sorted(events, key=lambda event: event[1:]) if text)
        labels: tuple[Label, ...] = (*segments.labels, CaptionLabel(text=told))
        video_id = youtube_id(key)
        metadata: dict[str, Any] = {"video_id": video_id}
        if duration := known_duration(entry.duration):
            metadata["duration"] = duration
        if annotator:
            metadata["annotator"] = annotator
        if segments.left_out:
            metadata["left_out"] = segments.left_out
        return Clip(
            id=f"{video_id}_{annotator}" if annotator else video_id,
            video=video_path(video_id, videos),
            labels=labels,
            split=split,
            metadata=metadata,
        )
    except ValueError as problem:
        return malformed(path, key, str(problem), key)
