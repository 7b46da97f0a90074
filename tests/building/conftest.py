"""A small build on real text: the demo's clips as a table, the shipped model, few tokens."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.commands import Finished, script, vstar_data
from vstar_data.demo import render_demo

KILLING = Path(__file__).parent / "killing.py"
__all__ = ["Finished", "vstar_data"]
SETTINGS = ("generate.samples=2", "generate.max_new_tokens=40", "generate.batch_size=4", "blocks.clips=4")
COLUMNS = "{video: file, id: name, class: action, qa: {question: q, answer: a, choices: c}}"


@dataclass(frozen=True)
class Labelled:
    """A table of clips with its videos, as a user has them."""

    folder: Path
    rows: Sequence[dict[str, str]] = field(repr=False)

    @property
    def table(self) -> Path:
        return self.folder / "clips.csv"

    @property
    def videos(self) -> Path:
        return self.folder / "videos"

    def write(self, rows: Sequence[dict[str, str]] | None = None) -> None:
        with self.table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(self.rows[0]))
            writer.writeheader()
            writer.writerows(self.rows if rows is None else rows)

    def shuffle(self, seed: int) -> None:
        rows = list(self.rows)
        random.Random(seed).shuffle(rows)
        assert rows != list(self.rows)
        self.write(rows)


def build_arguments(labelled: Labelled, out: Path, *more: str) -> list[str]:
    """The arguments of a build of a labelled table with the shipped model."""
    settings = [part for setting in (*SETTINGS, f"adapter_options.columns={COLUMNS}") for part in ("--set", setting)]
    frames = ["--set", "frames.count=6", "--set", "frames.max_side=80", "--set", "generate.temperature=0.8"]
    given = ["--annotations", str(labelled.table), "--videos", str(labelled.videos), "--model", "demo"]
    return ["build", "table", *given, "--out", str(out), *settings, *frames, "--set", "generate.threads=1", *more]


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Returns a folder that one process of the session makes, whichever needs it first, for all of them to read."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.with_suffix(".made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            folder.with_suffix(".made").touch()
    return folder


def _rendered(folder: Path) -> None:
    render_demo(folder)


@pytest.fixture(scope="session")
def demo_videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's clips, rendered once."""
    return made_once(tmp_path_factory, "demo-videos", _rendered)


@pytest.fixture(scope="session")
def demo_rows(demo_videos: Path) -> list[dict[str, str]]:
    """Twelve clips of the demo as rows of a table."""
    rows = []
    for line in (demo_videos / "clips.jsonl").read_text(encoding="utf-8").splitlines()[:12]:
        clip = json.loads(line)
        by_kind = {label["kind"]: label for label in clip["labels"]}
        qa = by_kind.get("qa", {})
        rows.append(
            {
                "file": clip["video"],
                "name": clip["id"],
                "action": by_kind["class"]["name"],
                "q": qa.get("question", ""),
                "a": qa.get("answer", ""),
                "c": json.dumps(qa["choices"]) if qa else "",
            }
        )
    return rows


@pytest.fixture
def labelled(tmp_path: Path, demo_videos: Path, demo_rows: list[dict[str, str]]) -> Labelled:
    """A fresh copy of the table and its videos."""
    return labelled_copy(tmp_path / "data", demo_videos, demo_rows)


def labelled_copy(folder: Path, demo_videos: Path, demo_rows: list[dict[str, str]]) -> Labelled:
    """Writes the table and copies its videos into a folder."""
    data = Labelled(folder, demo_rows)
    data.videos.mkdir(parents=True)
    for row in demo_rows:
        (data.videos / row["file"]).write_bytes((demo_videos / row["file"]).read_bytes())
    data.write()
    return data


@dataclass(frozen=True)
class Whole:
    """A build that nothing disturbed."""

    run: Path
    dataset: dict[str, str]
    requests: list[str]


Killing = Callable[..., tuple[int, list[str]]]


def killed_at(
    log: Path, point: str, nth: int, arguments: Sequence[str], *, fresh: bool = False
) -> tuple[int, list[str]]:
    """Runs a build that dies at a point; returns its exit code and the lines of its log."""
    done = script(KILLING, str(log), point, str(nth), "--", *arguments, fresh=fresh)
    lines = log.read_text().splitlines() if log.exists() else []
    assert done.code in (0, -9), done.stderr
    return done.code, lines


def whole_build(folder: Path, videos: Path, rows: list[dict[str, str]], *more: str, fresh: bool = False) -> None:
    """Builds in a folder, undisturbed."""
    labelled = labelled_copy(folder / "data", videos, rows)
    assert killed_at(folder / "log", "never", 1, build_arguments(labelled, folder / "run", *more), fresh=fresh)[0] == 0


def whole_in(folder: Path) -> Whole:
    """Reads what `whole_build` left."""
    lines = (folder / "log").read_text().splitlines()
    return Whole(folder / "run", contents(folder / "run" / "dataset"), requests_in(lines))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, demo_videos: Path, demo_rows: list[dict[str, str]]) -> Whole:
    """An uninterrupted build, with the requests that its engine took.

    An interpreter of its own makes it: others are compared with it that started elsewhere and hash with another seed.
    """
    folder = made_once(
        tmp_path_factory, "whole", lambda folder: whole_build(folder, demo_videos, demo_rows, fresh=True)
    )
    return whole_in(folder)


def requests_in(lines: Sequence[str]) -> list[str]:
    """The keys of the requests that an engine took."""
    return [line.split()[1] for line in lines if line.startswith("request ")]
