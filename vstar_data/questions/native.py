"""Questions that ask for a label as it is: one for each label, or for the labels of a kind together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, product
from string import ascii_uppercase
from typing import TypeVar

from vstar_data.questions import derived_wordings, wordings
from vstar_data.questions.asking import Asking, asking, filled
from vstar_data.records import (
    BooleanLabel,
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

L = TypeVar("L", bound=Label)


def of_kind(labels: Iterable[Label], kind: type[L]) -> list[L]:
    """Returns the labels of a kind, in their order."""
    return [label for label in labels if isinstance(label, kind)]


def alone(labels: Iterable[L], asked: Iterable[object]) -> list[L]:
    """Returns the labels that are the only one of what a question would ask for: of several none could be meant.

    Args:
        labels: The labels.
        asked: For each of them what its question says of it.
    """
    pairs = list(zip(labels, asked, strict=True))
    count = Counter(said for _, said in pairs)
    return [label for label, said in pairs if count[said] == 1]


def class_question(clip: Clip) -> Iterator[Asking]:
    """Yields one question whose targets are all class labels of the clip."""
    classes = list({label.name: label for label in of_kind(clip.labels, ClassLabel)}.values())
    if classes:
        bank, texts = ("class", wordings.CLASS) if len(classes) == 1 else ("classes", wordings.CLASSES)
        yield asking(bank, texts, classes, "name")


def qa_questions(clip: Clip) -> Iterator[Asking]:
    """Yields the questions of the dataset itself, with their choices."""
    for label in of_kind(clip.labels, QALabel):
        choices = " ".join(f"({letter}) {choice}" for letter, choice in zip(_letters(), label.choices, strict=False))
        bank, texts = ("qa_with_choices", wordings.QA_WITH_CHOICES) if label.choices else ("qa", wordings.QA)
        yield asking(bank, texts, [label], "answer", question=label.question.strip(), choices=choices)


def number_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each number of a name; where its scale would show it, the unit alone is told."""
    labels = of_kind(clip.labels, NumberLabel)
    for label in alone(labels, [label.name for label in labels]):
        unit = f" in {label.unit}" if label.unit else ""
        with_scale = tuple(filled(text, name=label.name, scale=scale_of(label)) for text in wordings.NUMBER)
        without = tuple(filled(text, name=label.name, scale=unit) for text in wordings.NUMBER)
        yield Asking("bank:number", with_scale + without, len(wordings.NUMBER), (label,), (("value",),))


def scale_of(label: NumberLabel) -> str:
    """Returns the range and unit of a number as they stand behind its name, with a space in front, or nothing."""
    unit = f" {label.unit}" if label.unit else ""
    if label.minimum is not None and label.maximum is not None:
        return f" between {label.minimum:.10g} and {label.maximum:.10g}{unit}"
    return f" in{unit}" if unit else ""


def segment_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each name of a segment, but for those that are named by a question of the clip."""
    questions = {label.question for label in of_kind(clip.labels, QALabel)}
    first = {label.name: label for label in reversed(of_kind(clip.labels, SegmentLabel))}
    for name in dict.fromkeys(label.name for label in of_kind(clip.labels, SegmentLabel)):
        if name not in questions:
            yield asking("segment", wordings.SEGMENT, [first[name]], "time", name=name)


def timestamp_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each event that has one moment; of several moments none could be meant."""
    labels = of_kind(clip.labels, TimestampLabel)
    for label in alone(labels, [label.name for label in labels]):
        yield asking("timestamp", derived_wordings.TIMESTAMP, [label], "time", name=label.name)


def sequence_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each sequence of two steps or more."""
    for label in of_kind(clip.labels, SequenceLabel):
        if len(label.steps) > 1:
            yield asking("sequence", derived_wordings.SEQUENCE, [label], "order")


def relation_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each pair of things; its targets are all relations of the first to the second."""
    pairs: dict[tuple[str, str], dict[str, RelationLabel]] = {}
    for label in of_kind(clip.labels, RelationLabel):
        pairs.setdefault((label.subject, label.object), {})[label.predicate] = label
    for (subject, thing), labels in pairs.items():
        bank = "relation" if len(labels) == 1 else "relations"
        texts = derived_wordings.RELATION if len(labels) == 1 else derived_wordings.RELATIONS
        yield asking(bank, texts, labels.values(), "name", subject=subject, object=thing)


def boolean_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for each statement."""
    labels = of_kind(clip.labels, BooleanLabel)
    for label in alone(labels, [label.name for label in labels]):
        yield asking("boolean", derived_wordings.BOOLEAN, [label], "holds", name=label.name)


def _letters() -> Iterator[str]:
    """Yields A, B, ... Z, AA, AB, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))
