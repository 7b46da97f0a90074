"""Reads the small JSON objects that lie beside annotations: answers, maps from ids to paths, windows by question.

They are held whole. Not here: annotations themselves, which `json_files` reads entry by entry.
"""

from __future__ import annotations

from pathlib import Path
from types import GenericAlias
from typing import Any

import msgspec

from vstar_data.errors import AnnotationError


def side_table(path: Path, type_: Any = Any) -> dict[str, Any]:
    """Returns an object of JSON.

    Args:
        path: The file.
        type_: What its values must be; they are decoded into it.

    Raises:
        AnnotationError: The file is not JSON, is no object, or a value is of another type; the message names it.
    """
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        table: dict[str, Any] = msgspec.json.decode(content, type=GenericAlias(dict, (str, type_)))
    except (ValueError, RecursionError) as problem:
        raise AnnotationError(
            "The file that belongs to the annotations cannot be read.",
            where=str(path),
            expected="one JSON object",
            found=str(problem),
            mend="fetch it again from where the annotations are from",
        ) from None
    return table
