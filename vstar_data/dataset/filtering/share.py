"""The cap on the share of rationalized rows."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.dataset.judged import Judged
from vstar_data.records import Mode


class Candidate(NamedTuple):
    """What the share needs of a row: its id, its source and mode, and the hash of its completion's key."""

    row: str
    source: str
    mode: Mode
    order: bytes


def candidate(judged: Judged) -> Candidate:
    """Returns what the share needs of an answer."""
    completion = judged.completion
    order = hashlib.sha256(completion.key.encode()).digest()
    return Candidate(judged.id, judged.clip.source, completion.mode, order)


def over_share(rows: Iterable[Candidate], share: float) -> dict[str, Drop]:
    """Returns the rationalized rows that are too many in their source, by row.

    Those with the larger hashes go: a smaller share drops what a larger one drops, and more.

    Args:
        rows: All rows that would be published.
        share: The most that rationalized rows may be of all rows of a source, 0..1.
    """
    direct: Counter[str] = Counter()
    rationalized: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for each in rows:
        if each.mode is Mode.DIRECT:
            direct[each.source] += 1
        else:
            rationalized[each.source].append((each.order, each.row))
    drops = {}
    for source, found in rationalized.items():
        most = most_rationalized(direct[source], share)
        if most is not None:
            detail = f"{len(found)} rationalized beside {direct[source]} direct rows, {min(most, len(found))} stay"
            drops.update({row: Drop(FilterReason.RATIONALIZED_SHARE, detail) for _, row in sorted(found)[most:]})
    return drops


def most_rationalized(direct: int, share: float) -> int | None:
    """Returns how many rationalized rows there may be beside direct ones; None for any number.

    The largest r with r / (direct + r) <= share.

    Args:
        direct: The number of direct rows.
        share: 0..1.
    """
    # As written: 0.9 is nine tenths, not the nearest number that a machine has.
    exact = Fraction(str(share))
    return None if exact == 1 else int(exact * direct / (1 - exact))
