"""EPIC-KITCHENS-100: people in their own kitchens, seen through a camera on the head, one action a clip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, Clip, Skipped, Split

_LICENSE = "CC-BY-NC-4.0"
_TABLES = ("EPIC_100_train.csv", "EPIC_100_validation.csv", "EPIC_100_test_timestamps.csv")
_NEEDED = ("narration_id", "participant_id", "video_id", "start_timestamp", "stop_timestamp")
_LABELS = ("verb", "noun", "narration")


class EpicKitchens(LabelAdapter):
    """EPIC-KITCHENS-100: kitchens seen through a camera on the head, with a verb and a noun for each action.

    Annotations: `EPIC_100_train.csv` or `EPIC_100_validation.csv`, or the folder with them. A line is a row: the
    columns `narration_id`, `participant_id`, `video_id`, `start_timestamp`, `stop_timestamp`, `narration`, `verb` and
    `noun` are read. `EPIC_100_test_timestamps.csv` has no labels: each of its rows is `unsupported_label`.

    Videos: `P01/videos/P01_11.MP4` as the download script leaves them, also below `EPIC-KITCHENS/`; or
    `videos/train/P01/P01_11.MP4`, `train/P01/`, `P01/`, `videos/`, or flat. A clip is a window of such a file.

    Labels: a `class` of verb and noun in words ("put down garbage bag" for put-down and bag:garbage, with these as
    an alias), and a `caption`, the narration.

    Licence: annotations and videos CC BY-NC 4.0: no commercial use.

    Source: https://github.com/epic-kitchens/epic-kitchens-100-annotations (annotations),
    https://github.com/epic-kitchens/epic-kitchens-download-scripts (videos).

    Citation: Damen et al., Rescaling Egocentric Vision: Collection, Pipeline and Challenges for EPIC-KITCHENS-100, 2020
    (arXiv:2006.13256).
    """

    name: ClassVar[str] = "epic_kitchens"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: EPIC_100_train.csv or EPIC_100_validation.csv, or the folder\n"
        "--videos: a folder with P01/videos/P01_11.MP4 and so on\n"
        "from https://github.com/epic-kitchens/epic-kitchens-100-annotations and "
        "https://github.com/epic-kitchens/epic-kitchens-download-scripts"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        videos=Rights(_LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Dima Damen", "others"),
                "Rescaling Egocentric Vision: Collection, Pipeline and Challenges for EPIC-KITCHENS-100",
                "arXiv:2006.13256",
                2020,
            ),
        ),
        url="https://github.com/epic-kitchens/epic-kitchens-100-annotations",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line, file by file."""
        files = [annotations]
        if annotations.is_dir():
            # The repository of the annotations holds many other tables.
            files = [annotations / name for name in _TABLES if (annotations / name).is_file()]
            if not files:
                raise AnnotationError(
                    "The folder holds no table of clips.", where=str(annotations), expected=", ".join(_TABLES)
                )
        headers = [read_header(path) for path in files]
        for path, header in zip(files, headers, strict=True):
            check_columns(_NEEDED, header, path)
            if "verb" in header or split_of_name(path) is not Split.TEST:
                check_columns(_LABELS, header, path)
        for path, header in zip(files, headers, strict=True):
            yield from _clips_of(path, header, videos)


def _clips_of(path: Path, header: list[str], videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    split = split_of_name(path) or Split.TRAIN
    id_at, person_at, video_at, start_at, stop_at = (header.index(name) for name in _NEEDED)
    labelled = "verb" in header
    verb_at, noun_at, narration_at = (header.index(name) for name in _LABELS) if labelled else (0, 0, 0)
    labels: dict[tuple[str, str], ClassLabel | None] = {}
    files: dict[str, str] = {}
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        clip_id, person, video_id = cells[id_at].strip(), cells[person_at].strip(), cells[video_at].strip()
        if not clip_id or not person or not video_id:
            found = f"{clip_id!r}, {person!r} and {video_id!r}"
            yield malformed(path, line, f"narration_id, participant_id and video_id must not be empty, found {found}")
            continue
        start, stop = _seconds(cells[start_at]), _seconds(cells[stop_at])
        if start is None or stop is None or start >= stop:
            found = f"{cells[start_at]!r} and {cells[stop_at]!r}"
            yield malformed(path, line, f"times such as 00:01:02.35 in order are expected, found {found}", video_id)
            continue
        action = (cells[verb_at], cells[noun_at]) if labelled else ("", "")
        if action not in labels:
            labels[action] = _label(*action)
        label = labels[action]
        verb, noun = action
        if label is None:
            detail = f"verb or noun is empty, found {verb!r} and {noun!r}" if labelled else "the file has no labels"
            yield unsupported(path, line, detail, video_id)
            continue
        if video_id not in files:
            places = _places(person, video_id)
            files[video_id] = (videos.find(*places) if videos else None) or f"{places[0]}.MP4"
        narration = cells[narration_at].strip()
        yield Clip(
            id=clip_id,
            video=files[video_id],
            labels=(label, CaptionLabel(text=narration)) if narration else (label,),
            start=start,
            end=stop,
            split=split,
            license=_LICENSE,
            metadata={"video_id": video_id, "participant_id": person, "verb": verb, "noun": noun},
        )


def _label(verb: str, noun: str) -> ClassLabel | None:
    """Makes words of a verb such as `put-down` and a noun such as `bag:garbage`; None where either has none."""
    action = verb.replace("-", " ").strip()
    thing = " ".join(part for part in reversed(noun.replace("_", " ").split(":")) if part.strip()).strip()
    if not action or not thing:
        return None
    name, original = f"{action} {thing}", f"{verb} {noun}"
    return ClassLabel(name=name, aliases=(original,) if original != name else ())


def _places(person: str, video_id: str) -> list[str]:
    """Returns where a video may lie, the usual place first."""
    inner = [f"{person}/videos/{video_id}", f"{person}/{video_id}", video_id]
    above = ("", "EPIC-KITCHENS/", "videos/train/", "videos/test/", "train/", "test/", "videos/")
    return [folder + place for folder in above for place in inner]


def _seconds(cell: str) -> float | None:
    """Reads hours, minutes and seconds with hundredths, as in 01:02:03.45."""
    minutes, rest = _minutes(cell[:6]), cell[6:]
    try:
        seconds = float(rest)
    except ValueError:
        return None
    if minutes is None or not 0 <= seconds < 60 or "_" in rest:
        return None
    return round(60 * minutes + seconds, 6)


@lru_cache(maxsize=4096)
def _minutes(cell: str) -> int | None:
    """Reads hours and minutes, as in 01:02: with the colon behind; a video has the same few again and again."""
    hours, minutes, behind = cell.split(":") if cell.count(":") == 2 else ("", "", "")
    if behind or not (len(hours) == len(minutes) == 2 and hours.isdecimal() and minutes.isdecimal()):
        return None
    return 60 * int(hours) + int(minutes) if int(minutes) < 60 else None
