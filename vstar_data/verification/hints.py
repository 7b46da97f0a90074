"""Patterns that are asked of every answer and seldom found: looked for only where a plain string says they may stand.

To look for a string in a text takes a hundredth of the time of a pattern with many branches. Which strings those are is
read off the pattern itself, so that nobody has to keep them in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from vstar_data.verification.words import FUNCTION

_FOLDED = re.compile("[\u0130\u0131\u017f\u212a]")
"""What a pattern in any case takes for an `i`, `s` or `k`, though its lower case is another character."""


class Hinted:
    """A pattern that searches only texts in which one of its strings stands.

    Args:
        pattern: A regular expression.
        flags: As for `re.compile`.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.any_case = bool(flags & re.IGNORECASE)
        strings = strings_of(pattern)
        self.strings = tuple(map(str.lower, strings)) if self.any_case else strings

    def search(self, text: str) -> re.Match[str] | None:
        """Returns the first match in a text, or None."""
        return self.pattern.search(text) if self.possible(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """Returns the match at the start of a text, or None."""
        return self.pattern.match(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yields the matches in a text."""
        return self.pattern.finditer(text) if self.possible(text) else iter(())

    def possible(self, text: str) -> bool:
        """Whether a text can contain a match."""
        if self.any_case:
            if not text.isascii() and _FOLDED.search(text):
                return True
            text = text.lower()
        for string in self.strings:  # noqa: SIM110, a generator takes thrice as long
            if string in text:
                return True
        return False


class Remembered:
    """A pattern that is asked of the same few short texts over and over, and keeps what it found.

    Args:
        pattern: A regular expression.
    """

    def __init__(self, pattern: str) -> None:
        self.search = lru_cache(maxsize=4096)(re.compile(pattern).search)


def strings_of(pattern: str) -> tuple[str, ...]:
    """Returns strings of which each text that a pattern matches contains one; an empty one where there are no such.

    Args:
        pattern: A regular expression.
    """
    try:
        parsed = import_module("re._parser").parse(pattern)
    except ImportError:
        return ("",)
    needed = sorted(_needed(parsed), key=len)
    return tuple(string for place, string in enumerate(needed) if not any(other in string for other in needed[:place]))


def _needed(parts: Any, before: str = "") -> frozenset[str]:
    """Returns the rarest choice among the strings that the parts of a sequence need.

    Args:
        parts: The sequence, as the parser of patterns gives it.
        before: The plain text right before it.
    """
    found: list[frozenset[str]] = [frozenset({""})]
    run = before
    for kind, value in parts:
        name = str(kind)
        if name == "LITERAL":
            run += chr(value)
            continue
        found.append(frozenset({run}))
        if name == "SUBPATTERN":
            found.append(_needed(value[-1], run))
        elif name == "BRANCH":
            found.append(frozenset().union(*(_needed(branch, run) for branch in value[1])))
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
            found.append(_needed(value[2], run))
        run = ""
    found.append(frozenset({run}))
    return min(found, key=lambda strings: sum(_share(string) for string in strings))


def _share(string: str) -> float:
    """Returns in about which share of texts a string stands; far more than all for the empty one: it says nothing."""
    if not string:
        return 1e6
    return 1.0 if string.strip() in FUNCTION else 8.0 ** -len(string)
