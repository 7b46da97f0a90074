"""Labels in words as an answer gives them: the label alone, without the name of what was asked for. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from vstar_data.generation.prompts import hint
from vstar_data.questions.asking import figure
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    Label,
    NumberLabel,
    QALabel,
    SegmentLabel,
    TimestampLabel,
)


def in_words(targets: Sequence[Label]) -> str:
    """Returns what answers a question: its only target, or all of them with a semicolon between."""
    if len(targets) == 1:
        return label_in_words(targets[0])
    return "; ".join(_named(target) for target in targets)


def label_in_words(label: Label) -> str:
    """Returns a label alone: `playing guitar`, `83.25 points`, `from 3.2 to 7.9 seconds`, `Yes`.

    Times have two decimals at most, edges of boxes three.
    """
    match label:
        case NumberLabel(value=value, unit=unit):
            return f"{value:.10g}" + (f" {unit}" if unit else "")
        case TimestampLabel(time=time):
            return f"{figure(time)} seconds"
        case SegmentLabel(start=start, end=end):
            return f"from {figure(start)} to {figure(end)} seconds"
        case BoxLabel(box=box):
            return f"[{', '.join(f'{round(edge, 3):.10g}' for edge in box)}]"
        case QALabel(answer=answer):
            return " ".join(answer.split())
        case BooleanLabel(holds=holds):
            return "Yes" if holds else "No"
        case _:
            return " ".join(hint(label).split())


def _named(label: Label) -> str:
    """Returns a label among others: a value alone would not say what it is the value of."""
    if isinstance(label, NumberLabel | TimestampLabel | SegmentLabel | BoxLabel):
        return f"{' '.join(label.name.split())}: {label_in_words(label)}"
    return label_in_words(label)
