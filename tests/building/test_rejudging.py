"""Judging a finished run by other rules: what changed is said, and the next build makes what is lacking alone."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.building.conftest import vstar_data

LABELS = ("juggling", "bowling", "archery", "sailing")
DENIED = ("juggling", "archery")


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """Four clips; `paper` accepts all direct answers, `strict` those that do not deny the label."""
    rows = "".join(f"{label}.mp4,{label}\n" for label in LABELS)
    (tmp_path / "clips.csv").write_text("file,label\n" + rows, encoding="utf-8")
    answers = []
    for label in LABELS:
        question = f"clips/{label}.mp4#class"
        said = f"Nobody is {label} in this video." if label in DENIED else f"A man is {label}."
        answers.append({"question_id": question, "text": said})
        answers.append({"question_id": question, "text": f"A woman is {label}.", "mode": "rationalized"})
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers), encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(
        "sources:\n  - {adapter: table, name: clips, annotations: clips.csv}\nengine: replay\nmodel: answers.jsonl\n",
        encoding="utf-8",
    )
    return path


def lines(run: Path) -> list[str]:
    """The lines of all completions."""
    return [line for path in sorted((run / "completions").rglob("*.jsonl")) for line in path.read_text().splitlines()]


def accepted(run: Path) -> set[tuple[str, str]]:
    found = [pl.read_parquet(path) for path in (run / "dataset" / "data" / "sft").glob("*.parquet")]
    return {(row["clip_id"], row["mode"]) for table in found for row in table.to_dicts()}


def test_another_profile_says_what_changed_and_the_next_build_makes_the_missing_rationalizations(
    tmp_path: Path, recipe: Path
) -> None:
    run = tmp_path / "run"
    first = vstar_data("build", str(recipe), "--out", str(run), "--profile", "paper")
    assert first.code == 0, first.stderr
    assert {mode for _, mode in accepted(run)} == {"direct"}
    made = lines(run)
    assert len(made) == len(LABELS)

    judged = vstar_data("assemble", str(run), "--profile", "strict")
    assert judged.code == 0, judged.stderr
    assert "judged again: 4 answers; 2 verdicts changed (2 in the outcome, 0 in the reason alone)" in judged.stdout
    assert "negated" in judged.stdout
    assert "2 questions lack a rationalization" in judged.stdout
    assert lines(run) == made
    assert len(accepted(run)) == 2

    again = vstar_data("build", str(recipe), "--out", str(run))
    assert again.code == 0, again.stderr
    assert set(made) < set(lines(run))
    fresh = [json.loads(line) for line in lines(run) if line not in made]
    assert {row["mode"] for row in fresh} == {"rationalized"}
    assert {row["question_id"] for row in fresh} == {f"clips/{label}.mp4#class" for label in DENIED}
    assert accepted(run) == {
        (f"clips/{label}.mp4", "rationalized" if label in DENIED else "direct") for label in LABELS
    }


def test_a_run_stays_judged_as_it_was_assembled_until_told_otherwise(tmp_path: Path, recipe: Path) -> None:
    run = tmp_path / "run"
    assert vstar_data("build", str(recipe), "--out", str(run)).code == 0
    strict = accepted(run)
    assert vstar_data("assemble", str(run), "--set", "verification.profile=paper").code == 0
    assert accepted(run) == {(f"clips/{label}.mp4", "direct") for label in LABELS} != strict

    kept = vstar_data("build", str(recipe), "--out", str(run))
    assert "judged by the profile paper, as it was assembled" in kept.stderr
    assert accepted(run) == {(f"clips/{label}.mp4", "direct") for label in LABELS}

    back = vstar_data("build", str(recipe), "--out", str(run), "--profile", "strict")
    assert "2 verdicts changed (2 in the outcome" in back.stdout
    assert accepted(run) == strict


def test_judging_again_by_the_same_rules_has_nothing_to_say(tmp_path: Path, recipe: Path) -> None:
    run = tmp_path / "run"
    assert vstar_data("build", str(recipe), "--out", str(run)).code == 0
    judged = vstar_data("assemble", str(run))
    assert "judged again" not in judged.stdout
    assert "lack a rationalization" not in judged.stdout
