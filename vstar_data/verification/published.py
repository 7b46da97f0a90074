"""The measures of Video-STaR's rules: each looks for one thing anywhere in an answer and compares it with the label.

What they are asked for, and with which thresholds, `profiles` says. Where the authors' code failed (an item without a
number, a label that is 0, a label of stop words alone) the measure gives a verdict.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    NumberLabel,
    QALabel,
    RejectReason,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TargetVerdict,
    TimestampLabel,
)
from vstar_data.verification.case import accepted, rejected
from vstar_data.verification.coordinates import iou
from vstar_data.verification.sentences import Sentences, sentences_of_label
from vstar_data.verification.text import tokens_of_name
from vstar_data.verification.times import moments, overlap, spans
from vstar_data.verification.words import FUNCTION

_NUMBER = re.compile(
    r"(?<!\w)(?<!\d\.)-?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\.)\.\d+)|(?<=[^\W\d]-)\d+(?:\.\d+)?"
)
_FOUR = re.compile(r"[\[(]\s*" + r"\s*,\s*".join([r"(-?(?:\d+\.?\d*|\.\d+))"] * 4) + r"\s*[\])]")
_STOP = FUNCTION - {"not"}
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|can|could|will|has|have|does|do|did)\b")
_TELLING = 3
"""Letters that a word must have to be looked at."""

Told = BooleanLabel | CaptionLabel | ClassLabel | QALabel | RelationLabel


@dataclass(frozen=True)
class Threshold:
    """What a measured value must reach, or stay below."""

    sign: Literal[">", ">=", "<="]
    value: float

    def holds(self, measured: float) -> bool:
        """Whether a measured value passes; rounding errors do not count."""
        return _SIGNS[self.sign](round(measured, 9), self.value)

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"


_SIGNS: dict[str, Callable[[float, float], bool]] = {">": operator.gt, ">=": operator.ge, "<=": operator.le}


def keywords(label: Told, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Looks for every word of a label, by Levenshtein similarity 0..100 to the likest word of the answer.

    Of a label with aliases any will do. Words of one or two letters and function words are passed over on both sides;
    a label that has no others is looked for as it is.
    """
    verdicts = [_keywords(text, answer, wanted) for text in texts(label)]
    return max(verdicts, key=lambda verdict: (verdict.accepted, verdict.score))


def _keywords(text: str, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    from rapidfuzz import fuzz

    named = [token.word for token in tokens_of_name(text).tokens]
    telling = list(filter(_tells, named))
    said = [token for token in answer.text.tokens if not telling or _tells(token.word)]
    if not said or not named:
        return rejected(RejectReason.ABSENT)
    places, likeness = [], []
    for word in telling or named:
        place = max(said, key=lambda token: fuzz.ratio(word, token.word))
        places.append(place)
        likeness.append(fuzz.ratio(word, place.word))
    score = min(likeness) / 100
    if not all(map(wanted.holds, likeness)):
        return rejected(RejectReason.ABSENT, score=score)
    span = (min(token.start for token in places), max(token.end for token in places))
    return accepted(span, " ".join(token.word for token in places), score)


def _tells(word: str) -> bool:
    return len(word) >= _TELLING and word not in _STOP


def any_number(label: NumberLabel, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Takes the number of the answer that is closest to the label, by relative error."""
    found = [(match, float(match[0].replace(",", ""))) for match in _NUMBER.finditer(answer.text.raw)]
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    match, value = min(found, key=lambda item: abs(item[1] - label.value))
    off = abs(value - label.value)
    error = off / abs(label.value) if label.value else (0.0 if off == 0 else float("inf"))
    score = 1.0 - min(error, 1.0)
    if wanted.holds(error):
        return accepted(match.span(), match[0], score)
    return rejected(RejectReason.WRONG_VALUE, match.span(), match[0], score)


def last_time(label: TimestampLabel, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Takes the last time of the answer, by its error as a share of the clip; without a known length nothing passes."""
    found = moments(answer.text)
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    time, length = found[-1], answer.duration
    span, parsed = (time.start, time.end), f"{time.value:g}"
    if time.unit == "frame" or not length:
        return rejected(RejectReason.UNPARSABLE, span, parsed)
    share = time.value if time.unit == "percent" else time.value / length
    error = abs(share - label.time / length)
    if wanted.holds(error):
        return accepted(span, parsed, 1.0 - error)
    return rejected(RejectReason.WRONG_TIME, span, parsed, 1.0 - error)


def last_range(label: SegmentLabel, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Takes the last range of times that starts before it ends, by temporal IoU."""
    found = spans(answer.text, answer.duration)
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    forward = [span for span in found if span.usable and span.begin < span.finish]
    last = (forward or found)[-1]
    score = overlap(last.begin, last.finish, label.start, label.end) if last.usable else 0.0
    parsed = f"{last.begin:g}-{last.finish:g}"
    if wanted.holds(score):
        return accepted((last.start, last.end), parsed, score)
    return rejected(RejectReason.WRONG_TIME, (last.start, last.end), parsed, score)


def last_box(label: BoxLabel, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Takes the last four numbers in brackets, as corners in 0..1, by IoU."""
    found = list(_FOUR.finditer(answer.text.raw))
    if not found:
        return rejected(RejectReason.INCOMPLETE)
    left, top, right, bottom = map(float, found[-1].groups())
    score = iou((left, top, right, bottom), label.box)
    if wanted.holds(score):
        return accepted(found[-1].span(), found[-1][0], score)
    return rejected(RejectReason.WRONG_BOX, found[-1].span(), found[-1][0], score)


def sentence(label: Told, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Looks for every sentence of a label, or of one of its aliases, by the cosine to the likest of the answer."""
    verdicts = [_sentences(sentences_of_label(text), answer, wanted) for text in texts(label)]
    return max(verdicts, key=lambda verdict: (verdict.accepted, verdict.score))


def _sentences(told: Sequence[str], answer: Sentences, wanted: Threshold) -> TargetVerdict:
    if not answer.spans:
        return rejected(RejectReason.ABSENT)
    places, likeness = [], []
    for text in told:
        cosines = answer.likeness(text)
        best = max(range(len(cosines)), key=cosines.__getitem__)
        places.append(answer.spans[best])
        likeness.append(cosines[best])
    score = min(likeness)
    span = (min(start for start, _ in places), max(end for _, end in places))
    if all(map(wanted.holds, likeness)):
        return accepted(span, answer.text.raw[span[0] : span[1]], score)
    return rejected(RejectReason.ABSENT, span, None, score)


def sentence_sequence(label: SequenceLabel, answer: Sentences, wanted: Threshold) -> TargetVerdict:
    """Looks for every step, as `sentence` does; the sentences that are likest to the steps may not go backwards."""
    if not answer.spans:
        return rejected(RejectReason.ABSENT)
    places, likeness = [], []
    for step, aliases in zip(label.steps, label.step_aliases or ((),) * len(label.steps), strict=True):
        cosines = [max(each) for each in zip(*map(answer.likeness, (step, *aliases)), strict=True)]
        places.append(max(range(len(cosines)), key=cosines.__getitem__))
        likeness.append(cosines[places[-1]])
    score = min(likeness)
    span = (answer.spans[min(places)][0], answer.spans[max(places)][1])
    if not all(map(wanted.holds, likeness)):
        return rejected(RejectReason.ABSENT, None, None, score)
    parsed = " > ".join(str(place + 1) for place in places)
    if places != sorted(places):
        return rejected(RejectReason.WRONG_ORDER, span, parsed, score)
    return accepted(span, parsed, score)


def texts(label: Told) -> tuple[str, ...]:
    """Returns what a label says in words: its text, and its aliases where it has any."""
    match label:
        case ClassLabel(name=name, aliases=aliases):
            return (name, *aliases)
        case QALabel(answer=answer, aliases=aliases):
            return (answer, *aliases)
        case RelationLabel(subject=subject, predicate=predicate, object=thing):
            return (f"{subject} {predicate} {thing}".replace("_", " "),)
        case BooleanLabel(name=name, holds=holds):
            return (name if holds else _denied(name),)
        case CaptionLabel(text=text):
            return (text,)


def _denied(statement: str) -> str:
    """Returns a statement as its denial: `the objects are not the same`."""
    found = _AUXILIARY.search(statement)
    return f"{statement[: found.end()]} not{statement[found.end() :]}" if found else f"not true that {statement}"
