"""Reads the flat CSVs of question sets: one question a row, its options in the columns a0, a1, ... where it has any.

IG-VLM brought many sets into this form. Not here: which set a file is of, and where its videos lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.question_text import as_question
from label_adapters.rows import malformed, unsupported
from vstar_data.records import QALabel, Skipped

_NEEDED = ("video_name", "question", "answer", "question_id")
_MORE = ("video_id", "question_type")


class FlatRow(NamedTuple):
    """A row: where it stands, whose question it is, and the label.

    Attributes:
        line: The line that it begins on.
        video: The name of the video's file, without suffix.
        question_id: The id of the question, seldom unique by itself.
        video_id: Another id of the video or, in some files, of the row; empty where there is none.
        kind: The dataset's type of question; empty where there is none.
        label: The question with its answer.
    """

    line: int
    video: str
    question_id: str
    video_id: str
    kind: str
    label: QALabel


def flat_rows(path: Path) -> Iterator[FlatRow | Skipped]:
    """Yields each row of a flat CSV, or why it has no question with an answer.

    Raises:
        AnnotationError: The file is no such CSV; see `delimited`.
    """
    header = read_header(path)
    check_columns(_NEEDED, header, path)
    choice_at = [header.index(name) for name in _choices(header)]
    needed = itemgetter(*(header.index(name) for name in _NEEDED))
    more = [header.index(name) if name in header else None for name in _MORE]
    for row in read_rows(path):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        video, question, answer, question_id = [cell.strip() for cell in needed(cells)]
        video_id, kind = [cells[at].strip() if at is not None else "" for at in more]
        choices = tuple([cells[at].strip() for at in choice_at])
        if not answer:
            yield unsupported(path, line, "the question has no answer", video or None)
            continue
        if not video or not question_id:
            expected = "a video_name and a question_id are expected"
            yield malformed(path, line, f"{expected}, found {video!r} and {question_id!r}", video or None)
            continue
        try:
            label = QALabel(question=as_question(question), answer=answer, choices=choices)
        except ValueError as problem:
            yield malformed(path, line, str(problem), video)
            continue
        yield FlatRow(line, video, question_id, video_id, kind, label)


def _choices(header: list[str]) -> Iterator[str]:
    number = 0
    while f"a{number}" in header:
        yield f"a{number}"
        number += 1
