"""Targets in words, for a person."""

from __future__ import annotations

from vstar_data.generation.prompts import hint
from vstar_data.labels import BoxLabel, ClassLabel, Label, NumberLabel, QALabel, TimestampLabel, allowed_error
from vstar_data.records import Question


def in_words(question: Question) -> str:
    """Returns the targets of a question, as short as they can be told."""
    return "; ".join(map(hint, question.targets))


def told(target: Label) -> str:
    """Returns a target with what else decides whether an answer contains it: other spellings, how near is enough."""
    match target:
        case ClassLabel(aliases=aliases) | QALabel(aliases=aliases) | BoxLabel(aliases=aliases) if aliases:
            return f"{hint(target)} (or: {', '.join(aliases)})"
        case NumberLabel():
            error = allowed_error(target)
            return f"{hint(target)} ({f'within {error:g}' if error else 'exactly'})"
        case TimestampLabel(tolerance=tolerance):
            return f"{hint(target)} (within {tolerance:g})"
        case _:
            return hint(target)
