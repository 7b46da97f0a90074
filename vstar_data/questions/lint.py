"""The lint of questions: a question may not contain what it asks for, nor a scale that is not the label's."""

from __future__ import annotations

import re

from vstar_data.records import (
    BoxLabel,
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

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w]|\.\d)")
_YES_NO = {"yes", "no", "true", "false"}
_FIGURE = r"(-?\d+(?:\.\d+)?)"
_TO = r"\s*(?:and|to|-|\u2013)\s*"
_SCALES = (
    re.compile(rf"\b(?:between|from|scale of)\s+{_FIGURE}{_TO}{_FIGURE}", re.IGNORECASE),
    re.compile(rf"(?<![\w.-]){_FIGURE}{_TO}{_FIGURE}\s+scale\b", re.IGNORECASE),
)
_OUT_OF = re.compile(rf"\b(?:out of|scale of|maximum of)\s+{_FIGURE}(?!{_TO}\d)(?![\d.])", re.IGNORECASE)


def fault(text: str, target: Label) -> str | None:
    """Returns what is wrong with a question about a target: what it gives away, or a scale that is not its own."""
    return leaked(text, target) or off_scale(text, target)


def leaked(text: str, target: Label) -> str | None:
    """Returns what a question gives away of its target, or None.

    Args:
        text: The question.
        target: The label that it asks for. A `qa` target with choices is shown among them, and one whose question
            offers alternatives ("red or blue?") names both: neither gives the answer away. A number is given away by
            any that would pass for it, the end of a scale not excepted: an answer need only repeat it.
    """
    match target:
        case ClassLabel(name=name, aliases=aliases):
            return next((words for words in (name, *aliases) if _contains(text, words)), None)
        case SequenceLabel(steps=steps, step_aliases=aliases):
            spelled = (*steps, *(alias for each in aliases for alias in each))
            return next((step for step in spelled if _contains(text, step)), None)
        case RelationLabel(predicate=predicate):
            return predicate if _contains(text, predicate.replace("_", " ")) else None
        case QALabel(question=question, answer=answer, choices=choices, aliases=aliases):
            if choices or set(_words(answer)) <= _YES_NO or " or " in question.lower():
                return None
            return next((words for words in (answer, *aliases) if _contains(text, words)), None)
        case NumberLabel(name=name):
            return next((f"{shown:.10g}" for shown in _numbers(text, name) if _passes(shown, target)), None)
        case TimestampLabel(name=name, time=time, tolerance=tolerance):
            return next((f"{shown:.10g}" for shown in _numbers(text, name) if abs(shown - time) <= tolerance), None)
        case SegmentLabel(name=name, start=start, end=end):
            shown = _numbers(text, name)
            return f"{start:.10g} to {end:.10g}" if start in shown and end in shown else None
        case BoxLabel(name=name, box=box):
            rounded = [round(number, 2) for number in _numbers(text, name)]
            return str(list(box)) if all(round(edge, 2) in rounded for edge in box) else None
        case _:
            return None


def off_scale(text: str, target: Label) -> str | None:
    """Returns the scale that a question about a number offers where it is not the label's, or None.

    Args:
        text: The question.
        target: The label that it asks for. Without a minimum and a maximum, its value must lie on the offered scale.
    """
    if not isinstance(target, NumberLabel):
        return None
    plain = text.replace(target.name, " ")
    offered: list[tuple[float | None, float]] = []
    for scale in _SCALES:
        offered += [(float(match[1]), float(match[2])) for match in scale.finditer(plain)]
    offered += [(None, float(match[1])) for match in _OUT_OF.finditer(plain)]
    for low, high in offered:
        if target.minimum is not None and target.maximum is not None:
            fits = high == target.maximum and low in (None, target.minimum)
        else:
            fits = (low is None or low <= target.value) and target.value <= high
        if not fits:
            return f"the scale {'' if low is None else f'{low:.10g} '}to {high:.10g}"
    return None


def _numbers(text: str, name: str) -> list[float]:
    """Returns the numbers of a text, without those in the name of what is asked for."""
    return [float(number) for number in _NUMBER.findall(text.replace(name, " "))]


def _passes(shown: float, label: NumberLabel) -> bool:
    return abs(shown - label.value) <= allowed_error(label)


def _contains(text: str, words: str) -> bool:
    """Whether the words stand in the text next to each other, whatever their case."""
    sought, found = _words(words), _words(text)
    return bool(sought) and any(
        found[place : place + len(sought)] == sought for place in range(len(found) - len(sought) + 1)
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
