"""Rows for TRL: conversations for supervised finetuning, preference pairs, and prompts with what a reward needs.

TRL trains on pictures: a row with frames has `images` and turns of plain text, before which TRL's collators put the
pictures. A row with a video has it in `videos`, and a part of type `video` in the user's turn, as in the dataset.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.arrow import Row
from vstar_data.decoding import without_nulls
from vstar_data.exporting.media import Media
from vstar_data.exporting.placeholders import plain, spoken

if TYPE_CHECKING:
    import pyarrow as pa


def sft_row(row: Row, media: Media) -> Row:
    """Returns a row for `SFTTrainer`: `messages`, and what they show."""
    turns = [*_asked(spoken(row["messages"], "user"), media), *_answered(spoken(row["messages"], "assistant"), media)]
    return {"id": row["id"], **_shown(media), "messages": turns, "mode": row["mode"]}


def dpo_row(row: Row, media: Media) -> Row:
    """Returns a row for `DPOTrainer`: `prompt`, `chosen` and `rejected`, each a list of turns."""
    return {
        "id": row["id"],
        **_shown(media),
        "prompt": _asked(spoken(row["prompt"], "user"), media),
        "chosen": _answered(spoken(row["chosen"], "assistant"), media),
        "rejected": _answered(spoken(row["rejected"], "assistant"), media),
    }


def grpo_row(row: Row, media: Media) -> Row:
    """Returns a row for `GRPOTrainer`: `prompt`, and what `vstar_data.exporting.rewards.verified` is given.

    Labels are JSON, as their fields differ by kind. `class_names` is put in by whoever knows the dataset.
    """
    return {
        "id": row["question_id"],
        **_shown(media),
        "prompt": _asked(plain(row["question"]), media),
        "question": row["question"],
        "targets": _json(row["labels"]),
        "asks": row["asks"],
        "also_true": _json(row["also_true"] or []),
        "duration": row["duration"],
        "class_names": row.get("class_names") or [],
    }


def schema_of(name: str, pictures: bool) -> pa.Schema:
    """Returns the columns of a TRL format in Parquet, with the features that the `datasets` library reads there.

    Args:
        name: `trl-sft`, `trl-dpo` or `trl-grpo`.
        pictures: Whether rows have `images` in place of `videos`.
    """
    import pyarrow as pa

    text = pa.string()
    content = text if pictures else pa.list_(pa.struct([("type", text), ("text", text)]))
    turns = pa.list_(pa.struct([("role", text), ("content", content)]))
    image = pa.struct([("bytes", pa.binary()), ("path", text)])
    shown = ("images", pa.list_(image)) if pictures else ("videos", pa.list_(text))
    fields = {
        "trl-sft": [("messages", turns), ("mode", text)],
        "trl-dpo": [("prompt", turns), ("chosen", turns), ("rejected", turns)],
        "trl-grpo": [
            ("prompt", turns),
            ("question", text),
            ("targets", text),
            ("asks", pa.list_(pa.list_(text))),
            ("also_true", text),
            ("duration", pa.float64()),
            ("class_names", pa.list_(text)),
        ],
    }
    schema = pa.schema([("id", text), shown, *fields[name]])
    if not pictures:
        return schema
    features = {field.name: _feature(field.type) for field in schema} | {"images": [{"_type": "Image"}]}
    return schema.with_metadata({"huggingface": json.dumps({"info": {"features": features}})})


def in_columns(row: Row) -> Row:
    """Returns a row as the schema with pictures has it: a picture is a struct, its bytes are in its file."""
    return {**row, "images": [{"bytes": None, "path": path} for path in row["images"]]}


def _shown(media: Media) -> Row:
    return {"images": list(media.images)} if media.images else {"videos": [media.video]}


def _asked(question: str, media: Media) -> list[Row]:
    content = question if media.images else [{"type": "video", "text": None}, {"type": "text", "text": question}]
    return [{"role": "user", "content": content}]


def _answered(answer: str, media: Media) -> list[Row]:
    return [{"role": "assistant", "content": answer if media.images else [{"type": "text", "text": answer}]}]


def _json(labels: list[Row]) -> str:
    return msgspec.json.encode([without_nulls(label) for label in labels]).decode()


def _feature(type_: pa.DataType) -> Any:
    """Returns a type as the `datasets` library notes it in the metadata of a Parquet file."""
    import pyarrow as pa

    if pa.types.is_struct(type_):
        return {field.name: _feature(field.type) for field in type_}
    if pa.types.is_list(type_):
        return [_feature(type_.value_type)]
    return {"dtype": str({"double": "float64"}.get(str(type_), str(type_))), "_type": "Value"}
