"""Reads JSON files entry by entry, for the adapters whose annotations are one long list or one large object.

An entry is held at a time, so memory stays flat however long the file is. Not here: what an entry means, and JSON
Lines, which need no such care.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from vstar_data.errors import AnnotationError

T = TypeVar("T")
_MARK = b"\xef\xbb\xbf"


def list_entries(path: Path, prefix: str = "") -> Iterator[Any]:
    """Yields the entries of a list.

    Args:
        path: The file.
        prefix: The keys that lead to the list, with dots between them; empty where the file is the list.

    Raises:
        AnnotationError: The file is not JSON, is cut off, holds no such list, or the list is empty.
    """
    import ijson

    with path.open("rb") as file:
        _enter(path, file, "{" if prefix else "[")
        entries = ijson.items(file, f"{prefix}.item" if prefix else "item", use_float=True)
        yield from _guarded(path, entries, f"a list under `{prefix}`" if prefix else "a list")


def object_entries(path: Path, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yields the keys of an object with their values.

    Args:
        path: The file.
        prefix: The keys that lead to the object, with dots between them; empty where the file is the object.

    Raises:
        AnnotationError: The file is not JSON, is cut off, holds no such object, or the object is empty.
    """
    import ijson

    with path.open("rb") as file:
        _enter(path, file, "{")
        yield from _guarded(
            path, ijson.kvitems(file, prefix, use_float=True), f"an object under `{prefix}`" if prefix else "an object"
        )


def first_character(path: Path) -> str:
    """Returns the first character of a JSON file that is no blank: what kind of value it holds. Empty where none."""
    with path.open("rb") as file:
        return _first(file.read(4096))


def record_of(value: Any, type_: type[T]) -> T:
    """Decodes an entry into a struct; keys that the struct does not know are passed over.

    Args:
        value: The entry as JSON has it.
        type_: A `msgspec.Struct`.

    Raises:
        ValueError: The entry does not fit; the message names the field. (`msgspec.ValidationError` is one.)
    """
    return msgspec.convert(value, type_)


def _guarded(path: Path, entries: Iterable[T], expected: str) -> Iterator[T]:
    """Turns what the parser raises into errors that name the file."""
    import ijson

    number = 0
    try:
        for entry in entries:
            number += 1
            yield entry
    except (ijson.JSONError, UnicodeDecodeError, RecursionError, OverflowError, ValueError) as problem:
        raise AnnotationError(
            "The file is not whole JSON.",
            where=f"{path}, after entry {number}",
            found=" ".join(str(problem).split())[:200],
            mend="fetch it again; it may have been cut off while it was loaded down",
        ) from None
    if not number:
        raise AnnotationError("The file holds no entries.", where=str(path), expected=f"{expected} with entries")


def _enter(path: Path, file: BinaryIO, expected: str) -> None:
    """Checks what kind of value the file holds, and goes to its beginning, behind a byte order mark."""
    head = file.read(4096)
    file.seek(len(_MARK) if head.startswith(_MARK) else 0)
    found = _first(head)
    if found != expected:
        name = {"[": "a list", "{": "an object"}
        raise AnnotationError(
            "The file holds JSON of another form." if found in name else "The file is not JSON.",
            where=str(path),
            expected=name[expected],
            found=name.get(found, repr(found) if found else "an empty file"),
        )


def _first(head: bytes) -> str:
    return head.removeprefix(_MARK).lstrip()[:1].decode("latin-1")
