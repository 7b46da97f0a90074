"""Reads WordNet's files: senses, how often each was tagged, and the graph of wider and narrower senses.

Used only to make the tables; nothing imports it when an answer is judged. The files are described in the manual pages
wndb(5WN) and cntlist(5WN) of WordNet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from vstar_data.errors import StorageError

PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
"""Parts of speech by their number in a sense key; 5 is an adjective that depends on another."""

Sense = tuple[str, str]
"""Part of speech, and the offset of the synset in its file."""


@dataclass(frozen=True, slots=True)
class Synset:
    """A meaning and the words for it.

    Attributes:
        topic: Number of the lexicographer's file: 5 is animals, 6 artifacts, 8 the body.
        words: As spelled there, with underscores for spaces.
        wider: The synsets directly above, in the same part of speech.
        gloss: The definition with its examples.
    """

    topic: int
    words: tuple[str, ...]
    wider: tuple[str, ...]
    gloss: str


@dataclass(frozen=True, slots=True)
class WordNet:
    """The lexicon.

    Attributes:
        synsets: Nouns and verbs.
        senses: For each word in lower case its senses, of all four parts of speech.
        tagged: How often a word was found in a sense in the tagged texts; absent where never.
        narrower: The synsets directly below.
    """

    synsets: dict[Sense, Synset]
    senses: dict[str, tuple[Sense, ...]]
    tagged: dict[tuple[str, Sense], int]
    narrower: dict[Sense, tuple[Sense, ...]] = field(repr=False)

    def below(self, top: Sense) -> dict[Sense, int]:
        """Returns all synsets below one, each with its least number of steps, the top itself with 0."""
        found = {top: 0}
        level = [top]
        while level:
            level = [child for sense in level for child in self.narrower.get(sense, ()) if child not in found]
            found.update(dict.fromkeys(level, max(found.values()) + 1))
        return found

    def depth(self, sense: Sense) -> int:
        """Returns the least number of steps up to a synset without a wider one."""
        steps, level = 0, {sense}
        while all(self.synsets[at].wider for at in level):
            level = {(at[0], wider) for at in level for wider in self.synsets[at].wider}
            steps += 1
        return steps


@dataclass(frozen=True, slots=True)
class Cluster:
    """The words of a meaning, and the meanings like it.

    Attributes:
        words: In lower case, with underscores for spaces.
        near: Of an adjective, the adjectives that it is similar to.
        gloss: The definition with its examples.
    """

    words: tuple[str, ...]
    gloss: str
    near: tuple[Sense, ...]


def read_wordnet(folder: Path) -> WordNet:
    """Reads the lexicon.

    Args:
        folder: Holds `data.noun`, `data.verb`, the four `index` files and `cntlist.rev`.

    Raises:
        StorageError: When a file is missing.
    """
    synsets = {
        (part, offset): synset for part in ("noun", "verb") for offset, synset in _synsets(_lines(folder, part, "data"))
    }
    narrower: defaultdict[Sense, list[Sense]] = defaultdict(list)
    for sense, synset in synsets.items():
        for wider in synset.wider:
            narrower[(sense[0], wider)].append(sense)
    senses: defaultdict[str, list[Sense]] = defaultdict(list)
    for part in dict.fromkeys(PARTS.values()):
        for line in _lines(folder, part, "index"):
            fields = line.split()
            senses[fields[0]] += [(part, offset) for offset in fields[-int(fields[2]) :]]
    return WordNet(
        synsets,
        {word: tuple(found) for word, found in senses.items()},
        _tagged(_read(folder / "cntlist.rev"), senses),
        {sense: tuple(found) for sense, found in narrower.items()},
    )


def read_clusters(folder: Path) -> tuple[dict[tuple[str, Sense], list[tuple[str, Sense]]], dict[Sense, Cluster]]:
    """Reads which words are antonyms of which, and which adjectives are like another that has an antonym.

    Args:
        folder: Holds the four `data` files.

    Returns:
        For each word in a sense its antonyms, each with their sense; and for each sense its words and the senses of
        adjectives that it is similar to.

    Raises:
        StorageError: When a file is missing.
    """
    words: dict[Sense, tuple[str, ...]] = {}
    glosses: dict[Sense, str] = {}
    near: dict[Sense, list[Sense]] = {}
    raw: list[tuple[Sense, int, Sense, int]] = []
    for part in ("verb", "adj", "adv"):
        for line in _lines(folder, part, "data"):
            head, _, gloss = line.partition(" | ")
            fields = head.split()
            sense, at = (part, fields[0]), 4 + 2 * int(fields[3], 16)
            glosses[sense] = gloss.strip()
            words[sense] = tuple(re.sub(r"\(\w+\)$", "", word).lower() for word in fields[4:at:2])
            for number in range(int(fields[at])):
                symbol, offset, _, ends = fields[at + 1 + 4 * number : at + 5 + 4 * number]
                if symbol == "!":
                    raw.append((sense, int(ends[:2], 16), (part, offset), int(ends[2:], 16)))
                elif symbol == "&":
                    near.setdefault(sense, []).append((part, offset))
    opposed: defaultdict[tuple[str, Sense], list[tuple[str, Sense]]] = defaultdict(list)
    for own, first, other, second in raw:
        opposed[words[own][first - 1], own].append((words[other][second - 1], other))
    return dict(opposed), {
        sense: Cluster(found, glosses[sense], tuple(near.get(sense, ()))) for sense, found in words.items()
    }


def _lines(folder: Path, part: str, kind: str) -> list[str]:
    return [line for line in _read(folder / f"{kind}.{part}") if not line.startswith("  ")]


def _read(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise StorageError(
            "A file of WordNet is missing.",
            where=str(path),
            expected="the folder with data.noun, index.noun and cntlist.rev of WordNet 3.0",
            mend="give the folder in which the package wordnet-base of Debian has put them",
        ) from error


def _synsets(lines: list[str]) -> list[tuple[str, Synset]]:
    found = []
    for line in lines:
        head, _, gloss = line.partition(" | ")
        fields = head.split()
        count = int(fields[3], 16)
        words = tuple(re.sub(r"\(\w+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * number : at + 5 + 4 * number] for number in range(int(fields[at]))]
        wider = tuple(offset for symbol, offset, _, _ in pointers if symbol in ("@", "@i"))
        found.append((fields[0], Synset(int(fields[1]), words, wider, gloss.strip())))
    return found


def _tagged(lines: list[str], senses: dict[str, list[Sense]]) -> dict[tuple[str, Sense], int]:
    counts: dict[tuple[str, Sense], int] = {}
    for line in lines:
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        own = [sense for sense in senses.get(word, ()) if sense[0] == PARTS[rest[0]]]
        if int(number) <= len(own):
            sense = own[int(number) - 1]
            counts[word, sense] = counts.get((word, sense), 0) + int(count)
    return counts
