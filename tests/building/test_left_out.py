"""Several sources in one recipe: caps, weights, takedowns and benchmarks decide what is asked and what is published."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.building.conftest import vstar_data

RECIPE = """
sources:
  - {adapter: table, name: birds, annotations: birds.csv, weight: 2}
  - {adapter: table, name: dogs, annotations: dogs.csv, weight: 1, class_cap: 3}
  - {adapter: jsonl, name: cats, annotations: cats.jsonl, cap: 4}
engine: replay
model: answers.jsonl
filters:
  decontaminate:
    - {adapter: jsonl, name: zoo, annotations: zoo.jsonl}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, number in (("birds", 20), ("dogs", 12)):
        rows = "".join(f"{name}/{place}.mp4,{name} running {place % 2}\n" for place in range(number))
        (tmp_path / f"{name}.csv").write_text("file,label\n" + rows, encoding="utf-8")
    cats = [_line(place, f"cats/{place}.mp4") for place in range(9)]
    (tmp_path / "cats.jsonl").write_text("".join(cats), encoding="utf-8")
    (tmp_path / "zoo.jsonl").write_text(_line(0, "elsewhere/7.webm"), encoding="utf-8")
    names = [*(f"birds/birds/{place}.mp4" for place in range(20)), *(f"dogs/dogs/{place}.mp4" for place in range(12))]
    names += [f"cats/{place}" for place in range(9)]
    answers = [{"question_id": f"{name}#class", "text": "This shows birds running 1."} for name in names]
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers), encoding="utf-8")
    (tmp_path / "three.yaml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def _line(place: int, video: str) -> str:
    return json.dumps({"id": str(place), "video": video, "labels": [{"kind": "class", "name": "sleeping"}]}) + "\n"


def built(folder: Path, *more: str) -> Path:
    run = folder / "run"
    done = vstar_data("build", str(folder / "three.yaml"), "--out", str(run), *more)
    assert done.code == 0, done.stderr
    return run


def asked(run: Path) -> set[str]:
    """The clips that have an answer in the dataset."""
    found = [
        pl.read_parquet(path)["clip_id"]
        for path in (run / "dataset" / "data").glob("*/*.parquet")
        if "sft" in str(path) or "rejected" in str(path)
    ]
    return {clip for clips in found for clip in clips}


def published(run: Path) -> set[str]:
    return {
        clip for path in (run / "dataset" / "data" / "clips").glob("*.parquet") for clip in pl.read_parquet(path)["id"]
    }


def manifest(run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run / "dataset" / "manifest.json").read_text())
    return content


def test_caps_and_weights_choose_and_a_benchmarks_videos_are_left_out_and_counted(folder: Path) -> None:
    run = built(folder)
    numbers = Counter(clip.partition("/")[0] for clip in asked(run))
    # Dogs: at most 3 of each of two classes. Birds: twice as many. Cats: weight 1 as well, but capped at 4, so the
    # others shrink with them.
    assert numbers == {"birds": 8, "dogs": 4, "cats": 4}
    assert manifest(run)["counts"]["withheld"] == {"contaminated:zoo": 3}
    assert not {"birds/birds/7.mp4", "dogs/dogs/7.mp4", "cats/7"} & published(run)
    assert len(published(run)) == 20 + 12 + 9 - 3
    assert list(manifest(run)["recipe"]["filters"]) == ["contaminated:zoo"]
    assert "contaminated:zoo" in (run / "dataset" / "README.md").read_text()
    assert str(folder) not in (run / "dataset" / "manifest.json").read_text()


def test_a_takedown_is_honoured_by_assemble_and_stays_with_the_run(folder: Path) -> None:
    run = built(folder)
    before = asked(run)
    gone = sorted(before)[0]
    (folder / "takedowns.txt").write_text(f"# asked for\n{gone}\n", encoding="utf-8")
    done = vstar_data("assemble", str(run), "--set", f"filters.exclude={folder / 'takedowns.txt'}")
    assert done.code == 0, done.stderr
    assert gone not in asked(run) | published(run)
    assert manifest(run)["counts"]["withheld"] == {"contaminated:zoo": 3, "excluded": 1}
    assert "1 excluded" in done.stdout
    completions = "".join(path.read_text() for path in (run / "completions").rglob("*.jsonl"))
    assert gone in completions
    again = vstar_data("assemble", str(run))
    assert again.code == 0
    assert gone not in asked(run) | published(run)
    built(folder)
    assert gone not in asked(run) | published(run)
    assert manifest(run)["counts"]["withheld"] == {"contaminated:zoo": 3, "excluded": 1}


def test_another_list_in_the_recipe_does_not_undo_the_runs_without_a_word(folder: Path) -> None:
    lists = {name: folder / f"{name}.txt" for name in ("old", "new")}
    run = built(folder)
    first, second = sorted(asked(run))[:2]
    for path, clip in zip(lists.values(), (first, second), strict=True):
        path.write_text(clip + "\n", encoding="utf-8")
    assert vstar_data("assemble", str(run), "--set", f"filters.exclude={lists['old']}").code == 0
    arguments = ("build", str(folder / "three.yaml"), "--out", str(run), "--set", f"filters.exclude={lists['new']}")
    refused = vstar_data(*arguments)
    assert refused.code == 2
    assert "--update" in refused.stderr
    assert first not in published(run)
    assert vstar_data(*arguments, "--update").code == 0
    assert first in published(run)
    assert second not in published(run)


def test_filters_that_assemble_set_stay_when_the_run_is_built_again(folder: Path) -> None:
    text = (folder / "three.yaml").read_text()
    (folder / "three.yaml").write_text(text.partition("filters:")[0])
    run = built(folder)
    zoo = f"filters.decontaminate=[{{adapter: jsonl, annotations: {folder / 'zoo.jsonl'}, name: zoo}}]"
    assert vstar_data("assemble", str(run), "--set", zoo).code == 0
    again = vstar_data("build", str(folder / "three.yaml"), "--out", str(run))
    assert again.code == 0
    assert "filters.decontaminate of the run stays in force" in again.stderr
    assert manifest(run)["counts"]["withheld"] == {"contaminated:zoo": 3}
    assert vstar_data("assemble", str(run), "--set", "filters.decontaminate=[]").code == 0
    assert manifest(run)["counts"]["withheld"] == {}


def test_what_changed_in_the_questions_is_told(folder: Path) -> None:
    run = built(folder)
    changed = vstar_data("build", str(folder / "three.yaml"), "--out", str(run), "--set", "questions.most=2")
    assert changed.code == 2
    assert "questions.most 4 before, 2 now" in changed.stderr


def test_a_source_that_its_weight_leaves_without_clips_is_named(folder: Path) -> None:
    done = vstar_data(
        "build", str(folder / "three.yaml"), "--out", str(folder / "run"), "--set", "sources.0.weight=100"
    )
    assert done.code == 0
    assert "no clip of the source" in done.stderr


def test_assemble_takes_a_smaller_cap_and_refuses_what_shaped_the_answers(folder: Path) -> None:
    run = built(folder)
    done = vstar_data("assemble", str(run), "--set", "sources.2.cap=2")
    assert done.code == 0, done.stderr
    assert sum(clip.startswith("cats/") for clip in asked(run)) == 2
    more = vstar_data("assemble", str(run), "--set", "generate.samples=2")
    assert more.code == 2
    assert "generate" in more.stderr
    refused = vstar_data("assemble", str(run), "--set", "sources.2.split=test")
    assert refused.code == 2
    assert "sources" in refused.stderr


def test_a_limit_counts_the_clips_that_are_taken(folder: Path) -> None:
    assert len(asked(built(folder, "--limit", "5"))) == 5


def test_paths_of_the_command_line_go_to_every_source_without_one(folder: Path) -> None:
    text = "sources:\n  - {adapter: table, name: one}\n  - {adapter: table, name: two}\n"
    (folder / "two.yaml").write_text(text, encoding="utf-8")
    given = ("--annotations", str(folder / "birds.csv"), "--engine", "replay", "--model", str(folder / "answers.jsonl"))
    done = vstar_data("build", str(folder / "two.yaml"), *given, "--dry-run")
    assert done.code == 0, done.stderr
    assert "40 of 40" in done.stdout
    refused = vstar_data("build", str(folder / "three.yaml"), "--annotations", str(folder / "birds.csv"), "--dry-run")
    assert refused.code == 2
    assert "sources.0.annotations" in refused.stderr


def test_a_list_that_is_not_there_stops_the_build_before_any_work(folder: Path) -> None:
    done = vstar_data(
        "build", str(folder / "three.yaml"), "--out", str(folder / "run"), "--set", "filters.exclude=gone.txt"
    )
    assert done.code == 2
    assert "gone.txt" in done.stderr
    assert not (folder / "run" / "completions").exists()
