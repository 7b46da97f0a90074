"""From marked answers to precision and recall, weighted back to all answers of the run.

The sheet is a stratified sample: within a stratum (kind, mode, verdict) every answer had the same chance, between
strata not. So each stratum counts by its size, not by the number of its marks. Answers left blank are taken to be like
the others of their stratum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vstar_data.auditing.wilson import Estimate, Part, recall, weighted_share
from vstar_data.dataset.audited import AuditedGroup, Share


class Stratum(NamedTuple):
    """What a sheet is stratified over: the label kind of the targets, the mode, the verdict."""

    kind: str
    mode: str
    accepted: bool


def estimated(
    sizes: Mapping[Stratum, int], marks: Iterable[tuple[Stratum, bool]]
) -> tuple[tuple[AuditedGroup, ...], tuple[str, ...]]:
    """Returns precision and recall of all answers, of each mode, and of each kind and mode.

    Args:
        sizes: For each stratum the number of answers in the run.
        marks: For each marked answer its stratum and whether it was marked right.

    Returns:
        The groups, and the kinds and modes that the totals pass over: with answers on a side that has no mark.
    """
    counted: dict[Stratum, list[int]] = {stratum: [0, 0] for stratum in sizes}
    for stratum, right in marks:
        counted[stratum][0] += 1
        counted[stratum][1] += right
    parts = {stratum: Part(size, *counted[stratum]) for stratum, size in sizes.items() if size}
    pairs = sorted({(stratum.kind, stratum.mode) for stratum in parts})
    covered = [pair for pair in pairs if all(part.marked for part in _sides(parts, [pair]))]
    modes = sorted({mode for _, mode in pairs})
    groups = [_group("", "", parts, covered)]
    groups += [_group("", mode, parts, [pair for pair in covered if pair[1] == mode]) for mode in modes]
    groups += [_group(kind, mode, parts, [(kind, mode)]) for kind, mode in pairs]
    return tuple(groups), tuple(f"{kind} {mode}" for kind, mode in pairs if (kind, mode) not in covered)


def _sides(parts: Mapping[Stratum, Part], pairs: Iterable[tuple[str, str]], *verdicts: bool) -> list[Part]:
    """Returns the strata of some kinds and modes, of the given verdicts or of both."""
    wanted = [Stratum(*pair, accepted) for pair in pairs for accepted in verdicts or (True, False)]
    return [parts[stratum] for stratum in wanted if stratum in parts]


def _group(kind: str, mode: str, parts: Mapping[Stratum, Part], pairs: list[tuple[str, str]]) -> AuditedGroup:
    accepted, rejected = _sides(parts, pairs, True), _sides(parts, pairs, False)
    known = all(part.marked for part in accepted)
    both = known and all(part.marked for part in rejected)
    return AuditedGroup(
        kind=kind,
        mode=mode,
        accepted=sum(part.size for part in accepted),
        accepted_marked=sum(part.marked for part in accepted),
        accepted_right=sum(part.right for part in accepted),
        rejected=sum(part.size for part in rejected),
        rejected_marked=sum(part.marked for part in rejected),
        rejected_right=sum(part.right for part in rejected),
        precision=_rounded(weighted_share(accepted)) if known else None,
        recall=_rounded(recall(accepted, rejected)) if both else None,
    )


def _rounded(estimate: Estimate | None) -> Share | None:
    if estimate is None:
        return None
    return Share(**{name: round(number, 4) for name, number in estimate._asdict().items()})
