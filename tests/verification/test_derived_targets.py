"""Targets that questions derive from labels, under `strict`: natural answers are accepted, their twins are not.

The wordings of the questions are those of the bank.
"""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.questions import derived_wordings as wordings
from vstar_data.questions.asking import filled
from vstar_data.verification import verify

from .cases import OPTIONS
from .step_cases import STEP_CASES, LabelDict
from .thing_cases import THING_CASES

CASES = STEP_CASES | THING_CASES
BOXES = {"box": "[0.1, 0.2, 0.4, 0.6]", "time": "1", "other": "[0.3, 0.2, 0.6, 0.7]", "later": "3"}
RELEASE = {"kind": "timestamp", "name": "the ball is released", "time": 2.4, "tolerance": 0.5}

SAME = (
    *("Yes.", "Yes, they show the same object.", "They show the same object.", "It is one and the same cup."),
    *(
        "Both boxes contain the same cup.",
        "Both boxes contain the cup.",
        "They are not different objects.",
        "It's the same.",
    ),
    *("The objects in the two boxes are identical.", "Yes: the person has moved the cup from the left to the right."),
    "The first box shows the cup and the second box shows the cup.",
)
DIFFERENT = (
    *(
        "No.",
        "No, they show different objects.",
        "They show different objects.",
        "The objects differ.",
        "Not the same.",
    ),
    *("The two boxes do not show the same object.", "The second box shows another object.", "They are not identical."),
    *("The first box shows a cup and the second shows a door.", "No, the first box contains a cup, the second a book."),
    "The first box shows a cup. The second box shows a laptop.",
)
NEITHER = (
    *("Maybe.", "I cannot tell.", "It is unclear whether they show the same object.", "The first box shows a cup."),
    *("They might be the same or not.", "Both boxes contain a cup.", "Both boxes are large."),
    *(
        "The first box shows a man and the second box shows a person.",
        "The first box is large and the second is small.",
    ),
    *("The first box shows the left half and the second the right half.", "In another frame the person leaves."),
)


def same(holds: bool) -> LabelDict:
    return {"kind": "boolean", "name": "the two boxes show the same object", "holds": holds}


LISTED = [
    pytest.param(question, labels, more, answer, accepted, id=f"{name}: {answer[:40]}")
    for name, (question, labels, more, right, wrong) in CASES.items()
    for accepted, answers in ((True, right), (False, wrong))
    for answer in answers
]


@pytest.mark.parametrize(("question", "labels", "more", "answer", "accepted"), LISTED)
def test_an_answer(question: str, labels: list[LabelDict], more: dict[str, Any], answer: str, accepted: bool) -> None:
    assert set(more) <= set(OPTIONS)
    verdict = verify(answer, labels, question=question, **more)
    assert verdict.accepted is accepted, verdict


@pytest.mark.parametrize("wording", wordings.SAME_OBJECT)
def test_whether_two_boxes_show_the_same_object(wording: str) -> None:
    question = filled(wording, **BOXES)
    for answers, right in ((SAME, (True,)), (DIFFERENT, (False,)), (NEITHER, ())):
        for answer in answers:
            for holds in (True, False):
                verdict = verify(answer, [same(holds)], question=question)
                assert verdict.accepted is (holds in right), (answer, holds)


BANKS: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "after": (wordings.AFTER, {"step": "forward take-off"}, "after, somersaults"),
    "before": (wordings.BEFORE, {"step": "entry"}, "before, somersaults"),
    "sequence": (wordings.SEQUENCE, {}, "sequence"),
    "assessment": (
        wordings.ASSESSMENT,
        {"numbers": "the difficulty and the dive score (between 0 and 110)"},
        "assessment",
    ),
    "object_in_box": (wordings.OBJECT_IN_BOX, {"box": "[0.1, 0.2, 0.4, 0.6]", "time": "2"}, "object in a box"),
    "between": (wordings.BETWEEN, {"start": "3.2", "end": "7.9"}, "between"),
    "support": (
        wordings.SUPPORT,
        {"question": "Which object was opened by the person?", "answer": "The door"},
        "support, named as a question",
    ),
    "box": (wordings.BOX, {"name": "cup/glass/bottle", "time": "2"}, "box"),
    "relation": (wordings.RELATION, {"subject": "person", "object": "broom"}, "relation"),
    "relations": (wordings.RELATIONS, {"subject": "person", "object": "cup/glass/bottle"}, "relations"),
}


@pytest.mark.parametrize("bank", list(BANKS))
def test_every_wording_of_a_bank_lets_the_answers_be_judged_alike(bank: str) -> None:
    texts, values, name = BANKS[bank]
    _, labels, more, right, wrong = CASES[name]
    for text in texts:
        question = filled(text, **values)
        for accepted, answers in ((True, right), (False, wrong)):
            for answer in answers:
                verdict = verify(answer, labels, question=question, **more)
                assert verdict.accepted is accepted, (question, answer, verdict)


@pytest.mark.parametrize("text", wordings.TIMESTAMP)
def test_the_moment_of_an_event(text: str) -> None:
    question = filled(text, name="the ball is released")
    for answer in ("At 2.4 seconds.", "2.5 s", "The ball is released at about 2.3 seconds.", "The moment is 0:02."):
        assert verify(answer, [RELEASE], question=question, duration=10.0).accepted, answer
    for answer in ("At 5 seconds.", "The ball is released.", "At frame 2.", "At 2.4 s it is caught, at 5 s released."):
        assert not verify(answer, [RELEASE], question=question, duration=10.0).accepted, answer


@pytest.mark.parametrize("text", wordings.BOOLEAN)
@pytest.mark.parametrize("holds", [True, False])
def test_whether_a_statement_holds(text: str, holds: bool) -> None:
    label = {"kind": "boolean", "name": "the person finishes the race", "holds": holds}
    question = filled(text, name="the person finishes the race")
    for answer in ("Yes.", "Yes, the person finishes the race.", "The person finishes the race.", "True."):
        assert verify(answer, [label], question=question).accepted is holds, answer
    for answer in ("No.", "The person does not finish the race.", "False.", "No, the person gives up before the end."):
        assert verify(answer, [label], question=question).accepted is not holds, answer
