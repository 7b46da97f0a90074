"""Judges `segment` and `timestamp` targets: the times that an answer gives for one event."""

from __future__ import annotations

import re

from vstar_data.records import RejectReason, SegmentLabel, TargetVerdict, TimestampLabel
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.inference import names
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.events import bearing, judge_event
from vstar_data.verification.times import Moment, Span, moments, overlap, spans

_EVIDENCE = re.compile(r"\b(?:the|an|its) (?:answer|evidence|question)\b|\?[\"\u201d]", re.IGNORECASE)

WANTED = 0.5
"""The temporal IoU that a span must reach."""


def judge_segment(label: SegmentLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a segment target.

    Args:
        label: The event and its window; other windows of the same name in the case serve as well.
        asks: `name`, `time` or both.
        case: The answer and what is known about it.
    """
    if "time" not in asks:
        return judge_event(label.name, case)
    found = spans(case.answer, case.duration)
    named = "name" not in asks and (not case.question.tokens or names(case.question, label.name))
    events = said(case.answer, (label.name,))
    weighed = [(bearing(label.name, span.token, case, events), span) for span in found]
    own = [span for weight, span in weighed if weight == 2] or [
        span for weight, span in weighed if weight == 1 and named
    ]
    if not own and "name" not in asks and _evidence_asked(label.name, case) and _lone(found):
        own = found
    if not own:
        reason = RejectReason.WRONG_TIME if found else RejectReason.INCOMPLETE
        if not case.answer.tokens:
            reason = RejectReason.ABSENT
        shown = found[0] if found else None
        return rejected(reason, (shown.start, shown.end) if shown else None)
    windows = _windows(label, case)
    held = [(span, _stance(case, span)) for span in own]
    stated = [span for span, how in held if how in (Stance.ASSERTED, Stance.MILD)]
    if not stated:
        span, how = held[-1]
        reason = RejectReason.NEGATED if how is Stance.NEGATED else RejectReason.HEDGED
        return rejected(reason, (span.start, span.end))
    scores = [
        max(overlap(span.begin, span.finish, *window) if span.usable else 0.0 for window in windows) for span in stated
    ]
    last = stated[-1]
    parsed = f"{last.begin:g}-{last.finish:g}"
    differing = len({(span.begin, span.finish) for span in stated}) > 1
    if differing and min(scores) < WANTED <= scores[-1] and not _corrected(case, stated):
        return rejected(RejectReason.HEDGED, (last.start, last.end), parsed, scores[-1])
    if scores[-1] < WANTED:
        reason = RejectReason.WRONG_TIME if last.usable else RejectReason.UNPARSABLE
        return rejected(reason, (last.start, last.end), parsed, scores[-1])
    return accepted((last.start, last.end), parsed, scores[-1])


def judge_timestamp(label: TimestampLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a timestamp target: the time given for that event, within its tolerance.

    Args:
        label: The event, its time and tolerance.
        asks: Ignored: the time is what a timestamp has.
        case: The answer and what is known about it.
    """
    found = spans(case.answer, case.duration)
    covered = {place for span in found for place in range(span.start, span.end)}
    points = [time for time in moments(case.answer) if time.start not in covered]
    candidates: list[tuple[float, float, Moment | Span, bool]] = [
        (span.begin, span.finish, span, span.usable) for span in found
    ]
    for time in points:
        seconds = time.value
        usable = time.unit in ("s", "") or (time.unit == "percent" and case.duration is not None)
        if time.unit == "percent" and case.duration is not None:
            seconds = time.value * case.duration
        if time.unit or len(points) == 1 or _at(case, time):
            candidates.append((seconds, seconds, time, usable))
    candidates.sort(key=lambda candidate: candidate[2].start)
    events = said(case.answer, (label.name,))
    weighed = [(bearing(label.name, candidate[2].token, case, events), candidate) for candidate in candidates]
    best = max((weight for weight, _ in weighed), default=0)
    own = [candidate for weight, candidate in weighed if weight == best and best > 0]
    if not own:
        return rejected(RejectReason.WRONG_TIME if candidates else RejectReason.INCOMPLETE)
    held = [(candidate, stance(case.answer, candidate[2].token, candidate[2].token)) for candidate in own]
    stated = [candidate for candidate, how in held if how in (Stance.ASSERTED, Stance.MILD)]
    if not stated:
        how = held[-1][1]
        shown = held[-1][0][2]
        reason = RejectReason.NEGATED if how is Stance.NEGATED else RejectReason.HEDGED
        return rejected(reason, (shown.start, shown.end))
    low, high, shown, usable = stated[-1]
    span = (shown.start, shown.end)
    parsed = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    error = max(abs(low - label.time), abs(high - label.time))
    if any(max(abs(c[0] - label.time), abs(c[1] - label.time)) > label.tolerance for c in stated[:-1]):
        return rejected(RejectReason.HEDGED, span, parsed)
    if not usable or error > label.tolerance + 1e-9:
        return rejected(RejectReason.WRONG_TIME, span, parsed)
    return accepted(span, parsed, 1.0 - error / max(label.tolerance * 2, 1e-9) if error else 1.0)


def _evidence_asked(name: str, case: Case) -> bool:
    """Whether a question asks what in the clip shows an answer: that can be told in any words."""
    return "?" in name or bool(_EVIDENCE.search(case.question.raw))


def _lone(found: list[Span]) -> bool:
    return len({(span.begin, span.finish) for span in found}) == 1


def _windows(label: SegmentLabel, case: Case) -> list[tuple[float, float]]:
    others = [
        (other.start, other.end)
        for other in (*case.also_true, *case.targets)
        if isinstance(other, SegmentLabel) and other.name == label.name
    ]
    return [(label.start, label.end), *others]


def _stance(case: Case, span: Span) -> Stance:
    last = span.token
    while last + 1 < len(case.answer.tokens) and case.answer.tokens[last + 1].end <= span.end:
        last += 1
    how = stance(case.answer, span.token, span.token)
    if how is Stance.ASSERTED:
        return stance(case.answer, last, last, frozenset({"to", "until"}))
    return how


def _corrected(case: Case, stated: list[Span]) -> bool:
    between = case.answer.raw[stated[-2].end : stated[-1].start].lower()
    return any(cue in between for cue in ("no,", "wait", "actually", "correction", "rather", "second thought", "so "))


def _at(case: Case, time: Moment) -> bool:
    before = case.answer.tokens[time.token - 1].word if time.token else ""
    return before in (words.PREPOSITIONS | {"approximately", "roughly", "exactly"})
