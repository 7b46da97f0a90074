"""Docstrings of adapters, taken apart."""

from __future__ import annotations

from typing import ClassVar

from vstar_data.adapters import LabelAdapter
from vstar_data.testing import Option, description_of, options_of


class Full(LabelAdapter):
    """Full: everything there is.

    More on what it is.

    Annotations: a file.

        in: a form

    And a folder.

    Labels: `class`. Licence: is no heading within a paragraph.

    License:
    CC0-1.0
    """

    name: ClassVar[str] = "full"
    size: int
    names: tuple[str, ...] = ("a",)
    note: str | None = None


class Mute(Full):
    name: ClassVar[str] = "mute"


def test_paragraphs_belong_to_the_heading_before_them() -> None:
    description = description_of(Full)
    assert description.summary == "Full: everything there is."
    assert description.introduction == "More on what it is."
    assert description.sections == {
        "Annotations": "a file.\n\n    in: a form\n\nAnd a folder.",
        "Labels": "`class`. Licence: is no heading within a paragraph.",
        "Licence": "CC0-1.0",
    }


def test_a_docstring_is_not_inherited() -> None:
    description = description_of(Mute)
    assert (description.summary, description.introduction, description.sections) == ("", "", {})


def test_options_are_shown_as_they_are_written() -> None:
    assert options_of(Full) == [
        Option("size", "int", None),
        Option("names", "tuple[str, ...]", "('a',)"),
        Option("note", "str | None", "None"),
    ]
    assert options_of(Mute) == options_of(Full)
