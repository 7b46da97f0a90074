"""Puts the class names of Charades, and of STAR, which is built on it, into words; reads the lists that hold them.

Not here: where the lists lie, and which labels are made of the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

from label_adapters.text_lines import numbered_lines
from vstar_data.errors import AnnotationError

_PLURAL = re.compile(r"\b(\w+)/(?:\1)?e?s\b")
_SLASHED = re.compile(r"([^\W\d_]+(?:/[^\W\d_]+)+)")
_LAST_LOOKS_AT = re.compile(r"((?:\w+/)+)(look|looking) at (.+)", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z](?=[a-z])")
_MOST_SPELLINGS = 12
_PLACELESS = re.compile(r"(?<=\w) (?:(?:from )?somewhere|of something)$", re.IGNORECASE)
_REWORDED = {"have it on the back": "carrying", "watch/look outside of a window": "look out of a window"}


def class_names(path: Path, letter: str) -> dict[str, str]:
    """Reads a list of classes with lines such as `a000 hold some clothes`.

    Args:
        path: The file.
        letter: What each code begins with, so that one list cannot be taken for another.

    Returns:
        The names in words by code.

    Raises:
        AnnotationError: A line is of another form, a code comes twice, or there are no lines.
    """
    names: dict[str, str] = {}
    for number, code, name in _lines(path):
        if not (code.startswith(letter) and code[1:].isdecimal() and name) or code in names:
            raise AnnotationError(
                "The list of classes is of another form.",
                where=f"{path}:{number}",
                expected=f"a line such as `{letter}000 name`, each code once",
                found=repr(f"{code} {name}".strip()[:80]),
                mend="fetch it again from where the annotations are from",
            )
        names[code] = in_words(name)
    if not names:
        raise AnnotationError(
            "The list of classes is empty.", where=str(path), expected=f"lines such as `{letter}000 name`"
        )
    return names


def code_pairs(path: Path) -> dict[str, tuple[str, str]]:
    """Reads a mapping with lines such as `a000 v004 o019`: an action with its verb and its object.

    Raises:
        AnnotationError: A line is of another form.
    """
    pairs: dict[str, tuple[str, str]] = {}
    for number, code, rest in _lines(path):
        parts = rest.split()
        if len(parts) != 2:
            raise AnnotationError(
                "The mapping of actions is of another form.",
                where=f"{path}:{number}",
                expected="a line such as `a000 v004 o019`",
                found=repr(f"{code} {rest}".strip()[:80]),
            )
        pairs[code] = (parts[0], parts[1])
    return pairs


def in_words(name: str) -> str:
    """Returns a class name without underscores, without capitals at the start of words, and without `towel/s`.

    Sides of a slash that are words of their own stay, as in `closet/cabinet`: either may be said. `watch/look at it`
    becomes `watch it / look at it`, for nobody would watch at it. What ends in `somewhere` loses that word: who saw it
    says where.
    """
    name = _PLACELESS.sub("", _PLURAL.sub(r"\1", " ".join(name.replace("_", " ").split())))
    if found := _LAST_LOOKS_AT.fullmatch(name):
        others = found[1].rstrip("/").split("/")
        name = " / ".join([*(f"{verb} {found[3]}" for verb in others), f"{found[2]} at {found[3]}"])
    name = _CAPITAL.sub(lambda found: found[0].lower(), name)
    return _REWORDED.get(name, name)


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """Returns a text once for each side of its slashes: `The cup/glass.` gives `The cup.` and `The glass.`.

    Empty where there is no slash.
    """
    parts = _SLASHED.split(text)
    if len(parts) == 1:
        return ()
    sides = [part.split("/") if place % 2 else [part] for place, part in enumerate(parts)]
    return tuple(dict.fromkeys("".join(each) for each in islice(product(*sides), _MOST_SPELLINGS)))


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yields the number, the code and the rest of each line."""
    for number, line in numbered_lines(path):
        code, _, rest = line.strip().partition(" ")
        yield number, code, rest.strip()
