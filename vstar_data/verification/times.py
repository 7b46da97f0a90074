"""Spans of time in running text: two times joined, a start and an end, a start and a length, in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vstar_data.verification.moments import Moment, moments
from vstar_data.verification.text import Text

__all__ = ["Moment", "Span", "length", "moments", "overlap", "spans"]

_MARK = r"(?:\s*(?:mark|point|timestamp)\b)?"
_JOIN = re.compile(
    _MARK + r",?\s*(?:-{1,3}>?|\u2013|\u2014|\u2212|=>|\u2192|~|\.\.+|\u2026|to|until|till|til|thru|up until|up to|"
    r"(?:(?:all the way|right|straight|on|up)\s+)?through(?:\s+to)?|"
    r"(?:all the way|right|straight|on)\s+(?:up\s+)?(?:to|until|till)|up to and including|and up to|"
    r"[\u2264<]=?\s*\w{1,4}\s*[\u2264<]=?)"
    r"(?:\s+(?:about|around|roughly|approximately|approx\.?|some|second|seconds|sec|frames?|the|t\s*=))*",
    re.IGNORECASE,
)
_AND = re.compile(
    _MARK + r",?\s*(?:and|&)\s*(?:at )?(?:about |around |roughly )?(?:the )?(?:seconds? )?",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:between|start and end[^.]{0,30}|times?[^.]{0,30})\s*(?:\w+\s+)?(?:the\s+)?\w*\s*\Z", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*[,;]\s*\Z")
_ABOUT = (
    r"(?:[\s:=\"'*_`(~\u2248<>|\[@]|about|around|roughly|approximately|approx\.?|exactly|precisely|some|just|only|the|"
    r"seconds?|sec|minutes?|minute|time|mark|timestamp|t|another|a|full|good|almost|nearly|of|s)*\Z"
)
_CUES = {
    "start": (
        r"starting|beginning|onset|opens|start|starts|started|begin|begins|began|commences|commencing|first seen|"
        r"sets? in|kicks? off",
        r"from|since|onset|start|begin|in(?=\s*[:=])",
    ),
    "end": (
        r"end|ends|ended|ending|finish|finishes|finished|finishing|stop|stops|stopped|stopping|(?:is|was|all|'s) over|"
        r"conclud\w+|complet\w+|ceas\w+|done|offset|last seen|through|until|till|fad(?:es?|ed|ing) (?:out|away)|"
        r"d(?:ies?|ied|ying) (?:down|away|out)|(?:comes?|came|coming) to an? (?:end|stop|halt|close)|breaks? off",
        r"until|till|to|offset|end|out(?=\s*[:=])",
    ),
    "length": (
        r"last|lasts|lasted|lasting|duration|length|needs?|needed|requires?|required|goes on for|keeps? at it for|"
        r"(?:takes?|took|taking)(?![\s-]+(?:off|out|up|down|away|over|place|part|apart)\b)",
        r"for|duration|length|lasts?|takes?|needs?|requires?",
    ),
}
_ROLE = re.compile("|".join(rf"(?P<{role}>\b(?:{cues[0]})\b)" for role, cues in _CUES.items()), re.IGNORECASE)
_TIGHT = re.compile(
    "(?:" + "|".join(rf"(?P<{role}>\b(?:{cues[1]}))" for role, cues in _CUES.items()) + r"|(?P<at>\bat|@))" + _ABOUT,
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s\"'*_`)-]*(?:(?P<length>long\b|in (?:length|duration|all|total)\b|of duration\b|(?P<later>later\b|"
    r"after(?:wards| that)\b))|(?P<start>onwards?\b|on\b(?!\s+the\b)|is (?:when|where) (?:it|this) (?:starts|begins)|"
    r"\(start\))|(?P<end>is (?:when|where) (?:it|this) (?:ends|stops)|\(end\)))",
    re.IGNORECASE,
)
_LATER = re.compile(r"\s*(?:later|after(?:wards| that))\b", re.IGNORECASE)
_INTO = re.compile(r"[\s\"'*_`)-]*(?:in\b(?! (?:length|duration|all|total))|into\b|after\b|mark\b)", re.IGNORECASE)
_BETWEEN_THEM = re.compile(
    r"\b(?:between|from the (?:one|first) to the (?:other|second)|bounded by)\b"
    r"(?:\s+(?:these|those|the|them|both|two|times|moments|points|marks|instants))*\s*(?:[.,;!]|\Z)",
    re.IGNORECASE,
)
_FROM_THEN = re.compile(
    r"\bfrom (?:then|there|that (?:point|moment|time)|here)\b[^.;!?\n]{0,60}\b(?:until|till|to|up to|through)\s+"
    r"(?:about |around |roughly |the )*\Z",
    re.IGNORECASE,
)
_FARTHEST = 120
"""Characters that may lie between the two times of a span."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time as written: seconds, and the code points of both its times.

    Attributes:
        begin: First second.
        finish: Last second; before `begin` where it is written so.
        start: First code point of the first time.
        end: One past the last code point of the second.
        token: The token whose clause tells what happens then: mostly the first.
        usable: False for frames, and for percent of an unknown length.
        other: The first token of the second time.
    """

    begin: float
    finish: float
    start: int
    end: int
    token: int
    usable: bool = True
    other: int = -1


def spans(text: Text, duration: float | None = None) -> list[Span]:
    """Returns the spans of time in a text, in order; a reversed span keeps its reversed ends.

    Args:
        text: The answer.
        duration: Length of the clip in seconds: percent are read only with it.
    """
    times = [time for time in moments(text) if time.unit != "day"]
    found: list[Span] = []
    place = 0
    while place + 1 < len(times):
        span = _pair(text, times, place, duration)
        going_on = _going_on(text, times, place, duration)
        if going_on is not None:
            found.append(going_on)
            place += 1
        elif span is not None:
            found.append(span)
            place += 2
        else:
            place += 1
    both = _BETWEEN_THEM.search(text.raw, times[1].end) if not found and len(times) > 1 else None
    if both and all(time.start > both.start() for time in times[2:]):
        about = next((n for n, token in enumerate(text.tokens) if token.start >= both.start()), times[0].token)
        return [replace(_span(times[0], times[1], "start", "end", duration), token=about)]
    return found


def length(text: Text, time: Moment) -> bool:
    """Whether a time says how long something takes, rather than when it happens: `takes 3 seconds`."""
    after = _AFTER.match(text.raw, time.end)
    if after and after["length"] and not after["later"]:
        return True
    if _INTO.match(text.raw, time.end):
        return False
    found = _TIGHT.search(_before(text, time, 0)) or _loose(_before(text, time, 0))
    return bool(found and found.lastgroup == "length")


def _pair(text: Text, times: list[Moment], place: int, duration: float | None) -> Span | None:
    left, right = times[place], times[place + 1]
    between = text.raw[left.end : right.start]
    if len(between) > _FARTHEST:
        return None
    before = _before(text, left, times[place - 1].end if place else 0)
    inner = between[1:-1] if between.startswith(">") and between.endswith("<") else between
    plain = _JOIN.fullmatch(inner.strip(" *_`'\"\t(~\u2248,"))
    bracketed = _BRACKET.match(between) and before.rstrip().endswith(("[", "(", "<"))
    both = _AND.fullmatch(between) and _BOTH.search(before)
    if plain or bracketed or both:
        return _span(left, right, "start", "end", duration)
    first, second = _role(text, before, left), _role(text, between, right)
    if first == "at" and _LATER.match(text.raw, right.end):
        return None
    if second == "at" and _LATER.match(text.raw, left.end):
        return None
    if first == "at" and second == "length" and _starts_next(text, times, place + 1):
        return None
    if first == "" and second == "end" and not before.strip(" *_`(['\""):
        first = "at"
    lasting = (
        first == "at" and second == "length" and text.tokens[left.token].sentence != text.tokens[right.token].sentence
    )
    first = "start" if first == "at" and second in ("end", "length") else first
    second = "start" if second == "at" and first == "length" else second
    if lasting:
        return replace(_span(left, right, first, second, duration), token=right.token)
    if {first, second} in ({"start", "end"}, {"start", "length"}, {"length", "end"}):
        return _span(left, right, first, second, duration)
    return None


def _going_on(text: Text, times: list[Moment], place: int, duration: float | None) -> Span | None:
    """Returns the span from the time before `from then` to the one after it: `silent until 20 s. From then to 80 s`."""
    left, right = times[place], times[place + 1]
    if right.start - left.end > _FARTHEST or not _FROM_THEN.search(text.raw, left.end, right.start):
        return None
    span = _span(left, right, "start", "end", duration)
    return replace(span, start=right.start, token=right.token, other=right.token)


def _starts_next(text: Text, times: list[Moment], place: int) -> bool:
    """Whether a length goes with the start that is written after it: `for ten seconds, from 0:40 on`."""
    if place + 1 >= len(times):
        return False
    between = text.raw[times[place].end : times[place + 1].start]
    return len(between) < 24 and _role(text, between, times[place + 1]) == "start"


def _before(text: Text, time: Moment, earliest: int) -> str:
    """Returns what is written before a time, in its own line and sentence, back to the time before it."""
    line = max(text.raw.rfind("\n", 0, time.start), text.raw.rfind(". ", 0, time.start))
    return text.raw[max(0, line + 1, time.start - 60, earliest) : time.start]


def _role(text: Text, before: str, time: Moment) -> str:
    """Returns what a time is: `start`, `end`, `length`, `at` (a moment), or an empty string where nothing says it."""
    after = _AFTER.match(text.raw, time.end)
    if after:
        return "length" if after["length"] else "start" if after["start"] else "end"
    tight = _TIGHT.search(before)
    if tight and tight.lastgroup != "at":
        return str(tight.lastgroup)
    loose = _loose(before)
    if loose:
        return str(loose.lastgroup)
    return "at" if tight or _INTO.match(text.raw, time.end) else ""


def _loose(before: str) -> re.Match[str] | None:
    return max(_ROLE.finditer(before.replace("_", " ")), key=lambda match: match.start(), default=None)


def _span(left: Moment, right: Moment, first: str, second: str, duration: float | None) -> Span:
    """Returns the span of two times from what each of them is."""
    usable = "frame" not in (left.unit, right.unit)
    one, two = _seconds(left, duration), _seconds(right, duration)
    if left.unit == "" and right.unit == "percent":
        one = None if duration is None else left.value / 100 * duration
    if one is None or two is None:
        usable, one, two = False, one or 0.0, two or 0.0
    if first in ("length", "end"):
        one, two, first, second = two, one, second, first
    begin, finish = one, two
    if {first, second} == {"start", "length"}:
        begin, finish = one, one + two
    elif {first, second} == {"end", "length"}:
        end, taken = (one, two) if first == "end" else (two, one)
        begin, finish = end - taken, end
    return Span(begin, finish, left.start, right.end, left.token, usable, right.token)


def _seconds(moment: Moment, duration: float | None) -> float | None:
    if moment.unit == "percent":
        return None if duration is None else moment.value * duration
    return moment.value


def overlap(begin: float, finish: float, start: float, end: float) -> float:
    """Returns the temporal IoU of two spans in seconds, 0..1; 0 for an empty or reversed span."""
    if finish <= begin or end <= start:
        return 0.0
    common = min(finish, end) - max(begin, start)
    if common <= 0:
        return 0.0
    return common / (max(finish, end) - min(begin, start))
