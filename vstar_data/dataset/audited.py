"""What a person's marks say of the verdicts of a run: audit.json, an input of the dataset, and whether it still holds.

It holds for the answers and verdicts that it was made for. With others it stays in the run and is not published.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.decoding import decode_json
from vstar_data.errors import RecordError
from vstar_data.files import write_whole
from vstar_data.generation.block_state import BlockState
from vstar_data.records import Completion, Question, Record


class Share(Record, frozen=True):
    """A share with its 95 % interval, all 0..1."""

    value: float
    low: float
    high: float


class AuditedGroup(Record, frozen=True):
    """What the marks say of the answers of one kind and mode; an empty kind or mode stands for all.

    Attributes:
        accepted, rejected: Answers of the run with that verdict.
        accepted_marked, rejected_marked: Of these, those that a person marked.
        accepted_right, rejected_right: Of those, the ones marked as containing their targets.
        precision: The share of accepted answers that contain their targets; null where none was marked.
        recall: The share of answers containing their targets that are accepted; null where it cannot be told.
    """

    kind: str
    mode: str
    accepted: int
    accepted_marked: int
    accepted_right: int
    rejected: int
    rejected_marked: int
    rejected_right: int
    precision: Share | None = None
    recall: Share | None = None


class Audited(Record, frozen=True):
    """The marks of a run, counted.

    Attributes:
        profile, verifier: The rules that were audited.
        answers: The hash over the answers and verdicts that were audited, see `AnswersDigest`.
        groups: First all answers together, then each mode, then each kind and mode.
        uncovered: Kinds and modes that have answers without a mark on one side, so that the totals pass over them.
    """

    profile: str
    verifier: str
    answers: str
    groups: tuple[AuditedGroup, ...]
    uncovered: tuple[str, ...] = ()

    def published(self) -> dict[str, Any]:
        """Returns what the manifest says of it."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {key: values[key] for key in ("groups", "uncovered")}


class AnswersDigest:
    """A hash over answers with their questions, targets and verdicts, in the order of the dataset."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, question: Question, completion: Completion, *, accepted: bool) -> None:
        """Takes an answer."""
        ground = [question.id, question.text, question.targets, completion.mode, completion.sample_index]
        self._hash.update(msgspec.json.encode([*ground, completion.text, accepted]) + b"\n")

    def hexdigest(self) -> str:
        """Returns the SHA-256 so far."""
        return self._hash.hexdigest()


class AuditOfRun:
    """Finds out, on one pass over the blocks of a run, whether its audit.json holds for its answers.

    Args:
        run: The run's folder.
        profile: The profile that judges now.
        verifier: The version of the verifier that judges now.
    """

    def __init__(self, run: Path, profile: str, verifier: str) -> None:
        self._audited: Audited | None = None
        self._unread = ""
        try:
            self._audited = read_audited(run)
        except (RecordError, OSError) as problem:
            told = f"{problem.where}: {problem.found}" if isinstance(problem, RecordError) else str(problem)
            self._unread = f"audit.json cannot be read ({told}); remove it, or count the marks again"
        self._rules = profile, verifier
        self._digest = AnswersDigest()

    def add(self, block: BlockState) -> None:
        """Takes in the answers of a block."""
        if self._audited is not None:
            for question in block.asked():
                for completion, kept in block.judged(question):
                    self._digest.add(question, completion, accepted=kept.verdict.accepted)

    def standing(self) -> tuple[Audited | None, str]:
        """Returns the audit if it holds, or else in words why it does not; nothing of either where there is none."""
        if self._audited is None:
            return None, self._unread
        why_not = outdated(self._audited, *self._rules, self._digest.hexdigest())
        return (None, why_not) if why_not else (self._audited, "")


def audited_file(run: Path) -> Path:
    """Returns where a run keeps its marks, counted."""
    return run / "audit.json"


def write_audited(run: Path, audited: Audited) -> None:
    """Writes audit.json.

    Raises:
        StorageError: The disk refuses.
    """
    write_whole(audited_file(run), msgspec.json.format(msgspec.json.encode(audited), indent=2) + b"\n")


def read_audited(run: Path) -> Audited | None:
    """Reads audit.json, if there is one.

    Raises:
        RecordError: It is not what `write_audited` writes.
    """
    path = audited_file(run)
    return decode_json(path.read_bytes(), Audited, where=str(path)) if path.exists() else None


def outdated(audited: Audited, profile: str, verifier: str, answers: str) -> str:
    """Returns in words why marks do not hold for what is there now; an empty text where they do."""
    if audited.profile != profile:
        return f"they were made for the profile {audited.profile}, and the run is judged by {profile}"
    if audited.verifier != verifier:
        return f"they were made for version {audited.verifier} of the verifier, and this is {verifier}"
    return "" if audited.answers == answers else "the answers or their verdicts are others than those that were marked"
