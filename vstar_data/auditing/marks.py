"""Reading a sheet that a person has marked, as spreadsheets save it. Pure, but for the bytes that come from a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vstar_data.auditing.cells import cell, original
from vstar_data.auditing.sheet import SheetKey
from vstar_data.errors import StorageError, UsageError

RIGHT = frozenset({"yes", "y", "1", "accept", "true"})
WRONG = frozenset({"no", "n", "0", "reject", "false"})
_NEEDED = ("id", "mark", "check")
_REDRAW = "mark the sheet that this run's audit wrote last, or draw a new one: vstar-data audit RUN"


@dataclass(frozen=True)
class Line:
    """A row of a marked sheet.

    Attributes:
        row: Its number as a spreadsheet counts: the heading is row 1.
        id: The id of the answer, as it stands there.
        check: The check beside it.
        mark: Whether it was marked right; None where the cell is blank.
        note: What else was written.
    """

    row: int
    id: str
    check: str
    mark: bool | None
    note: str = ""


def read_lines(path: Path) -> list[Line]:
    """Reads a marked sheet: CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or, failing that, Windows-1252.

    Raises:
        UsageError: There is no such file, a column is missing, or a mark is none; names row and column.
        StorageError: It cannot be read.
    """
    if not path.is_file():
        raise UsageError("There is no such marked sheet.", where=str(path), expected="the CSV file that was marked")
    try:
        text = _decoded(path.read_bytes())
    except OSError as problem:
        raise StorageError("The marked sheet cannot be read.", where=str(path), found=problem.strerror) from None
    rows = _rows(text, str(path))
    heading_row, heading = next(((number, row) for number, row in rows if row), (1, []))
    names = [name.strip().lower() for name in heading]
    for name in _NEEDED:
        if name not in names:
            raise UsageError(
                f"The marked sheet has no column `{name}`.",
                where=f"{path}, row {heading_row}",
                expected=", ".join(_NEEDED),
                found=", ".join(heading)[:200] or "nothing",
                mend="mark the sheet that `vstar-data audit` wrote, and save it as CSV with its heading",
            )
    lines = []
    for number, row in rows:
        cells = dict(zip(names, row, strict=False))
        if number > heading_row and any(value.strip() for value in row):
            mark = _mark(cells.get("mark", ""), f"{path}, row {number}, column `mark`")
            note = cells.get("note", "").strip()
            lines.append(Line(number, cells.get("id", "").strip(), cells.get("check", "").strip(), mark, note))
    return lines


def matched(lines: Sequence[Line], keys: Sequence[SheetKey], where: str) -> tuple[SheetKey, dict[str, bool]]:
    """Returns the key of a marked sheet and the marks by id.

    Args:
        lines: The rows of the sheet.
        keys: The keys of the run's sheets.
        where: The file, for errors.

    Raises:
        UsageError: It is no sheet of this run, has an unknown id, has an id twice, or no mark at all.
    """
    if not keys:
        raise UsageError(
            "No sheet was drawn from this run.",
            where=where,
            mend="draw one first: vstar-data audit RUN, without --marked",
        )
    named = [(_ids(key), key) for key in keys]
    ids, key = max(named, key=lambda pair: sum(_known(line, *pair) for line in lines))
    if not any(_known(line, ids, key) for line in lines):
        raise UsageError("This is the sheet of another run, or of answers that are gone.", where=where, mend=_REDRAW)
    marks: dict[str, bool] = {}
    seen: dict[str, int] = {}
    for line in lines:
        if not _known(line, ids, key):
            raise _stranger(line, ids, key, where)
        name = ids[line.id]
        if name in seen:
            raise UsageError(
                "The marked sheet has an answer twice.",
                where=f"{where}, rows {seen[name]} and {line.row}, column `id`",
                found=name,
                mend="delete one of the rows",
            )
        seen[name] = line.row
        if line.mark is not None:
            marks[name] = line.mark
    if not marks:
        raise UsageError(
            "The marked sheet has no mark.",
            where=f"{where}, column `mark`",
            expected="yes where the answer says what `targets` says, no where it does not; at least one row",
        )
    return key, marks


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _rows(text: str, where: str) -> list[tuple[int, list[str]]]:
    """Returns the rows with their numbers, read by the separator that the heading is written with."""
    found: list[tuple[int, list[str]]] = []
    for separator in ",;\t":
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
            rows = [(number, row) for number, row in enumerate(reader, start=1) if not _declares_separator(row)]
        except csv.Error as problem:
            raise UsageError("The marked sheet is no CSV.", where=where, found=str(problem)) from None
        heading = [name.strip().lower() for name in (rows[0][1] if rows else [])]
        if set(_NEEDED) <= set(heading):
            return rows
        found = found or rows
    return found


def _declares_separator(row: list[str]) -> bool:
    return bool(row) and row[0].lower().startswith("sep=")


def _mark(text: str, where: str) -> bool | None:
    word = text.strip().lower()
    if not word:
        return None
    if word in RIGHT or word in WRONG:
        return word in RIGHT
    raise UsageError(
        "A mark is neither yes nor no.",
        where=where,
        expected=f"one of {', '.join(sorted(RIGHT))}; or of {', '.join(sorted(WRONG))}; or nothing",
        found=text.strip()[:100],
    )


def _ids(key: SheetKey) -> dict[str, str]:
    """Returns the ids of a sheet by all forms in which a spreadsheet may give them back."""
    return {form.strip(): name for name in key.rows for form in (name, cell(name), original(cell(name)))}


def _known(line: Line, ids: Mapping[str, str], key: SheetKey) -> bool:
    return line.id in ids and key.rows[ids[line.id]][0] == line.check.lower()


def _stranger(line: Line, ids: Mapping[str, str], key: SheetKey, where: str) -> UsageError:
    place = f"{where}, row {line.row}, column "
    if line.id not in ids:
        return UsageError(
            "There is no such answer in the sheet.", where=f"{place}`id`", found=line.id[:200], mend=_REDRAW
        )
    return UsageError(
        "A row of the marked sheet is about another answer than the run's.",
        where=f"{place}`check`",
        expected=key.rows[ids[line.id]][0],
        found=line.check[:200] or "nothing",
        mend=_REDRAW,
    )
