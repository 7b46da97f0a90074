"""How the work grows with the length of an answer, and that shortcuts through a text change nothing."""

from __future__ import annotations

import random
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vstar_data.verification import verify
from vstar_data.verification.text import Token, tokens_of


def words_of(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAME = "playing guitar"
NAMES = (NAME, "playing bass guitar", "singing", "washing windows", "opening door", "playing drums")
WORDS = words_of("a the man woman red old plays guitar door opens and or with is it window not slowly bass near")
SPOKEN = (
    "The {0} man is playing guitar.", "A guitar is {0} played.", "She plays her {0} guitar and sings.",
    "He is not playing the {0} guitar.", "It could be {0}, playing a guitar or drums.",
)  # fmt: skip
PIECES = (
    *words_of(
        "the man isn't playing can't cannot 3 three and a half dozen hundred guitar's it\u2019s e.g. . , ; : - ! ?"
    ),
    *words_of("\u2013 | \" ( ) o'clock one half-time window-cleaning \u00e9t\u00e9 mr."),
    "",
    "\n",
)


def answer(kind: str, words: int) -> str:
    chance = random.Random(words)
    said: list[str] = []
    while len(said) < words:
        fresh = "".join(chance.choice("bdklmnoprtuvaei") for _ in range(8))
        if kind == "prose":
            said += [*chance.choices(WORDS, k=9), fresh + "."]
        else:
            said += chance.choice(SPOKEN).format(fresh).split()
    text = " ".join(said[:words])
    return "".join(sign for sign in text if sign not in ".,") if kind == "unpunctuated" else text


def steps(text: str) -> int:
    """Counts the lines of code that a verdict runs through."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        verdict = verify(text, [{"kind": "class", "name": NAME}], question="What happens?", class_names=NAMES)
    finally:
        sys.settrace(before)
    assert "degenerate" not in verdict.reasons
    return count


@pytest.mark.parametrize("kind", ["prose", "spoken", "unpunctuated"])
def test_four_times_the_words_are_far_from_sixteen_times_the_work(kind: str) -> None:
    short, long = answer(kind, 600), answer(kind, 2400)
    steps(short), steps(long)
    assert steps(long) < 7 * steps(short)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_words_are_the_same_with_and_without_a_number_after_them(text: str) -> None:
    def told(tokens: list[Token]) -> list[tuple[object, ...]]:
        return [(each.word, each.start, each.end, each.glue, each.sentence, each.keys) for each in tokens]

    alone, before = tokens_of(text), tokens_of(text + " qqq 7")
    assert told(alone.tokens) == told(before.tokens[:-2])


@given(st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=30).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_places_are_where_the_words_stand(text: str) -> None:
    parsed = tokens_of(text)
    for key, places in parsed.places().items():
        assert places == [number for number, token in enumerate(parsed.tokens) if key in token.keys]
