"""The adapter guide, followed from top to bottom as it is printed: files are written, commands run, datasets built."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vstar_data.demo.clips import render
from vstar_data.records import Split

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs/adapters.md").read_text(encoding="utf-8")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"\n]*)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    render(tmp_path / "runs/demo/videos", {Split.TRAIN: 10})
    return tmp_path


def _blocks(heading: str) -> list[tuple[str, str, str]]:
    """Returns language, title and text of each block under a heading."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    blocks = BLOCK.findall(section)
    assert blocks, heading
    return blocks


def _write_files(heading: str, folder: Path) -> None:
    for _, title, text in _blocks(heading):
        if title:
            (folder / title).parent.mkdir(parents=True, exist_ok=True)
            (folder / title).write_text(text, encoding="utf-8")


def _follow(heading: str, folder: Path, **variables: str) -> str:
    """Does what a section says, block by block, and returns what its commands print."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH", "PIP_"))}
    environment = kept | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"} | variables
    printed = ""
    for language, title, text in _blocks(heading):
        if title:
            (folder / title).write_text(text, encoding="utf-8")
        elif language == "sh":
            command = ["bash", "-c", f"set -eu\n{text}"]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
            printed += done.stdout
    return printed


def _published(run: Path) -> tuple[set[str], int]:
    """Returns the ids of the clips that a run published, and its number of accepted and rejected answers."""
    from datasets import load_dataset

    manifest = json.loads((run / "dataset/manifest.json").read_text(encoding="utf-8"))
    clips = load_dataset(str(run / "dataset"), "clips", split="train")
    configs = [name for name in ("sft", "rejected") if name not in manifest["empty"]]
    return set(clips["id"]), sum(len(load_dataset(str(run / "dataset"), name, split="train")) for name in configs)


def test_a_recipe_alone_builds_a_dataset(folder: Path) -> None:
    assert "questions: 4 class, 4 number" in _follow("A recipe", folder)
    ids, answers = _published(folder / "runs/motions")
    assert ids == {f"table/train-{number}.mp4" for number in ("000", "002", "006", "009")}
    assert answers >= 8


def test_one_file_builds_a_dataset(folder: Path) -> None:
    printed = _follow("One file", folder)
    assert "1 passed" in printed
    assert re.search(r"^rows give clips +warning +3 of 4 rows", printed, re.MULTILINE)
    assert re.search(r"^videos found +passed +3 of 3 clips", printed, re.MULTILINE)
    ids, answers = _published(folder / "runs/coded")
    assert ids == {"coded/000", "coded/002", "coded/006"}
    assert answers >= 3


def test_a_package_builds_a_dataset_from_its_wheel(folder: Path) -> None:
    _write_files("One file", folder)
    installed = folder / "installed"
    # pip takes these for its options: no network, no other package, a folder to install into. Build isolation is off
    # with 0: the variable stands for the value of what the option would negate.
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_TARGET": str(installed), "PIP_NO_BUILD_ISOLATION": "0"}
    printed = _follow("A package", folder, PYTHONPATH=str(installed), PIP_DISABLE_PIP_VERSION_CHECK="1", **pip)
    assert "1 passed" in printed
    assert "Coded motions: short clips" in printed
    assert (installed / "vstar_data_coded/adapter.py").read_bytes() == (folder / "coded.py").read_bytes()
    ids, answers = _published(folder / "runs/packaged")
    assert ids == {"coded/000", "coded/002", "coded/006"}
    assert answers >= 3
