"""Whatever kills a build, wherever: the same command goes on, and the dataset is the same to the byte."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.building.conftest import (
    Labelled,
    Whole,
    build_arguments,
    contents,
    killed_at,
    requests_in,
    vstar_data,
)
from tests.commands import Started

BATCH = 4


def test_an_uninterrupted_build_asks_each_request_once(whole: Whole) -> None:
    assert len(whole.requests) == len(set(whole.requests)) > 24
    assert "data/sft/train-00000-of-00001.parquet" in whole.dataset


def test_kills_at_named_points(tmp_path: Path, labelled: Labelled, whole: Whole) -> None:
    """One run, killed again and again: before tables are in place, in and after writes, inside the dataset."""
    run, log = tmp_path / "run", tmp_path / "log"
    arguments = build_arguments(labelled, run)
    points = [("rename", 1), ("rename", 4), ("line", 1), ("fsync", 2), ("line", 3), ("fsync", 3), ("dataset", 1)]
    for point, nth in points:
        code, lines = killed_at(log, point, nth, arguments)
        assert (code, lines[-1]) == (-signal.SIGKILL, f"reached {point}")
    code, lines = killed_at(log, "never", 1, arguments)
    assert code == 0
    assert contents(run / "dataset") == whole.dataset
    asked = requests_in(lines)
    assert set(asked) == set(whole.requests)
    in_flight = sum(point in ("line", "fsync") for point, _ in points)
    assert len(asked) <= len(whole.requests) + in_flight * BATCH


def test_a_kill_while_the_dataset_is_swapped(tmp_path: Path, labelled: Labelled, whole: Whole) -> None:
    """The old dataset is another one (one sample): the new one is complete after the next run."""
    run, log = Path(shutil.copytree(whole.run, tmp_path / "run")), tmp_path / "log"
    assert vstar_data("assemble", str(run), "--set", "generate.samples=1").code == 0
    before = contents(run / "dataset")
    assert before != whole.dataset
    code, lines = killed_at(log, "swap", 1, build_arguments(labelled, run))
    assert (code, lines[-1]) == (-signal.SIGKILL, "reached swap")
    done = vstar_data(*build_arguments(labelled, run))
    assert done.code == 0, done.stderr
    assert contents(run / "dataset") == whole.dataset
    assert [path.name for path in run.iterdir() if path.name.startswith(".dataset")] == []


def test_kills_at_random_moments(tmp_path: Path, labelled: Labelled, whole: Whole) -> None:
    run = tmp_path / "run"
    arguments = build_arguments(labelled, run)
    moments = random.Random(20)
    killed = 0
    for _ in range(5):
        process = Started(arguments)
        _wait_for_work(process, run)
        time.sleep(moments.uniform(0.0, 1.2))
        process.send(signal.SIGKILL)
        killed += process.finished().code == -signal.SIGKILL
    assert killed >= 3
    done = vstar_data(*arguments)
    assert done.code == 0, done.stderr
    assert contents(run / "dataset") == whole.dataset


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_cleanly(tmp_path: Path, labelled: Labelled, whole: Whole, number: signal.Signals) -> None:
    """Then the root moves and the rows are shuffled: what was made still counts."""
    run, log = tmp_path / "run", tmp_path / "log"
    process = Started(build_arguments(labelled, run))
    _wait_for_work(process, run)
    process.send(number)
    stopped = process.finished(timeout=60)
    assert stopped.code == 130, stopped.stderr
    assert "run the same command again to go on" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert list((run / "claims").iterdir()) == []
    made = sum(len(path.read_text().splitlines()) for path in run.glob("completions/*/*.jsonl"))
    assert made > 0
    moved = Labelled(tmp_path / "elsewhere", labelled.rows)
    os.rename(labelled.folder, moved.folder)
    moved.shuffle(seed=1)
    code, lines = killed_at(log, "never", 1, build_arguments(moved, run))
    assert code == 0
    assert contents(run / "dataset") == whole.dataset
    assert len(requests_in(lines)) <= len(whole.requests) - made + BATCH


def test_two_workers_make_the_same_bytes_and_die_with_their_parent(
    tmp_path: Path, labelled: Labelled, whole: Whole
) -> None:
    run = tmp_path / "run"
    arguments = build_arguments(labelled, run, "--workers", "2")
    process = Started(arguments)
    _wait_for_work(process, run)
    children = _children_of(process.pid)
    assert len(children) == 2
    process.send(signal.SIGKILL)
    assert process.finished().code == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while any(map(_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_alive, children))
    done = vstar_data(*arguments)
    assert done.code == 0, done.stderr
    assert contents(run / "dataset") == whole.dataset


def test_more_samples_make_only_the_new_ones(tmp_path: Path, labelled: Labelled, whole: Whole) -> None:
    run, log = Path(shutil.copytree(whole.run, tmp_path / "run")), tmp_path / "log"
    code, lines = killed_at(log, "never", 1, build_arguments(labelled, run, "--set", "generate.samples=4"))
    assert code == 0
    asked = requests_in(lines)
    direct = sum(1 for _ in _questions(run)) * 2
    assert len(asked) == len(set(asked)) == direct
    assert not set(asked) & set(whole.requests)


def test_the_rerun_of_a_finished_build_loads_no_model(tmp_path: Path, labelled: Labelled, whole: Whole) -> None:
    run = Path(shutil.copytree(whole.run, tmp_path / "run"))
    before = {path: path.stat().st_mtime_ns for path in (run / "dataset").rglob("*")}
    script = (
        "import sys\n"
        "from vstar_data.cli import main\n"
        f"sys.argv = ['vstar-data', *{build_arguments(labelled, run)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'torch', 'transformers', 'spacy', 'gradio', 'ray', 'datasets'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert contents(run / "dataset") == whole.dataset
    assert {path: path.stat().st_mtime_ns for path in (run / "dataset").rglob("*")} == before


def _wait_for_work(process: Started, run: Path) -> None:
    """Waits until one more line of completions is on disk, or the process has ended."""
    before = _size(run)
    deadline = time.monotonic() + 120
    while process.running() and _size(run) == before and time.monotonic() < deadline:
        time.sleep(0.02)


def _size(run: Path) -> int:
    return sum(path.stat().st_size for path in run.glob("completions/*/*.jsonl"))


def _questions(run: Path) -> list[object]:
    import pyarrow.parquet

    rows: list[object] = pyarrow.parquet.read_table(run / "questions.parquet").to_pylist()
    return rows


def _children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
