"""Parquet files: streamed in portions, written whole or not at all, the same bytes for the same rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vstar_data.errors import StorageError
from vstar_data.files import storage_error, sync_folder

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 10_000
"""Rows of a Parquet row group. Fixed, so that the bytes do not depend on how the rows arrived."""

_BATCH = 1_000
_MADE_ANEW = "remove it and run `vstar-data build` again (with --update, if it asks for that), which makes it anew"


class ParquetFile:
    """A Parquet file that is being written: rows in any portions, row groups of `ROW_GROUP` rows.

    The file is synchronised to disk when it is closed. `rows` counts what was written so far.

    Args:
        path: The file to make; its folder must exist.
        schema: The schema of all rows.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        self.rows = 0
        self._path = path
        self._schema = schema
        self._held: list[pa.RecordBatch] = []
        self._held_rows = 0
        self._file = pa.OSFile(str(path), "wb")
        self._writer = pyarrow.parquet.ParquetWriter(self._file, schema, compression="zstd", compression_level=3)

    def write(self, batch: pa.RecordBatch) -> None:
        """Takes rows."""
        self._held.append(batch)
        self._held_rows += batch.num_rows
        self.rows += batch.num_rows
        if self._held_rows >= ROW_GROUP:
            held = self._joined()
            whole = held.num_rows // ROW_GROUP * ROW_GROUP
            for start in range(0, whole, ROW_GROUP):
                self._write_group(held.slice(start, ROW_GROUP))
            self._held = held.slice(whole).to_batches()
            self._held_rows = held.num_rows - whole

    def close(self) -> None:
        """Writes what is held and the footer, and synchronises the file to disk."""
        try:
            if self._held_rows:
                self._write_group(self._joined())
            self._held = []
            self._writer.close()
        finally:
            self.abandon()
        with self._path.open("rb") as file:
            os.fsync(file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    def abandon(self) -> None:
        """Closes the file without what is held: for a failure, after which the file is of no use."""
        # The writer closes itself when it is collected, which would fail on a closed file.
        self._writer.is_open = False
        self._file.close()

    def _joined(self) -> pa.Table:
        import pyarrow as pa

        return pa.Table.from_batches(self._held, schema=self._schema)

    def _write_group(self, table: pa.Table) -> None:
        # One chunk a column: pages are then cut at the same rows, however the rows arrived.
        self._writer.write_table(table.combine_chunks(), row_group_size=ROW_GROUP)


def write_parquet(path: Path, tables: pa.Table | Iterable[pa.Table | pa.RecordBatch], schema: pa.Schema) -> int:
    """Writes a Parquet file whole or not at all: a temporary file beside it, synchronised, then renamed.

    Args:
        path: The file to make or to replace; its folder must exist.
        tables: A table, or tables and batches one after the other: only `ROW_GROUP` rows are held.
        schema: The schema of all rows.

    Returns:
        The number of rows.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with ParquetFile(temporary, schema) as file:
            for batch in batches_of(tables):
                file.write(batch)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        raise storage_error("Cannot write a file.", path, problem) from problem
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return file.rows


def read_batches(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yields the rows of a Parquet file in batches.

    Raises:
        StorageError: The file is missing or is no Parquet file, or it has other columns than the schema.
    """
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            if not file.schema_arrow.equals(schema):
                raise StorageError(
                    "A file has other columns than expected.",
                    where=str(path),
                    expected=_differing(schema, file.schema_arrow),
                    found=_differing(file.schema_arrow, schema),
                    mend=f"it was written by another version: {_MADE_ANEW}",
                )
            yield from file.iter_batches(batch_size=_BATCH)
    except FileNotFoundError:
        mend = "run `vstar-data build` again: it makes the file anew"
        raise StorageError("A file of the run is missing.", where=str(path), mend=mend) from None
    except (OSError, pa.ArrowException, UnicodeDecodeError) as problem:
        raise StorageError(
            "A file could not be read.", where=str(path), found=str(problem), mend=_MADE_ANEW
        ) from problem


def _differing(schema: pa.Schema, other: pa.Schema) -> str:
    """Returns the columns and fields of a schema that another lacks or has with another type."""
    lacking = [leaf for leaf in _leaves(schema) if leaf not in set(_leaves(other))]
    return "; ".join(lacking) or ("nothing more" if set(_leaves(other)) - set(_leaves(schema)) else "another order")


def _leaves(fields: Iterable[pa.Field], path: str = "") -> Iterator[str]:
    """Yields each column, and each field of structs in it, with its type: `labels.name: string`."""
    import pyarrow as pa

    for field in fields:
        inner = field.type
        while pa.types.is_list(inner):
            inner = inner.value_type
        if pa.types.is_struct(inner):
            yield from _leaves(inner, f"{path}{field.name}.")
        else:
            # Parquet may call the values of a list otherwise.
            yield f"{path}{field.name}: {str(field.type).replace('<element: ', '<item: ')}"


def has_schema(path: Path, schema: pa.Schema) -> bool:
    """Whether a file is a Parquet file of a schema. One that cannot be read is none."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        return bool(pyarrow.parquet.read_schema(path).equals(schema))
    except (OSError, pa.ArrowException):
        return False


def batches_of(tables: pa.Table | Iterable[pa.Table | pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yields the batches of a table, or of tables and batches one after the other."""
    import pyarrow as pa

    for part in [tables] if isinstance(tables, pa.Table) else tables:
        yield from part.to_batches() if isinstance(part, pa.Table) else (part,)
