"""A sentence without its asides, for a parser that they lead astray: `the letter that she, at long last, burned`."""

from __future__ import annotations

from collections.abc import Set

from vstar_data.verification import cues, words
from vstar_data.verification.text import Text, Token

_OPENING = (words.PREPOSITIONS | words.SUBORDINATORS | {"whose", "whom", "as", "one"}) - {
    "if",
    "unless",
    "so",
    "until",
    "till",
}
_KEPT = frozenset({"if", "unless", "or", "would", "could", "might", "may", "should", "instead", "rather"})


def shortened(text: Text, begin: int, end: int, needed: Set[str]) -> list[int]:
    """Returns the tokens of a sentence that are left when its asides in commas are taken out.

    An aside begins as only asides do, with a preposition, a conjunction, an adverb or a participle, and stands between
    two commas. It stays where it holds a word that is needed, or one that denies or supposes.

    Args:
        text: The answer.
        begin: First token of the sentence.
        end: One past its last token.
        needed: Base forms of the words that are looked for.
    """
    commas = [place for place in range(begin + 1, end) if "," in text.tokens[place].glue]
    if not commas:
        return list(range(begin, end))
    left = list(range(begin, commas[0]))
    for place, after in zip(commas, [*commas[1:], end], strict=True):
        inside = text.tokens[place:after]
        if after == end or not _opens(inside[0]) or any(_must_stay(token, needed) for token in inside):
            left += range(place, after)
    return left


def _opens(token: Token) -> bool:
    participle = bool(token.form.verb) and token.word.endswith(("ing", "ed"))
    return token.word in _OPENING or token.form.adverb or participle


def _must_stay(token: Token, needed: Set[str]) -> bool:
    return bool(token.keys & needed) or token.word in _KEPT or token.word in cues.NEGATORS
