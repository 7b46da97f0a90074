"""Charades-STA: sentences about Charades videos, each with the window that it describes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar

from label_adapters.charades import LICENSE, RIGHTS, split_files
from label_adapters.charades_videos import find_video
from label_adapters.rows import malformed
from label_adapters.text_lines import numbered_lines
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, SegmentLabel, Skipped, Split


class CharadesSTA(LabelAdapter):
    """Charades-STA: sentences about the videos of Charades, each with the window that it describes.

    Annotations: `charades_sta_train.txt` or `charades_sta_test.txt`, or the folder with both. A row is a line such as
    `AO8RW 0.0 6.9##a person is putting a book on a shelf.`: a video, a start and an end in seconds, a sentence.

    Videos: those of Charades: `<id>.mp4` in the folder itself, in `Charades_v1/` or `Charades_v1_480/`, or the frames
    at 24 a second in `Charades_v1_rgb/<id>/`. The whole video is the clip.

    Labels: one `segment`, named by the sentence without its final period. A line whose end is not after its start is
    `malformed_row`. A window may end a little after the video: its length is not known here.

    Licence: made from Charades, whose annotations are for non-commercial use and may not be passed on.

    Source: https://github.com/jiyanggao/TALL

    Citation: Gao, Sun, Yang and Nevatia, TALL: Temporal Activity Localization via Language Query, 2017
    (arXiv:1705.02101).
    """

    name: ClassVar[str] = "charades_sta"
    experimental: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: charades_sta_train.txt, or the folder with charades_sta_test.txt too\n"
        "--videos: the folder with Charades_v1_480/<id>.mp4 or Charades_v1/<id>.mp4\n"
        "from https://github.com/jiyanggao/TALL and https://prior.allenai.org/projects/charades"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=RIGHTS,
        videos=RIGHTS,
        citations=(
            Citation(
                ("Jiyang Gao", "Chen Sun", "Zhenheng Yang", "Ram Nevatia"),
                "TALL: Temporal Activity Localization via Language Query",
                "arXiv:1705.02101",
                2017,
            ),
        ),
        url="https://prior.allenai.org/projects/charades",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line, file by file."""
        for path, split in split_files(annotations, "charades_sta_*.txt", "charades_sta_train.txt"):
            yield from _clips_of(path, split, videos)


def _clips_of(path: Path, split: Split, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    number = 0
    for number, line in numbered_lines(path):
        yield _clip(path, number, line, split, videos)
    if not number:
        raise AnnotationError(
            "The file holds no lines.", where=str(path), expected="lines such as `AO8RW 0.0 6.9##a person sits down.`"
        )


def _clip(path: Path, number: int, line: str, split: Split, videos: VideoRoot | None) -> Clip | Skipped:
    try:
        head, mark, sentence = line.partition("##")
        video_id, start, end = head.split()
        window = float(start), float(end)
    except ValueError:
        detail = f"a line such as `AO8RW 0.0 6.9##a sentence` is expected, found {line.strip()[:80]!r}"
        return malformed(path, number, detail)
    name = sentence.strip().rstrip(".").rstrip()
    if not mark or not name:
        return malformed(path, number, "a sentence behind ## is expected", video_id)
    if not 0 <= window[0] < window[1] < math.inf:
        return malformed(path, number, f"0 <= start < end is expected, found {start} and {end}", video_id)
    video, fps = find_video(videos, video_id)
    # Several sentences may have one window: the id tells them apart, in whatever order the lines stand.
    sentence_id = blake2b(name.encode(), digest_size=3).hexdigest()
    return Clip(
        id=f"{video_id}_{start}_{end}_{sentence_id}",
        video=video,
        labels=(SegmentLabel(name=name, start=window[0], end=window[1]),),
        fps=fps,
        split=split,
        license=LICENSE,
        metadata={"video_id": video_id},
    )
