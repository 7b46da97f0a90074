"""A check always ends in a finding."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from vstar_data.doctor import graphics, libraries, machine, parts
from vstar_data.doctor.findings import Check, Finding, Status, finding, ok, problem


def raising(raised: BaseException) -> Check:
    def look() -> NoReturn:
        raise raised

    return Check("thing", look)


@pytest.mark.parametrize("raised", [RuntimeError("no such operator"), ImportError("libx.so"), SystemExit("bye")])
def test_a_check_that_raises_has_found_a_problem(raised: BaseException) -> None:
    found = finding(raising(raised))
    assert (found.name, found.status, found.stops_demo) == ("thing", Status.PROBLEM, False)
    assert f"{type(raised).__name__}: {raised}" in found.found


def test_an_interruption_is_no_finding() -> None:
    with pytest.raises(KeyboardInterrupt):
        finding(raising(KeyboardInterrupt()))


def test_only_a_problem_with_what_the_demo_needs_stops_it() -> None:
    def broken() -> Finding:
        return problem("thing", "broken", "mend it")

    assert finding(Check("thing", broken, needed=True)).stops_demo
    assert not finding(Check("thing", broken)).stops_demo
    assert not finding(Check("thing", lambda: ok("thing", "fine"), needed=True)).stops_demo


def test_what_is_shown_is_one_short_line_without_a_token() -> None:
    found = finding(raising(ValueError("Bearer hf_abcDEF123\nand more " + "x" * 10_000)))
    assert "hf_abc" not in found.found
    assert "\n" not in found.found
    assert len(found.found) <= 400


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = machine.disk("hub cache", lambda: tmp_path / "file" / "hub")
    assert (found.status, "HF_HOME" in found.mend) == (Status.PROBLEM, True)
    assert "Not a directory" in found.found


def test_a_folder_is_not_made(tmp_path: Path) -> None:
    found = machine.disk("hub cache", lambda: tmp_path / "a" / "b")
    assert found.status in (Status.OK, Status.NOTE)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_problem(tmp_path: Path) -> None:
    assert machine.disk("working folder", lambda: tmp_path, needed=1 << 60).status is Status.PROBLEM


def test_the_data_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VSTAR_DATA_ROOT", raising=False)
    assert machine.data_root().found == "not set"
    monkeypatch.setenv("VSTAR_DATA_ROOT", str(tmp_path / "nothing"))
    assert machine.data_root().status is Status.NOTE
    (tmp_path / "kinetics700").mkdir()
    monkeypatch.setenv("VSTAR_DATA_ROOT", str(tmp_path))
    assert machine.data_root() == ok("VSTAR_DATA_ROOT", f"{tmp_path}: kinetics700")


def test_the_parts_of_a_build_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [check().status for check in (parts.words, parts.demo_model)] == [Status.OK, Status.OK]
    assert parts.decoder().status in (Status.OK, Status.NOTE)
    monkeypatch.setattr("vstar_data.engines.models.__file__", "/nowhere/a/b/models.py")
    assert parts.demo_model().status is Status.PROBLEM


def test_an_extra_that_is_missing_is_no_problem() -> None:
    found = libraries.extra("embeddings", "no_such_package_anywhere", "comparing meanings")
    assert (found.status, found.found) == (Status.OK, "not installed")
    assert found.mend.endswith("pip install 'vstar-data[embeddings]'")
    assert libraries.library("pyarrow").status is Status.OK


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo 'NVIDIA T4, 470.1'", "NVIDIA T4, driver 470.1"),
        ("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18", "mismatch"),
        ("exit 9", "exit code 9"),
    ],
    ids=["a GPU", "mismatch", "silent failure"],
)
def test_a_gpu_that_torch_cannot_use_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, expected: str
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert expected in (graphics.nvidia_driver() or "")
    import torch

    if torch.cuda.is_available():
        pytest.skip("torch can use a GPU here")
    found = graphics.gpu()
    assert (found.status, expected in found.found, bool(found.mend)) == (Status.PROBLEM, True, True)


def test_an_old_python_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert libraries.python().status is Status.OK
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert libraries.python().status is Status.PROBLEM
