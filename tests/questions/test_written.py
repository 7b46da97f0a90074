"""Questions that a model wrote: cleaned, linted, and asked in place of the bank's or beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.questions.bank import questions_of
from vstar_data.questions.settings import QuestionSettings
from vstar_data.questions.written import WrittenQuestions, cleaned
from vstar_data.records import ClassLabel, Clip, NumberLabel, Question, SequenceLabel

LIST = """<think>I need questions.
What is this?</think>
Sure! Here are some questions:

1. What is the person doing?
2) "Which activity can be seen?"
- **Describe what happens in this clip.**
(4) what is the person doing
4. What is the person doing?
Q5: How would you name this?
Question 6: Which sport? Or is it a game?
I hope these help.
Short?
"""


def test_a_list_of_questions_is_freed_of_all_around_them() -> None:
    assert cleaned(LIST) == (
        "What is the person doing?",
        "Which activity can be seen?",
        "Describe what happens in this clip.",
        "How would you name this?",
    )


@pytest.mark.parametrize(
    "text", ["", "I cannot help with that.", "What\x07 is this thing here?", "?" * 50, "W" * 400 + "?"]
)
def test_what_is_no_question_is_dropped(text: str) -> None:
    assert cleaned(text) == ()


@given(st.text())
def test_any_text_gives_questions_that_stay_as_they_are_when_cleaned_again(text: str) -> None:
    for question in cleaned(text):
        assert cleaned(question) == (question,)


CLIP = Clip(
    id="s/a",
    video="a.mp4",
    source="s",
    labels=(
        ClassLabel(name="juggling"),
        NumberLabel(name="score", value=60.8, minimum=0, maximum=120, tolerance=5),
        SequenceLabel(steps=("throw", "catch")),
    ),
)


def asked(written: WrittenQuestions, *kinds: str) -> dict[str, Question]:
    made = questions_of(CLIP, QuestionSettings(kinds=kinds), written)
    return {question.id: question for question in made if isinstance(question, Question)}


def test_the_wordings_for_a_source_take_the_place_of_the_banks_unless_all_have_a_fault() -> None:
    pool = ("Is it juggling that we see?", "What is the person up to?")
    (question,) = asked(WrittenQuestions("m@1", {"s": pool}), "class").values()
    assert (question.text, question.origin) == ("What is the person up to?", "written:m@1/1")
    (question,) = asked(WrittenQuestions("m@1", {"s": pool[:1]}), "class").values()
    assert question.origin.startswith("bank:class/")
    (question,) = asked(WrittenQuestions("m@1", {"t": pool}), "class").values()
    assert question.origin.startswith("bank:class/")


def test_questions_about_a_clip_come_on_top_with_the_same_targets_and_without_those_with_a_fault() -> None:
    of_clip = {
        "s/a#class": ("Which circus skill is shown?", "Is he juggling?"),
        "s/a#number": ("What does it score from 1 to 10?", "What does it score from 0 to 120?", "Does it score 62?"),
        "s/a#sequence": ("What follows the throw?", "What is done, in order?"),
    }
    made = asked(WrittenQuestions("m@1", {}, of_clip), "class", "number", "sequence")
    assert list(made) == [
        "s/a#class",
        "s/a#class-w1",
        "s/a#number",
        "s/a#number-w2",
        "s/a#sequence",
        "s/a#sequence-w2",
    ]
    for question_id, question in made.items():
        assert question.targets == made[question_id.partition("-")[0]].targets
        assert question.asks == made[question_id.partition("-")[0]].asks
    assert made["s/a#number-w2"].origin == "written:m@1/0"
