"""Puts the questions of question sets into one form: written as a sentence, and apart from their options.

Not here: which option is right, which each dataset says in a way of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ENDS = (
    ".",
    "?",
    "!",
    ":",
    "\N{FULLWIDTH QUESTION MARK}",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{IDEOGRAPHIC FULL STOP}",
)
_QUOTES = "\"')\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_MARK = re.compile(
    r"\s*(?:\(([A-Z])\)|([A-Z])\.|(?:Option|Sentence|Caption|Information) ([A-Z0-9]):)\s*(.*)", re.DOTALL
)


class Option(NamedTuple):
    """One option of a question: the letter or digit it is called by, and its words."""

    mark: str
    text: str


def as_question(text: str) -> str:
    """Returns a question with a capital at its start and a question mark at its end, where it has no other mark."""
    text = text.strip()
    if text and not text.endswith(_ENDS) and not text.rstrip(_QUOTES).endswith(_ENDS):
        text += "?"
    return text[:1].upper() + text[1:]


def without_options(text: str) -> tuple[str, list[Option]]:
    """Takes the options off a question that lists them on lines of their own.

    Args:
        text: A question with lines such as `(A) red`, `A. red`, `Option 1: red` or `Sentence A: red` below it.

    Returns:
        What stands above the first option, and the options. A line that begins no option goes on with the one above.
    """
    first, *lines = text.split("\n")
    question = [first.strip()]
    options: list[Option] = []
    for line in lines:
        if found := _MARK.fullmatch(line):
            options.append(Option(found[1] or found[2] or found[3], found[4].strip()))
        elif options:
            mark, above = options[-1]
            options[-1] = Option(mark, f"{above} {line.strip()}".strip())
        else:
            question.append(line.strip())
    return " ".join(filter(None, question)), options
