"""Reading a dataset that was written: its manifest, its files, its rows. Nothing of runs or of the Hub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.arrow import Row
from vstar_data.dataset.schemas import CONFIGS
from vstar_data.decoding import decode_json
from vstar_data.errors import RecordError, StorageError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa


class Manifest(msgspec.Struct, frozen=True):
    """What of manifest.json is relied on; `PublishedDataset.manifest` has the whole.

    Attributes:
        name: The recipe's name.
        cycle: The cycle of self-training, from 0.
        files: For each file its SHA-256 and, of Parquet, its rows.
    """

    name: str
    cycle: int
    files: dict[str, dict[str, str | int]]


class PublishedDataset:
    """A dataset folder as `write_dataset` leaves it.

    Args:
        path: The folder with manifest.json in it, or a run, whose dataset/ is meant.

    Raises:
        UsageError: There is no dataset there.
        RecordError: Its manifest is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path / "dataset" if (path / "dataset" / "manifest.json").is_file() else path
        file = self.path / "manifest.json"
        if not file.is_file():
            raise UsageError(
                "There is no dataset here.",
                where=str(path),
                expected="the folder of a run that `vstar-data build` has assembled, or its dataset/",
                found="no manifest.json" if path.is_dir() else "no such folder",
                mend="build it, or assemble it again: vstar-data assemble RUN",
            )
        self.manifest_bytes = file.read_bytes()
        try:
            head: Manifest = decode_json(self.manifest_bytes, Manifest, where=str(file))
        except RecordError as problem:
            mend = "assemble the run again: vstar-data assemble RUN"
            raise RecordError(
                problem.what, where=problem.where, expected=problem.expected, found=problem.found, mend=mend
            ) from None
        self.manifest: dict[str, Any] = msgspec.json.decode(self.manifest_bytes)
        self.name, self.cycle, self.files = head.name, head.cycle, head.files

    def splits(self, config: str) -> list[str]:
        """Returns the splits of a config that have rows, sorted; none for a config that is empty."""
        return sorted({Path(name).name.split("-")[0] for name in self._parquet(config)})

    def rows(self, config: str, split: str | None = None, columns: Sequence[str] | None = None) -> Iterator[Row]:
        """Yields the rows of a config in their order, one batch in memory at a time. See `batches`."""
        for batch in self.batches(config, split, columns):
            yield from batch.to_pylist()

    def batches(
        self, config: str, split: str | None = None, columns: Sequence[str] | None = None, rows: int = 10_000
    ) -> Iterator[pa.RecordBatch]:
        """Yields the rows of a config in their order as Arrow batches.

        Args:
            config: One of `CONFIGS`.
            split: Only this one; None for all, one after the other by name.
            columns: Only these; None for all.
            rows: The most rows of a batch.

        Raises:
            StorageError: A file is missing or cannot be read.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in self.paths(config, split):
            try:
                with pq.ParquetFile(path) as file:
                    yield from file.iter_batches(batch_size=rows, columns=columns)
            except (OSError, pa.ArrowException) as problem:
                raise StorageError(
                    "A file of the dataset cannot be read.",
                    where=str(path),
                    found=str(problem),
                    mend="assemble the run again: vstar-data assemble RUN",
                ) from None

    def paths(self, config: str, split: str | None = None) -> list[Path]:
        """Returns the Parquet files of a config, or of one split of it, in the order of their rows."""
        names = (name for name in self._parquet(config) if split in (None, Path(name).name.split("-")[0]))
        return [self.path / name for name in names]

    def _parquet(self, config: str) -> list[str]:
        if config not in CONFIGS:
            raise ValueError(f"no config {config!r}: one of {', '.join(CONFIGS)}")
        return sorted(name for name in self.files if re.fullmatch(rf"data/{config}/[\w-]+\.parquet", name))
