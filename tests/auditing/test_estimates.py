"""Precision and recall from marks: weights, groups, what is left out, and what the card says."""

from __future__ import annotations

import pytest

from vstar_data.auditing.estimates import Stratum, estimated
from vstar_data.auditing.wilson import wilson
from vstar_data.dataset.audit_section import audit_section
from vstar_data.dataset.audited import Audited, AuditedGroup, Share, outdated


def marks(kind: str, mode: str, accepted: bool, right: int, wrong: int) -> list[tuple[Stratum, bool]]:
    stratum = Stratum(kind, mode, accepted)
    return [(stratum, True)] * right + [(stratum, False)] * wrong


SIZES = {
    Stratum("class", "direct", True): 900,
    Stratum("class", "direct", False): 1000,
    Stratum("qa", "direct", True): 100,
    Stratum("qa", "rationalized", True): 40,
    Stratum("qa", "rationalized", False): 10,
}
MARKS = [
    *marks("class", "direct", True, 9, 1),
    *marks("class", "direct", False, 1, 9),
    *marks("qa", "direct", True, 5, 5),
    *marks("qa", "rationalized", True, 4, 0),
]


def by_place(groups: tuple[AuditedGroup, ...]) -> dict[tuple[str, str], AuditedGroup]:
    return {(group.kind, group.mode): group for group in groups}


def test_each_stratum_counts_by_its_size() -> None:
    groups, uncovered = estimated(SIZES, MARKS)
    found = by_place(groups)
    whole = found["", ""]
    assert (whole.accepted, whole.accepted_marked, whole.accepted_right) == (1000, 20, 14)
    assert whole.precision is not None
    assert whole.precision.value == pytest.approx((900 * 0.9 + 100 * 0.5) / 1000)
    assert whole.recall is not None
    assert whole.recall.value == pytest.approx(860 / (860 + 1000 * 0.1), abs=1e-4)
    assert uncovered == ("qa rationalized",)


def test_the_precision_of_a_kind_and_mode_is_wilsons() -> None:
    found = by_place(estimated(SIZES, MARKS)[0])
    expected = wilson(0.9, 10)
    assert found["class", "direct"].precision == Share(
        value=0.9, low=round(expected.low, 4), high=round(expected.high, 4)
    )


def test_what_has_no_marks_on_one_side_has_no_recall_and_is_in_no_total() -> None:
    found = by_place(estimated(SIZES, MARKS)[0])
    assert found["qa", "rationalized"].precision is not None
    assert found["qa", "rationalized"].recall is None
    assert found["", "rationalized"].precision is None
    assert found["", "rationalized"].accepted == 0


def test_without_rejected_answers_recall_is_whole() -> None:
    assert by_place(estimated(SIZES, MARKS)[0])["qa", "direct"].recall == Share(value=1.0, low=1.0, high=1.0)


def test_the_card_shows_every_group() -> None:
    groups, uncovered = estimated(SIZES, MARKS)
    audited = Audited(profile="strict", verifier="2", answers="abc", groups=groups, uncovered=uncovered)
    heading, _, table, left_out = audit_section(audited)
    assert heading == "## Audit"
    assert "| class | direct | 90.0 % (59.6 to 98.2) | 89.0 % (" in table
    assert "| qa | rationalized | 100.0 % (51.0 to 100.0) | - | 4 | 50 |" in table
    assert left_out.endswith(": qa rationalized.")


def test_an_audit_holds_for_its_own_rules_and_answers_alone() -> None:
    audited = Audited(profile="strict", verifier="2", answers="abc", groups=())
    assert outdated(audited, "strict", "2", "abc") == ""
    assert "profile strict" in outdated(audited, "paper", "2", "abc")
    assert "version 2" in outdated(audited, "strict", "3", "abc")
    assert "others than those" in outdated(audited, "strict", "2", "abd")
