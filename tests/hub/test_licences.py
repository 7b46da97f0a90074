"""Which licences let annotations and videos be passed on."""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.errors import RecordError
from vstar_data.hub.terms import is_open, terms_of, unshareable, with_annotations


@pytest.mark.parametrize(
    "name",
    [
        "CC0",
        "cc0-1.0",
        "CC BY 4.0",
        "cc-by-4.0",
        "CC BY-SA 3.0",
        "CC-BY-3.0 Unported",
        "Creative Commons Attribution 4.0 International",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "MIT",
        "MIT License",
        "Apache-2.0",
        "Apache License, Version 2.0",
        "apache 2.0",
        "public domain",
        "Public Domain Mark 1.0",
        "BSD-3-Clause",
        "ODbL",
    ],
)
def test_open_licences(name: str) -> None:
    assert is_open(name)


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "CC BY-NC 4.0",
        "cc-by-nc-sa-4.0",
        "CC BY-ND 4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "all rights reserved",
        "YouTube",
        "not MIT",
        "MIT, for research only",
        "CC BY 4.0\nnon-commercial",
        "unknown",
        "other",
        "MIT" * 5000,
    ],
)
def test_licences_that_are_not_known_to_be_open(name: str | None) -> None:
    assert not is_open(name)


def _manifest(**annotations: str) -> dict[str, Any]:
    sources = {
        name: {"adapter": "x", "annotations": {"license": "L", "redistribution": how}}
        for name, how in annotations.items()
    }
    return {
        "sources": sources,
        "counts": {"clips": [{"source": name, "split": "train", "clips": 1} for name in annotations]},
    }


def test_annotations_are_told_apart_by_what_their_licence_says() -> None:
    terms = terms_of(_manifest(a="allowed", b="forbidden", c="unknown"), "manifest.json")
    assert with_annotations(terms, "forbidden") == {"b": "L"}
    assert with_annotations(terms, "unknown") == {"c": "L"}


def test_a_source_without_terms_is_unknown() -> None:
    manifest = {"counts": {"clips": [{"source": "old"}]}}
    assert with_annotations(terms_of(manifest, "manifest.json"), "unknown") == {"old": "no licence stated"}


def test_terms_of_another_shape_are_an_error_that_names_the_file() -> None:
    with pytest.raises(RecordError, match=r"some/manifest\.json"):
        terms_of(_manifest(a="perhaps"), "some/manifest.json")


@pytest.mark.parametrize(
    ("videos", "stated", "barring"),
    [
        ("allowed", [None, "all rights reserved"], []),
        ("forbidden", ["CC BY 4.0"], ["house licence"]),
        ("forbidden", ["CC BY 4.0", None], ["house licence"]),
        ("unknown", ["YouTube", "CC0"], ["YouTube"]),
    ],
)
def test_videos_go_with_their_source_and_an_open_licence_helps_where_that_forbids_nothing(
    videos: str, stated: list[str | None], barring: list[str]
) -> None:
    manifest = {"sources": {"a": {"videos": {"license": "house licence", "redistribution": videos}}}}
    assert unshareable(terms_of(manifest, "manifest.json")["a"], stated) == barring


def test_a_video_of_which_nothing_is_known_is_not_passed_on() -> None:
    assert unshareable(None, [None]) == ["none stated"]


def test_videos_that_are_forbidden_stay_so_whatever_their_clips_state() -> None:
    manifest = {"sources": {"a": {"videos": {"license": "research only", "redistribution": "forbidden"}}}}
    assert unshareable(terms_of(manifest, "manifest.json")["a"], ["Apache-2.0", "CC0"]) == ["research only"]
