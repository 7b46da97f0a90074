"""Quality filters on a run: set by the recipe or by assemble, told everywhere, kept, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.building.conftest import Finished, vstar_data

LONG = "Two hands throw red balls up in an arc and each of them is caught again, so this shows juggling."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve clips with two direct answers each; those of every fourth are wrong, so that it is rationalized."""
    names = [f"{number:02d}.mp4" for number in range(12)]
    (tmp_path / "acts.csv").write_text("file,label\n" + "".join(f"{name},juggling\n" for name in names))
    answers: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        clip = {"clip_id": f"table/{name}"}
        right = number % 4 != 0
        answers.append({**clip, "text": LONG if right else "This is a person dancing."})
        answers.append({**clip, "text": "It is juggling." if right and number % 3 else "Nothing can be seen here."})
        answers.append({**clip, "text": f"Number {number} of the clips: juggling.", "mode": "rationalized"})
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers))
    return tmp_path


def build(folder: Path, run: str = "run", *more: str) -> Finished:
    given = ["--annotations", str(folder / "acts.csv"), "--engine", "replay", "--model", str(folder / "answers.jsonl")]
    return vstar_data("build", "table", *given, "--out", str(folder / run), "--set", "generate.samples=2", *more)


def sft(run: Path) -> set[str]:
    files = (run / "dataset" / "data" / "sft").glob("*.parquet")
    return {row for path in files for row in pl.read_parquet(path)["id"]}


def ledger(run: Path) -> dict[str, str]:
    table = pl.read_parquet(run / "filtered.parquet")
    return dict(zip(table["id"], table["reason"], strict=True))


def contents(run: Path) -> dict[str, bytes]:
    return {str(path.relative_to(run)): path.read_bytes() for path in (run / "dataset").rglob("*") if path.is_file()}


def test_assemble_filters_tells_and_takes_it_back(folder: Path) -> None:
    run = folder / "run"
    assert build(folder).code == 0
    before, whole = sft(run), contents(run)
    assert ledger(run) == {}
    done = vstar_data("assemble", str(run), "--set", "filters.length.min_words=5")
    assert done.code == 0, done.stderr
    kept_back = ledger(run)
    assert set(kept_back.values()) == {"too_short"}
    assert sft(run) == before - kept_back.keys()
    assert 0 < len(kept_back) < len(before)
    assert f"filtered: {len(kept_back)} too_short" in done.stdout
    manifest = json.loads((run / "dataset" / "manifest.json").read_text())
    assert sum(row["rows"] for row in manifest["counts"]["filtered"]) == len(kept_back)
    assert manifest["recipe"]["filters"] == {"length": {"min_words": 5, "max_words": None}}
    assert "`too_short`" in (run / "dataset" / "README.md").read_text()
    done = vstar_data("assemble", str(run), "--set", "filters.length=null")
    assert done.code == 0, done.stderr
    assert contents(run) == whole
    assert ledger(run) == {}


def test_the_same_filters_in_the_recipe_or_in_assemble_give_the_same_bytes(folder: Path) -> None:
    chosen = (
        "filters.near_duplicates={per_dataset: 3}",
        "filters.rationalized_share=0.3",
        "filters.restatement={min_other_words: 1}",
    )
    settings = [part for setting in chosen for part in ("--set", setting)]
    assert build(folder).code == 0
    done = vstar_data("assemble", str(folder / "run"), *settings)
    assert done.code == 0, done.stderr
    assert build(folder, "other", *settings, "--set", "blocks.clips=1").code == 0
    assert ledger(folder / "run") == ledger(folder / "other")
    assert set(ledger(folder / "run").values()) == {"near_duplicate", "rationalized_share", "restates_label"}
    rows = [contents(folder / name) for name in ("run", "other")]
    data = [{path: content for path, content in each.items() if "/data/" in path} for each in rows]
    assert data[0] == data[1]


def test_filters_of_assemble_stay_and_those_of_the_recipe_go_first(folder: Path) -> None:
    run = folder / "run"
    assert build(folder).code == 0
    assert vstar_data("assemble", str(run), "--set", "filters.length.min_words=5").code == 0
    filtered = contents(run)
    again = build(folder)
    assert again.code == 0
    assert "filters.length of the run stays in force" in again.stderr
    assert "filters.length=null` lifts it" in again.stderr
    assert contents(run) == filtered
    other = build(folder, "run", "--set", "filters.length.max_words=5")
    assert "filters.length of the recipe takes the place of the run's" in other.stderr
    assert set(ledger(run).values()) == {"too_long"}


def test_everything_filtered_is_a_warning(folder: Path) -> None:
    done = build(folder, "run", "--set", "filters.length.min_words=500")
    assert done.code == 0
    assert "the filters keep every accepted answer back" in done.stderr
    assert sft(folder / "run") == set()


def test_a_single_sample_tells_no_pass_rate(folder: Path) -> None:
    setting = ("--set", "filters.pass_rate.max=0.9")
    refused = build(folder, "run", *setting, "--set", "generate.samples=1")
    assert refused.code == 2
    assert "filters.pass_rate" in refused.stderr
    assert not (folder / "run" / "completions").exists()
    assert build(folder, "run", *setting).code == 0
    refused = vstar_data("assemble", str(folder / "run"), "--set", "generate.samples=1")
    assert refused.code == 2


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("filters.length.min_word=5", "did you mean"),
        ("filters.near_duplicates.similarity=2", "similarity"),
        ("filters.blind={}", "no_video"),
        ("filters.rationalized_share=half", "rationalized_share"),
    ],
)
def test_wrong_settings_are_refused_before_any_work(folder: Path, setting: str, told: str) -> None:
    refused = build(folder, "run", "--set", setting)
    assert refused.code == 2
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
