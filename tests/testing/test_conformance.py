"""The suite as a test case: what a test of three lines holds, and how it fails."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from tests.adapters.golden import DATA, GOLDEN, named, settings
from tests.testing.bad_adapters import Good, clip, giving
from vstar_data.adapters import make_adapter
from vstar_data.testing import AdapterConformance, check_adapter

HERE = Path(__file__)


class TestGood(AdapterConformance):
    adapter = Good()
    annotations = HERE
    rows = 2
    strict = True


class _Bad(AdapterConformance):
    adapter = giving([clip("a"), clip("a", video="b.mp4")])
    annotations = HERE


class _Warned(AdapterConformance):
    adapter = giving([clip("a", license=None)])
    annotations = HERE


class _Strict(_Warned):
    strict: ClassVar[bool] = True


class _Counted(_Warned):
    rows: ClassVar[int | None] = 2


def test_a_warning_passes() -> None:
    _Warned().test_the_adapter_conforms()


@pytest.mark.parametrize(
    ("case", "message"),
    [(_Bad, "unique ids +failed"), (_Strict, "licence +warning"), (_Counted, "2 rows gave 1 clips and skipped rows")],
)
def test_a_fault_fails_with_the_table(case: type[AdapterConformance], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        case().test_the_adapter_conforms()


@pytest.mark.parametrize("name", named("cases"))
def test_the_bundled_adapters_conform_on_their_fixtures(name: str) -> None:
    case = settings("cases", name)
    report = check_adapter(make_adapter(case["adapter"], case.get("options", {})), DATA / case["annotations"])
    # Fixtures hold bad rows on purpose: an id that stands in the file for two clips is one.
    repeated = "another row has the id" in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")
    assert {result.name for result in report.failed} <= ({"unique ids"} if repeated else set()), report
    assert report.rows == case["rows"]
