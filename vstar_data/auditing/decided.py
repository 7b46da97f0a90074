"""Decisions of a review as the marks of a sheet: those on its rows, as far as they are about the answers of now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vstar_data.auditing.sheet import SheetKey
from vstar_data.dataset.decisions import Choice, Decision, Decisions
from vstar_data.dataset.judged import Judged
from vstar_data.errors import UsageError

SUFFIX = ".jsonl"
"""What the name of a file of decisions ends in; sheets are CSV."""


class DecidedMarks:
    """The marks that a file of decisions gives to the sheet that most of them are about, the newest of several such.

    Args:
        path: The file, such as decisions.jsonl of a run.
        keys: The keys of the run's sheets, the newest last.

    Attributes:
        key: The key of that sheet.

    Raises:
        UsageError: There is no such file, no sheet, or no decision on a row of a sheet.
        StorageError: It cannot be read.
    """

    def __init__(self, path: Path, keys: Sequence[SheetKey]) -> None:
        if not path.is_file():
            raise UsageError("There are no such decisions.", where=str(path), mend="make some: vstar-data review RUN")
        if not keys:
            raise UsageError(
                "No sheet was drawn from this run.",
                where=str(path),
                mend="draw one first: vstar-data audit RUN, without --marked",
            )
        decisions = Decisions(path)
        decisions.read_on()
        self._where = path
        self._decided: dict[str, Decision] = {
            name: decision for name, decision in decisions.latest.items() if decision.decision is not Choice.SKIP
        }
        self.key = max(reversed(keys), key=lambda key: len(self._decided.keys() & key.rows.keys()))
        self._decided = {name: one for name, one in self._decided.items() if name in self.key.rows}
        self._marks: dict[str, bool] = {}
        self._check(self._decided)

    def look_at(self, judged: Judged) -> None:
        """Takes the decision on an answer as its mark, if it is about the answer."""
        decision = self._decided.get(judged.id)
        if decision is not None and decision.is_about(judged.completion.text, judged.question):
            self._marks[judged.id] = decision.decision is Choice.ACCEPT

    def marks(self) -> dict[str, bool]:
        """Returns the marks of the answers that were looked at, by id: whether each is right.

        Raises:
            UsageError: There is none.
        """
        self._check(self._marks)
        return self._marks

    def _check(self, found: object) -> None:
        if not found:
            raise UsageError(
                "No decision is about an answer of the audit's sheet.",
                where=str(self._where),
                mend='review the sheet: vstar-data review RUN, then "Audit sheet" among the filters',
            )
