"""Makes the questions of a clip: for each of its labels a wording from the bank, chosen by a hash of the clip."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_uppercase

from vstar_data.questions import wordings
from vstar_data.questions.lint import leaked
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import ClassLabel, Clip, Label, NumberLabel, QALabel, Question, SegmentLabel


@dataclass(frozen=True)
class LeakingQuestion:
    """A label for which no wording passed the lint, with what the last one gave away."""

    clip_id: str
    kind: str
    leak: str


def questions_of(clip: Clip, settings: QuestionSettings) -> Iterator[Question | LeakingQuestion]:
    """Yields the questions of a clip, in a fixed order.

    All class labels of a clip make one question (its targets are all of them); each qa label, each number and each
    name of a segment makes one. Ids are `<clip id>#<kind>` and, from the second of a kind on, `<clip id>#<kind>-<n>`.

    Args:
        clip: The clip with its labels.
        settings: Which kinds to ask about.

    Yields:
        A question, or the record of a label that cannot be asked about without giving it away.
    """
    for kind, askings in _askings(clip):
        if kind not in settings.kinds:
            continue
        for number, asking in enumerate(askings):
            question_id = f"{clip.id}#{kind}" + (f"-{number + 1}" if number else "")
            yield _first_clean(question_id, clip.id, kind, asking)


@dataclass(frozen=True)
class _Asking:
    bank: str
    texts: tuple[str, ...]
    targets: tuple[Label, ...]
    asks: tuple[tuple[str, ...], ...]


def _askings(clip: Clip) -> Iterator[tuple[str, list[_Asking]]]:
    classes = _distinct(label for label in clip.labels if isinstance(label, ClassLabel))
    if classes:
        bank, texts = ("class", wordings.CLASS) if len(classes) == 1 else ("classes", wordings.CLASSES)
        yield "class", [_Asking(bank, texts, tuple(classes), (("name",),) * len(classes))]
    yield "qa", [_qa(label) for label in clip.labels if isinstance(label, QALabel)]
    yield "number", [_number(label) for label in clip.labels if isinstance(label, NumberLabel)]
    first_of_name: dict[str, SegmentLabel] = {}
    for label in clip.labels:
        if isinstance(label, SegmentLabel):
            first_of_name.setdefault(label.name, label)
    yield "segment", [_segment(label) for label in first_of_name.values()]


def _qa(label: QALabel) -> _Asking:
    choices = " ".join(f"({letter}) {choice}" for letter, choice in zip(_letters(), label.choices, strict=False))
    bank, texts = ("qa_with_choices", wordings.QA_WITH_CHOICES) if label.choices else ("qa", wordings.QA)
    filled = tuple(_filled(text, question=label.question.strip(), choices=choices) for text in texts)
    return _Asking(bank, filled, (label,), (("answer",),))


def _number(label: NumberLabel) -> _Asking:
    unit = f" {label.unit}" if label.unit else ""
    scale = f" in{unit}" if unit else ""
    if label.minimum is not None and label.maximum is not None:
        scale = f" between {label.minimum:.10g} and {label.maximum:.10g}{unit}"
    filled = [_filled(text, name=label.name, scale=scale) for text in wordings.NUMBER]
    without_scale = [_filled(text, name=label.name, scale=f" in{unit}" if unit else "") for text in wordings.NUMBER]
    return _Asking("number", tuple(filled + without_scale), (label,), (("value",),))


def _segment(label: SegmentLabel) -> _Asking:
    filled = tuple(_filled(text, name=label.name) for text in wordings.SEGMENT)
    return _Asking("segment", filled, (label,), (("time",),))


def _first_clean(question_id: str, clip_id: str, kind: str, asking: _Asking) -> Question | LeakingQuestion:
    """Takes the wordings of the bank in turn, from the one that the hash points at, until one passes the lint."""
    size = len(getattr(wordings, asking.bank.upper()))
    first = int.from_bytes(hashlib.sha256(question_id.encode()).digest()[:8]) % size
    leak = ""
    for group in range(0, len(asking.texts), size):
        for step in range(size):
            place = group + (first + step) % size
            text = asking.texts[place]
            found = next(filter(None, (leaked(text, target) for target in asking.targets)), None)
            if found is None:
                return Question(
                    id=question_id,
                    clip_id=clip_id,
                    text=text,
                    targets=asking.targets,
                    asks=asking.asks,
                    origin=f"bank:{asking.bank}/{place}",
                )
            leak = found
    return LeakingQuestion(clip_id, kind, leak)


def _filled(text: str, **values: str) -> str:
    """Puts values into a wording without reading braces inside the values."""
    for name in ("question", "choices", "name", "scale"):
        if name in values:
            text = text.replace("{" + name + "}", "\0" + name + "\0")
    for name, value in values.items():
        text = text.replace("\0" + name + "\0", value)
    return text


def _letters() -> Iterator[str]:
    """Yields A, B, ... Z, AA, AB, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def _distinct(labels: Iterable[ClassLabel]) -> list[ClassLabel]:
    return list({label.name: label for label in labels}.values())
