"""Makes the table of antonyms from WordNet: verbs, adjectives and adverbs that deny each other.

Nothing imports it when an answer is judged; `make.py` runs it. An adjective that is like another (`filthy`, like
`dirty`, and defined by it) takes over its antonym. Both words have to be everyday words that often mean that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from vstar_data.verification.lexicon.usage import ANY, HEAD, STOP, everyday, share, spelled
from vstar_data.verification.lexicon.wordnet import Cluster, Sense, WordNet, read_clusters

SHARE = 0.35
"""Least share that the sense has among a word's senses of its part of speech."""

WHOLE = 0.2
"""Least share that it has among all its senses."""

LIKE_SHARE = 0.6
"""Least share among all senses of an adjective that takes over the antonym of another."""


def antonyms(wordnet: WordNet, folder: Path) -> str:
    """Returns the table as text: a line for each word, with what denies it, in alphabetical order.

    Args:
        wordnet: The lexicon.
        folder: The files of WordNet.
    """
    opposed, clusters = read_clusters(folder)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (word, sense), others in opposed.items():
        if not _means(wordnet, word, sense):
            continue
        for other, opposite in others:
            if _means(wordnet, other, opposite):
                for left in (word, *_like(wordnet, clusters, sense)):
                    found[spelled(left)].add(spelled(other))
                    found[spelled(other)].add(spelled(left))
    return HEAD + "".join(f"{word}\t{'|'.join(sorted(found[word] - {word}))}\n" for word in sorted(found))


def _like(wordnet: WordNet, clusters: dict[Sense, Cluster], sense: Sense) -> Iterator[str]:
    """Yields the adjectives of the senses that are similar to one."""
    if sense[0] != "adj":
        return
    for near in clusters[sense].near:
        said = set(re.findall(r"[a-z]+", clusters[near].gloss.partition(";")[0]))
        if said.isdisjoint(clusters[sense].words):
            continue
        for word in clusters[near].words:
            plain = (
                word.isalpha()
                and not word.endswith(("ed", "ing"))
                and everyday(word)
                and share(wordnet, word, near, ANY) >= LIKE_SHARE
            )
            if plain and wordnet.tagged.get((word, near)):
                yield word


def _means(wordnet: WordNet, word: str, sense: Sense) -> bool:
    plain = word.replace("-", "").isalpha() and everyday(word) and word not in STOP
    return plain and share(wordnet, word, sense, [sense[0]]) >= SHARE and share(wordnet, word, sense, ANY) >= WHOLE
