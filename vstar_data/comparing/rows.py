"""The rows of two datasets, matched by id within config and split: added, removed, changed, unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vstar_data.comparing.digests import PARTS, columns_of, row_digests
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.dataset.shards import digest_of

if TYPE_CHECKING:
    import polars as pl


class SplitRows(msgspec.Struct, frozen=True):
    """What became of the rows of one config and split.

    `a` is `removed` + `changed` + `unchanged`, and `b` is `added` + `changed` + `unchanged`.

    Attributes:
        config: The config.
        split: The split.
        a: Rows of A. Of several with one id the first counts.
        b: Rows of B.
        added: Rows whose id only B has.
        removed: Rows whose id only A has.
        changed: Rows of one id that differ in a column that both have.
        unchanged: Rows of one id that do not.
        changed_in: How many of the changed rows differ in each part, see `vstar_data.comparing.digests.PARTS`.
        repeated_a: Further rows of A with an id that a row before has; they are not counted above.
        repeated_b: As `repeated_a`, of B.
    """

    config: str
    split: str
    a: int
    b: int
    added: int
    removed: int
    changed: int
    unchanged: int
    changed_in: dict[str, int]
    repeated_a: int = 0
    repeated_b: int = 0


class ConfigColumns(msgspec.Struct, frozen=True):
    """The columns of a config that only one side has, or that have another type in B; these are not compared."""

    config: str
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    retyped: tuple[str, ...]


class Matched(msgspec.Struct, frozen=True):
    """The rows of one config.

    Attributes:
        splits: What became of them, by split.
        columns: Columns that are not on both sides; None where all are.
        a: The digests of the splits of A that were read: of text and question, and what else answers have.
        b: Those of B.
    """

    splits: list[SplitRows]
    columns: ConfigColumns | None
    a: list[pl.DataFrame]
    b: list[pl.DataFrame]


def matched(a: PublishedDataset, b: PublishedDataset, config: str, *, read_all: bool = False) -> Matched:
    """Matches the rows of a config.

    Args:
        a: One side.
        b: The other.
        config: The config.
        read_all: Also read splits whose files are the same on both sides.

    Raises:
        StorageError: A file cannot be read.
    """
    columns = columns_of(a, b, config)
    splits: list[SplitRows] = []
    of_a: list[pl.DataFrame] = []
    of_b: list[pl.DataFrame] = []
    for split in sorted({*a.splits(config), *b.splits(config)}):
        if not read_all and (rows := same_files(a, b, config, split)) is not None:
            splits.append(SplitRows(config, split, rows, rows, 0, 0, 0, rows, {}))
            continue
        first, second = (row_digests(side, config, split, columns.common) for side in (a, b))
        read = first.height, second.height
        first, second = (frame.unique("id", keep="first", maintain_order=True) for frame in (first, second))
        splits.append(_split(config, split, first, second, read))
        unused = [name for name in (*PARTS, "split") if name not in ("text", "question")]
        of_a.append(first.drop(unused))
        of_b.append(second.drop(unused))
    differing = (columns.only_a, columns.only_b, columns.retyped)
    return Matched(splits, ConfigColumns(config, *differing) if any(differing) else None, of_a, of_b)


def _split(config: str, split: str, a: pl.DataFrame, b: pl.DataFrame, read: tuple[int, int]) -> SplitRows:
    import polars as pl

    both = a.select("id", *PARTS).join(b.select("id", *PARTS), on="id", suffix="_b")
    differing = both.select(**{part: pl.col(part) != pl.col(f"{part}_b") for part in PARTS})
    changed = int(differing.select(pl.any_horizontal(pl.all()).sum()).item())
    in_part = {part: int(differing[part].sum()) for part in PARTS}
    return SplitRows(
        config=config,
        split=split,
        a=a.height,
        b=b.height,
        added=b.height - both.height,
        removed=a.height - both.height,
        changed=changed,
        unchanged=both.height - changed,
        changed_in={part: number for part, number in in_part.items() if number},
        repeated_a=read[0] - a.height,
        repeated_b=read[1] - b.height,
    )


def same_files(a: PublishedDataset, b: PublishedDataset, config: str, split: str) -> int | None:
    """Returns the number of rows of a split whose files have the same content on both sides, else None."""
    first, second = a.paths(config, split), b.paths(config, split)
    if [path.name for path in first] != [path.name for path in second]:
        return None
    rows = 0
    for path in first:
        name = path.relative_to(a.path).as_posix()
        said = a.files[name]
        if said != b.files[name] or not isinstance(number := said.get("rows"), int):
            return None
        # What the manifests say may no longer be true of the files.
        if not (path.is_file() and (b.path / name).is_file()) or digest_of(path) != digest_of(b.path / name):
            return None
        rows += number
    return rows
