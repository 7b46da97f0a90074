"""The set of texts seen before: exact for all practical purposes, and small."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from vstar_data.seen import Seen


@given(st.lists(st.text(max_size=3), max_size=200))
def test_it_tells_what_a_set_tells(texts: list[str]) -> None:
    seen, known = Seen(), set[str]()
    for text in texts:
        assert (text in seen) == (text in known)
        assert seen.add(text) == (text not in known)
        known.add(text)
    assert len(seen) == len(known)


def test_many_texts_stay_apart_while_it_grows() -> None:
    seen = Seen()
    assert all(seen.add(f"id {number}") for number in range(20_000))
    assert not any(seen.add(f"id {number}") for number in range(20_000))
    assert not any(f"other {number}" in seen for number in range(20_000))
    assert seen.add("\ud83d")
    assert "\ud83d" in seen


def test_a_text_takes_few_bytes() -> None:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    seen = Seen()
    for number in range(100_000):
        seen.add(f"source/{number}")
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert held < 25 * 100_000
