"""The bank of wordings, and the questions that a clip's labels make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.questions import derived_wordings, wordings
from vstar_data.questions.bank import LeakingQuestion, questions_of
from vstar_data.questions.lint import leaked
from vstar_data.questions.settings import ASKED_KINDS, QuestionSettings
from vstar_data.records import (
    ASKABLE,
    CaptionLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    Question,
    SegmentLabel,
    SequenceLabel,
    kind_of,
)

BANKS = ("CLASS", "CLASSES", "QA", "QA_WITH_CHOICES", "NUMBER", "SEGMENT")
LATER_BANKS = tuple(name for name in vars(derived_wordings) if name.isupper())
FIRST_KINDS = ("class", "qa", "number", "segment")
ORDINARY: dict[str, tuple[Label, ...]] = {
    "CLASS": (ClassLabel(name="playing guitar"),),
    "CLASSES": (ClassLabel(name="playing guitar"), ClassLabel(name="singing")),
    "QA": (QALabel(question="What did the person open?", answer="The window."),),
    "QA_WITH_CHOICES": (QALabel(question="What was opened?", answer="The box.", choices=("The box.", "The bag.")),),
    "NUMBER": (NumberLabel(name="dive score", value=83.25, minimum=0, maximum=110),),
    "SEGMENT": (SegmentLabel(name="person opens the door", start=3.2, end=7.9),),
}


def clip(labels: Sequence[Label], clip_id: str = "s/a") -> Clip:
    return Clip(id=clip_id, video="a.mp4", labels=tuple(labels))


def asked(labels: Sequence[Label], clip_id: str = "s/a", **settings: Any) -> list[Question]:
    made = list(questions_of(clip(labels, clip_id), QuestionSettings(**{"kinds": FIRST_KINDS, **settings})))
    assert all(isinstance(question, Question) for question in made), made
    return [question for question in made if isinstance(question, Question)]


def texts_over_many_clips(labels: Sequence[Label], clips: int = 400) -> set[str]:
    return {asked(labels, f"s/{number}")[0].text for number in range(clips)}


@pytest.mark.parametrize("bank", [*BANKS, *LATER_BANKS])
def test_a_bank_has_at_least_twelve_wordings_that_differ(bank: str) -> None:
    texts = getattr(wordings, bank, None) or getattr(derived_wordings, bank)
    assert len(texts) >= 12
    assert len({text.lower().strip(" ?.!") for text in texts}) == len(texts)


@pytest.mark.parametrize("bank", BANKS)
def test_every_wording_of_a_bank_is_used_and_filled(bank: str) -> None:
    labels = ORDINARY[bank]
    texts = texts_over_many_clips(labels)
    assert len(texts) == len(getattr(wordings, bank))
    for text in texts:
        assert not set("{}\0") & set(text)
        assert "  " not in text
        assert text.endswith((".", "?")) or bank in ("SEGMENT", "QA_WITH_CHOICES")
        assert all(leaked(text, label) is None for label in labels)


def test_the_wording_depends_on_the_clip_alone() -> None:
    (first,) = asked(ORDINARY["CLASS"])
    (again,) = asked(ORDINARY["CLASS"])
    (other_label,) = asked([ClassLabel(name="singing")])
    assert first == again
    assert first.text == other_label.text


def test_a_stored_wording_stays_what_it_was() -> None:
    # Runs keep their questions, but a new run over the same clips should ask the same: the choice is no accident.
    assert asked(ORDINARY["CLASS"], "kinetics/-0pU8Tcw64E_000010_000020")[0].origin == "bank:class/12"


@pytest.mark.parametrize(
    "name",
    ["{name}", "a {braced} thing", "}{", "{0} {scale} {question}", "100 % \\d+ \\1 %s", "naïve 日本語 🙂", "a\nb"],
)
@pytest.mark.parametrize("kind", ["number", "segment", "qa"])
def test_odd_text_in_a_label_survives(kind: str, name: str) -> None:
    labels: dict[str, Label] = {
        "number": NumberLabel(name=name, value=7.5, minimum=0, maximum=10, unit="{name}"),
        "segment": SegmentLabel(name=name, start=1.5, end=2.5),
        "qa": QALabel(question=name, answer="left", choices=("left", "{choices}{question}")),
    }
    for number in range(30):
        (question,) = asked([labels[kind]], f"s/{number}")
        assert name in question.text
        if kind == "qa":
            assert "(A) left (B) {choices}{question}" in question.text


@given(st.text(min_size=1).filter(str.strip))
def test_any_name_makes_a_question_or_is_told(name: str) -> None:
    for label in (ClassLabel(name=name), SegmentLabel(name=name, start=0.0, end=1.0)):
        for made in questions_of(clip([label]), QuestionSettings()):
            if isinstance(made, LeakingQuestion):
                assert made.kind in ("class", "between")
                assert made.leak == name
            else:
                assert all(leaked(made.text, target) is None for target in made.targets)


def test_the_class_labels_of_a_clip_make_one_question() -> None:
    labels = (ClassLabel(name="playing guitar"), ClassLabel(name="singing"), ClassLabel(name="singing", aliases=("s",)))
    (question,) = asked(labels)
    assert [target.name for target in question.targets if isinstance(target, ClassLabel)] == [
        "playing guitar",
        "singing",
    ]
    assert question.asks == (("name",), ("name",))
    assert question.origin.startswith("bank:classes/")
    assert question.text in wordings.CLASSES


def test_each_qa_number_and_name_of_a_segment_makes_one_question() -> None:
    labels: tuple[Label, ...] = (
        QALabel(question="What is red?", answer="The car."),
        SegmentLabel(name="door opens", start=1.0, end=2.0),
        SegmentLabel(name="door opens", start=5.0, end=6.0),
        SegmentLabel(name="door closes", start=3.0, end=4.0),
        QALabel(question="What is blue?", answer="The sky."),
        NumberLabel(name="score", value=3.0),
        ClassLabel(name="parking"),
        SequenceLabel(steps=("a", "b")),
        CaptionLabel(text="a car"),
    )
    questions = asked(labels)
    assert [question.id for question in questions] == [
        "s/a#class",
        "s/a#qa",
        "s/a#qa-2",
        "s/a#number",
        "s/a#segment",
        "s/a#segment-2",
    ]
    assert all(question.clip_id == "s/a" for question in questions)
    assert [question.targets for question in questions[1:3]] == [(labels[0],), (labels[4],)]
    assert [question.targets for question in questions[4:]] == [(labels[1],), (labels[3],)]
    assert [question.asks for question in questions] == [
        (("name",),),
        (("answer",),),
        (("answer",),),
        (("value",),),
        (("time",),),
        (("time",),),
    ]


@pytest.mark.parametrize("bank", BANKS)
def test_what_is_asked_can_be_asked_of_its_kind(bank: str) -> None:
    (question,) = asked(ORDINARY[bank])
    for target, fields in zip(question.targets, question.asks, strict=True):
        assert fields
        assert set(fields) <= set(ASKABLE[kind_of(target)])


def test_only_the_kinds_of_the_settings_are_asked_about() -> None:
    labels = tuple(label for bank in ("CLASS", "QA", "NUMBER", "SEGMENT") for label in ORDINARY[bank])
    for kind in FIRST_KINDS:
        assert [question.id for question in asked(labels, kinds=(kind,))] == [f"s/a#{kind}"]
    assert asked(labels, kinds=()) == []
    assert set(FIRST_KINDS) < set(ASKED_KINDS)
    with pytest.raises(ValueError, match="caption"):
        QuestionSettings(kinds=("class", "caption"))


def test_a_scale_is_told_with_its_unit() -> None:
    label = NumberLabel(name="length", value=7.5, minimum=0, maximum=110, unit="metres")
    assert any("between 0 and 110 metres" in text for text in texts_over_many_clips([label]))
    assert all(" in metres" in text for text in texts_over_many_clips([NumberLabel(name="x", value=1, unit="metres")]))


@pytest.mark.parametrize("value", [0.0, 110.0])
def test_a_number_at_the_end_of_its_scale_is_asked_without_the_scale(value: float) -> None:
    label = NumberLabel(name="dive score", value=value, minimum=0, maximum=110)
    for text in texts_over_many_clips([label]):
        assert "110" not in text
        assert leaked(text, label) is None


def test_choices_are_all_shown_also_past_the_letter_z() -> None:
    choices = tuple(f"thing number {number}" for number in range(30))
    (question,) = asked([QALabel(question="Which one?", answer=choices[29], choices=choices)])
    assert "(Z) thing number 25 (AA) thing number 26" in question.text
    assert "(AD) thing number 29" in question.text


def test_another_wording_is_taken_where_one_leaks() -> None:
    label = ClassLabel(name="the scene")
    texts = texts_over_many_clips([label])
    assert "What is going on in the scene?" not in texts
    assert len(texts) == len(wordings.CLASS) - 1


@pytest.mark.parametrize(
    ("label", "kind", "leak"),
    [
        (QALabel(question="Where is the red car?", answer="Red"), "qa", "Red"),
        (ClassLabel(name="x", aliases=("video", "clip", "scene", "recorded")), "class", ""),
    ],
)
def test_a_label_that_leaks_in_every_wording_is_told(label: Label, kind: str, leak: str) -> None:
    (made,) = questions_of(clip([label]), QuestionSettings())
    assert isinstance(made, LeakingQuestion)
    assert (made.clip_id, made.kind) == ("s/a", kind)
    assert made.leak == leak or (not leak and isinstance(label, ClassLabel) and made.leak in label.aliases)
