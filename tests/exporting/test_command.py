"""`vstar-data export` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import vstar_data
from tests.exporting.samples import CLIPS, dataset_of


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a run")
    dataset_of(folder / "dataset")
    return folder


def test_it_says_what_it_wrote_and_warns_on_stderr(run: Path, tmp_path: Path) -> None:
    output = tmp_path / "my rows.jsonl"
    done = vstar_data("export", str(run), "--format", "trl-sft", "--output", str(output))
    assert done.code == 0, done.stderr
    assert done.stdout == f"{output}: 2 rows for trl-sft\n"
    assert "'circus'" in done.stderr
    assert "--videos" in done.stderr
    assert "--frames" in done.stderr
    assert len(output.read_text().splitlines()) == 2


def test_videos_make_paths_absolute_and_llamafactory_is_told_how_to_load(run: Path, tmp_path: Path) -> None:
    for clip in CLIPS:
        (tmp_path / clip.video).write_bytes(b"not looked into")
    output = tmp_path / "folder"
    done = vstar_data(
        "export", str(run), "--format", "llamafactory", "--output", str(output), "--videos", str(tmp_path)
    )
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == f"{output}: 2 rows for llamafactory\ndataset_dir: {output}, dataset: juggling\n"
    (first, _) = (json.loads(line) for line in (output / "data.jsonl").read_text().splitlines())
    assert first["videos"] == [str(tmp_path / "a.mp4")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "llava", "--output", "o.json", "--split", "test"], "rows of sft in train, validation"),
        (["--format", "llava", "--output", "o.json", "--modes", "hinted"], "There is no such mode"),
        (["--format", "trl-dpo", "--output", "o.json"], "suffix"),
        (["--format", "trl-grpo", "--output", "o.jsonl", "--modes", "direct"], "questions, not answers"),
        (["--format", "ms-swift", "--output", "o.jsonl", "--image-token"], "Only llava"),
        (["--format", "llava", "--output", "o.json", "--videos", "nowhere"], "video folder is not there"),
        (["--format", "webdataset", "--output", "o.tar"], "webdataset"),
    ],
)
def test_wrong_usage_is_said_without_a_traceback(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = vstar_data("export", str(run), *arguments)
    assert done.code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    done = vstar_data("export", str(tmp_path), "--format", "llava", "--output", str(tmp_path / "o.json"))
    assert done.code == 2
    assert "no dataset here" in done.stderr
