"""Which answers are shown, and where one goes from an answer: pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from vstar_data.dataset.decisions import Choice
from vstar_data.review.index import AnswerIndex
from vstar_data.review.standing import CHOICES
from vstar_data.review.tables import MODES

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[Any]]


class Outcome(StrEnum):
    """The verifier's verdict."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Decided(StrEnum):
    """What reviewers have done. Skipped answers are not decided on."""

    UNDECIDED = "undecided"
    DECIDED = "decided"
    ACCEPTED = "accepted by a reviewer"
    REJECTED = "rejected by a reviewer"
    SKIPPED = "skipped"


class Disagreement(StrEnum):
    """Who disagrees about an answer."""

    REVIEWER = "reviewer and verifier"
    PROFILES = "the verifier's profiles"


@dataclass(frozen=True)
class Filters:
    """What an answer must be to be shown. None and empty texts ask for nothing.

    Attributes:
        sheet: Exactly the rows of the audit's sheet, in its order; what would tell their verdicts is not asked for.
        kind, mode: Of the question and the answer.
        outcome, reason: Of the verifier.
        name: Part of the name that is asked for (a class, an event, an object), whatever the case of its letters.
        decided: By reviewers.
        disagreement: About the verdict.
        text: Part of the answer's id.
    """

    sheet: bool = False
    kind: str | None = None
    mode: str | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    name: str = ""
    decided: Decided | None = None
    disagreement: Disagreement | None = None
    text: str = ""


def matching(
    filters: Filters, index: AnswerIndex, chosen: Numbers, *, sheet: Sequence[int], disputed: Collection[int]
) -> Numbers:
    """Returns the rows that are shown, in their order.

    Args:
        filters: What is asked for.
        index: All answers.
        chosen: See `Standing.chosen`.
        sheet: The rows of the audit's sheet.
        disputed: The rows that the profiles of the verifier are known to disagree about.
    """
    import numpy as np

    kept = np.ones(len(index), dtype=bool)
    if filters.kind is not None:
        kept &= _where(index.kinds, lambda kind: kind == filters.kind)[index.question_kind][index.question]
    if filters.mode is not None:
        kept &= index.mode == [str(mode) for mode in MODES].index(filters.mode)
    if filters.name:
        wanted = filters.name.casefold()
        kept &= _where(index.names, lambda name: wanted in name.casefold())[index.question_name][index.question]
    if filters.decided is not None:
        kept &= _decided(filters.decided, chosen)
    if not filters.sheet:
        kept &= _telling(filters, index, chosen, disputed)
    if filters.text:
        held = [filters.text in index.id(int(row)) if keep else False for row, keep in enumerate(kept)]
        kept &= np.array(held, dtype=bool)
    if filters.sheet:
        return np.array([row for row in sheet if kept[row]], dtype=np.int64)
    return np.flatnonzero(kept)


def next_row(rows: Numbers, at: int, step: int, chosen: Numbers, *, undecided: bool) -> int:
    """Returns the place in a list of rows that one comes to from another.

    Args:
        rows: The list; at least one row.
        at: Where one is.
        step: 1 forward, -1 back.
        chosen: See `Standing.chosen`.
        undecided: Whether the list is of undecided answers: forward, those that were decided on since are passed over.

    Returns:
        A place in the list; the same where there is none to go to.
    """
    place = at + step
    while undecided and step > 0 and place < len(rows) and not _decided(Decided.UNDECIDED, chosen[rows[place]]):
        place += step
    return place if 0 <= place < len(rows) else at


def first_undecided(rows: Numbers, chosen: Numbers) -> int:
    """Returns the place of the first answer that nobody has decided on or skipped; 0 where there is none."""
    import numpy as np

    open_places = np.flatnonzero(chosen[rows] == 0)
    return int(open_places[0]) if len(open_places) else 0


def _decided(wanted: Decided, chosen: Any) -> Any:
    accepted, rejected, skipped = (
        chosen == CHOICES.index(choice) for choice in (Choice.ACCEPT, Choice.REJECT, Choice.SKIP)
    )
    match wanted:
        case Decided.UNDECIDED:
            return ~(accepted | rejected)
        case Decided.DECIDED:
            return accepted | rejected
        case Decided.ACCEPTED:
            return accepted
        case Decided.REJECTED:
            return rejected
        case Decided.SKIPPED:
            return skipped


def _telling(filters: Filters, index: AnswerIndex, chosen: Numbers, disputed: Collection[int]) -> Numbers:
    """Returns where that holds which would tell a reviewer something of the verdict."""
    import numpy as np

    kept = np.ones(len(index), dtype=bool)
    if filters.outcome is not None:
        kept &= index.accepted == (filters.outcome is Outcome.ACCEPTED)
    if filters.reason is not None:
        kept &= _where(index.reasons, lambda reasons: filters.reason in reasons)[index.reason]
    if filters.disagreement is Disagreement.REVIEWER:
        kept &= np.where(index.accepted, _decided(Decided.REJECTED, chosen), _decided(Decided.ACCEPTED, chosen))
    if filters.disagreement is Disagreement.PROFILES:
        found = np.zeros(len(index), dtype=bool)
        found[list(disputed)] = True
        kept &= found
    return kept


def _where(values: Sequence[Any], holds: Any) -> Numbers:
    import numpy as np

    return np.array([holds(value) for value in values], dtype=bool)
