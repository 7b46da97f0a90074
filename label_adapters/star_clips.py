"""What the adapters `star` and `star_val` share: a question as a label, and where its clip lies on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from label_adapters.charades import RIGHTS as CHARADES_RIGHTS
from label_adapters.charades_videos import find_video
from label_adapters.charades_words import spellings
from label_adapters.star_files import StarQuestion
from vstar_data.adapters import Citation, Redistribution, Rights, Terms, VideoRoot
from vstar_data.records import QALabel

LICENSE = "Apache-2.0"
TERMS = Terms(
    annotations=Rights(LICENSE, Redistribution.ALLOWED),
    videos=CHARADES_RIGHTS,
    citations=(
        Citation(
            ("Bo Wu", "Shoubin Yu", "Zhenfang Chen", "Joshua B. Tenenbaum", "Chuang Gan"),
            "STAR: A Benchmark for Situated Reasoning in Real-World Videos",
            "arXiv:2405.09711",
            2021,
        ),
    ),
    url="https://github.com/csbobby/STAR_Benchmark",
)

_FOLDERS = ("", "STAR_clips/", "clips/", "videos/", "Charades_v1_480/")


@dataclass(frozen=True)
class Cut:
    """The file that shows a window, and where in the file the window lies; both empty where the file is the window."""

    video: str
    start: float | None
    end: float | None
    fps: float | None


def qa_label(question: StarQuestion) -> QALabel:
    """Returns a question with its answer. Where a slash has two sides, each is an alias.

    Raises:
        ValueError: The answer is not among the choices, or a text is empty.
    """
    answer = (question.answer or "").strip()
    choices = tuple(each.choice.strip() for each in question.choices)
    if not choices:
        raise ValueError("`choices` must not be empty")
    return QALabel(question=question.question.strip(), answer=answer, choices=choices, aliases=spellings(answer))


def cut_clip(videos: VideoRoot | None, video_id: str, start: float, end: float) -> Cut:
    """Finds the clip that was cut out as `<video_id>_<start>_<end>`, else the window in the whole video."""
    if videos is not None:
        names = dict.fromkeys((f"{video_id}_{start:g}_{end:g}", f"{video_id}_{start}_{end}"))
        if found := videos.find(*[folder + name for name in names for folder in _FOLDERS]):
            return Cut(found, None, None, None)
    video, fps = find_video(videos, video_id)
    return Cut(video, start, end, fps)


def facts(question_id: str, video_id: str, start: float, end: float) -> dict[str, Any]:
    """Returns the metadata that every question has: `Interaction_T1_13` is of the type Interaction, template T1."""
    metadata: dict[str, Any] = {"video_id": video_id, "time_start": start, "time_end": end}
    parts = question_id.split("_")
    if len(parts) == 3:
        metadata["question_type"], metadata["template"] = parts[0], parts[1]
    return metadata
