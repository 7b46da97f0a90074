"""What can go wrong between the client and the Hub server of the tests, at a request of one's choice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Failure(StrEnum):
    """How a request fails."""

    ERROR = "error"
    """500, and nothing happened."""
    LATE_ERROR = "late error"
    """500, though what was asked for was done."""
    TOO_MANY = "too many"
    """429 with Retry-After, and nothing happened."""
    CUT_BEFORE = "cut before"
    """The connection ends without an answer, and nothing happened."""
    CUT_AFTER = "cut after"
    """The connection ends without an answer, though what was asked for was done."""
    CUT_WITHIN = "cut within"
    """The connection ends in the middle of the answer."""

    @property
    def takes_effect(self) -> bool:
        return self in (Failure.LATE_ERROR, Failure.CUT_AFTER, Failure.CUT_WITHIN)


@dataclass
class Fault:
    """Lets requests fail.

    Args:
        failure: How.
        at: The number of the first request that fails; they are counted from 1 since the fault was set.
        then: How all later requests fail; None where they do not.
        times: How many requests in a row fail, before those.
        retry_after: The seconds that a 429 names.
    """

    failure: Failure
    at: int = 1
    times: int = 1
    then: Failure | None = None
    retry_after: int = 0
    met: int = 0
    """How many requests have failed by it."""

    def of(self, number: int) -> Failure | None:
        """Returns how a request fails, if it does, and counts it."""
        failure = None if number < self.at else self.failure if number < self.at + self.times else self.then
        self.met += failure is not None
        return failure
