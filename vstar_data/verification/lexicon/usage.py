"""How everyday a word is, how often it has a sense, and how it is spelled in the tables; for those who make them."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from vstar_data.errors import RunError
from vstar_data.verification.lemmas import american
from vstar_data.verification.lexicon.wordnet import Sense, WordNet
from vstar_data.verification.words import word_set

RAREST = -17.3
"""Least log-probability of a word in everyday text: about one in thirty million."""

ANY = ["noun", "verb", "adj", "adv"]
"""All parts of speech."""

STOP = word_set("be do make get have take give go come put use try act start stop keep let bring pick thing")
"""Words that say too little to be paraphrased."""

HEAD = """\
# A word of a label, what means the same, what is narrower; or who is a person, what an animal. Made by make.py.
# From WordNet 3.0, Copyright 2006 by Princeton University. All rights reserved. See LICENSE beside this file.
"""


def share(wordnet: WordNet, word: str, sense: Sense, parts: list[str]) -> float:
    """Returns the share of a sense among a word's senses, each counted once more than it was tagged.

    A sense that was never tagged has no share, unless it is the only one.
    """
    senses = [other for other in wordnet.senses.get(word, ()) if other[0] in parts]
    if senses == [sense]:
        return 1.0
    counts = {other: wordnet.tagged.get((word, other), 0) for other in senses}
    return (counts[sense] + 1) / (sum(counts.values()) + len(senses)) if counts.get(sense) else 0.0


def spelled(word: str) -> str:
    """Returns a word as an answer's base forms are: American spelling, pieces parted by spaces."""
    return " ".join(american(piece) for piece in re.split("[_-]", word))


def everyday(word: str) -> bool:
    """Whether each part of a word is common enough in everyday text."""
    known = probabilities()
    return all(known.get(piece, RAREST - 1) >= RAREST for piece in re.split("[_-]", word))


@cache
def probabilities() -> dict[str, float]:
    """Returns log-probabilities of words in everyday text, from spaCy's lookup tables."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise RunError("The word tables are missing.", expected="the package spacy-lookups-data", mend="pip install .")
    with gzip.open(Path(spec.origin).parent / "data" / "en_lexeme_prob.json.gz", "rt", encoding="utf-8") as file:
        probabilities: dict[str, float] = json.load(file)
    return probabilities
