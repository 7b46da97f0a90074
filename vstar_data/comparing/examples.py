"""Examples of what changed: the texts of a few answers on both sides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from vstar_data.comparing.answers import Lone, Turn
from vstar_data.comparing.digests import ANSWERS, frame_of
from vstar_data.dataset.reading import PublishedDataset


class Example(msgspec.Struct, frozen=True):
    """An answer whose outcome changed. The texts are null where a side does not publish it."""

    id: str
    question: str | None
    outcome_a: str | None
    outcome_b: str | None
    why: str
    answer_a: str | None
    answer_b: str | None


def examples(changes: Sequence[Turn | Lone], a: PublishedDataset, b: PublishedDataset) -> list[Example]:
    """Returns the first answer of each of some changes.

    Raises:
        StorageError: A file cannot be read.
    """
    wanted = {change.ids[0] for change in changes}
    first, second = (_texts(dataset, wanted) for dataset in (a, b))
    found = []
    for change in changes:
        name = change.ids[0]
        question_a, answer_a = first.get(name, (None, None))
        question_b, answer_b = second.get(name, (None, None))
        question = question_b if question_b is not None else question_a
        found.append(Example(name, question, change.a, change.b, change.why, answer_a, answer_b))
    return found


def _texts(dataset: PublishedDataset, wanted: Collection[str]) -> dict[str, tuple[str | None, str | None]]:
    """Returns question and answer of some rows by id; reads until all are found."""
    import polars as pl

    found: dict[str, tuple[str | None, str | None]] = {}
    for config in ANSWERS if wanted else ():
        for batch in dataset.batches(config, columns=("id", "question", "answer")):
            rows = frame_of(batch).filter(pl.col("id").is_in(list(wanted)))
            for name, question, answer in rows.select("id", "question", "answer").iter_rows():
                found.setdefault(name, (question, answer))
            if len(found) == len(wanted):
                return found
    return found
