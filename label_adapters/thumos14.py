"""THUMOS14: long sports videos with segments of 20 actions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.camel_case import words_of
from label_adapters.json_files import record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.segments import class_segments, known_duration, none_left
from label_adapters.text_lines import numbered_lines
from label_adapters.video_database import one_file, video_entries
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped, Split

_CLASS_FILE = re.compile(r"([A-Za-z]+)_(val|test)\.txt")
_AMBIGUOUS = "Ambiguous"
_WORDS = {"Shotput": "shot put"}
_FOLDERS = ("", "videos/", "validation/", "val/", "test/", "videos/validation/", "videos/val/", "videos/test/")
_Spans = list[tuple[str, float, float]]


class _Annotation(msgspec.Struct):
    segment: tuple[float, float]
    label: str


class _Video(msgspec.Struct):
    duration: float | None = None
    subset: str | None = None
    annotations: list[_Annotation] = []
    segments: list[tuple[float, float]] = []
    labels: list[str] = []


class Thumos14(LabelAdapter):
    """THUMOS14: long videos of sports, with the segments of 20 actions from baseball pitches to volleyball spikes.

    Annotations: `thumos14.json` as action detectors pass it on, an object with the videos under `database` or alone,
    each with `duration`, `subset` and `annotations` of `{segment, label}`, or with parallel `segments` and `labels`. Or
    the official text files, one for each class (`BaseballPitch_val.txt`, `BaseballPitch_test.txt`) with lines
    `video_validation_0000266  12.5 17.0`: one such file, or a folder with them at any depth. A row is a video, with its
    segments of all files; a line that is not of this form is a row by itself. Stretches called ambiguous
    (`Ambiguous_val.txt`) give no labels and are counted in the metadata; a video that has no others is
    `unsupported_label`.

    Videos: `video_validation_0000266.mp4` and `video_test_0000004.mp4`, in the folder itself, in `videos/` or in
    `validation/` and `test/`. The whole file is the clip.

    Labels: a `class` for each action of the video, once, and a `segment` for each annotation. Names are put into words:
    `CleanAndJerk` is "clean and jerk", and an alias of it. Every cliff dive is a dive as well and has both names. Ends
    behind the video's are cut where the file tells its length, as the text files do not; segments without length and
    second ones of the same name and times are left out and counted in the metadata.

    Licence: none found; the videos belong to those who uploaded them.

    Source: https://www.crcv.ucf.edu/THUMOS14

    Citation: Idrees, Zamir, Jiang, Gorban, Laptev, Sukthankar and Shah, The THUMOS Challenge on Action Recognition for
    Videos "in the Wild", 2016 (arXiv:1604.06182).
    """

    name: ClassVar[str] = "thumos14"
    needs: ClassVar[str] = (
        "--annotations: thumos14.json, or a folder with <Class>_val.txt and <Class>_test.txt\n"
        "--videos: a folder with video_validation_<number>.mp4 and video_test_<number>.mp4\n"
        "text files and videos from https://www.crcv.ucf.edu/THUMOS14"
    )
    terms: ClassVar[Terms] = Terms(
        citations=(
            Citation(
                (
                    "Haroon Idrees",
                    "Amir R. Zamir",
                    "Yu-Gang Jiang",
                    "Alex Gorban",
                    "Ivan Laptev",
                    "Rahul Sukthankar",
                    "Mubarak Shah",
                ),
                'The THUMOS Challenge on Action Recognition for Videos "in the Wild"',
                "arXiv:1604.06182",
                2016,
            ),
        ),
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each video."""
        if annotations.is_dir():
            files = sorted(path for path in annotations.rglob("*.txt") if _CLASS_FILE.fullmatch(path.name))
            if files:
                yield from _clips_of_classes(annotations, files, videos)
                return
        if annotations.suffix.lower() == ".txt":
            yield from _clips_of_classes(annotations, [annotations], videos)
            return
        path = one_file(annotations, "*thumos*.json")
        for key, value in video_entries(path):
            try:
                if not key.startswith("video_"):
                    raise ValueError(f"a name such as video_test_0000004 is expected, found {key[:40]!r}")
                entry = record_of(value, _Video)
                split = split_named(entry.subset) if entry.subset is not None else _split_of(key)
                yield _clip(path, key, _spans_of(entry), split, entry.duration, videos)
            except ValueError as problem:
                yield malformed(path, key, str(problem), key)
            except AnnotationError as problem:
                yield malformed(path, key, f"no split is called {problem.found}", key)


def _spans_of(entry: _Video) -> _Spans:
    spans = [(one.label, *one.segment) for one in entry.annotations]
    if len(entry.segments) != len(entry.labels):
        found = f"{len(entry.segments)} and {len(entry.labels)}"
        raise ValueError(f"`segments` and `labels` must be parallel, found {found}")
    return [*spans, *((label, *times) for label, times in zip(entry.labels, entry.segments, strict=True))]


def _clips_of_classes(root: Path, files: list[Path], videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    spans: defaultdict[str, _Spans] = defaultdict(list)
    lines = 0
    for path in files:
        if (match := _CLASS_FILE.fullmatch(path.name)) is None:
            raise AnnotationError(
                "The name of the file does not tell the class.",
                where=str(path),
                expected="<Class>_val.txt or <Class>_test.txt, as in BaseballPitch_val.txt",
            )
        for line, text in numbered_lines(path):
            lines += 1
            try:
                video, start, end = text.split()
                spans[video].append((match[1], float(start), float(end)))
            except ValueError:
                yield malformed(path, line, f"a video, a start and an end are expected, found {text[:80]!r}")
    if not lines:
        raise AnnotationError(
            "The files hold no lines.", where=str(root), expected="a video, a start and an end a line"
        )
    for video in sorted(spans):
        try:
            yield _clip(root, video, spans[video], _split_of(video), None, videos)
        except ValueError as problem:
            yield malformed(root, video, str(problem), video)


def _clip(
    path: Path, name: str, spans: _Spans, split: Split, duration: float | None, videos: VideoRoot | None
) -> Clip | Skipped:
    clear = [span for span in spans if span[0] != _AMBIGUOUS]
    labels, left_out = class_segments(clear, duration, _words)
    if len(clear) != len(spans):
        left_out["ambiguous"] = len(spans) - len(clear)
    if not labels:
        return unsupported(path, name, none_left(left_out), name)
    metadata: dict[str, Any] = {"video_id": name}
    if length := known_duration(duration):
        metadata["duration"] = length
    if left_out:
        metadata["left_out"] = left_out
    return Clip(id=name, video=_path(name, videos), labels=labels, split=split, metadata=metadata)


def _split_of(name: str) -> Split:
    parts = name.split("_")
    try:
        return split_named(parts[1] if len(parts) > 1 else "")
    except AnnotationError:
        raise ValueError(f"a name such as video_test_0000004 is expected, found {name!r}") from None


def _words(name: str) -> str:
    return _WORDS.get(name) or words_of(name)


def _path(name: str, videos: VideoRoot | None) -> str:
    found = videos.find(*(f"{folder}{name}" for folder in _FOLDERS)) if videos else None
    return found or f"{name}.mp4"
