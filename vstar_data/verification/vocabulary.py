"""A dataset's class names, prepared once: finds the few that an answer could be saying among hundreds."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import lemmas, words
from vstar_data.verification.matching import LITERAL, Match, matches
from vstar_data.verification.phrases import Pattern, patterns
from vstar_data.verification.text import Text


class Vocabulary:
    """An index over class names by their rarest word.

    Args:
        names: The names, each once.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._patterns: list[tuple[str, Pattern, tuple[frozenset[str], ...]]] = []
        counts: Counter[str] = Counter()
        for name in names:
            for pattern in patterns(name):
                needed = _needed(pattern)
                if needed:
                    self._patterns.append((name, pattern, needed))
                    counts.update({key for keys in needed for key in keys})
        self._index: dict[str, list[int]] = {}
        for number, (_, _, needed) in enumerate(self._patterns):
            rarest = min(needed, key=lambda keys: (max(counts[key] for key in keys), sorted(keys)))
            for key in rarest:
                self._index.setdefault(key, []).append(number)

    def matches(self, text: Text) -> dict[str, list[Match]]:
        """Returns for each class name that the text says literally the places where it does.

        Args:
            text: The answer.
        """
        said = {key for token in text.tokens for key in token.keys}
        for left, right in pairwise(text.tokens):
            if right.glue == "-":
                said |= lemmas.form(left.word + right.word).keys
        candidates = sorted({number for key in said for number in self._index.get(key, ())})
        found: dict[str, list[Match]] = {}
        for number in candidates:
            name, pattern, needed = self._patterns[number]
            if all(keys & said for keys in needed):
                places = matches(text, pattern, LITERAL)
                if places:
                    found.setdefault(name, []).extend(places)
        return found


def _needed(pattern: Pattern) -> tuple[frozenset[str], ...]:
    """Returns the words without which a pattern cannot be said: `a tennis match` needs no `play`."""
    free = words.DOING_VERBS | {"play"}
    return tuple(
        slot.keys
        for slot in pattern.slots
        if slot.role in ("word", "verb")
        and not slot.optional
        and not (slot.role == "verb" and len(pattern.slots) > 1 and slot.keys & free)
    )


@lru_cache(maxsize=32)
def vocabulary(names: tuple[str, ...]) -> Vocabulary:
    """Returns the vocabulary of some class names; built once for each tuple of names.

    Args:
        names: The class names, in any order.
    """
    return Vocabulary(tuple(dict.fromkeys(names)))
