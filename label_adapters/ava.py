"""AVA v2.2: the people of a movie second by second, each with a box and what they do at that moment."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec

from label_adapters.rows import malformed, skipped, unsupported
from label_adapters.split_names import split_of_name
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import BoxLabel, ClassLabel, Clip, Skipped, Split, UnusableReason

_LICENSE = "CC-BY-4.0"
_FOLDERS = ("", "trainval/", "train/", "val/", "test/", "videos/", "videos_15min/", "movies/")
_LISTS = ("ava_action_list*", "label_map*.txt", "action_list*")
_BLOCK = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r'\bname\s*:\s*"([^"]*)"')
_ID = re.compile(r"\b(?:label_)?id\s*:\s*(\d+)")
_PLAIN = re.compile(r"\s*(\d+)\s*:\s*(.+)")
_COLUMNS = 8
_LATEST = 1_000_000

_Box = tuple[float, float, float, float]

_EXAMPLE = re.compile(r"\s*\(e\.g\.,?[^)]*\)")
_NAMES = {
    "watch (e.g., TV)": "watch TV",
    "listen (e.g., to music)": "listen to music",
    "text on/look at a cellphone": "text on a cellphone / look at a cellphone",
    "dress/put on clothing": "put on clothing / get dressed",
    "hand wave": "wave",
}
"""Names of actions that nobody would say as they are published."""


class Ava(LabelAdapter):
    """AVA v2.2: what each person in a movie does, second by second, with the box of that person.

    Annotations: `ava_train_v2.2.csv` or `ava_val_v2.2.csv`, or a folder with them. There is no header; a line holds
    the YouTube id, the second, the box (x1, y1, x2, y2, each 0 to 1), the id of an action and the id of the person,
    and there is a line for each action of each person. The lines of one second stand together and make one row. Beside
    lie the names of the actions (`ava_action_list_v2.2.pbtxt`, or a text file with lines such as `12: stand`) and, if
    wanted, `*excluded_timestamps*.csv`, whose seconds give no clips. A line that cannot be read is left out of its
    second, and so is an action that the list does not name; the metadata counts both. A line that tells no second is a
    row by itself.

    Videos: the whole movie `<youtube_id>.mp4`, .mkv or .webm, in the folder itself or in `trainval/`, `train/`,
    `val/`, `test/`, `videos/`, `videos_15min/` or `movies/`.

    Labels: a `class` for each action that somebody does, as the list spells it, and a `box` called "person" for each
    person, at the annotated second, whose `track` is the id of the person. `people` in the metadata says who does what.

    Options: `seconds` is the length of the clip around the annotated second (3). `offset` is where in the movie the
    files begin, for those that were cut: 900 or 902 are common (0). `actions` names the list of actions where several
    lie beside the annotations.

    Licence: annotations CC BY 4.0 (Google); the movies belong to those who made them.

    Source: https://research.google.com/ava/download.html (annotations), https://github.com/cvdfoundation/ava-dataset
    (videos).

    Citation: Gu et al., AVA: A Video Dataset of Spatio-temporally Localized Atomic Visual Actions, 2018
    (arXiv:1705.08421).
    """

    name: ClassVar[str] = "ava"
    needs: ClassVar[str] = (
        "--annotations: ava_train_v2.2.csv (ava_val_v2.2.csv), with ava_action_list_v2.2.pbtxt and "
        "ava_train_excluded_timestamps_v2.2.csv beside\n"
        "--videos: a folder with <youtube_id>.mp4 (.mkv, .webm), the whole movies\n"
        "from https://research.google.com/ava/download.html and https://github.com/cvdfoundation/ava-dataset"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Chunhui Gu", "others"),
                "AVA: A Video Dataset of Spatio-temporally Localized Atomic Visual Actions",
                "arXiv:1705.08421",
                2018,
            ),
        ),
        url="https://research.google.com/ava/download.html",
    )

    actions: str | None = None
    seconds: Annotated[float, msgspec.Meta(ge=0.1, le=3600)] = 3.0
    offset: Annotated[float, msgspec.Meta(ge=0, le=_LATEST)] = 0.0

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each annotated second, file by file."""
        folder, files = annotations.parent, [annotations]
        if annotations.is_dir():
            # Lists of seconds and boxes that a detector found lie beside, and often an older edition too.
            other = ("timestamps", "predicted", "proposals", "detection")
            tables = sorted(path for path in annotations.glob("*.csv") if not any(word in path.name for word in other))
            tables = [path for path in tables if "v2.2" in path.name] or tables
            folder, files = annotations, [path for path in tables if split_of_name(path)] or tables
            if not files:
                raise AnnotationError(
                    "The folder holds no CSV.", where=str(annotations), expected="ava_train_v2.2.csv or its kin"
                )
        names = _names(_list_of_actions(folder, self.actions))
        excluded = _excluded(folder)
        for path in files:
            yield from self._clips_of(path, names, excluded, videos)

    def _clips_of(
        self, path: Path, names: dict[str, ClassLabel], excluded: set[tuple[str, str]], videos: VideoRoot | None
    ) -> Iterator[Clip | Skipped]:
        split = split_of_name(path) or Split.TRAIN
        numbers: dict[str, float | None] = {}
        done: dict[str, array[float]] = {}
        files: dict[str, str] = {}
        group: _Second | None = None
        line = 0
        for line, text in numbered_lines(path):
            cells = text.split(",")
            if group is not None and cells[:2] == group.key:
                group.lines.append(cells)
                continue
            if len(cells) < 2 or not (video := cells[0].strip()) or (time := _time(cells[1], numbers)) is None:
                # Such a line belongs to no second, and parts none.
                yield malformed(path, line, f"a video id and a time in seconds are expected first, found {text[:80]!r}")
                continue
            if group is not None:
                yield self._row(path, group, names, split, files)
            timestamp = cells[1].strip()
            group = _Second(line, cells[:2], video, timestamp, time, [cells])
            group.again = not _added(time, done.setdefault(video, array("d")))
            group.excluded = (video, _spelled(time)) in excluded
            if video not in files:
                files.clear()
                candidates = [folder + video for folder in _FOLDERS]
                files[video] = (videos.find(*candidates) if videos else None) or f"{video}.mp4"
        if group is not None:
            yield self._row(path, group, names, split, files)
        if not line:
            raise AnnotationError("The file has no lines.", where=str(path), expected="a line for each action")

    def _row(
        self, path: Path, group: _Second, names: dict[str, ClassLabel], split: Split, files: dict[str, str]
    ) -> Clip | Skipped:
        video, line = group.video, group.line
        if group.again:
            return malformed(path, line, f"the lines of {video} at {group.timestamp} must stand together", video)
        if group.excluded:
            return unsupported(path, line, f"the second {group.timestamp} is in the list of those excluded", video)
        middle = group.time - self.offset
        if middle < 0:
            detail = f"the second {group.timestamp} lies before the file, which begins at {self.offset:g}"
            return skipped(UnusableReason.WINDOW_OUTSIDE, path, line, detail, video)
        boxes, people, left_out, first_fault = _people(group.lines, names)
        if not boxes:
            if all(not any(cell.strip() for cell in cells[2:]) for cells in group.lines):
                return unsupported(path, line, "the second has no labels", video)
            return malformed(path, line, first_fault, video)
        start = round(max(0.0, middle - self.seconds / 2), 6)
        at = round(middle - start, 6)
        actions = {label.name: label for labels in people.values() for label in labels}
        metadata: dict[str, Any] = {
            "video_id": video,
            "timestamp": group.time,
            "people": {person: [label.name for label in labels] for person, labels in people.items()},
        }
        if left_out:
            metadata["left_out"] = dict(left_out)
        return Clip(
            id=f"{video}_{group.timestamp}",
            video=files[video],
            labels=(
                *actions.values(),
                *(BoxLabel(name="person", time=at, box=box, track=person) for person, box in boxes.items()),
            ),
            start=start,
            end=round(middle + self.seconds / 2, 6),
            split=split,
            license=_LICENSE,
            metadata=metadata,
        )


@dataclass
class _Second:
    """The lines of one second of a movie, until the next begins."""

    line: int
    key: list[str]
    video: str
    timestamp: str
    time: float
    lines: list[list[str]] = field(default_factory=list)
    again: bool = False
    excluded: bool = False


def _people(
    lines: list[list[str]], names: dict[str, ClassLabel]
) -> tuple[dict[str, _Box], dict[str, list[ClassLabel]], Counter[str], str]:
    """Returns the boxes and the actions of each person, what was left out, and the first fault."""
    boxes: dict[str, _Box] = {}
    people: dict[str, list[ClassLabel]] = {}
    left_out: Counter[str] = Counter()
    fault = ""
    for cells in lines:
        person = cells[7].strip() if len(cells) == _COLUMNS else ""
        box = _box(cells) if person.isdecimal() and cells[6].strip().isdecimal() else None
        if box is None:
            left_out["line"] += 1
            expected = "a box with 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1, the id of an action and that of a person"
            fault = fault or f"{expected} are expected, found {','.join(cells[2:])[:80]!r}"
            continue
        boxes.setdefault(person, box)
        actions = people.setdefault(person, [])
        label = names.get(cells[6].strip())
        if label is None:
            left_out["action"] += 1
        elif label not in actions:
            actions.append(label)
    return boxes, people, left_out, fault


def _box(cells: list[str]) -> _Box | None:
    _, _, x1, y1, x2, y2, _, _ = cells
    try:
        left, top, right, bottom = float(x1), float(y1), float(x2), float(y2)
    except ValueError:
        return None
    if "_" in x1 or "_" in y1 or "_" in x2 or "_" in y2:
        # Python reads 0.1_2 as a number; in a file it is damage.
        return None
    return (left, top, right, bottom) if 0 <= left < right <= 1 and 0 <= top < bottom <= 1 else None


def _time(cell: str, known: dict[str, float | None]) -> float | None:
    """Reads seconds that are not negative; the same few hundred spellings come again and again."""
    if cell not in known:
        try:
            time = -1.0 if "_" in cell else float(cell)
        except ValueError:
            time = -1.0
        known[cell] = time if 0 <= time <= _LATEST else None
    return known[cell]


def _added(time: float, times: array[float]) -> bool:
    """Puts a time into its place among sorted ones, unless it is there: eight bytes for each second of a movie."""
    place = bisect_left(times, time)
    if place < len(times) and times[place] == time:
        return False
    times.insert(place, time)
    return True


def _spelled(time: float) -> str:
    """Writes a time in one way: 0903 and 903.000 are the same second."""
    return f"{time:.10g}"


def _list_of_actions(folder: Path, given: str | None) -> Path:
    """Returns the file with the names of the actions: the one given, else the most general that lies beside."""
    if given is not None:
        if not (folder / given).is_file():
            raise AnnotationError("The list of actions is not there.", where=str(folder / given), found="nothing")
        return folder / given
    for pattern in _LISTS:
        # The list for a challenge has a longer name than the one with all actions.
        found = sorted((path for path in folder.glob(pattern) if path.is_file()), key=lambda path: len(path.name))
        if found:
            return found[0]
    raise AnnotationError(
        "No list of the actions lies beside the annotations.",
        where=str(folder),
        expected="ava_action_list_v2.2.pbtxt, or a text file with lines such as `12: stand`",
        mend="put it there, or name it with the option `actions`",
    )


def _names(path: Path) -> dict[str, ClassLabel]:
    """Reads the names of the actions by id, from a pbtxt or from lines such as `12: stand`."""
    lines = list(numbered_lines(path))
    names: dict[str, str] = {}
    for block in _BLOCK.findall("\n".join(text for _, text in lines)):
        name, number = _NAME.search(block), _ID.search(block)
        if name and number:
            names[number[1]] = name[1]
    if not names:
        names = {found[1]: found[2] for _, text in lines if (found := _PLAIN.fullmatch(text))}
    labels = {number: _label(name.strip()) for number, name in names.items() if name.strip()}
    if not labels:
        expected = 'blocks with `name: "stand"` and `id: 12`, or lines such as `12: stand`'
        raise AnnotationError("The file names no actions.", where=str(path), expected=expected)
    return labels


def _label(published: str) -> ClassLabel:
    """Puts a published name into words that can be said; the published one is an alias."""
    name = _NAMES.get(published) or _EXAMPLE.sub("", published)
    return ClassLabel(name=name, aliases=(published,) if name != published else ())


def _excluded(folder: Path) -> set[tuple[str, str]]:
    """Reads the seconds that the dataset excludes, from all such lists in the folder."""
    seconds: set[tuple[str, str]] = set()
    known: dict[str, float | None] = {}
    for path in sorted(folder.glob("*excluded_timestamps*.csv")):
        for line, text in numbered_lines(path):
            video, _, rest = text.partition(",")
            time = _time(rest, known)
            if time is None:
                where = f"{path}:{line}"
                raise AnnotationError(
                    "The line excludes no second.", where=where, expected="a video id and seconds", found=repr(text)
                )
            seconds.add((video.strip(), _spelled(time)))
    return seconds
