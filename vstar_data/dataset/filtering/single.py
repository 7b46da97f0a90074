"""Filters that look at one answer alone: its length, and what it says beyond the label."""

from __future__ import annotations

from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.dataset.filtering.words import label_texts, number_of_words, other_words, said
from vstar_data.dataset.judged import Judged
from vstar_data.recipe.quality import LengthSettings, RestatementSettings


def drop_by_length(judged: Judged, settings: LengthSettings) -> Drop | None:
    """Returns why an answer is too short or too long, or None."""
    words = number_of_words(said(judged))
    if settings.min_words is not None and words < settings.min_words:
        return Drop(FilterReason.TOO_SHORT, f"{words} words")
    if settings.max_words is not None and words > settings.max_words:
        return Drop(FilterReason.TOO_LONG, f"{words} words")
    return None


def drop_by_restatement(judged: Judged, settings: RestatementSettings) -> Drop | None:
    """Returns why an answer says too little beyond its question and its labels, or None."""
    question = judged.question
    known = [question.text, *(text for target in question.targets for text in label_texts(target))]
    words = other_words(said(judged), known)
    if words >= settings.min_other_words:
        return None
    return Drop(FilterReason.RESTATES_LABEL, f"{words} other words")
