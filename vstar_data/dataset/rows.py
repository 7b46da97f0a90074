"""Judged answers to rows of the published configs. Pure: no file is read or written here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vstar_data.arrow import Row, clip_row, label_row
from vstar_data.dataset.judged import PLAIN, Judged
from vstar_data.records import Clip, Mode, RejectReason

UNUSED_REJECTS = frozenset({RejectReason.TRUNCATED, RejectReason.DEGENERATE, RejectReason.REFUSED, RejectReason.LEAK})
"""A reject with one of these teaches nothing about the video: it makes no preference pair."""


def answer_row(judged: Judged) -> Row:
    """Returns a row of `sft`. The conversation holds the plain question: no hint, no request to reason."""
    question, completion, clip = judged.question, judged.completion, judged.clip
    return {
        **_place(judged.id, clip),
        "frames": _frames(judged),
        "question": question.text,
        "answer": judged.thought.answer,
        "messages": [*asked(question.text), *answered(completion.text)],
        "labels": [label_row(target) for target in question.targets],
        "mode": str(completion.mode),
        "cycle": judged.cycle,
        "sample_index": completion.sample_index,
        "model": completion.model,
        "source": clip.source,
        "split": str(clip.split),
        "rationale": judged.thought.rationale,
        "asks": question.asks,
        "also_true": [label_row(label) for label in judged.also_true],
        "duration": judged.duration,
        "finish_reason": completion.finish_reason,
        "scores": [verdict.score for verdict in judged.verdict.per_label],
        "clip_id": clip.id,
        "question_id": question.id,
        "origin": question.origin,
        "license": clip.license,
        "seed": completion.seed,
        "prompt_tokens": completion.prompt_tokens,
        "completion_tokens": completion.completion_tokens,
        "reviewed": judged.reviewed,
    }


def styled_row(judged: Judged) -> Row:
    """Returns a row of `sft` that says its style. What the model counted is not true of another text."""
    row = {**answer_row(judged), "style": judged.style}
    return row if judged.style == PLAIN else {**row, "prompt_tokens": None, "completion_tokens": None}


def rejected_row(judged: Judged) -> Row:
    """Returns a row of `rejected`: that of `sft` and the reasons."""
    return {**answer_row(judged), "reasons": list(judged.reasons)}


def preference_row(samples: Sequence[Judged]) -> Row | None:
    """Returns the preference pair of a question, or None where it has none.

    Chosen is the first direct answer of `sft`, else its first rationalized one; rejected is the first
    direct reject that says something about the video (`UNUSED_REJECTS`) and is another text.

    Args:
        samples: All judged answers of one question, in order.
    """
    taught = [judged for judged in samples if judged.taught]
    direct = [judged for judged in samples if judged.completion.mode is Mode.DIRECT]
    chosen = next((judged for judged in direct if judged.taught), next(iter(taught), None))
    if chosen is None:
        return None
    for reject in direct:
        usable = not reject.verdict.accepted and UNUSED_REJECTS.isdisjoint(reject.verdict.reasons)
        if usable and reject.completion.text != chosen.completion.text:
            return _pair(chosen, reject)
    return None


def clips_row(clip: Clip, unusable: str | None) -> Row:
    """Returns a row of `clips`, with the reason why the clip cannot be shown, if there is one."""
    return {**clip_row(clip), "unusable": unusable}


def asked(question: str) -> list[Row]:
    """Returns the user's turn: the video and the plain question. A part has exactly `type` and `text`."""
    return [{"role": "user", "content": [{"type": "video", "text": None}, {"type": "text", "text": question}]}]


def answered(text: str) -> list[Row]:
    """Returns the assistant's turn: the text as made, a thought included."""
    return [{"role": "assistant", "content": [{"type": "text", "text": text}]}]


def _pair(chosen: Judged, reject: Judged) -> Row:
    question, clip = chosen.question, chosen.clip
    return {
        **_place(question.id, clip),
        "frames": _frames(chosen),
        "question": question.text,
        "prompt": asked(question.text),
        "chosen": answered(chosen.completion.text),
        "rejected": answered(reject.completion.text),
        "chosen_mode": str(chosen.completion.mode),
        "rejected_mode": str(reject.completion.mode),
        "labels": [label_row(target) for target in question.targets],
        "model": chosen.completion.model,
        "source": clip.source,
        "split": str(clip.split),
    }


def _place(row_id: str, clip: Clip) -> dict[str, Any]:
    return {"id": row_id, "video": clip.video, "start": clip.start, "end": clip.end}


def _frames(judged: Judged) -> dict[str, Any]:
    return {"indices": judged.completion.frame_indices, "times": judged.completion.frame_times}
