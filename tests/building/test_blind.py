"""Blind filters on a run: real answers of the shipped model without the video, kept and resumed like any others."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.building.conftest import (
    Finished,
    Labelled,
    Whole,
    build_arguments,
    contents,
    killed_at,
    made_once,
    requests_in,
    vstar_data,
    whole_build,
    whole_in,
)
from vstar_data.generation.store import CompletionStore

BLIND = ("--set", "filters.blind={no_video: true, one_frame: true, shuffled_frames: true}")
BATCH = 4


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory, demo_videos: Path, demo_rows: list[dict[str, str]]) -> Whole:
    """An uninterrupted build with blind filters."""
    folder = made_once(tmp_path_factory, "blind", lambda folder: whole_build(folder, demo_videos, demo_rows, *BLIND))
    return whole_in(folder)


def rows(run: Path, config: str = "sft") -> set[str]:
    files = (run / "dataset" / "data" / config).glob("*.parquet")
    return {row for path in files for row in pl.read_parquet(path)["id"]}


def ledger(run: Path) -> pl.DataFrame:
    return pl.read_parquet(run / "filtered.parquet")


def texts(run: Path) -> dict[str, str]:
    """The blind answers that count, by key."""
    blocks = sorted(int(path.name) for path in (run / "blind").iterdir() if path.is_dir())
    read = CompletionStore(run / "blind").read
    return {key: made.text for block in blocks for key, made in read(block).completions.items()}


def manifest(run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run / "dataset" / "manifest.json").read_text())
    return content


def test_what_is_answered_blind_is_dropped_and_all_else_stays(blind: Whole, whole: Whole) -> None:
    dropped = ledger(blind.run)
    assert rows(blind.run) | set(dropped["id"]) == rows(whole.run)
    assert rows(blind.run).isdisjoint(dropped["id"])
    assert rows(blind.run, "rejected") == rows(whole.run, "rejected")
    assert 0 < len(dropped) < len(rows(whole.run))
    verdicts = pl.read_parquet(blind.run / "blind" / "verdicts.parquet")
    accepted = dict(zip(verdicts["key"], verdicts["accepted"], strict=True))
    made = [json.loads(line) for path in blind.run.glob("blind/*/*.jsonl") for line in path.read_text().splitlines()]
    right = {line["question_id"].split(":", 2)[2] for line in made if accepted[line["key"]]}
    assert set(dropped["question_id"]) == right
    assert {line["question_id"].split(":")[1] for line in made} == {"no_video", "one_frame", "shuffled_frames"}


def test_blind_answers_are_counted_and_never_published(blind: Whole) -> None:
    told = manifest(blind.run)
    asked = {row["variant"]: 0 for row in told["counts"]["blind"]}
    for row in told["counts"]["blind"]:
        asked[row["variant"]] += row["asked"]
        assert row["missing"] == 0
    directly = sum(unit["accepted_direct"] for unit in told["counts"]["questions"])
    assert asked == dict.fromkeys(("no_video", "one_frame", "shuffled_frames"), directly)
    assert sum(row["rows"] for row in told["counts"]["filtered"]) == len(ledger(blind.run))
    assert told["recipe"]["filters"]["blind"]["one_frame"] is True
    published = {key for config in ("sft", "rejected") for key in rows(blind.run, config)}
    assert not any("blind" in row for row in published)


def test_a_rerun_asks_nothing_and_touches_nothing(blind: Whole, tmp_path: Path) -> None:
    folder = blind.run.parent / "data"
    labelled = Labelled(folder, [])
    before = {path: path.stat().st_mtime_ns for path in (blind.run / "dataset").rglob("*")}
    code, lines = killed_at(tmp_path / "log", "never", 1, build_arguments(labelled, blind.run, *BLIND))
    assert code == 0
    assert requests_in(lines) == []
    assert {path: path.stat().st_mtime_ns for path in (blind.run / "dataset").rglob("*")} == before


def test_a_build_that_is_killed_goes_on_to_the_same_answers(tmp_path: Path, labelled: Labelled, blind: Whole) -> None:
    run, log = tmp_path / "run", tmp_path / "log"
    arguments = build_arguments(labelled, run, *BLIND)
    points = [("line", 14), ("fsync", 4), ("line", 6)]
    for point, nth in points:
        code, lines = killed_at(log, point, nth, arguments)
        assert (code, lines[-1]) == (-signal.SIGKILL, f"reached {point}")
    assert 0 < len(texts(run)) < len(texts(blind.run))
    code, lines = killed_at(log, "never", 1, arguments)
    assert code == 0
    assert contents(run / "dataset") == blind.dataset
    assert texts(run) == texts(blind.run)
    assert set(requests_in(lines)) == set(blind.requests)
    assert len(requests_in(lines)) <= len(blind.requests) + len(points) * BATCH


def test_it_can_be_added_to_a_finished_run_by_two_workers_and_taken_back(
    tmp_path: Path, labelled: Labelled, whole: Whole, blind: Whole
) -> None:
    run = Path(shutil.copytree(whole.run, tmp_path / "run"))
    refused = vstar_data("assemble", str(run), *BLIND)
    assert refused.code == 2
    assert "assembling asks none" in refused.stderr
    assert contents(run / "dataset") == whole.dataset
    done = vstar_data(*build_arguments(labelled, run, *BLIND, "--workers", "2"))
    assert done.code == 0, done.stderr
    assert "answered right blind" in done.stdout
    assert "asked blind" in done.stderr
    assert contents(run / "dataset") == blind.dataset
    assert vstar_data("assemble", str(run), "--set", "filters.blind=null").code == 0
    assert contents(run / "dataset") == whole.dataset
    assert vstar_data("assemble", str(run), *BLIND).code == 0
    assert contents(run / "dataset") == blind.dataset


def replayed(folder: Path, answers: list[dict[str, Any]], *more: str) -> Finished:
    (folder / "acts.csv").write_text("file,label\n" + "".join(f"{name}.mp4,juggling\n" for name in "abc"))
    (folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers))
    given = ["--annotations", str(folder / "acts.csv"), "--engine", "replay", "--model", str(folder / "answers.jsonl")]
    return vstar_data("build", "table", *given, "--out", str(folder / "run"), *more)


ANSWERS = [{"clip_id": f"table/{name}.mp4", "text": "This is juggling."} for name in "abc"]


def test_an_engine_that_shows_nothing_is_refused_before_any_work(tmp_path: Path) -> None:
    for more in ((), ("--dry-run",)):
        refused = replayed(tmp_path, ANSWERS, "--set", "filters.blind.one_frame=true", *more)
        assert refused.code == 2
        assert "shows nothing" in refused.stderr
        assert "blind:one_frame:<id of the question>" in refused.stderr
        assert not (tmp_path / "run").exists()


def test_blind_answers_that_were_made_elsewhere(tmp_path: Path) -> None:
    """One right, one wrong, one missing; a row that names a clip alone is no blind answer."""
    blind = [
        {"question_id": "blind:no_video:table/a.mp4#class", "text": "It must be juggling."},
        {"question_id": "blind:no_video:table/b.mp4#class", "text": "A person is dancing."},
    ]
    done = replayed(tmp_path, ANSWERS + blind, "--set", "filters.blind.no_video=true")
    assert done.code == 0, done.stderr
    assert dict(zip(ledger(tmp_path / "run")["clip_id"], ledger(tmp_path / "run")["reason"], strict=True)) == {
        "table/a.mp4": "blind_no_video"
    }
    assert rows(tmp_path / "run") == {"table/b.mp4#class/direct-0", "table/c.mp4#class/direct-0"}
    [counted] = manifest(tmp_path / "run")["counts"]["blind"]
    assert (counted["asked"], counted["right"], counted["missing"]) == (2, 1, 1)
    assert "blind answers are missing" in done.stderr
    assert "does not ask" not in done.stderr
    again = replayed(tmp_path, ANSWERS + blind, "--set", "filters.blind.no_video=true")
    assert again.code == 0
    assert rows(tmp_path / "run") == {"table/b.mp4#class/direct-0", "table/c.mp4#class/direct-0"}
