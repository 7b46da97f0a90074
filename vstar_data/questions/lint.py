"""The lint of questions: a question may not contain what it asks for."""

from __future__ import annotations

import re

from vstar_data.records import ClassLabel, Label, NumberLabel, QALabel, SegmentLabel

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w]|\.\d)")
_YES_NO = {"yes", "no", "true", "false"}


def leaked(text: str, target: Label) -> str | None:
    """Returns what a question gives away of its target, or None.

    Args:
        text: The question.
        target: The label that it asks for. A `qa` target with choices is shown among them, and one whose question
            offers alternatives ("red or blue?") names both: neither gives the answer away.
    """
    match target:
        case ClassLabel(name=name, aliases=aliases):
            return next((words for words in (name, *aliases) if _contains(text, words)), None)
        case QALabel(question=question, answer=answer, choices=choices, aliases=aliases):
            if choices or set(_words(answer)) <= _YES_NO or " or " in question.lower():
                return None
            return next((words for words in (answer, *aliases) if _contains(text, words)), None)
        case NumberLabel(name=name, value=value):
            shown = [float(number) for number in _NUMBER.findall(text.replace(name, " "))]
            return f"{value:.10g}" if value in shown else None
        case SegmentLabel(name=name, start=start, end=end):
            shown = [float(number) for number in _NUMBER.findall(text.replace(name, " "))]
            return f"{start:.10g} to {end:.10g}" if start in shown and end in shown else None
        case _:
            return None


def _contains(text: str, words: str) -> bool:
    """Whether the words stand in the text next to each other, whatever their case."""
    sought, found = _words(words), _words(text)
    return bool(sought) and any(
        found[place : place + len(sought)] == sought for place in range(len(found) - len(sought) + 1)
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
