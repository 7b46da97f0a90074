"""What an answer says, as words: its thought and its answer, without the tags between them."""

from __future__ import annotations

from collections.abc import Iterable

from vstar_data.dataset.judged import Judged
from vstar_data.generation.prompts import hint
from vstar_data.records import Label


def said(judged: Judged) -> str:
    """Returns all that an answer says: the thought, where the model thought aloud, and the answer."""
    rationale, answer = judged.thought
    return f"{rationale}\n{answer}" if rationale else answer


def number_of_words(text: str) -> int:
    """Returns the number of words, as white space parts them."""
    return len(text.split())


def other_words(text: str, known: Iterable[str]) -> int:
    """Returns how many different words a text has beyond known texts and the words of grammar.

    Forms of one word (throw, throws, throwing) count as one.

    Args:
        text: The text.
        known: Texts whose words do not count.
    """
    from vstar_data.verification.text import tokens_of
    from vstar_data.verification.words import FUNCTION

    seen = {key for each in known for token in tokens_of(each).tokens for key in token.keys}
    number = 0
    for token in tokens_of(text).tokens:
        if token.word not in FUNCTION and seen.isdisjoint(token.keys):
            number += 1
            seen |= token.keys
    return number


def label_texts(label: Label) -> list[str]:
    """Returns what a label may be said as: its words as a hint has them, and its other spellings."""
    aliases = list(getattr(label, "aliases", ()))
    steps = [spelling for spellings in getattr(label, "step_aliases", ()) for spelling in spellings]
    return [hint(label), *aliases, *steps]
