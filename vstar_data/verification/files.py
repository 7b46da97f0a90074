"""Reads rows to be judged, by the chunk, and writes judged ones: JSONL or Parquet by suffix, `-` for stdin and stdout.

A file is written whole or not at all: beside its place first, then renamed. Nothing here holds more than some chunks.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from vstar_data.errors import RecordError, StorageError, UsageError
from vstar_data.verification.batch import ADDED

if TYPE_CHECKING:
    import pyarrow as pa

    from vstar_data.verification.bulk import JudgedChunk

_LINES = (".jsonl", ".ndjson", ".json")
_COLUMNS = (".parquet", ".pq")
_CHUNK_BYTES = 1 << 18
_CHUNK_ROWS = 500
_ROW_GROUP = 20_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file, as bytes.

    Attributes:
        source: The file's name, or `stdin`.
        first: Number of the first line, or of the first row of a Parquet file; from 1.
        rows: Number of lines or rows.
        lines: JSON lines; empty where `table` is there.
        table: An Arrow stream.
    """

    source: str
    first: int
    rows: int
    lines: bytes = b""
    table: bytes = b""


def suffix_kind(path: str) -> str:
    """Returns `jsonl` or `parquet` for a path by its suffix; `-` is JSONL.

    Raises:
        UsageError: Another suffix.
    """
    suffix = Path(path).suffix.lower()
    if path == "-" or suffix in _LINES:
        return "jsonl"
    if suffix in _COLUMNS:
        return "parquet"
    raise UsageError(
        "The file's suffix does not say what is in it.",
        where=path,
        expected=", ".join((*_LINES, *_COLUMNS)) + " or - for stdin and stdout",
        found=suffix or "no suffix",
    )


def chunks(path: str) -> Iterator[Chunk]:
    """Yields the rows of a file in order, some hundred at a time.

    Args:
        path: A JSONL or Parquet file, or `-`.

    Raises:
        UsageError: There is no such file.
        RecordError: A file that is not Parquet.
        StorageError: The file cannot be read.
    """
    if path != "-" and not Path(path).is_file():
        raise UsageError("There is no such file.", where=path, expected="a JSONL or Parquet file, or -")
    try:
        yield from _column_chunks(path) if suffix_kind(path) == "parquet" else _line_chunks(path)
    except OSError as problem:
        raise StorageError("The file cannot be read.", where=path, found=str(problem)) from None


def _line_chunks(path: str) -> Iterator[Chunk]:
    stream: IO[bytes] = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
    first = 1
    try:
        while lines := stream.readlines(_CHUNK_BYTES):
            yield Chunk("stdin" if path == "-" else path, first, len(lines), lines=b"".join(lines))
            first += len(lines)
    finally:
        if path != "-":
            stream.close()


def _column_chunks(path: str) -> Iterator[Chunk]:
    import pyarrow as pa
    import pyarrow.parquet

    first = 1
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise RecordError("Two columns have one name.", where=path, found=", ".join(twice))
            for batch in file.iter_batches(batch_size=_CHUNK_ROWS):
                sink = pa.BufferOutputStream()
                with pa.ipc.new_stream(sink, batch.schema) as stream:
                    stream.write_batch(batch)
                yield Chunk(path, first, batch.num_rows, table=sink.getvalue().to_pybytes())
                first += batch.num_rows
    except pa.ArrowInvalid as problem:
        raise RecordError("This is not a Parquet file.", where=path, found=str(problem)) from None


def rows_of(chunk: Chunk) -> Iterator[tuple[str, Any]]:
    """Yields the rows of a chunk with where each stands; blank lines are passed over.

    Raises:
        RecordError: A line that is not a JSON object.
    """
    if chunk.table:
        import pyarrow as pa

        try:
            rows = pa.ipc.open_stream(chunk.table).read_all().to_pylist()
        except (pa.ArrowException, OverflowError, ValueError) as problem:
            where = f"{chunk.source}, rows {chunk.first} to {chunk.first + chunk.rows - 1}"
            raise RecordError("A value cannot be read.", where=where, found=str(problem)) from None
        for number, row in enumerate(rows, start=chunk.first):
            yield f"{chunk.source}, row {number}", row
        return
    decode = msgspec.json.Decoder().decode
    for number, line in enumerate(chunk.lines.split(b"\n"), start=chunk.first):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        where = f"{chunk.source}:{number}"
        try:
            row = decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise RecordError(
                "This is not JSON.", where=where, found=str(problem), mend="write one JSON object a line"
            ) from None
        if not isinstance(row, dict):
            raise RecordError("A row must be a JSON object.", where=where, found=type(row).__name__)
        yield where, row


def write(path: str, judged: Iterable[JudgedChunk], *, source: str) -> None:
    """Writes judged rows, whole or not at all.

    Args:
        path: Where to; `-` for stdout. The suffix says the format.
        judged: The rows in chunks; what they raise leaves no file behind.
        source: The file that the rows came from: the columns of a Parquet source keep their types.

    Raises:
        UsageError: The folder does not exist, or the suffix is unknown.
        StorageError: The file cannot be written.
    """
    kind = suffix_kind(path)
    if path == "-":
        with tempfile.TemporaryFile() as spool:
            _write_lines(spool, judged)
            spool.seek(0)
            while chunk := spool.read(1 << 20):
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        return
    folder = Path(path).parent
    if not folder.is_dir():
        raise UsageError("The folder for the output does not exist.", where=str(folder), mend="make it first")
    try:
        descriptor, beside = tempfile.mkstemp(prefix=f".{Path(path).name}.", dir=folder)
    except OSError as problem:
        raise StorageError("The output cannot be written.", where=path, found=str(problem)) from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if kind == "jsonl":
                _write_lines(stream, judged)
            else:
                _write_columns(stream, judged, source)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, path)
    except OSError as problem:
        raise StorageError("The output cannot be written.", where=path, found=str(problem)) from None
    finally:
        Path(beside).unlink(missing_ok=True)


def _write_lines(stream: IO[bytes], judged: Iterable[JudgedChunk]) -> None:
    for chunk in judged:
        stream.write(chunk.lines)


def added_schema() -> pa.Schema:
    """Returns the Arrow schema of the columns that judging adds."""
    import pyarrow as pa

    target = pa.struct(
        {
            "accepted": pa.bool_(),
            "reason": pa.string(),
            "evidence": pa.list_(pa.int64()),
            "parsed": pa.string(),
            "score": pa.float64(),
        }
    )
    return pa.schema({"accepted": pa.bool_(), "reasons": pa.list_(pa.string()), "per_label": pa.list_(target)})


def inferred_schema(rows: list[dict[str, Any]]) -> pa.Schema:
    """Returns the Arrow schema that fits the rows as they were read.

    Raises:
        RecordError: No schema does.
    """
    import pyarrow as pa

    keys = list(dict.fromkeys(key for row in rows for key in row if key not in ADDED))
    try:
        return pa.Table.from_pylist([{key: row.get(key) for key in keys} for row in rows]).schema
    except (pa.ArrowException, OverflowError) as problem:
        raise _no_common_type(problem) from None


def _write_columns(stream: IO[bytes], judged: Iterable[JudgedChunk], source: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    if source != "-" and suffix_kind(source) == "parquet":
        if not Path(source).is_file():
            raise UsageError("There is no such file.", where=source, expected="a JSONL or Parquet file, or -")
        try:
            kept = [field for field in pyarrow.parquet.read_schema(source) if field.name not in ADDED]
        except pa.ArrowInvalid as problem:
            raise RecordError("This is not a Parquet file.", where=source, found=str(problem)) from None
        tables = (pa.ipc.open_stream(chunk.table).read_all() for chunk in judged)
        _write_tables(stream, tables, pa.schema([*kept, *added_schema()]))
        return
    with tempfile.TemporaryFile() as spool:
        fronts: list[pa.Schema] = []
        for chunk in judged:
            spool.write(chunk.lines)
            front = pa.ipc.read_schema(pa.py_buffer(chunk.schema)) if chunk.schema else None
            if front is not None and front not in fronts:
                fronts.append(front)
        try:
            front = pa.unify_schemas(fronts, promote_options="permissive") if fronts else pa.schema([])
        except pa.ArrowException as problem:
            raise _no_common_type(problem) from None
        schema = pa.schema([*front, *added_schema()])
        spool.seek(0)
        try:
            _write_tables(stream, _spooled(spool, schema), schema)
        except (pa.ArrowException, OverflowError) as problem:
            raise _no_common_type(problem) from None


def _spooled(spool: IO[bytes], schema: pa.Schema) -> Iterator[pa.Table]:
    import pyarrow as pa

    decode = msgspec.json.Decoder().decode
    while lines := spool.readlines(_CHUNK_BYTES):
        try:
            yield pa.Table.from_pylist([decode(line) for line in lines], schema=schema)
        except pa.ArrowException as problem:
            raise _no_common_type(problem) from None


def _write_tables(stream: IO[bytes], tables: Iterable[pa.Table], schema: pa.Schema) -> None:
    """Writes tables in row groups of one size, however the rows arrive."""
    import pyarrow as pa
    import pyarrow.parquet

    held: list[pa.Table] = []
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        for table in tables:
            held.append(table)
            if sum(part.num_rows for part in held) >= _ROW_GROUP:
                joined = pa.concat_tables(held)
                writer.write_table(joined.slice(0, _ROW_GROUP).combine_chunks())
                held = [joined.slice(_ROW_GROUP)]
        if held:
            writer.write_table(pa.concat_tables(held).combine_chunks())


def _no_common_type(problem: Exception) -> RecordError:
    return RecordError(
        "These rows have no common type and fit no Parquet file.", found=str(problem), mend="write JSONL instead"
    )
