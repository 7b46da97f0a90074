"""Decoding of text: what is no JSON, nulls that mean absent, and the error that a room asks for."""

from __future__ import annotations

import pytest

from vstar_data.decoding import convert, decode_json, without_nulls
from vstar_data.errors import AnnotationError, RecipeError, RecordError, UsageError, nearest
from vstar_data.records import ClassLabel, Clip


@pytest.mark.parametrize(
    "line", [b"", b"{", b"not json", b'{"id": "a"', b'{"id": NaN}', b"\xff\xfe", b'{"id": "\xe9"}']
)
def test_what_is_no_json_is_refused_with_its_line(line: bytes) -> None:
    with pytest.raises(RecordError) as caught:
        decode_json(line, Clip, where="clips.jsonl:3")
    assert caught.value.where == "clips.jsonl:3"
    assert caught.value.what == "This is not JSON."
    assert caught.value.mend


def test_json_of_another_shape_is_refused_with_its_path() -> None:
    with pytest.raises(RecordError) as caught:
        decode_json(b'{"id": "a", "video": "a.mp4", "labels": [{"kind": "class", "name": 3}]}', Clip, where="x:3")
    assert caught.value.where == "x:3, $.labels[0].name"


@pytest.mark.parametrize("error", [AnnotationError, RecipeError])
def test_the_error_is_the_one_that_was_asked_for(error: type[UsageError]) -> None:
    with pytest.raises(error):
        convert({"kind": "class"}, ClassLabel, where="here", error=error)
    with pytest.raises(error):
        decode_json(b"{", ClassLabel, where="here", error=error)


def test_null_means_absent_at_every_depth() -> None:
    row = {"id": "a", "start": None, "labels": [{"kind": "class", "name": "x", "unit": None}], "empty": {"a": None}}
    assert without_nulls(row) == {"id": "a", "labels": [{"kind": "class", "name": "x"}], "empty": {}}
    assert without_nulls((None, 0, False, "")) == [None, 0, False, ""]


def test_the_nearest_name_is_one_that_exists() -> None:
    assert nearest("kinetcs", ["kinetics", "table"]) == 'did you mean "kinetics"?'
    assert nearest("zebra", ["table", "kinetics"]) == "one of: kinetics, table"


def test_an_error_says_all_it_knows() -> None:
    text = str(UsageError("It is wrong.", where="a.csv:4", expected="a number", found="three", mend="write 3"))
    assert text.splitlines() == [
        "It is wrong.",
        "  where:    a.csv:4",
        "  expected: a number",
        "  found:    three",
        "  mend:     write 3",
    ]
