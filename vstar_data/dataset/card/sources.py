"""The sections of the card on the sources: their licences, and whom to cite. Pure text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from vstar_data.dataset.counts import Counts
from vstar_data.dataset.markdown import Cells, fenced, plain, table
from vstar_data.dataset.sources import SourceTerms, with_licenses_of_clips
from vstar_data.terms import Citation, Redistribution, Rights

METHOD = Citation(
    authors=("Orr Zohar", "Xiaohan Wang", "Yonatan Bitton", "Idan Szpektor", "Serena Yeung-Levy"),
    title="Video-STaR: Self-Training Enables Video Instruction Tuning with Any Supervision",
    venue="International Conference on Learning Representations",
    year=2025,
)

_REDISTRIBUTION = {
    Redistribution.ALLOWED: "may be passed on",
    Redistribution.FORBIDDEN: "may not be passed on",
    Redistribution.UNKNOWN: "not known whether it may be passed on",
}


def sources_section(sources: Mapping[str, SourceTerms], counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on licences and citations.

    Args:
        sources: By name the sources with what is stated of their terms.
        counts: What is in the dataset, with the licences that clips carry.
    """
    stated = with_licenses_of_clips(sources, counts.licenses)
    yield "## Licences"
    if not stated:
        yield "There are no clips."
        return
    yield "Who uses annotations and videos keeps to their licences; what is not known here is to be looked up."
    clips = {source: sum(n for (name, _), n in counts.licenses.items() if name == source) for source in stated}
    rows: list[Cells] = [
        [
            plain(name),
            _said(source.terms.annotations),
            _said(source.terms.videos),
            plain(source.terms.url or "") or "-",
            clips[name],
        ]
        for name, source in stated.items()
    ]
    yield table(["Source", "Annotations", "Videos", "Terms", "Clips"], rows, numbers_from=4)
    if carried := [(key, number) for key, number in sorted(counts.licenses.items()) if key[1]]:
        yield "The clips themselves state:"
        yield table(
            ["Source", "Licence", "Clips"],
            [[plain(source), plain(license), number] for (source, license), number in carried],
            numbers_from=2,
        )
    yield "## Citations"
    yield "The method, and the sources:"
    cited = [METHOD, *(citation for source in stated.values() for citation in source.terms.citations)]
    yield fenced("\n\n".join(bibtex(list(dict.fromkeys(cited)))), "bibtex")


def bibtex(citations: list[Citation]) -> Iterator[str]:
    """Yields an entry for each citation, with keys that differ."""
    taken: set[str] = set()
    for citation in citations:
        author = re.findall(r"\w+", citation.authors[0])
        base = _ascii(author[-1] if author else "").lower() + str(citation.year)
        key = next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(citations) + 2))) if key not in taken)
        taken.add(key)
        fields = {
            "title": citation.title,
            "author": " and ".join(citation.authors),
            "year": str(citation.year),
            "note" if citation.venue.lower().startswith("arxiv") else "booktitle": citation.venue,
        }
        lines = "".join(f"  {name} = {{{_field(text)}}},\n" for name, text in fields.items())
        yield f"@{'misc' if 'note' in fields else 'inproceedings'}{{{key},\n{lines}}}"


def _said(rights: Rights) -> str:
    license = plain(rights.license) if rights.license else "not stated"
    return f"{license}; {_REDISTRIBUTION[rights.redistribution]}"


def _field(text: str) -> str:
    """Returns text in one line that closes no brace and begins no command."""
    return re.sub(r"[{}\\]", "", " ".join(text.split()))


def _ascii(text: str) -> str:
    plainly = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\W", "", plainly)
