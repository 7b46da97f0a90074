"""`vstar-data verify` end to end: formats, order, unknown keys, nulls, bad rows, whole files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars
import pytest
import typer
from typer.testing import CliRunner

from vstar_data.cli.verify import command
from vstar_data.errors import RecordError, UsageError

app = typer.Typer()
app.command()(command)
RUNNER = CliRunner()
GUITAR = [{"kind": "class", "name": "playing guitar"}]
PUPIL = [{"kind": "qa", "question": "Who?", "answer": "\u00e9l\u00e8ve"}]
ROWS: list[dict[str, Any]] = [
    {"id": "b", "answer": "He plays the guitar.", "labels": GUITAR, "note": {"kept": [1, None]}},
    {"id": "a", "answer": "He plays the drums.", "labels": GUITAR, "note": None},
    {
        "id": "c",
        "answer": "so the answer is \u00e9l\u00e8ve.",
        "labels": [{"kind": "qa", "question": "Who?", "answer": "\u00e9l\u00e8ve"}],
    },
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(*arguments: object, stdin: str | None = None) -> Any:
    return RUNNER.invoke(app, [str(argument) for argument in arguments], input=stdin, catch_exceptions=True)


def test_rows_keep_their_order_and_their_keys(tmp_path: Path) -> None:
    result = run(written(tmp_path / "in.jsonl", ROWS), "--output", tmp_path / "out.jsonl")
    assert result.exit_code == 0, result.output
    judged = lines(tmp_path / "out.jsonl")
    assert [row["id"] for row in judged] == ["b", "a", "c"]
    assert [row["accepted"] for row in judged] == [True, False, True]
    assert judged[0]["note"] == {"kept": [1, None]}
    assert judged[0]["reasons"] == []
    assert judged[1]["reasons"] == ["absent"]
    first, last = judged[0]["per_label"][0]["evidence"]
    assert judged[0]["answer"][first:last] == "plays the guitar"
    assert set(judged[1]["per_label"][0]) == {"accepted", "reason", "evidence", "parsed", "score"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_judging_again_gives_the_same(tmp_path: Path) -> None:
    run(written(tmp_path / "in.jsonl", ROWS), "--output", tmp_path / "one.jsonl")
    run(tmp_path / "one.jsonl", "--output", tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_class_names_of_the_file_are_joined_with_the_rows_own(tmp_path: Path) -> None:
    row = {"id": 1, "answer": "He plays bass guitar.", "labels": GUITAR, "class_names": ["singing"]}
    source = written(tmp_path / "in.jsonl", [row])
    (tmp_path / "names.txt").write_text("playing bass guitar\n\nplaying guitar\n")
    run(source, "--output", tmp_path / "out.jsonl", "--class-names", tmp_path / "names.txt")
    assert lines(tmp_path / "out.jsonl")[0]["reasons"] == ["rival"]
    run(source, "--output", tmp_path / "out.jsonl")
    assert lines(tmp_path / "out.jsonl")[0]["accepted"]


def test_parquet_with_one_label_struct_and_nulls(tmp_path: Path) -> None:
    empty = {"kind": None, "name": None, "aliases": None, "value": None, "minimum": None, "maximum": None, "unit": None}
    guitar = {**empty, "kind": "class", "name": "playing guitar"}
    dots = {**empty, "kind": "number", "name": "number of dots", "value": 3.0}
    absent = dict.fromkeys(("question", "asks", "also_true", "duration", "finish_reason"))
    rows = [
        {**absent, "id": "x", "answer": "He plays the guitar.", "labels": [guitar], "finish_reason": "stop"},
        {**absent, "id": "y", "answer": "There are 3 dots.", "labels": [dots], "asks": [["value"]], "also_true": []},
    ]
    polars.DataFrame(rows).write_parquet(tmp_path / "in.parquet")
    result = run(tmp_path / "in.parquet", "--output", tmp_path / "out.parquet")
    assert result.exit_code == 0, result.output
    out = polars.read_parquet(tmp_path / "out.parquet")
    assert out["accepted"].to_list() == [True, True]
    assert out["id"].to_list() == ["x", "y"]
    assert out.columns[-3:] == ["accepted", "reasons", "per_label"]
    assert out.drop("accepted", "reasons", "per_label").equals(polars.read_parquet(tmp_path / "in.parquet"))
    run(tmp_path / "out.parquet", "--output", tmp_path / "again.jsonl")
    assert [row["accepted"] for row in lines(tmp_path / "again.jsonl")] == [True, True]


def test_jsonl_becomes_parquet(tmp_path: Path) -> None:
    result = run(written(tmp_path / "in.jsonl", ROWS[:2]), "--output", tmp_path / "out.parquet")
    assert result.exit_code == 0, result.output
    assert polars.read_parquet(tmp_path / "out.parquet")["accepted"].to_list() == [True, False]


def test_stdin_and_stdout_carry_rows_alone() -> None:
    text = "".join(json.dumps(row) + "\n" for row in ROWS)
    result = run("-", "--output", "-", stdin=text)
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b", "a", "c"]
    assert "3 rows judged, 2 accepted" in result.stderr


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{not json", "not JSON"),
        ('["a list"]', "JSON object"),
        ('{"id": "x", "labels": [{"kind": "class", "name": "x"}]}', "answer"),
        ('{"id": "x", "answer": "y", "labels": [{"kind": "klass", "name": "x"}]}', "klass"),
        ('{"id": "x", "answer": "y", "labels": [{"kind": "class", "name": "x", "colour": 1}]}', "colour"),
        ('{"id": "x", "answer": "y", "labels": []}', "labels"),
        ('{"id": "x", "answer": "y", "labels": [{"kind": "class", "name": "x"}], "mode": "sideways"}', "sideways"),
        ('{"id": "x", "answer": "y", "labels": [{"kind": "class", "name": "x"}], "asks": [["value"]]}', "value"),
        ('{"id": "x", "answer": "y", "labels": [{"kind": "class", "name": "x"}], "asks": []}', "asks"),
    ],
)
def test_a_bad_row_names_its_line_and_leaves_no_file(tmp_path: Path, line: str, found: str) -> None:
    source = written(tmp_path / "in.jsonl", ROWS)
    source.write_text(source.read_text() + line + "\n")
    (tmp_path / "out.jsonl").write_text("as it was")
    result = run(source, "--output", tmp_path / "out.jsonl")
    assert isinstance(result.exception, RecordError)
    assert f"{source}:4" in str(result.exception)
    assert found in str(result.exception)
    assert (tmp_path / "out.jsonl").read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_wrong_paths_are_errors_of_usage(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", ROWS)
    for arguments in (
        (tmp_path / "none.jsonl", "--output", tmp_path / "out.jsonl"),
        (source, "--output", tmp_path / "none" / "out.jsonl"),
        (source, "--output", tmp_path / "out.csv"),
        (source, "--output", tmp_path / "out.jsonl", "--class-names", tmp_path / "none.txt"),
    ):
        assert isinstance(run(*arguments).exception, UsageError), arguments
    (tmp_path / "bad.parquet").write_text("no parquet")
    assert isinstance(run(tmp_path / "bad.parquet", "--output", tmp_path / "out.jsonl").exception, UsageError)
    assert run(source, "--output", tmp_path / "out.jsonl", "--profile", "lenient").exit_code == 2


def test_the_other_profiles(tmp_path: Path) -> None:
    row = {"id": 1, "answer": "He is not playing a guitar.", "labels": GUITAR}
    source = written(tmp_path / "in.jsonl", [row])
    found = {}
    for profile in ("strict", "paper", "released"):
        run(source, "--output", tmp_path / "out.jsonl", "--profile", profile)
        found[profile] = lines(tmp_path / "out.jsonl")[0]["accepted"]
    assert found == {"strict": False, "paper": True, "released": True}


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from vstar_data import verify; verify('He is juggling.', [{'kind': 'class', 'name': 'juggling'}]);"
        "print(sorted({'spacy', 'torch', 'transformers', 'numpy', 'polars', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
