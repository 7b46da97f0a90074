"""Runs the command line in a process that kills itself at a named point: what a power cut would leave behind.

Usage: python killing.py LOG POINT NTH -- ARGUMENTS OF vstar-data

LOG gets a line for each request that an engine takes and, just before the end, one that the point was reached.
Points: `fsync` (completions, or blind answers, are written but not synced), `line` (half of a batch is written),
`rename` (a file is written beside its place), `dataset` (inside the writing of the dataset), `swap` (the old dataset is
away, the new one not yet in its place), `never`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

LOG, POINT, NTH = sys.argv[1], sys.argv[2], int(sys.argv[3])
_open, _write, _fsync, _replace, _rename = os.open, os.write, os.fsync, os.replace, os.rename
_seen = 0


def log(text: str) -> None:
    descriptor = _open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    _write(descriptor, text.encode() + b"\n")
    os.close(descriptor)


def reached(point: str, prepare: Callable[[], Any] = lambda: None) -> None:
    """Dies if this is the point, for the NTH time."""
    global _seen
    if point != POINT:
        return
    _seen += 1
    if _seen == NTH:
        prepare()
        log(f"reached {point}")
        os.kill(os.getpid(), signal.SIGKILL)


def _path(descriptor: int) -> str:
    return os.readlink(f"/proc/self/fd/{descriptor}")


def _holds_answers(path: str) -> bool:
    return "/completions/" in path or "/blind/" in path


def write(descriptor: int, data: bytes) -> int:
    if data[-1:] == b"\n" and _holds_answers(_path(descriptor)):
        reached("line", lambda: _write(descriptor, data[: len(data) // 2]))
    return _write(descriptor, data)


def fsync(descriptor: int) -> None:
    path = _path(descriptor)
    if _holds_answers(path) and path.endswith(".jsonl"):
        reached("fsync")
    if "dataset" in path and path.endswith(".parquet") and "/data/" in path:
        reached("dataset")
    _fsync(descriptor)


def replace(source: Any, target: Any, **options: Any) -> None:
    if str(target).endswith((".parquet", ".json", ".yaml")):
        reached("rename")
    _replace(source, target, **options)


def rename(source: Any, target: Any, **options: Any) -> None:
    if os.path.basename(str(target)) == "dataset":
        reached("swap")
    _rename(source, target, **options)


def main() -> None:
    os.write, os.fsync, os.replace, os.rename = write, fsync, replace, rename  # type: ignore[assignment]
    from vstar_data.engines.transformers import TransformersEngine

    submit = TransformersEngine.submit

    def counted(self: TransformersEngine, request: Any) -> None:
        log(f"request {request.key}")
        submit(self, request)

    TransformersEngine.submit = counted  # type: ignore[method-assign]
    sys.argv = ["vstar-data", *sys.argv[5:]]
    from vstar_data.cli import main as run

    run()


if __name__ == "__main__":
    main()
