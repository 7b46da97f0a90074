"""`vstar-data adapters new`: what it writes works at once, in processes of its own, and nothing is overwritten."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from vstar_data.adapters import make_adapter
from vstar_data.cli.adapters import new
from vstar_data.errors import UsageError
from vstar_data.records import Clip, Skipped

HERE = Path(sys.executable).parent


def start(*arguments: str) -> str:
    """Runs `adapters new` and returns what it prints."""
    app = typer.Typer()
    app.command()(new.command)
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def shell(folder: Path, command: str) -> str:
    """Runs a command and returns what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH"))}
    environment = kept | {"PATH": f"{HERE}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_commands_that_it_names_work(tmp_path):
    printed = start("birds", "--out", str(tmp_path))
    assert files_of(tmp_path) == {"birds.py", "test_birds.py", "birds.yaml", "sample.csv"}
    commands = re.findall(r"^  ((?:pytest|vstar-data) .*)$", printed, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["pytest", "vstar-data", "vstar-data"]
    tested, checked, forecast = (shell(tmp_path, command) for command in commands)
    assert "3 passed" in tested
    assert re.search(r"checks: \d+ passed, \d+ not checked$", checked.strip())
    assert "clips:     3 of 3" in forecast


def test_a_package_tests_itself_and_offers_its_adapter(tmp_path):
    start("my_birds", "--package", "--out", str(tmp_path / "here"))
    assert files_of(tmp_path / "here") == {
        "pyproject.toml",
        "README.md",
        "my_birds.yaml",
        "src/vstar_data_my_birds/__init__.py",
        "src/vstar_data_my_birds/adapter.py",
        "src/vstar_data_my_birds/py.typed",
        "tests/test_my_birds.py",
        "tests/sample.csv",
    }
    assert "3 passed" in shell(tmp_path / "here", "pytest")
    project = (tmp_path / "here/pyproject.toml").read_text(encoding="utf-8")
    assert 'name = "vstar-data-my-birds"' in project
    assert 'my_birds = "vstar_data_my_birds.adapter"' in project


def test_without_out_files_lie_here_and_a_package_in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    start("birds")
    start("birds", "--package")
    assert {"birds.py", "vstar-data-birds/pyproject.toml"} <= files_of(tmp_path)


def test_bad_rows_of_the_start_are_skipped_with_their_line(tmp_path):
    start("birds", "--out", str(tmp_path))
    rows = "file,label,split\na.mp4,wren,val\n,wren,train\nb.mp4,,train\nc.mp4,wren,holdout\nd.mp4\n"
    (tmp_path / "sample.csv").write_text(rows, encoding="utf-8")
    clip, *skipped = make_adapter("birds", {}, tmp_path / "birds.py").clips(tmp_path / "sample.csv", None)
    assert isinstance(clip, Clip)
    assert [row.where for row in skipped if isinstance(row, Skipped)] == [f"sample.csv:{line}" for line in (3, 4, 5, 6)]


@pytest.mark.parametrize("name", ["birds.py", "test_birds.py", "birds.yaml", "sample.csv"])
def test_a_file_that_is_there_is_named_and_nothing_is_written(tmp_path, name):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already; nothing was written") as problem:
        start("birds", "--out", str(tmp_path))
    assert problem.value.where == str(tmp_path / name)
    assert (files_of(tmp_path), (tmp_path / name).read_text(encoding="utf-8")) == ({name}, "mine")


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="in the way"):
        start("birds", "--out", str(tmp_path / "file" / "below"))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("my-birds", ["letters, digits and underscores", "say, my_birds"]),
        ("3d", ["letters, digits", "say, d"]),
        ("class", ["no word of Python"]),
        ("_birds", ["say, birds"]),
        ("../birds", ["say, birds"]),
        ("vögel", ["letters, digits"]),
        ("csv", ["csv.py would hide it", "say, csv_clips"]),
        ("kinetics", ['an adapter "kinetics" already', "label_adapters.kinetics"]),
    ],
)
def test_a_name_that_would_not_do_is_refused_with_a_better_one(tmp_path, name, parts):
    with pytest.raises(UsageError) as problem:
        start(name, "--out", str(tmp_path))
    assert [part for part in parts if part not in str(problem.value)] == []
    assert files_of(tmp_path) == set()


@pytest.mark.parametrize("name", ["clip", "skipped", "label_adapter", "path"])
def test_a_class_never_hides_what_its_file_imports(tmp_path, name):
    start(name, "--out", str(tmp_path))
    (kind,) = (node for node in ast.parse((tmp_path / f"{name}.py").read_text()).body if isinstance(node, ast.ClassDef))
    assert kind.name == f"{''.join(part.capitalize() for part in name.split('_'))}Dataset"
    assert make_adapter(name, {}, tmp_path / f"{name}.py").name == name
