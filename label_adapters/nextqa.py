"""NExT-QA: questions on causes, order and content of everyday videos, with five choices each."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar

from label_adapters import next_files
from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, QALabel, Skipped, Split

_PLACES = {str(place): place for place in range(len(next_files.CHOICES))}
_NEEDED = ("video", "question", "answer", "qid", "type", *next_files.CHOICES)
_SIZES = ("frame_count", "width", "height")


class NextQA(LabelAdapter):
    """NExT-QA: why, how, when and what in everyday videos, asked with five choices each.

    Annotations: `train.csv`, `val.csv` or `test.csv` of the multiple choice task, or a folder with them. The columns
    are `video,frame_count,width,height,question,answer,qid,type,a0,a1,a2,a3,a4`; `answer` is the index of a choice,
    from 0. `map_vid_vidorID.json`, beside or one folder above, says in which folder each video lies. A row is a
    question. One without an answer is `unsupported_label`.

    Videos: `NExTVideo/<folder>/<video>.mp4` as the archive has them (`NExTVideo/1164/3238737531.mp4`), or
    `<folder>/<video>.mp4`, `videos/<folder>/<video>.mp4`, or without the folder. The whole file is the clip.

    Labels: one `qa` for each question, with its five choices. A capital and a question mark are added to the
    question; choices that occur twice stay. `type` in the metadata is the dataset's own: CW and CH ask why and how,
    TP, TC and TN what comes before, at the time and next, DC, DL and DO for a count, a place and anything else.

    Licence: annotations MIT; the videos are of VidOR (YFCC-100M) and belong to those who uploaded them.

    Source: https://github.com/doc-doc/NExT-QA

    Citation: Xiao, Shang, Yao and Chua, NExT-QA: Next Phase of Question-Answering to Explaining Temporal Actions, 2021
    (arXiv:2105.08276).
    """

    name: ClassVar[str] = "nextqa"
    needs: ClassVar[str] = (
        "--annotations: train.csv, val.csv or test.csv, or the folder; map_vid_vidorID.json beside\n"
        "--videos: the folder with NExTVideo/<folder>/<video>.mp4\n"
        "both from https://github.com/doc-doc/NExT-QA"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("MIT", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Junbin Xiao", "Xindi Shang", "Angela Yao", "Tat-Seng Chua"),
                "NExT-QA: Next Phase of Question-Answering to Explaining Temporal Actions",
                "arXiv:2105.08276",
                2021,
            ),
        ),
        url="https://github.com/doc-doc/NExT-QA",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each question, file by file."""
        tables = next_files.tables(annotations)
        headers = [_header(path) for path, _ in tables]
        for (path, split), header in zip(tables, headers, strict=True):
            yield from _clips_of(path, header, split, videos)


def _header(path: Path) -> list[str]:
    header = read_header(path)
    if "video" not in header and "video_id" in header:
        raise AnnotationError(
            'There is no column "video".',
            where=str(path),
            found="video_id, which files of NExT-GQA have: their answers are texts, not indices",
            mend="read it with the adapter next_gqa",
        )
    check_columns(_NEEDED, header, path)
    return header


def _clips_of(path: Path, header: list[str], split: Split, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    needed = itemgetter(*(header.index(name) for name in _NEEDED))
    sizes = [(name, header.index(name)) for name in _SIZES if name in header]
    paths = next_files.vidor_paths(path)
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        video, question, answer, qid, kind, *choices = [cell.strip() for cell in needed(cells)]
        if not answer:
            yield unsupported(path, line, "the question has no answer", video or None)
            continue
        place = _PLACES.get(answer)
        if not video or not qid or place is None:
            expected = f"a video, a qid and an answer from 0 to {len(choices) - 1} are expected"
            yield malformed(path, line, f"{expected}, found {video!r}, {qid!r} and {answer!r}", video or None)
            continue
        metadata: dict[str, Any] = {"video_id": video, "qid": qid, "type": kind}
        for name, at in sizes:
            if (cell := cells[at]).isdecimal() and len(cell) < 10:
                metadata[name] = int(cell)
        try:
            label = QALabel(question=as_question(question), answer=choices[place], choices=tuple(choices))
        except ValueError as problem:
            yield malformed(path, line, str(problem), video)
            continue
        yield Clip(
            id=f"{video}_{qid}",
            video=next_files.video_path(video, paths, videos),
            labels=(label,),
            split=split,
            license="MIT",
            metadata=metadata,
        )
