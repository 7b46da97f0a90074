"""The section of the card on the marks of a person. Pure text."""

from __future__ import annotations

from collections.abc import Iterator

from vstar_data.dataset.audited import Audited, Share
from vstar_data.dataset.markdown import Cells, plain, table


def audit_section(audited: Audited) -> Iterator[str]:
    """Yields the paragraphs of the section.

    Args:
        audited: The marks, counted; they hold for the answers of the dataset.
    """
    yield "## Audit"
    yield (
        "A person marked answers without seeing the verdicts. Precision is the share of accepted answers that contain "
        "their targets, recall the share of answers containing their targets that were accepted, both with 95 % "
        "intervals. The sample is stratified over kind, mode and verdict; each stratum is weighted by its size."
    )
    rows: list[Cells] = [
        [
            plain(group.kind) or "all",
            plain(group.mode) or "both",
            shown(group.precision),
            shown(group.recall),
            group.accepted_marked + group.rejected_marked,
            group.accepted + group.rejected,
        ]
        for group in audited.groups
    ]
    yield table(["Kind", "Mode", "Precision", "Recall", "Marked", "Answers"], rows, numbers_from=2)
    if audited.uncovered:
        left_out = ", ".join(map(plain, audited.uncovered))
        yield f"Not in the totals, for want of marks among accepted or rejected answers: {left_out}."


def shown(share: Share | None, sign: str = " %") -> str:
    """Returns a share with its interval in percent, or a dash where there is none."""
    if share is None:
        return "-"
    value, low, high = (f"{100 * number:.1f}" for number in (share.value, share.low, share.high))
    return f"{value}{sign} ({low} to {high})"
