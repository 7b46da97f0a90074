"""The columns of the published configs, as Arrow schemas and as the features that a card declares. No rows here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from vstar_data.arrow import label_type

if TYPE_CHECKING:
    import pyarrow as pa

CONFIGS = ("sft", "rejected", "preference", "clips")
"""The configs in the order of the card; the first is the default."""


@cache
def schema_of(config: str, *, styled: bool = False) -> pa.Schema:
    """Returns the schema of a config.

    Args:
        config: One of `CONFIGS`.
        styled: Whether the recipe asks for other styles than the plain one: then answers say which they have.
    """
    import pyarrow as pa

    text, number, count = pa.string(), pa.float64(), pa.int64()
    labels = pa.list_(label_type())
    where = [("id", text), ("video", text), ("start", number), ("end", number)]
    frames = ("frames", pa.struct([("indices", pa.list_(count)), ("times", pa.list_(number))]))
    part = pa.struct([("type", text), ("text", text)])
    messages = pa.list_(pa.struct([("role", text), ("content", pa.list_(part))]))
    answers = [
        *where,
        frames,
        ("question", text),
        ("answer", text),
        ("messages", messages),
        ("labels", labels),
        ("mode", text),
        ("cycle", count),
        ("sample_index", count),
        ("model", text),
        ("source", text),
        ("split", text),
        ("rationale", text),
        ("asks", pa.list_(pa.list_(text))),
        ("also_true", labels),
        ("duration", number),
        ("finish_reason", text),
        ("scores", pa.list_(number)),
        ("clip_id", text),
        ("question_id", text),
        ("origin", text),
        ("license", text),
        ("seed", count),
        ("prompt_tokens", count),
        ("completion_tokens", count),
        ("reviewed", text),
        *([("style", text)] if styled else []),
    ]
    fields = {
        "sft": answers,
        "rejected": [*answers, ("reasons", pa.list_(text))],
        "preference": [
            *where,
            frames,
            ("question", text),
            ("prompt", messages),
            ("chosen", messages),
            ("rejected", messages),
            ("chosen_mode", text),
            ("rejected_mode", text),
            ("labels", labels),
            ("model", text),
            ("source", text),
            ("split", text),
        ],
        "clips": [
            *where,
            ("fps", number),
            ("labels", labels),
            ("source", text),
            ("split", text),
            ("license", text),
            ("metadata", text),
            ("unusable", text),
        ],
    }
    return pa.schema(fields[config])


def features_of(schema: pa.Schema) -> list[dict[str, Any]]:
    """Returns the features of a schema as `dataset_info` in a card's YAML writes them.

    The notation is that of the `datasets` library: `dtype`, `list` and `struct`.
    """
    return [{"name": field.name, **_feature(field.type)} for field in schema]


def _feature(type_: pa.DataType) -> dict[str, Any]:
    import pyarrow as pa

    if pa.types.is_struct(type_):
        return {"struct": [{"name": field.name, **_feature(field.type)} for field in type_]}
    if pa.types.is_list(type_):
        inner = _feature(type_.value_type)
        return {"list": next(iter(inner.values())) if set(inner) <= {"dtype", "struct"} else inner}
    return {"dtype": str({"double": "float64"}.get(str(type_), str(type_)))}
