"""Questions of every kind: their targets, what they ask, what holds beside, and that no clip gets too many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.questions.bank import LeakingQuestion, questions_of
from vstar_data.questions.kinds import QUESTION_KINDS, kind_of_id
from vstar_data.questions.lint import fault
from vstar_data.questions.places import SAME
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import (
    ASKABLE,
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    kind_of,
)

DIVE = SequenceLabel(
    steps=("forward take-off", "two and a half somersaults", "one twist", "two and a half somersaults", "entry"),
    step_aliases=(("Forward",), ("2.5 Soms.Pike",), ("1 Twist",), ("2.5 Soms.Pike",), ("Entry",)),
)
SCORE = NumberLabel(name="dive score", value=83.25, minimum=0, maximum=120, tolerance=5)
DIFFICULTY = NumberLabel(name="degree of difficulty", value=3.4, tolerance=0.05)
EVERYTHING: tuple[Label, ...] = (
    ClassLabel(name="diving"),
    DIVE,
    SCORE,
    DIFFICULTY,
    TimestampLabel(name="the diver touches the water", time=2.4),
    SegmentLabel(name="person opens the door", start=3.2, end=7.9),
    SegmentLabel(name="What did the person open?", start=3.0, end=8.0),
    SegmentLabel(name="What did the person open?", start=10.0, end=12.0),
    BoxLabel(name="cup", time=2.0, box=(0.1, 0.2, 0.4, 0.6), aliases=("glass",), track="1"),
    BoxLabel(name="towel", time=4.0, box=(0.5, 0.5, 0.9, 0.9), track="2"),
    BoxLabel(name="cup", time=4.0, box=(0.12, 0.2, 0.4, 0.6), aliases=("glass",), track="1"),
    QALabel(question="What did the person open?", answer="The door.", choices=("The door.", "The box.")),
    RelationLabel(subject="person", predicate="holding", object="broom"),
    BooleanLabel(name="the light is on", holds=False),
    CaptionLabel(text="a man opens a door"),
)


def asked(labels: Sequence[Label], *kinds: str, clip_id: str = "s/a", **settings: Any) -> list[Question]:
    clip = Clip(id=clip_id, video="a.mp4", labels=tuple(labels))
    made = list(questions_of(clip, QuestionSettings(kinds=kinds or tuple(QUESTION_KINDS), **settings)))
    assert not any(isinstance(question, LeakingQuestion) for question in made), made
    return [question for question in made if isinstance(question, Question)]


def test_a_clip_with_every_label_is_asked_every_kind_of_question() -> None:
    questions = asked(EVERYTHING)
    assert {kind_of_id(question.id) for question in questions} == set(QUESTION_KINDS)
    for question in questions:
        assert {kind_of(target) for target in question.targets} <= set(QUESTION_KINDS[kind_of_id(question.id)].targets)
        assert all(fault(question.text, target) is None for target in question.targets)
        assert not set("{}\0") & set(question.text)
        for target, fields in zip(question.targets, question.asks, strict=True):
            assert fields
            assert set(fields) <= set(ASKABLE[kind_of(target)])


def test_neighbours_of_steps_are_asked_where_the_step_occurs_once() -> None:
    after = asked([DIVE], "after")
    assert [(question.id, question.targets[0]) for question in after] == [
        ("s/a#after", ClassLabel(name="two and a half somersaults", aliases=("2.5 Soms.Pike",))),
        ("s/a#after-2", ClassLabel(name="two and a half somersaults", aliases=("2.5 Soms.Pike",))),
    ]
    assert "forward take-off" in after[0].text
    assert "one twist" in after[1].text
    before = asked([DIVE], "before")
    assert [question.targets[0].name for question in before if isinstance(question.targets[0], ClassLabel)] == [
        "two and a half somersaults",
        "two and a half somersaults",
    ]
    assert "entry" in before[1].text
    # Where the other steps come is what is asked: none of them is true beside the target.
    assert {question.also_true for question in (*after, *before)} == {()}


def test_the_order_that_is_asked_for_is_that_of_the_label_and_not_of_the_names() -> None:
    label = SequenceLabel(steps=("back take-off", "one and a half twists", "two somersaults"))
    (question,) = asked([label], "sequence")
    assert question.targets == (label,)
    assert asked([SequenceLabel(steps=("only one",))], "sequence") == []


def test_the_assessment_asks_for_order_and_every_number_with_its_scale() -> None:
    (question,) = asked([DIVE, DIFFICULTY, SCORE], "assessment")
    assert question.targets == (DIVE, DIFFICULTY, SCORE)
    assert question.asks == (("order",), ("value",), ("value",))
    assert "the degree of difficulty and the dive score (between 0 and 120)" in question.text
    high = NumberLabel(name="dive score", value=117.0, minimum=0, maximum=120, tolerance=5)
    (question,) = asked([DIVE, high], "assessment")
    assert "120" not in question.text
    assert asked([DIVE], "assessment") == []
    assert asked([DIVE, DIVE, SCORE], "assessment") == []


def test_what_fills_a_window_is_asked_for_and_what_touches_it_is_true() -> None:
    labels = [
        SegmentLabel(name="opening a door", start=2.0, end=6.0),
        SegmentLabel(name="holding a cup", start=2.5, end=6.0),
        SegmentLabel(name="sitting", start=5.0, end=20.0),
        SegmentLabel(name="leaving", start=30.0, end=40.0),
    ]
    first, *_ = asked(labels, "between")
    assert {target.name for target in first.targets if isinstance(target, ClassLabel)} == {
        "opening a door",
        "holding a cup",
    }
    assert first.also_true == (ClassLabel(name="sitting"),)
    assert " 2 " in first.text.replace("[", " ")
    assert "6" in first.text


def test_a_window_named_by_a_question_supports_its_answer() -> None:
    labels = [
        QALabel(question="What did the person open?", answer="The door."),
        SegmentLabel(name="What did the person open?", start=3.0, end=8.0),
        SegmentLabel(name="What did the person open?", start=10.0, end=12.0),
    ]
    assert asked(labels, "segment", "between") == []
    (question,) = asked(labels, "support")
    assert question.targets == (SegmentLabel(name="What did the person open? The door.", start=3.0, end=8.0),)
    assert question.also_true == (SegmentLabel(name="What did the person open? The door.", start=10.0, end=12.0),)
    assert question.asks == (("time",),)
    assert '"What did the person open?"' in question.text
    assert '"The door"' in question.text
    assert asked(labels[:1], "support") == []


def test_a_thing_is_asked_for_where_it_has_one_box_at_a_time() -> None:
    boxes = [label for label in EVERYTHING if isinstance(label, BoxLabel)]
    assert [question.targets[0] for question in asked(boxes, "box")] == boxes
    twins = [*boxes, BoxLabel(name="cup", time=4.0, box=(0.7, 0.1, 0.8, 0.2))]
    assert [question.targets[0] for question in asked(twins, "box")] == boxes[:2]


def test_what_covers_the_same_place_is_true_of_a_box_too() -> None:
    cup = BoxLabel(name="cup", time=2.0, box=(0.1, 0.2, 0.4, 0.6), aliases=("glass",))
    hand = BoxLabel(name="hand", time=2.0, box=(0.1, 0.2, 0.4, 0.62))
    shelf = BoxLabel(name="shelf", time=2.0, box=(0.0, 0.0, 1.0, 1.0))
    question = asked([cup, hand, shelf], "object_in_box")[0]
    assert question.targets == (ClassLabel(name="cup", aliases=("glass",)),)
    assert question.also_true == (ClassLabel(name="hand"),)
    assert "[0.1, 0.2, 0.4, 0.6]" in question.text


def test_boxes_are_compared_by_track_else_by_name_and_yes_is_as_common_as_no() -> None:
    tracked = [
        BoxLabel(name="person", time=float(time), box=(0.1 * track, 0.1, 0.1 * track + 0.1, 0.5), track=str(track))
        for time in range(4)
        for track in range(3)
    ]
    holds = [
        target.holds
        for question in asked(tracked, "same_object", most=1000)
        for target in question.targets
        if isinstance(target, BooleanLabel)
    ]
    assert holds.count(True) == holds.count(False) > 3
    untracked = [
        BoxLabel(name=name, time=time, box=(0.1, 0.1, 0.2, 0.5)) for name, time in (("cup", 1.0), ("cup", 2.0))
    ]
    assert asked(untracked, "same_object") == []
    # Without a track only "no" could be asked: then nothing is.
    assert asked([*untracked, BoxLabel(name="bag", time=3.0, box=(0.5, 0.1, 0.7, 0.5))], "same_object") == []
    mixed = [
        BoxLabel(name="cup", time=1.0, box=(0.1, 0.1, 0.2, 0.5), track="a"),
        BoxLabel(name="cup", time=2.0, box=(0.1, 0.1, 0.2, 0.5), track="a"),
        BoxLabel(name="glass", time=3.0, box=(0.1, 0.1, 0.2, 0.5), aliases=("cup",)),
        BoxLabel(name="bag", time=4.0, box=(0.5, 0.1, 0.7, 0.5)),
    ]
    yes, no = asked(mixed, "same_object")
    assert (yes.targets, no.targets) == (
        (BooleanLabel(name=SAME, holds=True),),
        (BooleanLabel(name=SAME, holds=False),),
    )
    assert "[0.5, 0.1, 0.7, 0.5]" in no.text
    at_one_time = [
        BoxLabel(name=name, time=1.0, box=(0.1, 0.1, 0.2, 0.5), track=name) for name in ("cup", "bag", "towel")
    ]
    assert asked(at_one_time, "same_object") == []


def test_what_the_text_does_not_settle_is_not_asked() -> None:
    tiny = [
        BoxLabel(name=name, time=1.0, box=(x, 0.5, x + 0.001, 0.501)) for name, x in (("ball", 0.5), ("bird", 0.502))
    ]
    assert asked(tiny, "object_in_box", "same_object") == []
    close = [BoxLabel(name="cup", time=time, box=(0.1, 0.1, 0.2, 0.2)) for time in (1.001, 1.002)]
    assert asked(close, "box") == []
    twice = [NumberLabel(name="score", value=3.0), NumberLabel(name="score", value=9.0)]
    assert asked(twice, "number") == []
    both = [BooleanLabel(name="the light is on", holds=holds) for holds in (True, False)]
    assert asked(both, "boolean") == []


def test_an_assessment_tells_each_scale() -> None:
    style = NumberLabel(name="style", value=7.0, minimum=0, maximum=10, tolerance=0.5)
    (question,) = asked([DIVE, SCORE, style], "assessment")
    assert "the dive score (between 0 and 120) and the style (between 0 and 10)" in question.text


def test_several_events_of_one_window_are_asked_for_in_the_plural() -> None:
    labels = [SegmentLabel(name=name, start=2.0, end=6.0) for name in ("opening a door", "holding a cup")]
    (question,) = asked(labels, "between")
    assert question.origin.startswith("bank:between_all/")
    assert len(question.targets) == 2


def test_many_labels_take_little_time() -> None:
    events = [SegmentLabel(name=f"event {n}", start=float(n), end=n + 5.5) for n in range(2000)]
    boxes = [
        BoxLabel(name=f"thing {n}", time=float(n), box=(0.1, 0.1, 0.5, 0.5), track=str(n % 40)) for n in range(2000)
    ]
    questions = asked([*events, *boxes], "between", "box", "object_in_box", "same_object", "segment")
    assert len(questions) == 5 * 4


def test_all_relations_of_two_things_make_one_question() -> None:
    holding = RelationLabel(subject="person", predicate="holding", object="broom")
    touching = RelationLabel(subject="person", predicate="touching", object="broom")
    other = RelationLabel(subject="person", predicate="behind", object="table")
    first, second = asked([holding, touching, other, holding], "relation")
    assert first.targets == (holding, touching)
    assert second.targets == (other,)
    assert first.origin.startswith("bank:relations/")


def test_an_event_with_two_moments_is_not_asked_for() -> None:
    labels = [TimestampLabel(name="a bounce", time=1.0), TimestampLabel(name="a bounce", time=2.0)]
    assert asked(labels, "timestamp") == []
    assert [question.targets for question in asked(labels[:1], "timestamp")] == [(labels[0],)]


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_of_a_kind_are_asked_than_the_recipe_says_and_a_larger_number_adds_only(most: int) -> None:
    labels = [SegmentLabel(name=f"event {number} of it", start=float(number), end=number + 0.9) for number in range(20)]
    few = {question.id: question for question in asked(labels, "segment", most=most)}
    many = {question.id: question for question in asked(labels, "segment", most=10)}
    assert len(few) == most
    assert few.items() <= many.items()
    others = asked(labels, "segment", most=most, clip_id="s/b")
    assert {question.id.partition("#")[2] for question in others} != {each.partition("#")[2] for each in few}


def test_the_datasets_own_questions_are_all_asked() -> None:
    labels = [QALabel(question=f"What is number {number}?", answer="left") for number in range(9)]
    assert len(asked(labels, "qa", most=1)) == 9


TEXT = st.text(min_size=1, max_size=12).filter(str.strip)
TIMES = st.floats(0, 100, allow_nan=False)
LABELS = st.one_of(
    st.builds(SequenceLabel, steps=st.lists(TEXT, min_size=1, max_size=5).map(tuple)),
    st.builds(TimestampLabel, name=TEXT, time=TIMES),
    st.builds(lambda name, start: SegmentLabel(name=name, start=start, end=start + 1), TEXT, TIMES),
    st.builds(lambda name, time: BoxLabel(name=name, time=time, box=(0.1, 0.1, 0.3, 0.4)), TEXT, TIMES),
    st.builds(QALabel, question=TEXT, answer=TEXT),
    st.builds(RelationLabel, subject=TEXT, predicate=TEXT, object=TEXT),
    st.builds(BooleanLabel, name=TEXT, holds=st.booleans()),
    st.builds(NumberLabel, name=TEXT, value=TIMES),
    st.builds(CaptionLabel, text=TEXT),
)


@given(st.lists(LABELS, max_size=8))
def test_any_labels_make_questions_without_fault_with_ids_of_their_own(labels: list[Label]) -> None:
    clip = Clip(id="s/a", video="a.mp4", labels=tuple(labels))
    made = [each for each in questions_of(clip, QuestionSettings()) if isinstance(each, Question)]
    assert len({question.id for question in made}) == len(made)
    for question in made:
        assert all(fault(question.text, target) is None for target in question.targets)
        assert kind_of_id(question.id) in QUESTION_KINDS
