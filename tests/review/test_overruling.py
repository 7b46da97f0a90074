"""From decisions to the dataset and to the audit, by the commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import vstar_data
from vstar_data.dataset.decisions import Choice
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.review.filters import Filters
from vstar_data.review.session import Review


@pytest.fixture(scope="module")
def audited_run(tmp_path_factory: pytest.TempPathFactory, reviewed_run: Path) -> Path:
    """The run with a sheet of five of its eight answers."""
    run = Path(shutil.copytree(reviewed_run, tmp_path_factory.mktemp("audited") / "run"))
    done = vstar_data("audit", str(run), "--sheet", "5", "--most", "4")
    assert done.code == 0, done.stderr
    return run


@pytest.fixture
def audited(tmp_path: Path, audited_run: Path) -> Path:
    return Path(shutil.copytree(audited_run, tmp_path / "audited run"))


def test_the_sheet_is_shown_as_it_was_drawn_and_blind(audited: Path, tmp_path: Path) -> None:
    key = json.loads((audited / "audit" / "sheet.key.json").read_text())
    review = Review(audited, "anna", tmp_path)
    view = review.view(Filters(sheet=True))
    assert view.rows is not None
    assert [review.index.id(row) for row in view.rows] == list(key["rows"])
    assert "Hidden until you decide" in review.answer_html(view)


def test_decisions_overrule_the_verifier_and_mark_the_sheet(audited: Path, tmp_path: Path) -> None:
    review = Review(audited, "anna", tmp_path)
    kept = (audited / "verdicts.parquet").read_bytes()
    view = review.view(Filters(sheet=True))
    assert view.rows is not None
    sheet = [review.index.id(row) for row in view.rows]
    # All are rejected but the last: that is skipped, and has no mark.
    for choice in [Choice.REJECT] * 4 + [Choice.SKIP]:
        view = review.decided(view, choice, "", shown=view.row or 0)
    wrongly = [name for name in sheet[:4] if name.endswith("direct-0")]

    done = vstar_data("audit", str(audited), "--marked", str(audited / "decisions.jsonl"))
    assert done.code == 0, done.stderr
    dataset = PublishedDataset(audited)
    everything = dataset.manifest["audit"]["groups"][0]
    assert (everything["accepted_marked"], everything["accepted_right"]) == (len(wrongly), 0)
    assert (everything["rejected_marked"], everything["rejected_right"]) == (4 - len(wrongly), 0)
    assert everything["precision"]["value"] == 0
    assert "reviewed: 4 reject" in done.stdout
    assert f"({len(wrongly)} against the verifier)" in done.stdout

    rejected = {row["id"]: row for row in dataset.rows("rejected")}
    assert all(rejected[name]["reasons"] == ["reviewer"] for name in wrongly)
    assert {row["id"] for row in dataset.rows("sft")}.isdisjoint(sheet[:4])
    assert (audited / "verdicts.parquet").read_bytes() == kept
    written = (audited / "dataset" / "manifest.json").read_bytes()

    assert vstar_data("assemble", str(audited)).code == 0
    assert (audited / "dataset" / "manifest.json").read_bytes() == written
    (audited / "decisions.jsonl").unlink()
    assert vstar_data("assemble", str(audited)).code == 0
    assert PublishedDataset(audited).manifest["counts"]["reviewed"] == {}
    assert not any(row["reviewed"] for row in PublishedDataset(audited).rows("rejected"))


def test_decisions_that_cannot_mark_a_sheet_are_errors(run: Path, audited: Path) -> None:
    decisions = audited / "decisions.jsonl"
    done = vstar_data("audit", str(audited), "--marked", str(decisions))
    assert (done.code, "There are no such decisions" in done.stderr) == (2, True)
    decisions.write_text('{"id": "clips/z#class/direct-0"}\n', encoding="utf-8")
    done = vstar_data("audit", str(audited), "--marked", str(decisions))
    assert (done.code, "No decision is about an answer of the audit's sheet" in done.stderr) == (2, True)
    done = vstar_data("audit", str(run), "--marked", str(decisions))
    assert (done.code, "No sheet was drawn" in done.stderr) == (2, True)
