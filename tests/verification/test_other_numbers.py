"""Numbers of something else than what is counted, and people that an answer lists one by one."""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.verification import verify


def number(name: str, value: float, tolerance: float = 0.0) -> dict[str, Any]:
    return {"kind": "number", "name": name, "value": value, "tolerance": tolerance}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Two men and two women.", True),
        ("A man, a woman and two children.", True),
        ("A couple with their two kids.", True),
        ("Three adults and a baby.", True),
        ("Three adults and two babies.", False),
        ("A quartet of musicians.", False),
        ("A family of four.", True),
        ("Four dogs and a man.", False),
        ("Two men and two women watch a group of 12 dancers.", False),
        ("Four people: a man and three women.", True),
    ],
)
def test_the_people_of_a_list_add_up(answer: str, expected: bool) -> None:
    verdict = verify(answer, [number("number of people", 4)], question="How many people are in the video?")
    assert verdict.accepted is expected


@pytest.mark.parametrize(
    ("answer", "name", "value", "question", "expected"),
    [
        ("The difficulty is 83.", "dive score", 83.25, "What score does the dive get?", False),
        ("The score is 83.", "dive score", 83.25, "What score does the dive get?", True),
        ("He does twelve sit-ups.", "number of push-ups", 12, "How many push-ups does he do?", False),
        ("He does twelve push-ups.", "number of push-ups", 12, "How many push-ups does he do?", True),
        ("Two boxes are missing.", "boxes left on the shelf", 2, "How many boxes are left on the shelf?", False),
        ("He takes two of the five boxes.", "boxes left on the shelf", 2, "How many boxes are left?", False),
        ("Two boxes are still there.", "boxes left on the shelf", 2, "How many boxes are left on the shelf?", True),
        ("He takes three of the five, so two remain.", "boxes left", 2, "How many boxes are left?", True),
    ],
)
def test_another_number_is_not_the_one(answer: str, name: str, value: float, question: str, expected: bool) -> None:
    assert (
        verify(answer, [number(name, value, 1.0 if "score" in name else 0.0)], question=question).accepted is expected
    )
