"""The verifier as a reward, on the columns that trl-grpo exports."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exporting.samples import dataset_of, rows_of, write
from vstar_data.exporting.rewards import verified


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("rewards")
    write(dataset_of(folder / "published"), folder / "rows.jsonl", "trl-grpo")
    return {row["id"]: row for row in rows_of(folder / "rows.jsonl")}


def reward(row: dict[str, Any], *completions: Any) -> list[float]:
    """Calls the reward as the trainer does: each column once a completion, and what else it passes."""
    columns = {name: [value] * len(completions) for name, value in row.items() if name != "prompt"}
    prompts = [row["prompt"]] * len(completions)
    return verified(prompts=prompts, completions=list(completions), completion_ids=[[1]] * len(completions), **columns)


def test_right_and_wrong_answers(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["circus/a#0"]
    right, wrong = "The person is juggling.", "The person is riding a unicycle."
    assert reward(row, right, wrong, "", "It is not juggling.") == [1.0, 0.0, 0.0, 0.0]
    assert reward(rows["circus/a#1"], "There are 3 balls.", "There are 7 balls.") == [1.0, 0.0]


def test_conversations_and_parts_are_read_as_texts(rows: dict[str, dict[str, Any]]) -> None:
    said = "The person is juggling."
    turn = [{"role": "assistant", "content": said}]
    parts = [{"role": "assistant", "content": [{"type": "text", "text": said}]}]
    assert reward(rows["circus/a#0"], turn, parts, []) == [1.0, 1.0, 0.0]


def test_a_thought_is_not_judged(rows: dict[str, dict[str, Any]]) -> None:
    right = "<think>Is it riding a unicycle? No.</think>The person is juggling."
    wrong = "<think>It is juggling.</think>The person is riding a unicycle."
    assert reward(rows["circus/a#0"], right, wrong) == [1.0, 0.0]
