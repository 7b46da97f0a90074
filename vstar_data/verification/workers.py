"""Work spread over processes: tasks go to whoever is free, results come back in the order of the tasks."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from vstar_data.errors import RunError

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 4
"""How many results a worker may be ahead of the one that is waited for: what is held in memory."""
_UNWATCHED = 50_000
"""Objects that may be made before cycles among them are looked for."""
_PATIENCE = 5.0
"""Seconds that a worker has to end when it is asked to."""


def available_cores() -> int:
    """Returns how many cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def spread(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int) -> Generator[Result, None, None]:
    """Yields the results of some work on tasks, in order. Close it where it is not read to its end.

    Args:
        work: A function that other processes can import.
        tasks: What it is called with; taken only as fast as results are read.
        workers: Number of processes, at least 1. They end with this process, however it ends.

    Raises:
        RunError: A worker died.
        Exception: What `work` raised, where the result of that task would have come.
    """
    crew = _Crew(work, workers)
    try:
        yield from crew.results(tasks)
    finally:
        crew.dismiss()


class _Crew:
    """Worker processes, each with a pipe of its own: whose other end is closed has died, or has no parent any more."""

    def __init__(self, work: Callable[[Any], Any], workers: int) -> None:
        context = get_context("spawn")
        self._processes: list[BaseProcess] = []
        self._free: list[Connection] = []
        self._busy: dict[Connection, int] = {}
        # Ctrl-C in a terminal reaches the workers too. They inherit that it is held back; this process ends them.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(workers):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, work), daemon=True)
                process.start()
                theirs.close()
                self._processes.append(process)
                self._free.append(ours)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)

    def results(self, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yields the results in order."""
        numbered = enumerate(tasks)
        done: dict[int, tuple[bool, Any]] = {}
        first = given = 0
        more = True
        while True:
            while first in done:
                good, result = done.pop(first)
                if not good:
                    raise result
                yield result
                first += 1
            while more and self._free and given < first + _AHEAD * len(self._processes):
                number, task = next(numbered, (-1, None))
                more = number >= 0
                if more:
                    self._give(number, task)
                    given += 1
            if not self._busy:
                return
            for connection in wait(list(self._busy)):
                assert isinstance(connection, Connection)  # nothing else was waited for
                try:
                    done[self._busy.pop(connection)] = connection.recv()
                except (EOFError, OSError):
                    raise self._death() from None
                self._free.append(connection)

    def dismiss(self) -> None:
        """Ends the workers."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
        for connection in (*self._free, *self._busy):
            connection.close()

    def _give(self, number: int, task: Any) -> None:
        connection = self._free.pop()
        try:
            connection.send(task)
        except OSError:
            raise self._death() from None
        self._busy[connection] = number

    def _death(self) -> RunError:
        for process in self._processes:
            process.join(0.2)
        codes = [process.exitcode for process in self._processes if process.exitcode is not None]
        killed = codes and codes[0] == -signal.SIGKILL
        return RunError(
            "A worker process died.",
            found=f"exit code {codes[0]}" + (" (killed, perhaps for its memory)" if killed else "") if codes else None,
            mend="run the command again, with fewer --workers where memory is short",
        )


def _serve(connection: Connection, work: Callable[[Any], Any]) -> None:
    """Works on what comes until nothing more can come. Runs in a worker."""
    # Millions of short-lived objects without cycles: to look for cycles all the time would find none.
    gc.set_threshold(_UNWATCHED)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, work(task))
        except Exception as problem:
            answer = (False, problem)
        try:
            connection.send(answer)
        except OSError:
            return
