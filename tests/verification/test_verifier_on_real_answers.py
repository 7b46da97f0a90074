"""The benchmark on real answers: what it prints for rows, without rows, and for rows it cannot use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "verifier_on_real_answers.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


def row(answer: str, expected: str, **more: object) -> dict[str, object]:
    label = {"kind": "class", "name": "juggling"}
    return {"id": answer, "question": "What is he doing?", "answer": answer, "labels": [label]} | {
        "expected": expected,
        "source": "made up",
        **more,
    }


def test_without_rows_it_says_what_it_needs_and_succeeds() -> None:
    done = run()
    assert done.returncode == 0
    assert "expected" in done.stdout


def test_each_method_is_counted_against_the_expected_verdicts(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    cases = [
        row("He is juggling.", "accept"),
        row("He juggles three balls.", "accept"),
        row("He is not juggling.", "reject"),
        row("He sleeps.", "reject"),
    ]
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")

    done = run(str(path))

    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("made up"))
    kind, rows_read, *shares = line.removeprefix("made up").split()
    assert (kind, rows_read) == ("class", "4")
    assert shares[:3] == ["100.0%", "100.0%", "100.0%"]
    assert shares[3:6] == ["50.0%", "50.0%", "50.0%"]


def test_a_row_without_a_verdict_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row("He juggles.", "perhaps")) + "\n", encoding="utf-8")

    done = run(str(path))

    assert done.returncode == 2
    assert "rows.jsonl:1" in done.stderr
    assert "'perhaps'" in done.stderr


def test_a_missing_file_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = run(str(tmp_path / "nowhere.jsonl"))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "nowhere.jsonl" in done.stderr
