"""The lint: what a question gives away of its target, and what it may well show."""

from __future__ import annotations

import pytest

from vstar_data.questions.lint import fault, leaked, off_scale
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    ClassLabel,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

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
        ("Give the score between 0 and 100.5.", "100.5"),
        ("Give the score between 0 and 106.", None),
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


def test_a_number_that_would_pass_is_a_leak_also_as_the_end_of_a_scale() -> None:
    label = NumberLabel(name="dive score", value=95.0, minimum=0, maximum=100, tolerance=9.5)
    assert leaked("On a scale from 0 to 100, what is the dive score?", label) == "100"
    assert leaked("On a scale from 0 to 105, what is the dive score?", label) is None


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("What is the score on a scale of 1 to 10?", "the scale 1 to 10"),
        ("What is the score from 1 to 100?", "the scale 1 to 100"),
        ("Rate the score between 0 and 120.", None),
        ("Rate the score from 0-120.", None),
        ("How many points out of 10 does it get?", "the scale to 10"),
        ("How many points out of 120 does it get?", None),
        ("On a 0 to 10 scale, how good is it?", "the scale 0 to 10"),
        ("What is the score?", None),
    ],
)
def test_a_scale_that_is_not_the_labels_is_a_fault(text: str, scale: str | None) -> None:
    label = NumberLabel(name="dive score", value=60.8, minimum=0, maximum=120, tolerance=5)
    assert off_scale(text, label) == scale
    assert fault(text, label) == scale


def test_without_a_scale_of_its_own_a_value_must_lie_on_the_offered_one() -> None:
    label = NumberLabel(name="score", value=60.8)
    assert off_scale("From 1 to 10, what is the score?", label) == "the scale 1 to 10"
    assert off_scale("From 1 to 100, what is the score?", label) is None
    assert off_scale("From 1 to 10?", ClassLabel(name="60.8")) is None


@pytest.mark.parametrize(
    ("text", "label", "leak"),
    [
        ("What follows the reverse take-off?", SequenceLabel(steps=("reverse take-off", "entry")), "reverse take-off"),
        ("Which steps are there?", SequenceLabel(steps=("reverse take-off", "entry")), None),
        ("Is he holding it?", RelationLabel(subject="he", predicate="holding", object="it"), "holding"),
        ("Who stands in front of it?", RelationLabel(subject="a", predicate="in_front_of", object="b"), "in_front_of"),
        ("When, around 2.2 s, is it thrown?", TimestampLabel(name="it is thrown", time=2.4, tolerance=0.5), "2.2"),
        ("When, around 1 s, is it thrown?", TimestampLabel(name="it is thrown", time=2.4, tolerance=0.5), None),
        ("Is the cup at [0.1, 0.2, 0.4, 0.6]?", BoxLabel(name="cup", time=2, box=(0.1, 0.2, 0.4, 0.6)), "[0.1, 0.2"),
        ("Where is the cup at 0.1 s?", BoxLabel(name="cup", time=0.1, box=(0.1, 0.2, 0.4, 0.6)), None),
    ],
)
def test_the_other_kinds_have_their_secrets_too(text: str, label: object, leak: str | None) -> None:
    found = leaked(text, label)  # type: ignore[arg-type]
    assert found == leak or (leak is not None and found is not None and found.startswith(leak))
