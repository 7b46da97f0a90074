"""What a question asks for, read from its text, where nobody says: which parts of each target an answer must supply."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vstar_data.records import ASKABLE, Label, SegmentLabel
from vstar_data.verification.text import Text, tokens_of_name

_WHEN = re.compile(
    r"\b(?:when|what times?|which times?|at which|from when|times?\b|seconds?|how long|"
    r"interval|span|start|begins?|between "
    r"which|timestamps?|moments?|duration|period|localize|locate|window|find the (?:clip|part|segment|section)"
    r"|at what|(?:in|during|over|throughout|for|at) "
    r"(?:which|what) (?:point|part|portion|stretch|section|stage|phase|frames?)"
    r"|(?:which|what) (?:part|portion|stretch) of (?:the|this) (?:clip|video|footage|recording))\b",
    re.IGNORECASE,
)

_GIVEN = re.compile(
    r"\d+(?:\.\d+)?\s*(?:s|secs?|seconds?)?\s*(?:to|and|-|\u2013)\s*\d+(?:\.\d+)?\s*(?:s|secs?|seconds?)\b"
    r"|\b\d{1,2}:\d\d\s*(?:to|and|-|\u2013)\s*\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
"""A window that the question states itself: then only its own words for asking (`when does ...`) ask for a time."""
_ASKED_ALL_THE_SAME = re.compile(
    r"\b(?:when|what times?|which times?|how long|localize|locate|timestamps?|at which|between which|start|begins?)\b",
    re.IGNORECASE,
)


def asked_for(question: Text, labels: Sequence[Label]) -> tuple[tuple[str, ...], ...]:
    """Returns for each target the parts that the question asks for.

    Args:
        question: The question; without words each kind's own answer is demanded.
        labels: The targets.
    """
    return tuple(_parts(question, label) for label in labels)


def _parts(question: Text, label: Label) -> tuple[str, ...]:
    if not isinstance(label, SegmentLabel):
        return ASKABLE[str(label.__struct_config__.tag)]
    if not question.tokens:
        return ("time",)
    asks = _ASKED_ALL_THE_SAME if _GIVEN.search(question.raw) else _WHEN
    if not asks.search(question.raw):
        return ("name",)
    return ("time",) if names(question, label.name) else ("name", "time")


def names(question: Text, name: str) -> bool:
    """Whether a question speaks of an event: half of the words of its name or more stand in it."""
    content = [token for token in tokens_of_name(name).tokens if len(token.word) > 2]
    asked = {key for token in question.tokens for key in token.keys}
    hits = sum(1 for token in content if token.keys & asked)
    return bool(content) and hits * 2 > len(content)
