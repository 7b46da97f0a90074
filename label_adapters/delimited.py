"""Reads CSV and TSV files row by row, for the adapters whose annotations are such tables.

UTF-8 with or without byte order mark; quotes and line breaks in cells as RFC 4180 has them. Not here: what a
column means.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from label_adapters.rows import malformed
from vstar_data.errors import AnnotationError, nearest
from vstar_data.records import Skipped

Row = tuple[int, list[str]]
"""The line that a row begins on, from 1, and its cells."""


def read_header(path: Path, delimiter: str = ",") -> list[str]:
    """Returns the names of the columns.

    Raises:
        AnnotationError: The file has no header or is not UTF-8.
    """
    for _, cells in _records(path, delimiter):
        if isinstance(cells, list):
            return [cell.strip() for cell in cells]
        break
    raise AnnotationError("The file has no header.", where=str(path), expected="a first line with names of columns")


def read_rows(path: Path, delimiter: str = ",") -> Iterator[Row | Skipped]:
    """Yields each row after the header, or why it is none. Empty lines are no rows.

    Raises:
        AnnotationError: There are no rows, a quote is never closed, or the file is not UTF-8.
    """
    width = len(read_header(path, delimiter))
    records = _records(path, delimiter)
    next(records)
    line = 0
    for line, cells in records:
        if isinstance(cells, str):
            yield malformed(path, line, cells)
        elif len(cells) != width:
            yield malformed(path, line, f"{width} cells are expected, as the header has, and {len(cells)} found")
        else:
            yield line, cells
    if not line:
        raise AnnotationError("The file has a header but no rows.", where=str(path), expected="a row for each clip")


def check_columns(needed: Iterable[str], present: Sequence[str], path: Path) -> None:
    """Checks that columns are there, and there once.

    Raises:
        AnnotationError: One is missing; names it, those present and the nearest. Or two have its name.
    """
    for name in needed:
        if name not in present:
            known = [column for column in present if column]
            mend = nearest(name, known) if known else None
            if len(known) == 1 and (other := [mark for mark in ("\t", ";", ",") if mark in known[0]]):
                mend = f"the cells seem to be separated by {other[0]!r}: use commas (.csv) or tabs (.tsv)"
            found = ", ".join(known) or "none"
            raise AnnotationError(f'There is no column "{name}".', where=str(path), found=found, mend=mend)
        if present.count(name) > 1:
            raise AnnotationError(f'Several columns are called "{name}".', where=str(path), expected="one of each name")


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yields for each record the line that it begins on, and its cells or what is wrong with it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError:
                raise _not_utf8(path) from None
            except csv.Error as problem:
                # Python tells these two only by their text: after either the rest of the file is in one cell.
                if "unexpected end of data" in str(problem) or "field larger" in str(problem):
                    raise AnnotationError(
                        "A cell does not end.",
                        where=f"{path}:{line}",
                        expected="a closing quote",
                        found=str(problem),
                        mend='close the quote, or double each " that is text',
                    ) from None
                yield line, str(problem)
                continue
            if cells:
                yield line, cells


def _not_utf8(path: Path) -> AnnotationError:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as problem:
                found = f"the byte 0x{line[problem.start]:02x} at column {problem.start + 1}"
                mend = "save the file as UTF-8"
                return AnnotationError("The file is not UTF-8.", where=f"{path}:{number}", found=found, mend=mend)
    return AnnotationError("The file is not UTF-8.", where=str(path), mend="save the file as UTF-8")
