"""Local processes: one works in this process, several are children that report their tallies and die with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from vstar_data.errors import EngineError, RunError
from vstar_data.executors.blocks import work
from vstar_data.executors.order import WorkOrder, Workshop
from vstar_data.generation.tally import Tally, total
from vstar_data.records import Record


class WorkerReport(Record, frozen=True):
    """A line that a worker writes: its tally so far, or the error that ends it."""

    tally: Tally | None = None
    error: str | None = None


def run(workshop: Workshop, open_blocks: list[int], workers: int, report: Callable[[Tally], None]) -> Tally:
    """Works through open blocks with a number of processes.

    Args:
        workshop: The run.
        open_blocks: The blocks to work on.
        workers: Number of processes, at least 1; one works in this process.
        report: Called with the tally of all, after each batch.

    Raises:
        RunError: A worker failed.
    """
    if workers == 1:
        return work(workshop, frozenset(open_blocks), report)
    return _Children(workshop.order, min(workers, len(open_blocks)), report).run()


def automatic_workers(threads: int | None) -> int:
    """Returns how many processes fit this machine: one a GPU; without one, as many as have their `threads` cores."""
    if gpus := len(visible_gpus()):
        return gpus
    return max((os.cpu_count() or 1) // threads, 1) if threads else 1


def visible_gpus() -> list[str]:
    """Returns the NVIDIA GPUs that processes here may use, without loading a driver."""
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES")
    if chosen is not None:
        return [gpu for gpu in chosen.split(",") if gpu.strip() not in ("", "-1")]
    devices = Path("/dev").glob("nvidia*") if Path("/dev").is_dir() else ()
    return sorted((found[1] for device in devices if (found := re.fullmatch(r"nvidia(\d+)", device.name))), key=int)


class _Children:
    """The worker processes of one build."""

    def __init__(self, order: WorkOrder, count: int, report: Callable[[Tally], None]) -> None:
        self._order = msgspec.json.encode(order).decode()
        self._report = report
        self._tallies: dict[int, Tally] = {}
        self._errors: list[str] = []
        self._lock = threading.Lock()
        self._gpus = visible_gpus()
        self._processes = [self._start(number) for number in range(count)]

    def run(self) -> Tally:
        readers = [
            threading.Thread(target=self._listen, args=(number, process), daemon=True)
            for number, process in enumerate(self._processes)
        ]
        try:
            for reader in readers:
                reader.start()
            for process in self._processes:
                process.wait()
            for reader in readers:
                reader.join()
        except BaseException:
            self._stop()
            raise
        failed = [process.returncode for process in self._processes if process.returncode]
        if self._errors:
            raise RunError(self._errors[0])
        if failed:
            raise EngineError(
                "A worker process died.",
                found=f"exit code {failed[0]}" + (" (killed, perhaps for its memory)" if failed[0] == -9 else ""),
                mend="run the same command again: nothing that was made is lost",
            )
        return total(self._tallies.values())

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        environment = dict(os.environ)
        if self._gpus:
            environment["CUDA_VISIBLE_DEVICES"] = self._gpus[number % len(self._gpus)]
        command = [sys.executable, "-m", "vstar_data.executors.worker", self._order, str(os.getpid())]
        # A session of its own: Ctrl-C in the terminal reaches us alone, and we stop the children.
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
        )

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None  # it is a pipe
        for line in process.stdout:
            try:
                heard = msgspec.json.decode(line, type=WorkerReport)
            except (msgspec.DecodeError, UnicodeDecodeError):
                sys.stderr.write(line.decode(errors="replace"))
                continue
            with self._lock:
                if heard.error is not None:
                    self._errors.append(heard.error)
                if heard.tally is not None:
                    self._tallies[number] = heard.tally
                    self._report(total(self._tallies.values()))

    def _stop(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.terminate()
        for process in self._processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
