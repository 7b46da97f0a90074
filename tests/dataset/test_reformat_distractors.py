"""Options of a multiple choice: none of the wrong ones is true, none comes twice, seed and id decide the order."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.dataset.reformat_samples import CLIPS, questions
from vstar_data import verify
from vstar_data.dataset.reformatting.distractors import distractors_of
from vstar_data.dataset.reformatting.options import own_options, shuffled
from vstar_data.dataset.reformatting.pools import MOST_LABELS, Pools
from vstar_data.records import (
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    Question,
    SegmentLabel,
)

NAMES = (
    *("jogging", "running", "Jogging", "playing guitar", "strumming guitar", "cutting", "cutting an apple", "couch"),
    *("sitting on a sofa", "sitting on a couch", "sofa", "bicycle", "bike", "riding a bike", "folding clothes", "103B"),
)


def question_of(target: Label, clip_id: str = "a/0", kind: str = "class", text: str = "What is it?") -> Question:
    asks = {"qa": "answer", "number": "value", "segment": "time"}.get(kind, "name")
    return Question(id=f"{clip_id}#{kind}", clip_id=clip_id, text=text, targets=(target,), asks=((asks,),), origin="x")


def clip_of(number: int, *labels: Label) -> Clip:
    return Clip(id=f"a/{number}", video="v.mp4", labels=labels, source="a")


def drawn(
    question: Question, clips: list[Clip], *, also_true: tuple[Label, ...] = (), seed: int = 0, most: int = 3
) -> list[str]:
    return distractors_of(question, "a", Pools(clips), also_true=also_true, duration=10.0, seed=seed, most=most)


@examples(max_examples=40, deadline=None)
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=12),
    true=st.lists(st.sampled_from(NAMES), max_size=2),
    alias=st.sampled_from(NAMES),
    seed=st.integers(0, 5),
)
def test_no_distractor_is_true_and_none_comes_twice(names: list[str], true: list[str], alias: str, seed: int) -> None:
    target = ClassLabel(name=names[0], aliases=(alias,))
    others = tuple(ClassLabel(name=name) for name in true)
    clips = [
        clip_of(0, target, *others),
        *(clip_of(number, ClassLabel(name=name)) for number, name in enumerate(names)),
    ]
    found = drawn(question_of(target), clips, also_true=others, seed=seed)
    assert len({words.casefold() for words in found}) == len(found)
    for words in found:
        for label in (target, *others):
            assert not verify(words, [label]).accepted
            assert not verify(label.name, [ClassLabel(name=words)]).accepted
    assert drawn(question_of(target), list(reversed(clips)), also_true=others, seed=seed) == found


@given(count=st.integers(1, 9), seed=st.integers(), name=st.text(max_size=5), words=st.text(max_size=3))
def test_the_order_rests_on_seed_and_id_alone(count: int, seed: int, name: str, words: str) -> None:
    wrong = [f"wrong {number}" for number in range(count)]
    options = shuffled("right", wrong, seed=seed, question_id=name)
    assert sorted(options.texts) == sorted(["right", *wrong])
    assert options.texts.index("right") == options.right
    other = shuffled(f"right{words}", [f"{text}{words}" for text in wrong], seed=seed, question_id=name)
    assert other.texts == tuple(f"{text}{words}" for text in options.texts)


def test_every_place_is_dealt_out_to_the_right_option() -> None:
    places = [shuffled("right", ["a", "b", "c"], seed=0, question_id=f"q{number}").right for number in range(400)]
    assert all(70 < places.count(place) < 130 for place in range(4))


def test_what_a_caption_or_another_label_of_the_clip_says_is_no_distractor() -> None:
    target = ClassLabel(name="folding clothes")
    shown: tuple[Label, ...] = (
        CaptionLabel(text="she is playing guitar on a stage"),
        SegmentLabel(name="jogging", start=0, end=1),
        BoxLabel(name="bicycle", time=0, box=(0, 0, 1, 1)),
        QALabel(question="What is it?", answer="a couch"),
    )
    clips = [clip_of(number, ClassLabel(name=name)) for number, name in enumerate(NAMES)]
    found = drawn(question_of(target), clips, also_true=shown, most=25)
    assert found
    assert not {"playing guitar", "jogging", "Jogging", "bicycle", "bike", "couch", "sofa"} & set(found)


def test_fewer_labels_give_fewer_options_and_none_gives_none() -> None:
    target = ClassLabel(name="folding clothes")
    assert drawn(question_of(target), [clip_of(0, target)]) == []
    assert drawn(question_of(target), [clip_of(0, target), clip_of(1, ClassLabel(name="jogging"))]) == ["jogging"]
    assert drawn(question_of(target), [Clip(id="b/1", video="v", labels=(ClassLabel(name="x"),), source="b")]) == []


def test_a_step_that_the_question_names_is_no_distractor() -> None:
    clips = [
        clip_of(number, ClassLabel(name=name)) for number, name in enumerate(("jogging", "rowing a boat", "entry"))
    ]
    asked = question_of(ClassLabel(name="entry"), text="What comes after this: rowing a boat?")
    assert drawn(asked, clips) == ["jogging"]


@pytest.mark.parametrize("value", [0.0, 3.2, 50.0, 110.0])
def test_numbers_lie_on_the_scale_and_beyond_the_tolerance(value: float) -> None:
    target = NumberLabel(name="score", value=value, minimum=0, maximum=110, tolerance=5)
    others = [NumberLabel(name="score", value=other) for other in (value + 1, 500.0)]
    found = drawn(question_of(target, kind="number"), [clip_of(0, target), clip_of(1, *others)])
    assert len(found) == 3
    assert all(0 <= float(words) <= 110 and abs(float(words) - value) > 5 for words in found)


def test_windows_lie_in_the_clip_and_are_no_window_of_the_event() -> None:
    target = SegmentLabel(name="a door opens", start=1.0, end=3.0)
    second = SegmentLabel(name="a door opens", start=6.0, end=8.0)
    pool = [clip_of(0, target, second), clip_of(1, SegmentLabel(name="x", start=6.1, end=8.1))]
    found = drawn(question_of(target, kind="segment"), pool, also_true=(second,), most=3)
    assert found
    for words in found:
        for window in (target, second):
            assert not verify(words, [window]).accepted
        _, start, _, end, _ = words.split()
        assert 0 <= float(start) < float(end) <= 10


def test_answers_come_from_questions_of_the_same_form() -> None:
    target = QALabel(question="What color is the shirt?", answer="red")
    asked = [("What color is the shirt?", "white"), ("What color is his shirt?", "green"), ("Who is there?", "a nun")]
    clips = [clip_of(number, QALabel(question=text, answer=answer)) for number, (text, answer) in enumerate(asked)]
    assert set(drawn(question_of(target, kind="qa", text=target.question), clips)) == {"white", "green"}
    yes = QALabel(question="Is it dark?", answer="Yes.")
    assert drawn(question_of(yes, kind="qa", text=yes.question), clips) == ["No."]


def test_own_choices_are_kept_once_and_in_place_where_they_point_at_each_other() -> None:
    label = QALabel(question="What?", answer="The cup.", choices=("The box.", "The cup.", "the  cup", "A bag"))
    options = own_options(label, seed=0, question_id="a/0#qa")
    assert options is not None
    assert sorted(options.texts) == ["A bag", "The box.", "The cup."]
    assert options.texts[options.right] == "The cup."
    for last in ("None of the above", "Both A and B", "All of these"):
        pointing = msgspec.structs.replace(label, choices=("The box.", "The cup.", last))
        kept = own_options(pointing, seed=3, question_id="a/0#qa")
        assert kept is not None
        assert kept.texts == pointing.choices
    assert own_options(msgspec.structs.replace(label, choices=("The cup.", "the cup")), seed=0, question_id="x") is None


def test_a_pool_is_bounded_and_does_not_care_for_order() -> None:
    clips = [clip_of(number, ClassLabel(name=f"name {number}")) for number in range(3 * MOST_LABELS)]
    pool, turned = Pools(clips).of(("a", "class")), Pools(reversed(clips)).of(("a", "class"))
    assert len(pool) == MOST_LABELS
    assert {label.name for label in pool} == {label.name for label in turned}  # type: ignore[union-attr]


def test_every_kind_of_label_finds_distractors() -> None:
    pools = Pools(CLIPS)
    for question in questions(CLIPS[0]):
        if len(question.targets) == 1 and not getattr(question.targets[0], "choices", ()):
            found = distractors_of(question, "films", pools, also_true=(), duration=12.0, seed=0, most=1)
            assert len(found) == 1, question
