"""The catalogue, held against the adapters: a page for each, up to date, with everything it has to say."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from vstar_data.testing import REQUIRED, description_of

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "catalogue.py"))
ADAPTERS = CATALOGUE["bundled"]()
FOLDER = ROOT / "docs" / "catalogue"
FORMS = {"huggingface", "jsonl", "table", "videofolder"}
"""Adapters for a form and no dataset: there is nothing to cite."""


def test_the_pages_are_up_to_date() -> None:
    pages = CATALOGUE["pages"]()
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert sorted(written) == sorted(pages), "run `make docs`"
    assert [name for name, text in pages.items() if written[name] != text] == [], "run `make docs`"


def test_the_list_names_every_adapter_once() -> None:
    listed = re.findall(r"^\| \[(\w+)\]\(\1\.md\) \|", (FOLDER / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == sorted(ADAPTERS)
    assert {"kinetics", "table", "jsonl"} <= set(listed)


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_the_docstring_says_everything_that_a_page_needs(name: str) -> None:
    description = description_of(ADAPTERS[name])
    wanted = {*REQUIRED, *(() if name in FORMS else ("Citation",))}
    assert wanted - description.sections.keys() == set()
    assert re.fullmatch(r"[^:]+: .+\.", description.summary), "the first line is `<Dataset>: what it is.`"
    assert CATALOGUE["kinds"](ADAPTERS[name]), "the paragraph `Labels:` names no kind in backticks"
    assert name in FORMS or "https://" in description.sections["Source"]
    assert len(re.findall("^--(?:annotations|videos): ", ADAPTERS[name].needs, re.MULTILINE)) == 2


def test_a_page_shows_the_packaged_recipes() -> None:
    text = CATALOGUE["page"](ADAPTERS["kinetics"], ["kinetics400", "kinetics700"])
    for name in ("kinetics400", "kinetics700"):
        assert (ROOT / "recipes" / f"{name}.yaml").read_text(encoding="utf-8").strip() in text
    assert "adapter: kinetics\nannotations: PATH" in CATALOGUE["page"](ADAPTERS["kinetics"], [])
    assert CATALOGUE["recipes_by_adapter"]()["kinetics"] == ["kinetics400", "kinetics600", "kinetics700"]


def test_text_of_docstrings_becomes_markdown() -> None:
    plain = CATALOGUE["plain"]
    assert plain("<id>.mp4, `<id>.mp4`") == "&lt;id>.mp4, `<id>.mp4`"
    assert plain("at https://a.org/b (c), d.") == "at <https://a.org/b> (c), d."
    assert plain("see https://a.org/b.") == "see <https://a.org/b>."
    assert plain("a:\n\n    <b>\n\n<c>") == "a:\n\n    <b>\n\n&lt;c>"
