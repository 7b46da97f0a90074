"""Charades: everyday actions at home, several in each video, with descriptions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from label_adapters.charades_videos import find_video
from label_adapters.charades_words import class_names
from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, Clip, Label, SegmentLabel, Skipped, Split

LICENSE = "Charades licence: non-commercial use, no redistribution"
RIGHTS = Rights(LICENSE, Redistribution.FORBIDDEN)
"""What holds for Charades, and for what is made from it."""

_CLASSES = "Charades_v1_classes.txt"
_NEEDED = ("id", "actions", "length")
_TEXTS = ("subject", "scene", "script")
_GRADES = ("quality", "relevance")


class Charades(LabelAdapter):
    """Charades: 9,848 videos of everyday life at home, each with several actions and their times.

    Annotations: `Charades_v1_train.csv` or `Charades_v1_test.csv`, or the folder with both, and beside them
    `Charades_v1_classes.txt` with the names of the 157 actions (lines such as `c000 Holding some clothes`). The columns
    are `id,subject,scene,quality,relevance,verified,script,objects,descriptions,actions,length`; `actions` reads
    `c092 11.90 21.20;c147 0.00 12.60`, in seconds. A row is a video.

    Videos: `<id>.mp4` in the folder itself, in `Charades_v1/` or `Charades_v1_480/`, or the frames at 24 a second in
    `Charades_v1_rgb/<id>/`. The whole video is the clip.

    Labels: a `segment` for each action, named as in the list of classes, such as "holding some clothes"; its end is cut
    to the length of the video. One that starts after the video or does not end after its start is left out and counted
    in the metadata. A `caption` for each description: context, never asked for, and all that a video without actions
    has. Script, scene, objects, quality, relevance and whether the video was verified go to the metadata.

    Licence: annotations and videos are for non-commercial use and may not be passed on.

    Source: https://prior.allenai.org/projects/charades

    Citation: Sigurdsson et al., Hollywood in Homes: Crowdsourcing Data Collection for Activity Understanding, 2016
    (arXiv:1604.01753).
    """

    name: ClassVar[str] = "charades"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        f"--annotations: Charades_v1_train.csv with {_CLASSES} beside, or the folder\n"
        "--videos: the folder with Charades_v1_480/<id>.mp4 or Charades_v1/<id>.mp4\n"
        "both from https://prior.allenai.org/projects/charades"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=RIGHTS,
        videos=RIGHTS,
        citations=(
            Citation(
                ("Gunnar A. Sigurdsson", "others"),
                "Hollywood in Homes: Crowdsourcing Data Collection for Activity Understanding",
                "arXiv:1604.01753",
                2016,
            ),
        ),
        url="https://prior.allenai.org/projects/charades",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each video, file by file."""
        files = split_files(annotations, "Charades_v1_*.csv", "Charades_v1_train.csv")
        headers = [_header(path) for path, _ in files]
        names = class_names(_class_list(files[0][0].parent), "c")
        for (path, split), header in zip(files, headers, strict=True):
            yield from _clips_of(path, header, split, names, videos)


def split_files(annotations: Path, pattern: str, usual: str) -> list[tuple[Path, Split]]:
    """Returns the annotation files with the split that the name of each tells.

    Args:
        annotations: A file, or the folder.
        pattern: What files in a folder are called.
        usual: The usual name, for the error.

    Raises:
        AnnotationError: There is none, or the name of a file tells no split.
    """
    files = sorted(annotations.glob(pattern)) if annotations.is_dir() else [annotations]
    told = [(path, split) for path in files if (split := split_of_name(path))]
    if not told:
        raise AnnotationError(
            "The folder holds no annotations." if annotations.is_dir() else "The name of the file tells no split.",
            where=str(annotations),
            expected=f"a name such as {usual}",
            found="no such file" if annotations.is_dir() else annotations.name,
        )
    return told


def _class_list(folder: Path) -> Path:
    for path in (folder / _CLASSES, folder / "Charades" / _CLASSES, folder.parent / _CLASSES):
        if path.is_file():
            return path
    raise AnnotationError(
        "The names of the actions are not there.",
        where=str(folder / _CLASSES),
        expected="lines such as `c000 Holding some clothes`",
        mend=f"put {_CLASSES}, which comes in one archive with the annotations, beside them",
    )


def _header(path: Path) -> list[str]:
    header = read_header(path)
    check_columns(_NEEDED, header, path)
    return header


def _clips_of(
    path: Path, header: list[str], split: Split, names: Mapping[str, str], videos: VideoRoot | None
) -> Iterator[Clip | Skipped]:
    at = {name: place for place, name in enumerate(header)}
    id_at, actions_at, length_at = (at[name] for name in _NEEDED)
    captions_at = at.get("descriptions")
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        video_id, length = cells[id_at].strip(), _seconds(cells[length_at])
        if not video_id or not length:
            found = f"{cells[id_at]!r} and {cells[length_at]!r}"
            yield malformed(path, line, f"an id and a length in seconds are expected, found {found}", video_id or None)
            continue
        labels: list[Label] = []
        left_out = 0
        for action in filter(None, cells[actions_at].split(";")):
            segment = _segment(action, names, length)
            if segment is None:
                left_out += 1
            else:
                labels.append(segment)
        if captions_at is not None:
            texts = (text.strip() for text in cells[captions_at].split(";"))
            labels += [CaptionLabel(text=text) for text in dict.fromkeys(texts) if text]
        if not labels:
            detail = f"no description, and of {left_out} actions none lies in the video"
            yield unsupported(path, line, detail if left_out else "neither an action nor a description", video_id)
            continue
        metadata = _metadata(video_id, length, cells, at)
        if left_out:
            metadata["left_out"] = {"segment": left_out}
        video, fps = find_video(videos, video_id)
        yield Clip(
            id=video_id, video=video, labels=tuple(labels), fps=fps, split=split, license=LICENSE, metadata=metadata
        )


def _segment(action: str, names: Mapping[str, str], length: float) -> SegmentLabel | None:
    """Reads `c092 11.90 21.20`; None where the class is unknown or nothing of it lies in the video."""
    parts = action.split()
    if len(parts) != 3 or parts[0] not in names:
        return None
    try:
        start, end = float(parts[1]), float(parts[2])
    except ValueError:
        return None
    end = min(end, length)
    return SegmentLabel(name=names[parts[0]], start=start, end=end) if 0 <= start < end else None


def _metadata(video_id: str, length: float, cells: list[str], at: Mapping[str, int]) -> dict[str, Any]:
    metadata: dict[str, Any] = {"video_id": video_id, "duration": length}
    for name in _TEXTS:
        if name in at and (text := cells[at[name]].strip()):
            metadata[name] = text
    if "objects" in at and (objects := [each for text in cells[at["objects"]].split(";") if (each := text.strip())]):
        metadata["objects"] = objects
    for name in _GRADES:
        if name in at and (grade := cells[at[name]].strip()).isdecimal() and len(grade) < 3:
            metadata[name] = int(grade)
    if "verified" in at and (verified := cells[at["verified"]].strip().lower()) in ("yes", "no"):
        metadata["verified"] = verified == "yes"
    return metadata


def _seconds(cell: str) -> float | None:
    """Reads seconds from 0 on; None where the cell holds none."""
    try:
        seconds = float(cell)
    except ValueError:
        return None
    return seconds if 0 <= seconds < math.inf else None
