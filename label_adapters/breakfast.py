"""Breakfast: people who prepare one of ten breakfasts, with the action of each frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec

from label_adapters.rows import malformed, unsupported
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Label, SegmentLabel, SequenceLabel, Skipped, Split

_LICENSE = "CC-BY-4.0"
_BACKGROUND = "SIL"
_ARCHIVE = "BreakfastII_15fps_qvga_sync"
_FILE = re.compile(r"(P\d+)_([A-Za-z]+\d*)_(P\d+)_([A-Za-z]+)")
_TO = re.compile(r"(?<=[a-z])2(?=[a-z])")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BUNDLE = re.compile(r"(train|test)\.split(\d+)\.bundle")
# The bare word of a drink or a dish is said of any clip in which it is poured: it would be too weak an alias.
_ACTIVITIES = {
    "coffee": ("preparing coffee", "making coffee"),
    "milk": ("preparing chocolate milk", "making chocolate milk", "preparing milk", "making milk"),
    "juice": ("preparing orange juice", "making orange juice", "preparing juice", "making juice"),
    "tea": ("preparing tea", "making tea"),
    "cereals": ("preparing cereals", "making cereals"),
    "friedegg": ("preparing fried eggs", "making fried eggs", "frying eggs", "friedegg"),
    "pancake": ("preparing pancakes", "making pancakes"),
    "pancakes": ("preparing pancakes", "making pancakes"),
    "salat": ("preparing fruit salad", "making fruit salad", "preparing salad", "making salad", "salat"),
    "sandwich": ("preparing a sandwich", "making a sandwich"),
    "scrambledegg": ("preparing scrambled eggs", "making scrambled eggs", "scrambling eggs", "scrambledegg"),
}
_ACTIONS = {
    "add_saltnpepper": "add salt and pepper",
    "put_egg2plate": "put egg onto plate",
    "put_pancake2plate": "put pancake onto plate",
    "put_fruit2bowl": "put fruit into bowl",
    "pour_dough2pan": "pour dough into pan",
    "pour_egg2pan": "pour egg into pan",
    "stirfry_egg": "stir-fry egg",
    "add_teabag": "add tea bag",
}


class Breakfast(LabelAdapter):
    """Breakfast: one person prepares one of ten breakfasts, seen by several cameras, with the action of each frame.

    Annotations: the folder with `groundTruth/*.txt`, or such a folder itself, or one of its files. A file is a row: it
    has an action for each frame of one video, a line each, and its name says who, seen by which camera, prepares what
    (`P03_cam01_P03_cereals.txt`). `mapping.txt`, where it lies beside, lists the actions there are; a file with another
    one is malformed. `splits/train.split1.bundle` and `splits/test.split1.bundle` tell the split; without them every
    file is of the training split, and a file that no bundle names gives no clip.

    Videos: `P03/cam01/P03_cereals.avi` as the archive has them, for the stereo camera `P03/stereo/P03_cereals_ch0.avi`
    (else `_ch1`), both also below `BreakfastII_15fps_qvga_sync/` or `videos/`; or flat, called like the annotation
    file. The whole file is the clip.

    Labels: a `class` for what is prepared, the `sequence` of the actions without the background (`SIL`), and a
    `segment` for each of them. `put_egg2plate` and its like are written in words.

    Options: `split_number` is the split to use, 1 to 4 (1). `fps` is the number of frames a second (15).

    Licence: annotations and videos CC BY 4.0.

    Source: https://serre-lab.clps.brown.edu/resource/breakfast-actions-dataset/

    Citation: Kuehne, Arslan and Serre, The Language of Actions: Recovering the Syntax and Semantics of Goal-Directed
    Human Activities, CVPR 2014.
    """

    name: ClassVar[str] = "breakfast"
    needs: ClassVar[str] = (
        "--annotations: a folder with groundTruth/*.txt, mapping.txt and splits/*.bundle\n"
        "--videos: a folder with P03/cam01/P03_cereals.avi and so on\n"
        "both from https://serre-lab.clps.brown.edu/resource/breakfast-actions-dataset/"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        videos=Rights(_LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Hilde Kuehne", "Ali Arslan", "Thomas Serre"),
                "The Language of Actions: Recovering the Syntax and Semantics of Goal-Directed Human Activities",
                "CVPR",
                2014,
            ),
        ),
        url="https://serre-lab.clps.brown.edu/resource/breakfast-actions-dataset/",
    )

    split_number: int = 1
    fps: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 15.0

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each file, in the order of their names."""
        files = [annotations]
        if annotations.is_dir():
            inner = annotations / "groundTruth"
            folder = inner if inner.is_dir() else annotations
            files = sorted(path for path in folder.glob("*.txt") if path.name != "mapping.txt")
            if not files:
                raise AnnotationError(
                    "The folder holds no ground truth.",
                    where=str(folder),
                    expected="groundTruth/P03_cam01_P03_cereals.txt and its kin",
                )
        folder = files[0].parent
        root = folder.parent if folder.name == "groundTruth" else folder
        known = _known_actions(root / "mapping.txt")
        splits = _splits(root, self.split_number)
        for path in files:
            yield self._row(path, known, splits, videos)

    def _row(
        self, path: Path, known: set[str], splits: dict[str, Split] | None, videos: VideoRoot | None
    ) -> Clip | Skipped:
        found = _FILE.fullmatch(path.stem)
        if found is None:
            return malformed(path, 1, "a name such as P03_cam01_P03_cereals.txt is expected")
        person, camera, actor, activity = found.groups()
        split = Split.TRAIN if splits is None else splits.get(path.stem)
        if split is None:
            return unsupported(path, 1, f"no bundle of split {self.split_number} names the file", path.stem)
        lines: list[str] = []
        try:
            for number, text in numbered_lines(path):
                lines.append(text.strip())
                if number != len(lines):
                    return malformed(path, number, "a line before is blank, and its frame has no action", path.stem)
                if known and lines[-1] not in known:
                    return malformed(path, number, f"mapping.txt has no action {lines[-1]!r}", path.stem)
        except AnnotationError as problem:
            return malformed(path, len(lines) + 1, f"{problem.what} {problem.found}", path.stem)
        if not lines:
            return malformed(path, 1, "an action for each frame is expected, and the file is empty", path.stem)
        steps, segments = self._runs(lines)
        name, *aliases = _ACTIVITIES.get(activity.lower()) or (f"preparing {_in_words(activity)}", activity)
        labels: list[Label] = [ClassLabel(name=name, aliases=tuple(aliases))]
        if steps:
            spellings = tuple((word,) if word != _in_words(word) else () for word in steps)
            labels.append(SequenceLabel(steps=tuple(map(_in_words, steps)), step_aliases=spellings))
        return Clip(
            id=path.stem,
            video=_video(person, camera, f"{actor}_{activity}", path.stem, videos),
            labels=(*labels, *segments),
            split=split,
            license=_LICENSE,
            metadata={
                "video_id": path.stem,
                "person": person,
                "camera": camera,
                "activity": activity,
                "frames": len(lines),
                "duration": round(len(lines) / self.fps, 6),
            },
        )

    def _runs(self, lines: list[str]) -> tuple[list[str], list[SegmentLabel]]:
        """Returns the actions in their order, and when each is done, without the background."""
        steps: list[str] = []
        segments: list[SegmentLabel] = []
        first = 0
        for word, run in groupby(lines):
            behind = first + sum(1 for _ in run)
            if word != _BACKGROUND:
                start, end = round(first / self.fps, 6), round(behind / self.fps, 6)
                steps.append(word)
                segments.append(SegmentLabel(name=_in_words(word), start=start, end=end))
            first = behind
        return steps, segments


def _in_words(word: str) -> str:
    if word in _ACTIONS:
        return _ACTIONS[word]
    plain = _CAPITAL.sub(" ", _TO.sub(" to ", word.replace("_", " "))).lower().strip()
    return plain or word


def _video(person: str, camera: str, name: str, stem: str, videos: VideoRoot | None) -> str:
    files = [f"{person}/{camera}/{name}"]
    if camera.startswith("stereo"):
        # One pair of eyes is one camera: the annotations count it, the folder does not, the files do.
        files = [f"{person}/stereo/{name}_ch0", f"{person}/stereo/{name}_ch1", f"{person}/stereo/{name}"]
    candidates = [folder + file for folder in ("", f"{_ARCHIVE}/", "videos/") for file in (*files, stem)]
    return (videos.find(*candidates) if videos else None) or f"{files[0]}.avi"


def _known_actions(path: Path) -> set[str]:
    """Reads the actions of lines such as `2 pour_cereals`. Empty where there is no such file."""
    known: set[str] = set()
    for number, text in numbered_lines(path) if path.is_file() else ():
        index, _, word = text.strip().partition(" ")
        if not index.isdecimal() or not word.strip():
            where = f"{path}:{number}"
            raise AnnotationError(
                "The line maps no action.", where=where, expected="lines such as `2 pour_cereals`", found=repr(text)
            )
        known.add(word.strip())
    return known


def _splits(root: Path, number: int) -> dict[str, Split] | None:
    """Reads which file is of which split from the bundles; None where there are none at all."""
    folder = root / "splits" if (root / "splits").is_dir() else root
    bundles = {found.groups(): path for path in folder.iterdir() if (found := _BUNDLE.fullmatch(path.name))}
    if not bundles:
        return None
    splits: dict[str, Split] = {}
    for split in (Split.TEST, Split.TRAIN):
        path = bundles.get((split.value, str(number)))
        if path is None:
            raise AnnotationError(
                f"There is no bundle of split {number}.",
                where=str(folder / f"{split.value}.split{number}.bundle"),
                found=", ".join(sorted(each.name for each in bundles.values())),
                mend="set the option `split_number` to a split that is there",
            )
        for _, text in numbered_lines(path):
            if not text.startswith("#"):
                splits.setdefault(text.strip().rpartition("/")[2].removesuffix(".txt"), split)
    return splits
