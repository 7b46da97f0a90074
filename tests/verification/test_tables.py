"""Answers that are tables: they are told as lines, and the evidence is that of the table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vstar_data.verification import verify
from vstar_data.verification.tables import in_lines

TABLE = (
    "Here:\n| event | start | end |\n|---|---|---|\n| the cat jumps | 0:02 | 0:05 |\n| the dog barks | 0:07 | 0:09 |\n"
)


def test_a_table_is_told_as_lines() -> None:
    lines = in_lines(TABLE)
    assert lines is not None
    assert "event: the dog barks, start: 0:07, end: 0:09" in lines.raw


def test_a_text_without_a_table_is_left_alone() -> None:
    assert in_lines("From 2 to 5 s, -- not a table.\nReally.") is None


def test_the_evidence_lies_in_the_table() -> None:
    label = {"kind": "segment", "name": "the dog barks", "start": 7.0, "end": 9.0}
    verdict = verify(TABLE, [label], question="When does the dog bark? Give start and end.")
    assert verdict.accepted
    evidence = verdict.per_label[0].evidence
    assert evidence is not None
    assert TABLE[slice(*evidence)].startswith("0:07")
    assert TABLE[slice(*evidence)].endswith("0:09")


@given(st.text(alphabet="|-,:ab1\n \t", max_size=80))
def test_no_text_raises_and_places_stay_inside(raw: str) -> None:
    lines = in_lines(raw)
    if lines is not None and lines.raw:
        start, end = lines.original((0, len(lines.raw)))
        assert 0 <= start < end
