"""A small deterministic model of sentence embeddings: one dimension for each word. Alike is what shares words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

_SIZE = 512


class BagOfWords:
    """Counts the words of a sentence by their first five letters, so that `holds` and `holding` are one."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, sentences: Sequence[str]) -> list[list[float]]:
        self.asked += sentences
        return [self._counts(sentence) for sentence in sentences]

    @staticmethod
    def _counts(sentence: str) -> list[float]:
        counts = [0.0] * _SIZE
        for word in re.findall(r"\w+", sentence.lower()):
            counts[crc32(word[:4].encode()) % _SIZE] += 1.0
        return counts
