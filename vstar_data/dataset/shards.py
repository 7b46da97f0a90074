"""Shards: streams the rows of one config into Parquet files, one series of files for each split."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vstar_data.arrow import ParquetFile, Row, record_batches
from vstar_data.dataset.schemas import schema_of

SHARD_ROWS = 100_000

_PORTION = 500


@dataclass(frozen=True)
class WrittenFile:
    """A file of the dataset: its path inside the dataset, its SHA-256, its rows (None where it has none)."""

    path: str
    sha256: str
    rows: int | None


class ConfigShards:
    """The files of one config that are being written. A split without rows gets no file.

    Args:
        dataset: The folder of the dataset; files go to `data/<config>/`.
        config: The name of the config.
        shard_rows: The most rows of one file.
        styled: Whether answers say their style, see `schema_of`.
    """

    def __init__(self, dataset: Path, config: str, shard_rows: int, *, styled: bool = False) -> None:
        self._dataset = dataset
        self._config = config
        self._shard_rows = shard_rows
        self._styled = styled
        self._splits: dict[str, _SplitShards] = {}

    def write(self, row: Row) -> None:
        """Takes a row; its `split` says where it goes."""
        split = row["split"]
        if split not in self._splits:
            folder = self._dataset / "data" / self._config
            folder.mkdir(parents=True, exist_ok=True)
            self._splits[split] = _SplitShards(folder, self._config, split, self._shard_rows, self._styled)
        self._splits[split].write(row)

    def close(self) -> list[WrittenFile]:
        """Finishes all files, gives them their names and returns them, by split and number."""
        return [
            WrittenFile(path.relative_to(self._dataset).as_posix(), digest_of(path), rows)
            for _, shards in sorted(self._splits.items())
            for path, rows in shards.close()
        ]

    def abandon(self) -> None:
        """Closes the files without finishing them."""
        for shards in self._splits.values():
            shards.abandon()

    def rows(self) -> dict[str, int]:
        """Returns the number of rows for each split."""
        return {split: shards.rows for split, shards in sorted(self._splits.items())}


class _SplitShards:
    def __init__(self, folder: Path, config: str, split: str, shard_rows: int, styled: bool) -> None:
        self.rows = 0
        self._folder = folder
        self._schema = schema_of(config, styled=styled)
        self._split = split
        self._shard_rows = shard_rows
        self._held: list[Row] = []
        self._open: ParquetFile | None = None
        self._done: list[tuple[Path, int]] = []

    def write(self, row: Row) -> None:
        self._held.append(row)
        self.rows += 1
        if len(self._held) >= _PORTION or self.rows % self._shard_rows == 0:
            self._flush()
        if self.rows % self._shard_rows == 0:
            self._finish_shard()

    def close(self) -> list[tuple[Path, int]]:
        self._flush()
        self._finish_shard()
        named = []
        for number, (unfinished, rows) in enumerate(self._done):
            path = self._folder / f"{self._split}-{number:05d}-of-{len(self._done):05d}.parquet"
            unfinished.rename(path)
            named.append((path, rows))
        return named

    def abandon(self) -> None:
        if self._open is not None:
            self._open.abandon()

    def _flush(self) -> None:
        if not self._held:
            return
        if self._open is None:
            self._open = ParquetFile(self._unfinished(), self._schema)
        for batch in record_batches(self._held, self._schema):
            self._open.write(batch)
        self._held = []

    def _finish_shard(self) -> None:
        if self._open is not None:
            self._open.close()
            self._done.append((self._unfinished(), self._open.rows))
            self._open = None

    def _unfinished(self) -> Path:
        return self._folder / f"{self._split}-{len(self._done):05d}.part"


def digest_of(path: Path) -> str:
    """Returns the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_files(files: Iterable[WrittenFile]) -> str:
    """Returns one SHA-256 for the names and contents of files, in hexadecimal."""
    return hashlib.sha256("".join(f"{file.path} {file.sha256}\n" for file in files).encode()).hexdigest()
