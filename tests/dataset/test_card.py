"""The card: a golden file, and foreign text that must not break it."""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

import pytest
from huggingface_hub import DatasetCard
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE, clip, judged
from vstar_data.dataset import write_dataset
from vstar_data.dataset.front_matter import licenses_of
from vstar_data.dataset.markdown import plain
from vstar_data.records import ClassLabel, RejectReason, Split

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
    assert not re.search(r"<(script|a|img|em|strong|s|del|b)\b", page)
    assert len(re.findall("<h1>", page)) == 1
    cells = [html.unescape(cell) for cell in re.findall("<td.*?>(.*?)</td>", page)]
    assert cells.count(" ".join(text.split())) == 6
    for table in re.findall("<table>.*?</table>", page, re.DOTALL):
        rows = [row.count("</t") for row in re.findall("<tr>.*?</tr>", table, re.DOTALL)]
        assert len(set(rows)) == 1


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
