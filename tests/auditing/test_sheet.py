"""The sheet: what it shows and what it does not, whom it draws, and that marks are never written over."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.auditing.answered import answered, clip
from vstar_data.auditing.estimates import Stratum
from vstar_data.auditing.folder import AuditFolder
from vstar_data.auditing.sheet import COLUMNS, FEW, Drawing, SheetKey, allocation, key_of, sheet_text
from vstar_data.auditing.words import told
from vstar_data.dataset.judged import Judged
from vstar_data.errors import RecordError
from vstar_data.labels import ClassLabel, NumberLabel, TimestampLabel

STRATA = st.builds(Stratum, st.sampled_from(["class", "qa", "number"]), st.sampled_from(["direct"]), st.booleans())


def judged_answers() -> list[Judged]:
    """Thirty accepted and ten rejected answers about bowling, two of each with numbers."""
    found: list[Judged] = []
    for number in range(30):
        text = "A man sleeps." if number % 3 == 0 else "A man is bowling."
        found += answered(clip(f"{number:02}", ClassLabel(name="bowling"), start=1.0, end=2.5), "class", text)
    for number in range(4):
        text = f"The score is {2 * number}."
        found += answered(clip(f"n{number}", NumberLabel(name="score", value=2, tolerance=0.5)), "number", text)
    return found


def drawn(rows: int, seed: int = 0) -> tuple[list[Judged], SheetKey]:
    drawing = Drawing(rows, seed)
    for judged in judged_answers():
        drawing.offer(judged)
    answers, sizes = drawing.drawn()
    return answers, key_of(answers, sizes, profile="strict", verifier="2", answers="abc", seed=seed)


def table(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


@given(st.dictionaries(STRATA, st.integers(1, 5000), min_size=1), st.integers(0, 400))
def test_rows_are_shared_out_to_the_last_and_never_beyond_a_stratum(sizes: dict[Stratum, int], rows: int) -> None:
    given_rows = allocation(sizes, rows)
    assert sum(given_rows.values()) == min(rows, sum(sizes.values()))
    assert all(0 <= given_rows[stratum] <= sizes[stratum] for stratum in sizes)
    if rows >= FEW * len(sizes):
        assert all(given_rows[stratum] >= min(FEW, sizes[stratum]) for stratum in sizes)


def test_larger_strata_get_more_rows_but_less_than_their_share() -> None:
    small, large = Stratum("class", "direct", False), Stratum("class", "direct", True)
    given_rows = allocation({small: 100, large: 10_000}, 100)
    assert given_rows[small] < given_rows[large] < 99
    assert given_rows[small] >= FEW


def test_every_stratum_is_in_the_sheet_and_the_key_knows_its_size() -> None:
    answers, key = drawn(20)
    assert len(answers) == len(key.rows) == 20
    assert key.sizes() == {
        Stratum("class", "direct", False): 10,
        Stratum("class", "direct", True): 20,
        Stratum("number", "direct", False): 3,
        Stratum("number", "direct", True): 1,
    }
    assert all(stratum.drawn >= min(FEW, stratum.size) for stratum in key.strata)
    for judged in answers:
        assert key.stratum(judged.id).accepted == judged.verdict.accepted


def test_the_sheet_can_be_opened_and_shows_no_verdict() -> None:
    answers, _ = drawn(20)
    text = sheet_text(answers)
    assert text.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())
    rows = table(text)
    assert [row["id"] for row in rows] == [judged.id for judged in answers]
    assert {row["mark"] for row in rows} == {row["note"] for row in rows} == {""}
    # A rejected answer differs from an accepted one in no cell but its text: each has some evidence.
    assert all(row["evidence"] for row in rows)
    first = next(row for row in rows if row["stratum"] == "class direct")
    assert (first["start"], first["end"], first["targets"]) == ("1", "2.5", "bowling")
    verdicts = [judged.verdict.accepted for judged in answers]
    assert verdicts != sorted(verdicts)
    assert verdicts != sorted(verdicts, reverse=True)


def test_the_check_changes_with_the_answer_and_with_its_targets() -> None:
    one = answered(clip("a", ClassLabel(name="bowling")), "class", "A man is bowling.")[0]
    other_text = answered(clip("a", ClassLabel(name="bowling")), "class", "A man was bowling.")[0]
    other_label = answered(clip("a", ClassLabel(name="archery")), "class", "A man is bowling.")[0]
    other_verdict = replace(one, verdict=other_label.verdict)
    checks = [table(sheet_text([judged]))[0]["check"] for judged in (one, other_text, other_label, other_verdict)]
    assert len(set(checks)) == 3
    assert checks[0] == checks[3]
    assert all(len(check) == 8 and check.isalpha() for check in checks)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (ClassLabel(name="bowling", aliases=("ten pins",)), "bowling (or: ten pins)"),
        (NumberLabel(name="score", value=2, tolerance=0.5), "score 2 (within 0.5)"),
        (NumberLabel(name="dots", value=2, tolerance=0), "dots 2 (exactly)"),
        (TimestampLabel(name="it lands", time=2, tolerance=0.5), "it lands at 2 seconds (within 0.5)"),
    ],
)
def test_targets_say_what_is_near_enough(label: ClassLabel | NumberLabel | TimestampLabel, words: str) -> None:
    assert told(label) == words


def test_neither_a_begun_sheet_nor_a_key_is_written_over(tmp_path: Path) -> None:
    folder = AuditFolder(tmp_path)
    answers, key = drawn(10)
    sheet, written = folder.write_sheet(sheet_text(answers), key)
    assert (sheet.name, written) == ("sheet.csv", True)
    assert folder.write_sheet(sheet_text(answers), key) == (sheet, True)

    other, other_key = drawn(12, seed=1)
    second = sheet.with_name("sheet-2.csv")
    assert folder.write_sheet(sheet_text(other), other_key) == (second, True)
    assert folder.keys() == [key, other_key]

    check = table(sheet.read_bytes())[0]["check"].encode()
    marked = sheet.read_bytes().replace(b",," + check, b"yes,," + check)
    sheet.write_bytes(marked)
    assert folder.write_sheet(sheet_text(answers), key) == (sheet, False)
    assert folder.write_sheet(sheet_text(other), other_key) == (second, True)
    assert sheet.read_bytes() == marked


def test_a_key_that_names_no_stratum_of_its_own_is_refused(tmp_path: Path) -> None:
    folder = AuditFolder(tmp_path)
    answers, key = drawn(10)
    sheet, _ = folder.write_sheet(sheet_text(answers), key)
    beside = sheet.with_name("sheet.key.json")
    content = json.loads(beside.read_bytes())
    content["rows"] = {name: [check, 99] for name, (check, _) in content["rows"].items()}
    beside.write_text(json.dumps(content))
    with pytest.raises(RecordError, match="stratum"):
        folder.keys()


@pytest.mark.parametrize(
    "content", [b"id,mark,note,check\r\nx,,look again,y\r\n", b"id,mark,check\r\nx,perhaps,y\r\n", b"?"]
)
def test_what_may_be_a_persons_work_is_left_alone(tmp_path: Path, content: bytes) -> None:
    sheet = tmp_path / "audit" / "sheet.csv"
    sheet.parent.mkdir()
    sheet.write_bytes(content)
    answers, key = drawn(10)
    assert AuditFolder(tmp_path).write_sheet(sheet_text(answers), key)[0].name == "sheet-2.csv"
    assert sheet.read_bytes() == content
