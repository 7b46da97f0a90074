"""Answers from a file reach the requests they were made for."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.engines.sample_requests import request
from vstar_data.engines.replay import ReplayEngine
from vstar_data.errors import UsageError
from vstar_data.records import Completion, Failure, Mode

QUESTION = "clips/0#class"


def engine(tmp_path: Path, *rows: Any) -> ReplayEngine:
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return ReplayEngine(file)


def answer(replay: ReplayEngine, **changes: Any) -> Completion | Failure:
    replay.submit(dataclasses.replace(request(0), frames=None, **changes))
    [found] = replay.collect()
    return found


def text(replay: ReplayEngine, **changes: Any) -> str:
    found = answer(replay, **changes)
    assert isinstance(found, Completion), found
    return found.text


def test_a_row_with_all_its_fields(tmp_path: Path) -> None:
    row = {"question_id": QUESTION, "text": "It falls.", "finish_reason": "length", "model": "m@1"}
    found = answer(engine(tmp_path, row | {"prompt_tokens": 7, "completion_tokens": 3, "note": "x"}), seed=9)
    assert isinstance(found, Completion)
    assert (found.key, found.question_id, found.clip_id, found.seed) == ("key-0", QUESTION, "clips/0", 9)
    assert (found.text, found.finish_reason, found.model) == ("It falls.", "length", "m@1")
    assert (found.prompt_tokens, found.completion_tokens) == (7, 3)


def test_the_least_that_a_row_needs(tmp_path: Path) -> None:
    replay = engine(tmp_path, "", {"question_id": QUESTION, "answer": "It falls.", "mode": None, "model": None}, "  ")
    found = answer(replay)
    assert isinstance(found, Completion)
    assert (found.text, found.finish_reason, found.model) == ("It falls.", "stop", replay.fingerprint())


def test_rows_of_a_question_count_from_zero_in_each_mode(tmp_path: Path) -> None:
    rows = [
        {"question_id": QUESTION, "text": "first"},
        {"question_id": QUESTION, "text": "with a hint", "mode": "rationalized"},
        {"question_id": QUESTION, "text": "second"},
        {"question_id": QUESTION, "text": "sixth", "sample_index": 5},
    ]
    replay = engine(tmp_path, *rows)
    assert [text(replay, sample_index=index) for index in (0, 1, 5)] == ["first", "second", "sixth"]
    assert text(replay, mode=Mode.RATIONALIZED) == "with a hint"
    assert isinstance(answer(replay, sample_index=2), Failure)


def test_a_clip_stands_for_its_only_question(tmp_path: Path) -> None:
    replay = engine(tmp_path, {"clip_id": "clips/0", "text": "It falls."})
    assert text(replay) == "It falls."
    assert text(replay) == "It falls."
    other = answer(replay, question_id="clips/0#number")
    assert isinstance(other, Failure)
    assert QUESTION in other.detail


def test_a_clip_and_a_kind_stand_for_a_question(tmp_path: Path) -> None:
    rows = [{"clip_id": "clips/0", "kind": kind, "text": kind} for kind in ("class", "number")]
    replay = engine(tmp_path, *rows)
    assert text(replay) == "class"
    assert text(replay, question_id="clips/0#number") == "number"


def test_a_request_without_a_row_fails_and_says_so(tmp_path: Path) -> None:
    found = answer(engine(tmp_path, {"question_id": "another", "text": "x"}))
    assert isinstance(found, Failure)
    assert found.error == "no_answer"
    assert "answers.jsonl" in found.detail
    assert QUESTION in found.detail


def test_an_empty_answer_is_an_answer(tmp_path: Path) -> None:
    assert text(engine(tmp_path, {"question_id": QUESTION, "text": ""})) == ""


def test_requests_are_answered_in_order(tmp_path: Path) -> None:
    replay = engine(tmp_path, *({"clip_id": f"clips/{number}", "text": str(number)} for number in range(3)))
    for number in (2, 0, 1):
        replay.submit(request(number))
    assert [found.text for found in replay.collect() if isinstance(found, Completion)] == ["2", "0", "1"]
    assert replay.collect() == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("not JSON", "not JSON"),
        ("[1]", "wrong type"),
        ({"question_id": QUESTION}, "has no answer"),
        ({"text": "x"}, "names no question"),
        ({"question_id": 3, "text": "x"}, r"\.question_id"),
        ({"question_id": QUESTION, "text": "x", "mode": "free"}, r"\.mode"),
        ({"question_id": QUESTION, "text": "x", "finish_reason": "eos"}, "finish_reason"),
        ({"question_id": QUESTION, "text": "x", "sample_index": -1}, "negative"),
        ({"clip_id": "a", "kind": "klass", "text": "x"}, "kind"),
        ({"question_id": QUESTION, "text": "x", "sample_index": 0}, "also in line 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        engine(tmp_path, {"question_id": QUESTION, "text": "fine"}, row)
    assert re.search(r"answers\.jsonl:2", str(raised.value))
    assert raised.value.exit_code == 2


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(b'{"question_id": "a", "text": "\xff"}\n')
    with pytest.raises(UsageError, match=r"answers\.jsonl:1"):
        ReplayEngine(file)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.jsonl"):
        ReplayEngine(tmp_path / "nothing.jsonl")


def test_the_fingerprint_follows_the_content(tmp_path: Path) -> None:
    first = engine(tmp_path, {"question_id": QUESTION, "text": "x"}).fingerprint()
    assert re.fullmatch(r"replay:answers\.jsonl@[0-9a-f]{16}", first)
    assert engine(tmp_path, {"question_id": QUESTION, "text": "y"}).fingerprint() != first


def test_no_more_is_held_than_fits(tmp_path: Path) -> None:
    replay = engine(tmp_path)
    for number in range(replay.capacity):
        replay.submit(request(0, seed=number))
    with pytest.raises(ValueError, match="collect first"):
        replay.submit(request(0))
