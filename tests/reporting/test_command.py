"""`vstar-data report`, and the report that other commands keep up to date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.building.conftest import vstar_data
from vstar_data.reporting.report import write_report

_HEAVY = ("altair", "av", "PIL", "torch")


def test_it_prints_where_the_report_lies(run: Path, tmp_path: Path) -> None:
    output = tmp_path / "to be seen" / "report 1.html"
    done = vstar_data("report", str(run), "--output", str(output))
    assert (done.code, done.stdout, done.stderr) == (0, f"{output}\n", "")
    assert output.read_text().startswith("<!doctype html>")
    assert not (run / "report.html").exists()


def test_what_is_no_run_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    done = vstar_data("report", str(tmp_path))
    assert done.code == 2
    assert done.stderr.startswith("error: There is no run in this folder.")


def test_a_finished_build_that_runs_again_draws_nothing(acts: Path) -> None:
    write_report(acts)
    before = (acts / "report.html").stat().st_mtime_ns
    script = (
        f"import atexit, sys\natexit.register(lambda: print([name for name in {_HEAVY} if name in sys.modules]))\n"
        "from vstar_data.cli import main\nmain()"
    )
    command = [sys.executable, "-c", script, "build", "acts.yaml", "--out", "run"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=acts.parent, env=dict(os.environ), check=False)
    try:
        assert done.returncode == 0, done.stderr
        assert done.stdout.endswith("report:  run/report.html\n[]\n")
        assert (acts / "report.html").stat().st_mtime_ns == before
    finally:
        (acts / "report.html").unlink()


def test_assembling_brings_a_report_up_to_date_and_makes_none(run: Path) -> None:
    first = vstar_data("assemble", str(run), "--set", "generate.samples=1")
    assert first.code == 0, first.stderr
    assert not (run / "report.html").exists()
    (run / "report.html").write_text("old")
    second = vstar_data("assemble", str(run), "--set", "generate.samples=1")
    assert second.stdout.endswith(f"report:  {run}/report.html\n")
    assert (run / "report.html").read_text().startswith("<!doctype html>")


def test_a_report_that_cannot_be_written_is_a_warning(run: Path) -> None:
    (run / "report.html").mkdir()
    done = vstar_data("assemble", str(run))
    assert done.code == 0
    assert "warning: the report is not drawn: The report cannot be written." in done.stderr
    shutil.rmtree(run / "report.html")
