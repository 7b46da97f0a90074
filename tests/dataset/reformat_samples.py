"""Clips with labels of every kind and accepted answers to all their questions, for the tests of other styles."""

from __future__ import annotations

from vstar_data.dataset import Judged
from vstar_data.generation.judging import Judge, also_true
from vstar_data.generation.prompts import hint
from vstar_data.questions.bank import questions_of
from vstar_data.questions.rivals import rival_names
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Clip,
    Completion,
    Label,
    Mode,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    Verdict,
)
from vstar_data.verification.settings import VerificationSettings

DURATION = 12.0
_ACTIONS = ("playing guitar", "folding clothes", "riding a bike", "jogging", "running", "baking bread")
_STEPS = ("forward take-off", "reverse take-off", "one and a half twists", "two and a half somersaults", "entry")
_DOING = ("crossing the room", "pouring milk", "reading a book")


def labels_of(number: int) -> tuple[Label, ...]:
    """Labels of every kind, other ones for each number."""
    return (
        ClassLabel(name=_ACTIONS[number % 6], aliases=("guitar playing",) if number % 6 == 0 else ()),
        SequenceLabel(steps=(_STEPS[number % 2], _STEPS[2 + number % 2], "entry")),
        NumberLabel(name="dive score", value=83.25 - 9.5 * number, minimum=0, maximum=120, tolerance=5),
        NumberLabel(name="height", value=100.0 + 20 * number, unit="cm"),
        TimestampLabel(name="the ball is released", time=1.4 + 1.5 * number),
        SegmentLabel(name="a person opens the door", start=1.2 + number, end=3.9 + number),
        SegmentLabel(name=f"a person is {_DOING[number % 3]}", start=7.0 - number, end=9.5 - number),
        SegmentLabel(name="What did the person open?", start=3.0, end=8.0),
        BoxLabel(name="cup", time=2.0, box=(0.1 * number, 0.2, 0.3 + 0.1 * number, 0.6), track="o1"),
        BoxLabel(name="cup", time=5.0, box=(0.12, 0.2, 0.42, 0.6), track="o1"),
        BoxLabel(name=("towel", "sandwich", "book")[number % 3], time=5.0, box=(0.5, 0.5, 0.9, 0.9), track="o2"),
        QALabel(question="What did the person open?", answer="The door.", choices=("The door.", "The box.", "A bag.")),
        QALabel(question="What color is the shirt?", answer=("red", "dark blue", "navy blue", "white")[number % 4]),
        QALabel(question="Is the person indoors?", answer=("yes", "no")[number % 2]),
        QALabel(question="How many people are there?", answer=str(1 + number % 4)),
        RelationLabel(subject="person", predicate=("holding", "standing_on", "beside")[number % 3], object="chair"),
        BooleanLabel(name="the light is on", holds=bool(number % 2)),
        CaptionLabel(text="someone opens a door"),
    )


CLIPS = [
    Clip(id=f"films/{number}", video=f"{number}.mp4", labels=labels_of(number), source="films") for number in range(6)
]


def judge() -> Judge:
    """Judges by `strict`, without a parser that may be installed."""
    return Judge(VerificationSettings(parser=False), rival_names(CLIPS))


def completion(question: Question, text: str, **fields: object) -> Completion:
    """A direct answer to a question."""
    values = {
        "key": f"{question.id}-direct-0",
        "question_id": question.id,
        "clip_id": question.clip_id,
        "mode": Mode.DIRECT,
        "sample_index": 0,
        "seed": 7,
        "text": text,
        "finish_reason": "stop",
        "prompt_tokens": 90,
        "completion_tokens": 12,
        "model": "tiny-model@0123abcd",
        **fields,
    }
    return Completion(**values)  # type: ignore[arg-type]


def accepted(clip: Clip, question: Question, text: str, **fields: object) -> Judged:
    """An accepted answer, whatever its text."""
    return Judged(
        question=question,
        clip=clip,
        completion=completion(question, text, **fields),
        verdict=Verdict(accepted=True),
        also_true=also_true(question, clip),
        duration=DURATION,
    )


def questions(clip: Clip) -> list[Question]:
    """All questions of a clip that can be asked."""
    return [one for one in questions_of(clip, QuestionSettings()) if isinstance(one, Question)]


def told(question: Question) -> str:
    """A rationale that ends in the answer."""
    targets = ". ".join(hint(target) for target in question.targets)
    return f"A camera stands in a corner, and slowly the scene unfolds. {targets}."
