"""Writing the files of an export: each appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vstar_data.arrow import Row, record_batches, write_parquet
from vstar_data.errors import RecordError
from vstar_data.files import storage_error, sync_folder

if TYPE_CHECKING:
    import pyarrow as pa


def write_lines(path: Path, rows: Iterable[Row]) -> int:
    """Writes rows as JSON Lines and returns their number."""
    return _write(path, (_json(row) + b"\n" for row in rows))


def write_array(path: Path, rows: Iterable[Row]) -> int:
    """Writes rows as one JSON list, a row a line, and returns their number, which must not be 0."""
    return _write(path, ((b",\n" if number else b"[\n") + _json(row) for number, row in enumerate(rows)), b"\n]\n")


def write_table(path: Path, rows: Iterable[Row], schema: pa.Schema) -> int:
    """Writes rows as Parquet and returns their number."""
    return write_parquet(path, record_batches(rows, schema), schema)


def _json(row: Row) -> bytes:
    try:
        return msgspec.json.encode(row)
    except UnicodeEncodeError as problem:
        raise RecordError("A text is not valid Unicode.", where=ascii(row.get("id")), found=str(problem)) from None


def _write(path: Path, pieces: Iterator[bytes], last: bytes = b"") -> int:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    count = 0
    try:
        with temporary.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                count += 1
            file.write(last)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        raise storage_error("Cannot write a file.", path, problem) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return count
