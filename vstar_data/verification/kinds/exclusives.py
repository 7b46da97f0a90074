"""Words of which only one can hold of a thing, such as colours, sides and numbers: does an answer give another one?"""

from __future__ import annotations

from itertools import pairwise

from vstar_data.verification import words
from vstar_data.verification.text import Text

_KINDS = tuple(
    tuple(frozenset(group.split("/")) for group in line.split())
    for line in (
        "red/maroon blue/navy green yellow orange purple/violet pink brown/tan black white grey/gray gold/golden",
        "left/leftward/leftwards right/rightward/rightwards",
        "up/upward/upwards down/downward/downwards",
        "clockwise counterclockwise/anticlockwise",
        "indoors/indoor/inside outdoors/outdoor/outside",
        "forward/forwards backward/backwards",
        "before after",
        "first second third fourth last",
        "small/tiny/little large/big/huge",
        "slow/slowly fast/quick/quickly/rapidly",
        "happy/glad sad angry/mad calm",
        "man woman boy girl",
    )
)
TIMES = {"both": 2.0, "twice": 2.0, "once": 1.0}
"""Words that count: how often, or how many of two."""


def conflict(text: Text, gold: Text, question: Text) -> bool:
    """Whether an answer gives another colour, side or number than the label, where the label gives one."""
    asked = {key for token in question.tokens for key in token.keys}
    said = {token.word for token in text.tokens if not token.keys & asked}
    mine = {token.word for token in gold.tokens}
    for kind in _KINDS:
        named = [group for group in kind if group & mine]
        if named and any(group & said for group in kind if group not in named):
            return True
    counted = _counts(gold)
    return bool(counted and _counts(text) - counted - _counts(question))


def _counts(text: Text) -> set[float]:
    """Returns the numbers that a text gives; `both` is two, and a `one` without a noun is a pronoun."""
    found = {token.value for token in text.tokens if token.value is not None and token.word != "one"}
    found |= {TIMES[token.word] for token in text.tokens if token.word in TIMES}
    for token, following in pairwise(text.tokens):
        if token.word == "one" and following.form.noun and following.word not in words.FUNCTION:
            found.add(1.0)
    return found
