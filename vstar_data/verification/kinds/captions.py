"""Judges `caption` targets by sentence embeddings, where a model for them was asked for; else no caption is a target.

A cosine does not see a denial, nor who asks and who tells: those are looked at word by word.
"""

from __future__ import annotations

from vstar_data.records import CaptionLabel, RejectReason, TargetVerdict
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.cues import HARMLESS_AFTER_NOT, NEGATORS
from vstar_data.verification.degenerate import refusal
from vstar_data.verification.sentences import Sentences, sentences_of_label
from vstar_data.verification.text import Text, tokens_of_name

WANTED = 0.6
"""The cosine that Video-STaR's code asks of a sentence."""


def judge(label: CaptionLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a caption: each of its sentences is like some sentence that the answer asserts.

    Args:
        label: The caption.
        asks: Ignored: a caption has no parts.
        case: The answer and what is known about it.
    """
    if case.embedder is None:
        return rejected(RejectReason.UNPARSABLE)
    text = case.answer
    refused = refusal(text)
    if refused is not None:
        return rejected(RejectReason.REFUSED, (refused, refused + 1))
    answer = Sentences(text, case.embedder)
    places: list[tuple[int, int]] = []
    scores: list[float] = []
    for told in sentences_of_label(label.text):
        likeness = answer.likeness(told)
        likest = max(range(len(likeness)), key=likeness.__getitem__, default=None)
        if likest is None or round(likeness[likest], 9) < WANTED:
            return rejected(RejectReason.ABSENT, score=likeness[likest] if likest is not None else 0.0)
        denies = _denies(tokens_of_name(told), 0)
        usable = [n for n in range(len(likeness)) if not text.asked[n] and _denies(text, n) == denies]
        best = max(usable, key=likeness.__getitem__, default=None)
        if best is None or round(likeness[best], 9) < WANTED:
            reason = RejectReason.RESTATED if text.asked[likest] else RejectReason.NEGATED
            return rejected(reason, answer.spans[likest])
        places.append(answer.spans[best])
        scores.append(likeness[best])
    span = (min(start for start, _ in places), max(end for _, end in places))
    return accepted(span, text.raw[span[0] : span[1]], min(scores))


def _denies(text: Text, number: int) -> bool:
    """Whether a sentence denies something: an odd number of negating words."""
    if not text.sentences:
        return False
    begin, end = text.sentences[number]
    tokens = text.tokens
    cues = [
        place
        for place in range(begin, end)
        if tokens[place].word in NEGATORS
        and not (
            place + 1 < len(tokens) and tokens[place].word == "not" and tokens[place + 1].word in HARMLESS_AFTER_NOT
        )
    ]
    return len(cues) % 2 == 1
