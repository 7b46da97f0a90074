"""What another verifier, profile or vocabulary changed: verdicts before and after, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from vstar_data.records import Verdict

ACCEPTED = "accepted"
"""How an accepted answer is called beside the reason codes of a rejected one."""


class Change(NamedTuple):
    """A verdict before and after: `accepted`, or the reasons of a rejection joined by a plus sign."""

    before: str
    after: str

    @property
    def turned(self) -> bool:
        """Whether an answer was accepted and is not now, or the reverse; else only the reasons differ."""
        return (self.before == ACCEPTED) != (self.after == ACCEPTED)


@dataclass
class Changes:
    """The answers that were judged before and were judged again on other grounds.

    Attributes:
        again: Their number.
        counts: How many of them changed, by change.
        examples: For each change the row of the first answer, in the order of the run.
    """

    again: int = 0
    counts: Counter[Change] = field(default_factory=Counter)
    examples: dict[Change, str] = field(default_factory=dict)

    def add(self, before: Verdict, after: Verdict, row: str) -> None:
        """Counts an answer.

        Args:
            before: The earlier verdict.
            after: The new one.
            row: The id that the answer is published under.
        """
        self.again += 1
        change = Change(_outcome(before), _outcome(after))
        if change.before != change.after:
            self.counts[change] += 1
            self.examples.setdefault(change, row)

    @property
    def changed(self) -> int:
        """The number of answers whose verdict or reasons changed."""
        return self.counts.total()

    @property
    def turned(self) -> int:
        """The number of answers that were accepted and are not now, or the reverse."""
        return sum(count for change, count in self.counts.items() if change.turned)

    def ordered(self) -> list[tuple[Change, int]]:
        """Returns the changes: those that turned an answer first, then the more frequent."""
        return sorted(self.counts.items(), key=lambda item: (not item[0].turned, -item[1], item[0]))


def _outcome(verdict: Verdict) -> str:
    return ACCEPTED if verdict.accepted else "+".join(str(reason) for reason in verdict.reasons)
