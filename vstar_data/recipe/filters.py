"""The recipe section `filters`: clips that must not get into the dataset. Data only."""

from __future__ import annotations

from typing import Any

import msgspec

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

    Attributes:
        exclude: A file with the id of a clip or of a video on each line, for takedowns. Null for none.
        decontaminate: Benchmarks; a clip of a video that one of them holds is left out.
    """

    exclude: str | None = None
    decontaminate: tuple[BenchmarkSettings, ...] = ()

    def __post_init__(self) -> None:
        names = [benchmark.benchmark for benchmark in self.decontaminate]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two benchmarks are called {twice[0]!r}: give each a `name` of its own")
