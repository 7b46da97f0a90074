"""What a report rests on, as one hash, and whether a report that is there rests on the same."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from pathlib import Path

EDITION = 1
"""Changes whenever the report shows the same run otherwise."""

META = "vstar-data-inputs"
"""The name of the meta element that keeps the hash."""

_FILES = (
    "recipe.yaml",
    "run.json",
    "verdicts.parquet",
    "unusable.parquet",
    "filtered.parquet",
    "videos.parquet",
    "timings.jsonl",
    "decisions.jsonl",
    "audit/audit.json",
)
_MANIFEST = "dataset/manifest.json"
_CYCLE = re.compile(r"cycle-(\d{1,6})")
_HEAD = 4096


def cycle_runs(run: Path) -> list[Path]:
    """Returns the runs of the cycles up to this one, itself last; of a run that is no cycle, itself alone.

    Later cycles are left out: when they come, this report is still right.
    """
    own = _CYCLE.fullmatch(run.resolve().name)
    if own is None:
        return [run]
    beside = ((path, _CYCLE.fullmatch(path.name)) for path in run.resolve().parent.iterdir())
    earlier = [(int(found[1]), path) for path, found in beside if found and int(found[1]) < int(own[1])]
    return [*(path for _, path in sorted(earlier) if (path / _MANIFEST).is_file()), run]


def inputs_digest(run: Path) -> str:
    """Returns the SHA-256 over all that the report of a run rests on. Videos count as the run knows them.

    Raises:
        OSError: A file cannot be read.
    """
    digest = hashlib.sha256(f"{EDITION} {version('vstar-data')}\n".encode())
    for path in [*(run / name for name in _FILES), *(cycle / _MANIFEST for cycle in cycle_runs(run))]:
        if path.is_file():
            with open(path, "rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        digest.update(b"\n")
    return digest.hexdigest()


def is_current(report: Path, digest: str) -> bool:
    """Whether a report is there that rests on the same."""
    try:
        with open(report, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return f'name="{META}" content="{digest}"'.encode() in head
