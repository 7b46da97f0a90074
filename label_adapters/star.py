"""STAR: situated reasoning about everyday videos of Charades, with actions, boxes and relations by keyframe."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from label_adapters.charades_videos import find_video
from label_adapters.rows import malformed
from label_adapters.star_clips import LICENSE, TERMS, Cut, cut_clip, facts, qa_label
from label_adapters.star_files import (
    SideFiles,
    Situation,
    StarQuestion,
    question_files,
    questions_of,
    side_files,
    situations_of,
)
from label_adapters.star_situations import Place, actions_of, labels_of
from vstar_data.adapters import LabelAdapter, Terms, VideoRoot
from vstar_data.errors import UnusableClipError
from vstar_data.records import Clip, Label, SegmentLabel, Skipped, Split

_LONGER_SIDE = 480
_OTHER_SIZES = ("Charades_v1/", "Charades_v1_rgb/")

_Measured = dict[str, tuple[tuple[float, float] | None, float | None]]
"""Size and frame rate by video. Questions of one video stand far apart, and measuring takes a while."""


class Star(LabelAdapter):
    """STAR: questions that need the situation in an everyday video understood, with actions, boxes and relations.

    Annotations: `STAR_train.json`, `STAR_val.json` or `STAR_test.json`, or a folder with them. Each is a list of
    `{question_id, question, video_id, start, end, answer, choices, situations}`; a file with a single such object is
    read too. A row is a question. The test file has no answers: its rows are `unsupported_label`. A file whose name
    tells no split is taken for training. From the repository come the lists in `STAR_classes/` (`action_classes.txt`,
    `object_classes.txt`, `relationship_classes.txt`, `verb_classes.txt`, `action_mapping.txt`), `video_fps`, a pickle
    or JSON with the frame rate of each video, and `multi_person_video_id.json`; they lie beside the questions, in
    `STAR_classes/` or `annotations/`, or one folder above. Labels whose names are missing are left out and counted.

    Videos: those of Charades, scaled to 480 pixels: `<video_id>.mp4` in the folder itself, in `Charades_v1_480/` or
    `Charades_v1/`, or frames in `Charades_v1_rgb/<video_id>/`. A clip that was cut out as
    `<video_id>_<start>_<end>.mp4`, as in `6H78U_11.1_19.6.mp4`, is preferred.

    Labels: one `qa` for each question, with its choices; the sides of "the closet/cabinet" are aliases. From the
    situations a `segment` for each action, from the first to the last keyframe that shows it, a `box` for each thing in
    each keyframe, tracked by what it is, and each `relation` once. The number of a keyframe divided by the frame rate
    is its time; the rate is that of `video_fps`, else the one measured. Boxes need the video at hand: they are in
    pixels of the video scaled to 480. Where the video lies in `Charades_v1/` or `Charades_v1_rgb/`, or its longer side
    is above 480 pixels, its size is scaled down first. What lies outside the clip, and a thing without box, is left out
    and counted in the metadata. Verbs and objects of the actions go to the metadata.

    Options: with `whole_video` the clip is the whole video, and a `segment` that is named as the question gives the
    window that supports the answer.

    Licence: annotations Apache-2.0; the videos are under the licence of Charades, for non-commercial use.

    Source: https://github.com/csbobby/STAR_Benchmark

    Citation: Wu, Yu, Chen, Tenenbaum and Gan, STAR: A Benchmark for Situated Reasoning in Real-World Videos, 2021
    (arXiv:2405.09711).
    """

    name: ClassVar[str] = "star"
    needs: ClassVar[str] = (
        "--annotations: STAR_train.json with STAR_classes/ beside (class lists and video_fps), or the folder\n"
        "--videos: the folder with Charades_v1_480/<video_id>.mp4, or clips <video_id>_<start>_<end>.mp4\n"
        "from https://github.com/csbobby/STAR_Benchmark and https://prior.allenai.org/projects/charades"
    )
    terms: ClassVar[Terms] = TERMS

    whole_video: bool = False

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question that has an answer, file by file."""
        files = question_files(annotations)
        side = side_files(annotations)
        measured: _Measured = {}
        for path, split in files:
            for row in questions_of(path):
                if isinstance(row, Skipped):
                    yield row
                    continue
                number, question = row
                try:
                    yield self._clip(question, split or Split.TRAIN, side, videos, measured)
                except ValueError as problem:
                    yield malformed(path, number, str(problem), question.video_id)

    def _clip(
        self, question: StarQuestion, split: Split, side: SideFiles, videos: VideoRoot | None, measured: _Measured
    ) -> Clip:
        if self.whole_video:
            video, fps = find_video(videos, question.video_id)
            cut = Cut(video, None, None, fps)
        else:
            cut = cut_clip(videos, question.video_id, question.start, question.end)
        asked = qa_label(question)
        labels: list[Label] = [asked]
        if self.whole_video:
            labels.append(SegmentLabel(name=asked.question, start=question.start, end=question.end))
        metadata = facts(question.question_id, question.video_id, question.start, question.end)
        if question.video_id in side.several_people:
            metadata["several_people"] = True
        situations, unread = situations_of(question)
        if unread:
            metadata["left_out"] = {"keyframe": unread}
        if situations:
            place = self._place(question, situations, cut, side, videos, measured)
            more, left_out = labels_of(situations, place, side)
            left_out |= metadata.get("left_out", {})
            labels += more
            if place.rate is not None:
                metadata["fps"] = place.rate
            if actions := actions_of(situations, side):
                metadata["actions"] = actions
            if left_out:
                metadata["left_out"] = left_out
        return Clip(
            id=question.question_id,
            video=cut.video,
            labels=tuple(labels),
            start=cut.start,
            end=cut.end,
            fps=cut.fps,
            split=split,
            license=LICENSE,
            metadata=metadata,
        )

    def _place(
        self,
        question: StarQuestion,
        situations: Mapping[str, Situation],
        cut: Cut,
        side: SideFiles,
        videos: VideoRoot | None,
        measured: _Measured,
    ) -> Place:
        rate = side.rates.get(question.video_id)
        size = None
        boxes = any(each.bbox for each in situations.values())
        if videos is not None and (boxes or rate is None):
            size, found = _measure(videos, cut, measured)
            # Frames were taken out at another rate than the one that keyframes are numbered at.
            rate = rate or (found if cut.fps is None else None)
        if self.whole_video:
            return Place(0.0, math.inf, rate, size)
        return Place(question.start, round(question.end - question.start, 6), rate, size)


def _measure(videos: VideoRoot, cut: Cut, measured: _Measured) -> tuple[tuple[float, float] | None, float | None]:
    """Returns the size that boxes are measured in and the frame rate; None where the video cannot be read."""
    if cut.video not in measured:
        try:
            info = videos.info(cut.video, cut.fps)
        except UnusableClipError:
            measured[cut.video] = None, None
        else:
            longer = max(info.width, info.height)
            as_it_is = cut.video.startswith("Charades_v1_480/") or longer <= _LONGER_SIDE
            scaled = cut.video.startswith(_OTHER_SIZES) or not as_it_is
            factor = _LONGER_SIDE / longer if scaled else 1.0
            measured[cut.video] = (info.width * factor, info.height * factor), info.fps
    return measured[cut.video]
