"""What one reviewer sees and does, without the page: filters, the place in the list, decisions, the HTML of both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.dataset.decisions import Choice
from vstar_data.review.address import address_of
from vstar_data.review.disputes import Disputes
from vstar_data.review.filters import Decided, Disagreement, Filters, first_undecided, matching, next_row
from vstar_data.review.index import open_index
from vstar_data.review.panes import answer_pane, nothing_pane, progress_pane
from vstar_data.review.playback import Player
from vstar_data.review.reader import AnswerReader
from vstar_data.review.standing import Standing, sheet_rows

if TYPE_CHECKING:
    import numpy as np

_PATIENCE = 3.0
"""Seconds that the page waits for the search for disputes before it shows what was found so far."""


@dataclass(frozen=True)
class View:
    """What one reviewer looks at.

    Attributes:
        filters: What is shown.
        blind: Whether verdicts are hidden until the answer is decided on; always so in the audit's sheet.
        rows: The rows that are shown.
        at: The place among them.
    """

    filters: Filters = field(default_factory=Filters)
    blind: bool = False
    rows: np.ndarray[Any, np.dtype[Any]] | None = field(default=None, repr=False)
    at: int = 0

    @property
    def row(self) -> int | None:
        """The row that is looked at, if there is one."""
        return int(self.rows[self.at]) if self.rows is not None and len(self.rows) else None


class Review:
    """A run that is under review. One for all reviewers of a page; what each sees is a `View`.

    Args:
        run: The run's folder.
        reviewer: Who decides here.
        made: An empty folder for clips that must be made anew to be played.
        videos: The folder of the videos of all sources, in place of those that the recipe names.

    Raises:
        UsageError: There is no run, or nothing in it to review, or no folder of videos where one is named.
        StorageError: Its files cannot be read.
    """

    def __init__(self, run: Path, reviewer: str, made: Path, videos: Path | None = None) -> None:
        self.run, self.reviewer = run, reviewer
        self.index = open_index(run)
        self.reader = AnswerReader(run, self.index)
        self.standing = Standing(run, self.index, self.reader)
        self.player = Player(run, self.reader, made, videos)
        self.disputes = Disputes(run, self.index)
        self.sheet = sheet_rows(run, self.index)

    def view(self, filters: Filters, *, blind: bool = False) -> View:
        """Returns the view that filters give, at its first undecided answer."""
        self.standing.read_on()
        if self._disputed(filters):
            self.disputes.search(_PATIENCE)
        rows = self._rows(filters)
        return View(filters, blind, rows, first_undecided(rows, self.standing.chosen))

    def moved(self, view: View, step: int) -> View:
        """Returns the view at the next answer (1) or the one before (-1)."""
        if view.rows is None or not len(view.rows):
            return view
        self.standing.read_on()
        at = self._next(view, step)
        if at == view.at and step > 0 and self._disputed(view.filters) and not self.disputes.done:
            self.disputes.search(_PATIENCE)
            view = replace(view, rows=self._rows(view.filters))
            at = self._next(view, step)
        return replace(view, at=at)

    def decided(self, view: View, choice: Choice, note: str, shown: int) -> View:
        """Keeps a decision on the answer that is looked at, and returns the view at the next.

        Args:
            view: The view.
            choice: The decision.
            note: What else the reviewer wrote.
            shown: The row that the page shows: if it is another by now, nothing is decided.

        Raises:
            StorageError: The disk refuses; nothing is decided.
        """
        if view.row is None or view.row != shown:
            return view
        self.standing.decide(self.reader.answer(view.row), choice, self.reviewer, note)
        return self.moved(view, 1)

    def note(self, view: View) -> str:
        """Returns the note on the answer that is looked at."""
        decision = self.standing.decision(view.row) if view.row is not None else None
        return (decision.note or "") if decision is not None else ""

    def answer_html(self, view: View) -> str:
        """Returns the pane with the answer that is looked at."""
        if view.row is None:
            if view.filters.sheet and not self.sheet:
                return nothing_pane("No sheet has been drawn from this run: vstar-data audit RUN draws one.")
            return nothing_pane("No answer is like that: ask for less under Filters.")
        answer = self.reader.answer(view.row)
        decision = self.standing.decision(view.row)
        decided = decision is not None and decision.decision is not Choice.SKIP
        place = int(self.index.clips[int(self.index.question[view.row])])
        blind = (view.blind or view.filters.sheet) and not decided
        return answer_pane(answer, self.player.playback(answer.clip), place, decision, blind=blind)

    def progress_html(self, view: View) -> str:
        """Returns the pane that says how far the review is."""
        shown = 0 if view.rows is None else len(view.rows)
        address = address_of(view.filters, blind=view.blind)
        return progress_pane(view.at, shown, self.standing.counts(), len(self.index), self._warnings(view), address)

    def _warnings(self, view: View) -> list[str]:
        said = []
        if self.standing.stale:
            said.append(
                f"Decisions that do not count, as their answers are gone or others now: {self.standing.stale:,}."
            )
        if self.standing.ignored_lines:
            said.append(f"Lines of decisions.jsonl that are no decisions: {self.standing.ignored_lines:,}.")
        if self.index.lost:
            said.append(f"Answers left out, as the run has changed since it was assembled: {self.index.lost:,}.")
        if view.filters.sheet:
            said.append("The audit's sheet: verdicts are hidden until you decide, and filters that would tell are off.")
        if self._disputed(view.filters) and not self.disputes.done:
            looked, answers = self.disputes.looked_at, len(self.index)
            said.append(f"The profiles have judged {looked:,} of {answers:,} answers so far; go on to see more.")
        if self._disputed(view.filters) and self.disputes.problem:
            said.append(f"The profiles could not judge all answers: {self.disputes.problem}")
        return said

    def _rows(self, filters: Filters) -> np.ndarray[Any, np.dtype[Any]]:
        chosen, found = self.standing.chosen, list(self.disputes.found)
        return matching(filters, self.index, chosen, sheet=self.sheet, disputed=found)

    def _next(self, view: View, step: int) -> int:
        assert view.rows is not None
        undecided = view.filters.decided is Decided.UNDECIDED
        return next_row(view.rows, view.at, step, self.standing.chosen, undecided=undecided)

    def _disputed(self, filters: Filters) -> bool:
        return filters.disagreement is Disagreement.PROFILES and not filters.sheet
