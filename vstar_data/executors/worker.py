"""A worker process: works on a run's open blocks, writes its tally to stdout, and dies with its parent.

Started by `vstar_data.executors.local`: `python -m vstar_data.executors.worker ORDER PARENT_PID`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

import msgspec

from vstar_data.errors import VstarDataError
from vstar_data.executors.blocks import survey, work
from vstar_data.executors.local import WorkerReport
from vstar_data.executors.order import WorkOrder, Workshop
from vstar_data.generation.tally import Tally

_PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Makes this process end when its parent does: at once on Linux, within a second elsewhere.

    Args:
        parent: The parent's process number.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main() -> int:
    """Works until nothing is left."""
    die_with(int(sys.argv[2]))
    signal.signal(signal.SIGTERM, _stop)
    try:
        workshop = Workshop(msgspec.json.decode(sys.argv[1], type=WorkOrder))
        tally = work(workshop, frozenset(survey(workshop).open_blocks), _report)
    except VstarDataError as problem:
        _say(WorkerReport(error=str(problem)))
        return problem.exit_code
    except KeyboardInterrupt:
        os._exit(130)
    _report(tally)
    return 0


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    # Where the interrupt meets a generator that is being closed, nothing is to be said about it.
    sys.unraisablehook = lambda unraisable: None
    raise KeyboardInterrupt


def _report(tally: Tally) -> None:
    _say(WorkerReport(tally=tally))


def _say(report: WorkerReport) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    raise SystemExit(main())
