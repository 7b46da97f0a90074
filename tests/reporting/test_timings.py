"""timings.jsonl: what a build keeps of the time it took, and where a report says it went."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from vstar_data.executors.progress import Progress
from vstar_data.executors.timings import BuildTiming, keep_timing, read_timings, timings_file
from vstar_data.generation.tally import Tally
from vstar_data.reporting.course import spent

TALLY = Tally(settled=3, clips=2, completions=8, tokens=90, working=4.0, loading=1.0, waiting=0.5)


def test_a_build_with_nothing_to_make_has_no_timing() -> None:
    progress = Progress(io.StringIO())
    progress.phase("reading annotations")
    assert progress.timing(1) is None


def test_a_build_that_worked_has_one() -> None:
    progress = Progress(io.StringIO())
    progress.phase("reading annotations")
    progress.begin_work(3, 0)
    progress.end_work(TALLY)
    timing = progress.timing(2)
    assert timing is not None
    assert timing.finished
    assert list(timing.stages) == ["starting", "reading annotations", "answering", "assembling"]
    assert (timing.completions, timing.tokens, timing.loading, timing.workers) == (8, 90, 1.0, 2)


def test_an_interrupted_build_says_what_it_had_made() -> None:
    progress = Progress(io.StringIO())
    progress.begin_work(3, 0)
    progress.work(TALLY)
    timing = progress.timing(1)
    assert timing is not None
    assert not timing.finished
    assert timing.completions == 8


def timing(**changes: float) -> BuildTiming:
    stages = {"starting": 1.0, "looking at videos": 2.0, "answering": 8.0, "assembling": 3.0}
    numbers = {"seconds": 15.0, "working": 16.0, "loading": 4.0, "waiting": 2.0, **changes}
    return BuildTiming(
        started="2026-01-02T03:04:05+00:00",
        stages=stages,
        workers=2,
        finished=True,
        questions=1,
        clips=1,
        completions=1,
        tokens=1,
        failures=0,
        **numbers,
    )


def test_what_processes_did_together_is_told_in_the_time_that_passed() -> None:
    parts = spent(timing())
    assert parts["loading the model"] == pytest.approx(2.0)
    assert parts["waiting for frames"] == pytest.approx(1.0)
    assert parts["answering"] == pytest.approx(5.0)
    assert parts["before answering"] == pytest.approx(3.0)
    assert sum(parts.values()) == pytest.approx(15.0)


def test_a_build_without_work_divides_by_nothing() -> None:
    assert spent(timing(working=0.0))["answering"] == pytest.approx(8.0)


def test_lines_are_appended_and_broken_ones_passed_over(tmp_path: Path) -> None:
    assert read_timings(tmp_path) == []
    said: list[str] = []
    keep_timing(tmp_path, timing(), said.append)
    with timings_file(tmp_path).open("ab") as file:
        file.write(b'{"started": 3}\n\xff\n{"star')
    keep_timing(tmp_path, timing(seconds=16.0), said.append)
    assert [one.seconds for one in read_timings(tmp_path)] == [15.0, 16.0]
    assert said == []


def test_a_disk_that_refuses_is_told_and_no_failure(tmp_path: Path) -> None:
    said: list[str] = []
    keep_timing(tmp_path / "nowhere", timing(), said.append)
    assert len(said) == 1
    assert said[0].startswith("warning: the times of this build are not kept")


def test_a_build_keeps_its_times_outside_the_dataset(acts: Path) -> None:
    kept = read_timings(acts)
    assert len(kept) == 1
    assert kept[0].completions > 30
    assert "starting" in kept[0].stages
    assert not list((acts / "dataset").rglob("timings*"))
