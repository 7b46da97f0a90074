"""Names of classes that are written without spaces, as words."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_PROPER = frozenset({"Chinese", "French"})
"""What keeps its capital among the classes that are read so."""


def words_of(name: str) -> str:
    """Returns a name such as `ReplaceCDDriveWithSSD` as words: "replace CD drive with SSD"."""
    words = _BOUNDARY.sub(" ", name).split()
    return " ".join(word if word in _PROPER or (len(word) > 1 and word.isupper()) else word.lower() for word in words)
