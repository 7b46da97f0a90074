"""Whose a relation or a box is by its words, and boxes in the pixels of a frame."""

from __future__ import annotations

import pytest

from vstar_data.verification.coordinates import boxes
from vstar_data.verification.kinds.bindings import side_of, sided
from vstar_data.verification.kinds.box_words import contrary
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.relation_doers import leading, said_of_another
from vstar_data.verification.text import tokens_of


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("A man catches the ball.", "man"),
        ("The ball which a man catches is red.", "man"),
        ("The ball is caught.", None),
        ("He jumps and catches the ball.", None),
    ],
)
def test_what_leads_to_a_verb_is_the_noun_before_it(answer: str, expected: str | None) -> None:
    text = tokens_of(answer)
    at = leading(text, said(text, ("catching ball",))[0])
    assert (None if at is None else text.tokens[at].word) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The dog catches the ball.", False),
        ("The dog near the man catches the ball.", False),
        ("A man with a dog catches the ball.", True),
        ("A man runs and catches the ball next to his dog.", True),
    ],
)
def test_a_thing_said_of_another_is_not_said_of_it(answer: str, expected: bool) -> None:
    text = tokens_of(answer)
    assert said_of_another(text, said(text, ("catching ball",))[0], frozenset({"dog"})) is expected


def test_sides_are_read_however_they_are_put() -> None:
    assert side_of("to the left of") == side_of("left of") == "left"
    assert side_of("behind") is None
    for words in ("left of the ball", "to the left of the ball", "on the left-hand side of the ball"):
        text = tokens_of(f"The cup is {words}.")
        assert len(sided(text, "left", "ball")) == 1
        assert not sided(text, "right", "ball")
        assert not sided(text, "left", "cup")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("The blue car", True), ("The red car", False), ("The car", False), ("The blue car and the red one", False)],
)
def test_another_colour_is_another_thing(answer: str, expected: bool) -> None:
    assert contrary("red car", tokens_of(answer), 0, len(answer)) is expected


@pytest.mark.parametrize(
    "answer",
    [
        "In a 1920x1080 frame: [384, 324, 960, 756]",
        "[128, 144, 320, 336], image size: 640 x 480",
        "[200, 300, 500, 700]",
        "[0.2, 0.3, 0.5, 0.7] of the 1920x1080 frame",
        "<box>(200,300),(500,700)</box> of the 1920x1080 frame",
        "x from 0.2 to x=0.5, y from 0.3 to 0.7",
    ],
)
def test_pixels_are_read_where_the_frame_has_a_size(answer: str) -> None:
    found = boxes(answer)
    assert [round(edge, 3) for edge in found[0].box] == [0.2, 0.3, 0.5, 0.7]


def test_a_size_that_is_not_the_frames_changes_nothing() -> None:
    assert boxes("It measures 300 x 400 px; [200, 300, 500, 700]")[-1].box == (0.2, 0.3, 0.5, 0.7)
