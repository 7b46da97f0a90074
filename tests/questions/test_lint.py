"""The lint: what a question gives away of its target, and what it may well show."""

from __future__ import annotations

import pytest

from vstar_data.questions.lint import leaked
from vstar_data.records import BooleanLabel, ClassLabel, NumberLabel, QALabel, SegmentLabel

GUITAR = ClassLabel(name="playing guitar", aliases=("guitar_solo",))


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Is someone Playing Guitar here?", "playing guitar"),
        ("Who is playing-guitar?", "playing guitar"),
        ("Is this a guitar solo?", "guitar_solo"),
        ("Is someone playing the guitar here?", None),
        ("Is someone displaying guitars?", None),
        ("What is happening in this video?", None),
    ],
)
def test_a_class_may_not_be_named(text: str, leak: str | None) -> None:
    assert leaked(text, GUITAR) == leak


@pytest.mark.parametrize(
    ("question", "answer", "leak"),
    [
        ("Where does the man put the towel?", "The towel.", "The towel."),
        ("What is under the TABLE?", "table", "table"),
        ("What is on the tables?", "table", None),
        ("Is the light on? Yes?", "yes", None),
        ("There is no light, is there?", "No.", None),
        ("Is it true that he falls?", "True", None),
        ("Is the car red or blue?", "blue", None),
        ("Is this an oriental garden?", "garden", "garden"),
        ("How many of the 3 balls fall?", "3", "3"),
        ("What falls?", "???", None),
    ],
)
def test_an_answer_may_not_stand_in_its_question(question: str, answer: str, leak: str | None) -> None:
    assert leaked(f"Watch the video. {question}", QALabel(question=question, answer=answer)) == leak


def test_another_spelling_of_the_answer_gives_it_away_too() -> None:
    label = QALabel(question="Where is the couch?", answer="The sofa.", aliases=("the couch",))
    assert leaked(label.question, label) == "the couch"


def test_choices_show_the_answer_among_others() -> None:
    label = QALabel(question="What is red?", answer="The car.", choices=("The car.", "The bus."))
    assert leaked("What is red? (A) The car. (B) The bus.", label) is None


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Give the score between 0 and 100.", "100"),
        ("Give the score between 0 and 100.0 points.", "100"),
        ("Give the score between 0 and 1000.", None),
        ("Give the score between 0 and 100.5.", None),
        ("Give the score on the scale v100.", None),
        ("Give the score of jump 100 here.", None),
    ],
)
def test_a_number_may_not_be_shown(text: str, leak: str | None) -> None:
    name = "score of jump 100" if "jump" in text else "score"
    assert leaked(text, NumberLabel(name=name, value=100.0)) == leak


def test_a_negative_number_is_told_from_a_range() -> None:
    assert leaked("Give a number above -5.", NumberLabel(name="x", value=-5.0)) == "-5"
    assert leaked("Give a number in 3-5.", NumberLabel(name="x", value=-5.0)) is None


def test_the_times_of_a_segment_may_not_both_be_shown() -> None:
    label = SegmentLabel(name="door opens", start=3.2, end=7.0)
    assert leaked("Does the door open from 3.2 to 7 seconds?", label) == "3.2 to 7"
    assert leaked("Does the door open after 3.2 seconds?", label) is None


def test_kinds_without_a_secret_leak_nothing() -> None:
    assert leaked("Are the two the same?", BooleanLabel(name="are the two the same", holds=True)) is None
