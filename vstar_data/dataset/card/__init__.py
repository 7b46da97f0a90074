"""The card: README.md of a dataset, for people and, in its YAML, for the `datasets` library. Pure text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vstar_data.dataset.audit_section import audit_section, shown
from vstar_data.dataset.card.examples import examples_section
from vstar_data.dataset.card.numbers import (
    contents_section,
    filtered_section,
    rejects_section,
    reviewed_section,
    unusable_section,
    withheld_section,
    yields_section,
)
from vstar_data.dataset.card.sources import sources_section
from vstar_data.dataset.card.use import again_section, loading_section, training_section
from vstar_data.dataset.counts import Counts
from vstar_data.dataset.front_matter import front_matter
from vstar_data.dataset.judged import Judged, Provenance
from vstar_data.dataset.markdown import Cells, plain, table
from vstar_data.dataset.reformatting.section import styles_section

__all__ = ["card"]


def card(
    provenance: Provenance,
    counts: Counts,
    contents: Mapping[str, str],
    examples: Sequence[Judged],
    plot: str | None = None,
) -> str:
    """Returns the content of README.md.

    Args:
        provenance: What the dataset was made from.
        counts: What is in the dataset.
        contents: For each config a hash of its files.
        examples: Accepted answers to show.
        plot: The path of the plot of the yields in the dataset; None where there is none.
    """
    title = f"{provenance.name}: verified video instruction tuning"
    body = "\n\n".join(_sections(plain(title), provenance, counts, examples, plot))
    return f"{front_matter(title, counts, contents)}\n{body}\n"


def _sections(
    title: str, provenance: Provenance, counts: Counts, examples: Sequence[Judged], plot: str | None
) -> Iterator[str]:
    yield f"# {title}"
    yield (
        "Questions about labelled video clips with answers that a video-language model made and a verifier accepted, "
        "in the manner of Video-STaR. A question none of whose direct answers was accepted was asked again with the "
        "label as a hint; such answers have `mode` = `rationalized`. The stored question is always the plain one. "
        "Videos are referenced, not included: `video` is relative to the folder of the videos, `start` and `end` are "
        "seconds in that file."
    )
    yield table(["", ""], list(_origin(provenance)), numbers_from=2)
    yield from contents_section(counts)
    yield from loading_section(counts)
    yield from yields_section(counts, provenance.cycle, plot)
    yield from rejects_section(counts)
    yield from reviewed_section(counts)
    if provenance.audit is not None:
        yield from audit_section(provenance.audit)
    yield from filtered_section(counts)
    yield from styles_section(counts.reformatted)
    yield from unusable_section(counts)
    yield from withheld_section(counts)
    yield from examples_section(examples)
    yield from training_section(counts)
    yield from again_section(provenance)
    yield from sources_section(provenance.sources, counts)


def _origin(provenance: Provenance) -> Iterator[Cells]:
    yield ["Model", plain(provenance.model)]
    yield ["Verifier", f"profile {plain(provenance.profile)}, version {plain(provenance.verifier)}"]
    if provenance.audit is not None and provenance.audit.groups:
        whole = provenance.audit.groups[0]
        yield ["Its precision", f"{shown(whole.precision)}, its recall {shown(whole.recall)}; see Audit"]
    yield ["Cycle", str(provenance.cycle)]
    yield ["Made with", f"vstar-data {plain(provenance.code)}"]
