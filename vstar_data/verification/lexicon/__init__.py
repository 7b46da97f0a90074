"""Synonyms and narrower words from WordNet, for paraphrases that the hand-written thesaurus does not know.

They also say which nouns name a person or an animal. `make.py` writes them; they are read when first asked for. A
narrower word stands for a wider one, never the reverse: what is looked up is a word of the label.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

TABLES = Path(__file__).parent
"""The folder of `nouns.tsv` and `verbs.tsv`."""


@cache
def _lines(part: str) -> dict[str, str]:
    """Returns for each word its line, not taken apart: few of them are ever asked for."""
    found = {}
    for line in (TABLES / f"{part}s.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, _, rest = line.partition("\t")
            found[word] = rest
    return found


def synonyms(word: str, part: str) -> tuple[str, ...]:
    """Returns the words that mean the same.

    Args:
        word: A base form in American spelling.
        part: `noun` or `verb`.
    """
    return tuple(filter(None, _lines(part).get(word, "\t").partition("\t")[0].split("|")))


def narrower(word: str, part: str) -> tuple[str, ...]:
    """Returns the narrower words: `stroll` for the verb `walk`, `spaniel` for the noun `dog`.

    Args:
        word: A base form in American spelling.
        part: `noun` or `verb`.
    """
    return tuple(filter(None, _lines(part).get(word, "\t").partition("\t")[2].split("|")))


@cache
def _beings() -> dict[str, frozenset[str]]:
    lines = (TABLES / "beings.tsv").read_text(encoding="utf-8").splitlines()
    parted = [line.split("\t") for line in lines if not line.startswith("#")]
    return {kind: frozenset(word for other, word in parted if other == kind) for kind in ("p", "a")}


@cache
def people() -> frozenset[str]:
    """Returns base forms of nouns that nearly always name a person: `florist`, `recruit`."""
    return _beings()["p"]


@cache
def animals() -> frozenset[str]:
    """Returns base forms of nouns that nearly always name an animal: `collie`."""
    return _beings()["a"]


@cache
def _denying() -> dict[str, tuple[str, ...]]:
    lines = (TABLES / "antonyms.tsv").read_text(encoding="utf-8").splitlines()
    parted = [line.partition("\t") for line in lines if not line.startswith("#")]
    return {word: tuple(others.split("|")) for word, _, others in parted}


def antonyms(word: str) -> tuple[str, ...]:
    """Returns the verbs, adjectives and adverbs that deny a word: `deep` for `shallow`.

    Args:
        word: A base form in American spelling.
    """
    return _denying().get(word, ())


@lru_cache(maxsize=4096)
def stand_ins(words: frozenset[str], part: str) -> frozenset[tuple[str, ...]]:
    """Returns all that can be said for any of some words, each as base forms in order.

    Args:
        words: Base forms that a word of a label can have.
        part: `noun` or `verb`.
    """
    said = (other for word in words for other in (*synonyms(word, part), *narrower(word, part)))
    return frozenset(tuple(other.split()) for other in said)
