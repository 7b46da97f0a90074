"""How far off the numbers and times of answers are, counted into bins of fixed width. Only direct answers count.

What an answer says was read by the verifier; the report reads no answer itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from vstar_data.labels import BoxLabel, Label, NumberLabel, SegmentLabel, TimestampLabel, allowed_error
from vstar_data.records import RejectReason, TargetVerdict

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_READ = re.compile(rf"({_NUMBER})(?:-({_NUMBER}))?", re.IGNORECASE)
_UNDECIDED = (RejectReason.HEDGED, RejectReason.CONTRADICTED, RejectReason.NEGATED, RejectReason.RESTATED)

ENDS = 10
"""Signed errors are counted in bins -ENDS..ENDS; those at the ends hold whatever is farther off."""

RELATIVE_STEP = 0.1
"""Width of a bin of relative errors."""

SECONDS_STEP = 0.25
"""Width of a bin of errors in seconds."""


@dataclass
class Quantity:
    """The answers about one quantity.

    Attributes:
        answers: All of them; `read` those with a value, `accepted` those near enough.
        off: The sum of the absolute errors of those with a value, in the unit of the target.
        unit: The unit, empty where there is none.
    """

    answers: int = 0
    read: int = 0
    accepted: int = 0
    off: float = 0.0
    unit: str = ""


@dataclass
class Deviations:
    """The errors of a run.

    Attributes:
        quantities: Per source and name of a number.
        relative: Answers per bin of the signed error relative to the target.
        overlaps: Per kind (`segment`, `box`) the answers per tenth of the IoU, 0..9; of segments, those whose window
            was asked for.
        moments: Answers per bin of the signed error in seconds.
        unread: Per kind the answers in which the verifier found no such value, or none that the answer stands by.
    """

    quantities: dict[tuple[str, str], Quantity] = field(default_factory=dict)
    relative: Counter[int] = field(default_factory=Counter)
    overlaps: dict[str, Counter[int]] = field(default_factory=dict)
    moments: Counter[int] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def add(self, source: str, target: Label, asks: tuple[str, ...], verdict: TargetVerdict) -> None:
        """Counts what a direct answer says of one target; labels without a number or a time count nowhere."""
        match target:
            case NumberLabel():
                self._number(source, target, verdict)
            case TimestampLabel(time=time):
                self._moment(time, verdict)
            case SegmentLabel() if "time" in asks:
                self._overlap("segment", verdict)
            case BoxLabel():
                self._overlap("box", verdict)

    def _number(self, source: str, target: NumberLabel, verdict: TargetVerdict) -> None:
        quantity = self.quantities.setdefault((source, target.name), Quantity(unit=target.unit or ""))
        quantity.answers += 1
        quantity.accepted += verdict.accepted
        said = _said(verdict)
        if said is None:
            self.unread["number"] += 1
            return
        size = max(abs(target.value), allowed_error(target), 1e-12)
        # A graded score tells the error on the target's own scale; it ends at 0, and then the value itself tells.
        error = (1.0 - verdict.score) * size if verdict.score > 0 else abs(said - target.value)
        quantity.read += 1
        quantity.off += error
        self.relative[_bin(error if said >= target.value else -error, size * RELATIVE_STEP)] += 1

    def _moment(self, time: float, verdict: TargetVerdict) -> None:
        said = _said(verdict)
        if said is None:
            self.unread["timestamp"] += 1
        else:
            self.moments[_bin(said - time, SECONDS_STEP)] += 1

    def _overlap(self, kind: str, verdict: TargetVerdict) -> None:
        if verdict.parsed is None or _undecided(verdict):
            self.unread[kind] += 1
        else:
            self.overlaps.setdefault(kind, Counter())[min(int(verdict.score * 10), 9)] += 1


def _bin(error: float, step: float) -> int:
    return max(-ENDS, min(ENDS, round(max(-1e6, min(1e6, error / step)))))


def _said(verdict: TargetVerdict) -> float | None:
    """The value that the verifier read: the middle where it is a range, None where there is none to stand by."""
    if verdict.parsed is None or _undecided(verdict):
        return None
    found = _READ.fullmatch(verdict.parsed)
    if found is None:
        return None
    low = float(found[1])
    return (low + float(found[2] or low)) / 2


def _undecided(verdict: TargetVerdict) -> bool:
    return verdict.reason in _UNDECIDED and verdict.score == 0
