"""Reads what the annotations of FineDiving and MTL-AQA have in common: pickles by key, lists of keys, scores.

Not here: what else an entry means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from label_adapters.pickles import read_pickle
from vstar_data.errors import AnnotationError
from vstar_data.records import NumberLabel, Split

Key = TypeVar("Key")


def dive_table(path: Path) -> dict[Any, Any]:
    """Returns a pickled dict.

    Raises:
        AnnotationError: It cannot be read, is no dict, or is empty.
    """
    table = read_pickle(path)
    if isinstance(table, dict) and table:
        return table
    found = "an empty dict" if isinstance(table, dict) else f"a {type(table).__name__}"
    raise AnnotationError("The pickle holds no dives.", where=str(path), expected="a dict with entries", found=found)


def dive_splits(files: Mapping[Path, Split], checked: Callable[[object], Key], needs: str) -> dict[Key, set[Split]]:
    """Returns the splits that each key is listed in.

    Args:
        files: The files of the splits.
        checked: Returns a key of the right form, or raises a ValueError.
        needs: Which files are needed, for the error where one is missing.

    Raises:
        AnnotationError: A file is missing, cannot be read, or is no list of keys.
    """
    splits: dict[Key, set[Split]] = {}
    for path, split in files.items():
        if not path.is_file():
            expected = " and ".join(each.name for each in files)
            raise AnnotationError("A split is not there.", where=str(path), expected=expected, mend=needs)
        keys = read_pickle(path)
        if not isinstance(keys, list):
            found = f"a {type(keys).__name__}"
            raise AnnotationError("The pickle is no split.", where=str(path), expected="a list of keys", found=found)
        for number, key in enumerate(keys, start=1):
            try:
                splits.setdefault(checked(key), set()).add(split)
            except ValueError as problem:
                raise AnnotationError(
                    "The split has a bad key.", where=f"{path}:{number}", found=str(problem)
                ) from None
    return splits


def the_split(splits: set[Split]) -> Split:
    """Returns the split of a dive that is listed in one.

    Raises:
        ValueError: It is in none, so that nobody knows whether it may be trained on, or in several.
    """
    if len(splits) == 1:
        return next(iter(splits))
    raise ValueError("the key is in several splits" if splits else "the key is in no split")


def dive_numbers(score: float | None, difficulty: float | None, left_out: Counter[str]) -> Iterator[NumberLabel]:
    """Yields the score and the degree of difficulty of a dive, and counts those that cannot be used.

    Args:
        score: From 0, a failed dive, to a little above 110.
        difficulty: From 1.2 to 4.8 in the tables of the federation.
        left_out: Where the others are counted.
    """
    if score is not None and 0 <= score <= 120:
        yield NumberLabel(name="dive score", value=score, minimum=0, maximum=120, tolerance=5)
    else:
        left_out["number"] += 1
    if difficulty is not None and 0 < difficulty < 10:
        yield NumberLabel(name="degree of difficulty", value=difficulty, tolerance=0.05)
    else:
        left_out["number"] += 1


def shown_key(key: object) -> str:
    """Returns a key of a pickled dict as the name of a row."""
    return "/".join(map(str, key))[:200] if isinstance(key, tuple) else str(key)[:200]
