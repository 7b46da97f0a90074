"""What a person sees while a build works: a bar on a terminal, plain lines elsewhere. Writes to stderr only."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from vstar_data.executors.timings import ANSWERING, BuildTiming, Stopwatch
from vstar_data.generation.tally import Tally

_SECONDS_BETWEEN_LINES = 5.0
_SECONDS_BETWEEN_REDRAWS = 0.2


class Progress:
    """The progress of one build.

    Args:
        stream: Where to write; stderr by default.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._stopwatch = Stopwatch()
        self._latest: Tally | None = None
        self._started = time.monotonic()
        self._shown = 0.0
        self._ticks = 0
        self._open_line = False
        self._first: tuple[float, int, int, int] | None = None

    def say(self, text: str) -> None:
        """Writes a line that stays."""
        self._end_line()
        print(text, file=self._stream, flush=True)

    def phase(self, name: str) -> None:
        """Begins a phase that is counted by `tick`."""
        self._name, self._ticks, self._shown = name, 0, time.monotonic()
        self._stopwatch.stage(name)

    def tick(self) -> None:
        """Counts one thing of the phase; says how many now and then."""
        self._ticks += 1
        if self._ticks % 100 == 0 and self._due():
            self._write(f"{self._name}: {self._ticks:,} so far")

    def begin_work(self, questions: int, settled: int) -> None:
        """Begins the work on questions.

        Args:
            questions: Number of questions in all.
            settled: Of these, those that were done before.
        """
        self._questions, self._settled = questions, settled
        self._latest = Tally()
        self._stopwatch.stage(ANSWERING)
        self._started = time.monotonic()
        self._shown = self._started
        self._write(f"{self._bar(settled)}{settled}/{questions} questions · starting the engine")

    def work(self, tally: Tally) -> None:
        """Shows how the work stands."""
        self._latest = tally
        if self._first is not None and not self._due():
            return
        if self._first is None and tally.completions:
            self._first = time.monotonic(), tally.clips, tally.tokens, tally.settled
        done = self._settled + tally.settled
        # What is cut off at the edge of a narrow terminal is the end: the time left goes before the rates.
        left = self._left(tally)
        self._write(f"{self._bar(done)}{done}/{self._questions} questions{left} · {tally.line(*self._rates(tally))}")

    def end_work(self, tally: Tally) -> None:
        """Says how the work went. What comes after it is assembling."""
        self._latest = tally
        self._stopwatch.stage("assembling")
        elapsed = time.monotonic() - self._started
        self.say(f"answered in {duration(elapsed)}: {tally.line(*self._rates(tally))}")

    def timing(self, workers: int) -> BuildTiming | None:
        """Returns how long the build took, or None where it had nothing to make."""
        return self._stopwatch.timing(self._latest, workers=workers) if self._latest is not None else None

    def close(self) -> None:
        """Leaves the terminal at the start of a line."""
        self._end_line()

    def _due(self) -> bool:
        now = time.monotonic()
        pause = _SECONDS_BETWEEN_REDRAWS if self._terminal else _SECONDS_BETWEEN_LINES
        if now - self._shown < pause:
            return False
        self._shown = now
        return True

    def _rates(self, tally: Tally) -> tuple[float, float]:
        """Clips and tokens a second since the first batch was seen: loading the engine does not count."""
        if self._first is None:
            return 0.0, 0.0
        began, clips, tokens, _ = self._first
        seconds = max(time.monotonic() - began, 1e-3)
        return (tally.clips - clips) / seconds, (tally.tokens - tokens) / seconds

    def _left(self, tally: Tally) -> str:
        """The time left if questions go on settling as they did since the first batch was seen."""
        if self._first is None:
            return ""
        began, _, _, settled_then = self._first
        settled, left = tally.settled - settled_then, self._questions - self._settled - tally.settled
        if settled <= 0 or left <= 0:
            return ""
        return f" · {duration((time.monotonic() - began) / settled * left)} left"

    def _bar(self, done: int) -> str:
        if not self._terminal:
            return ""
        width = 20
        filled = round(width * done / self._questions) if self._questions else width
        return f"[{'#' * filled}{'.' * (width - filled)}] "

    def _write(self, text: str) -> None:
        if not self._terminal:
            print(text, file=self._stream, flush=True)
            return
        import shutil

        width = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[2K{text[:width]}", end="", file=self._stream, flush=True)
        self._open_line = True

    def _end_line(self) -> None:
        if self._open_line:
            print("\r\x1b[2K", end="", file=self._stream, flush=True)
            self._open_line = False


def duration(seconds: float) -> str:
    """Returns a time in words: `12 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
