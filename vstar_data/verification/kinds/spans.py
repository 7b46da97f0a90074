"""Judges `segment` and `timestamp` targets: the times that an answer gives for one event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vstar_data.records import RejectReason, SegmentLabel, TargetVerdict, TimestampLabel
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import retracted
from vstar_data.verification.edge_times import edge_spans
from vstar_data.verification.inference import names
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.events import Times, asked_verb, bearing, denied, judge_event, other_said, times_of
from vstar_data.verification.pieces import within
from vstar_data.verification.tables import judged
from vstar_data.verification.text import Text
from vstar_data.verification.times import Moment, Span, length, moments, overlap, spans
from vstar_data.verification.vocabulary import plain
from vstar_data.verification.withdrawal import offered, withdrawn

_EVIDENCE = re.compile(r"\b(?:the|an|its) (?:answer|evidence|question)\b|\?[\"\u201d]", re.IGNORECASE)
_CELL = re.compile(r"[:=|]\s*[\"']?\Z|\(\Z")
_BOUND = re.compile(
    r"\b(?:by|before|until|till|up to|no later than|at the latest|within|"
    r"(?:in|during|within|for|throughout|over) the (?:first|initial|opening))\s+"
    r"(?:about |around |second )?\Z",
    re.I,
)
_CLOSE = re.compile(r"\b(?:just|shortly|right|immediately|a (?:bit|little|moment)) before", re.IGNORECASE)
_TO_THE_END = re.compile(r"\s*(?:before|from|to) (?:the|its) (?:very )?end\b", re.IGNORECASE)
_LONG = re.compile(r"\s*(?:long|in length|in duration)\b", re.IGNORECASE)
_LATER = re.compile(r"\s*(?:later|after (?:that|this)|afterwards)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\s*(?:after|before)\s+(?!(?:the )?(?:very )?(?:start|beginning|opening|clip|video|footage|recording)\b"
    r"|that\b|this\b)\w",
    re.IGNORECASE,
)
"""What makes a time a distance from something else: `four seconds after the throw`."""
_POINT = re.compile(r"\b(?:at|by|@)\s+(?:about |around |roughly |approximately |exactly )?(?:the )?\Z", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|then|where|but)\b", re.IGNORECASE)
_THEN = re.compile(
    r"[.,;]?\s*(?:and |but )?(?P<then>then|after that|at that point|at (?:which|that) (?:point|moment|time)|afterwards"
    r"|whereupon|thereafter|after which|when|only then)\b",
    re.IGNORECASE,
)
_THEN_AFTER = re.compile(
    r"[^.;!?\n\d]{0,60}?[.,;]\s*(?:and |but )?(?P<then>then|after that|at that point|afterwards"
    r"|whereupon|thereafter|only then)\b",
    re.IGNORECASE,
)
_NOT_UNTIL = re.compile(
    r"(?:\b(?:not|never|waits?|waited|waiting|holds? off|only)|n['\u2019]t)\b[^.;,!?\d]{0,60}\b"
    r"(?:until|till)\s+(?:about |around |second )*\Z",
    re.IGNORECASE,
)
"""Before a time at which something begins: `does not flip it until 33 s`, `waits until 33 s to flip it`."""
_MOST = 300
"""More times than this are a list and no answer; it also bounds the work."""

WANTED = 0.5
"""The temporal IoU that a span must reach."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A time or a span of time that an answer tells: seconds, code points, tokens, and whether it can be used."""

    low: float
    high: float
    start: int
    end: int
    token: int
    usable: bool

    @property
    def span(self) -> tuple[int, int]:
        """Its code points."""
        return self.start, self.end

    @property
    def parsed(self) -> str:
        """Its value as text."""
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g}-{self.high:g}"


def judge_segment(label: SegmentLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a segment target.

    Args:
        label: The event and its window; other windows of the same name in the case serve as well.
        asks: `name`, `time` or both.
        case: The answer and what is known about it.
    """
    if "time" not in asks:
        return judge_event(label.name, case)
    return judged(case, lambda told: _segment(label, asks, told))


def _segment(label: SegmentLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    joined = spans(case.answer, case.duration)
    joined = sorted([*joined, *edge_spans(case.answer, joined, case.duration)], key=lambda span: span.start)
    found = [_of_span(span) for span in joined]
    if len(found) > _MOST:
        return rejected(RejectReason.HEDGED)
    named = "name" not in asks and (not case.question.tokens or names(case.question, label.name))
    times = _all_times(case, found)
    event = label.name, asked_verb(label.name, case.question) if named else ""
    weighed = _weighed(event, case, found, times)
    own = _own(case, weighed, 1 if named else 2)
    if not own and "name" not in asks and _evidence_asked(label.name, case) and _lone(found):
        own = found
    if not own:
        reason = RejectReason.WRONG_TIME if found else RejectReason.INCOMPLETE
        if not case.answer.tokens:
            reason = RejectReason.ABSENT
        return rejected(reason, found[0].span if found else None)
    windows = _windows(label, case)
    stated, doubt = _stated(case, own, found, event, times)
    if doubt is not None:
        return doubt
    scores = [
        max(overlap(told.low, told.high, *window) if told.usable else 0.0 for window in windows) for told in stated
    ]
    last = stated[-1]
    if min(scores) < WANTED <= scores[-1] and not _settled(case, stated):
        return rejected(RejectReason.HEDGED, last.span, last.parsed, scores[-1])
    if scores[-1] < WANTED:
        reason = RejectReason.WRONG_TIME if last.usable else RejectReason.UNPARSABLE
        return rejected(reason, last.span, last.parsed, scores[-1])
    return accepted(last.span, last.parsed, scores[-1])


def judge_timestamp(label: TimestampLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a timestamp target: the time given for that event, within its tolerance.

    Args:
        label: The event, its time and tolerance.
        asks: Ignored: the time is what a timestamp has.
        case: The answer and what is known about it.
    """
    return judged(case, lambda told: _timestamp(label, told))


def _timestamp(label: TimestampLabel, case: Case) -> TargetVerdict:
    found = _times(case)
    if len(found) > _MOST:
        return rejected(RejectReason.HEDGED)
    times = _all_times(case, found)
    event = label.name, asked_verb(label.name, case.question) if names(case.question, label.name) else ""
    own = _own(case, _weighed(event, case, found, times), 1)
    if not own:
        return rejected(RejectReason.WRONG_TIME if found else RejectReason.INCOMPLETE)
    stated, doubt = _stated(case, own, found, event, times)
    if doubt is not None:
        return doubt
    last = stated[-1]
    errors = [max(abs(told.low - label.time), abs(told.high - label.time)) for told in stated]
    if max(errors) > label.tolerance + 1e-9 >= errors[-1] and not _settled(case, stated):
        return rejected(RejectReason.HEDGED, last.span, last.parsed)
    if not last.usable or errors[-1] > label.tolerance + 1e-9:
        return rejected(RejectReason.WRONG_TIME, last.span, last.parsed)
    score = 1.0 - errors[-1] / max(label.tolerance * 2, 1e-9) if errors[-1] else 1.0
    return accepted(last.span, last.parsed, score)


def _of_span(span: Span) -> _Told:
    return _Told(span.begin, span.finish, span.start, span.end, span.token, span.usable)


def _times(case: Case) -> list[_Told]:
    """Returns the spans and the single times of an answer, in order; lengths and times of day are left out."""
    found = [span for span in spans(case.answer, case.duration) if not _two_things(case.answer.raw, span)]
    told = [_of_span(span) for span in found]
    covered = {place for span in found for place in range(span.start, span.end)}
    points = [time for time in moments(case.answer) if time.start not in covered and time.unit != "day"]
    earlier: list[float] = []
    for time in points:
        if len(points) > 1 and length(case.answer, time):
            continue
        if _TO_THE_END.match(case.answer.raw, time.end) or _LONG.match(case.answer.raw, time.end):
            continue
        before = case.answer.raw[max(0, time.start - 24) : time.start]
        clock = ":" in case.answer.raw[time.start : time.end]
        if _SINCE.match(case.answer.raw, time.end) and time.unit == "s" and not _POINT.search(before) and not clock:
            continue
        if _BOUND.search(before) and not _CLOSE.search(before) and not _not_until(case.answer.raw, time.start):
            told += _what_then(case.answer, time)
            continue
        seconds, usable = time.value, time.unit in ("s", "")
        if _LATER.match(case.answer.raw, time.end):
            seconds, usable = seconds + (earlier[-1] if earlier else 0.0), bool(earlier)
        if time.unit == "s":
            earlier.append(seconds)
        if time.unit == "percent" and case.duration is not None:
            seconds, usable = time.value * case.duration, True
        if time.unit or len(points) == 1 or _at(case, time):
            told.append(_Told(seconds, seconds, time.start, time.end, time.token, usable))
    return sorted(told, key=lambda one: one.start)


def _two_things(raw: str, span: Span) -> bool:
    """Whether the two times of a span are those of two things: `at 0:47 he catches it and holds it until 0:51`."""
    return bool(_POINT.search(raw, max(0, span.start - 24), span.start) and _AND.search(raw, span.start, span.end))


def _not_until(raw: str, start: int) -> bool:
    """Whether something begins at a time that it is said not to happen until: `does not flip it until 33 s`."""
    return _NOT_UNTIL.search(raw, max(0, start - 90), start) is not None


def _what_then(text: Text, time: Moment) -> list[_Told]:
    """Returns a bound as the time of what happens then: `it is red for the first 30 seconds and then turns green`."""
    then = _THEN.match(text.raw, time.end) or _THEN_AFTER.match(text.raw, time.end)
    if then is None or time.unit != "s":
        return []
    token = next((n for n in range(time.token, len(text.tokens)) if text.tokens[n].start >= then.start("then")), None)
    if token is None:
        return []
    return [_Told(time.value, time.value, then.start("then"), then.end(), token, True)]


def _all_times(case: Case, found: list[_Told]) -> Times:
    """Returns where the answer tells about each of some times; other numbers that could be times tell nothing."""
    single = sorted({(time.start, time.end) for time in moments(case.answer)}) if found else []
    written = sorted({told.span for told in found})
    rest = [span for span in single if not within(written, span[0])]
    return times_of(case.answer, written, frozenset(rest))


def _weighed(event: tuple[str, str], case: Case, found: list[_Told], times: Times) -> list[tuple[int, _Told]]:
    """Returns each time with how it bears on an event: see `bearing`."""
    if not found:
        return []
    said_at = said(case.answer, event[:1])
    true = frozenset(
        plain(label.name)
        for label in (*case.targets, *case.also_true)
        if isinstance(label, SegmentLabel | TimestampLabel)
    )
    others = [match for matches in case.vocabulary.matches(case.answer, true).values() for match in matches]
    return [
        (
            0
            if other_said(told.start, told.token, case, said_at, others, times)
            else bearing(*event, told.start, told.token, case, said_at, times),
            told,
        )
        for told in found
    ]


def _own(case: Case, weighed: list[tuple[int, _Told]], least: int) -> list[_Told]:
    """Returns the times of the event: those that bear on it most, and later ones for which they are withdrawn."""
    best = max((weight for weight, _ in weighed), default=0)
    own: list[_Told] = []
    for weight, told in weighed:
        replaces = bool(own) and weight and withdrawn(case.answer.raw[own[-1].end : told.start])
        if best >= least and (weight == best or replaces):
            own.append(told)
    return own


def _stated(
    case: Case, own: list[_Told], found: list[_Told], event: tuple[str, str], times: Times
) -> tuple[list[_Told], TargetVerdict | None]:
    """Returns the times that the answer stands by; where there is none, the verdict."""
    held = [
        (
            told,
            Stance.NEGATED
            if denied(*event, told.start, told.token, _last_token(case, told), case, times)
            else _stance(case, told),
        )
        for told in own
    ]
    stated = [told for told, how in held if how in (Stance.ASSERTED, Stance.MILD)]
    if not stated:
        told, how = held[-1]
        reason = RejectReason.NEGATED if how is Stance.NEGATED else RejectReason.HEDGED
        return [], rejected(reason, told.span)
    last = stated[-1]
    place = found.index(last)
    for one, two in ((place - 1, place), (place, place + 1)):
        if one >= 0 and two < len(found) and found[one].parsed != found[two].parsed:
            between = case.answer.raw[found[one].end : found[two].start]
            if len(between) < 60 and offered(between):
                return [], rejected(RejectReason.HEDGED, last.span, last.parsed)
    if retracted(case.answer, _last_token(case, last), rival_after=False):
        return [], rejected(RejectReason.CONTRADICTED, last.span, last.parsed)
    return stated, None


def _evidence_asked(name: str, case: Case) -> bool:
    """Whether a question asks what in the clip shows an answer: that can be told in any words."""
    return "?" in name or bool(_EVIDENCE.search(case.question.raw))


def _lone(found: list[_Told]) -> bool:
    return len({(told.low, told.high) for told in found}) == 1


def _windows(label: SegmentLabel, case: Case) -> list[tuple[float, float]]:
    others = [
        (other.start, other.end)
        for other in (*case.also_true, *case.targets)
        if isinstance(other, SegmentLabel) and other.name == label.name
    ]
    return [(label.start, label.end), *others]


def _last_token(case: Case, told: _Told) -> int:
    last = told.token
    while last + 1 < len(case.answer.tokens) and case.answer.tokens[last + 1].end <= told.end:
        last += 1
    return last


def _stance(case: Case, told: _Told) -> Stance:
    if told.low == told.high and _not_until(case.answer.raw, told.start):
        return Stance.ASSERTED
    how = stance(case.answer, told.token, told.token)
    if how is Stance.ASSERTED and told.low != told.high:
        last = _last_token(case, told)
        return stance(case.answer, last, last, frozenset({"to", "until"}))
    return how


def _settled(case: Case, stated: list[_Told]) -> bool:
    """Whether the last of several times is given instead of those before it: by a correction or a conclusion."""
    between = case.answer.raw[stated[-2].end : stated[-1].start].lower()
    return withdrawn(between) or "so " in between


def _at(case: Case, time: Moment) -> bool:
    before = case.answer.tokens[time.token - 1].word if time.token else ""
    if before in (words.PREPOSITIONS | {"approximately", "roughly", "exactly"}):
        return True
    return bool(_CELL.search(case.answer.raw[max(0, time.start - 4) : time.start]))
