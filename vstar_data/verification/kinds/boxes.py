"""Judges `box` targets: the box that an answer gives for a thing, by IoU."""

from __future__ import annotations

import re

from vstar_data.records import BoxLabel, RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.coordinates import Found, boxes, iou
from vstar_data.verification.kinds.box_words import contrary, of_another, worn
from vstar_data.verification.phrases import Pattern, Slot, patterns
from vstar_data.verification.pieces import pieces
from vstar_data.verification.reference import beside, placed
from vstar_data.verification.tables import judged
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.times import Moment, moments, spans
from vstar_data.verification.withdrawal import withdrawn
from vstar_data.verification.words import FUNCTION, word_set

WANTED = 0.5
"""The IoU that a box must reach."""

_SAME_TIME = 0.25
"""Seconds by which the time that an answer names may differ from the asked one."""
_LEADS = re.compile(r"(?:\A|[\n{.;]\s*)[\W_]*(?:(?:at|frame|in|time|second|t|around|about)\b[\W_]*)*\Z", re.IGNORECASE)


def judge(label: BoxLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a box target.

    Args:
        label: The thing, the time and its box.
        asks: Ignored: a box has one part.
        case: The answer and what is known about it.
    """
    return judged(case, lambda told: _judge(label, told))


def _judge(label: BoxLabel, case: Case) -> TargetVerdict:
    text = case.answer
    found = boxes(text.raw)
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    around = pieces(text, [(box.start, box.end) for box in found], _thing)
    own = _of_thing(label, case, *_at_time(label, case, found, around))
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
    between = text.raw[stated[-2].end : last.start] if len(stated) > 1 else ""
    if min(scores) < WANTED and not (withdrawn(between) or re.search(r"\bso\b", between)):
        return rejected(RejectReason.HEDGED, (last.start, last.end), _written(last), score)
    return accepted((last.start, last.end), _written(last), score)


def _of_thing(label: BoxLabel, case: Case, found: list[Found], around: list[tuple[int, int]]) -> list[Found]:
    """Keeps the boxes whose words around them name the thing; where none does, those that name nothing else."""
    things = [
        frozenset(key for slot in _heads(pattern) for key in slot.keys)
        for name in (label.name, *label.aliases)
        for pattern in patterns(name)
    ]
    described = [token.keys for token in tokens_of_name(label.name).tokens if token.word not in FUNCTION][:-1]
    marks = [mark for mark in described if not any(mark & thing for thing in things)]
    clothes = [worn(label.name, case.answer, begin, box.start) for box, (begin, _) in zip(found, around, strict=True)]
    owners = [
        _owner(case.answer, box, stretch, things, [*marks, *own], len(found) == 1)
        for box, stretch, own in zip(found, around, clothes, strict=True)
    ]
    owners = [
        "other" if contrary(label.name, case.answer, begin, box.start) else owner
        for owner, box, (begin, _) in zip(owners, found, around, strict=True)
    ]
    fuller = _described(marks, case, found, around)
    if 0 < len(fuller) < len(found):
        kept = [box for box, owner in zip(found, owners, strict=True) if owner != "other" and box in fuller]
        if kept:
            return kept
    named = [box for box, owner in zip(found, owners, strict=True) if owner == "thing"]
    free = [box for box, owner in zip(found, owners, strict=True) if owner == ""]
    asked = any(token.keys & thing for token in case.question.tokens for thing in things)
    return named or (free if asked or not case.question.tokens else [])


def _described(
    marks: list[frozenset[str]], case: Case, found: list[Found], around: list[tuple[int, int]]
) -> list[Found]:
    """Returns the boxes whose words say all that tells the thing from its like: `the red one` for `red car`."""
    kept = []
    for box, (begin, end) in zip(found, around, strict=True):
        near = [token for token in case.answer.tokens if begin <= token.start < end]
        if marks and all(any(token.keys & mark for token in near) for mark in marks):
            kept.append(box)
    return kept


def _owner(
    text: Text,
    box: Found,
    stretch: tuple[int, int],
    things: list[frozenset[str]],
    marks: list[frozenset[str]],
    lone: bool,
) -> str:
    """Returns whose box it is by the words around it: `thing`, `other`, or an empty string where they name nothing."""
    before = [
        n
        for n, token in enumerate(text.tokens)
        if stretch[0] <= token.start < box.start and _thing(token) and not any(token.keys & mark for mark in marks)
    ]
    after = [n for n, token in enumerate(text.tokens) if box.end <= token.start < stretch[1]]
    inside = [n for n, token in enumerate(text.tokens) if box.start <= token.start < box.end and _thing(token)]

    def own(place: int) -> bool:
        return any(text.tokens[place].keys & thing for thing in things)

    named = [place for place in (*before, *inside) if own(place)]
    if named and lone:
        if of_another(text, named, before, box.start):
            return "other"
        gone = all(stance(text, place, place) is Stance.NEGATED for place in named)
        aside = bool(before) and not own(before[0]) and all(beside(text, place) for place in named)
        return "other" if gone or aside else "thing"
    if named:
        leads = own(before[0]) or (bool(before) and own(before[-1])) if before else True
        return "thing" if leads and not all(beside(text, place) for place in named) else "other"
    told = _told_after(text, box, after)
    if told is not None and not before:
        return "thing" if own(told) else "other"
    return "other" if any(not placed(text, place) for place in before) else ""


def _told_after(text: Text, box: Found, after: list[int]) -> int | None:
    """Returns the noun that is of a box right after it: `[..] is the lamp`, `[..], "label": "lamp"`."""
    if not after or text.tokens[after[0]].glue.strip(" )]}").startswith((".", ";")):
        return None
    for number, place in enumerate(after[:7]):
        token = text.tokens[place]
        if token.word in words.PREPOSITIONS | words.CLAUSE_BREAKS:
            return None
        if token.word.endswith("ing") and token.form.verb and number == 0:
            return None
        if _thing(token) and not (token.form.verb and token.word in ("stands", "sits", "lies", "shows", "marks")):
            compound = after[number + 1 : number + 2]
            following = text.tokens[compound[0]] if compound else None
            joined = following is not None and following.glue == " " and _thing(following)
            return compound[0] if joined else place
    return None


def _heads(pattern: Pattern) -> tuple[Slot, ...]:
    """Returns the noun that a reading of a name is about: the last word before a preposition."""
    end = next((place for place, slot in enumerate(pattern.slots) if place and slot.role == "preposition"), None)
    return pattern.slots[:end][-1:]


_TALK = word_set(
    "box bounding coordinate region area position location frame second time image video answer bbox corner width "
    "height object left right top bottom center centre edge side point label bbox_2d screen picture pixel value "
    "format xyxy xywh cxcywh start end d approximately about size wide high tall wait no sorry correction mistake "
    "actually x y w h percent share horizontally vertically part clip view scene shot object_ref_start bound locate "
    "find json xml yaml csv code output score confidence conf prob probability timestamp name category upper lower "
    "middle see visible stand sit lie span extend reach take cover occupy"
)


def _thing(token: Token) -> bool:
    return (
        token.form.noun
        and token.word not in FUNCTION
        and not token.keys & _TALK
        and token.value is None
        and len(token.word) > 2
    )


def _at_time(
    label: BoxLabel, case: Case, found: list[Found], around: list[tuple[int, int]]
) -> tuple[list[Found], list[tuple[int, int]]]:
    """Keeps the boxes that are given for the asked time, or for no time where there are none; with their stretches."""
    here: list[int] = []
    unknown: list[int] = []
    times = [time for time in moments(case.answer) if time.unit == "s"]
    written = [(span.start, span.end) for span in spans(case.answer)] if times else []
    led: list[Moment] = []
    for number, (box, (begin, end)) in enumerate(zip(found, around, strict=True)):
        before = [time for time in times if begin <= time.start < box.start]
        after = [time for time in times if box.end <= time.start < end]
        led = before or ([] if after else led)
        near = led or after
        if not near:
            unknown.append(number)
        elif _holds(label.time, near, written) or (len(found) == 1 and not _dated(case.answer, box, near[-1])):
            here.append(number)
    kept = here or unknown
    return [found[number] for number in kept], [around[number] for number in kept]


def _holds(asked: float, near: list[Moment], written: list[tuple[int, int]]) -> bool:
    """Whether what is told at some times is told of the asked one: the last of them is it, or a span includes it."""
    last = near[-1]
    if any(start <= last.start < end for start, end in written) and len(near) > 1:
        return min(time.value for time in near[-2:]) - _SAME_TIME <= asked <= last.value + _SAME_TIME
    return abs(last.value - asked) <= _SAME_TIME


def _dated(text: Text, box: Found, time: Moment) -> bool:
    """Whether an only box is given for a time: `At 1 s it is at [..]`, `0:01: [..]`; not `it comes in at 1 s`."""
    low, high = sorted((time.start, box.start))
    sentence = not re.search(r"[.;!?]\s", text.raw[low:high])
    leads = _LEADS.search(text.raw[max(0, time.start - 24) : time.start]) is not None
    return sentence and (leads or (time.start > box.end and time.start - box.end < 12))


def _stance(text: Text, box: Found) -> Stance:
    token = next((place for place, token in enumerate(text.tokens) if token.start >= box.start), None)
    if token is None:
        return Stance.ASSERTED
    if token and "(" in text.tokens[token].glue and text.tokens[token - 1].sentence == text.tokens[token].sentence:
        token -= 1
    how = stance(text, token, token)
    if how is Stance.ASSERTED and re.match(
        r"\s*[\])]?\s*,?\s*or\b(?! (?:so|thereabouts|less)\b)", text.raw[box.end : box.end + 8], re.IGNORECASE
    ):
        return Stance.HEDGED
    return how


def _written(box: Found) -> str:
    return "[" + ", ".join(f"{edge:g}" for edge in box.box) + "]"
