"""MVBench: 20 tasks of 200 questions each, made from eleven video datasets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from label_adapters.candidate_files import Task, candidate_clips, task_files
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.records import Clip, Skipped

_CHARADES = Task("Charades", ("star/Charades_v1_480", "star/Charades_segment"), window=True)
_CLEVRER = Task("CLEVRER", ("clevrer/video_validation",))
_PERCEPTION = Task("Perception Test", ("perception/videos",))

TASKS = {
    "action_antonym": Task("Something-Something v2", ("ssv2_video", "ssv2_video_mp4")),
    "action_count": _PERCEPTION,
    "action_localization": Task("Charades", ("sta/sta_video", "sta/sta_video_segment"), window=True),
    "action_prediction": _CHARADES,
    "action_sequence": _CHARADES,
    "character_order": _PERCEPTION,
    "counterfactual_inference": _CLEVRER,
    "egocentric_navigation": Task("VLN-CE", ("vlnqa",)),
    "episodic_reasoning": Task("TVQA", ("tvqa/frames_fps3_hq", "tvqa/video_fps3_hq_segment"), window=True, frames=3.0),
    "fine_grained_action": Task(
        "Moments in Time", ("Moments_in_Time_Raw/videos", "Moments_in_Time_Raw/videos/validation")
    ),
    "fine_grained_pose": Task("NTU RGB+D", ("nturgbd", "nturgbd_convert")),
    "moving_attribute": _CLEVRER,
    "moving_count": _CLEVRER,
    "moving_direction": _CLEVRER,
    "object_existence": _CLEVRER,
    "object_interaction": _CHARADES,
    "object_shuffle": _PERCEPTION,
    "scene_transition": Task("MoVQA", ("scene_qa/video",)),
    "state_change": _PERCEPTION,
    "unexpected_action": Task("FunQA", ("FunQA_test/test",)),
}
"""The tasks by the names of their files, with the folders of the video archives below `video/`."""

_ROOTS = ("", "video/", "data0613/", "video/data0613/")


class MVBench(LabelAdapter):
    """MVBench: 20 tasks on what only a sequence of frames shows, 200 questions with candidates each.

    Annotations: the folder `json/` with a file for each task (`action_sequence.json`, `episodic_reasoning.json` ...),
    the folder above it, or one file; other files are left alone. A file is a list of `{video, question, candidates,
    answer}`; `answer` is the text of a candidate. `start` and `end`, in seconds, may follow, and `accurate_start` and
    `accurate_end`, which are taken where the former are no window. A row is a question.

    Videos: below the folder or its `video/`, as the archives unpack: `star/Charades_v1_480/` (action_sequence,
    action_prediction, object_interaction), `sta/sta_video/` (action_localization), `ssv2_video/` (action_antonym),
    `clevrer/video_validation/` (object_existence, moving_direction, moving_count, moving_attribute,
    counterfactual_inference), `perception/videos/` (object_shuffle, action_count, state_change, character_order),
    `Moments_in_Time_Raw/videos/` (fine_grained_action), `FunQA_test/test/` (unexpected_action), `scene_qa/video/`
    (scene_transition), `nturgbd/` (fine_grained_pose), `vlnqa/` (egocentric_navigation) and `tvqa/frames_fps3_hq/`
    (episodic_reasoning: a folder of frames, 3 a second). What was added later lies in `data0613/`. Files that were
    written anew as .mp4 (`ssv2_video_mp4/`, `nturgbd_convert/`) or cut to the window (`star/Charades_segment/`,
    `sta/sta_video_segment/`, `tvqa/video_fps3_hq_segment/`, named `<video>_<start>_<end>.mp4`) do as well.

    Labels: one `qa` with its candidates. In the five tasks on Charades and TVQA the clip is the window of the question.

    Licence: MIT; the videos keep the terms of the datasets that they are from, which the metadata name.

    Source: https://huggingface.co/datasets/OpenGVLab/MVBench, https://github.com/OpenGVLab/Ask-Anything

    Citation: Li et al., MVBench: A Comprehensive Multi-modal Video Understanding Benchmark, 2023 (arXiv:2311.17005).
    """

    name: ClassVar[str] = "mvbench"
    experimental: ClassVar[bool] = True
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: the folder json/ with 20 files, such as action_sequence.json, or one of them\n"
        "--videos: the folder video/ with star/, ssv2_video/, clevrer/ ... as the archives unpack\n"
        "both from https://huggingface.co/datasets/OpenGVLab/MVBench"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("MIT", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Kunchang Li", "others"),
                "MVBench: A Comprehensive Multi-modal Video Understanding Benchmark",
                "arXiv:2311.17005",
                2023,
            ),
        ),
        url="https://huggingface.co/datasets/OpenGVLab/MVBench",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question, task by task."""
        for path, name in task_files(annotations, TASKS):
            yield from candidate_clips(path, name, TASKS[name], videos, _ROOTS, "MIT")
