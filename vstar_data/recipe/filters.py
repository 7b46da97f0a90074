"""The recipe section `filters`: which clips must not get into the dataset, and which answers. Data only."""

from __future__ import annotations

from typing import Any

import msgspec

from vstar_data.recipe.quality import (
    BlindSettings,
    LengthSettings,
    NearDuplicateSettings,
    PassRateSettings,
    RestatementSettings,
)
from vstar_data.records import Record


class BenchmarkSettings(Record, frozen=True):
    """A benchmark whose videos nobody should train on: an adapter with its options, and its annotations.

    `name` is what the counts call it; left out, the adapter's name.
    """

    adapter: str
    annotations: str
    adapter_options: dict[str, Any] = msgspec.field(default_factory=dict)
    name: str | None = None

    @property
    def benchmark(self) -> str:
        """The name of the benchmark."""
        return self.name or self.adapter


class FilterSettings(Record, frozen=True):
    """What is left out of the dataset, and out of the work.

    The quality filters (`QUALITY`) choose among accepted answers; null switches one off.

    Attributes:
        exclude: A file with the id of a clip or of a video on each line, for takedowns. Null for none.
        decontaminate: Benchmarks; a clip of a video that one of them holds is left out.
        blind: Questions that are answered right without the video.
        pass_rate: Questions that are too easy or too hard.
        length: Answers that are too short or too long.
        restatement: Answers that say little more than the label.
        near_duplicates: Answers that nearly repeat another.
        per_question: At most so many answers of a question stay.
        rationalized_share: At most this share of the answers of a source is rationalized.
    """

    exclude: str | None = None
    decontaminate: tuple[BenchmarkSettings, ...] = ()
    blind: BlindSettings | None = None
    pass_rate: PassRateSettings | None = None
    length: LengthSettings | None = None
    restatement: RestatementSettings | None = None
    near_duplicates: NearDuplicateSettings | None = None
    per_question: int | None = None
    rationalized_share: float | None = None

    def __post_init__(self) -> None:
        if self.per_question is not None and self.per_question < 1:
            raise ValueError(f"`per_question` must be at least 1, found {self.per_question}")
        if self.rationalized_share is not None and not 0 <= self.rationalized_share <= 1:
            raise ValueError(f"`rationalized_share` must be in 0..1, found {self.rationalized_share}")
        names = [benchmark.benchmark for benchmark in self.decontaminate]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two benchmarks are called {twice[0]!r}: give each a `name` of its own")

    @property
    def quality(self) -> dict[str, Any]:
        """The quality filters that are on, as JSON values by key."""
        return {key: msgspec.to_builtins(value) for key in QUALITY if (value := getattr(self, key)) is not None}


QUALITY = ("blind", "pass_rate", "length", "restatement", "near_duplicates", "per_question", "rationalized_share")
"""The keys of the quality filters, in the order in which they apply: a row falls to the first that drops it."""

FILTER_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "blind": BlindSettings,
    "pass_rate": PassRateSettings,
    "length": LengthSettings,
    "restatement": RestatementSettings,
    "near_duplicates": NearDuplicateSettings,
}
"""The filters that have settings of their own, by key."""
