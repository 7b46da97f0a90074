"""STAR val: the questions of STAR's validation split, as a benchmark."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec

from label_adapters.charades_words import spellings
from label_adapters.flat_table import flat_rows
from label_adapters.rows import malformed
from label_adapters.split_names import split_of_name
from label_adapters.star_clips import LICENSE, TERMS, Cut, cut_clip, facts, qa_label
from label_adapters.star_files import question_files, questions_of
from vstar_data.adapters import LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_CUT = re.compile(r"(.+)_([0-9]+(?:\.[0-9]+)?)_([0-9]+(?:\.[0-9]+)?)")


class StarVal(LabelAdapter):
    """STAR val: the 7,098 questions of STAR's validation split, four choices each, as a benchmark.

    Annotations: `STAR_val.json`, or a folder with it; see the adapter `star`. Or the CSV that IG-VLM made of it, with
    the columns `video_name,question,answer,question_id,question_type,a0,a1,a2,a3`, where `video_name` is such as
    `6H78U_11.1_19.6`. A row is a question.

    Videos: those of Charades: `<video_id>.mp4` in the folder itself, in `Charades_v1_480/` or `Charades_v1/`, or frames
    in `Charades_v1_rgb/<video_id>/`. A clip that was cut out as `<video_id>_<start>_<end>.mp4` is preferred.

    Labels: one `qa` for each question, with its choices; the sides of "the closet/cabinet" are aliases. Actions, boxes
    and relations are left to the adapter `star`. Both files give the same clips.

    Licence: annotations Apache-2.0 (the CSV is of a BSD-3 repository); the videos are under the licence of Charades,
    for non-commercial use.

    Source: https://github.com/csbobby/STAR_Benchmark

    Citation: Wu, Yu, Chen, Tenenbaum and Gan, STAR: A Benchmark for Situated Reasoning in Real-World Videos, 2021
    (arXiv:2405.09711).
    """

    name: ClassVar[str] = "star_val"
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: STAR_val.json, or STAR.csv of IG-VLM\n"
        "--videos: the folder with Charades_v1_480/<video_id>.mp4, or clips <video_id>_<start>_<end>.mp4\n"
        "from https://github.com/csbobby/STAR_Benchmark and https://prior.allenai.org/projects/charades"
    )
    terms: ClassVar[Terms] = TERMS

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question."""
        path = _file(annotations)
        split = split_of_name(path) or Split.VALIDATION
        rows = _of_table(path, split, videos) if path.suffix.lower() == ".csv" else _of_json(path, split, videos)
        yield from rows


def _file(annotations: Path) -> Path:
    if not annotations.is_dir():
        return annotations
    for path, split in question_files(annotations):
        if split is Split.VALIDATION:
            return path
    raise AnnotationError("The folder holds no questions.", where=str(annotations), expected="STAR_val.json")


def _of_json(path: Path, split: Split, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    for row in questions_of(path):
        if isinstance(row, Skipped):
            yield row
            continue
        number, question = row
        window = question.start, question.end
        try:
            cut = cut_clip(videos, question.video_id, *window)
            yield _clip(question.question_id, question.video_id, window, qa_label(question), cut, split)
        except ValueError as problem:
            yield malformed(path, number, str(problem), question.video_id)


def _of_table(path: Path, split: Split, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    for row in flat_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        found = _CUT.fullmatch(row.video)
        window = (float(found[2]), float(found[3])) if found else (0.0, 0.0)
        if found is None or not window[0] < window[1] < math.inf:
            detail = f"a video_name such as 6H78U_11.1_19.6 is expected, found {row.video!r}"
            yield malformed(path, row.line, detail, row.video)
            continue
        label = row.label
        if aliases := spellings(label.answer):
            label = msgspec.structs.replace(label, aliases=aliases)
        cut = cut_clip(videos, found[1], *window)
        yield _clip(row.question_id, found[1], window, label, cut, split)


def _clip(question_id: str, video_id: str, window: tuple[float, float], label: QALabel, cut: Cut, split: Split) -> Clip:
    return Clip(
        id=question_id,
        video=cut.video,
        labels=(label,),
        start=cut.start,
        end=cut.end,
        fps=cut.fps,
        split=split,
        license=LICENSE,
        metadata=facts(question_id, video_id, *window),
    )
