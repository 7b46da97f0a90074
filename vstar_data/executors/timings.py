"""timings.jsonl: how long each build of a run took and what the time went into. No part of the dataset.

One line is appended at the end of every build that had something to make, also where it was interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from vstar_data.errors import StorageError
from vstar_data.files import append_lines
from vstar_data.generation.tally import Tally
from vstar_data.records import Record

ANSWERING = "answering"
"""The stage in which the processes work; `BuildTiming.working` says what they did meanwhile."""


class BuildTiming(Record, frozen=True):
    """One build. Times are seconds; those of several processes add up in `working`, `loading` and `waiting`.

    Attributes:
        started: When it began, in UTC, as ISO 8601.
        seconds: How long it took.
        stages: What the build was doing, in order, and for how long.
        workers: Number of processes; 0 for as many as fit the machine.
        finished: Whether the processes came to the end of their work.
        questions, clips: Settled by it.
        completions, tokens, failures: Texts made, tokens in them, requests that failed.
        working: Time that the processes spent on blocks: `loading` of it to load the model, `waiting` for decoding.
    """

    started: str
    seconds: float
    stages: dict[str, float]
    workers: int
    finished: bool
    questions: int
    clips: int
    completions: int
    tokens: int
    failures: int
    working: float
    loading: float
    waiting: float


class Stopwatch:
    """The times of one build, stage by stage. It begins when it is made."""

    def __init__(self) -> None:
        self._began = self._since = time.monotonic()
        self._started = datetime.now(UTC)
        self._stage = "starting"
        self.stages: dict[str, float] = {}

    def stage(self, name: str) -> None:
        """Ends the stage that runs and begins another."""
        now = time.monotonic()
        if self._stage:
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = name, now

    def timing(self, tally: Tally, *, workers: int) -> BuildTiming:
        """Returns the times so far. Where the processes are still at work the build was interrupted."""
        finished = self._stage != ANSWERING
        self.stage("")
        return BuildTiming(
            started=self._started.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - self._began, 3),
            stages={name: round(value, 3) for name, value in self.stages.items()},
            workers=workers,
            finished=finished,
            questions=tally.settled,
            clips=tally.clips,
            completions=tally.completions,
            tokens=tally.tokens,
            failures=tally.failures,
            working=round(tally.working, 3),
            loading=round(tally.loading, 3),
            waiting=round(tally.waiting, 3),
        )


def timings_file(run: Path) -> Path:
    """Returns where a run keeps its times."""
    return run / "timings.jsonl"


def keep_timing(run: Path, timing: BuildTiming, say: Callable[[str], None]) -> None:
    """Appends the times of a build. Where the disk refuses it says so; how a build ends does not depend on it."""
    try:
        append_lines(timings_file(run), [msgspec.json.encode(timing)])
    except StorageError as problem:
        say(f"warning: the times of this build are not kept: {problem.found}")


def read_timings(run: Path) -> list[BuildTiming]:
    """Returns the times of all builds of a run; a line that does not parse is passed over.

    Raises:
        OSError: The file is there and cannot be read.
    """
    path = timings_file(run)
    decoder = msgspec.json.Decoder(BuildTiming)
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return found
