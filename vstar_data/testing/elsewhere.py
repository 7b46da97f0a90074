"""One more pass in a process of its own, where texts have other hashes, and sets with them another order.

A build reads the annotations anew each time. An adapter that lists labels in the order of a set gives the same rows
twice in one process, and others in the next: that build would find its run begun with other clips.
"""

from __future__ import annotations

import importlib
import inspect
import os
import subprocess
import sys
from functools import reduce
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.adapters import LabelAdapter, VideoRoot, find_adapter, read_adapter
from vstar_data.errors import VstarDataError
from vstar_data.records import Record
from vstar_data.testing.identity import PlainRecords

_NOT_FOUND = 3
"""The exit status where the other process cannot import the adapter."""


class Elsewhere(Record, frozen=True):
    """What the other process is told: where the class of the adapter is, its options, what to read."""

    name: str
    module: str
    qualified_name: str
    file: str
    options: dict[str, Any]
    annotations: str
    videos: str | None
    follow_links: bool


class FailedElsewhere(Exception):
    """The adapter reads here, and fails in another process."""


def digest_elsewhere(adapter: LabelAdapter, annotations: Path, videos: VideoRoot | None) -> str | None:
    """Reads annotations in another process.

    Returns:
        The digest of all rows, or None where another process cannot find the adapter: a class within a function, or in
        a module that cannot be imported, or one whose options are no plain values.

    Raises:
        FailedElsewhere: The adapter failed there.
    """
    kind = type(adapter)
    if "<locals>" in kind.__qualname__ or kind.__module__ == "__main__":
        return None
    try:
        told = msgspec.json.encode(
            Elsewhere(
                name=adapter.name,
                module=kind.__module__,
                qualified_name=kind.__qualname__,
                file=inspect.getfile(kind),
                options=msgspec.to_builtins(adapter),
                annotations=str(annotations),
                videos=str(videos.root) if videos is not None else None,
                follow_links=videos is not None and videos.follow_links,
            )
        )
    except (TypeError, ValueError):
        # Options or paths that are no text cannot be told.
        return None
    other_seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = os.environ | {"PYTHONHASHSEED": other_seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # -P: the folder we are in may hold files that are called like modules.
    command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
    done = subprocess.run(command, input=told, capture_output=True, env=environment, check=False)
    if done.returncode == _NOT_FOUND:
        return None
    if done.returncode:
        raise FailedElsewhere(" ".join(done.stderr.decode(errors="replace").split()))
    # The adapter may have printed something before.
    return done.stdout.decode(errors="replace").split()[-1]


def main() -> None:
    """Reads what to do from stdin, and prints the digest."""
    told = msgspec.json.decode(sys.stdin.buffer.read(), type=Elsewhere)
    kind = _adapter_of(told)
    if kind is None:
        raise SystemExit(_NOT_FOUND)
    records = PlainRecords()
    try:
        adapter = msgspec.convert(told.options, kind)
        videos = VideoRoot(Path(told.videos), told.follow_links) if told.videos is not None else None
        for row in read_adapter(adapter, Path(told.annotations), videos):
            records.see(row)
    except VstarDataError as problem:
        raise SystemExit(str(problem)) from None
    print(records.digest())


def _adapter_of(told: Elsewhere) -> type[LabelAdapter] | None:
    """Imports the adapter by the name of its module, or, where that is none that could be imported, from its file."""
    found: Any
    try:
        try:
            found = reduce(getattr, told.qualified_name.split("."), importlib.import_module(told.module))
        except ModuleNotFoundError:
            found = find_adapter(told.name, Path(told.file))
    except Exception:
        # Whatever keeps it from being imported here is no fault of how it reads.
        return None
    return found if inspect.isclass(found) and issubclass(found, LabelAdapter) else None
