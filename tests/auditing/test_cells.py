"""Cells: text shows as it is, and no spreadsheet executes any of it, however it parts the columns."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vstar_data.auditing.cells import LONGEST, cell, original, printable

BEGINNINGS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
NASTY = st.text(st.sampled_from("=+-@;,\t\r\n\"' a\uff1d"), max_size=12) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('=HYPERLINK("http://x.example","click")', '\'=HYPERLINK("http://x.example","click")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'=1"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("'quoted'", "''quoted'"),
        ("a;=1", "a;'=1"),
        ('a;"=1"', 'a;"\'=1"'),
        ("a;", "a;'"),
        ("- one\n- two", "'- one \u23ce - two"),
        ("a man is 3-4 m away; so", "a man is 3-4 m away; so"),
        ("a\x00b\x1b[31m", "a\ufffdb\ufffd[31m"),
        ("", ""),
    ],
)
def test_what_could_begin_a_formula_gets_an_apostrophe(text: str, shown: str) -> None:
    assert cell(text) == shown


@given(NASTY, NASTY)
@example('";=1', "x")
@example("a\n=1", '"=1"')
@example("", '";')
def test_no_cell_is_a_formula_by_any_separator(left: str, right: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", cell(left), cell(right)], [cell(right), cell(left), "end"]])
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator):
            assert not [value for value in row if value.lstrip(" \u00a0").startswith(BEGINNINGS)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30).filter(lambda t: ";" not in t))
def test_a_text_comes_back(text: str) -> None:
    assert original(cell(text)) == text


def test_long_text_is_cut_to_what_a_spreadsheet_holds() -> None:
    assert len(cell("x" * 100_000)) == LONGEST
    assert cell("x" * 100_000).endswith("\u2026")


def test_a_terminal_gets_no_control_characters() -> None:
    assert printable("a\x1b[2J\n b\u202e", 20) == "a\ufffd[2J b\ufffd"
    assert printable("x" * 50, 10) == "x" * 9 + "\u2026"
