"""How two datasets turned out in numbers: yields in points, and counts by reason. From their manifests alone."""

from __future__ import annotations

from collections import Counter

import msgspec

from vstar_data.comparing.origins import Origin


class Yield(msgspec.Struct, frozen=True):
    """The questions of one source and kind, over all splits, that have an accepted answer.

    Attributes:
        mode: `direct`; `rationalized`, where only a rationalization was accepted; `total`.
        asked_a: Questions that were asked, in A.
        accepted_a: Those of them with an accepted answer.
        asked_b: As `asked_a`, in B.
        accepted_b: As `accepted_a`, in B.
        points: B's share less A's in points of percentage; None where either asked nothing.
    """

    source: str
    kind: str
    mode: str
    asked_a: int
    accepted_a: int
    asked_b: int
    accepted_b: int
    points: float | None


class Tally(msgspec.Struct, frozen=True):
    """A count by reason on either side.

    Attributes:
        what: `rejected` (answers, each under all its reasons), `filtered` (accepted answers that a filter keeps back),
            `unusable` (lines of the ledger) or `withheld` (clips that are left out altogether).
    """

    what: str
    reason: str
    a: int
    b: int


def yields(a: Origin, b: Origin) -> list[Yield]:
    """Returns the yields of all sources and kinds, sorted; those that did not change too."""
    first, second = _accepted(a), _accepted(b)
    found = []
    for source, kind in sorted({*first, *second}):
        asked_a, *accepted_a = first.get((source, kind), (0, 0, 0, 0))
        asked_b, *accepted_b = second.get((source, kind), (0, 0, 0, 0))
        for mode, one, other in zip(("direct", "rationalized", "total"), accepted_a, accepted_b, strict=True):
            points = round(100 * (other / asked_b - one / asked_a), 2) if asked_a and asked_b else None
            found.append(Yield(source, kind, mode, asked_a, one, asked_b, other, points))
    return found


def tallies(a: Origin, b: Origin) -> list[Tally]:
    """Returns all counts by reason, those that did not change too."""
    first, second = _by_reason(a), _by_reason(b)
    return [
        Tally(what, reason, first[what][reason], second[what][reason])
        for what in first
        for reason in sorted({*first[what], *second[what]})
    ]


def _accepted(origin: Origin) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Returns for each source and kind the questions asked, accepted directly, only by rationalization, and at all."""
    found: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    for one in origin.counts.questions:
        accepted = (one.accepted_direct, one.accepted_rationalized, one.accepted_direct + one.accepted_rationalized)
        before = found.get((one.source, one.kind), (0, 0, 0, 0))
        asked, direct, rationalized, total = map(sum, zip(before, (one.asked, *accepted), strict=True))
        found[one.source, one.kind] = (asked, direct, rationalized, total)
    return found


def _by_reason(origin: Origin) -> dict[str, Counter[str]]:
    rejected: Counter[str] = Counter()
    filtered: Counter[str] = Counter()
    for one in origin.counts.answers:
        rejected.update(one.rejected)
    for place in origin.counts.filtered:
        filtered[place.reason] += place.rows
    return {
        "rejected": rejected,
        "filtered": filtered,
        "unusable": Counter(origin.counts.unusable),
        "withheld": Counter(origin.counts.withheld),
    }
