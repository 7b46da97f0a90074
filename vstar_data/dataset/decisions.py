"""What people decided about answers: decisions.jsonl of a run, an input of the dataset. Appended to, never rewritten.

A decision is about one text and what its question asks for. It counts as long as both are what they were.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import msgspec

from vstar_data.dataset.judged import Judged
from vstar_data.errors import StorageError
from vstar_data.files import append_lines
from vstar_data.records import Question, Verdict

NAME = "decisions.jsonl"

_REMEMBERED = 1_000
"""Bytes before the place that was read up to, by which a file is known again."""


class Choice(StrEnum):
    """What a person says of an answer. `skip` takes an earlier choice back."""

    ACCEPT = "accept"
    REJECT = "reject"
    SKIP = "skip"


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of decisions.jsonl. Unknown keys are passed over.

    Attributes:
        id: The id of the row that the answer is published under.
        decision: The choice.
        reviewer: Who made it.
        at: When: ISO 8601, UTC.
        text_sha256: Of the answer's text as the model made it.
        question_sha256: Of the question and its targets; null counts as unchanged.
        note: What else the person wrote.
    """

    id: str
    decision: Choice
    reviewer: str
    at: str
    text_sha256: str
    question_sha256: str | None = None
    note: str | None = None

    def is_about(self, text: str, question: Question) -> bool:
        """Whether text and question are those that the decision was made on."""
        return self.text_sha256 == text_sha256(text) and (
            self.question_sha256 is None or self.question_sha256 == question_sha256(question)
        )


_decoder = msgspec.json.Decoder(Decision)


class Decisions:
    """A file of decisions, read on as other people add to it.

    Args:
        path: The file; it need not exist.

    Attributes:
        latest: For each row the last decision on it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.latest: dict[str, Decision] = {}
        self._read, self._file, self._before = 0, (0, 0), b""
        self._bad_lines, self._bad_end = 0, False

    @property
    def ignored_lines(self) -> int:
        """Lines that are no decisions, wherever they stand."""
        return self._bad_lines + self._bad_end

    def read_on(self) -> list[str]:
        """Reads what was added since the last time.

        Returns:
            The rows decided on in it, one for each line.

        Raises:
            StorageError: The file cannot be read.
        """
        try:
            with open(self.path, "rb") as file:
                status = os.fstat(file.fileno())
                # Somebody may have put another file in its place, or have edited it: then nothing of before holds.
                same = (status.st_dev, status.st_ino) == self._file and status.st_size >= self._read
                file.seek(self._read - len(self._before))
                if not same or file.read(len(self._before)) != self._before:
                    self._begin_anew()
                    self._file = status.st_dev, status.st_ino
                    file.seek(0)
                content = file.read()
        except FileNotFoundError:
            self._begin_anew()
            return []
        except OSError as problem:
            raise StorageError(
                "The decisions cannot be read.",
                where=str(self.path),
                found=problem.strerror or str(problem),
                mend="let this user read the file, or put it back from a copy",
            ) from None
        whole, _, end = content.rpartition(b"\n")
        self._read += len(content) - len(end)
        self._before = (self._before + content[: len(content) - len(end)])[-_REMEMBERED:]
        lines = [line for line in whole.split(b"\n") if line.strip()]
        found = [decision for line in lines if (decision := _decoded(line)) is not None]
        self._bad_lines += len(lines) - len(found)
        # A line without its newline may be on its way, or be the last of a file that was written by hand.
        last = _decoded(end) if end.strip() else None
        self._bad_end = bool(end.strip()) and last is None
        if last is not None:
            found.append(last)
        self.latest.update((decision.id, decision) for decision in found)
        return [decision.id for decision in found]

    def append(self, decision: Decision) -> None:
        """Adds a decision; it is on the disk when this returns. `read_on` gives it back.

        Raises:
            StorageError: The disk refuses.
        """
        append_lines(self.path, [msgspec.json.encode(decision)])

    def _begin_anew(self) -> None:
        self.latest.clear()
        self._read, self._file, self._before = 0, (0, 0), b""
        self._bad_lines, self._bad_end = 0, False


class Reviewed:
    """The decisions of a run laid over the verifier's verdicts.

    Args:
        run: The run's folder.

    Attributes:
        ignored_lines: Lines of decisions.jsonl that are no decisions.

    Raises:
        StorageError: decisions.jsonl cannot be read.
    """

    def __init__(self, run: Path) -> None:
        decisions = Decisions(run / NAME)
        decisions.read_on()
        self.ignored_lines = decisions.ignored_lines
        self._decided = {name: one for name, one in decisions.latest.items() if one.decision is not Choice.SKIP}
        self._counted: set[str] = set()

    def applied(self, judged: Judged) -> Judged:
        """Returns an answer as it is published: with the choice of a person, where there is one that counts."""
        decision = self._decided.get(judged.id)
        if decision is None or not decision.is_about(judged.completion.text, judged.question):
            return judged
        self._counted.add(judged.id)
        accepted = decision.decision is Choice.ACCEPT
        overruled = accepted != judged.verdict.accepted
        verdict = judged.verdict
        if overruled:
            verdict = Verdict(accepted=accepted, per_label=verdict.per_label)
        return replace(judged, verdict=verdict, reviewed=decision.decision.value, overruled=overruled)

    @property
    def stale(self) -> int:
        """Decisions that no answer was found for: it is gone, or text, question or targets are others."""
        return len(self._decided) - len(self._counted)


def text_sha256(text: str) -> str:
    """Returns the hash that a decision keeps of an answer."""
    return hashlib.sha256(text.encode()).hexdigest()


def question_sha256(question: Question) -> str:
    """Returns the hash that a decision keeps of a question and its targets."""
    return hashlib.sha256(msgspec.json.encode([question.text, question.targets])).hexdigest()


def _decoded(line: bytes) -> Decision | None:
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
