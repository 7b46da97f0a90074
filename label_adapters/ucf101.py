"""UCF101: clips from YouTube, each with one of 101 human actions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from label_adapters.rows import malformed
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split

_FILE = re.compile(r"(train|test)list(\d+)\.txt")
_FOLDERS = ("UCF-101/", "", "UCF101/", "videos/")
_SPLIT_FOLDERS = {Split.TRAIN: "train/", Split.TEST: "test/"}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HANDSTAND = re.compile("Hand[Ss]tandPushups")
_NAMES = {
    "BreastStroke": "breaststroke",
    "HandStandPushups": "handstand push-ups",
    "HandstandPushups": "handstand push-ups",
    "PullUps": "pull-ups",
    "PushUps": "push-ups",
    "RockClimbingIndoor": "indoor rock climbing",
    "Shotput": "shot put",
    "SkateBoarding": "skateboarding",
    "Skijet": "jet skiing",
    "SkyDiving": "skydiving",
    "ThrowDiscus": "discus throw",
    "WallPushups": "wall push-ups",
    "YoYo": "yo-yo",
}


class Ucf101(LabelAdapter):
    """UCF101: clips of some seconds from YouTube, each with one of 101 human actions.

    Annotations: the folder `ucfTrainTestlist` with `trainlist01.txt`, `testlist01.txt` (02, 03) and `classInd.txt`, or
    one list. A line is a row: `ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1` in the training lists, without the number
    in the test lists. Where `classInd.txt` lies beside, a class that it lacks or numbers otherwise is malformed.

    Videos: `UCF-101/<Class>/v_<Class>_g08_c01.avi`, also without `UCF-101/`, in `UCF101/` or `videos/`, in
    `train/<Class>/` and `test/<Class>/`, or flat. Other suffixes do. Folder and files of the handstand push-ups are
    found whether they are spelled `HandstandPushups` or `HandStandPushups`. The whole file is the clip.

    Labels: a `class` from the name of the folder, in words; the name itself is an alias.

    Options: `split_number` is the split to use, 1 to 3 (1). A single list is read whatever its number.

    Licence: none was found for the annotations; the videos belong to those who uploaded them.

    Source: https://www.crcv.ucf.edu/data/UCF101.php

    Citation: Soomro, Zamir and Shah, UCF101: A Dataset of 101 Human Actions Classes From Videos in The Wild, 2012
    (arXiv:1212.0402).
    """

    name: ClassVar[str] = "ucf101"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: the folder ucfTrainTestlist, with trainlist01.txt, testlist01.txt and classInd.txt\n"
        "--videos: a folder with UCF-101/<Class>/v_<Class>_g08_c01.avi\n"
        "both from https://www.crcv.ucf.edu/data/UCF101.php"
    )
    terms: ClassVar[Terms] = Terms(
        citations=(
            Citation(
                ("Khurram Soomro", "Amir Roshan Zamir", "Mubarak Shah"),
                "UCF101: A Dataset of 101 Human Actions Classes From Videos in The Wild",
                "arXiv:1212.0402",
                2012,
            ),
        ),
    )

    split_number: int = 1

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line, the training list first."""
        files = _files(annotations, self.split_number)
        indices = _indices(files[0][0].parent / "classInd.txt")
        for path, split, number in files:
            yield from _clips_of(path, split, number, indices, videos)


def _clips_of(
    path: Path, split: Split, number: int, indices: dict[str, str], videos: VideoRoot | None
) -> Iterator[Clip | Skipped]:
    labels: dict[str, ClassLabel] = {}
    for line, text in numbered_lines(path):
        place, _, index = text.strip().partition(" ")
        folder, slash, file = place.rpartition("/")
        stem, _, suffix = file.rpartition(".")
        if not slash or not folder.strip("/ ") or not stem or not suffix or (index and not index.strip().isdecimal()):
            yield malformed(path, line, f"<Class>/<name>.avi and perhaps a number are expected, found {text!r}")
            continue
        if indices and folder not in indices:
            yield malformed(path, line, f"classInd.txt has no class {folder!r}", place)
            continue
        if indices and index and indices[folder] != index.strip().lstrip("0"):
            yield malformed(path, line, f"{folder} is {indices[folder]} in classInd.txt, found {index}", place)
            continue
        if folder not in labels:
            name = _NAMES.get(folder) or _CAPITAL.sub(" ", folder).replace("_", " ").lower().strip() or folder
            labels[folder] = ClassLabel(name=name, aliases=(folder,) if folder != name else ())
        video_id = stem.removeprefix("v_") or stem
        yield Clip(
            id=stem,
            video=(videos.find(*_candidates(folder, stem, split)) if videos else None) or f"UCF-101/{place}",
            labels=(labels[folder],),
            split=split,
            metadata={
                "video_id": video_id,
                # Clips of a group are cut from one video.
                "group": video_id.rpartition("_c")[0] or video_id,
                "split_number": number,
            },
        )


def _candidates(folder: str, stem: str, split: Split) -> Iterator[str]:
    pairs = [(folder, stem)]
    if _HANDSTAND.fullmatch(folder):
        # The archive, its lists and the copies people make of both differ in one capital.
        spellings = ("HandstandPushups", "HandStandPushups")
        pairs += [(outer, _HANDSTAND.sub(inner, stem)) for outer in spellings for inner in spellings]
    for above in (*_FOLDERS, _SPLIT_FOLDERS[split]):
        yield from (f"{above}{outer}/{inner}" for outer, inner in pairs)
    for above in _FOLDERS:
        yield from (f"{above}{inner}" for _, inner in pairs)


def _files(annotations: Path, number: int) -> list[tuple[Path, Split, int]]:
    """Returns the lists to read, each with its split and its number."""
    if not annotations.is_dir():
        found = _FILE.fullmatch(annotations.name)
        if found is None:
            expected = "a name such as trainlist01.txt"
            raise AnnotationError("The name of the list tells no split.", where=str(annotations), expected=expected)
        return [(annotations, Split(found[1]), int(found[2]))]
    inner = annotations / "ucfTrainTestlist"
    folder = inner if inner.is_dir() else annotations
    named = [(path, found) for path in sorted(folder.iterdir()) if (found := _FILE.fullmatch(path.name))]
    files = [(path, Split(found[1]), number) for path, found in named if int(found[2]) == number]
    if not files:
        raise AnnotationError(
            f"The folder holds no lists of split {number}.",
            where=str(folder),
            expected=f"trainlist{number:02d}.txt and testlist{number:02d}.txt",
            found=", ".join(path.name for path, _ in named) or "no lists",
            mend="set the option `split_number` to a split that is there" if named else None,
        )
    return sorted(files, key=lambda file: file[1] is not Split.TRAIN)


def _indices(path: Path) -> dict[str, str]:
    """Reads the number of each class from lines such as `1 ApplyEyeMakeup`. Empty where there is no such file."""
    indices: dict[str, str] = {}
    for line, text in numbered_lines(path) if path.is_file() else ():
        number, _, name = text.strip().partition(" ")
        if not number.isdecimal() or not name.strip():
            where = f"{path}:{line}"
            raise AnnotationError(
                "The line names no class.", where=where, expected="lines such as `1 ApplyEyeMakeup`", found=repr(text)
            )
        indices[name.strip()] = number.lstrip("0")
    # The real files write this one class in two ways.
    for one, other in (("HandstandPushups", "HandStandPushups"), ("HandStandPushups", "HandstandPushups")):
        if one in indices:
            indices.setdefault(other, indices[one])
    return indices
