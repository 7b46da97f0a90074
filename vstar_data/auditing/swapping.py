"""False targets for a question: what its text asks for, as another question or another choice has it.

The text must still fit: what it names (the event of a window, the scale of a number) stays, what it asks for changes.
Nothing is lent that is true of the clip as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import msgspec

from vstar_data.labels import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    allowed_error,
)
from vstar_data.questions.asking import rank
from vstar_data.questions.kinds import kind_of_id
from vstar_data.records import Clip, Question
from vstar_data.verification.coordinates import iou
from vstar_data.verification.times import overlap

_SAME = 0.5
"""The IoU from which two windows or two boxes are the same to a verifier."""

_OPPOSITE = {"yes": "no", "no": "yes"}


def family(question: Question, clip: Clip) -> Hashable | None:
    """Returns what questions must have in common to lend each other their targets; None where none could fit.

    That is the source, the kind, the bank of wordings, what is asked of each target and what the text tells of it. A
    question that a model wrote for one clip fits no other.
    """
    if question.id.rpartition("#")[2].partition("-")[2].startswith("w"):
        return None
    if any(isinstance(target, SegmentLabel) and "name" in asks for target, asks in _asked(question)):
        return None
    bank = question.origin.partition("/")[0]
    told = tuple(map(_told, question.targets))
    return clip.source, kind_of_id(question.id), bank, question.asks, told


def opposite(question: Question, seed: int) -> Question | None:
    """Returns a question with targets that need no other question: the statement denied, another of its own choices.

    Args:
        question: The question.
        seed: Chooses among the other choices.
    """
    found = [_opposite(target, f"{seed} {question.id}") for target in question.targets]
    targets = tuple(target for target in found if target is not None)
    return msgspec.structs.replace(question, targets=targets) if len(targets) == len(found) else None


def lent(question: Question, clip: Clip, lender: Question, duration: float | None) -> Question | None:
    """Returns a question with the targets of another of its family, or None where one of them is true of its clip.

    Args:
        question: The question.
        clip: Its clip.
        lender: The other question.
        duration: Length of the clip in seconds, where known: a window beyond its end fits no question about it.
    """
    targets = tuple(map(_lent, question.targets, lender.targets))
    true = (*question.targets, *clip.labels, *(question.also_true or ()))
    if any(_beyond(target, duration) or _holds(target, true) for target in targets):
        return None
    return msgspec.structs.replace(question, targets=targets)


def not_against(question: Question, others: tuple[Label, ...]) -> tuple[Label, ...]:
    """Returns what else is true of a clip and no rival of false targets.

    Other windows, moments and boxes of a target's name would serve in its place, so they go.
    """
    placed = {
        (type(target), target.name)
        for target in question.targets
        if isinstance(target, SegmentLabel | TimestampLabel | BoxLabel)
    }
    return tuple(label for label in others if (type(label), getattr(label, "name", None)) not in placed)


def _asked(question: Question) -> Iterator[tuple[Label, tuple[str, ...]]]:
    return zip(question.targets, question.asks, strict=True)


def _told(target: Label) -> Hashable:
    match target:
        case NumberLabel():
            return target.name, target.minimum, target.maximum, target.unit
        case QALabel(question=text):
            return "qa", tuple(text.lower().split()[:2]), _plain(target.answer) in _OPPOSITE, bool(target.choices)
        case _:
            return type(target).__name__


def _opposite(target: Label, salt: str) -> Label | None:
    match target:
        case BooleanLabel(holds=holds):
            return msgspec.structs.replace(target, holds=not holds)
        case QALabel(answer=answer, choices=choices) if choices:
            right = {_plain(name) for name in (answer, *target.aliases)}
            others = sorted(
                {choice for choice in choices if _plain(choice) not in right}, key=lambda choice: rank(salt, choice)
            )
            return msgspec.structs.replace(target, answer=others[0], aliases=()) if others else None
        case QALabel(answer=answer) if _plain(answer) in _OPPOSITE:
            return msgspec.structs.replace(target, answer=_OPPOSITE[_plain(answer)], aliases=())
        case _:
            return None


def _lent(own: Label, other: Label) -> Label:
    """Returns the own label with what is asked of it taken from another of its kind."""
    match own, other:
        case NumberLabel(), NumberLabel():
            return msgspec.structs.replace(own, value=other.value)
        case SegmentLabel(), SegmentLabel():
            return msgspec.structs.replace(own, start=other.start, end=other.end)
        case TimestampLabel(), TimestampLabel():
            return msgspec.structs.replace(own, time=other.time)
        case BoxLabel(), BoxLabel():
            return msgspec.structs.replace(own, box=other.box)
        case RelationLabel(), RelationLabel():
            return msgspec.structs.replace(own, predicate=other.predicate)
        case QALabel(), QALabel():
            return msgspec.structs.replace(own, answer=other.answer, aliases=other.aliases)
        case _:
            return other


def _beyond(target: Label, duration: float | None) -> bool:
    if duration is None:
        return False
    match target:
        case SegmentLabel(end=end):
            return end > duration
        case TimestampLabel(time=time):
            return time > duration
        case _:
            return False


def _holds(target: Label, true: tuple[Label, ...]) -> bool:
    """Whether a label says what is true of a clip, as near as its tolerance tells."""
    match target:
        case ClassLabel():
            names = {_plain(name) for label in true for name in _names(label)}
            return any(_plain(name) in names for name in (target.name, *target.aliases))
        case _:
            return any(type(label) is type(target) and _same(label, target) for label in true)


def _same(left: Label, right: Label) -> bool:
    match left, right:
        case NumberLabel(), NumberLabel():
            return left.name == right.name and abs(left.value - right.value) <= allowed_error(left)
        case SegmentLabel(), SegmentLabel():
            alike = overlap(left.start, left.end, right.start, right.end) >= _SAME
            return left.name == right.name and alike
        case TimestampLabel(), TimestampLabel():
            return left.name == right.name and abs(left.time - right.time) <= left.tolerance
        case BoxLabel(), BoxLabel():
            return left.name == right.name and iou(left.box, right.box) >= _SAME
        case SequenceLabel(), SequenceLabel():
            return list(map(_plain, left.steps)) == list(map(_plain, right.steps))
        case QALabel(), QALabel():
            names = {_plain(name) for name in (left.answer, *left.aliases)}
            return left.question == right.question and any(
                _plain(name) in names for name in (right.answer, *right.aliases)
            )
        case RelationLabel(), RelationLabel():
            return all(
                _plain(getattr(left, part)) == _plain(getattr(right, part))
                for part in ("subject", "predicate", "object")
            )
        case CaptionLabel(), CaptionLabel():
            return _plain(left.text) == _plain(right.text)
        case _:
            return left == right


def _names(label: Label) -> Iterator[str]:
    """Yields the names of what a label says is there or happens."""
    match label:
        case ClassLabel(name=name, aliases=aliases) | BoxLabel(name=name, aliases=aliases):
            yield from (name, *aliases)
        case SegmentLabel(name=name):
            yield name
        case SequenceLabel(steps=steps, step_aliases=step_aliases):
            yield from steps
            for names in step_aliases:
                yield from names


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").lower().split()).rstrip(".")
