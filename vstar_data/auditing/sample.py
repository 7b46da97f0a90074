"""Samples that are drawn in one pass: of all that is offered, those with the smallest hashes."""

from __future__ import annotations

import heapq
from typing import Generic, TypeVar

from vstar_data.questions.asking import rank

T = TypeVar("T")


class Sample(Generic[T]):
    """A simple random sample without replacement that depends on seed and names alone, not on the order of offering.

    A smaller sample is part of a larger one.

    Args:
        size: The most that is kept.
        seed: Another seed draws another sample.
        purpose: Samples for different purposes are drawn independently.
    """

    def __init__(self, size: int, seed: int, purpose: str) -> None:
        self._size, self._salt = size, (str(seed), purpose)
        self._heap: list[tuple[int, str, T]] = []
        self.offered = 0

    def offer(self, name: str, item: T) -> None:
        """Takes an item into account.

        Args:
            name: Tells it from all others.
            item: What is kept if it is drawn.
        """
        self.offered += 1
        place = -rank(*self._salt, name)
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, (place, name, item))
        elif self._heap and place > self._heap[0][0]:
            heapq.heapreplace(self._heap, (place, name, item))

    def drawn(self) -> list[T]:
        """Returns the sample in the order of its hashes."""
        return [item for _, _, item in sorted(self._heap, key=lambda held: (-held[0], held[1]))]
