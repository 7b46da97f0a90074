"""Records to rows of the run's tables and back, without loss: null in a row is absent in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.arrow.parquet import batches_of
from vstar_data.arrow.schemas import clips_schema, questions_schema, unusable_schema
from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import RecordError
from vstar_data.records import Clip, Label, Question, Record, UnusableReason

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

_BATCH = 1_000


class UnusableRow(Record, frozen=True):
    """A line of the ledger: a row that gave no clip (`clip_id` is None), or a clip that cannot be shown."""

    clip_id: str | None
    video: str | None
    reason: UnusableReason
    detail: str


def label_row(label: Label) -> Row:
    """Returns a label as a row of `label_type`. Fields that its kind has not are left out, which is null."""
    row: Row = msgspec.to_builtins(label)
    return row


def label_from(row: Mapping[str, Any], *, where: str = "label") -> Label:
    """Returns the label of a row. Null means absent.

    Raises:
        RecordError: The row is no label; names `where`.
    """
    label: Label = convert(without_nulls(dict(row)), Label, where=where)  # type: ignore[arg-type]
    return label


def clip_row(clip: Clip) -> Row:
    """Returns a clip as a row of `clips_schema`.

    Raises:
        RecordError: `metadata` holds what JSON cannot say.
    """
    row: Row = {name: getattr(clip, name) for name in clip.__struct_fields__}
    row["labels"] = [label_row(label) for label in clip.labels]
    row["split"] = str(clip.split)
    row["metadata"] = metadata_json(clip)
    return row


def metadata_json(clip: Clip) -> str:
    """Returns a clip's metadata as one JSON object with sorted keys; a number that is not finite becomes null.

    Raises:
        RecordError: It holds what JSON cannot say.
    """
    try:
        return msgspec.json.encode(clip.metadata, order="sorted").decode()
    except (TypeError, ValueError, OverflowError) as problem:
        raise RecordError(
            "The metadata of a clip cannot be written as JSON.",
            where=f"clip {clip.id!r}",
            found=str(problem),
            mend="let the adapter put text, numbers, lists and dicts there",
        ) from problem


def question_row(question: Question) -> Row:
    """Returns a question as a row of `questions_schema`."""
    row: Row = msgspec.to_builtins(question)
    return row


def unusable_row(unusable: UnusableRow) -> Row:
    """Returns a line of the ledger as a row. Bytes of a file name that are no text are written as escapes."""
    row: Row = msgspec.to_builtins(unusable)
    return {name: None if text is None else _storable(text) for name, text in row.items()}


def clips_table(clips: Iterable[Clip]) -> pa.Table:
    """Returns clips as a table. For more than fit in memory, see `record_batches`."""
    return _table(map(clip_row, clips), clips_schema())


def questions_table(questions: Iterable[Question]) -> pa.Table:
    """Returns questions as a table."""
    return _table(map(question_row, questions), questions_schema())


def unusable_table(unusable: Iterable[UnusableRow]) -> pa.Table:
    """Returns the ledger as a table."""
    return _table(map(unusable_row, unusable), unusable_schema())


def clips_from(tables: pa.Table | Iterable[pa.RecordBatch], *, where: str = "clips") -> Iterator[Clip]:
    """Yields the clips of a table, or of batches as `read_batches` gives them.

    Raises:
        RecordError: A row is no clip; names `where` and the row, counted from 1.
    """
    for number, row in _rows(tables):
        present = without_nulls(row)
        place = f"{where}, row {number}"
        if "metadata" in present:
            try:
                present["metadata"] = msgspec.json.decode(present["metadata"])
            except msgspec.DecodeError as problem:
                raise RecordError("`metadata` is not JSON.", where=place, found=str(problem)) from problem
        yield convert(present, Clip, where=place)


def questions_from(tables: pa.Table | Iterable[pa.RecordBatch], *, where: str = "questions") -> Iterator[Question]:
    """Yields the questions of a table or of batches. See `clips_from`."""
    for number, row in _rows(tables):
        yield convert(without_nulls(row), Question, where=f"{where}, row {number}")


def unusable_from(tables: pa.Table | Iterable[pa.RecordBatch], *, where: str = "unusable") -> Iterator[UnusableRow]:
    """Yields the lines of the ledger. See `clips_from`."""
    for number, row in _rows(tables):
        yield convert(row, UnusableRow, where=f"{where}, row {number}")


def record_batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Turns rows into batches of a schema, a thousand rows at a time.

    Args:
        rows: One dict a row; a missing key is null, at any depth.
        schema: The schema of all batches.

    Raises:
        RecordError: A text that UTF-8 cannot say.
    """
    import pyarrow as pa

    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        try:
            yield pa.RecordBatch.from_pylist(batch, schema=schema)
        except UnicodeEncodeError as problem:
            first = next(row for row in batch if not _is_storable(row))
            raise RecordError(
                "A text is not valid Unicode.",
                where=repr(first.get("id") or first.get("clip_id")),
                found=repr(problem.object[max(problem.start - 20, 0) : problem.end + 20]),
                mend="rename the file, or save the annotations as UTF-8",
            ) from problem


def _table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_batches(record_batches(rows, schema), schema=schema)


def _rows(tables: pa.Table | Iterable[pa.RecordBatch]) -> Iterator[tuple[int, Row]]:
    number = 0
    for batch in batches_of(tables):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _is_storable(value: Any) -> bool:
    """Whether all texts in a row, at any depth, are valid Unicode."""
    match value:
        case str():
            return _storable(value) == value
        case dict():
            return all(map(_is_storable, value.values()))
        case list() | tuple():
            return all(map(_is_storable, value))
        case _:
            return True
