"""The index: the same answers in the same order as the run itself gives, read without judging."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.review.conftest import row_of
from vstar_data.auditing.answers import answers
from vstar_data.errors import UsageError
from vstar_data.executors.order import WorkOrder, Workshop
from vstar_data.review.index import open_index
from vstar_data.review.reader import AnswerReader
from vstar_data.review.session import Review


def test_answers_and_verdicts_are_those_of_the_run(run: Path, review: Review) -> None:
    expected = [judged for found in answers(Workshop(WorkOrder(run=str(run)))) for judged in found]
    index = review.index
    assert [index.id(row) for row in range(len(index))] == [judged.id for judged in expected]
    for row, judged in enumerate(expected):
        answer = review.reader.answer(row)
        assert (answer.clip, answer.question, answer.completion) == (judged.clip, judged.question, judged.completion)
        assert answer.verdict == judged.verdict
        assert index.row(judged.id) == row
        assert bool(index.accepted[row]) == judged.verdict.accepted
        assert index.reasons[index.reason[row]] == tuple(judged.verdict.reasons)


@pytest.mark.parametrize(
    "name", ["", "/", "clips/a#class", "clips/a#class/direct-9", "clips/z#class/direct-0", "x/y/z"]
)
def test_an_id_that_is_none_has_no_row(review: Review, name: str) -> None:
    assert review.index.row(name) is None


def lines_of(run: Path) -> tuple[Path, list[dict[str, object]]]:
    path = next(path for path in sorted(run.glob("completions/*/*.jsonl")) if path.stat().st_size)
    return path, [json.loads(line) for line in path.read_bytes().splitlines()]


def test_of_two_texts_under_one_key_the_one_counts_that_counts_in_the_run(run: Path) -> None:
    path, lines = lines_of(run)
    more = [lines[0] | {"text": f"another text {number}"} for number in range(8)]
    (path.parent / "other.jsonl").write_text("".join(json.dumps(line) + "\n" for line in more), encoding="utf-8")
    index = open_index(run)
    row = index.row(f"{lines[0]['question_id']}/direct-{lines[0]['sample_index']}")
    assert row is not None
    held = [judged for found in answers(Workshop(WorkOrder(run=str(run)))) for judged in found]
    assert AnswerReader(run, index).answer(row).completion.text == held[row].completion.text


def test_torn_lines_are_passed_over_and_an_answer_that_is_gone_is_counted(run: Path) -> None:
    before = open_index(run)
    path, lines = lines_of(run)
    whole = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b'{"event": "completion", "key": \xff\n' + b"".join(whole[1:]))
    index = open_index(run)
    assert (len(index), index.lost) == (len(before) - 1, 1)
    gone = f"{lines[0]['question_id']}/direct-{lines[0]['sample_index']}"
    assert index.row(gone) is None
    reader = AnswerReader(run, index)
    assert [reader.answer(row).id for row in range(len(index))] == [index.id(row) for row in range(len(index))]


def test_a_run_that_was_never_assembled_says_what_to_do(run: Path) -> None:
    (run / "verdicts.parquet").unlink()
    with pytest.raises(UsageError, match="vstar-data assemble"):
        open_index(run)


def test_no_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no run"):
        open_index(tmp_path)


def test_a_run_assembled_meanwhile_does_not_confuse_an_open_review(run: Path, review: Review) -> None:
    row = row_of(review, "a/direct-1")
    before = review.reader.answer(row)
    (run / "verdicts.parquet").replace(run / "old.parquet")
    (run / "verdicts.parquet").write_bytes(b"another file")
    assert review.reader.answer(row) == before
