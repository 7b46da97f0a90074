"""Rivals: the names of a target's own family in its own source."""

from __future__ import annotations

from vstar_data.questions.rivals import MOST_NAMES, rival_names, rivals_of
from vstar_data.records import BoxLabel, ClassLabel, Clip, Label, SegmentLabel, SequenceLabel


def clip(source: str, *labels: Label) -> Clip:
    return Clip(id=f"{source}/a", video="a.mp4", source=source, labels=labels)


CLIPS = [
    clip("s", ClassLabel(name="diving"), SequenceLabel(steps=("take-off", "twist", "entry"))),
    clip("s", ClassLabel(name="archery"), BoxLabel(name="bow", time=1, box=(0.1, 0.1, 0.2, 0.2))),
    clip("t", SegmentLabel(name="opening a door", start=1, end=2)),
]


def test_each_family_of_each_source_has_its_names() -> None:
    assert rival_names(CLIPS) == {
        "s": ("archery", "diving"),
        "s#step": ("entry", "take-off", "twist"),
        "s#object": ("bow",),
        "t": (),
        "t#event": ("opening a door",),
    }


def test_a_question_has_the_rivals_of_its_kind() -> None:
    assert rivals_of("s/a#class", "s") == "s"
    assert rivals_of("s/a#after-2", "s") == rivals_of("s/a#assessment", "s") == "s#step"
    assert rivals_of("s/a#object_in_box", "s") == "s#object"
    assert rivals_of("s/a#between", "t") == "t#event"
    assert rivals_of("an id of another form", "s") == "s"


def test_sentences_are_no_classes_however_many_class_names_there_may_be() -> None:
    many = range(MOST_NAMES + 1)
    clips = [clip("s", *(SegmentLabel(name=f"event {number}", start=0, end=1) for number in many))]
    assert rival_names(clips) == {"s": ()}
    assert len(rival_names([clip("s", *(ClassLabel(name=f"class {number}") for number in many))])["s"]) == len(many)
