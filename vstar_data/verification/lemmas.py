"""English word forms: base forms, spelling variants and parts of speech of single words, from spaCy's lookup tables.

The tables are read straight from the data files of `spacy-lookups-data`, once and when first needed; spaCy itself is
never imported. Context is not looked at here: a word gets every base form and every part of speech it can have.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vstar_data.errors import RunError

VOWELS = "aeiou"
_SHORT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


@dataclass(frozen=True)
class _Tables:
    base: dict[str, str]
    known: dict[str, frozenset[str]]
    irregular: dict[str, dict[str, list[str]]]
    rules: dict[str, list[tuple[str, str]]]
    american: dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A word as a form: all that can be said of it without its context.

    Attributes:
        keys: The base forms it can have, in American spelling. Two words are forms of one word if their keys meet.
        verb: Base forms as a verb.
        noun: Whether it can be a noun.
        adjective: Whether it can be an adjective.
        adverb: Whether it can be an adverb.
        known: Whether it is a form of a word that the tables know.
    """

    keys: frozenset[str]
    verb: frozenset[str]
    noun: bool
    adjective: bool
    adverb: bool
    known: bool


@cache
def _tables() -> _Tables:
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise RunError("The lemma tables are missing.", expected="the package spacy-lookups-data", mend="pip install .")
    folder = Path(spec.origin).parent / "data"

    def read(name: str) -> Any:
        with gzip.open(folder / f"en_{name}.json.gz", "rt", encoding="utf-8") as file:
            return json.load(file)

    return _Tables(
        base=read("lemma_lookup"),
        known={part: frozenset(words) for part, words in read("lemma_index").items()},
        irregular=read("lemma_exc"),
        rules={part: [(old, new) for old, new in rules] for part, rules in read("lemma_rules").items()},
        american=read("lexeme_norm"),
    )


def american(word: str) -> str:
    """Returns the American spelling of a lower-case word, or the word itself."""
    return _tables().american.get(word, word) if len(word) > 3 else word


def is_word(word: str) -> bool:
    """Whether a lower-case word is a form of an English word that the tables know."""
    tables = _tables()
    if word in tables.base or word in tables.american:
        return True
    return any(word in known for known in tables.known.values()) or any(
        any(_regular(word, part)) for part in ("verb", "noun")
    )


def can_inflect(word: str) -> bool:
    """Whether a lower-case word can have another base form than itself: it has an ending, or the tables list it."""
    tables = _tables()
    return (
        word.endswith(_endings())
        or word in tables.base
        or word in tables.american
        or any(word in irregular for irregular in tables.irregular.values())
    )


@cache
def _endings() -> tuple[str, ...]:
    listed = {old for rules in _tables().rules.values() for old, _ in rules if old}
    return tuple(sorted(listed | {"ing", "ed", "s"}))


@lru_cache(maxsize=50_000)
def form(word: str) -> Form:
    """Returns what a lower-case word can be.

    Args:
        word: One word without spaces or hyphens.
    """
    tables = _tables()
    us = american(word)
    verbs: set[str] = set()
    nouns: set[str] = set()
    for spelling in {word, us}:
        verbs |= set(_bases(spelling, "verb"))
        nouns |= set(_bases(spelling, "noun"))
    looked_up = tables.base.get(word) or tables.base.get(us)
    keys = {us} | verbs | nouns
    if looked_up:
        keys.add(looked_up)
        if looked_up in tables.known["verb"] and not nouns:
            verbs.add(looked_up)
        if looked_up in tables.known["noun"] and us.endswith("s"):
            nouns.add(looked_up)
    adjective = us in tables.known["adj"] or bool(set(_bases(us, "adj")))
    adverb = us in tables.known["adv"]
    if not (verbs or nouns or adjective or adverb):
        stems = set(_unknown_stems(us))
        keys |= stems
        if us.endswith(("ing", "ed", "s")):
            verbs |= stems
        if not us.endswith(("ing", "ed")):
            nouns.add(us)
    return Form(
        keys=frozenset(american(key.lower()) for key in keys),
        verb=frozenset(american(key) for key in verbs),
        noun=bool(nouns),
        adjective=adjective,
        adverb=adverb,
        known=is_word(word),
    )


def _bases(word: str, part: str) -> Iterator[str]:
    tables = _tables()
    irregular = tables.irregular.get(part, {}).get(word)
    if irregular:
        yield from irregular
    if word in tables.known[part]:
        yield word
    yield from _regular(word, part)


def _regular(word: str, part: str) -> Iterator[str]:
    """Yields the known words of which this can be a regular form."""
    tables = _tables()
    known = tables.known[part]
    for old, new in tables.rules.get(part, []):
        if old and word.endswith(old) and len(word) - len(old) >= 2:
            stem = word[: len(word) - len(old)] + new
            if stem in known and not (part == "verb" and not new and old in ("ing", "ed") and _doubles(stem)):
                yield stem
    if part == "verb" and (stem := _undoubled(word)) in known:
        yield stem


def _doubles(stem: str) -> bool:
    """Whether a verb doubles its last letter before an ending: `planing` is no form of `plan`."""
    return bool(_SHORT_SYLLABLE.fullmatch(stem))


def _undoubled(word: str) -> str:
    """Returns `hop` for `hopping` or `hopped`, an empty string for words of another shape."""
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS + "s":
            return stem[:-1]
    return ""


def _unknown_stems(word: str) -> Iterator[str]:
    """Yields the stems that a word unknown to the tables would have: `unboxing` -> `unbox`, `unboxe`."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            stem = word[: -len(ending)]
            yield stem
            if ending in ("ing", "ed"):
                yield stem + "e"
                if undoubled := _undoubled(word):
                    yield undoubled
