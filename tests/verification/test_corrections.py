"""What an answer takes back: a choice for another one; and a second word for one person, which takes nothing back."""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.verification import verify

CHOICE: dict[str, Any] = {
    "kind": "qa",
    "question": "What does he put down?",
    "answer": "The towel.",
    "choices": ["The towel.", "The cup.", "The book."],
}
KICK: dict[str, Any] = {"kind": "relation", "subject": "boy", "predicate": "kicking", "object": "ball"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The cup - no, wait, the towel.", True),
        ("The towel - no, wait, the cup.", False),
        ("B. Sorry, A.", True),
        ("A. Sorry, B.", False),
        ("The cup, correction: the towel.", True),
        ("He puts down the cup and the towel.", False),
    ],
)
def test_the_choice_that_another_is_taken_back_for_counts(answer: str, expected: bool) -> None:
    assert verify(answer, [CHOICE], question=CHOICE["question"]).accepted is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The player kicks the ball. He's a boy in blue.", True),
        ("The player kicks the ball while the boy watches.", False),
    ],
)
def test_who_somebody_is_said_to_be_is_nobody_else(answer: str, expected: bool) -> None:
    assert verify(answer, [KICK]).accepted is expected
