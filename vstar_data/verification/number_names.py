"""What the name of a number is about: `dive score` about the score, `number of push-ups` about push-ups."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import words
from vstar_data.verification.text import Text, Token, tokens_of_name
from vstar_data.verification.words import word_set

_WHERE = word_set("in on at during within inside per")
_GENERIC_NAME = word_set("number count amount total level value in of the percent percentage")


@lru_cache(maxsize=4096)
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
    return _before_place(tokens, content).keys, every


def _before_place(tokens: list[Token], content: list[Token]) -> Token:
    """Returns the last content word before a preposition of place: `pull-ups` of `pull-ups in the second set`."""
    at = next((place for place, token in enumerate(tokens) if token.word in _WHERE), len(tokens))
    front = [token for token in tokens[:at] if token in content]
    return front[-1] if front else content[-1]


@lru_cache(maxsize=4096)
def _initials(name: str) -> tuple[frozenset[str], str]:
    """Returns the abbreviations of a name (`dd` and `dod` for `degree of difficulty`), and its noun's first letter."""
    parts = [token.word for token in tokens_of_name(name.replace("_", " ")).tokens]
    content = [part for part in parts if part not in words.FUNCTION]
    head = next((part for part in content if part in name_heads(name)[0]), "")
    if len(content) < 2:
        return frozenset(), head[:1]
    return frozenset({"".join(part[0] for part in content), "".join(part[0] for part in parts)}), head[:1]


def abbreviates(text: Text, place: int, name: str) -> bool:
    """Whether a token is the name in capitals: `DD` for `degree of difficulty`, `D-score` for `difficulty`."""
    token = text.tokens[place]
    written = text.raw[token.start : token.end]
    if not written.isupper() or len(written) > 4:
        return False
    short, letter = _initials(name)
    if len(written) > 1:
        return token.word in short
    following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
    return token.word == letter and following in ("score", "value", "mark", "note")


def another_compound(text: Text, place: int, name: str) -> bool:
    """Whether a word shares only its second part with a name in two parts: `sit-ups` where push-ups are counted."""
    token = text.tokens[place]
    if token.glue != "-" or not place:
        return False
    parts = [
        (one, two) for one, two in pairwise(tokens_of_name(name).tokens) if two.glue == "-" and two.keys & token.keys
    ]
    return bool(parts) and not any(text.tokens[place - 1].keys & one.keys for one, _ in parts)
