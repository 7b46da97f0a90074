"""What the manifest says of the licences of a dataset's sources, and what follows for publishing it. Pure.

Licences are the user's decision: here is only what the project knows of them, and what it refuses without a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from vstar_data.decoding import convert

_OPEN = (
    r"cc-?0(-1\.0)?(-universal)?",
    r"cc-?by(-sa)?(-[1-4]\.\d)?(-(international|unported|generic|[a-z]{2}))?",
    r"(creative-commons-)?attribution(-share-?alike)?(-[1-4]\.\d)?(-(international|unported|generic))?(-licen[cs]e)?",
    r"https?://(www\.)?creativecommons\.org/(licenses/by(-sa)?|publicdomain/(zero|mark))/\d\.\d(/[a-z]{2})?/?(legalcode|deed)?",
    r"(the-)?mit(-licen[cs]e)?",
    r"apache(-software)?(-licen[cs]e)?(,?-?v(ersion)?\.?)?-?2(\.0)?",
    r"bsd-?[23]-?clause(-licen[cs]e)?",
    r"(us-)?public-domain(-mark)?(-[12]\.0)?|pd",
    r"pddl(-1\.0)?|unlicense|the-unlicense|odc-by(-1\.0)?|odbl(-1\.0)?",
)
"""Licences under which anyone may pass a video on, in the spellings that occur; non-commercial ones are not here."""


class Redistribution(msgspec.Struct, frozen=True):
    """A licence, and whether it lets others pass the thing on."""

    license: str | None = None
    redistribution: Literal["allowed", "forbidden", "unknown"] = "unknown"


class SourceTerms(msgspec.Struct, frozen=True):
    """The terms of one source."""

    annotations: Redistribution = Redistribution()
    videos: Redistribution = Redistribution()


class _Clips(msgspec.Struct, frozen=True):
    source: str


class _Counts(msgspec.Struct, frozen=True):
    clips: tuple[_Clips, ...] = ()


class _Stated(msgspec.Struct, frozen=True):
    sources: dict[str, SourceTerms] = {}
    counts: _Counts = _Counts()


def terms_of(manifest: Mapping[str, Any], where: str) -> dict[str, SourceTerms]:
    """Returns the terms of every source that a dataset has clips of; one that states none has unknown terms.

    Args:
        manifest: The content of manifest.json.
        where: Its path, for errors.

    Raises:
        RecordError: The manifest states terms in another shape.
    """
    stated = convert(manifest, _Stated, where=where)
    names = {counted.source for counted in stated.counts.clips} or set(stated.sources)
    return {name: stated.sources.get(name, SourceTerms()) for name in sorted(names)}


def with_annotations(terms: Mapping[str, SourceTerms], redistribution: str) -> dict[str, str]:
    """Returns the sources whose annotations may, must not, or may perhaps be passed on, each with its licence."""
    return {
        name: source.annotations.license or "no licence stated"
        for name, source in terms.items()
        if source.annotations.redistribution == redistribution
    }


def is_open(license_name: str | None) -> bool:
    """Whether a licence, as annotations state it, is known to let anyone pass a video on."""
    name = re.sub(r"[\s_-]+", "-", (license_name or "").strip().lower())
    return any(re.fullmatch(pattern, name) for pattern in _OPEN)


def unshareable(terms: SourceTerms | None, licenses: Iterable[str | None]) -> list[str]:
    """Returns the licences that keep videos of a source from being passed on; none when all may be.

    Args:
        terms: What is known of the source.
        licenses: What its clips state, each once.
    """
    if terms is not None and terms.videos.redistribution == "allowed":
        return []
    if terms is not None and terms.videos.redistribution == "forbidden":
        return [terms.videos.license or "redistribution forbidden"]
    of_source = terms.videos.license if terms is not None else None
    return sorted({stated or of_source or "none stated" for stated in licenses if not is_open(stated)})
