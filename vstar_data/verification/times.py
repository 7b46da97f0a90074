"""Times in running text: seconds, `m:ss`, `h:mm:ss`, minutes, percent, frames; and the spans they make."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.verification.text import Text

_CLOCK = re.compile(r"(?<![\d.:])(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)(?![\d:])")
_UNIT = re.compile(
    r"\s*-?\s*(?:(?P<ms>ms|milliseconds?|msecs?)|(?P<s>s|secs?|seconds?|\"|\u2033)|"
    r"(?P<min>m|mins?|minutes?)|(?P<h>h|hours?|hrs?)"
    r"|(?P<percent>%|percent|per cent)|(?P<frame>frames?))(?![^\W\d_])",
    re.IGNORECASE,
)
_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_FRAME_BEFORE = re.compile(r"\bframes?\s*(?:no\.?|number|#)?\s*\Z", re.IGNORECASE)
_SECOND_BEFORE = re.compile(r"\b(?:seconds?|sec|t\s*=|time:?)\s*\Z", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:-|\u2013|\u2014|\u2212|->|=>|\u2192|~|\.\.+|to|until|till|til|through|up to|"
    r"up until)\s*(?:about |around |roughly )?"
)
_START = re.compile(r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|from|onset|since|opens at|first)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(?:end(?:s|ed|ing)?|finish(?:es|ed|ing)?|stop(?:s|ped|ping)?|over|until|till|to|"
    r"conclud\w+|complet\w+|ceas\w+|done)\b",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:last(?:s|ed|ing)?|for|duration|takes?|took|long|continu\w+ for|goes on for)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One time as written.

    Attributes:
        value: Seconds; for `unit` "percent" a share 0..1, for "frame" a frame number.
        unit: `s` where a unit of time or a clock was written, `percent`, `frame`, or an empty string.
        start: First code point.
        end: One past the last.
        token: The first token.
    """

    value: float
    unit: str
    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time as written: seconds, and the code points of both its times. `usable` is False for frames."""

    begin: float
    finish: float
    start: int
    end: int
    token: int
    usable: bool = True


def moments(text: Text) -> list[Moment]:
    """Returns all numbers of a text that could be times, in order."""
    found: list[Moment] = []
    covered = 0
    clocks = {match.start(): match for match in _CLOCK.finditer(text.raw)}
    for place, token in enumerate(text.tokens):
        if token.value is None or token.start < covered:
            continue
        clock = clocks.get(token.start)
        if clock is not None:
            hours, minutes, seconds = int(clock[1] or 0), int(clock[2]), float(clock[3].replace(",", "."))
            found.append(Moment(hours * 3600 + minutes * 60 + seconds, "s", clock.start(), clock.end(), place))
            covered = clock.end()
            continue
        value, end, unit = token.value, token.end, ""
        after = _UNIT.match(text.raw, end)
        if after and not (after["s"] in ("s", "S") and after.start() == end and token.word.isalpha()):
            name = str(after.lastgroup)
            end = after.end()
            if name in _SECONDS:
                value, unit = value * _SECONDS[name], "s"
                if name in ("min", "h"):
                    value, end = _more(text, place, value, end)
            elif name == "percent":
                value, unit = value / 100, "percent"
            else:
                unit = "frame"
        before = text.raw[max(0, token.start - 24) : token.start]
        if not unit and _FRAME_BEFORE.search(before):
            unit = "frame"
        elif not unit and _SECOND_BEFORE.search(before):
            unit = "s"
        found.append(Moment(value, unit, token.start, end, place))
        covered = end
    return found


def _more(text: Text, place: int, value: float, end: int) -> tuple[float, int]:
    """Adds the seconds of `1 minute and 5 seconds`."""
    following = next((t for t in text.tokens[place + 1 : place + 4] if t.value is not None and t.start >= end), None)
    if following is None or not re.fullmatch(r",?\s*(?:and\s+)?", text.raw[end : following.start]):
        return value, end
    after = _UNIT.match(text.raw, following.end)
    if after and after.lastgroup == "s" and following.value is not None and following.value < 60:
        return value + following.value, after.end()
    return value, end


def spans(text: Text, duration: float | None = None) -> list[Span]:
    """Returns the spans of time in a text, in order; a reversed span keeps its reversed ends.

    Args:
        text: The answer.
        duration: Length of the clip in seconds: percent are read only with it.
    """
    times = moments(text)
    found: list[Span] = []
    place = 0
    while place + 1 < len(times):
        span = _pair(text, times[place], times[place + 1], duration)
        if span is not None:
            found.append(span)
            place += 2
        else:
            place += 1
    return found


def _pair(text: Text, left: Moment, right: Moment, duration: float | None) -> Span | None:
    between = text.raw[left.end : right.start]
    if len(between) > 120:
        return None
    line = max(text.raw.rfind("\n", 0, left.start), text.raw.rfind(". ", 0, left.start))
    before = text.raw[max(0, line + 1, left.start - 60) : left.start]
    usable = "frame" not in (left.unit, right.unit)
    first, second = _seconds(left, duration), _seconds(right, duration)
    if left.unit == "" and right.unit == "percent":
        first = None if duration is None else left.value / 100 * duration
    if first is None or second is None:
        usable, first, second = False, first or 0.0, second or 0.0
    plain = _JOIN.fullmatch(between.strip(" *_`'\"")) or _JOIN.fullmatch(between)
    bracketed = re.fullmatch(r"\s*[,;]\s*", between) and before.rstrip().endswith(("[", "("))
    both = re.fullmatch(r",?\s*and\s*(?:at )?(?:about |around )?(?:seconds? )?", between) and re.search(
        r"\b(?:between|start and end[^.]{0,30}|times?[^.]{0,30})\s*\w*\s*\Z", before, re.IGNORECASE
    )
    if plain or bracketed or both:
        return Span(first, second, left.start, right.end, left.token, usable)
    if (
        _LASTS.search(between)
        and not _END.search(between)
        and (_START.search(before) or re.search(r"\bat\s*\Z", before))
    ):
        return Span(first, first + second, left.start, right.end, left.token, usable)
    if _LASTS.search(before[-25:]) and _START.search(between) and not _START.search(before):
        return Span(second, second + first, left.start, right.end, left.token, usable)
    if (
        _END.search(between)
        and (_START.search(before) or re.search(r"\bat\s*\Z", before))
        and not _START.search(between)
    ):
        return Span(first, second, left.start, right.end, left.token, usable)
    if _START.search(between) and _END.search(before) and not _START.search(before):
        return Span(second, first, left.start, right.end, left.token, usable)
    return None


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
