"""filtered.parquet: every accepted answer that a quality filter keeps back, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vstar_data.arrow import Row, read_batches, record_batches, write_parquet
from vstar_data.dataset.judged import Judged

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("key", "id", "clip_id", "question_id", "mode", "reason", "detail")
"""The columns, all text. `key` is that of the completion, `id` that of the row which is not published."""


def ledger_row(judged: Judged) -> Row:
    """Returns the line of an answer that is kept back."""
    assert judged.drop is not None
    return {
        "key": judged.completion.key,
        "id": judged.id,
        "clip_id": judged.clip.id,
        "question_id": judged.question.id,
        "mode": str(judged.completion.mode),
        "reason": str(judged.drop.reason),
        "detail": judged.drop.detail,
    }


def write_ledger(path: Path, rows: Iterable[Row]) -> None:
    """Writes the file, in the given order; where nothing is kept back it has no rows.

    Raises:
        StorageError: The disk refuses.
    """
    write_parquet(path, record_batches(rows, _schema()), _schema())


def read_ledger(path: Path) -> Iterator[Row]:
    """Yields the lines of the file in their order; a run that was never assembled has none.

    Raises:
        StorageError: It cannot be read.
    """
    if path.exists():
        for batch in read_batches(path, _schema()):
            yield from batch.to_pylist()


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in COLUMNS])
