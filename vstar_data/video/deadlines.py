"""The time that the decoding of one clip may take."""

from __future__ import annotations

import time

from vstar_data.errors import UnusableClipError
from vstar_data.records import UnusableReason


class Deadline:
    """A moment after which work on a clip is given up.

    Args:
        seconds: The time allowed, counted from now.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises `UnusableClipError("timeout")` when the time is used up."""
        if time.monotonic() > self._end:
            raise self.passed()

    def passed(self) -> UnusableClipError:
        """Returns the error that says that the time is used up."""
        return UnusableClipError(UnusableReason.TIMEOUT, f"not decoded within {self.seconds:g} s")
