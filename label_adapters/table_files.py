"""Rows of CSV, TSV, JSON, JSONL and Parquet files in one shape, a few at a time.

Not here: what a cell holds (`table_cells`), and which column means what (`table_columns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from label_adapters.delimited import read_header, read_rows
from label_adapters.json_files import first_character, list_entries
from label_adapters.rows import malformed
from label_adapters.table_cells import Cells
from vstar_data.errors import AnnotationError
from vstar_data.records import Skipped

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_LINES = (".jsonl", ".ndjson", ".json")
_LINES_FOR_COLUMNS = 1_000
_BATCH = 2_048


def column_names(path: Path, wanted: Iterable[str] = ()) -> list[str]:
    """Returns the columns of a table.

    Args:
        path: The file.
        wanted: JSONL has no header, and keys may be left out: lines are read until all of these were seen.

    Raises:
        AnnotationError: The file cannot be read as its suffix says, or holds no rows.
    """
    suffix = path.suffix.lower()
    if suffix in _DELIMITERS:
        return read_header(path, _DELIMITERS[suffix])
    if suffix in _LINES:
        return _keys(path, set(wanted))
    if suffix == ".parquet":
        file = _parquet(path)
        with file:
            return list(file.schema_arrow.names)
    expected = "a name that ends in .csv, .tsv, .jsonl, .json or .parquet, or a folder with a folder for each class"
    raise AnnotationError("The suffix of the table is unknown.", where=str(path), expected=expected)


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Cells] | Skipped]:
    """Yields each row with its place: the line it begins on, or for Parquet its number, both from 1.

    Args:
        path: The file.
        columns: The columns that are read.

    Raises:
        AnnotationError: The file as a whole cannot be read, or holds no rows.
    """
    suffix = path.suffix.lower()
    if suffix in _LINES:
        yield from _json_rows(path, columns)
    elif suffix == ".parquet":
        yield from _parquet_rows(path, columns)
    else:
        header = read_header(path, _DELIMITERS[suffix])
        places = [(column, header.index(column)) for column in columns]
        for row in read_rows(path, _DELIMITERS[suffix]):
            if isinstance(row, Skipped):
                yield row
            else:
                line, cells = row
                yield line, {column: cells[place] for column, place in places}


def _json_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[tuple[int, Cells] | Skipped]:
    if path.suffix.lower() == ".json" and first_character(path) == "[":
        yield from _listed_rows(path, columns)
        return
    decoder = msgspec.json.Decoder()
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            line = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
            if not line:
                continue
            try:
                row = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
                yield malformed(path, number, f"the line is not JSON: {problem}")
                continue
            if isinstance(row, dict):
                yield number, row if columns is None else {column: row.get(column) for column in columns}
            else:
                yield malformed(path, number, f"a JSON object was expected, found {line[:40].decode()!r}")


def _listed_rows(path: Path, columns: Sequence[str] | None) -> Iterator[tuple[int, Cells] | Skipped]:
    """Yields the entries of a JSON list as rows, with their places from 1."""
    for number, row in enumerate(list_entries(path), start=1):
        if isinstance(row, dict):
            yield number, row if columns is None else {column: row.get(column) for column in columns}
        else:
            yield malformed(path, number, f"a JSON object was expected, found a {type(row).__name__}")


def _keys(path: Path, wanted: set[str]) -> list[str]:
    keys: dict[str, None] = {}
    for number, row in enumerate(_json_rows(path), start=1):
        if not isinstance(row, Skipped):
            keys.update(dict.fromkeys(row[1]))
        if number >= _LINES_FOR_COLUMNS and wanted <= keys.keys():
            break
    if not keys:
        raise AnnotationError("The file holds no row.", where=str(path), expected="a JSON object on each line")
    return list(keys)


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet

    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            raise
        # Without a number of the system it is Arrow that cannot make sense of the bytes.
        raise AnnotationError("This is not a Parquet file.", where=str(path), found=str(problem)) from None


def _parquet_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    import pyarrow as pa

    numbers = count(1)
    with _parquet(path) as file:
        if not file.metadata.num_rows:
            raise AnnotationError("The file holds no row.", where=str(path), expected="a row for each clip")
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=list(columns)):
                for cells in batch.to_pylist():
                    yield next(numbers), cells
        except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as problem:
            if isinstance(problem, OSError) and problem.errno is not None:
                raise
            where = f"{path}, after row {next(numbers) - 1}"
            raise AnnotationError("The Parquet file is damaged.", where=where, found=str(problem)) from None
