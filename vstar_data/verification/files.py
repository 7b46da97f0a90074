"""Reads rows to be judged and writes judged rows: JSONL or Parquet by suffix, `-` for stdin and stdout (JSONL).

A file is written whole or not at all: beside its place first, then renamed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from vstar_data.errors import RecordError, StorageError, UsageError
from vstar_data.verification.batch import ADDED

_LINES = (".jsonl", ".ndjson", ".json")
_COLUMNS = (".parquet", ".pq")
_CHUNK = 4096


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


def rows(path: str) -> Iterator[tuple[str, Any]]:
    """Yields the rows of a file with where each stands; blank lines are passed over.

    Args:
        path: A JSONL or Parquet file, or `-`.

    Raises:
        UsageError: There is no such file.
        RecordError: A line that is not a JSON object, or a file that is not Parquet.
        StorageError: The file cannot be read.
    """
    if path != "-" and not Path(path).is_file():
        raise UsageError("There is no such file.", where=path, expected="a JSONL or Parquet file, or -")
    try:
        yield from _columns(path) if suffix_kind(path) == "parquet" else _lines(path)
    except OSError as problem:
        raise StorageError("The file cannot be read.", where=path, found=str(problem)) from None


def _lines(path: str) -> Iterator[tuple[str, Any]]:
    stream: IO[bytes] = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
    name = "stdin" if path == "-" else path
    try:
        for number, line in enumerate(stream, start=1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            where = f"{name}:{number}"
            try:
                row = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
                raise RecordError(
                    "This is not JSON.", where=where, found=str(problem), mend="write one JSON object a line"
                ) from None
            if not isinstance(row, dict):
                raise RecordError("A row must be a JSON object.", where=where, found=type(row).__name__)
            yield where, row
    finally:
        if path != "-":
            stream.close()


def _columns(path: str) -> Iterator[tuple[str, Any]]:
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_CHUNK):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}, row {number}", row
    except pyarrow.ArrowInvalid as problem:
        raise RecordError("This is not a Parquet file.", where=path, found=str(problem)) from None


def write(path: str, judged: Iterable[dict[str, Any]], *, source: str) -> None:
    """Writes judged rows, whole or not at all.

    Args:
        path: Where to; `-` for stdout. The suffix says the format.
        judged: The rows; what they raise leaves no file behind.
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


def _write_lines(stream: IO[bytes], judged: Iterable[dict[str, Any]]) -> None:
    encoder = msgspec.json.Encoder()
    for row in judged:
        stream.write(encoder.encode(row) + b"\n")


def _write_columns(stream: IO[bytes], judged: Iterable[dict[str, Any]], source: str) -> None:
    import pyarrow
    import pyarrow.parquet

    added = pyarrow.schema(
        [
            pyarrow.field("accepted", pyarrow.bool_()),
            pyarrow.field("reasons", pyarrow.list_(pyarrow.string())),
            pyarrow.field(
                "per_label",
                pyarrow.list_(
                    pyarrow.struct(
                        {
                            "accepted": pyarrow.bool_(),
                            "reason": pyarrow.string(),
                            "evidence": pyarrow.list_(pyarrow.int64()),
                            "parsed": pyarrow.string(),
                            "score": pyarrow.float64(),
                        }
                    )
                ),
            ),
        ]
    )
    if source != "-" and suffix_kind(source) == "parquet":
        known = pyarrow.parquet.read_schema(source)
        kept = [field for field in known if field.name not in ADDED]
        schema = pyarrow.schema([*kept, *added], metadata=None)
        with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
            for chunk in _chunks(judged):
                writer.write_table(pyarrow.Table.from_pylist(chunk, schema=schema))
        return
    everything = list(judged)
    keys = list(dict.fromkeys(key for row in everything for key in row if key not in ADDED))
    try:
        front = pyarrow.Table.from_pylist([{key: row.get(key) for key in keys} for row in everything])
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as problem:
        raise RecordError(
            "These rows have no common type and fit no Parquet file.", found=str(problem), mend="write JSONL instead"
        ) from None
    table = pyarrow.Table.from_pylist(everything, schema=pyarrow.schema([*front.schema, *added]))
    pyarrow.parquet.write_table(table, stream)


def _chunks(judged: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in judged:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
