"""What holds for every bundled adapter, on its fixture and, where they are at hand, on slices of the real files."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.adapters.golden import DATA, GOLDEN, REAL, lines_of, named, numbers_of, rows_of, settings
from tests.adapters.mutations import damaged
from vstar_data.adapters import discovered
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped

CASES = named("cases")


def test_every_bundled_adapter_has_a_case():
    bundled = {
        name for name, adapter in discovered().by_name.items() if adapter.__module__.startswith("label_adapters")
    }
    assert bundled == {settings("cases", name)["adapter"] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_each_row_of_the_fixture_gives_one_record_as_the_golden_file_has_it(name):
    case = settings("cases", name)
    rows = rows_of(case, DATA)
    assert len(rows) == case["rows"]
    assert lines_of(rows).decode() == (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")
    assert lines_of(rows_of(case, DATA)) == lines_of(rows)


@pytest.mark.parametrize("name", named("slices"))
def test_the_real_slice_gives_what_the_golden_numbers_say(name):
    case = settings("slices", name)
    if not (REAL / case["annotations"]).exists():
        pytest.skip("the slices of the real annotations are not beside this checkout")
    rows = rows_of(case, REAL)
    assert len(rows) == case["rows"]
    assert numbers_of(rows) == case["golden"]


@pytest.mark.parametrize("name", CASES)
@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_annotations_give_records_or_an_error_that_names_the_file(name, tmp_path, data):
    case = settings("cases", name)
    original = DATA / case["annotations"]
    copy = tmp_path / original.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(original, copy) if original.is_dir() else shutil.copy(original, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file()) if copy.is_dir() else [copy]
    file = data.draw(st.sampled_from(files))
    file.write_bytes(data.draw(st.composite(damaged)(file)))
    rows, told = [], ""
    try:
        rows = rows_of({**case, "annotations": copy.name}, tmp_path)
    except AnnotationError as problem:
        told = str(problem)
    assert "fault of the adapter" not in told
    assert rows or told
    assert all(isinstance(row, Clip | Skipped) for row in rows)
    lines_of(rows)


def test_the_folder_of_golden_files_holds_no_other():
    assert sorted(path.stem for path in GOLDEN.glob("*.jsonl")) == CASES
