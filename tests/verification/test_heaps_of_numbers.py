"""Answers that are heaps of numbers: they offer everything, and the work that they make is bounded."""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.verification import verify

LABELS: list[dict[str, Any]] = [
    {"kind": "number", "name": "number of squats", "value": 15.0, "tolerance": 1.0},
    {"kind": "segment", "name": "knead the dough", "start": 62.0, "end": 80.0},
    {"kind": "timestamp", "name": "the vase breaks", "time": 62.0, "tolerance": 1.0},
    {"kind": "box", "name": "suitcase", "time": 4.0, "box": [0.2, 0.3, 0.4, 0.5]},
]
RIGHT = "15 squats; the vase breaks at 62 s; knead the dough: 62-80 s; the suitcase: [0.2, 0.3, 0.4, 0.5]"
QUESTION = "How many squats, when does the vase break, when is the dough kneaded, where is the suitcase?"


@pytest.mark.parametrize("label", LABELS, ids=[label["kind"] for label in LABELS])
@pytest.mark.parametrize(
    "piece", ["{0}, ", "At {0} s he does {0} squats. ", "{0} s to {0} s\n", "[0.{0}, 0.2, 0.5, 1] "]
)
def test_a_heap_is_hedged(label: dict[str, Any], piece: str) -> None:
    heap = "".join(piece.format(number) for number in range(2_500))
    verdict = verify(f"{RIGHT}. {heap}", [label], question=QUESTION)
    assert not verdict.accepted
    assert verdict.reasons == ("hedged",)


def test_a_count_among_many_numbers_still_counts() -> None:
    steps = " ".join(f"At {second} seconds he stands up." for second in range(100))
    assert verify(f"He does 15 squats. {steps}", LABELS[:1], question="How many squats does he do?").accepted
