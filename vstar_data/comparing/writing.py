"""The answers that differ, as a Parquet file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vstar_data.arrow import write_parquet
from vstar_data.files import storage_error

if TYPE_CHECKING:
    import polars as pl


def write_rows(path: Path, rows: pl.DataFrame) -> None:
    """Writes the file, replacing what is there. The columns are those of `Matching.rows`.

    Raises:
        StorageError: The disk refuses.
    """
    import pyarrow as pa

    schema = pa.schema([(name, pa.bool_() if name == "same_text" else pa.string()) for name in rows.columns])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise storage_error("Cannot make a folder.", path.parent, problem) from None
    write_parquet(path, rows.to_arrow().cast(schema), schema)
