"""Writes docs/catalogue/: a page for each bundled adapter from its docstring, options and recipes, and the list of all.

`make docs` runs it through docs/generate.py; tests/test_catalogue.py compares, so that the pages cannot drift from the
code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from vstar_data.adapters import LabelAdapter, discovered
from vstar_data.recipe.loading import load_recipe, packaged_recipes, recipe_path
from vstar_data.records import LABEL_KINDS
from vstar_data.testing import description_of, options_of

FOLDER = Path(__file__).parent / "catalogue"

HEAD = """\
# Catalogue

The adapters that come with the package. Each page says which files an adapter reads, how they lie on disk, which labels
it makes of them, what the licence allows, and how to build from it. `vstar-data adapters show NAME` says the same in a
terminal.

An adapter marked *experimental* was written from a description of the files and never run on the real ones: check what
it reads with `vstar-data adapters check` first. A *benchmark* is there to be evaluated on, so nobody should train on
its videos. For a dataset that is not here, see [From your own labels to a dataset](../adapters.md).

These pages are generated from the adapters: `make docs` writes them, and a test fails when they are out of date.
"""

MARKS = {
    "experimental": "It was written from a description of the files and never run on the real ones. "
    "`vstar-data adapters check` says whether it reads yours.",
    "benchmark": "The dataset is there to be evaluated on. Nobody should train on its videos.",
}

SECTIONS = {
    "Annotations": "Annotation files",
    "Videos": "Videos on disk",
    "Labels": "Labels",
    "Options": "Options",
    "Licence": "Licence",
    "Source": "Source",
    "Citation": "Citation",
}


def bundled() -> dict[str, type[LabelAdapter]]:
    """Returns the adapters of the package by name, sorted."""
    found = discovered().by_name.items()
    return dict(sorted((name, kind) for name, kind in found if kind.__module__.startswith("label_adapters.")))


def pages() -> dict[str, str]:
    """Returns the text of each page by the name of its file."""
    recipes = recipes_by_adapter()
    texts = {f"{name}.md": page(adapter, recipes.get(name, [])) for name, adapter in bundled().items()}
    return {"index.md": index(), **texts}


def write() -> None:
    """Writes the pages, and removes those of adapters that are gone."""
    FOLDER.mkdir(exist_ok=True)
    texts = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def recipes_by_adapter() -> dict[str, list[str]]:
    """Returns the names of the packaged recipes that build from one adapter, and from files of the user."""
    names: dict[str, list[str]] = {}
    for name in packaged_recipes():
        recipe = load_recipe(name)
        if recipe.render is None and len(recipe.sources) == 1:
            names.setdefault(recipe.sources[0].adapter, []).append(name)
    return names


def index() -> str:
    """Returns the page that lists all adapters."""
    rows = ["| adapter | what it is | labels | | licence |", "|---|---|---|---|---|"]
    for name, adapter in bundled().items():
        title, what = title_and_summary(adapter)
        licence = re.split(r"(?<=[^.])[.;](?:\s|$)", description_of(adapter).sections.get("Licence", ""))[0]
        cells = [f"[{name}]({name}.md)", f"{title}: {what}", kinds(adapter)]
        cells += [", ".join(marks(adapter)), " ".join(licence.split())]
        rows.append(f"| {' | '.join(plain(cell).replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join([HEAD, *rows, ""])


def page(adapter: type[LabelAdapter], recipes: list[str]) -> str:
    """Returns the page of one adapter."""
    description = description_of(adapter)
    title, what = title_and_summary(adapter)
    parts = [f"# {plain(title)}", plain(sentence(what)), plain(description.introduction)]
    parts += [f'!!! warning "{mark.capitalize()}"\n\n    {MARKS[mark]}' for mark in marks(adapter)]
    parts.append(f"The adapter is called `{adapter.name}`. It needs:\n\n```text\n{adapter.needs}\n```")
    options = option_table(adapter)
    for heading, shown in SECTIONS.items():
        text = plain(sentence(description.sections.get(heading, "")))
        if heading == "Options":
            text = "\n\n".join(part for part in (text, options) if part)
        if text:
            parts.append(f"## {shown}\n\n{text}")
    parts.append("## Recipe\n\n" + "\n\n".join(recipe_parts(adapter, recipes)))
    return "\n\n".join(part for part in parts if part) + "\n"


def title_and_summary(adapter: type[LabelAdapter]) -> tuple[str, str]:
    """Returns the name of the dataset and what it is: the two sides of the first colon."""
    title, _, what = description_of(adapter).summary.partition(": ")
    return (title, what) if what else (adapter.name, title)


def marks(adapter: type[LabelAdapter]) -> list[str]:
    """Returns the marks of an adapter."""
    return [mark for mark in MARKS if getattr(adapter, mark)]


def kinds(adapter: type[LabelAdapter]) -> str:
    """Returns the kinds of labels that the docstring names, in the order in which it does."""
    named = re.findall(r"`(\w+)`", description_of(adapter).sections.get("Labels", ""))
    return ", ".join(dict.fromkeys(f"`{kind}`" for kind in named if kind in LABEL_KINDS))


def option_table(adapter: type[LabelAdapter]) -> str:
    """Returns the options with types and defaults as a table; empty where there are none."""
    rows = [
        f"| `{option.name}` | `{option.type}` | {'required' if option.default is None else f'`{option.default}`'} |"
        for option in options_of(adapter)
    ]
    rows = [re.sub(r"`[^`]*`", lambda code: code[0].replace("|", "\\|"), row) for row in rows]
    return "\n".join(["| option | type | default |", "|---|---|---|", *rows]) if rows else ""


def recipe_parts(adapter: type[LabelAdapter], recipes: list[str]) -> Iterator[str]:
    """Yields the packaged recipes, or the least that a recipe of the user would have."""
    if not recipes:
        split = "test" if adapter.benchmark else "train"
        lines = [f"adapter: {adapter.name}", "annotations: PATH", "videos: DIR", f"split: {split}", "model: MODEL"]
        yield "None is packaged. The least that one has:"
        yield "\n".join(["```yaml", *lines, "```"])
        return
    for name in recipes:
        yield f"`{name}`, as `vstar-data recipes show {name}` prints it:"
        yield f"```yaml\n{recipe_path(name).read_text(encoding='utf-8').strip()}\n```"


def plain(text: str) -> str:
    """Returns text in which angle brackets outside of code are no HTML, and addresses are links."""
    return "\n".join(
        # Four blanks at the start are a block of code.
        "\n".join(lines) if is_code else "`".join(plain_parts("\n".join(lines)))
        for is_code, lines in groupby(text.split("\n"), key=lambda line: line.startswith("    "))
    )


def plain_parts(text: str) -> Iterator[str]:
    """Yields the parts of a text between its backticks: what is code as it is, the rest made plain."""
    for place, part in enumerate(text.split("`")):
        yield part if place % 2 else re.sub(r"https?://[^\s,;)>]*[^\s,;)>.:]", r"<\g<0>>", part.replace("<", "&lt;"))


def sentence(text: str) -> str:
    """Returns text that begins as a sentence does, where its first word is one no name of a file and no address."""
    first = re.match(r"[a-z]+(?=[\s,;]|:(?!//)|$)", text)
    return text[:1].upper() + text[1:] if first else text


if __name__ == "__main__":
    write()
