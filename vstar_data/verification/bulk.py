"""Judges the rows of a file by the chunk, in as many processes as it is worth: what `vstar-data verify` does.

A chunk is judged where it lands: its rows are read, judged and written down there, so that only bytes travel. What
comes out depends neither on the size of the chunks nor on who judged them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.verification.batch import ADDED, judged
from vstar_data.verification.files import Chunk, rows_of
from vstar_data.verification.workers import spread

if TYPE_CHECKING:
    import pyarrow as pa

ENOUGH = 4_000
"""Rows from which on starting further processes pays."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are judged: `class_names` to join with each row's own; the rest as `verify` has it."""

    class_names: tuple[str, ...] = ()
    profile: str = "strict"
    embedder: str | None = None
    parser: bool = True


@dataclass(frozen=True, slots=True)
class JudgedChunk:
    """A judged chunk.

    Attributes:
        rows: Number of rows.
        accepted: How many of them were accepted.
        lines: The rows as JSON lines; empty where `table` is there.
        table: The rows as an Arrow stream, where they came as one and go into a Parquet file.
        schema: The Arrow schema of `lines`, without what was added, where they go into a Parquet file.
    """

    rows: int
    accepted: int
    lines: bytes = b""
    table: bytes = b""
    schema: bytes = b""


def judge_chunks(
    chunks: Iterable[Chunk], rules: Rules, *, columns: bool, workers: int
) -> Generator[JudgedChunk, None, None]:
    """Yields the judged chunks in order. Close it where it is not read to its end: workers end then.

    Args:
        chunks: The rows; read as they are needed.
        rules: How they are judged.
        columns: Whether they go into a Parquet file.
        workers: Number of processes; up to `ENOUGH` rows are judged in this one.

    Raises:
        RecordError: A row that cannot be read; names where it stands.
        UsageError: A row is judged by sentence embeddings, and the extra `embeddings` or the model is not there.
        RunError: A worker died.
    """
    work = partial(judge_chunk, rules, columns)
    coming = iter(chunks)
    head: list[Chunk] = []
    for chunk in coming if workers > 1 else ():
        head.append(chunk)
        if sum(chunk.rows for chunk in head) > ENOUGH:
            break
    else:
        yield from map(work, chain(head, coming))
        return
    yield from spread(work, chain(head, coming), workers)


def judge_chunk(rules: Rules, columns: bool, chunk: Chunk) -> JudgedChunk:
    """Judges one chunk. See `judge_chunks`."""
    rows = judged(
        rows_of(chunk),
        class_names=rules.class_names,
        profile=rules.profile,
        embedder=rules.embedder,
        parser=rules.parser,
    )
    if columns and chunk.table:
        return _judged_table(chunk, list(rows))
    # Parquet holds more than JSON: times of nanoseconds come as objects of pandas.
    encode = msgspec.json.Encoder(enc_hook=str).encode
    count = accepted = 0
    lines: list[bytes] = []
    kept: list[dict[str, Any]] = []
    for row in rows:
        count += 1
        accepted += row["accepted"]
        lines.append(encode(row))
        if columns:
            kept.append(row)
    text = b"\n".join(lines) + b"\n" if lines else b""
    return JudgedChunk(count, accepted, lines=text, schema=_schema_of(kept) if kept else b"")


def _judged_table(chunk: Chunk, rows: list[dict[str, Any]]) -> JudgedChunk:
    import pyarrow as pa

    from vstar_data.verification.files import added_schema

    table = pa.ipc.open_stream(chunk.table).read_all()
    table = table.select([name for name in table.column_names if name not in ADDED])
    for field in added_schema():
        table = table.append_column(field, pa.array([row[field.name] for row in rows], field.type))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return JudgedChunk(len(rows), sum(row["accepted"] for row in rows), table=sink.getvalue().to_pybytes())


def _schema_of(rows: list[dict[str, Any]]) -> bytes:
    from vstar_data.verification.files import inferred_schema

    schema: pa.Schema = inferred_schema(rows)
    return bytes(schema.serialize().to_pybytes())
