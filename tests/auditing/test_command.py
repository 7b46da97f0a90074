"""`vstar-data audit` on a run: what it writes and says, and how the marks of a person get into the dataset."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.building.conftest import contents, vstar_data

LABELS = ("juggling", "bowling", "archery", "sailing")
DENIED, WRONG = 3, 5


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of twelve clips: nine right twice, one that is denied, one that is called by another class, one silent."""
    folder = tmp_path_factory.mktemp("audited")
    rows, answers = [], []
    for number in range(12):
        label = LABELS[number % 4]
        rows.append(f"{number}.mp4,{label}\n")
        said = f"A man is {label}."
        if number == DENIED:
            said = f"Nobody is {label} in this video."
        if number == WRONG:
            said = f"A man is {LABELS[(number + 1) % 4]}."
        for sample in range(2 if number != 11 else 0):
            question = f"clips/{number}.mp4#class"
            answers.append({"question_id": question, "sample_index": sample, "text": said})
    (folder / "clips.csv").write_text("file,label\n" + "".join(rows), encoding="utf-8")
    (folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers), encoding="utf-8")
    (folder / "mine.yaml").write_text(
        "sources:\n  - {adapter: table, name: clips, annotations: clips.csv}\nengine: replay\nmodel: answers.jsonl\n"
        "generate: {samples: 2, rationalizations: 0}\n",
        encoding="utf-8",
    )
    done = vstar_data("build", str(folder / "mine.yaml"), "--out", str(folder / "run"))
    assert done.code in (0, 1), done.stderr
    return folder / "run"


@pytest.fixture
def run(tmp_path: Path, built: Path) -> Path:
    """A copy of the run."""
    return Path(shutil.copytree(built, tmp_path / "run"))


def sheet_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def mark(run: Path, to: Path) -> Path:
    """Marks a sheet by what the answers say, one of them wrongly rejected by the verifier."""
    rows = sheet_rows(run / "audit" / "sheet.csv")
    for row in rows:
        row["mark"] = "yes" if row["targets"] in row["answer"] and "Nobody" not in row["answer"] else "no"
    next(row for row in rows if row["mark"] == "no")["mark"] = "YES"
    with to.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return to


def manifest(run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run / "dataset" / "manifest.json").read_text())
    return content


def test_an_audit_writes_its_folder_and_leaves_the_dataset_alone(run: Path) -> None:
    before = contents(run / "dataset")
    done = vstar_data("audit", str(run), "--sheet", "15", environment={"COLUMNS": "80"})
    assert done.code == 0, done.stderr
    assert contents(run / "dataset") == before
    for said in ("Accepted by chance", "Share of answers that each profile accepts", "suspect labels: 1,", "--marked"):
        assert said in done.stdout
    assert "only 11 questions could be given false targets" in done.stdout
    tables = [line for line in done.stdout.splitlines() if str(run) not in line]
    assert max(map(len, tables)) <= 80
    report = json.loads((run / "audit" / "audit.json").read_text())
    (chance,) = report["null"]["chances"]
    assert (chance["questions"], chance["answers"], chance["accepted"]) == (11, 22, 18)
    # Only the clip that is called by another class can get that class as its false target.
    assert chance["by_chance"] in (0, 2)
    (kind,) = report["agreement"]
    assert kind["accepted"] == {"strict": 18, "paper": 20, "released": 20}
    (suspect,) = sheet_rows(run / "audit" / "suspects.csv")
    assert (suspect["clip_id"], suspect["label"], suspect["claim"]) == (f"clips/{WRONG}.mp4", "bowling", "archery")
    assert len(sheet_rows(run / "audit" / "sheet.csv")) == 15
    again = contents(run / "audit")
    assert vstar_data("audit", str(run), "--sheet", "15").code == 0
    assert contents(run / "audit") == again


def test_marks_get_into_the_dataset_and_stay_as_long_as_they_hold(run: Path, tmp_path: Path) -> None:
    assert vstar_data("audit", str(run)).code == 0
    without = contents(run / "dataset")
    done = vstar_data("audit", str(run), "--marked", str(mark(run, tmp_path / "marked.csv")))
    assert done.code == 0, done.stderr
    groups = manifest(run)["audit"]["groups"]
    whole = groups[0]
    assert (whole["accepted"], whole["accepted_right"], whole["rejected"], whole["rejected_right"]) == (18, 18, 4, 1)
    assert whole["precision"]["value"] == 1
    assert whole["recall"]["value"] == pytest.approx(18 / 19, abs=1e-4)
    assert "## Audit" in (run / "dataset" / "README.md").read_text()

    audited = contents(run / "dataset")
    assert vstar_data("assemble", str(run)).code == 0
    assert contents(run / "dataset") == audited

    other = vstar_data("assemble", str(run), "--profile", "paper")
    assert "marks of audit.json are not published: they were made for the profile strict" in other.stderr
    assert "audit" not in manifest(run)
    refused = vstar_data("audit", str(run), "--marked", str(tmp_path / "marked.csv"))
    assert refused.code == 2
    assert "profile strict, version" in refused.stderr

    back = vstar_data("assemble", str(run), "--profile", "strict")
    assert "audit.json" not in back.stderr
    assert contents(run / "dataset") == audited

    (run / "audit.json").rename(tmp_path / "audit.json")
    assert vstar_data("assemble", str(run)).code == 0
    assert contents(run / "dataset") == without
    (tmp_path / "audit.json").rename(run / "audit.json")

    fewer = vstar_data("assemble", str(run), "--set", "generate.samples=1")
    assert "the answers or their verdicts are others than those that were marked" in fewer.stderr
    assert "audit" not in manifest(run)


def test_one_answer_a_question_tells_no_suspects_and_no_sheet_is_no_sheet(run: Path) -> None:
    assert vstar_data("assemble", str(run), "--set", "generate.samples=1").code == 0
    done = vstar_data("audit", str(run), "--sheet", "0", "--most", "5")
    assert done.code == 0, done.stderr
    assert "suspect labels: cannot be told" in done.stdout
    assert "chance and agreement are measured on 5 of 11 questions" in done.stdout
    assert sorted(path.name for path in (run / "audit").iterdir()) == ["audit.json", "suspects.csv"]


def test_what_is_no_run_or_has_no_answers_is_an_error(run: Path, tmp_path: Path) -> None:
    nowhere = vstar_data("audit", str(tmp_path / "nowhere"))
    assert (nowhere.code, "There is no run" in nowhere.stderr) == (2, True)
    shutil.rmtree(run / "completions")
    empty = vstar_data("audit", str(run))
    assert (empty.code, "no answers to audit" in empty.stderr) == (2, True)
    assert not (run / "audit").exists()
    early = vstar_data("audit", str(run), "--marked", str(tmp_path / "marked.csv"))
    assert (early.code, "no such marked sheet" in early.stderr) == (2, True)
