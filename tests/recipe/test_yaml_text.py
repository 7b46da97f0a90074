"""YAML as recipes need it: what YAML 1.1 lets pass silently is refused or read as meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data.errors import RecipeError
from vstar_data.recipe.yaml_text import parse_yaml, read_yaml, set_value, write_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2e-5", 2e-5),
        ("1e5", 1e5),
        ("-1E+3", -1e3),
        (".5e1", 5.0),
        ("2.5e-4", 2.5e-4),
        ("0.2", 0.2),
        ("4", 4),
        ("'2e-5'", "2e-5"),
        ("e5", "e5"),
        ("2e", "2e"),
        ("1e5x", "1e5x"),
        ("true", True),
        ("null", None),
        ("", None),
        ("[1, a]", [1, "a"]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: object) -> None:
    found = parse_yaml(text, where="here")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("model: a\nframes: {count: 8}\nmodel: b\n", 3),
        ("model: a\ngenerate:\n  samples: 1\n  top_k: 2\n  samples: 2\n", 5),
        ("sources:\n  - adapter: a\n    videos: b\n    adapter: c\n", 4),
    ],
)
def test_a_key_that_stands_twice_is_an_error_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text(text)
    with pytest.raises(RecipeError) as caught:
        read_yaml(path)
    assert caught.value.where == f"{path}, line {line}"
    assert "twice" in str(caught.value.found)


def test_a_key_that_is_no_text_is_an_error() -> None:
    for text in ("on: 1", "1: a", "? [a]\n: b"):
        with pytest.raises(RecipeError, match="is not text"):
            parse_yaml(text, where="here")


def test_own_keys_win_over_what_is_merged_in() -> None:
    text = "- &one {adapter: a, split: train}\n- {<<: *one, split: test}\n"
    assert parse_yaml(text, where="here") == [{"adapter": "a", "split": "train"}, {"adapter": "a", "split": "test"}]
    with pytest.raises(RecipeError, match="twice"):
        parse_yaml("- &one {adapter: a}\n- {<<: *one, split: test, split: train}\n", where="here")


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "\tx: 1", "a: 1\n---\nb: 2\n", "!!python/object:os.system {}", "\x00"]
)
def test_what_is_no_yaml_is_an_error(text: str) -> None:
    with pytest.raises(RecipeError, match="cannot be read as YAML"):
        parse_yaml(text, where="here")


@pytest.mark.parametrize("content", [b"", b"- a\n", b"just text\n", b"4\n"])
def test_a_file_that_holds_no_mapping_is_an_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_bytes(content)
    with pytest.raises(RecipeError, match="no mapping"):
        read_yaml(path)


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_an_error(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(RecipeError, match="cannot be read") as caught:
        read_yaml(path)
    assert caught.value.where == str(path)


_scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8"))
)


@given(
    st.recursive(_scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text("abz09_.-"), inner), max_leaves=8)
)
def test_what_is_written_reads_back(value: Any) -> None:
    assert parse_yaml(write_yaml(value), where="here") == value


@pytest.mark.parametrize("text", ["1e5", "2e-5", ".5e1", "on", "null", "0o7", "2024-01-01", "a: b", "1:30"])
def test_texts_that_look_like_something_else_stay_texts(text: str) -> None:
    assert parse_yaml(write_yaml({"a": text}), where="here") == {"a": text}


def test_a_dotted_key_sets_a_value() -> None:
    data: dict[str, Any] = {"generate": None, "sources": [{"adapter": "a"}, {"adapter": "b"}]}
    set_value(data, "model", "m", where="here")
    set_value(data, "generate.samples", 4, where="here")
    set_value(data, "sources.1.adapter_options.columns.class", "label", where="here")
    set_value(data, "sources.0", {"adapter": "c"}, where="here")
    assert data == {
        "model": "m",
        "generate": {"samples": 4},
        "sources": [{"adapter": "c"}, {"adapter": "b", "adapter_options": {"columns": {"class": "label"}}}],
    }


@pytest.mark.parametrize(
    "key", ["sources.1.adapter", "sources.x.adapter", "sources.-1.adapter", "sources.9", "sources.²"]
)
def test_a_place_outside_a_list_is_an_error(key: str) -> None:
    with pytest.raises(RecipeError, match="a list of 1") as caught:
        set_value({"sources": [{"adapter": "a"}]}, key, "x", where="--set")
    assert caught.value.where == "--set"
    assert caught.value.found == key.split(".")[1]


def test_a_key_through_a_value_is_an_error() -> None:
    with pytest.raises(RecipeError, match="leads through `model`"):
        set_value({"model": "m"}, "model.name", "x", where="--set")


def doubled(levels: int, last: str) -> str:
    """YAML in which every level holds the one before ten times."""
    lines = ["a0: &a0 {k: 1}"]
    lines += [f"a{n}: &a{n} {last.replace('ALIASES', ', '.join([f'*a{n - 1}'] * 10))}" for n in range(1, levels + 1)]
    return "\n".join(lines)


@pytest.mark.parametrize("last", ["[ALIASES]", "{<<: [ALIASES]}"])
def test_aliases_that_write_out_to_a_thousand_million_values_are_refused(last: str) -> None:
    with pytest.raises(RecipeError, match="aliases") as caught:
        parse_yaml(doubled(9, last), where="here")
    assert caught.value.where == "here, line 1"
    assert len(parse_yaml(doubled(3, last), where="here")) == 4


def test_brackets_that_are_too_deep_are_refused() -> None:
    with pytest.raises(RecipeError, match="too deep"):
        parse_yaml("[" * 5000 + "]" * 5000, where="here")
