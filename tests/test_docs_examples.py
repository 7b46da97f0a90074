"""The examples of the documentation, run as they are printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vstar_data import verify
from vstar_data.adapters import make_adapter
from vstar_data.demo.clips import render
from vstar_data.records import Clip, Split

ROOT = Path(__file__).resolve().parents[1]


def _block(page: str, language: str, holding: str) -> str:
    """Returns the only code block of a language on a page that holds a text."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if holding in block]
    assert len(found) == 1, f"{page} has {len(found)} blocks of {language} with {holding!r}"
    return str(found[0])


def test_the_readme_builds_a_dataset_from_a_table(tmp_path: Path) -> None:
    render(tmp_path / "runs/demo/videos", {Split.TRAIN: 10})
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    script = "set -eu\n" + _block("README.md", "sh", "vstar-data build mine.yaml")
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((tmp_path / "runs/mine/dataset/manifest.json").read_text(encoding="utf-8"))
    assert (tmp_path / "runs/mine/dataset/README.md").is_file()
    assert "clips" not in manifest["empty"]


def test_the_call_of_verify_in_the_guide_accepts() -> None:
    scope: dict[str, Any] = {}
    exec(_block("docs/guide/verify.md", "python", "verify("), scope)
    assert scope["verdict"].accepted, scope["verdict"]


def test_the_row_for_verify_in_the_guide_is_accepted() -> None:
    row = json.loads(_block("docs/guide/verify.md", "json", '"answer"'))
    verdict = verify(row["answer"], row["labels"], question=row["question"], class_names=row["class_names"])
    assert verdict.accepted, verdict


def test_the_clip_for_jsonl_in_the_guide_is_one(tmp_path: Path) -> None:
    (tmp_path / "clips.jsonl").write_text(_block("docs/guide/table.md", "json", '"video"'), encoding="utf-8")
    (clip,) = make_adapter("jsonl", {}).clips(tmp_path / "clips.jsonl", None)
    assert isinstance(clip, Clip)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.stem)
def test_the_python_in_the_documentation_compiles(page: Path) -> None:
    for block in re.findall(
        r"^```python(?: [^\n]*)?\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        compile(block, str(page), "exec")
