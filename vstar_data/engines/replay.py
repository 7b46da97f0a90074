"""The `replay` engine: answers from a file, for answers that were made elsewhere.

One JSON object a line. A row names its question by `question_id`, or by `clip_id`: with `kind`, the first question of
that kind, and without, the clip's only question. `text` (or `answer`) is what the model said. Optional are `mode`
("direct" where absent), `sample_index` (where absent the rows of one question and mode count from 0 in their order),
`finish_reason`, `model`, `prompt_tokens` and `completion_tokens`. Null means absent; other keys are passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from vstar_data.decoding import convert, without_nulls
from vstar_data.engines.engine import completion, failure
from vstar_data.errors import UsageError
from vstar_data.records import LABEL_KINDS, Completion, Failure, Mode, Request

CAPACITY = 256

Place = tuple[str, Mode, int]
"""A question, a mode and the number of a sample. The question is an id, or a clip's id with `CLIP` in front."""

CLIP = "\0clip\0"


class ReplayRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file, see the module's description."""

    question_id: str | None = None
    clip_id: str | None = None
    kind: str | None = None
    text: str | None = None
    answer: str | None = None
    mode: Mode = Mode.DIRECT
    sample_index: int | None = None
    finish_reason: Literal["stop", "length"] = "stop"
    model: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


class ReplayEngine:
    """Answers from a file.

    Args:
        path: The JSONL file.

    Raises:
        UsageError: The file cannot be read, a line does not fit, or two lines answer the same request.
    """

    capacity = CAPACITY
    batched = False
    needs_frames = False

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        content = read_replay(self._path)
        self._fingerprint = replay_fingerprint(self._path, content)
        self._rows = _rows(content, self._path)
        self._question_of_clip: dict[str, str] = {}
        self._held: list[Request] = []

    def submit(self, request: Request) -> None:
        """Holds a request."""
        if len(self._held) >= self.capacity:
            raise ValueError(f"the engine holds {self.capacity} requests, as many as it can: collect first")
        self._held.append(request)

    def collect(self) -> list[Completion | Failure]:
        """Answers all that is held, in the order of submission. A request without a row fails with `no_answer`."""
        held, self._held = self._held, []
        return [self._answered(request) for request in held]

    def fingerprint(self) -> str:
        """Returns `replay:<file name>@<hash of its content>`."""
        return self._fingerprint

    def close(self) -> None:
        """Drops the rows."""
        self._rows = {}
        self._held = []

    def _answered(self, request: Request) -> Completion | Failure:
        row = self._rows.get((request.question_id, request.mode, request.sample_index))
        problem = ""
        # A row that names only a clip answers its plain question, not `written:...` or `blind:...`.
        if row is None and request.question_id.startswith(request.clip_id):
            row = self._rows.get((CLIP + request.clip_id, request.mode, request.sample_index))
            other = self._question_of_clip.setdefault(request.clip_id, request.question_id) if row else ""
            if row is not None and other != request.question_id:
                problem = f"; its row names only the clip, which has another question ({other}): name the question"
                row = None
        if row is None:
            place = f"(mode {request.mode}, sample_index {request.sample_index})"
            detail = f"{self._path} has no answer to question {request.question_id} {place}{problem}"
            return failure(request, "no_answer", detail, final=True)
        return completion(
            request,
            _text(row) or "",
            row.finish_reason,
            prompt_tokens=row.prompt_tokens,
            completion_tokens=row.completion_tokens,
            model=row.model or self._fingerprint,
        )


def unmatched(path: Path, questions: Iterable[tuple[str, str]]) -> list[str]:
    """Returns what rows of a file of answers name that is no question of a run, each once, sorted.

    Args:
        path: The file.
        questions: Ids of the run's questions, each with the id of its clip.

    Raises:
        UsageError: See `ReplayEngine`.
    """
    known = {name for question, clip in questions for name in (question, CLIP + clip)}
    return sorted(name.removeprefix(CLIP) for name in questions_named(path) - known)


def questions_named(path: Path) -> set[str]:
    """Returns what the rows of a file of answers name: ids of questions, and ids of clips with `CLIP` in front.

    Raises:
        UsageError: See `ReplayEngine`.
    """
    return {question for question, _, _ in _rows(read_replay(path), path)}


def read_replay(path: Path) -> bytes:
    """Reads the file of a replay engine.

    Raises:
        UsageError: There is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UsageError(
            "The file of answers cannot be read.",
            where=str(path),
            expected="a JSONL file with a line per answer",
            found=problem.strerror,
            mend="give it with --model FILE.jsonl",
        ) from None


def replay_fingerprint(path: Path, content: bytes) -> str:
    """Returns `replay:<file name>@<16 hex digits>`."""
    return f"replay:{path.name}@{hashlib.sha256(content).hexdigest()[:16]}"


def _rows(content: bytes, path: Path) -> dict[Place, ReplayRow]:
    rows: dict[Place, ReplayRow] = {}
    lines: dict[Place, int] = {}
    counts: dict[tuple[str, Mode], int] = {}
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        row = _row(line, where)
        question = _question(row, where)
        count = counts.get((question, row.mode), 0)
        counts[question, row.mode] = count + 1
        place = (question, row.mode, count if row.sample_index is None else row.sample_index)
        if place in rows:
            answered = f"{question.removeprefix(CLIP)}, {row.mode}, sample_index {place[2]}"
            raise UsageError(
                "Two lines answer the same question, mode and sample.",
                where=where,
                found=f"{answered}, also in line {lines[place]}",
                mend="take one of them out, or give each its own sample_index",
            )
        rows[place], lines[place] = row, number
    return rows


def _row(line: bytes, where: str) -> ReplayRow:
    try:
        value: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        mend = "write one JSON object a line"
        raise UsageError("This is not JSON.", where=where, found=str(problem), mend=mend) from None
    row = convert(without_nulls(value), ReplayRow, where=where, error=UsageError)
    if _text(row) is None:
        raise UsageError("The row has no answer.", where=where, expected="`text` (or `answer`)", mend="add it")
    if row.sample_index is not None and row.sample_index < 0:
        found = str(row.sample_index)
        raise UsageError("The number of a sample is negative.", where=where, expected="0 or more", found=found)
    return row


def _question(row: ReplayRow, where: str) -> str:
    """Returns what the row answers, the way `vstar_data.questions.bank` names questions."""
    if row.question_id is not None:
        return row.question_id
    if row.clip_id is None:
        raise UsageError(
            "The row names no question.", where=where, expected="`question_id` or `clip_id`", mend="add one"
        )
    if row.kind is None:
        return CLIP + row.clip_id
    if row.kind not in LABEL_KINDS:
        expected = f"one of {', '.join(LABEL_KINDS)}"
        raise UsageError("There is no such kind of label.", where=where, expected=expected, found=row.kind)
    return f"{row.clip_id}#{row.kind}"


def _text(row: ReplayRow) -> str | None:
    return row.text if row.text is not None else row.answer
