"""The terms of the sources of a dataset as they are published: what is stated of each, and what its clips say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vstar_data.terms import Redistribution, Rights, Terms, rights_of

_NAMED = 3
"""How many licences of the clips of one source are named; beyond that, their number."""


@dataclass(frozen=True)
class SourceTerms:
    """One source: the adapter that read it, and its terms as far as they are known."""

    adapter: str
    terms: Terms = field(default_factory=Terms)

    def published(self) -> dict[str, Any]:
        """Returns what the manifest says of the source."""
        rights = {"annotations": self.terms.annotations, "videos": self.terms.videos}
        citations = [citation.in_words() for citation in self.terms.citations]
        return {
            "adapter": self.adapter,
            **{
                name: {"license": right.license or None, "redistribution": str(right.redistribution)}
                for name, right in rights.items()
            },
            "citation": "; ".join(citations) or None,
            "url": self.terms.url or None,
        }


def with_licenses_of_clips(
    sources: Mapping[str, SourceTerms], licenses: Mapping[tuple[str, str], int]
) -> dict[str, SourceTerms]:
    """Returns the sources in the order of their names, each with what its clips say.

    Where nothing is known of the annotations, the licences that the clips carry are theirs. A clip's licence that
    forbids redistribution counts whatever else is stated.

    Args:
        sources: What is stated of each source.
        licenses: Clips per source and licence, see `Counts.licenses`.
    """
    carried: dict[str, Counter[str]] = defaultdict(Counter)
    for (source, license), clips in licenses.items():
        carried[source][license] += clips
    found = {name: sources.get(name, SourceTerms(adapter="")) for name in sorted({*sources, *carried})}
    return {name: replace(source, terms=_with(source.terms, carried[name])) for name, source in found.items()}


def _with(terms: Terms, carried: Counter[str]) -> Terms:
    each = [rights_of(license) for license in sorted(carried) if license]
    if not each:
        return terms
    forbidding = [rights for rights in each if rights.redistribution is Redistribution.FORBIDDEN]
    if forbidding and terms.annotations.redistribution is not Redistribution.FORBIDDEN:
        each = forbidding
    elif terms.annotations.known:
        return terms
    allowed = "" not in carried and all(rights.redistribution is Redistribution.ALLOWED for rights in each)
    stated = Rights(
        license=", ".join(str(rights.license) for rights in each) if len(each) <= _NAMED else f"{len(each)} licences",
        redistribution=Redistribution.FORBIDDEN
        if forbidding
        else Redistribution.ALLOWED
        if allowed
        else Redistribution.UNKNOWN,
    )
    return Terms(annotations=stated, videos=terms.videos, citations=terms.citations, url=terms.url)
