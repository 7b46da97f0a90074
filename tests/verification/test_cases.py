"""The project's own cases, in pairs that differ in one thing, and the slice of shared cases where it is there."""

from __future__ import annotations

from typing import Any

import pytest

from .cases import OWN, SHARED, judge, read

CASES = [case for path in sorted(OWN.glob("*.jsonl")) for case in read(path)]
FLOOR = 1.0


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_own_case(case: dict[str, Any]) -> None:
    verdict = judge(case)
    assert verdict.accepted == (case["expected"] == "accept"), (case["answer"], verdict.reasons)
    if "reason" in case:
        assert case["reason"] in verdict.reasons


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_verdict_is_well_formed(case: dict[str, Any]) -> None:
    verdict = judge(case)
    assert len(verdict.per_label) == len(case["labels"])
    for target in verdict.per_label:
        assert target.accepted == (target.reason is None)
        assert 0.0 <= target.score <= 1.0
        if target.evidence is not None:
            start, end = target.evidence
            assert 0 <= start < end <= len(case["answer"])
        if target.accepted:
            assert target.evidence is not None


def test_shared_cases_reach_the_floor() -> None:
    if not SHARED.is_file():
        pytest.skip("the shared cases are not in this checkout")
    cases = read(SHARED)
    right = [judge(case).accepted == (case["expected"] == "accept") for case in cases]
    assert sum(right) / len(right) >= FLOOR, [case["id"] for case, well in zip(cases, right, strict=True) if not well]
