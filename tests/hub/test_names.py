"""Names of repositories and versions."""

from __future__ import annotations

import pytest

from vstar_data.errors import UsageError
from vstar_data.hub.names import check_repository, check_tag, next_version, versions


@pytest.mark.parametrize("name", ["ann/kinetics-reasons", "Ann_1/a.b", "a/b", "o/" + "n" * 94])
def test_names_that_the_hub_takes(name: str) -> None:
    check_repository(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ann",
        "/x",
        "ann/",
        "ann/x/y",
        "../x",
        "ann/..",
        "ann/x y",
        "ann/x--y",
        "ann/-x",
        "ann/x.",
        "ann/x.git",
        "ann/\x1b[31mx",
        "ann/x\n",
        "änn/x",
        "https://huggingface.co/ann/x",
        "ann/x@v0.1.0",
        "o/" + "n" * 95,
    ],
)
def test_names_that_the_hub_does_not_take(name: str) -> None:
    with pytest.raises(UsageError, match="no name of a repository") as caught:
        check_repository(name)
    assert str(caught.value).isprintable() or "\x1b" not in str(caught.value)


@pytest.mark.parametrize("tag", ["v0.1.0", "v1.0.0", "v10.20.30", "v1.0.0-rc1", "v1.0.0-rc.1"])
def test_tags_that_are_versions(tag: str) -> None:
    check_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "1.0.0", "v1", "v1.0", "v01.0.0", "v1.0.0-", "v1.0.0/x", "main", "v1.0.0\n", "v1.0.0 "]
)
def test_tags_that_are_none(tag: str) -> None:
    with pytest.raises(UsageError, match="no name of a version"):
        check_tag(tag)


def test_versions_are_in_the_order_of_their_numbers() -> None:
    assert versions(["v0.9.0", "v0.10.0", "main", "v1.0.0-rc1", "v0.10.2", "x"]) == ["v0.10.2", "v0.10.0", "v0.9.0"]


@pytest.mark.parametrize(
    ("tags", "following"),
    [
        ([], "v0.1.0"),
        (["draft"], "v0.1.0"),
        (["v0.1.0"], "v0.2.0"),
        (["v0.9.0", "v0.10.3"], "v0.11.0"),
        (["v2.0.0"], "v2.1.0"),
    ],
)
def test_new_content_is_the_next_minor_version(tags: list[str], following: str) -> None:
    assert next_version(tags) == following
