"""The split that the name of an annotation file tells, for the adapters whose rows do not say it."""

from __future__ import annotations

import re
from pathlib import Path

from vstar_data.adapters import split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import Split


def split_of_name(path: Path) -> Split | None:
    """Returns the split that a file's name tells, as in `kinetics-400_val.csv`; None where it tells none."""
    words = reversed(re.split(r"[^a-z]+", path.stem.lower()))
    return next((split for word in words if (split := split_or_none(word)) is not None), None)


def split_or_none(name: str) -> Split | None:
    """Returns the split that a name means; None where it means none."""
    try:
        return split_named(name)
    except AnnotationError:
        return None
