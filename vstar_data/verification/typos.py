"""One-letter typos: whether an answer's word is a slip of a name's word. Real words are never typos."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import lemmas
from vstar_data.verification.phrases import Slot
from vstar_data.verification.text import Token

SHORTEST = 4
"""Words with fewer letters are never misspelt beyond recognition: too many other words are one letter away."""


def misspells(token: Token, slot: Slot) -> bool:
    """Whether a token is no English word and one edit away from a form of a slot's word."""
    if len(token.word) < SHORTEST - 1 or token.value is not None or len(slot.word) < SHORTEST:
        return False
    return slip(token.word, slot.word)


@lru_cache(maxsize=65_536)
def slip(written: str, meant: str) -> bool:
    """Whether a lower-case word is no English word and one edit away from a form of another."""
    alike = written[:1] in (meant[:1], meant[1:2]) or written[1:2] == meant[1:2]
    if abs(len(written) - len(meant)) > 4 or not alike:
        return False
    if lemmas.is_word(written):
        return False
    return any(one_edit(written, form) for form in _forms(meant))


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    forms = {word}
    for base in lemmas.form(word).keys:
        if base.startswith("#") or " " in base:
            continue
        stem = base[:-1] if base.endswith("e") else base
        forms |= {base, base + "s", stem + "ing", stem + "ed"}
        if base[-1:] not in "aeiouyw":
            forms |= {base + base[-1:] + "ing", base + base[-1:] + "ed"}
    return frozenset(form for form in forms if len(form) >= SHORTEST and (form == word or lemmas.is_word(form)))


def one_edit(left: str, right: str) -> bool:
    """Whether two words differ by one insertion, deletion, substitution or transposition of neighbours."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    first = 0
    while first < min(len(left), len(right)) and left[first] == right[first]:
        first += 1
    if len(left) == len(right):
        swapped = left[first : first + 2] == right[first : first + 2][::-1]
        return left[first + 1 :] == right[first + 1 :] or (swapped and left[first + 2 :] == right[first + 2 :])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[first + 1 :] == shorter[first:]
