"""What builds end with: real Kinetics rows, unusable clips, limits, replayed answers, all or nothing accepted."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import datasets
import pyarrow.parquet
import pytest

from tests.building.conftest import COLUMNS, Labelled, build_arguments, contents, vstar_data

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


def rows_of(run: Path, config: str, cache: Path) -> list[dict[str, Any]]:
    """All rows of a config, loaded as a user loads them."""
    loaded = datasets.load_dataset(str(run / "dataset"), config, cache_dir=str(cache))
    return [row for split in loaded.values() for row in split]


def table_rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
    return rows


def replayed(labelled: Labelled, run: Path, answers: Path, *more: str) -> list[str]:
    """The arguments of a build whose answers come from a file."""
    settings = ["--set", f"adapter_options.columns={COLUMNS}", "--set", "generate.samples=2"]
    given = ["--annotations", str(labelled.table), "--engine", "replay", "--model", str(answers)]
    return ["build", "table", *given, "--out", str(run), *settings, *more]


def questions_of_demo(labelled: Labelled, run: Path) -> list[dict[str, Any]]:
    """Plans a run of the table without a single answer, to learn its questions."""
    empty = labelled.folder / "none.jsonl"
    empty.write_text("")
    assert vstar_data(*replayed(labelled, run, empty)).code == 0
    return table_rows(run / "questions.parquet")


def target_words(question: dict[str, Any]) -> str:
    (target,) = question["targets"]
    return str(target["name"] or target["answer"])


def test_everything_accepted(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "answers.jsonl"
    lines = [
        {"question_id": question["id"], "text": f"So the answer is {target_words(question)}."}
        for question in questions_of_demo(labelled, tmp_path / "plan")
        for _ in range(2)
    ]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = vstar_data(*replayed(labelled, tmp_path / "run", answers))
    assert done.code == 0, done.stderr
    accepted = rows_of(tmp_path / "run", "sft", tmp_path / "cache")
    assert len(accepted) == len(lines)
    manifest = json.loads((tmp_path / "run" / "dataset" / "manifest.json").read_text())
    assert manifest["empty"] == ["rejected", "preference"]
    assert len(rows_of(tmp_path / "run", "clips", tmp_path / "cache")) == len(labelled.rows)


def test_nothing_accepted(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "answers.jsonl"
    lines = [
        {"question_id": question["id"], "mode": mode, "text": "Somebody bakes bread."}
        for question in questions_of_demo(labelled, tmp_path / "plan")
        for mode in ("direct", "direct", "rationalized")
    ]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = vstar_data(*replayed(labelled, tmp_path / "run", answers))
    assert done.code == 0, done.stderr
    assert "no answer was accepted" in done.stderr
    rejected = rows_of(tmp_path / "run", "rejected", tmp_path / "cache")
    assert len(rejected) == len(lines)
    assert all(row["reasons"] for row in rejected)
    manifest = json.loads((tmp_path / "run" / "dataset" / "manifest.json").read_text())
    assert manifest["empty"] == ["sft", "preference"]


def test_an_answer_without_anything_to_parse_is_rationalized(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "answers.jsonl"
    lines = [
        {"question_id": question["id"], "mode": mode, "text": text}
        for question in questions_of_demo(labelled, tmp_path / "plan")
        for mode, text in (("direct", ""), ("direct", "..."), ("rationalized", f"It is {target_words(question)}."))
    ]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = vstar_data(*replayed(labelled, tmp_path / "run", answers))
    assert done.code == 0, done.stderr
    accepted = rows_of(tmp_path / "run", "sft", tmp_path / "cache")
    assert {row["mode"] for row in accepted} == {"rationalized"}
    assert len(accepted) == len(lines) // 3
    assert not any("The answer is" in row["question"] or "step by step" in row["question"] for row in accepted)


def test_answers_that_a_file_lacks_count_as_not_accepted(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "answers.jsonl"
    questions = questions_of_demo(labelled, tmp_path / "plan")
    lines = [{"question_id": question["id"], "text": target_words(question)} for question in questions[1:]]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = vstar_data(*replayed(labelled, tmp_path / "run", answers))
    assert done.code == 0, done.stderr
    # The second sample of each, and both samples and the rationalization of the first.
    assert f"{len(lines) + 3} requests failed for good" in done.stderr
    assert len(rows_of(tmp_path / "run", "sft", tmp_path / "cache")) == len(lines)


def test_two_runs_are_not_mistaken_for_each_other(tmp_path: Path, labelled: Labelled) -> None:
    """With one cache of `datasets`, each run gives its own rows, and a run that has grown its new ones."""
    answers = tmp_path / "answers.jsonl"
    lines = [
        {"question_id": question["id"], "sample_index": index, "text": f"So the answer is {target_words(question)}."}
        for question in questions_of_demo(labelled, tmp_path / "plan")
        for index in range(3)
    ]
    answers.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = []
    for run, samples in (("one", 1), ("two", 2), ("one", 3)):
        arguments = replayed(labelled, tmp_path / run, answers, "--set", f"generate.samples={samples}")
        assert vstar_data(*arguments).code == 0
        found.append(len(rows_of(tmp_path / run, "sft", tmp_path / "cache")) / samples)
    assert found == [len(lines) / 3] * 3


def test_answers_to_other_questions_are_noticed(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(json.dumps({"question_id": "table/nobody#class", "text": "rising"}) + "\n")
    done = vstar_data(*replayed(labelled, tmp_path / "run", answers))
    assert done.code == 0
    assert "table/nobody#class" in done.stderr
    manifest = json.loads((tmp_path / "run" / "dataset" / "manifest.json").read_text())
    asked = {entry["kind"]: entry["asked"] for entry in manifest["counts"]["questions"]}
    assert asked["class"] == len(labelled.rows)


def test_a_folder_of_classes_holds_its_videos(tmp_path: Path, labelled: Labelled) -> None:
    folders = tmp_path / "folders"
    for row in labelled.rows[:3]:
        place = folders / "train" / row["action"]
        place.mkdir(parents=True)
        shutil.copy(labelled.videos / row["file"], place / row["file"])
    small = ["--set", "frames.count=6", "--set", "frames.max_side=80", "--set", "generate.max_new_tokens=20"]
    given = ["--annotations", str(folders), "--model", "demo", "--out", str(tmp_path / "run")]
    done = vstar_data("build", "table", *given, *small)
    assert done.code == 0, done.stderr
    clips = rows_of(tmp_path / "run", "clips", tmp_path / "cache")
    assert {clip["labels"][0]["name"] for clip in clips} == {row["action"] for row in labelled.rows[:3]}
    assert {clip["unusable"] for clip in clips} == {None}


def test_limits_nest(tmp_path: Path, labelled: Labelled) -> None:
    run = tmp_path / "run"
    seen = []
    for limit in ("2", "5", "3"):
        assert vstar_data(*build_arguments(labelled, run, "--limit", limit)).code == 0
        lines = [line for path in run.glob("completions/*/*.jsonl") for line in path.read_text().splitlines()]
        seen.append({json.loads(line)["clip_id"] for line in lines})
    assert [len(clips) for clips in seen] == [2, 5, 5]
    assert seen[0] < seen[1]
    assert len(table_rows(run / "clips.parquet")) == len(labelled.rows)


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path, labelled: Labelled) -> None:
    (labelled.videos / labelled.rows[0]["file"]).unlink()
    done = vstar_data(*build_arguments(labelled, tmp_path / "run", "--dry-run"))
    assert done.code == 0, done.stderr
    assert f"12 of {len(labelled.rows)}" in done.stdout
    assert "1 missing" in done.stdout
    assert labelled.rows[0]["file"] in done.stdout
    assert "66" in done.stdout
    assert not (tmp_path / "run").exists()


def test_unusable_clips_are_counted_and_stop_nothing(tmp_path: Path, labelled: Labelled) -> None:
    missing, empty, text, cut = (labelled.videos / row["file"] for row in labelled.rows[:4])
    missing.unlink()
    empty.write_bytes(b"")
    text.write_text("this is no video\n" * 40)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    run = tmp_path / "run"
    done = vstar_data(*build_arguments(labelled, run))
    assert done.code == 0, done.stderr
    reasons = {row["video"]: row["reason"] for row in table_rows(run / "unusable.parquet")}
    expected = dict(zip((missing, empty, text, cut), ("missing", "empty", "not_a_video", "truncated"), strict=True))
    assert reasons == {path.name: reason for path, reason in expected.items()}
    clips = rows_of(run, "clips", tmp_path / "cache")
    assert len(clips) == len(labelled.rows)
    assert Counter(row["unusable"] for row in clips)[None] == len(labelled.rows) - 4
    strict = vstar_data(*build_arguments(labelled, run, "--fail-on-unusable"))
    assert strict.code == 1
    assert "unusable.parquet" in strict.stderr


def test_a_mended_video_is_taken_in(tmp_path: Path, labelled: Labelled, whole: Any) -> None:
    """The dataset of a run whose video was broken at first is that of a run that never saw it broken."""
    run = tmp_path / "run"
    video = labelled.videos / labelled.rows[5]["file"]
    content = video.read_bytes()
    video.write_bytes(content[: len(content) // 2])
    assert vstar_data(*build_arguments(labelled, run)).code == 0
    assert contents(run / "dataset") != whole.dataset
    video.write_bytes(content)
    assert vstar_data(*build_arguments(labelled, run)).code == 0
    assert contents(run / "dataset") == whole.dataset


def test_the_published_rows_verify_again(tmp_path: Path, whole: Any) -> None:
    for split in (whole.run / "dataset" / "data" / "sft").glob("*.parquet"):
        judged = tmp_path / "judged.jsonl"
        done = vstar_data("verify", str(split), "--output", str(judged))
        assert done.code == 0, done.stderr
        verdicts = [json.loads(line)["accepted"] for line in judged.read_text().splitlines()]
        assert verdicts
        assert all(verdicts)


def test_assembling_again_changes_nothing_unless_told_to(tmp_path: Path, whole: Any) -> None:
    run = tmp_path / "run"
    shutil.copytree(whole.run, run)
    assert vstar_data("assemble", str(run)).code == 0
    assert contents(run / "dataset") == whole.dataset
    done = vstar_data("assemble", str(run), "--set", "generate.samples=1")
    assert done.code == 0, done.stderr
    assert contents(run / "dataset") != whole.dataset
    assert {row["sample_index"] for row in table_rows(next((run / "dataset/data/rejected").iterdir()))} == {0}
    wrong = vstar_data("assemble", str(run), "--set", "frames.count=4")
    assert wrong.code == 2
    assert "`frames` shaped the answers" in wrong.stderr
    status = vstar_data("status", str(run))
    assert status.code == 0
    assert "settled" in status.stdout


def test_real_kinetics_rows_with_real_files(tmp_path: Path) -> None:
    """Rows of Kinetics-700 whose files are there build; the others are in the ledger."""
    annotations = SHARED / "annotations" / "kinetics" / "kinetics700" / "validate.csv"
    videos = SHARED / "videos"
    if not annotations.is_file() or not videos.is_dir():
        pytest.skip("the slices of real datasets are not beside the checkout")
    with annotations.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = ["bikes.mp4", "carphone_pristine.mp4", "carphone_distorted.mp4", "bigbuckbunny.mp4", "cup.mp4"]
    root = tmp_path / "videos"
    root.mkdir()
    for name, row in zip(names, rows, strict=False):
        start, end = int(row["time_start"]), int(row["time_end"])
        shutil.copy(videos / name, root / f"{row['youtube_id']}_{start:06d}_{end:06d}.mp4")
    run = tmp_path / "run"
    given = ["--annotations", str(annotations), "--videos", str(root), "--split", "validation", "--model", "demo"]
    frames = ["--set", "frames.count=6", "--set", "frames.max_side=80", "--set", "generate.max_new_tokens=20"]
    done = vstar_data("build", "kinetics700", *given, *frames, "--out", str(run))
    assert done.code == 0, done.stderr
    ledger = table_rows(run / "unusable.parquet")
    assert Counter(row["reason"] for row in ledger) == {"missing": len(rows) - len(names)}
    answered = [
        row
        for config in ("sft", "rejected")
        if (run / "dataset" / "data" / config).is_dir()
        for row in rows_of(run, config, tmp_path / "cache")
    ]
    assert len({row["clip_id"] for row in answered}) == len(names)
    assert {row["labels"][0]["name"] for row in answered} == {row["label"] for row in rows[: len(names)]}
    assert all(row["split"] == "validation" for row in answered)


def test_a_run_that_has_lost_a_table_is_not_assembled(tmp_path: Path, whole: Any) -> None:
    run = tmp_path / "run"
    for name in ("videos.parquet", "unusable.parquet", "clips.parquet", "questions.parquet"):
        shutil.copytree(whole.run, run)
        (run / name).unlink()
        done = vstar_data("assemble", str(run))
        assert done.code == 1
        assert f"missing.\n  where:    {run / name}" in done.stderr
        assert contents(run / "dataset") == whole.dataset
        shutil.rmtree(run)


def test_shards_that_end_together_leave_the_whole_dataset(tmp_path: Path, labelled: Labelled) -> None:
    answers = tmp_path / "none.jsonl"
    answers.write_text("")
    alone, run = tmp_path / "alone", tmp_path / "run"
    assert vstar_data(*replayed(labelled, alone, answers, "--set", "blocks.clips=2")).code == 0
    commands = [
        [sys.executable, "-m", "vstar_data", *replayed(labelled, run, answers, "--set", "blocks.clips=2"), *shard]
        for shard in (("--shard", "1/2"), ("--shard", "2/2"))
    ]
    for process in [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]:
        assert process.wait(timeout=120) == 0
    assert contents(run / "dataset") == contents(alone / "dataset")
