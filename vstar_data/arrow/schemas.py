"""The Arrow schemas of a run's tables, one for each. Nothing is inferred: a column without a value keeps its type."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def label_type() -> pa.DataType:
    """Returns the struct of a label: `kind` and the fields of every kind, null where a kind has none."""
    import pyarrow as pa

    text, number, texts = pa.string(), pa.float64(), pa.list_(pa.string())
    return pa.struct(
        [
            ("kind", text),
            ("name", text),
            ("aliases", texts),
            ("steps", texts),
            ("step_aliases", pa.list_(texts)),
            ("value", number),
            ("minimum", number),
            ("maximum", number),
            ("tolerance", number),
            ("unit", text),
            ("time", number),
            ("start", number),
            ("end", number),
            ("box", pa.list_(number)),
            ("track", text),
            ("question", text),
            ("answer", text),
            ("choices", texts),
            ("subject", text),
            ("predicate", text),
            ("object", text),
            ("holds", pa.bool_()),
            ("text", text),
        ]
    )


@cache
def clips_schema() -> pa.Schema:
    """Returns the schema of clips.parquet. `metadata` is a JSON object: its keys differ between datasets."""
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.string()),
            ("video", pa.string()),
            ("start", pa.float64()),
            ("end", pa.float64()),
            ("fps", pa.float64()),
            ("labels", pa.list_(label_type())),
            ("source", pa.string()),
            ("split", pa.string()),
            ("license", pa.string()),
            ("metadata", pa.string()),
        ]
    )


@cache
def questions_schema() -> pa.Schema:
    """Returns the schema of questions.parquet."""
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.string()),
            ("clip_id", pa.string()),
            ("text", pa.string()),
            ("targets", pa.list_(label_type())),
            ("asks", pa.list_(pa.list_(pa.string()))),
            ("origin", pa.string()),
            ("also_true", pa.list_(label_type())),
        ]
    )


@cache
def unusable_schema() -> pa.Schema:
    """Returns the schema of unusable.parquet."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ("clip_id", "video", "reason", "detail")])
