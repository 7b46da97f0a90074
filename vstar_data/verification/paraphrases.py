"""Finds a name said in other words that only the lexicon knows: `drives a jalopy` for `driving car`.

Asked only where neither the name's own words nor the hand-written synonyms are found. What stands for a word of the
name means the same or is narrower, never wider; a word that another class has is that class's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from vstar_data.verification import lemmas, lexicon
from vstar_data.verification.codes import part_of
from vstar_data.verification.matching import WIDE, Match, matches
from vstar_data.verification.phrases import Pattern, Slot, in_words, patterns
from vstar_data.verification.text import Text, tokens_of_name

_Phrase = tuple[str, ...]


def paraphrased(text: Text, names: tuple[str, ...], others: Iterable[str] = ()) -> tuple[list[Match], list[Match]]:
    """Returns where a name is said in other words, and where only a word that another class has says it.

    Args:
        text: The answer.
        names: A name and its aliases.
        others: Names of other classes; those among `names` are none.
    """
    whole = [name for name in names if not part_of(name, names[0])]
    found = {name: _found(text, _widened(name, frozenset())) for name in whole}
    if not any(found.values()):
        return [], []
    having = owners(tuple(name for name in others if name not in names))
    own: dict[tuple[int, ...], Match] = {}
    for name in filter(found.get, whole):
        taken = frozenset(phrase for phrase in _phrases(name) if owned(phrase, having))
        clear = _found(text, _widened(name, taken)) if taken else found[name]
        own.update((match.filled, match) for match in clear)
    claimed = [match for places in found.values() for match in places if match.filled not in own]
    return sorted(own.values(), key=lambda match: (match.first, match.last)), claimed


def _found(text: Text, widened: tuple[Pattern, ...]) -> list[Match]:
    return [match for pattern in widened for match in matches(text, pattern, WIDE)]


@lru_cache(maxsize=4096)
def _widened(name: str, taken: frozenset[_Phrase]) -> tuple[Pattern, ...]:
    """Returns the readings of a name with all words that the lexicon has for its words, but those that are taken.

    What a name excludes (`petting animal (not cat)`) is no narrower word of it, nor is what is narrower than that.
    """
    found = []
    for pattern in patterns(name):
        for excluded in pattern.excluded:
            taken |= {(word,) for word in excluded} | lexicon.stand_ins(excluded, "noun")
        slots = tuple(replace(slot, near=slot.near | (_stand_ins(slot, pattern) - taken)) for slot in pattern.slots)
        if slots != pattern.slots:
            found.append(replace(pattern, slots=slots))
    return tuple(found)


def _phrases(name: str) -> frozenset[_Phrase]:
    return frozenset(
        phrase for pattern in patterns(name) for slot in pattern.slots for phrase in _stand_ins(slot, pattern)
    )


def _stand_ins(slot: Slot, pattern: Pattern) -> frozenset[_Phrase]:
    """Returns what the lexicon has for a word as the part of speech that it is; a name of one word may be a verb."""
    form = lemmas.form(slot.word)
    found: frozenset[_Phrase] = frozenset()
    if slot.role == "verb" or len(pattern.slots) == 1:
        found |= lexicon.stand_ins(form.verb, "verb")
    if slot.role == "word" and form.noun:
        found |= lexicon.stand_ins(slot.keys, "noun")
        if "animal" in slot.keys:
            found |= {(animal,) for animal in lexicon.animals()}
    return found


@lru_cache(maxsize=8)
def owners(names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Returns for each base form the class names that have it."""
    having: dict[str, set[str]] = {}
    for name in names:
        for token in tokens_of_name(in_words(name)).tokens:
            for key in token.keys:
                having.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in having.items()}


def owned(phrase: tuple[str, ...], having: dict[str, frozenset[str]]) -> bool:
    """Whether one class has all words of a phrase."""
    return bool(frozenset.intersection(*(having.get(word, frozenset()) for word in phrase)))
