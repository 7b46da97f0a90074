"""Checks of how an adapter reads: the same every time, and in memory that does not grow with the number of rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from pathlib import Path

from vstar_data.adapters import LabelAdapter, VideoRoot
from vstar_data.records import Clip, Skipped
from vstar_data.testing.elsewhere import FailedElsewhere, digest_elsewhere
from vstar_data.testing.identity import PlainRecords
from vstar_data.testing.results import Outcome, Result, shown

FEWEST_ROWS = 256
"""Below so many rows nothing can be said of memory."""

GRANTED = 1024 * 1024
GRANTED_BY_ROW = 256
"""Bytes by which memory may grow while rows go by: a hash or a number for each row, but no record."""

WHOLE_FILE = 64 * 1024 * 1024
"""Bytes from which on it is worth a warning that an adapter holds as much as its annotations have."""

_PORTION = 64


class MemoryUse:
    """The traced memory of reading rows one by one while the reader keeps none of them.

    Peaks are kept for each portion of rows, so that reading ahead in batches does not look like growth.
    """

    name = "flat memory"

    def __init__(self) -> None:
        self.peaks: list[int] = []
        self.rows = 0

    def read(self, rows: Iterable[Clip | Skipped]) -> str:
        """Reads all rows. Returns their digest.

        Raises:
            AnnotationError: The adapter failed.
        """
        records = PlainRecords()
        traced_before = tracemalloc.is_tracing()
        if not traced_before:
            tracemalloc.start()
        try:
            begun = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            for row in rows:
                records.see(row)
                self.rows += 1
                if self.rows % _PORTION == 0:
                    self._next_portion(begun)
            self._next_portion(begun)
        finally:
            if not traced_before:
                tracemalloc.stop()
        return records.digest()

    def _next_portion(self, begun: int) -> None:
        self.peaks.append(max(tracemalloc.get_traced_memory()[1] - begun, 0))
        tracemalloc.reset_peak()

    def result(self, annotations: int) -> Result:
        """Fails where the last quarter of the rows takes clearly more than the first.

        A side table that is read at the start is in both; what an adapter keeps for each row, beyond a hash, is not.

        Args:
            annotations: The size of the annotations in bytes.
        """
        quarter = max(len(self.peaks) // 4, 1)
        if self.rows < FEWEST_ROWS:
            detail = f"{self.rows} rows are too few to tell; it takes {FEWEST_ROWS}"
            return Result(self.name, Outcome.NOT_CHECKED, detail)
        first, last = max(self.peaks[:quarter]), max(self.peaks[-quarter:])
        detail = f"{_mebibytes(first)} in the first quarter of the rows, {_mebibytes(last)} in the last"
        if last - first > GRANTED + GRANTED_BY_ROW * self.rows:
            return Result(self.name, Outcome.FAILED, f"{detail}: something is kept for each row")
        if first > WHOLE_FILE and first > annotations:
            detail += f": as much as the annotations have ({_mebibytes(annotations)}), which want to be read in pieces"
            return Result(self.name, Outcome.WARNING, detail)
        return Result(self.name, Outcome.PASSED, detail)


def same_again(adapter: LabelAdapter, annotations: Path, videos: VideoRoot | None, first: str, second: str) -> Result:
    """Returns whether passes over the same annotations give the same rows, here and in another process.

    Args:
        adapter: The adapter.
        annotations: What it reads.
        videos: The folder of the videos.
        first: The digest of a pass in this process.
        second: That of another.
    """
    name = "deterministic"
    if first != second:
        return Result(name, Outcome.FAILED, "two passes over the same files gave different rows, or another order")
    try:
        third = digest_elsewhere(adapter, annotations, videos)
    except FailedElsewhere as problem:
        return Result(name, Outcome.FAILED, "it reads here, and fails in another process", (shown(str(problem)),))
    if third is None:
        return Result(name, Outcome.PASSED, "two passes gave the same rows; no other process can import the adapter")
    if third != first:
        detail = "another process gave different rows, or another order: is something in the order of a set?"
        return Result(name, Outcome.FAILED, detail)
    return Result(name, Outcome.PASSED, "two passes, and one in another process, gave the same rows")


def size_of(annotations: Path) -> int:
    """Returns the bytes of an annotation file, or of all files in a folder."""
    if annotations.is_file():
        return annotations.stat().st_size
    return sum(path.stat().st_size for path in annotations.rglob("*") if path.is_file())


def _mebibytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MiB"
