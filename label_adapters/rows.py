"""Rows that give no clip, told in one way by all adapters: which file, which row, why."""

from __future__ import annotations

from pathlib import Path

from vstar_data.records import Skipped, UnusableReason


def malformed(path: Path, row: int | str, detail: str, video: str | None = None) -> Skipped:
    """Returns the record of a row that cannot be read."""
    return skipped(UnusableReason.MALFORMED_ROW, path, row, detail, video)


def unsupported(path: Path, row: int | str, detail: str, video: str | None = None) -> Skipped:
    """Returns the record of a row that holds no label that could be used."""
    return skipped(UnusableReason.UNSUPPORTED_LABEL, path, row, detail, video)


def skipped(reason: UnusableReason, path: Path, row: int | str, detail: str, video: str | None = None) -> Skipped:
    """Returns the record of a row that gives no clip.

    Args:
        reason: Why.
        path: The file. Its folder is left out: it differs by machine.
        row: Its line, its key or its place in the file.
        detail: What was expected and found.
        video: The video that the row names, where it names one.
    """
    return Skipped(reason=reason, detail=detail, where=f"{path.name}:{row}", video=video)
