"""The card: a golden file, and foreign text that must not break it."""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
import yaml
from huggingface_hub import DatasetCard
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE, clip, judged
from vstar_data.dataset import write_dataset
from vstar_data.dataset.assemble import shaping
from vstar_data.dataset.card.examples import Examples, examples_section
from vstar_data.dataset.card.plot import MOST_BARS, yields_png, yields_svg
from vstar_data.dataset.card.sources import sources_section
from vstar_data.dataset.card.use import again_section
from vstar_data.dataset.counts import Counts, Questions, Unit
from vstar_data.dataset.front_matter import licenses_of
from vstar_data.dataset.markdown import plain
from vstar_data.dataset.sources import SourceTerms
from vstar_data.generation.selection import Selection
from vstar_data.recipe.recipe import Recipe, SourceSettings
from vstar_data.records import ClassLabel, RejectReason, Split
from vstar_data.terms import Citation, Redistribution, Rights, Terms

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "dataset" / "card.md"

HOSTILE = [
    "<script>alert(1)</script>",
    "---\npretty_name: stolen\n---\n# not a heading",
    "a | b || c \\| d \\",
    "`code` ``` fence\n```",
    "[click](javascript:alert(1)) ![i](http://x.example/a.png) <http://x.example>",
    "key: [value, {x: y}] # comment & *anchor* !!tag %dir &amp; &#60;b&#62;",
    "_one_ __two__ ~~three~~ $four$ not_a_video @five www.six.example",
    "naïve 跳绳 🤹 ok",
]


def render(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)


def test_the_card_is_the_golden_one(tmp_path: Path) -> None:
    """When the card changes on purpose, the file is replaced by what the test found."""
    write_dataset(tmp_path / "dataset", clips=CLIPS, unusable=UNUSABLE, judged=JUDGED, provenance=PROVENANCE)
    assert (tmp_path / "dataset" / "README.md").read_text() == GOLDEN.read_text()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_foreign_text_shows_as_it_is(tmp_path: Path, text: str) -> None:
    act = clip("a", ClassLabel(name=text), source=text, license=text, split=Split.TEST)
    answers = [judged(act, text, question=text), judged(act, text, RejectReason.RIVAL, sample=1, question=text)]
    provenance = dataclasses.replace(PROVENANCE, name=text, model=text)
    write_dataset(tmp_path / "dataset", clips=[act], unusable=[], judged=answers, provenance=provenance)
    readme = (tmp_path / "dataset" / "README.md").read_text()
    card = DatasetCard(readme)
    assert card.data.pretty_name == f"{' '.join(text.split())}: verified video instruction tuning"
    assert [config["config_name"] for config in card.data.configs] == ["sft", "rejected", "clips"]
    page = render(card.text)
    assert not re.search(r"<(script|a|em|strong|s|del|b)\b", page)
    assert [re.sub(' alt=".*?"', "", image) for image in re.findall("<img.*?>", page)] == [
        '<img src="plots/yields.png" />'
    ]
    assert len(re.findall("<h1>", page)) == 1
    cells = [html.unescape(cell.replace("<br>", " ")) for cell in re.findall("<td.*?>(.*?)</td>", page)]
    whole = " ".join(text.split())
    # The model; the source among the yields, the licences and what clips state; a licence; the question; the answer.
    assert [" ".join(cell.split()) for cell in cells].count(whole) == 7
    assert f"{whole} (class)" in cells
    for table in re.findall("<table>.*?</table>", page, re.DOTALL):
        rows = [row.count("</t") for row in re.findall("<tr>.*?</tr>", table, re.DOTALL)]
        assert len(set(rows)) == 1


def test_examples_are_of_different_modes_and_kinds_and_whole() -> None:
    long = "so it goes. " * 300 + "This is juggling."
    chosen = Examples()
    for answers in ([JUDGED[1]], [JUDGED[1]], [judged(CLIPS[0], "3 balls", number=1)], [JUDGED[3]], [JUDGED[6]]):
        chosen.add(answers)
    assert [(one.kind, str(one.completion.mode)) for one in chosen.chosen()] == [
        ("class", "direct"),
        ("number", "direct"),
        ("class", "rationalized"),
    ]
    verdict = msgspec.structs.replace(JUDGED[1].verdict.per_label[0], evidence=(len(long) - 9, len(long) - 1))
    answer = judged(CLIPS[0], long)
    marked = dataclasses.replace(answer, verdict=msgspec.structs.replace(answer.verdict, per_label=(verdict,)))
    text = "".join(examples_section([marked]))
    assert text.count("so it goes.") == 300
    assert "This is <mark>juggling</mark>." in text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_recipe_in_the_card_is_the_recipe(text: str) -> None:
    recipe = {"name": text, "sources": [{"adapter": "table", "adapter_options": {text: [text]}}], "model": None}
    tokens = MarkdownIt("commonmark", {"html": True}).parse(
        "\n\n".join(again_section(dataclasses.replace(PROVENANCE, recipe=recipe)))
    )
    assert [token.type for token in tokens if token.type in ("fence", "html_block")] == [
        "fence",
        "html_block",
        "fence",
        "html_block",
    ]
    [found] = [token.content for token in tokens if token.info == "yaml"]
    assert yaml.safe_load(found) == {"name": text, "sources": recipe["sources"]}


def test_the_recipe_in_the_card_keeps_the_terms_that_the_users_recipe_states() -> None:
    terms = Terms(videos=Rights("ours", Redistribution.FORBIDDEN))
    sources = (SourceSettings(adapter="table", terms=terms, videos="clips"), SourceSettings(adapter="jsonl"))
    table, jsonl = shaping(Recipe(name="mine", sources=sources), Selection())["sources"]
    assert msgspec.convert(table["terms"], Terms) == terms
    assert {"videos", "annotations"}.isdisjoint(table)
    assert "terms" not in jsonl


def test_terms_and_citations_of_the_sources_are_shown() -> None:
    paper = Citation(("Ann B. Öst}", "others"), "On {Clips} ```\nand \\more", "arXiv:1234.5678", 2020)
    forbidden = Rights("research only, no redistribution", Redistribution.FORBIDDEN)
    terms = Terms(annotations=forbidden, citations=(paper, paper), url="https://clips.example/terms")
    counts = Counts()
    counts.add_clip(clip("a", ClassLabel(name="juggling"), license=None))
    page = render("\n\n".join(sources_section({"circus": SourceTerms("table", terms)}, counts)))
    assert "research only, no redistribution; may not be passed on" in page
    assert "https://clips.example/terms" in html.unescape(page)
    assert "@misc{ost2020,\n  title = {On Clips ``` and more},\n  author = {Ann B. Öst and others}," in html.unescape(
        page
    )
    assert page.count("2020,\n  title") == 1
    assert page.count("<code") == 1


def test_the_plot_is_the_same_for_the_same_numbers_and_holds_any_name() -> None:
    questions = {Unit(text, "class", "train"): Questions(10, 4, 3) for text in [*HOSTILE, "a\x00\x1bb", "x" * 500]}
    texts = "".join(ElementTree.fromstring(yields_svg(questions)).itertext())
    assert "<script>" in texts
    assert "70 % of 10" in texts
    assert "\x1b" not in texts
    drawn = yields_png(questions)
    assert drawn.startswith(b"\x89PNG\r\n")
    assert drawn == yields_png(dict(reversed(questions.items())))
    many = {
        Unit(f"source {number}", "class", split): Questions(number, 1, 0) for number in range(1, 61) for split in "ab"
    }
    assert f"and {60 - MOST_BARS} more with fewer questions" in yields_svg(many)


def test_control_and_direction_characters_do_not_reach_the_card() -> None:
    assert plain("a\x1b[31m \u202egnp.exe\x00 \u2028 b") == "a\ufffd[31m \ufffdgnp.exe\ufffd b"


def test_long_text_is_cut() -> None:
    assert plain("x" * 300_000, 10) == "xxxxxxxxx…"
    assert plain("x" * 10, 10) == "x" * 10


@given(st.text(max_size=60))
def test_any_text_stays_one_cell(text: str) -> None:
    page = render(f"| a | b |\n| --- | --- |\n| {plain(text)} | end |\n")
    assert page.count("<td") == 2
    assert page.count("<tr>") == 2
    assert page.rstrip().endswith("</table>")


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ([], ["unknown"]),
        ([""], ["unknown"]),
        (["CC BY 4.0", "cc-by-4.0"], ["cc-by-4.0"]),
        (["MIT", "my own terms", ""], ["mit", "other", "unknown"]),
    ],
)
def test_licences_are_named_as_the_hub_names_them(stated: list[str], names: list[str]) -> None:
    assert licenses_of(stated) == names
