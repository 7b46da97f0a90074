"""Question sets as flat CSVs: NExT-QA, IntentQA, STAR, ActivityNet-QA, MSVD-QA, MSRVTT-QA, TGIF-QA and others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from label_adapters import next_files
from label_adapters.flat_table import FlatRow, flat_rows
from label_adapters.source_ids import cut_window, source_id
from vstar_data.adapters import LabelAdapter, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped, Split


class FlatQA(LabelAdapter):
    """Flat question sets: the CSVs of IG-VLM, in which many video question benchmarks have one form.

    Annotations: one CSV with the columns `video_name`, `question`, `question_id` and `answer`, and for multiple choice
    `a0`, `a1` and so on, of which the answer is one word for word. `video_id`, `question_type` and a first column
    without name may be there. So come ActivityNet_QA, MSVD_QA, MSRVTT_QA, TGIF_FrameQA, Generic_QA, Temporal_QA,
    Consistency_QA1 and 2 (open answers), IntentQA, NExT_QA, STAR, TVQA and EgoSchema (choices). A row is a question.
    One without an answer is `unsupported_label`.

    Videos: `<video_name>.mp4` (or another suffix) in the folder or in `videos/`; names that begin with `v_` are found
    without it too. For NExT-QA and IntentQA `NExTVideo/<folder>/<video>.mp4` as well, where `map_vid_vidorID.json` lies
    beside the CSV or one folder above. The whole file is the clip: those of STAR are cut (`6H78U_11.1_19.6`), and the
    times in the source video go to the metadata.

    Labels: one `qa` for each question, with its choices where it has any. A capital and a question mark are added to
    the question where they are missing.

    Options: `dataset`, the name of the set in ids and metadata, else that of the file; `license`, written into every
    clip.

    Licence: the CSVs BSD-3-Clause (IG-VLM's repository); the questions and the videos keep the terms of their sets.

    Source: https://github.com/imagegridworth/IG-VLM

    Citation: Kim, Choi, Lee and Rhee, An Image Grid Can Be Worth a Video: Zero-shot Video Question Answering Using a
    VLM, 2024 (arXiv:2403.18406).
    """

    name: ClassVar[str] = "flat_qa"
    benchmark: ClassVar[bool] = True
    needs: ClassVar[str] = (
        "--annotations: one CSV of https://github.com/imagegridworth/IG-VLM (data/), such as IntentQA.csv\n"
        "--videos: the folder with <video_name>.mp4, from the dataset's own home page"
    )

    dataset: str = ""
    license: str | None = None

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question."""
        if annotations.is_dir():
            raise AnnotationError(
                "A folder does not say which set is meant.",
                where=str(annotations),
                expected="one CSV",
                found=", ".join(sorted(path.name for path in annotations.glob("*.csv"))) or "no CSV",
                mend="name the file",
            )
        dataset = self.dataset or annotations.stem
        paths = next_files.vidor_paths(annotations)
        for row in flat_rows(annotations):
            if isinstance(row, Skipped):
                yield row
                continue
            yield Clip(
                # TGIF gives several questions of a video one id, and tells them apart by the other id.
                id="/".join(dict.fromkeys(filter(None, (dataset, row.video, row.video_id, row.question_id)))),
                video=_path(row.video, paths, videos),
                labels=(row.label,),
                split=Split.TEST,
                license=self.license,
                metadata=_metadata(dataset, row),
            )


def _path(video: str, paths: Any, videos: VideoRoot | None) -> str:
    if video in paths:
        return next_files.video_path(video, paths, videos)
    found = None
    if videos:
        names = dict.fromkeys((video, video.removeprefix("v_") or video))
        found = videos.find(*names, *(f"videos/{name}" for name in names), f"NExTVideo/{video}")
    return found or f"{video}.mp4"


def _metadata(dataset: str, row: FlatRow) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "dataset": dataset,
        "video_id": source_id(row.video),
        "question_id": row.question_id,
    }
    if row.kind:
        metadata["type"] = row.kind
    if window := cut_window(row.video):
        metadata["time_start"], metadata["time_end"] = window
    return metadata
