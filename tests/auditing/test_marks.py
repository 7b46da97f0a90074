"""Marked sheets as spreadsheets and people leave them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.auditing.answered import answered, clip
from vstar_data.auditing.marks import matched, read_lines
from vstar_data.auditing.sheet import Drawing, SheetKey, key_of, sheet_text
from vstar_data.errors import UsageError
from vstar_data.labels import ClassLabel

IDS = ("plain", "=1+1", "-x", "'q", "caf\u00e9;=2", "tail ")


def drawn(texts: str = "A man is bowling.", seed: int = 0) -> tuple[list[dict[str, str]], SheetKey]:
    """The rows of a sheet about clips with strange ids, and its key."""
    drawing = Drawing(20, seed)
    for name in IDS:
        for judged in answered(clip(name, ClassLabel(name="bowling"), id=name), "class", texts):
            drawing.offer(judged)
    answers, sizes = drawing.drawn()
    rows = list(csv.DictReader(io.StringIO(sheet_text(answers).decode("utf-8-sig"), newline="")))
    return rows, key_of(answers, sizes, profile="strict", verifier="2", answers="abc", seed=seed)


def saved(
    path: Path, rows: list[dict[str, str]], separator: str = ",", encoding: str = "utf-8-sig", before: str = ""
) -> Path:
    out = io.StringIO(newline="")
    out.write(before)
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("separator", "encoding", "before"),
    [
        (",", "utf-8-sig", ""),
        (",", "utf-8", ""),
        (";", "cp1252", ""),
        (";", "utf-8-sig", "sep=;\r\n"),
        ("\t", "utf-16", ""),
    ],
)
def test_a_sheet_comes_back_however_it_was_saved(tmp_path: Path, separator: str, encoding: str, before: str) -> None:
    rows, key = drawn()
    for row in rows:
        row["mark"] = "yes"
        # What Windows-1252 cannot say is not in the ids.
        row["question"] = row["answer"] = ""
    path = saved(tmp_path / "marked.csv", rows, separator, encoding, before)
    found, marks = matched(read_lines(path), [key], "marked.csv")
    assert found is key
    assert sorted(marks) == sorted(key.rows)
    assert sorted(name.removesuffix("#class/direct-0") for name in marks) == sorted(IDS)


def test_a_spreadsheet_may_drop_the_apostrophes_and_the_blanks_around_ids(tmp_path: Path) -> None:
    rows, key = drawn()
    for row in rows:
        row["id"], row["mark"] = f" {row['id'].removeprefix(chr(39))} ", "no"
    _, marks = matched(read_lines(saved(tmp_path / "marked.csv", rows)), [key], "marked.csv")
    assert set(marks) == set(key.rows)
    assert set(marks.values()) == {False}


@pytest.mark.parametrize(
    ("mark", "right"),
    [
        *((mark, True) for mark in ("yes", " Y ", "1", "Accept", "TRUE")),
        *((mark, False) for mark in ("no", "N", "0", "reject", "False")),
        *((mark, None) for mark in ("", "  ")),
    ],
)
def test_marks_are_read_in_any_case(tmp_path: Path, mark: str, right: bool | None) -> None:
    rows, _ = drawn()
    rows[0]["mark"] = mark
    assert read_lines(saved(tmp_path / "marked.csv", rows))[0].mark is right


def test_blank_rows_and_blank_marks_are_passed_over_and_rows_may_be_missing_or_moved(tmp_path: Path) -> None:
    rows, key = drawn()
    rows[3]["mark"] = "y"
    blank = dict.fromkeys(rows[0], "")
    _, marks = matched(read_lines(saved(tmp_path / "m.csv", [rows[3], blank, rows[1]])), [key], "m.csv")
    assert len(marks) == 1


def refused(path: Path, keys: list[SheetKey]) -> UsageError:
    with pytest.raises(UsageError) as found:
        matched(read_lines(path), keys, str(path))
    assert str(path) in str(found.value.where)
    return found.value


def test_a_word_that_is_no_mark_is_named_with_row_and_column(tmp_path: Path) -> None:
    rows, key = drawn()
    rows[1]["mark"] = "maybe"
    error = refused(saved(tmp_path / "m.csv", rows), [key])
    assert "row 3, column `mark`" in str(error)
    assert error.found == "maybe"
    assert "yes" in str(error.expected)


def test_an_unknown_id_is_named(tmp_path: Path) -> None:
    rows, key = drawn()
    rows[2] |= {"id": "nobody", "mark": "yes"}
    error = refused(saved(tmp_path / "m.csv", rows), [key])
    assert "row 4, column `id`" in str(error)
    assert error.found == "nobody"


def test_the_sheet_of_another_run_is_refused(tmp_path: Path) -> None:
    rows, _ = drawn("A man is sailing.")
    _, key = drawn()
    rows[0]["mark"] = "yes"
    assert "another run" in str(refused(saved(tmp_path / "m.csv", rows), [key]))


def test_a_row_of_another_run_is_named(tmp_path: Path) -> None:
    others, _ = drawn("A man is sailing.")
    rows, key = drawn()
    foreign = {row["id"]: row for row in others}[rows[1]["id"]]
    error = refused(saved(tmp_path / "m.csv", [rows[0] | {"mark": "yes"}, foreign | {"mark": "yes"}]), [key])
    assert "row 3, column `check`" in str(error)


def test_an_id_twice_is_named(tmp_path: Path) -> None:
    rows, key = drawn()
    error = refused(saved(tmp_path / "m.csv", [*rows, rows[0] | {"mark": "yes"}]), [key])
    assert "rows 2 and 8" in str(error)


def test_without_a_mark_a_column_a_heading_a_file_or_a_sheet_there_is_nothing_to_count(tmp_path: Path) -> None:
    rows, key = drawn()
    assert "no mark" in str(refused(saved(tmp_path / "m.csv", rows), [key]))
    assert "No sheet" in str(refused(saved(tmp_path / "m.csv", rows), []))
    without = [{name: value for name, value in row.items() if name != "check"} for row in rows]
    assert "no column `check`" in str(refused(saved(tmp_path / "m.csv", without), [key]))
    (tmp_path / "m.csv").write_bytes(b"")
    assert "no column `id`" in str(refused(tmp_path / "m.csv", [key]))
    assert "no such marked sheet" in str(refused(tmp_path / "none.csv", [key]))


def test_of_several_sheets_the_one_that_was_marked_is_found(tmp_path: Path) -> None:
    _, other = drawn("A man is sailing.")
    rows, key = drawn()
    rows[0]["mark"] = "yes"
    assert matched(read_lines(saved(tmp_path / "m.csv", rows)), [other, key, other], "m.csv")[0] is key
