"""The documentation, held against the code: what it prints is valid, what it lists exists, the site is complete."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from vstar_data.cli import app
from vstar_data.dataset.filtering.reasons import FilterReason
from vstar_data.dataset.reformatting.counts import NoRow
from vstar_data.questions.settings import ASKED_KINDS, WrittenSettings
from vstar_data.recipe.filters import FILTER_SECTIONS
from vstar_data.recipe.loading import recipe_from
from vstar_data.recipe.recipe import SECTIONS, Recipe, SourceSettings
from vstar_data.recipe.yaml_text import parse_yaml
from vstar_data.records import RejectReason, UnusableReason

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])


def _blocks(page: Path, language: str) -> list[str]:
    """Returns the code blocks of a language on a page, those with a title included."""
    return re.findall(
        rf"^```{language}(?: [^\n]*)?\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def _commands(page: Path) -> list[list[str]]:
    """Returns the calls of vstar-data on a page, as words."""
    lines = "\n".join(_blocks(page, "sh")).replace("\\\n", " ").splitlines()
    plain = [re.split(r" (?:[|<>]|&&) ", line)[0] for line in lines if line.startswith("vstar-data ")]
    return [shlex.split(line, comments=True)[1:] for line in plain]


CALLS = [pytest.param(words, id=f"{page.stem}: {' '.join(words)}") for page in PAGES for words in _commands(page)]
RECIPES = [
    pytest.param(text, id=f"{page.stem} {number}")
    for page in PAGES
    for number, text in enumerate(_blocks(page, "yaml"))
    if "adapter:" in text
]


def test_the_command_reference_is_up_to_date() -> None:
    generated = runpy.run_path(str(ROOT / "docs" / "generate.py"))["reference"]()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == generated, "run `make docs`"


@pytest.mark.parametrize("words", CALLS)
def test_every_command_in_the_documentation_exists_with_its_options(words: list[str]) -> None:
    done = CliRunner().invoke(app, [*words, "--help"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("text", RECIPES)
def test_every_recipe_in_the_documentation_is_valid(text: str) -> None:
    recipe_from({"name": "printed", **parse_yaml(text, where="documentation")}, "documentation")


def test_the_recipe_reference_lists_every_key_with_its_default() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| (.*?) \|", (ROOT / "docs/guide/recipe.md").read_text("utf-8"), re.MULTILINE)
    fields: dict[str, type[msgspec.Struct]] = {"": Recipe, "sources.": SourceSettings}
    fields["questions.written."] = WrittenSettings
    fields |= {f"filters.{name}.": type_ for name, type_ in FILTER_SECTIONS.items()}
    expected = {
        prefix + field.name: _shown(field)
        for prefix, type_ in (fields | {f"{name}.": type_ for name, type_ in SECTIONS.items()}).items()
        for field in msgspec.structs.fields(type_)
        if prefix or field.name not in ("sources", *SECTIONS)
    }
    assert {key: default.strip("`") for key, default in rows} == expected


def _shown(field: msgspec.structs.FieldInfo) -> str:
    """Returns a default as a recipe writes it."""
    value: Any = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if value is msgspec.NODEFAULT:
        return "required"
    if value == ASKED_KINDS:
        return "all"
    if isinstance(value, tuple | list):
        return f"[{', '.join(value)}]"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("verification.md", RejectReason),
        ("guide/running.md", UnusableReason),
        ("guide/filtering.md", FilterReason),
        ("guide/reformatting.md", NoRow),
    ],
    ids=["reasons to reject", "reasons of the ledger", "reasons to filter", "reasons for no row"],
)
def test_every_reason_code_is_explained(page: str, codes: type[StrEnum]) -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert [code.value for code in codes if listed.count(code.value) != 1] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem)
def test_links_of_the_pages_outside_the_site_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_site_builds_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    arguments = ["-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(list((ROOT / "docs").rglob("*.md")))
    loaded = [
        tag for page in pages for tag in re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", page.read_text("utf-8"))
    ]
    assert [tag for tag in loaded if re.search(r"""(?:src|href)=["']?(?:https?:)?//""", tag)] == []
