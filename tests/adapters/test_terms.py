"""The terms that the bundled adapters state, held against what their docstrings say for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vstar_data.adapters import Redistribution, Rights, Terms, discovered
from vstar_data.cli.adapters import app
from vstar_data.terms import rights_of
from vstar_data.testing import description_of

BUNDLED = {
    name: adapter for name, adapter in discovered().by_name.items() if adapter.__module__.startswith("label_adapters.")
}
GENERIC = {"flat_qa", "huggingface", "jsonl", "table", "videofolder"}
"""Adapters for a form: what holds for the data, only the data's owner knows."""
DATASETS = sorted(BUNDLED.keys() - GENERIC)
FORBIDDEN = re.compile(r"may not be passed on|forbids passing|no redistribution")


def licence(name: str) -> str:
    """Returns what the docstring says of the licence, in one line."""
    return " ".join(description_of(BUNDLED[name]).sections["Licence"].split())


def both(name: str) -> dict[str, Rights]:
    terms = BUNDLED[name].terms
    return {"annotations": terms.annotations, "videos": terms.videos}


def test_the_generic_ones_know_nothing() -> None:
    assert {name for name, adapter in BUNDLED.items() if adapter.terms == Terms()} == GENERIC


@pytest.mark.parametrize("name", ["charades", "charades_sta", "finediving", "something_something_v2"])
def test_annotations_that_may_not_be_passed_on(name: str) -> None:
    assert BUNDLED[name].terms.annotations.redistribution is Redistribution.FORBIDDEN


def test_the_videos_whose_rights_are_known() -> None:
    known = {name: str(both(name)["videos"].redistribution) for name in DATASETS if both(name)["videos"].known}
    assert known == {
        "breakfast": "allowed",
        "charades": "forbidden",
        "charades_sta": "forbidden",
        "egoschema": "forbidden",
        "epic_kitchens": "allowed",
        "something_something_v2": "forbidden",
        "star": "forbidden",
        "star_val": "forbidden",
        "tempcompass": "forbidden",
    }


@pytest.mark.parametrize("name", DATASETS)
def test_a_docstring_that_forbids_to_pass_on_has_terms_that_do(name: str) -> None:
    forbidden = [rights for rights in both(name).values() if rights.redistribution is Redistribution.FORBIDDEN]
    # The videos of STAR are Charades': its own licence forbids, as its own docstring says.
    told = licence(name) + (licence("charades") if "licence of Charades" in licence(name) else "")
    assert bool(forbidden) == bool(FORBIDDEN.search(told))


@pytest.mark.parametrize("name", DATASETS)
def test_a_docstring_that_found_no_licence_has_terms_without_one(name: str) -> None:
    found_none = re.match(r"none (was )?found", licence(name)) is not None
    assert found_none == (not both(name)["annotations"].known)


@pytest.mark.parametrize("name", DATASETS)
def test_licences_are_the_docstrings_and_mean_what_their_names_say(name: str) -> None:
    for rights in both(name).values():
        if rights.redistribution is Redistribution.ALLOWED:
            assert rights.license is not None
            assert rights.license.replace("-", " ") in licence(name).replace("-", " ")
        assert not rights.known or rights_of(str(rights.license)) == rights


@pytest.mark.parametrize("name", DATASETS)
def test_the_papers_are_those_of_the_docstring(name: str) -> None:
    told = " ".join(description_of(BUNDLED[name]).sections["Citation"].split())
    cited = BUNDLED[name].terms.citations
    assert cited
    assert len(cited) == told.count(";") + 1
    for paper, words in zip(cited, told.split("; "), strict=True):
        *listed, last = (author.rpartition(" ")[2] for author in paper.authors)
        surnames = [*listed, *([] if last == "others" else [last])]
        assert set(surnames) <= set(re.findall(r"[\w-]+", words))
        assert [part for part in (paper.title, paper.venue, str(paper.year)) if part not in words] == []
        assert ("et al." in words) == (last == "others")


def test_addresses_are_those_of_the_docstrings() -> None:
    told = {address for name in DATASETS for address in re.findall(r"https?://[^\s,;]+", sources(name))}
    stated = {name: BUNDLED[name].terms.url for name in DATASETS}
    assert {name: url for name, url in stated.items() if url is not None and url not in told} == {}
    assert all((url is None) == (not both(name)["annotations"].known) for name, url in stated.items())


def sources(name: str) -> str:
    return description_of(BUNDLED[name]).sections["Source"].replace(". ", " ").removesuffix(".")


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["show", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_they_are_shown() -> None:
    text = shown("tempcompass")
    assert "  annotations: CC-BY-NC-4.0 (redistribution allowed)\n" in text
    assert "  videos: Shutterstock: no redistribution (redistribution forbidden)\n" in text
    assert "  to cite: Yuanxin Liu et al., TempCompass: Do Video LLMs Really Understand Videos?, 2024 (arXiv" in text
    assert "  stated at: https://github.com/llyx97/TempCompass\n" in text
    assert "  videos: no licence known (redistribution unknown)\n\nOptions:" in shown("table")


def test_terms_of_another_kind_are_named_where_they_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_text(
        "from vstar_data.adapters import LabelAdapter\n\n\nclass Odd(LabelAdapter):\n"
        '    """Odd: nothing."""\n\n    name = "odd"\n    terms = "free"\n',
        encoding="utf-8",
    )
    assert "none: `terms` is a str, where Terms(...) is expected" in shown("odd", "--adapter", str(file))
