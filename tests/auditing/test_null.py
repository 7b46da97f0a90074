"""The null: false targets that fit the question and are false, and what is accepted for them."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.auditing.answered import CLASSES, NAMES, answered, asked, clip
from vstar_data.auditing.answers import Answers
from vstar_data.auditing.null import false_targets, null
from vstar_data.auditing.swapping import lent, not_against, opposite
from vstar_data.generation.judging import Judge
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    ClassLabel,
    Label,
    Mode,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)
from vstar_data.verification.settings import VerificationSettings


def strict() -> Judge:
    return Judge(VerificationSettings(), NAMES)


def of_classes(names: list[str]) -> list[Answers]:
    return [
        answered(clip(str(number), ClassLabel(name=name)), "class", f"A person is {name}.")
        for number, name in enumerate(names)
    ]


@given(st.lists(st.sampled_from(CLASSES), min_size=1, max_size=12), st.integers(0, 5))
def test_no_question_is_given_its_own_class(names: list[str], seed: int) -> None:
    sample = of_classes(names)
    false = false_targets(sample, seed)
    for found in sample:
        question = found[0].question
        given_targets = false[question.id].targets if question.id in false else ()
        assert not set(given_targets) & set(question.targets)
        # Only where all have the same class is there nothing to give.
        assert (question.id in false) == (len(set(names)) > 1)


@given(st.permutations([name for name in CLASSES for _ in range(3)]))
def test_where_it_can_be_the_targets_are_permuted(names: list[str]) -> None:
    false = false_targets(of_classes(names), 0)
    given_names = sorted(question.targets[0].name for question in false.values())  # type: ignore[union-attr]
    # The last in line may find only targets that fit and have been lent before.
    assert sum(given_names.count(name) for name in CLASSES) == len(names)
    assert all(1 <= given_names.count(name) <= 6 for name in CLASSES)


def test_the_same_seed_gives_the_same_targets_in_any_order() -> None:
    sample = of_classes(list(CLASSES) * 3)
    assert false_targets(sample, 1) == false_targets(sample[::-1], 1)
    assert false_targets(sample, 1) != false_targets(sample, 2)


def test_what_is_true_of_the_clip_by_another_name_or_label_is_not_lent() -> None:
    own = clip("own", ClassLabel(name="bowling"), SegmentLabel(name="sailing", start=0, end=1))
    question = asked(own, "class")
    for name, aliases in (("Bowling", ()), ("ten pins", ("bowling",)), ("sailing", ())):
        other = asked(clip("other", ClassLabel(name=name, aliases=aliases)), "class")
        assert lent(question, own, other, None) is None
    assert lent(question, own, asked(clip("other", ClassLabel(name="archery")), "class"), None) is not None


LENT: list[tuple[str, Label, Label, Label]] = [
    (
        "number",
        NumberLabel(name="score", value=3, minimum=0, maximum=10, tolerance=1),
        NumberLabel(name="score", value=7, minimum=0, maximum=10, tolerance=2),
        NumberLabel(name="score", value=7, minimum=0, maximum=10, tolerance=1),
    ),
    (
        "segment",
        SegmentLabel(name="a door opens", start=1, end=2),
        SegmentLabel(name="a dog barks", start=5, end=9),
        SegmentLabel(name="a door opens", start=5, end=9),
    ),
    (
        "timestamp",
        TimestampLabel(name="the ball lands", time=1, tolerance=0.2),
        TimestampLabel(name="the dog jumps", time=6, tolerance=0.7),
        TimestampLabel(name="the ball lands", time=6, tolerance=0.2),
    ),
    (
        "box",
        BoxLabel(name="cup", time=1, box=(0, 0, 0.2, 0.2)),
        BoxLabel(name="lamp", time=4, box=(0.5, 0.5, 1, 1)),
        BoxLabel(name="cup", time=1, box=(0.5, 0.5, 1, 1)),
    ),
    (
        "relation",
        RelationLabel(subject="man", predicate="holding", object="cup"),
        RelationLabel(subject="dog", predicate="behind", object="sofa"),
        RelationLabel(subject="man", predicate="behind", object="cup"),
    ),
    (
        "sequence",
        SequenceLabel(steps=("crack eggs", "stir")),
        SequenceLabel(steps=("stir", "crack eggs")),
        SequenceLabel(steps=("stir", "crack eggs")),
    ),
    (
        "qa",
        QALabel(question="What colour is the car?", answer="red"),
        QALabel(question="What colour has the hat?", answer="blue", aliases=("navy",)),
        QALabel(question="What colour is the car?", answer="blue", aliases=("navy",)),
    ),
]


@pytest.mark.parametrize(("kind", "own", "other", "expected"), LENT, ids=[row[0] for row in LENT])
def test_what_the_text_names_stays_and_what_it_asks_for_changes(
    kind: str, own: Label, other: Label, expected: Label
) -> None:
    mine, lender = clip("mine", own), clip("lender", other)
    sample = [answered(mine, kind, "Something."), answered(lender, kind, "Something.")]
    false = false_targets(sample, 0)
    assert false[asked(mine, kind).id].targets == (expected,)
    assert false[asked(mine, kind).id].text == asked(mine, kind).text


@pytest.mark.parametrize(
    ("kind", "own", "near"),
    [
        ("number", NumberLabel(name="score", value=3, tolerance=1), NumberLabel(name="score", value=4, tolerance=1)),
        ("segment", SegmentLabel(name="x goes", start=1, end=3), SegmentLabel(name="y goes", start=1, end=2)),
        ("timestamp", TimestampLabel(name="x goes", time=1), TimestampLabel(name="y goes", time=1.4)),
        ("box", BoxLabel(name="cup", time=1, box=(0, 0, 1, 1)), BoxLabel(name="hat", time=1, box=(0, 0, 1, 0.6))),
        ("number", NumberLabel(name="score", value=3), NumberLabel(name="weight", value=40)),
        ("qa", QALabel(question="What is it?", answer="red"), QALabel(question="Who is it?", answer="Ann")),
    ],
)
def test_what_is_true_within_its_tolerance_or_does_not_fit_is_not_lent(kind: str, own: Label, near: Label) -> None:
    sample = [answered(clip("a", own), kind, "It is."), answered(clip("b", near), kind, "It is.")]
    assert false_targets(sample, 0) == {}
    assert null(sample, strict(), 0).unpaired == {kind: 2}


def test_a_window_beyond_the_end_of_the_clip_is_not_lent() -> None:
    short = answered(clip("a", SegmentLabel(name="x goes", start=1, end=2)), "segment", "It is.", duration=4.0)
    long = answered(clip("b", SegmentLabel(name="y goes", start=5, end=9)), "segment", "It is.", duration=10.0)
    assert list(false_targets([short, long], 0)) == [long[0].question.id]


def test_statements_and_choices_need_no_other_question() -> None:
    statement = answered(clip("a", BooleanLabel(name="the door is open", holds=True)), "boolean", "It is.")
    choice = QALabel(question="What is it?", answer="A cup.", choices=("A cup.", "a cup", "A hat."))
    yes = QALabel(question="Is it open?", answer="Yes")
    sample = [statement, *(answered(clip(str(n), label), "qa", "It is.") for n, label in enumerate((choice, yes)))]
    targets = [question.targets[0] for question in false_targets(sample, 0).values()]
    assert targets == [
        BooleanLabel(name="the door is open", holds=False),
        msgspec.structs.replace(choice, answer="A hat."),
        msgspec.structs.replace(yes, answer="no"),
    ]
    lone = QALabel(question="What is it?", answer="A cup.", choices=("A cup.",))
    assert opposite(asked(clip("c", lone), "qa"), 0) is None


def test_other_windows_of_the_name_do_not_stand_in_for_a_false_one() -> None:
    both = clip("a", *(SegmentLabel(name="x goes", start=at, end=at + 1) for at in (1, 5)), ClassLabel(name="bowling"))
    question = asked(both, "segment")
    false = msgspec.structs.replace(question, targets=(SegmentLabel(name="x goes", start=8, end=9),))
    assert not_against(false, both.labels) == (ClassLabel(name="bowling"),)


def test_an_answer_that_says_every_class_is_accepted_by_chance_and_a_plain_one_is_not() -> None:
    names = {"s": ()}
    listing = "It may show bowling. It shows juggling. It shows archery. It shows sailing. It shows bowling."
    plain = [answered(clip(name, ClassLabel(name=name)), "class", f"A man is {name}.") for name in CLASSES]
    wordy = [answered(clip(name, ClassLabel(name=name)), "class", listing, names=names) for name in CLASSES]
    (chance,) = null(plain, strict(), 0).chances
    assert (chance.questions, chance.answers, chance.accepted, chance.by_chance) == (4, 4, 4, 0)
    assert chance.share.low == 0 < chance.share.high
    (chance,) = null(wordy, Judge(VerificationSettings(profile="paper"), names), 0).chances
    assert (chance.answers, chance.by_chance, chance.share.value) == (4, 4, 1.0)


def test_modes_are_counted_apart_and_the_interval_goes_by_questions() -> None:
    sample = []
    for name in CLASSES:
        said = answered(clip(name, ClassLabel(name=name)), "class", "Nothing.", "Nothing at all.")
        sample.append(
            said + answered(clip(name, ClassLabel(name=name)), "class", f"It is {name}.", mode=Mode.RATIONALIZED)
        )
    direct, rationalized = null(sample, strict(), 0).chances
    assert (direct.mode, direct.answers, direct.questions, direct.accepted) == ("direct", 8, 4, 0)
    assert (rationalized.mode, rationalized.answers, rationalized.accepted) == ("rationalized", 4, 4)
    assert direct.share.high == rationalized.share.high


def test_a_question_that_a_model_wrote_for_its_clip_takes_no_part() -> None:
    sample = of_classes(["bowling", "archery"])
    written = [
        tuple(
            replace(judged, question=msgspec.structs.replace(judged.question, id=f"{judged.question.id}-w1"))
            for judged in found
        )
        for found in sample
    ]
    assert false_targets(sample, 0) != {}
    assert false_targets(written, 0) == {}
