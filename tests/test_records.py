"""The vocabulary as data of others meets it: every kind decodes, whatever does not fit is refused where it stands."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.decoding import convert, decode_json
from vstar_data.errors import RecordError
from vstar_data.records import ASKABLE, LABEL_KINDS, BoxLabel, Clip, Label, Question, SegmentLabel, kind_of

LABELS: dict[str, dict[str, Any]] = {
    "class": {"name": "playing guitar", "aliases": ["guitar"]},
    "sequence": {"steps": ["run up", "jump", "jump"]},
    "number": {"name": "dive score", "value": 83.25, "minimum": 0, "maximum": 110, "tolerance": 5.0, "unit": "points"},
    "timestamp": {"name": "the ball is released", "time": 2.4, "tolerance": 0.5},
    "segment": {"name": "person opens the door", "start": 3.2, "end": 7.9},
    "box": {"name": "cup", "time": 2.0, "box": [0.1, 0.2, 0.4, 0.6], "track": "7", "aliases": ["mug"]},
    "qa": {"question": "What is it?", "answer": "The towel.", "choices": ["The towel.", "The cup."], "aliases": ["it"]},
    "relation": {"subject": "person", "predicate": "holding", "object": "broom"},
    "boolean": {"name": "the two objects are the same", "holds": True},
    "caption": {"text": "a man pours milk into a bowl"},
}


def clip_with(kind: str, **changes: Any) -> dict[str, Any]:
    """A clip whose second label is of a kind, with some of its fields changed."""
    return {"id": "a", "video": "a.mp4", "labels": [{"kind": "class", "name": "x"}, {"kind": kind, **changes}]}


def refused(value: Any, type_: Any = Clip) -> RecordError:
    with pytest.raises(RecordError) as caught:
        convert(value, type_, where="clips.jsonl:7")
    return caught.value


def test_the_samples_cover_every_kind() -> None:
    assert set(LABELS) == set(LABEL_KINDS) == set(ASKABLE)
    assert len(LABELS) == 10


@pytest.mark.parametrize("kind", LABELS)
def test_a_label_survives_json(kind: str) -> None:
    given_ = {"kind": kind, **LABELS[kind]}
    label: Label = convert(given_, Label, where="here")  # type: ignore[arg-type]
    assert isinstance(label, LABEL_KINDS[kind])
    assert kind_of(label) == kind
    assert decode_json(msgspec.json.encode(label), Label, where="here") == label  # type: ignore[arg-type]
    assert msgspec.json.decode(msgspec.json.encode(label)) == given_


@pytest.mark.parametrize("kind", LABELS)
def test_an_unknown_field_is_named_with_its_place(kind: str) -> None:
    error = refused(clip_with(kind, **LABELS[kind], colour="red"))
    assert "colour" in error.what
    assert error.where == "clips.jsonl:7, $.labels[1]"


@pytest.mark.parametrize("kind", LABELS)
def test_a_missing_field_is_named(kind: str) -> None:
    field = next(iter(LABELS[kind]))
    error = refused(clip_with(kind, **{name: value for name, value in LABELS[kind].items() if name != field}))
    assert f"`{field}`" in error.what
    assert error.where is not None
    assert error.where.endswith("$.labels[1]")


@pytest.mark.parametrize(("kind", "meant"), [("clas", "class"), ("Segment", "segment"), ("relations", "relation")])
def test_a_misspelt_kind_mends_with_the_nearest(kind: str, meant: str) -> None:
    error = refused(clip_with(kind, name="x"))
    assert error.where == "clips.jsonl:7, $.labels[1].kind"
    assert error.mend == f'did you mean "{meant}"?'


def test_a_kind_like_no_other_mends_with_all_of_them() -> None:
    mend = refused(clip_with("zzz", name="x")).mend
    assert mend is not None
    assert all(kind in mend for kind in LABEL_KINDS)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("class", "name", 3),
        ("class", "aliases", "guitar"),
        ("sequence", "steps", "jump"),
        ("number", "value", "83.25"),
        ("timestamp", "time", None),
        ("segment", "start", "0:03"),
        ("box", "box", {"x": 1}),
        ("qa", "choices", "A"),
        ("relation", "object", ["broom"]),
        ("boolean", "holds", "yes"),
        ("boolean", "holds", 1),
        ("caption", "text", 1.5),
    ],
)
def test_a_wrong_type_is_named_with_its_path(kind: str, field: str, value: Any) -> None:
    error = refused(clip_with(kind, **{**LABELS[kind], field: value}))
    assert error.where == f"clips.jsonl:7, $.labels[1].{field}"
    assert error.expected
    assert error.found


def test_a_value_of_text_where_a_number_belongs_says_both() -> None:
    error = refused({"id": "a", "video": "a.mp4", "labels": [{"kind": "number", "name": "score", "value": "3"}]})
    assert error.where == "clips.jsonl:7, $.labels[0].value"
    assert "float" in str(error.expected)
    assert "str" in str(error.found)
    assert error.exit_code == 2


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("segment", {"start": 7.9, "end": 3.2}, "start < end"),
        ("segment", {"start": 3.2, "end": 3.2}, "start < end"),
        ("segment", {"start": -1.0}, "0 <= start"),
        ("timestamp", {"time": -0.1}, "`time`"),
        ("timestamp", {"tolerance": -0.1}, "`tolerance`"),
        ("box", {"box": [0.1, 0.2, 1.4, 0.6]}, "`box`"),
        ("box", {"box": [0.5, 0.2, 0.4, 0.6]}, "`box`"),
        ("box", {"box": [0.1, 0.6, 0.4, 0.6]}, "`box`"),
        ("box", {"box": [-0.1, 0.2, 0.4, 0.6]}, "`box`"),
        ("number", {"minimum": 110, "maximum": 110}, "`minimum`"),
        ("number", {"tolerance": -1}, "`tolerance`"),
        ("qa", {"answer": "The door."}, "`choices`"),
        ("sequence", {"steps": []}, "`steps`"),
        ("class", {"name": "  "}, "`name`"),
        ("class", {"aliases": ["guitar", ""]}, "`aliases`"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: str, changes: dict[str, Any], said: str) -> None:
    error = refused(clip_with(kind, **{**LABELS[kind], **changes}))
    assert said in error.what
    assert error.where == "clips.jsonl:7, $.labels[1]"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("number", "value"),
        ("number", "minimum"),
        ("number", "tolerance"),
        ("timestamp", "time"),
        ("timestamp", "tolerance"),
        ("segment", "start"),
        ("segment", "end"),
        ("box", "time"),
    ],
)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_are_finite(kind: str, field: str, value: float) -> None:
    assert f"`{field}`" in refused(clip_with(kind, **{**LABELS[kind], field: value})).what


def test_a_box_of_nan_is_refused() -> None:
    assert "`box`" in refused(clip_with("box", name="cup", time=0, box=[math.nan, 0, 1, 1])).what


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": ""}, "`id`"),
        ({"video": " "}, "`video`"),
        ({"start": -1.0}, "`start`"),
        ({"start": 4.0, "end": 4.0}, "`end`"),
        ({"end": 0.0}, "`end`"),
        ({"fps": 0.0}, "`fps`"),
        ({"end": math.nan}, "`end`"),
        ({"fps": math.inf}, "`fps`"),
        ({"split": "val"}, "val"),
        ({"titel": "x"}, "titel"),
    ],
)
def test_a_clip_that_makes_no_sense_is_refused(changes: dict[str, Any], said: str) -> None:
    error = refused({"id": "a", "video": "a.mp4", "labels": [], **changes})
    assert said in str(error)


def test_asks_are_parallel_to_targets() -> None:
    value = {"id": "q", "clip_id": "a", "text": "What?", "targets": [{"kind": "class", "name": "x"}], "origin": "bank"}
    assert convert({**value, "asks": [["name"]]}, Question, where="here").asks == (("name",),)
    assert "parallel" in refused({**value, "asks": []}, Question).what


def test_records_cannot_be_changed() -> None:
    label = SegmentLabel(name="x", start=0.0, end=1.0)
    with pytest.raises(AttributeError):
        label.end = 2.0  # type: ignore[misc]


@given(st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 4))
def test_only_boxes_in_the_unit_square_pass(box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    right_way = 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    try:
        BoxLabel(name="cup", time=0.0, box=box)
    except ValueError:
        assert not right_way
    else:
        assert right_way
