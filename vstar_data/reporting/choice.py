"""Which answers are shown as examples: a few of every sort, the same ones whenever the same answers are offered."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter

from vstar_data.dataset.judged import Judged

WANTED = 12
"""Examples of each outcome."""


class Choice:
    """Chooses among answers while they pass by; holds at most `WANTED` of each sort.

    A sort is the kind of the question, the mode and the first reason of a rejection. Sorts take turns, those of a kind
    shown less often first. Within a sort the smallest hash of the answer's id comes first, so that neither the order
    of the answers nor the number of blocks decides.
    """

    def __init__(self) -> None:
        self._sorts: dict[tuple[str, str, str], list[tuple[int, str, Judged]]] = {}

    def offer(self, judged: Judged) -> None:
        """Takes an answer into account."""
        reason = next(iter(judged.reasons), "")
        held = self._sorts.setdefault((judged.kind, str(judged.completion.mode), reason), [])
        rank = int.from_bytes(hashlib.blake2b(judged.id.encode(), digest_size=8).digest(), "big")
        if len(held) < WANTED:
            heapq.heappush(held, (-rank, judged.id, judged))
        elif -rank > held[0][0]:
            heapq.heapreplace(held, (-rank, judged.id, judged))

    def chosen(self) -> list[Judged]:
        """Returns the examples, at most `WANTED`; as far as there is a choice each is about another clip."""
        waiting = {sort: sorted(held, key=lambda one: (-one[0], one[1])) for sort, held in self._sorts.items()}
        turns: Counter[tuple[str, str]] = Counter()
        clips: set[str] = set()
        chosen: list[Judged] = []
        while waiting and len(chosen) < WANTED:
            sort = min(waiting, key=lambda sort: (*_turns(sort, turns), sort))
            held = waiting[sort]
            at = next((at for at, (_, _, judged) in enumerate(held) if judged.clip.id not in clips), 0)
            _, _, judged = held.pop(at)
            if not held:
                del waiting[sort]
            clips.add(judged.clip.id)
            chosen.append(judged)
            turns.update(_counted(sort))
        return chosen


def _counted(sort: tuple[str, str, str]) -> list[tuple[str, str]]:
    kind, mode, reason = sort
    return [("sort", "\0".join(sort)), ("kind", kind), ("reason", reason), ("mode", mode)]


def _turns(sort: tuple[str, str, str], turns: Counter[tuple[str, str]]) -> list[int]:
    """How often a sort, its kind, its reason and its mode had a turn."""
    return [turns[what] for what in _counted(sort)]
