"""Questions that a model wrote: cleaning its text into questions, and keeping those found. Pure; no engine here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

WRITTEN_KINDS = ("class", "sequence", "number")
"""The kinds of questions that a model writes about a clip."""

_NUMBERING = re.compile(r"^(?:\(?\d{1,3}[.):]|[-*\u2022]|q(?:uestion)?\s*\d*\s*[:.)])\s*", re.IGNORECASE)
_QUOTES = "\"'`\u201c\u201d\u2018\u2019*_ \t"
_SHORTEST, _LONGEST = 8, 300
_REQUESTS = ("name ", "describe ", "tell ", "list ", "give ", "identify ", "state ", "explain ", "say ", "summarise ")


@dataclass(frozen=True)
class WrittenQuestions:
    """What a model wrote, cleaned.

    Attributes:
        model: The model as it is published; stands in the origin of each question.
        of_source: Wordings of `class` questions by source.
        of_clip: Questions by the id of the question of the bank that has the same targets.
    """

    model: str
    of_source: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_clip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def cleaned(text: str) -> tuple[str, ...]:
    """Returns the questions of a text, each once: without numbering, bullets, quotes, introductions and remarks.

    Args:
        text: What a model wrote when asked for questions, one a line. A thought in front (`<think>`) is passed over.
    """
    found: dict[str, str] = {}
    for line in text.rpartition("</think>")[2].splitlines():
        question = " ".join(line.split()).strip(_QUOTES)
        while (shorter := _NUMBERING.sub("", question).strip(_QUOTES)) != question:
            question = shorter
        if _is_question(question):
            found.setdefault(question.lower().rstrip("?. "), question)
    return tuple(found.values())


def _is_question(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or not text.isprintable():
        return False
    if text.endswith("?"):
        return text.count("?") == 1
    return text.endswith(".") and text.lower().startswith(_REQUESTS)
