"""An answer as the rules of `paper` and `released` see it: numbers, words, and sentences with their embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from vstar_data.verification.embedding import Embedder, Vector, cosine, embedded
from vstar_data.verification.text import Text, tokens_of, tokens_of_name

Span = tuple[int, int]


@dataclass(frozen=True)
class Sentences:
    """An answer, cut and embedded when that is first asked for.

    Attributes:
        text: The answer in tokens.
        embedder: What makes vectors of its sentences; None where no rule asks for them.
        duration: Length of the clip in seconds, where known.
    """

    text: Text
    embedder: Embedder | None = None
    duration: float | None = None

    @cached_property
    def spans(self) -> list[Span]:
        """The code points of each sentence."""
        return [self.text.span(begin, end - 1) for begin, end in self.text.sentences]

    @cached_property
    def _vectors(self) -> Sequence[Vector]:
        written = [self.text.raw[start:end] for start, end in self.spans]
        return self._with().embed(written) if written else ()

    def likeness(self, said: str) -> list[float]:
        """Returns the cosine of each sentence of the answer with a sentence of a label."""
        (vector,) = embedded(self._with(), (said,))
        return [cosine(vector, own) for own in self._vectors]

    def _with(self) -> Embedder:
        if self.embedder is None:
            raise RuntimeError("a rule that embeds sentences was called without an embedder")
        return self.embedder


def sentences_of(answer: str, embedder: Embedder | None = None, duration: float | None = None) -> Sentences:
    """Cuts an answer into sentences. See `Sentences`."""
    return Sentences(tokens_of(answer), embedder, duration)


def sentences_of_label(text: str) -> tuple[str, ...]:
    """Returns the sentences of a label that is a text: at least one."""
    cut = tokens_of_name(text)
    spans = [cut.span(begin, end - 1) for begin, end in cut.sentences]
    return tuple(cut.raw[start:end] for start, end in spans) or (text,)
