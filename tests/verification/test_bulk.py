"""`vstar-data verify` on many rows: chunks and processes change nothing; failures and Ctrl-C leave nothing behind."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from vstar_data.errors import RecordError, RunError, UsageError
from vstar_data.verification import bulk, files
from vstar_data.verification.batch import judged
from vstar_data.verification.workers import spread

GUITAR = [{"kind": "class", "name": "playing guitar"}]
NAMES = ("playing guitar", "playing bass guitar", "singing")
ANSWERS = (
    "He plays the guitar.",
    "He plays bass guitar, and she sings.",
    "It is not clear whether he is playing guitar.",
    "3 people play 2 guitars \u2013 one\u2019s broken.",
    "Nothing happens.",
)


def row(number: int) -> dict[str, Any]:
    return {"id": number, "answer": ANSWERS[number % len(ANSWERS)], "labels": GUITAR, "note": {"kept": [number, None]}}


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def verify_file(source: Path, output: Path, workers: int = 1) -> None:
    columns = output.suffix == ".parquet"
    chunks = files.chunks(str(source))
    with closing(bulk.judge_chunks(chunks, bulk.Rules(NAMES), columns=columns, workers=workers)) as results:
        files.write(str(output), results, source=str(source))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a few rows many."""
    monkeypatch.setattr(bulk, "ENOUGH", 10)
    monkeypatch.setattr(files, "_CHUNK_BYTES", 400)
    monkeypatch.setattr(files, "_CHUNK_ROWS", 3)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_processes_change_no_byte(tmp_path: Path, suffix: str) -> None:
    source = written(tmp_path / "in.jsonl", [row(number) for number in range(40)])
    if suffix == "parquet":
        polars.read_ndjson(source).write_parquet(tmp_path / "in.parquet")
        source = tmp_path / "in.parquet"
    for workers in (1, 2, 3):
        verify_file(source, tmp_path / f"{workers}.{suffix}", workers)
    assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()
    assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"3.{suffix}").read_bytes()
    out = polars.read_ndjson(tmp_path / "2.jsonl") if suffix == "jsonl" else polars.read_parquet(tmp_path / "2.parquet")
    assert out["id"].to_list() == list(range(40))
    assert out["accepted"].to_list() == [number % 5 in (0, 3) for number in range(40)]


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({"meta": {}}, "no common type"),
        ({"number": 10**30}, "no common type"),
        ({"deep": json.loads("[" * 700 + "]" * 700)}, "nested too deeply"),
    ],
)
def test_what_fits_no_output_is_told(tmp_path: Path, extra: dict[str, Any], told: str) -> None:
    source = written(tmp_path / "in.jsonl", [{**row(0), **extra}])
    with pytest.raises(RecordError, match=told):
        verify_file(source, tmp_path / "out.parquet", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_no_rows_make_a_file_without_rows(tmp_path: Path) -> None:
    verify_file(written(tmp_path / "in.jsonl", []), tmp_path / "out.parquet", 1)
    assert polars.read_parquet(tmp_path / "out.parquet").height == 0


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more"])
def test_a_damaged_or_missing_source_is_told_whatever_the_output(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    with pytest.raises(RecordError, match="not a Parquet file"):
        verify_file(tmp_path / "in.parquet", tmp_path / "out.parquet", 1)
    with pytest.raises(UsageError, match="no such file"):
        verify_file(tmp_path / "missing.parquet", tmp_path / "out.parquet", 1)


def test_times_of_nanoseconds_and_columns_of_one_name(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    frame = polars.DataFrame({"id": ["1"], "answer": ["He plays the guitar."], "labels": [GUITAR]})
    at = pyarrow.array([1], pyarrow.timestamp("ns"))
    table = frame.to_arrow().append_column("at", at)
    parquet.write_table(table, source)
    verify_file(source, tmp_path / "out.jsonl", 1)
    assert json.loads((tmp_path / "out.jsonl").read_text())["at"].startswith("1970-01-01 00:00:00.000000001")
    parquet.write_table(table.append_column("at", at), source)
    with pytest.raises(RecordError, match="one name"):
        verify_file(source, tmp_path / "out.jsonl", 1)


@pytest.mark.parametrize("size", [1, 100, 1000, 1 << 20])
def test_the_size_of_chunks_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    source = written(tmp_path / "in.jsonl", [row(number) for number in range(25)])
    verify_file(source, tmp_path / "one.jsonl")
    monkeypatch.setattr(files, "_CHUNK_BYTES", size)
    verify_file(source, tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


@given(st.permutations(range(len(ANSWERS) * 2)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_no_verdict(order: list[int]) -> None:
    def judge(numbers: list[int]) -> dict[int, dict[str, Any]]:
        pairs = iter([(str(number), row(number)) for number in numbers])
        return {each["id"]: each for each in judged(pairs, class_names=NAMES, profile="strict")}

    assert judge(order) == judge(sorted(order))


def test_columns_of_later_rows_find_their_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_CHUNK_BYTES", 1)
    rows = [row(0), {**row(1), "note": None, "more": 1}, {**row(2), "note": {"kept": [], "new": "x"}, "more": 2.5}]
    verify_file(written(tmp_path / "in.jsonl", rows), tmp_path / "out.parquet")
    out = polars.read_parquet(tmp_path / "out.parquet")
    assert out["more"].to_list() == [None, 1.0, 2.5]
    assert out["note"].to_list() == [{"kept": [0, None], "new": None}, None, {"kept": [], "new": "x"}]


def test_rows_without_a_common_type_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_CHUNK_BYTES", 1)
    source = written(tmp_path / "in.jsonl", [{**row(0), "note": 1}, {**row(1), "note": "x"}])
    with pytest.raises(RecordError, match="no common type"):
        verify_file(source, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.usefixtures("small")
def test_the_first_bad_row_is_named_whoever_reads_it(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", [row(number) for number in range(30)])
    with source.open("a") as file:
        file.write("\n{no json\n[]\n")
    with pytest.raises(RecordError, match="not JSON") as caught:
        verify_file(source, tmp_path / "out.jsonl", workers=2)
    assert caught.value.where == f"{source}:32"
    assert caught.value.mend is not None
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="/proc is not there")
def test_a_worker_that_dies_is_an_error_and_none_is_left() -> None:
    before = children()
    with pytest.raises(RunError, match="exit code 3"), closing(spread(os._exit, [3] * 9, 2)) as results:
        list(results)
    # What tracks the resources of spawned processes is one process more, and stays.
    assert len(children()) <= len(before) + 1


def test_results_keep_the_order_and_tasks_are_taken_as_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for task in range(1000):
            taken.append(task)
            yield task * task * 11 % 9_000

    expected = [math.factorial(task * task * 11 % 9_000) for task in range(40)]
    with closing(spread(math.factorial, tasks(), 2)) as results:
        assert [next(results) for _ in range(40)] == expected
    assert len(taken) < 60


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="/proc is not there")
def test_ctrl_c_ends_everything_and_leaves_no_file(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", [row(number) for number in range(200_000)])
    command = [sys.executable, "-m", "vstar_data", "verify", str(source), "--output", str(tmp_path / "out.jsonl")]
    process = subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.PIPE, start_new_session=True)
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 or len(listing.read_text().split()) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    while group_lives(process.pid):
        assert time.monotonic() < deadline + 60
        time.sleep(0.05)
