"""Judges the rows of a file: what `vstar-data verify` does, without the reading and writing of files.

A row is a dict as JSON or Parquet gives it; null means absent, unknown keys pass through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec

from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import RecordError, UsageError
from vstar_data.records import Label, Verdict
from vstar_data.verification.verifier import verify

ADDED = ("accepted", "reasons", "per_label")
"""The keys that a judged row has more."""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str | int
    answer: str
    labels: Annotated[tuple[Label, ...], msgspec.Meta(min_length=1)]
    question: str = ""
    class_names: tuple[str, ...] = ()
    mode: Literal["direct", "rationalized"] = "direct"
    asks: tuple[tuple[str, ...], ...] | None = None
    also_true: tuple[Label, ...] = ()
    duration: float | None = None
    finish_reason: Literal["stop", "length"] | None = None


def judged(
    rows: Iterator[tuple[str, Any]],
    *,
    class_names: tuple[str, ...],
    profile: str,
    embedder: str | None = None,
    parser: bool = True,
) -> Iterator[dict[str, Any]]:
    """Yields each row with its verdict added, in order.

    Args:
        rows: Pairs of where a row stands (`answers.jsonl:3`) and the row.
        class_names: Names to join with each row's own.
        profile: `strict`, `paper` or `released`.
        embedder: A model of sentence embeddings, see `verify`.
        parser: Whether an installed parser is asked, see `verify`.

    Yields:
        The row as it was read, plus `accepted`, `reasons` and `per_label`.

    Raises:
        RecordError: A row that cannot be read; names where it stands.
        UsageError: A row is judged by sentence embeddings, and the extra `embeddings` or the model is not there.
    """
    for where, row in rows:
        try:
            present = convert(without_nulls(row), _Row, where=where)
        except RecursionError:
            raise RecordError("A row is nested too deeply.", where=where) from None
        names = (*present.class_names, *class_names) if present.class_names else class_names
        try:
            verdict = verify(
                present.answer,
                present.labels,
                question=present.question,
                asks=present.asks,
                class_names=names,
                also_true=present.also_true,
                mode=present.mode,
                duration=present.duration,
                finish_reason=present.finish_reason,
                profile=profile,
                embedder=embedder,
                parser=parser,
            )
        except UsageError as error:
            place = f"{where}, {error.where}" if error.where else where
            raise type(error)(
                error.what, where=place, expected=error.expected, found=error.found, mend=error.mend
            ) from None
        yield {**row, **plain(verdict)}


def plain(verdict: Verdict) -> Mapping[str, Any]:
    """Returns a verdict as the three keys of a judged row."""
    return {
        "accepted": verdict.accepted,
        "reasons": [reason.value for reason in verdict.reasons],
        "per_label": [
            {
                "accepted": target.accepted,
                "reason": target.reason.value if target.reason is not None else None,
                "evidence": list(target.evidence) if target.evidence is not None else None,
                "parsed": target.parsed,
                "score": target.score,
            }
            for target in verdict.per_label
        ],
    }
