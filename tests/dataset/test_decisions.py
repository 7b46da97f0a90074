"""Decisions of reviewers: what is read of the file, what still counts, and what they do to a dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE
from vstar_data.dataset import Judged, write_dataset
from vstar_data.dataset.decisions import (
    NAME,
    Choice,
    Decision,
    Decisions,
    Reviewed,
    question_sha256,
    text_sha256,
)
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import StorageError
from vstar_data.records import ClassLabel

WRONG, RIGHT = JUDGED[0], JUDGED[1]


def decision(of: Judged, choice: str, **changes: Any) -> Decision:
    values = {
        "id": of.id,
        "decision": Choice(choice),
        "reviewer": "anna",
        "at": "2026-01-01T00:00:00+00:00",
        "text_sha256": text_sha256(of.completion.text),
        "question_sha256": question_sha256(of.question),
    }
    return Decision(**{**values, **changes})


def write(run: Path, *decisions: Decision, more: bytes = b"") -> None:
    (run / NAME).write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in decisions) + more)


def test_the_last_decision_on_a_row_wins(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"), decision(RIGHT, "reject"), decision(WRONG, "reject"))
    decisions = Decisions(tmp_path / NAME)
    decisions.read_on()
    assert {name: one.decision for name, one in decisions.latest.items()} == {WRONG.id: "reject", RIGHT.id: "reject"}


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"null",
        b"\xff\xfe",
        b'{"id": "x"}',
        b"[" * 100_000,
        msgspec.json.encode(decision(WRONG, "accept")).replace(b'"accept"', b'"perhaps"'),
    ],
    ids=["torn", "null", "no text", "lacking", "deep", "no choice"],
)
def test_a_line_that_is_no_decision_is_passed_over_and_counted(tmp_path: Path, line: bytes) -> None:
    write(tmp_path, more=line + b"\n\n" + msgspec.json.encode(decision(RIGHT, "reject")) + b"\n")
    decisions = Decisions(tmp_path / NAME)
    decisions.read_on()
    assert (list(decisions.latest), decisions.ignored_lines) == ([RIGHT.id], 1)


def test_a_last_line_without_its_newline_counts_if_it_is_whole(tmp_path: Path) -> None:
    line = msgspec.json.encode(decision(WRONG, "accept"))
    decisions = Decisions(tmp_path / NAME)
    write(tmp_path, more=line[:-9])
    assert (decisions.read_on(), decisions.ignored_lines) == ([], 1)
    write_on = (tmp_path / NAME).open("ab")
    with write_on:
        write_on.write(line[-9:])
    assert (decisions.read_on(), decisions.ignored_lines) == ([WRONG.id], 0)
    decisions.append(decision(WRONG, "skip"))
    decisions.read_on()
    assert decisions.latest[WRONG.id].decision is Choice.SKIP
    assert len((tmp_path / NAME).read_bytes().splitlines()) == 2


def test_unknown_keys_and_notes_are_no_obstacle(tmp_path: Path) -> None:
    row = msgspec.to_builtins(decision(WRONG, "accept", note="über <b>")) | {"mood": ["good"]}
    (tmp_path / NAME).write_text(json.dumps(row), encoding="utf-8")
    decisions = Decisions(tmp_path / NAME)
    decisions.read_on()
    assert decisions.latest[WRONG.id].note == "über <b>"


def test_another_file_in_its_place_is_read_from_its_beginning(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"), decision(RIGHT, "accept"))
    decisions = Decisions(tmp_path / NAME)
    decisions.read_on()
    (tmp_path / "new").write_bytes(msgspec.json.encode(decision(RIGHT, "reject")) + b"\n")
    (tmp_path / "new").replace(tmp_path / NAME)
    decisions.read_on()
    assert {name: one.decision for name, one in decisions.latest.items()} == {RIGHT.id: "reject"}
    (tmp_path / NAME).unlink()
    assert (decisions.read_on(), decisions.latest) == ([], {})


def test_a_file_that_was_edited_is_read_from_its_beginning(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"))
    decisions = Decisions(tmp_path / NAME)
    decisions.read_on()
    write(tmp_path, decision(RIGHT, "accept"), decision(RIGHT, "reject"))
    decisions.read_on()
    assert {name: one.decision for name, one in decisions.latest.items()} == {RIGHT.id: "reject"}


def test_a_folder_in_its_place_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(StorageError, match=NAME):
        Decisions(tmp_path / NAME).read_on()


def test_a_person_overrules_the_verifier_both_ways(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"), decision(RIGHT, "reject"))
    reviewed = Reviewed(tmp_path)
    up, down, left = map(reviewed.applied, JUDGED[:3])
    assert (up.taught, up.reasons, up.reviewed, up.overruled) == (True, (), "accept", True)
    assert (down.taught, down.reasons, down.reviewed, down.overruled) == (False, ("reviewer",), "reject", True)
    assert left is JUDGED[2]
    assert reviewed.stale == 0


def test_a_person_who_agrees_changes_no_verdict(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "reject"), decision(RIGHT, "accept"))
    rejected, accepted = map(Reviewed(tmp_path).applied, JUDGED[:2])
    assert (rejected.verdict, rejected.reasons, rejected.reviewed) == (WRONG.verdict, ("absent",), "reject")
    assert (accepted.verdict, accepted.reviewed, accepted.overruled) == (RIGHT.verdict, "accept", False)


def test_skipping_takes_a_decision_back(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"), decision(WRONG, "skip"))
    reviewed = Reviewed(tmp_path)
    assert reviewed.applied(WRONG) is WRONG
    assert reviewed.stale == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"text_sha256": text_sha256("another text")},
        {"question_sha256": question_sha256(msgspec.structs.replace(WRONG.question, targets=(ClassLabel(name="x"),)))},
        {"question_sha256": question_sha256(msgspec.structs.replace(WRONG.question, text="Another question?"))},
        {"id": "circus/gone#0/direct-0"},
    ],
    ids=["text", "targets", "question", "gone"],
)
def test_a_decision_on_what_is_no_longer_there_does_not_count(tmp_path: Path, changes: dict[str, str]) -> None:
    write(tmp_path, decision(WRONG, "accept", **changes))
    reviewed = Reviewed(tmp_path)
    assert reviewed.applied(WRONG) is WRONG
    assert reviewed.stale == 1


def test_the_dataset_follows_and_says_so_without_naming_anybody(tmp_path: Path) -> None:
    write(tmp_path, decision(WRONG, "accept"), decision(RIGHT, "reject"), decision(JUDGED[3], "accept"))
    reviewed = Reviewed(tmp_path)
    judged = [reviewed.applied(one) for one in JUDGED]
    folder = tmp_path / "dataset"
    counts = write_dataset(folder, clips=CLIPS, unusable=[], judged=judged, provenance=PROVENANCE)
    dataset = PublishedDataset(folder)
    sft = {row["id"]: row for row in dataset.rows("sft")}
    rejected = {row["id"]: row for row in dataset.rows("rejected")}
    assert sft[WRONG.id]["reviewed"] == "accept"
    assert (rejected[RIGHT.id]["reviewed"], rejected[RIGHT.id]["reasons"]) == ("reject", ["reviewer"])
    assert rejected[JUDGED[2].id]["reviewed"] is None
    assert dataset.manifest["counts"]["reviewed"] == {"accept": 2, "overruled": 2, "reject": 1}
    assert counts.rejected()["reviewer"] == 1
    readme = (folder / "README.md").read_text()
    assert "People decided on 3 of these answers and overruled the verifier on 2" in readme
    assert not any(b"anna" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
