"""Patterns with hints find what the patterns find."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vstar_data.verification import commitment, cues, degenerate, leaks, subjects
from vstar_data.verification.hints import Hinted, strings_of

HINTED = {
    f"{module.__name__.rpartition('.')[2]}.{name}": found
    for module in (commitment, cues, degenerate, leaks, subjects)
    for name, found in vars(module).items()
    if isinstance(found, Hinted)
}


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        (r"\bnever\b", ("never",)),
        (r"i (?:can|will) not", ("i can not", "i will not")),
        (r"(?:final )?answer (?:is|was)", ("answer is", "answer was")),
        (r"(?:ab)+\d", ("ab",)),
        (r"(?:in vain|fail)ed", ("failed", "in vained")),
        (r"[abc]\w*", ("",)),
        (r"(?:x|\d)", ("",)),
    ],
)
def test_strings_are_read_off_a_pattern(pattern: str, strings: tuple[str, ...]) -> None:
    found = strings_of(pattern)
    assert all(any(string in whole for string in found) for whole in strings)
    assert bool(found[0]) == bool(strings[0])


def test_patterns_of_the_verifier_have_strings() -> None:
    assert len(HINTED) > 5
    assert [name for name, found in HINTED.items() if "" in found.strings] == []


@given(st.data(), st.sampled_from(sorted(HINTED)), st.text("the a is not.,' ", max_size=12))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_what_a_pattern_matches_is_looked_for(data: st.DataObject, name: str, around: str) -> None:
    hinted = HINTED[name]
    text = around + data.draw(st.from_regex(hinted.pattern)) + around
    expected = hinted.pattern.search(text)
    found = hinted.search(text)
    assert (found.span() if found else None) == (expected.span() if expected else None)


@pytest.mark.parametrize("text", ["\u017forry, I mi\u017fspoke", "I AM SORRY", "\u0130 am sorry", "\u212anown"])
def test_letters_that_fold_are_found_as_the_pattern_finds_them(text: str) -> None:
    hinted = Hinted(r"\b(?:sorry|known|i am)\b", re.IGNORECASE)
    expected = hinted.pattern.search(text)
    found = hinted.search(text)
    assert (found.span() if found else None) == (expected.span() if expected else None)
