"""The project's own cases, in pairs that differ in one thing, and the slice of shared cases where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from .cases import OWN, SHARED, judge, read

FILES = sorted(OWN.glob("*.jsonl"))
FLOOR = 1.0


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_own_case_is_judged_as_expected(path: Path) -> None:
    wrong = []
    for case in read(path):
        verdict = judge(case)
        agrees = verdict.accepted == (case["expected"] == "accept")
        if not agrees or ("reason" in case and case["reason"] not in verdict.reasons):
            wrong.append((case["id"], case["expected"], case.get("reason"), verdict.reasons, case["answer"]))
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_verdict_is_well_formed(path: Path) -> None:
    for case in read(path):
        verdict = judge(case)
        assert len(verdict.per_label) == len(case["labels"]), case["id"]
        for target in verdict.per_label:
            assert target.accepted == (target.reason is None), case["id"]
            assert 0.0 <= target.score <= 1.0, case["id"]
            if target.evidence is not None:
                start, end = target.evidence
                assert 0 <= start < end <= len(case["answer"]), case["id"]
            if target.accepted:
                assert target.evidence is not None, case["id"]


def test_ids_are_unique() -> None:
    ids = [case["id"] for path in FILES for case in read(path)]
    assert len(ids) == len(set(ids))


def test_shared_cases_reach_the_floor() -> None:
    if not SHARED.is_file():
        pytest.skip("the shared cases are not in this checkout")
    cases = read(SHARED)
    right = [judge(case).accepted == (case["expected"] == "accept") for case in cases]
    assert sum(right) / len(right) >= FLOOR, [case["id"] for case, well in zip(cases, right, strict=True) if not well]
