"""Spans of time that begin with the clip or end with it: `from the start until 6 s`, `during the first 6 seconds`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vstar_data.verification.moments import Moment, moments
from vstar_data.verification.text import Text
from vstar_data.verification.times import Span

_OF_CLIP = r"(?:\s+of (?:the|this) (?:clip|video|footage|recording|film|scene))?"
_ABOUT = r"(?:\s*(?:about|around|roughly|approximately|the|second))*\s*\Z"
_FROM_START = re.compile(
    r"\b(?:from|since) (?:the )?(?:very )?(?:start|beginning|outset|opening|first (?:frame|moment|second))"
    + _OF_CLIP
    + r",?\s*(?:on,? )?(?:all the way |right |straight )?(?:until|till|to|up to|up until|through|through to)"
    + _ABOUT,
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:during|for|in|over|throughout|within) the (?:first|initial|opening)" + _ABOUT, re.IGNORECASE)
_LAST = re.compile(r"\b(?:during|for|in|over|throughout|within) the (?:last|final|closing)" + _ABOUT, re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|since|starting at|beginning at|starts? at|begins? at)" + _ABOUT, re.IGNORECASE)
_TO_END = re.compile(
    r"(?:\s+(?:mark|on|onwards?))?,?\s*(?:and (?:goes on|continues|lasts) )?(?:all the way |right )?"
    r"(?:until|till|to|up to|through|through to) (?:the|its) (?:very )?end\b",
    re.IGNORECASE,
)
_REACH = 90


def edge_spans(text: Text, found: Sequence[Span], duration: float | None) -> list[Span]:
    """Returns the spans that the clip itself bounds, for times that are part of no other span.

    Args:
        text: The answer.
        found: Its other spans.
        duration: Length of the clip in seconds: without it, nothing is known about the end.
    """
    more = []
    for time in moments(text):
        if time.unit not in ("s", "") or any(span.start <= time.start < span.end for span in found):
            continue
        ends = _ends(text.raw, time, duration)
        if ends is not None:
            more.append(Span(*ends, time.start, time.end, time.token, True, time.token))
    return more


def _ends(raw: str, time: Moment, duration: float | None) -> tuple[float, float] | None:
    before = raw[max(0, time.start - _REACH) : time.start]
    if _FROM_START.search(before) or (time.unit == "s" and _FIRST.search(before)):
        return 0.0, time.value
    if duration is None:
        return None
    if time.unit == "s" and _LAST.search(before):
        return duration - time.value, duration
    if _FROM.search(before) and _TO_END.match(raw, time.end):
        return time.value, duration
    return None
