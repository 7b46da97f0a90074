"""What the name of a number is about: `dive score` about the score, `number of push-ups` about push-ups."""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.text import tokens_of_name
from vstar_data.verification.words import word_set

_GENERIC_NAME = word_set("number count amount total level value in of the percent percentage")


def name_heads(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Returns the base forms of what a number's name is about, and of all its words.

    `dive score` is about the score, `number of push-ups` about push-ups, `degree of difficulty` about either word.
    """
    tokens = [token for token in tokens_of_name(name.replace("_", " ")).tokens]
    content = [token for token in tokens if not token.keys & _GENERIC_NAME and token.word not in words.FUNCTION]
    every = frozenset(key for token in content for key in token.keys)
    if not content:
        return frozenset(key for token in tokens for key in token.keys), every
    spots = [token.word for token in tokens]
    if "of" in spots:
        place = spots.index("of")
        front = [t for t in tokens[:place] if t in content]
        back = [t for t in tokens[place + 1 :] if t in content]
        heads = [*front[-1:], *back] if front else back
        return frozenset(key for token in heads for key in token.keys), every
    return content[-1].keys, every
