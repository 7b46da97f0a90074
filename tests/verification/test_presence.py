"""Statements that something is there, and whether a deed comes off, by answers that do not say the statement."""

from __future__ import annotations

import pytest

from vstar_data.verification import verify

CAT = "there is a cat in the room"


def says(answer: str, name: str) -> bool | None:
    """Returns whether an answer is taken to affirm a statement, to deny it, or neither."""
    question = f"Is it true that {name}?"
    outcomes = {
        holds: verify(answer, [{"kind": "boolean", "name": name, "holds": holds}], question=question).accepted
        for holds in (True, False)
    }
    assert not all(outcomes.values())
    return next((holds for holds, accepted in outcomes.items() if accepted), None)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("I can see a cat.", True),
        ("A cat is lying on the bed.", True),
        ("The room contains a cat.", True),
        ("A cat walks through the room.", True),
        ("There is a black cat on the sofa.", True),
        ("No cat is visible.", False),
        ("Only a dog can be seen.", False),
        ("The room is empty.", False),
        ("The cat is outside, at the window.", False),
        ("The room holds a sofa, a table and a lamp. A cat isn't among them.", False),
        ("A cat appears, but only in a photograph on the wall.", False),
        ("It is hard to tell.", None),
        ("A woman reads a book.", None),
    ],
)
def test_a_thing_is_there_where_it_is_shown(answer: str, expected: bool | None) -> None:
    assert says(answer, CAT) is expected


@pytest.mark.parametrize(
    ("answer", "name", "expected"),
    [
        ("Somebody stands on the bridge.", "there is a person on the bridge", True),
        ("A man is walking across the bridge.", "there is a person on the bridge", True),
        ("Nobody is on it.", "there is a person on the bridge", False),
        ("The bridge is deserted.", "there is a person on the bridge", False),
        ("A tree stands in front of the house.", "there is a tree behind the house", False),
        ("A blue car is parked.", "there is a red car", None),
        ("A red car is parked.", "there is a red car", True),
        ("Two dogs run around.", "there are two dogs", True),
        ("One dog runs around.", "there are two dogs", None),
    ],
)
def test_what_it_is_and_where_it_is_count(answer: str, name: str, expected: bool | None) -> None:
    assert says(answer, name) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("He manages it at the second try.", True),
        ("He succeeds.", True),
        ("He has a go but can't get it off the floor.", False),
        ("He tries to, without success.", False),
        ("He fails.", False),
        ("He rests on a bench.", None),
    ],
)
def test_a_deed_comes_off_or_not(answer: str, expected: bool | None) -> None:
    assert says(answer, "the man lifts the barbell") is expected
