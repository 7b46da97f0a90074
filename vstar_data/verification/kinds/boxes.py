"""Judges `box` targets: the box that an answer gives for a thing, by IoU."""

from __future__ import annotations

import re

from vstar_data.records import BoxLabel, RejectReason, TargetVerdict
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.coordinates import Found, boxes, iou
from vstar_data.verification.phrases import Pattern, Slot, patterns
from vstar_data.verification.text import Text, Token
from vstar_data.verification.times import moments
from vstar_data.verification.words import FUNCTION, word_set

WANTED = 0.5
"""The IoU that a box must reach."""


def judge(label: BoxLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a box target.

    Args:
        label: The thing, the time and its box.
        asks: Ignored: a box has one part.
        case: The answer and what is known about it.
    """
    text = case.answer
    found = boxes(text.raw)
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    own = _at_time(label, case, _of_thing(label, case, found))
    if not own:
        return rejected(RejectReason.WRONG_BOX, (found[0].start, found[0].end))
    held = [(box, _stance(text, box)) for box in own]
    stated = [box for box, how in held if how in (Stance.ASSERTED, Stance.MILD)]
    if not stated:
        box, how = held[-1]
        reason = RejectReason.NEGATED if how is Stance.NEGATED else RejectReason.HEDGED
        return rejected(reason, (box.start, box.end), _written(box))
    scores = [iou(box.box, label.box) for box in stated]
    last, score = stated[-1], scores[-1]
    if score < WANTED:
        return rejected(RejectReason.WRONG_BOX, (last.start, last.end), _written(last), score)
    if min(scores) < WANTED and not re.search(
        r"\b(?:no,|wait|actually|correction|rather|so)\b", text.raw[stated[-2].end : last.start], re.IGNORECASE
    ):
        return rejected(RejectReason.HEDGED, (last.start, last.end), _written(last), score)
    return accepted((last.start, last.end), _written(last), score)


def _of_thing(label: BoxLabel, case: Case, found: list[Found]) -> list[Found]:
    """Keeps the boxes whose words around them name the thing; where none does, those that name nothing else."""
    things = [
        frozenset(key for slot in _heads(pattern) for key in slot.keys)
        for name in (label.name, *label.aliases)
        for pattern in patterns(name)
    ]
    named, free = [], []
    for number, box in enumerate(found):
        begin = found[number - 1].end if number else 0
        before = [token for token in case.answer.tokens if begin <= token.start < box.start]
        if any(token.keys & thing for token in before for thing in things):
            last = [token for token in before if _thing(token)]
            if not last or any(last[-1].keys & thing for thing in things) or len(found) == 1:
                named.append(box)
        elif not any(_thing(token) for token in before):
            free.append(box)
    asked = any(token.keys & thing for token in case.question.tokens for thing in things)
    return named or (free if asked or not case.question.tokens else [])


def _heads(pattern: Pattern) -> tuple[Slot, ...]:
    """Returns the noun that a reading of a name is about: the last word before a preposition."""
    end = next((place for place, slot in enumerate(pattern.slots) if place and slot.role == "preposition"), None)
    return pattern.slots[:end][-1:]


_TALK = word_set(
    "box bounding coordinate region area position location frame second time image video answer bbox corner "
    "width height object left right top bottom center centre edge side point label bbox_2d screen picture "
    "pixel value format xyxy start end d approximately about"
)


def _thing(token: Token) -> bool:
    return (
        token.form.noun
        and token.word not in FUNCTION
        and not token.keys & _TALK
        and token.value is None
        and len(token.word) > 2
    )


def _at_time(label: BoxLabel, case: Case, found: list[Found]) -> list[Found]:
    """Of several boxes keeps those at the asked time, where times are given."""
    if len(found) < 2:
        return found
    times = [time for time in moments(case.answer) if time.unit == "s"]
    here, unknown = [], []
    for number, box in enumerate(found):
        begin = found[number - 1].end if number else 0
        near = [time.value for time in times if begin <= time.start < box.start]
        if not near:
            unknown.append(box)
        elif abs(near[-1] - label.time) <= 0.25:
            here.append(box)
    return here or unknown


def _stance(text: Text, box: Found) -> Stance:
    token = next((place for place, token in enumerate(text.tokens) if token.start >= box.start), None)
    if token is None:
        return Stance.ASSERTED
    how = stance(text, token, token)
    if how is Stance.ASSERTED and re.match(r"\s*[\])]?\s*,?\s*or\b", text.raw[box.end : box.end + 8], re.IGNORECASE):
        return Stance.HEDGED
    return how


def _written(box: Found) -> str:
    return "[" + ", ".join(f"{edge:g}" for edge in box.box) + "]"
