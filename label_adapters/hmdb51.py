"""HMDB51: short clips from films and the web, each with one of 51 human motions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from label_adapters.rows import malformed, unsupported
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Skipped, Split

_LICENSE = "CC-BY-4.0"
_FILE = re.compile(r"(.+)_test_split(\d+)\.txt")
_SPLITS = {"1": Split.TRAIN, "2": Split.TEST}
_FOLDERS = ("", "hmdb51_org/", "hmdb51/", "videos/")
_TAGS = 6
_NAMES = {
    "clap": "clap hands",
    "fall_floor": "fall on the floor",
    "flic_flac": "back handspring",
    "pick": "pick up",
    "pullup": "pull-up",
    "pushup": "push-up",
    "sit": "sit down",
    "situp": "sit-up",
    "stand": "stand up",
    "swing_baseball": "swing baseball bat",
    "sword": "sword fight",
}


_ALSO = {"fall_floor": ("fall down", "fall to the floor"), "sword_exercise": ("practise with a sword",)}


class Hmdb51(LabelAdapter):
    """HMDB51: clips of a few seconds from films and the web, each with one of 51 human motions.

    Annotations: the folder `testTrainMulti_7030_splits` with `<class>_test_split1.txt` (2, 3), or one of these files.
    A line, `<name>.avi 1`, is a row; 1 is the training split and 2 the test split. Each split leaves some clips out
    of both, so that the groups balance: lines with 0 are `unsupported_label`.

    Videos: `<class>/<name>.avi`, in the folder itself or in `hmdb51_org/`, `hmdb51/` or `videos/`, or flat. Other
    suffixes do. The whole file is the clip.

    Labels: a `class` from the name of the file, in words. Where the name is short the label says more ("stand up",
    "sword fight"), as the dataset's page does, and the name is an alias.

    Options: `split_number` is the split to use, 1 to 3 (1). A single file is read whatever its number.

    Licence: annotations CC BY 4.0, as the dataset's page says of all; the videos belong to those who made them.

    Source: https://serre-lab.clps.brown.edu/resource/hmdb-a-large-human-motion-database/

    Citation: Kuehne, Jhuang, Garrote, Poggio and Serre, HMDB: A Large Video Database for Human Motion Recognition,
    ICCV 2011.
    """

    name: ClassVar[str] = "hmdb51"
    needs: ClassVar[str] = (
        "--annotations: the folder testTrainMulti_7030_splits, with <class>_test_split1.txt for each class\n"
        "--videos: a folder with <class>/<name>.avi\n"
        "both from https://serre-lab.clps.brown.edu/resource/hmdb-a-large-human-motion-database/"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.ALLOWED),
        citations=(
            Citation(
                ("H. Kuehne", "H. Jhuang", "E. Garrote", "T. Poggio", "T. Serre"),
                "HMDB: A Large Video Database for Human Motion Recognition",
                "ICCV",
                2011,
            ),
        ),
        url="https://serre-lab.clps.brown.edu/resource/hmdb-a-large-human-motion-database/",
    )

    split_number: int = 1

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line, class by class."""
        for path, folder, number in _files(annotations, self.split_number):
            yield from _clips_of(path, folder, number, videos)


def _clips_of(path: Path, folder: str, number: int, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    name = _NAMES.get(folder) or folder.replace("_", " ").strip() or folder
    label = ClassLabel(name=name, aliases=(*((folder,) if folder != name else ()), *_ALSO.get(folder, ())))
    for line, text in numbered_lines(path):
        file, _, part = text.strip().rpartition(" ")
        file = file.strip()
        stem = file.rpartition(".")[0]
        if not stem or part not in ("0", "1", "2"):
            yield malformed(path, line, f"the name of a file and 0, 1 or 2 are expected, found {text!r}")
            continue
        if part == "0":
            yield unsupported(path, line, f"unused in split {number}", f"{folder}/{file}")
            continue
        places = [f"{above}{folder}/{each}" for above in _FOLDERS for each in (file, stem)]
        yield Clip(
            id=f"{folder}/{stem}",
            video=(videos.find(*places, file, stem) if videos else None) or f"{folder}/{file}",
            labels=(label,),
            split=_SPLITS[part],
            license=_LICENSE,
            metadata={"video_id": _source(stem, folder), "split_number": number},
        )


def _source(stem: str, folder: str) -> str:
    """Returns the film or video that a clip is from: what stands before the class and the six tags of its name."""
    before = stem.rsplit("_", _TAGS)[0]
    return before.removesuffix(f"_{folder}") if before.endswith(f"_{folder}") else stem


def _files(annotations: Path, number: int) -> list[tuple[Path, str, int]]:
    """Returns the files to read, each with its class and the number of its split."""
    if not annotations.is_dir():
        found = _FILE.fullmatch(annotations.name)
        if found is None:
            expected = "a name such as brush_hair_test_split1.txt"
            raise AnnotationError("The name of the file tells no class.", where=str(annotations), expected=expected)
        return [(annotations, found[1], int(found[2]))]
    inner = annotations / "testTrainMulti_7030_splits"
    folder = inner if inner.is_dir() else annotations
    named = [(path, found) for path in sorted(folder.iterdir()) if (found := _FILE.fullmatch(path.name))]
    files = [(path, found[1], number) for path, found in named if int(found[2]) == number]
    if not files:
        there = sorted({int(found[2]) for _, found in named})
        raise AnnotationError(
            f"The folder holds no files of split {number}.",
            where=str(folder),
            expected=f"brush_hair_test_split{number}.txt and its kin",
            found=f"files of split {', '.join(map(str, there))}" if there else "no split files",
            mend="set the option `split_number` to a split that is there" if there else None,
        )
    return files
