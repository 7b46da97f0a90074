"""A dataset's class names, prepared once: finds the few that an answer could be saying among hundreds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from vstar_data.verification import lemmas, words
from vstar_data.verification.frames import framed, listed
from vstar_data.verification.matching import LITERAL, Match, matches
from vstar_data.verification.outcomes import composed
from vstar_data.verification.phrases import Pattern, patterns
from vstar_data.verification.text import Text

_QUESTIONS = 256
_BEGINNINGS = 4096


class Vocabulary:
    """An index over class names by their rarest word, and by the groups of base forms that each of them needs.

    Args:
        names: The names, each once.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._beginning: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, dict[str, list[Match]]] = {}
        self._patterns: list[tuple[str, Pattern, frozenset[int]]] = []
        self._groups: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        groups: dict[frozenset[str], int] = {}
        everything: list[tuple[frozenset[str], ...]] = []
        for name in names:
            for pattern in patterns(name):
                needed = _needed(pattern)
                if needed:
                    numbers = frozenset(groups.setdefault(keys, len(groups)) for keys in needed)
                    self._patterns.append((name, pattern, numbers))
                    everything.append(needed)
                    counts.update({key for keys in needed for key in keys})
        self._index: dict[str, list[int]] = {}
        for keys, group in groups.items():
            for key in keys:
                self._groups.setdefault(key, []).append(group)
        for number, needed in enumerate(everything):
            rarest = min(needed, key=lambda keys: (max(counts[key] for key in keys), sorted(keys)))
            for key in rarest:
                self._index.setdefault(key, []).append(number)

    def matches(self, text: Text, without: Collection[str] = ()) -> dict[str, list[Match]]:
        """Returns for each class name that the text says literally the places where it does.

        Args:
            text: The answer.
            without: Names that are not looked for, as `plain` has them.
        """
        said: AbstractSet[str] = text.places().keys()
        if "-" in text.raw:
            said = set(said)
            for left, right in pairwise(text.tokens):
                if right.glue == "-":
                    said |= lemmas.form(left.word + right.word).keys
        groups: set[int] = set()
        candidates: set[int] = set()
        for key in said & self._groups.keys():
            groups.update(self._groups[key])
            if key in self._index:
                candidates.update(self._index[key])
        found: dict[str, list[Match]] = {}
        for number in sorted(candidates):
            name, pattern, needed = self._patterns[number]
            if not needed <= groups or (without and plain(name) in without):
                continue
            if listed(name):
                places = framed(text, (name,), LITERAL)
            else:
                places = matches(text, pattern, LITERAL) or composed(text, (name,), LITERAL)
            if places:
                found.setdefault(name, []).extend(places)
        return found

    def beginning(self, words: str) -> tuple[str, ...]:
        """Returns the names that begin with some lower-case words, in any case, in order."""
        known = self._beginning.get(words)
        if known is None:
            if len(self._beginning) >= _BEGINNINGS:
                self._beginning.clear()
            known = self._beginning[words] = tuple(name for name in self.names if name.lower().startswith(words))
        return known

    def matches_of_question(self, question: Text) -> dict[str, list[Match]]:
        """Returns what `matches` does, kept for the next row with the same question. Not to be changed."""
        known = self._asked.get(question.raw)
        if known is None:
            if len(self._asked) >= _QUESTIONS:
                self._asked.clear()
            known = self._asked[question.raw] = self.matches(question)
        return known


@lru_cache(maxsize=16_384)
def plain(name: str) -> str:
    """Returns a name in lower case with single spaces: under this two names are one."""
    return " ".join(name.replace("_", " ").lower().split())


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


def vocabulary(names: tuple[str, ...]) -> Vocabulary:
    """Returns the vocabulary of some class names; built once for each tuple of names.

    Args:
        names: The class names, in any order.
    """
    given, built = _LAST[0]
    if given is not names:
        built = _vocabulary(names)
        _LAST[0] = (names, built)
    return built


@lru_cache(maxsize=32)
def _vocabulary(names: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(tuple(dict.fromkeys(names)))


_LAST: list[tuple[tuple[str, ...], Vocabulary]] = [((), Vocabulary(()))]
"""The names of the last call, which mostly come again: to compare hundreds of names takes longer than to look here."""
