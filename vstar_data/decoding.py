"""Strict decoding: turns JSON, YAML or Python values into records, with errors that name the path of a bad value."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from vstar_data.errors import RecordError, UsageError, nearest

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
        raise _explained(problem, type_, where, error) from None
    except UnicodeEncodeError as problem:
        raise error("A value is no valid Unicode.", where=where, found=ascii(problem.object)) from None


def decode_json(line: bytes | str, type_: type[T], *, where: str, error: type[UsageError] = RecordError) -> T:
    """Decodes one JSON text into a record. See `convert`."""
    try:
        return msgspec.json.decode(line, type=type_)
    except msgspec.ValidationError as problem:
        raise _explained(problem, type_, where, error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise error("This is not JSON.", where=where, found=str(problem), mend="write one JSON object a line") from None


def without_nulls(value: Any) -> Any:
    """Drops the keys whose value is null, at every depth: in stored rows null means absent."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [without_nulls(item) for item in value]
    return value


def _explained(problem: msgspec.ValidationError, type_: Any, where: str, error: type[UsageError]) -> UsageError:
    message, _, path = str(problem).partition(" - at `")
    path = path.rstrip("`") or "$"
    wrong = re.search(r"(?:Invalid (?:enum )?value '|unknown field `)(.+)['`]", message)
    known = _known_at(msgspec.inspect.type_info(type_), re.findall(r"\[[^]]*\]|[^.\[\]]+", path)[1:]) if wrong else []
    mend = nearest(wrong[1], known) if wrong and known else None
    expected, _, found = message.partition(", got ")
    if found:
        return error(
            "A value has the wrong type.",
            where=f"{where}, {path}",
            expected=expected.removeprefix("Expected "),
            found=found,
            mend=mend,
        )
    if wrong and known and "unknown field" not in message:
        return error(f"There is no such value: {wrong[1]!r}.", where=f"{where}, {path}", mend=mend)
    return error(f"{message}.", where=f"{where}, {path}", mend=mend)


def _known_at(info: Any, path: list[str]) -> list[str]:
    """Returns the keys, tags or values that a type knows at a path inside it; `[0]` leads into a list."""
    inspect = msgspec.inspect
    match info:
        case inspect.UnionType(types=types):
            tags = [getattr(option, "tag", None) for option in types if getattr(option, "tag_field", None) in path[:1]]
            return [str(tag) for tag in tags] or [name for option in types for name in _known_at(option, path)]
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return _known_at(item, path[1:] if path and path[0].startswith("[") else path)
        case inspect.StructType(fields=fields):
            if not path:
                return [field.encode_name for field in fields]
            return [
                name for field in fields if field.encode_name == path[0] for name in _known_at(field.type, path[1:])
            ]
        case inspect.EnumType(cls=enum):
            return [str(member.value) for member in enum]
        case inspect.LiteralType(values=values):
            return [str(value) for value in values]
        case _:
            return []
