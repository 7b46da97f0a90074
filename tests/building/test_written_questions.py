"""Questions that a model writes: made once through an engine, kept, and asked by the build."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from tests.building.conftest import Labelled, build_arguments, vstar_data

WRITTEN = (
    {"question_id": "written:table", "text": "1. What is the shape up to?\n2. Is it falling?\n3. What goes on here?"},
    {"question_id": "written:table", "text": "What is the shape up to?", "sample_index": 1},
)


def arguments(labelled: Labelled, out: Path, *settings: str) -> list[str]:
    chosen = [part for setting in settings for part in ("--set", setting)]
    return build_arguments(labelled, out, "--limit", "2", "--set", "questions.kinds=[class]", *chosen)


def origins(run: Path) -> list[str]:
    return pl.read_parquet(run / "questions.parquet")["origin"].to_list()


def test_wordings_from_a_file_are_asked_and_a_rerun_needs_the_file_no_more(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "questions.jsonl"
    answers.write_text("".join(json.dumps(row) + "\n" for row in WRITTEN), encoding="utf-8")
    settings = (
        "questions.written.engine=replay",
        f"questions.written.model={answers}",
        "questions.written.per_source=15",
    )
    run = tmp_path / "run"
    built = vstar_data(*arguments(labelled, run, *settings))
    assert built.code == 0, built.stderr
    questions = pl.read_parquet(run / "questions.parquet")
    assert set(questions["text"]) <= {"What is the shape up to?", "What goes on here?"}
    assert all(origin.startswith("written:replay:questions.jsonl@") for origin in origins(run))
    manifest = json.loads((run / "dataset" / "manifest.json").read_text())
    assert manifest["recipe"]["questions"]["written"]["model"] == "questions.jsonl"
    published = (pl.read_parquet(path).write_json() for path in sorted((run / "dataset").rglob("*.parquet")))
    assert not any(str(tmp_path) in text for text in published)
    answers.unlink()
    again = vstar_data(*arguments(labelled, run, *settings))
    assert again.code == 0, again.stderr


def test_a_model_writes_through_its_engine_and_each_text_is_made_once(tmp_path: Path, labelled: Labelled) -> None:
    settings = ("questions.written.per_clip=2", "questions.written.max_new_tokens=20")
    run = tmp_path / "run"
    built = vstar_data(*arguments(labelled, run, *settings))
    assert built.code == 0, built.stderr
    texts = [line for path in (run / "written").rglob("*.jsonl") for line in path.read_text().splitlines()]
    assert len(texts) == len(labelled.rows)
    assert all(json.loads(text)["model"].startswith("demo@") for text in texts)
    (run / "questions.parquet").unlink()
    again = vstar_data(*arguments(labelled, run, *settings))
    assert again.code == 0, again.stderr
    assert texts == [line for path in (run / "written").rglob("*.jsonl") for line in path.read_text().splitlines()]


def test_an_unknown_key_or_engine_is_named_before_any_work(tmp_path: Path, labelled: Labelled) -> None:
    wrong = vstar_data(*arguments(labelled, tmp_path / "run", "questions.written.per_sourc=3"))
    assert wrong.code == 2
    assert "questions.written.per_sourc" in wrong.stderr
    assert "per_source" in wrong.stderr
    wrong = vstar_data(*arguments(labelled, tmp_path / "run", "questions.written={per_clip: 1, engine: crystal}"))
    assert wrong.code == 2
    assert "crystal" in wrong.stderr
