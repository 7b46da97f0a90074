"""Rows as digests: for each row its id and one number for each part of it, so that millions of rows fit into memory.

A digest has 64 bits. It is made anew in each process and never stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.dataset.schemas import schema_of
from vstar_data.errors import StorageError

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

PARTS = {
    "text": ("answer", "rationale", "messages", "finish_reason", "chosen", "rejected", "chosen_mode", "rejected_mode"),
    "question": ("question", "prompt", "labels", "asks", "also_true", "origin"),
    "clip": ("video", "start", "end", "fps", "frames", "duration", "license", "metadata", "unusable"),
    "verdict": ("reasons", "scores", "reviewed"),
    "other": (),
}
"""The parts of a row and their columns; whatever no other part has is `other`."""

ANSWERS = ("sft", "rejected")
"""The configs with one row for each answer."""

_SEED = 0
_BATCH = 5_000


@dataclass(frozen=True)
class Columns:
    """The columns of a config on two sides.

    Attributes:
        common: Those of one type on both: they are compared.
        only_a: Those that only A has.
        only_b: Those that only B has.
        retyped: Those of another type in B.
    """

    common: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    retyped: tuple[str, ...]


def columns_of(a: PublishedDataset, b: PublishedDataset, config: str) -> Columns:
    """Compares the columns of a config; a side without rows has those of the other.

    Raises:
        StorageError: A file cannot be read, or lacks what every version of vstar-data has written.
    """
    first, second = _schema(a, config), _schema(b, config)
    first, second = first or second or {}, second or first or {}
    return Columns(
        common=tuple(name for name in first if name in second and first[name] == second[name]),
        only_a=tuple(name for name in first if name not in second),
        only_b=tuple(name for name in second if name not in first),
        retyped=tuple(name for name in first if name in second and first[name] != second[name]),
    )


def row_digests(dataset: PublishedDataset, config: str, split: str, columns: Collection[str]) -> pl.DataFrame:
    """Returns a frame of the rows of a split: `id`, `split`, and a digest for each of `PARTS`.

    For `ANSWERS` also `source`, `kind`, `mode`, `outcome` (`accepted`, or the reasons of a reject joined by a plus
    sign), and digests `clip_id`, `question_id` and `reviewed` (null where no person decided).

    Args:
        dataset: The dataset.
        config: The config.
        split: The split.
        columns: The columns that are compared.

    Raises:
        StorageError: A file cannot be read.
    """
    import polars as pl

    wanted = sorted({*columns, *_needed(config), *(("reviewed",) if config in ANSWERS else ())})
    parts = {part: [name for name in sorted(columns) if _part_of(name) == part] for part in PARTS}
    select = [
        pl.col("id"),
        pl.lit(split).cast(pl.Categorical).alias("split"),
        *(_digest(names).alias(part) for part, names in parts.items()),
    ]
    if config in ANSWERS:
        select += _of_answers(config)
    frames = [
        _with_reviewed(frame_of(batch)).select(select)
        for batch in dataset.batches(config, split, wanted, rows=_BATCH)
        if batch.num_rows
    ]
    return pl.concat(frames) if frames else empty(config)


def text_digests(
    texts: Collection[str], answers: Collection[tuple[str | None, str]], ends: Collection[str]
) -> pl.Series:
    """Returns the digests of the part `text` of answers that lie in no dataset.

    Args:
        texts: The texts as made.
        answers: For each its thought and its answer, see `vstar_data.dataset.thoughts`.
        ends: For each its finish reason.
    """
    import polars as pl

    frame = pl.DataFrame(
        {
            "answer": [answer for _, answer in answers],
            "finish_reason": list(ends),
            "messages": list(texts),
            "rationale": [rationale for rationale, _ in answers],
        },
        schema=dict.fromkeys(("answer", "finish_reason", "messages", "rationale"), pl.String),
    )
    return frame.select(pl.struct(pl.all()).hash(_SEED)).to_series()


def empty(config: str) -> pl.DataFrame:
    """Returns a frame without rows, as `row_digests` makes them."""
    import polars as pl

    columns: dict[str, pl.DataType | type[pl.DataType]] = {"id": pl.String(), "split": pl.Categorical()}
    columns |= dict.fromkeys(PARTS, pl.UInt64())
    if config in ANSWERS:
        columns |= dict.fromkeys(("source", "kind", "mode", "outcome"), pl.Categorical())
        columns |= dict.fromkeys(("clip_id", "question_id", "reviewed"), pl.UInt64())
    return pl.DataFrame(schema=columns)


def ids_digest(name: str) -> pl.Expr:
    """Returns the digest of a column of ids."""
    import polars as pl

    return pl.col(name).hash(_SEED)


def frame_of(table: pa.Table | pa.RecordBatch) -> pl.DataFrame:
    """Returns Arrow rows as a frame."""
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _of_answers(config: str) -> Iterator[pl.Expr]:
    import polars as pl

    kinds = pl.element().struct.field("kind").unique().sort()
    outcome = pl.col("reasons").list.join("+", ignore_nulls=True) if config == "rejected" else pl.lit("accepted")
    for name, values in {
        "source": pl.col("source"),
        "kind": pl.col("labels").list.eval(kinds).list.join("+", ignore_nulls=True),
        "mode": pl.col("mode"),
        "outcome": outcome,
    }.items():
        yield values.fill_null("").cast(pl.Categorical).alias(name)
    yield ids_digest("clip_id").alias("clip_id")
    yield ids_digest("question_id").alias("question_id")
    reviewed = pl.col("reviewed").cast(pl.String)
    yield pl.when(reviewed.is_not_null()).then(reviewed.hash(_SEED)).alias("reviewed")


def _with_reviewed(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the column that earlier versions did not write."""
    import polars as pl

    return frame if "reviewed" in frame.columns else frame.with_columns(reviewed=pl.lit(None, pl.String))


def _digest(names: list[str]) -> pl.Expr:
    import polars as pl

    return pl.struct(map(_made, names)).hash(_SEED) if names else pl.lit(0, pl.UInt64)


def _made(name: str) -> pl.Expr:
    """Of a conversation only what the model said: the question has a column of its own."""
    import polars as pl

    if name != "messages":
        return pl.col(name)
    turn = pl.col(name).list.get(1, null_on_oob=True).struct.field("content")
    return turn.list.get(0, null_on_oob=True).struct.field("text").alias(name)


def _part_of(column: str) -> str | None:
    if column in ("id", "split"):
        return None
    return next((part for part, names in PARTS.items() if column in names), "other")


def _needed(config: str) -> tuple[str, ...]:
    if config not in ANSWERS:
        return ("id", "unusable") if config == "clips" else ("id",)
    of_answers = ("id", "source", "mode", "labels", "messages", "clip_id", "question_id", "question", "answer")
    return (*of_answers, "reasons") if config == "rejected" else of_answers


def _schema(dataset: PublishedDataset, config: str) -> dict[str, pl.DataType] | None:
    """Returns the columns of a config with their types, None where it has no rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = dataset.paths(config)
    if not paths:
        return None
    try:
        schema = pq.read_schema(paths[0])
    except (OSError, pa.ArrowException) as problem:
        raise StorageError("A file of the dataset cannot be read.", where=str(paths[0]), found=str(problem)) from None
    found, ours = _types(schema), _types(schema_of(config))
    for name in _needed(config):
        if found.get(name) != ours[name]:
            raise StorageError(
                "A file of the dataset has other columns than vstar-data writes.",
                where=f"{paths[0]}, column {name}",
                expected=str(ours[name]),
                found=str(found.get(name, "no such column")),
            )
    return found


def _types(schema: pa.Schema) -> dict[str, pl.DataType]:
    return dict(frame_of(schema.empty_table()).schema)
