"""NExT-GQA: questions of NExT-QA with the windows of the video that show the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar

from label_adapters import next_files
from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from label_adapters.side_tables import side_table
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, SegmentLabel, Skipped, Split

_NEEDED = ("video_id", "question", "answer", "qid", "type", *next_files.CHOICES)
_WINDOWS = {Split.VALIDATION: "gsub_val.json", Split.TEST: "gsub_test.json"}
_FAR = 1e9
"""No video is that many seconds long. Infinity, and whole numbers too large for a float, lie beyond."""


class NextGQA(LabelAdapter):
    """NExT-GQA: questions on causes and order in everyday videos, with the windows that show the answer.

    Annotations: `val.csv` or `test.csv`, or a folder with them, beside `gsub_val.json` and `gsub_test.json`. The
    columns are those of NExT-QA but for `video_id`, and `answer` is the text of a choice. The JSON is an object: by
    video its `duration`, `fps` and `location`, which has for each `qid` a list of windows in seconds. `train.csv` has
    no windows and is read without. `map_vid_vidorID.json`, beside or one folder above, says in which folder each video
    lies. A row is a question. One without an answer is `unsupported_label`.

    Videos: as those of NExT-QA: `NExTVideo/<folder>/<video>.mp4`, `<folder>/<video>.mp4`,
    `videos/<folder>/<video>.mp4`, or without the folder. The whole file is the clip.

    Labels: a `qa` with its five choices, and a `segment` for each window; its name is the question, word for word,
    which says that the window supports the answer. Windows that begin before 0 or end behind the video are cut to it,
    as the files have some of both; one that is empty then is left out and counted under `left_out`. Questions without a
    window have the `qa` alone.

    Licence: annotations MIT; the videos are of VidOR (YFCC-100M) and belong to those who uploaded them.

    Source: https://github.com/doc-doc/NExT-GQA

    Citation: Xiao, Yao, Li and Chua, Can I Trust Your Answer? Visually Grounded Video Question Answering, 2023
    (arXiv:2309.01327).
    """

    name: ClassVar[str] = "next_gqa"
    needs: ClassVar[str] = (
        "--annotations: val.csv or test.csv with gsub_val.json or gsub_test.json and map_vid_vidorID.json beside\n"
        "--videos: the folder with NExTVideo/<folder>/<video>.mp4\n"
        "both from https://github.com/doc-doc/NExT-GQA"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("MIT", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Junbin Xiao", "Angela Yao", "Yicong Li", "Tat-Seng Chua"),
                "Can I Trust Your Answer? Visually Grounded Video Question Answering",
                "arXiv:2309.01327",
                2023,
            ),
        ),
        url="https://github.com/doc-doc/NExT-GQA",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question, file by file."""
        tables = next_files.tables(annotations)
        headers = [_header(path) for path, _ in tables]
        for (path, split), header in zip(tables, headers, strict=True):
            yield from _clips_of(path, header, split, videos)


def _header(path: Path) -> list[str]:
    header = read_header(path)
    if "video_id" not in header and "video" in header:
        raise AnnotationError(
            'There is no column "video_id".',
            where=str(path),
            found="video, which files of NExT-QA have: their answers are indices, not texts",
            mend="read it with the adapter nextqa",
        )
    check_columns(_NEEDED, header, path)
    return header


def _clips_of(path: Path, header: list[str], split: Split, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    needed = itemgetter(*(header.index(name) for name in _NEEDED))
    paths = next_files.vidor_paths(path)
    grounds = _grounds(path, split)
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        video, question, answer, qid, kind, *choices = [cell.strip() for cell in needed(cells)]
        if not answer:
            yield unsupported(path, line, "the question has no answer", video or None)
            continue
        if not video or not qid:
            yield malformed(
                path, line, f"a video_id and a qid are expected, found {video!r} and {qid!r}", video or None
            )
            continue
        metadata: dict[str, Any] = {"video_id": video, "qid": qid, "type": kind}
        try:
            label = QALabel(question=as_question(question), answer=answer, choices=tuple(choices))
        except ValueError as problem:
            yield malformed(path, line, str(problem), video)
            continue
        segments = list(_segments(grounds.get(video), qid, label.question, metadata))
        yield Clip(
            id=f"{video}_{qid}",
            video=next_files.video_path(video, paths, videos),
            labels=(label, *segments),
            split=split,
            license="MIT",
            metadata=metadata,
        )


def _grounds(path: Path, split: Split) -> Mapping[str, Any]:
    """Reads the windows of a split; they lie in a file of their own, except for the train split, which has none."""
    name = _WINDOWS.get(split)
    if name is None:
        return {}
    windows = path.parent / name
    if not windows.is_file():
        raise AnnotationError(
            "The windows of the answers are not there.",
            where=str(windows),
            expected=f"{name} beside {path.name}",
            mend="take it from the folder of https://github.com/doc-doc/NExT-GQA that the CSV is from",
        )
    return side_table(windows)


def _segments(ground: Any, qid: str, question: str, metadata: dict[str, Any]) -> Iterator[SegmentLabel]:
    """Yields the windows of a question, cut to the video; notes in the metadata what the video is and what is lost."""
    if not isinstance(ground, dict):
        return
    duration, fps = _number(ground.get("duration")), _number(ground.get("fps"))
    metadata.update({key: value for key, value in (("duration", duration), ("fps", fps)) if value is not None})
    location = ground.get("location")
    windows = location.get(qid, []) if isinstance(location, dict) else []
    left_out = 0
    for window in windows if isinstance(windows, list) else [None]:
        start, end = map(_number, window) if isinstance(window, list) and len(window) == 2 else (None, None)
        if start is not None and end is not None:
            start, end = max(start, 0.0), end if duration is None else min(end, duration)
            if start < end:
                yield SegmentLabel(name=question, start=start, end=end)
                continue
        left_out += 1
    if left_out:
        metadata["left_out"] = {"segment": left_out}


def _number(value: Any) -> float | None:
    """Returns a number of JSON that could be seconds, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_FAR < value < _FAR else None
