"""The recipe sections that the runner reads: `generate` and `blocks`."""

from __future__ import annotations

import math

from vstar_data.records import Record, Sampling

MOST_SAMPLES = 10_000
"""Answers to one question in one mode. Above it a slip of the keyboard is likelier than a wish."""


MOST_THREADS = 1_024
"""Threads of one engine process; a million of them end it without a word."""


class GenerateSettings(Record, frozen=True):
    """How answers are made.

    `samples` direct answers are made for each question, and `rationalizations` more where none of them is accepted.
    Temperature 0 is greedy; `top_k` 0 and `top_p` 1 switch those filters off. `threads` is the number of CPU threads
    of one engine process (null: the library's default); it is never derived from the number of workers.
    """

    samples: int = 1
    rationalizations: int = 1
    max_new_tokens: int = 512
    temperature: float = 0.2
    top_k: int = 0
    top_p: float = 1.0
    batch_size: int = 8
    threads: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.samples <= MOST_SAMPLES:
            raise ValueError(f"`samples` must be 1 to {MOST_SAMPLES:,}, found {self.samples}")
        if not 0 <= self.rationalizations <= MOST_SAMPLES:
            raise ValueError(f"`rationalizations` must be 0 to {MOST_SAMPLES:,}, found {self.rationalizations}")
        if self.max_new_tokens < 1:
            raise ValueError(f"`max_new_tokens` must be at least 1, found {self.max_new_tokens}")
        if not 0 <= self.temperature < math.inf:
            raise ValueError(f"`temperature` must be a finite number of at least 0, found {self.temperature}")
        if self.top_k < 0:
            raise ValueError(f"`top_k` must be at least 0 (0: no limit), found {self.top_k}")
        if not 0 < self.top_p <= 1:
            raise ValueError(f"`top_p` must be above 0 and at most 1, found {self.top_p}")
        if self.batch_size < 1:
            raise ValueError(f"`batch_size` must be at least 1, found {self.batch_size}")
        if self.threads is not None and not 1 <= self.threads <= MOST_THREADS:
            raise ValueError(f"`threads` must be 1 to {MOST_THREADS:,} or null, found {self.threads}")

    @property
    def sampling(self) -> Sampling:
        """How the next token is chosen."""
        return Sampling(
            max_new_tokens=self.max_new_tokens, temperature=self.temperature, top_k=self.top_k, top_p=self.top_p
        )


class BlockSettings(Record, frozen=True):
    """How the work is cut: about `clips` clips a block. Fixed when a run is first built."""

    clips: int = 256

    def __post_init__(self) -> None:
        if self.clips < 1:
            raise ValueError(f"`clips` must be at least 1, found {self.clips}")
