"""Near-duplicates: answers that say almost the same words in almost the same order, found by MinHash.

A text is the set of its runs of three words; the similarity of two texts is the Jaccard index of their sets, estimated
from signatures of fixed length (Broder 1997), so that the work grows with the number of texts. Nothing is random.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from vstar_data.dataset.filtering.reasons import Drop, FilterReason

if TYPE_CHECKING:
    from datasketch import MinHash

SIGNATURE = 128
"""Hash values of a signature: the standard error of a similarity of 0.8 is 0.035."""

_RUN = 3
_SEED = 1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Signature:
    """A row with the signature of its text."""

    row: str
    sketch: MinHash


def signature(row: str, text: str) -> Signature:
    """Returns the signature of a text. Case and punctuation do not count.

    Args:
        row: The id of the row.
        text: Any text.
    """
    sketch = _empty().copy()
    sketch.update_batch(run.encode() for run in runs(text))
    return Signature(row, sketch)


@cache
def _empty() -> MinHash:
    """The signature of no text; drawing its permutations is what costs."""
    from datasketch import MinHash

    # Seed, hash and scheme are named: another default of the library must not change what is dropped.
    return MinHash(num_perm=SIGNATURE, seed=_SEED, hashfunc=_hash, scheme="affine32")


def runs(text: str) -> set[str]:
    """Returns the runs of three words of a text; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    return {" ".join(words[place : place + _RUN]) for place in range(max(len(words) - _RUN + 1, 1))}


def repeated(signatures: Iterable[Signature], *, similarity: float, most: int) -> dict[str, Drop]:
    """Returns the rows that nearly repeat `most` rows that stay, by row. The earlier row stays.

    Compares each with each that stays: for the few answers to one question. For many texts see `repeated_of_many`.

    Args:
        signatures: Rows in the order of preference.
        similarity: From which on two texts are near-duplicates, above 0 and at most 1.
        most: How many near-duplicates stay, at least 1.
    """
    kept: list[Signature] = []
    drops: dict[str, Drop] = {}
    for each in signatures:
        like = {other.row: float(each.sketch.jaccard(other.sketch)) for other in kept}
        if (drop := _drop(like, similarity, most)) is not None:
            drops[each.row] = drop
        else:
            kept.append(each)
    return drops


def repeated_of_many(signatures: Sequence[Signature], *, similarity: float, most: int) -> dict[str, Drop]:
    """Returns the rows of a dataset that nearly repeat `most` rows that stay, by row.

    Rows are taken in the order of the hash of their ids, so that the order of the arguments does not matter. An index
    by parts of the signatures (locality-sensitive hashing) finds what is to be compared; of pairs just above the
    similarity it misses some.

    Args:
        signatures: Rows in any order.
        similarity: See `repeated`.
        most: See `repeated`.
    """
    from datasketch import MinHashLSH

    index = MinHashLSH(num_perm=SIGNATURE, params=bands(similarity))
    kept: dict[str, Signature] = {}
    drops: dict[str, Drop] = {}
    for each in sorted(signatures, key=lambda each: hashlib.sha256(each.row.encode()).digest()):
        like = {row: float(each.sketch.jaccard(kept[row].sketch)) for row in index.query(each.sketch)}
        if (drop := _drop(like, similarity, most)) is not None:
            drops[each.row] = drop
        else:
            index.insert(each.row, each.sketch)
            kept[each.row] = each
    return drops


def bands(similarity: float) -> tuple[int, int]:
    """Returns into how many bands of how many values signatures are cut for the index.

    The longest bands for which a pair of exactly this similarity is found with a probability of at least 0.95:
    1 - (1 - s ** values) ** bands.

    Args:
        similarity: Above 0 and at most 1.
    """
    cuts = [(SIGNATURE // values, values) for values in range(SIGNATURE // 2, 0, -1)]
    return next((cut for cut in cuts if 1 - (1 - similarity ** cut[1]) ** cut[0] >= 0.95), (SIGNATURE, 1))


def _drop(like: Mapping[str, float], similarity: float, most: int) -> Drop | None:
    """Whether a row has too many near-duplicates among those that stay; names the nearest."""
    near = {row: found for row, found in like.items() if found >= similarity}
    if len(near) < most:
        return None
    row, found = min(near.items(), key=lambda item: (-item[1], item[0]))
    return Drop(FilterReason.NEAR_DUPLICATE, f"{row}, similarity {found:.2f}")


def _hash(run: bytes) -> int:
    return int.from_bytes(hashlib.sha256(run).digest()[:4])
