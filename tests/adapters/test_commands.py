from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from vstar_data.adapters import discovered
from vstar_data.cli import adapters, clips
from vstar_data.cli.adapters import listing
from vstar_data.errors import AnnotationError, RecipeError, UnknownNameError, UsageError
from vstar_data.records import Clip

ROWS = "file,label,fold\na.mp4,rowing,train\nb.mp4,,train\nc.mp4,fencing,val\nd.mp4,diving\n"
OPTIONS = ["--set", "columns.class=label", "--set", "adapter_options.columns={video: file, split: fold, class: label}"]


def run(*arguments: str) -> Result:
    """Runs `clips` with its arguments; errors of the project are raised as they are."""
    app = typer.Typer()
    app.command("clips")(clips.command)
    app.add_typer(adapters.app, name="adapters")
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_writes_json_lines_and_says_what_was_skipped(table, tmp_path):
    output = tmp_path / "clips.jsonl"
    result = run("clips", "table", "--annotations", str(table), *OPTIONS, "--output", str(output))
    assert result.exit_code == 0
    assert result.stdout == ""
    for part in (
        "2 clips (train 1, validation 1)",
        "2 rows skipped",
        "unsupported_label 1",
        "malformed_row 1",
        "table.csv:5",
    ):
        assert part in result.stderr
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    assert [row["id"] for row in rows] == ["table/a.mp4", "table/c.mp4"]
    assert rows[0]["labels"] == [{"kind": "class", "name": "rowing", "aliases": []}]
    assert list(rows[0]) == list(Clip.__struct_fields__)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clips.jsonl", "table.csv"]


def test_parquet_holds_the_same_clips(table, tmp_path):
    from vstar_data.arrow import clips_from, clips_schema, read_batches

    for name in ("clips.parquet", "clips.jsonl"):
        run("clips", "table", "--annotations", str(table), *OPTIONS, "--output", str(tmp_path / name))
    stored = list(clips_from(read_batches(tmp_path / "clips.parquet", clips_schema())))
    assert [clip.id for clip in stored] == ["table/a.mp4", "table/c.mp4"]
    lines = run("clips", "jsonl", "--annotations", str(tmp_path / "clips.jsonl"), "--output", "-").stdout.splitlines()
    assert [json.loads(line)["labels"] for line in lines] == [
        [{"kind": "class", "name": label.name, "aliases": []} for label in clip.labels] for clip in stored
    ]


def test_a_dash_writes_to_stdout_and_split_keeps_one(table):
    result = run("clips", "table", "--annotations", str(table), *OPTIONS, "--split", "dev", "--output", "-")
    assert [json.loads(line)["video"] for line in result.stdout.splitlines()] == ["c.mp4"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "-"])
def test_a_failed_read_leaves_the_old_output_and_no_rest(table, tmp_path, name):
    output = tmp_path / name
    before = b"old" if name != "-" else None
    if before:
        output.write_bytes(before)
    table.write_text(ROWS + 'e.mp4,"open', encoding="utf-8")
    with pytest.raises(AnnotationError, match="does not end"):
        run("clips", "table", "--annotations", str(table), *OPTIONS, "--output", name if name == "-" else str(output))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["table.csv", *([name] if before else [])])
    assert before is None or output.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["--output", "clips.txt"], UsageError, "suffix of the output"),
        (["--output", "absent/clips.jsonl"], UsageError, "cannot be written"),
        (["--split", "holdout", "--output", "-"], AnnotationError, "holdout"),
        (["--set", "columns", "--output", "-"], RecipeError, "KEY=VALUE"),
        (["--set", "columns.clas=label", "--output", "-"], RecipeError, 'did you mean "class"'),
        (["--set", "follow_links=perhaps", "--output", "-"], RecipeError, "true or false"),
        (["--videos", "absent", "--output", "-"], UsageError, "video folder"),
        (["--split", "test", "--set", "columns.video=file", "--set", "columns.class=label", "--output", "-"],
         AnnotationError, "no clip of the split test"),
    ],
)  # fmt: skip
def test_wrong_usage_is_named(table, arguments, error, message):
    with pytest.raises(error, match=message):
        run("clips", "table", "--annotations", str(table), *arguments)


def test_links_are_followed_only_when_asked_for(table, tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.mp4.webm").write_bytes(b"x")
    (tmp_path / "videos").mkdir()
    (tmp_path / "videos" / "a").symlink_to(tmp_path / "far")
    table.write_text("video,label\na/a.mp4,rowing\n")
    arguments = ["clips", "table", "--annotations", str(table), "--videos", str(tmp_path / "videos"), "--output", "-"]
    assert json.loads(run(*arguments, "--set", "follow_links=true").stdout)["video"] == "a/a.mp4"


def test_an_adapter_of_the_user_is_taken_from_its_file(tmp_path):
    path = tmp_path / "words.py"
    path.write_text(
        "from vstar_data.adapters import LabelAdapter\nfrom vstar_data.records import ClassLabel, Clip\n"
        'class Words(LabelAdapter):\n    """Words."""\n    name = "words"\n    suffix: str\n'
        "    def clips(self, annotations, videos):\n        for word in annotations.read_text().split():\n"
        "            yield Clip(id=word, video=word + self.suffix, labels=(ClassLabel(name=word),))\n"
    )
    (tmp_path / "list.txt").write_text("rowing fencing")
    arguments = ["--adapter", str(path), "--annotations", str(tmp_path / "list.txt"), "--output", "-"]
    result = run("clips", "words", *arguments, "--set", "suffix=.webm")
    assert [json.loads(line)["video"] for line in result.stdout.splitlines()] == ["rowing.webm", "fencing.webm"]
    with pytest.raises(RecipeError, match="suffix"):
        run("clips", "words", *arguments)
    shown = run("adapters", "show", "words", "--adapter", str(path)).stdout
    assert "suffix: str (required)" in shown


def test_list_names_every_adapter_with_a_line():
    lines = run("adapters", "list").stdout.splitlines()
    names = [line.split()[0] for line in lines]
    assert {"kinetics", "table", "jsonl"} <= set(names)
    assert names == sorted(names)
    assert all(len(line.split()) > 3 for line in lines)


def test_what_is_experimental_or_a_benchmark_is_marked(tmp_path):
    path = tmp_path / "marked.py"
    path.write_text(
        "from typing import ClassVar\nfrom vstar_data.adapters import LabelAdapter\n"
        'class Marked(LabelAdapter):\n    """Marked: two marks."""\n    name: ClassVar[str] = "marked"\n'
        "    experimental: ClassVar[bool] = True\n    benchmark: ClassVar[bool] = True\n"
    )
    shown = run("adapters", "show", "marked", "--adapter", str(path)).stdout
    assert "Experimental: written from a description" in shown
    assert "Benchmark: there to be evaluated on" in shown
    assert "Experimental:" not in run("adapters", "show", "kinetics").stdout
    marks = {name: listing.marks_of(adapter) for name, adapter in discovered().by_name.items()}
    for line in run("adapters", "list").stdout.splitlines():
        marked = re.search(r"((?: \[\w+\])*)$", line)
        assert marked is not None
        assert re.findall(r"\w+", marked[1]) == marks[line.split()[0]]
    assert marks["kinetics"] == []


def test_check_prints_a_table_and_fails_with_2_where_a_check_does(table, tmp_path):
    arguments = ["adapters", "check", "table", "--annotations", str(table), *OPTIONS]
    done = run(*arguments)
    assert done.exit_code == 0
    assert re.search(r"^rows give clips +warning +2 of 4 rows gave a clip", done.stdout, re.MULTILINE)
    assert done.stdout.splitlines()[-1].startswith("table: 4 rows, 2 clips; checks: ")
    table.write_text(ROWS.replace("a.mp4", "/a.mp4"), encoding="utf-8")
    failed = run(*arguments)
    assert failed.exit_code == 2
    assert re.search(r"^names +failed +1 clip ", failed.stdout, re.MULTILINE)
    (tmp_path / "videos").mkdir()
    nothing = run(*arguments, "--videos", str(tmp_path / "videos"))
    assert re.search(r"^videos found +failed +0 of 2 clips", nothing.stdout, re.MULTILINE)


def test_check_of_what_is_not_there_names_it(table, tmp_path):
    with pytest.raises(AnnotationError, match="not there"):
        run("adapters", "check", "table", "--annotations", str(tmp_path / "absent.csv"))
    with pytest.raises(UsageError, match="video folder"):
        run("adapters", "check", "table", "--annotations", str(table), "--videos", str(tmp_path / "absent"))
    with pytest.raises(UnknownNameError, match='did you mean "table"'):
        run("adapters", "check", "tabel", "--annotations", str(table))


def test_check_draws_a_table_on_a_terminal(table):
    command = [sys.executable, "-m", "vstar_data", "adapters", "check", "table", "--annotations", str(table), *OPTIONS]
    primary, secondary = pty.openpty()
    termios.tcsetwinsize(secondary, (50, 100))
    with subprocess.Popen(command, stdout=secondary, env=os.environ | {"TERM": "xterm"}) as process:
        os.close(secondary)
        drawn = b"".join(iter(lambda: _read(primary), b"")).decode()
    os.close(primary)
    assert process.returncode == 0
    assert "│" in drawn
    assert "\x1b[33mwarning" in drawn


def _read(descriptor: int) -> bytes:
    """Reads what a terminal has; its end is an error on Linux."""
    try:
        return os.read(descriptor, 65_536)
    except OSError:
        return b""


def test_show_tells_licence_source_needs_and_options():
    shown = run("adapters", "show", "kinetics").stdout
    for part in (
        "CC BY 4.0",
        "https://github.com/cvdfoundation",
        "Needs:",
        "train.csv",
        "Citation",
        "Options:\n  none",
    ):
        assert part in shown
    assert "columns: Columns | None = None" in run("adapters", "show", "table").stdout
    with pytest.raises(UnknownNameError, match='did you mean "table"'):
        run("adapters", "show", "tabel")
