"""The options of a multiple choice: which there are, in which order. Where the right one stands, the seed decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vstar_data.questions.asking import rank
from vstar_data.recipe.reformat import MOST_CHOICES
from vstar_data.records import QALabel

_POINTING = re.compile(
    r"\b(?:above|below|(?:none|all|both|neither|either) of|(?:both|options?|choices?|answers?) \(?[A-Z]\b|"
    r"\(?[A-Z]\)? (?:and|or|nor) \(?[A-Z]\b)",
    re.IGNORECASE,
)
"""What makes an option point at others by their place: then the dataset's order stays."""


class Options(NamedTuple):
    """The options in their order, and the place of the right one."""

    texts: tuple[str, ...]
    right: int


def shuffled(right: str, distractors: Sequence[str], *, seed: int, question_id: str) -> Options:
    """Returns the right answer among the distractors.

    The order in which places are dealt out rests on the seed, the question's id and the number of options alone.

    Args:
        right: The right answer.
        distractors: The wrong ones, as they were drawn.
        seed: The recipe's.
        question_id: The question's id.
    """
    texts = [right, *distractors]
    order = list(range(len(texts)))
    for last in range(len(order) - 1, 0, -1):
        other = rank(str(seed), question_id, "place", str(last)) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return Options(tuple(texts[place] for place in order), order.index(0))


def own_options(label: QALabel, *, seed: int, question_id: str) -> Options | None:
    """Returns the choices that a question has of its own, each once; None where they are too few or too many.

    Args:
        label: The question with its choices.
        seed: The recipe's.
        question_id: The question's id.
    """
    spelled: dict[str, str] = {_folded(label.answer): " ".join(label.answer.split())}
    order: dict[str, str] = {}
    for choice in label.choices:
        order.setdefault(_folded(choice), spelled.get(_folded(choice), " ".join(choice.split())))
    right = spelled[_folded(label.answer)]
    if not 2 <= len(order) <= MOST_CHOICES:
        return None
    texts = tuple(order.values())
    if any(_POINTING.search(text) for text in texts):
        return Options(texts, texts.index(right))
    return shuffled(right, [text for text in texts if text != right], seed=seed, question_id=question_id)


def _folded(words: str) -> str:
    return " ".join(words.casefold().strip(" .!?").split())
