"""The adapter `table`, kind by kind: which cells make which label, and what is found before any row is read."""

from __future__ import annotations

import json

import pytest

from vstar_data.errors import RecipeError
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    RelationLabel,
    SequenceLabel,
    TimestampLabel,
)


@pytest.fixture
def labels(read, tmp_path):
    """Reads one row and returns its labels, or why there are none."""

    def _labels(row, **columns):
        path = tmp_path / "t.jsonl"
        path.write_text(json.dumps({"video": "a.mp4", **row}) + "\n", encoding="utf-8")
        (made,) = read("table", path, columns={"video": "video", **columns}).rows
        return made.labels if hasattr(made, "labels") else made.detail

    return _labels


@pytest.mark.parametrize(
    ("cell", "steps"),
    [
        (["throw", "catch", "throw"], ("throw", "catch", "throw")),
        ('["throw", "catch"]', ("throw", "catch")),
        ("throw -> catch->throw", ("throw", "catch", "throw")),
        ("throw > catch", ("throw", "catch")),
        ("throw|catch; quickly", ("throw", "catch; quickly")),
        ("throw; catch", ("throw", "catch")),
        ("throw", ("throw",)),
    ],
)
def test_steps_come_as_a_list_or_with_marks_between_them(labels, cell, steps):
    assert labels({"s": cell}, sequence="s") == (SequenceLabel(steps=steps),)


@pytest.mark.parametrize(
    ("box", "row", "edges"),
    [
        ({"box": "b"}, {"b": [0.1, 0.2, 0.4, 0.6]}, (0.1, 0.2, 0.4, 0.6)),
        ({"box": "b"}, {"b": "[0.1, 0.2, 0.4, 0.6]"}, (0.1, 0.2, 0.4, 0.6)),
        ({"box": "b"}, {"b": "0.1 0.2 0.4 0.6"}, (0.1, 0.2, 0.4, 0.6)),
        ({"box": ["p", "q", "r", "s"]}, {"p": 0.1, "q": "0.2", "r": 0.4, "s": 0.6}, (0.1, 0.2, 0.4, 0.6)),
        ({"box": "b", "format": "xywh"}, {"b": [0.25, 0.25, 0.5, 0.25]}, (0.25, 0.25, 0.75, 0.5)),
        ({"box": "b", "format": "cxcywh"}, {"b": [0.5, 0.5, 0.5, 0.25]}, (0.25, 0.375, 0.75, 0.625)),
        ({"box": "b", "format": "cxcywh"}, {"b": [0.9, 0.5, 0.2000001, 0.5]}, (0.79999995, 0.25, 1.0, 0.75)),
        ({"box": "b", "width": 640, "height": 480}, {"b": [-1, 48, 641, 240]}, (0.0, 0.1, 1.0, 0.5)),
        ({"box": "b", "width": 640, "height": 480}, {"b": [64, 48, 320, 240]}, (0.1, 0.1, 0.5, 0.5)),
        (
            {"box": "b", "width": "w", "height": "h"},
            {"b": [64, 48, 320, 240], "w": 640, "h": 480},
            (0.1, 0.1, 0.5, 0.5),
        ),
    ],
)
def test_boxes_come_in_several_forms(labels, box, row, edges):
    found = labels({"t": 2, **row}, box={"name": "cup", "time": "t", **box})
    (label,) = found
    assert (label.name, label.time) == ("cup", 2.0)
    assert label.box == pytest.approx(edges)


def test_classes_may_be_written_as_a_list(labels):
    assert labels({"c": '["running", "jumping"]'}, **{"class": "c"}) == (
        ClassLabel(name="running"),
        ClassLabel(name="jumping"),
    )


def test_a_column_that_comes_late_in_the_lines_is_a_column_all_the_same(read, tmp_path):
    rows = [{"video": f"{n}.mp4", "t": 1, **({"event": "a bounce"} if n > 1100 else {})} for n in range(1200)]
    path = tmp_path / "late.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    source = read("table", path, columns={"video": "video", "timestamp": {"name": "event", "time": "t"}})
    assert {label.name for clip in source.clips for label in clip.labels} == {"a bounce"}
    assert len(source.skipped) == 1101


def test_the_time_of_a_box_may_be_a_constant_and_its_name_a_column(labels):
    found = labels({"b": [0, 0, 1, 1], "thing": "bag"}, box={"name": "thing", "box": "b", "time": 1.5})
    assert found == (BoxLabel(name="bag", time=1.5, box=(0, 0, 1, 1)),)


@pytest.mark.parametrize(
    ("row", "detail"),
    [
        ({"b": [0.1, 0.2, 0.4], "t": 1}, "four numbers"),
        ({"b": [0.1, 0.2, 0.4, None], "t": 1}, "missing in a list"),
        ({"b": [0.1, 0.2, 0.4, "wide"], "t": 1}, "a number was expected"),
        ({"b": [64, 48, 320, 240], "t": 1}, "must be xyxy"),
        ({"b": [0.1, 0.2, 0.4, 0.6], "t": None}, "needs a time"),
    ],
)
def test_a_box_that_is_none_makes_the_row_malformed(labels, row, detail):
    assert detail in labels(row, box={"name": "cup", "box": "b", "time": "t"})


@pytest.mark.parametrize(
    ("cell", "holds"), [(True, True), ("Yes", True), (1, True), ("f", False), ("no", False), ("0", False)]
)
def test_a_statement_holds_or_not_however_it_is_written(labels, cell, holds):
    assert labels({"h": cell}, boolean={"name": "the light is on", "holds": "h"}) == (
        BooleanLabel(name="the light is on", holds=holds),
    )


def test_a_word_is_a_column_where_one_is_called_so_and_else_itself(labels):
    row = {"does": "holding", "what": "ball", "event": "the ball drops", "t": 2}
    assert labels(row, relation={"subject": "a man", "predicate": "does", "object": "what"}) == (
        RelationLabel(subject="a man", predicate="holding", object="ball"),
    )
    assert labels(row, timestamp={"name": "event", "time": "t"}) == (TimestampLabel(name="the ball drops", time=2.0),)
    assert labels(row, timestamp={"name": "a bounce", "time": "t", "tolerance": 1}) == (
        TimestampLabel(name="a bounce", time=2.0, tolerance=1.0),
    )


def test_classes_have_aliases_and_kinds_may_come_several_times(labels):
    row = {"label": "juggling", "other": "juggle|keeping balls up", "one": "a man", "two": "a hall", "t": 1, "u": 2}
    assert labels(
        row,
        **{
            "class": [{"name": "label", "aliases": "other"}],
            "caption": ["one", "two"],
            "timestamp": [{"name": "first", "time": "t"}, {"name": "second", "time": "u"}],
        },
    ) == (
        ClassLabel(name="juggling", aliases=("juggle", "keeping balls up")),
        TimestampLabel(name="first", time=1.0),
        TimestampLabel(name="second", time=2.0),
        CaptionLabel(text="a man"),
        CaptionLabel(text="a hall"),
    )


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"box": {"name": "cup", "box": "b", "time": "t", "width": 640}}, "belong together"),
        ({"box": {"name": "cup", "box": "b", "time": "t", "width": 0, "height": 1}}, "above 0"),
        ({"box": {"name": "cup", "box": "b", "time": "t", "format": "yxyx"}}, "yxyx"),
        ({"timestamp": {"name": "x", "time": "t", "tolerance": -1}}, "tolerance"),
        ({"box": {"name": "cup", "box": "b", "time": -1}}, "time"),
        ({"box": {"name": " ", "box": "b"}}, "name"),
        ({"segment": {"name": " ", "start": "s", "end": "e"}}, "name"),
        ({"boolean": {"name": "", "holds": "h"}}, "name"),
        ({"relation": {"subject": "a", "predicate": " ", "object": "o"}}, "predicate"),
        ({"relation": {"subject": "a", "predicate": "b"}}, "object"),
    ],
)
def test_constants_that_cannot_work_are_found_before_any_row(labels, columns, message):
    with pytest.raises(RecipeError, match=message):
        labels({}, **columns)


def test_a_box_without_a_time_is_that_of_the_first_frame(labels):
    assert labels({"b": [0, 0, 1, 1]}, box={"name": "bag", "box": "b"}) == (
        BoxLabel(name="bag", time=0.0, box=(0, 0, 1, 1)),
    )


def test_what_is_computed_of_a_box_is_rounded(labels):
    (label,) = labels({"b": [0.7, 0.1, 0.1, 0.2]}, box={"name": "bag", "box": "b", "format": "xywh"})
    assert label.box == (0.7, 0.1, 0.8, 0.3)


def test_half_a_character_in_a_list_makes_the_row_malformed(labels):
    assert "a list was expected" in labels({"s": r"['\ud83d', 'a']"}, sequence="s")


def test_a_relation_without_any_column_is_an_error_that_names_those_present(read, tmp_path):
    from vstar_data.errors import AnnotationError

    path = tmp_path / "t.csv"
    path.write_text("video,does\na.mp4,holding\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match='no column "man"') as problem:
        read("table", path, columns={"relation": {"subject": "man", "predicate": "held", "object": "ball"}})
    assert "does" in str(problem.value)
