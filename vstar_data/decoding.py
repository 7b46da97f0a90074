"""Strict decoding: turns JSON, YAML or Python values into records, with errors that name the path of a bad value."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from vstar_data.errors import RecordError, UsageError, nearest
from vstar_data.records import LABEL_KINDS

T = TypeVar("T")


def convert(value: Any, type_: type[T], *, where: str, error: type[UsageError] = RecordError) -> T:
    """Converts a Python value into a record.

    Args:
        value: Dicts, lists and scalars as JSON has them.
        type_: The record type, or any type that msgspec knows.
        where: The file and line or the key that the value came from.
        error: The exception to raise.

    Raises:
        RecordError: The value does not fit; names the path inside the value.
    """
    try:
        return msgspec.convert(value, type_)
    except msgspec.ValidationError as problem:
        raise _explained(problem, where, error) from None


def decode_json(line: bytes | str, type_: type[T], *, where: str, error: type[UsageError] = RecordError) -> T:
    """Decodes one JSON text into a record. See `convert`."""
    try:
        return msgspec.json.decode(line, type=type_)
    except msgspec.ValidationError as problem:
        raise _explained(problem, where, error) from None
    except msgspec.DecodeError as problem:
        raise error("This is not JSON.", where=where, found=str(problem), mend="write one JSON object a line") from None


def without_nulls(value: Any) -> Any:
    """Drops the keys whose value is null, at every depth: in stored rows null means absent."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [without_nulls(item) for item in value]
    return value


def _explained(problem: msgspec.ValidationError, where: str, error: type[UsageError]) -> UsageError:
    message, _, path = str(problem).partition(" - at `")
    path = path.rstrip("`") or "$"
    mend = None
    if kind := re.search(r"Invalid value '(.+)'", message):
        mend = nearest(kind[1], LABEL_KINDS) if path.endswith("kind") else None
    expected, _, found = message.partition(", got ")
    if found:
        return error("A value has the wrong type.", where=f"{where}, {path}", expected=expected, found=found, mend=mend)
    return error(f"{message}.", where=f"{where}, {path}", mend=mend)
