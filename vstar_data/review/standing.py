"""Where the review stands: the answers that are decided on, by a decision that counts; the rows of the sheet."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.auditing.folder import AuditFolder
from vstar_data.dataset.decisions import NAME, Choice, Decision, Decisions, question_sha256, text_sha256
from vstar_data.review.index import AnswerIndex
from vstar_data.review.reader import Answer, AnswerReader

if TYPE_CHECKING:
    import numpy as np

CHOICES = (None, Choice.ACCEPT, Choice.REJECT, Choice.SKIP)
"""What `Standing.chosen` counts in."""

LONGEST_NOTE = 2_000
"""Characters of a note that are kept."""


class Standing:
    """The decisions of a run, row by row, read on as other reviewers add to them.

    Args:
        run: The run's folder.
        index: Its index.
        reader: Reads the answers that decisions are about.

    Attributes:
        chosen: For each row the place of its decision in `CHOICES`.
        stale: Decisions to accept or reject whose answer is gone or is another now.

    Raises:
        StorageError: The decisions cannot be read.
    """

    def __init__(self, run: Path, index: AnswerIndex, reader: AnswerReader) -> None:
        import numpy as np

        self._index, self._reader = index, reader
        self._decisions = Decisions(run / NAME)
        self._lock = threading.Lock()
        self.chosen: np.ndarray[Any, np.dtype[np.int8]] = np.zeros(len(index), dtype=np.int8)
        self._stale: set[str] = set()
        self.read_on()

    @property
    def stale(self) -> int:
        """The number of decisions that do not count, because their answers are gone or are others now."""
        return len(self._stale)

    @property
    def ignored_lines(self) -> int:
        """Lines of decisions.jsonl that are no decisions."""
        return self._decisions.ignored_lines

    def read_on(self) -> None:
        """Takes in what was decided since the last time, here or elsewhere."""
        with self._lock:
            latest = self._decisions.latest
            names = dict.fromkeys(self._decisions.read_on())
            if len(latest) == len(names):
                # All there is was read just now: the first time, or because another file took the place of the first.
                self.chosen[:] = 0
                self._stale.clear()
            rows = {row: name for name in names if (row := self._index.row(name)) is not None}
            grounds = self._reader.grounds(list(rows))
            counting = {row for row, text, question in grounds if latest[rows[row]].is_about(text, question)}
            for name in names:
                self._stale.discard(name)
            for row, name in rows.items():
                self.chosen[row] = CHOICES.index(latest[name].decision) if row in counting else 0
            gone = set(names) - {rows[row] for row in counting}
            self._stale.update(name for name in gone if latest[name].decision is not Choice.SKIP)

    def decision(self, row: int) -> Decision | None:
        """Returns the decision on a row that counts, if there is one."""
        return self._decisions.latest.get(self._index.id(row)) if self.chosen[row] else None

    def decide(self, answer: Answer, choice: Choice, reviewer: str, note: str = "") -> None:
        """Keeps a decision; it is on the disk when this returns.

        Raises:
            StorageError: The disk refuses.
        """
        self._decisions.append(
            Decision(
                id=answer.id,
                decision=choice,
                reviewer=reviewer,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                text_sha256=text_sha256(answer.completion.text),
                question_sha256=question_sha256(answer.question),
                note=note.strip()[:LONGEST_NOTE] or None,
            )
        )
        self.read_on()

    def counts(self) -> dict[Choice, int]:
        """Returns how many answers are decided on, by choice."""
        return {choice: int((self.chosen == place).sum()) for place, choice in enumerate(CHOICES) if choice is not None}


def sheet_rows(run: Path, index: AnswerIndex) -> list[int]:
    """Returns the rows of the sheet that the last audit drew, in its order; none where none was drawn.

    Raises:
        RecordError: Its key cannot be read.
    """
    keys = AuditFolder(run).keys()
    return [row for name in keys[-1].rows if (row := index.row(name)) is not None] if keys else []
