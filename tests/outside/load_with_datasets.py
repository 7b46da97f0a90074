"""Loads a dataset folder with an older `datasets` library, and compares all rows with those in its Parquet files.

    python tests/outside/load_with_datasets.py [RUN]

The project itself runs with a newer version, and its own tests load with that one.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from environments import main, versions

REQUIREMENTS = ("datasets>=3.0,<4",)


def export(run: Path, folder: Path) -> None:
    shutil.copytree(run / "dataset", folder / "dataset")


def load(folder: Path) -> None:
    versions("datasets", "pyarrow", "huggingface_hub")
    from datasets import get_dataset_config_names, load_dataset

    dataset = str(folder / "dataset")
    for config in get_dataset_config_names(dataset):
        for streaming in (False, True):
            splits = load_dataset(dataset, config, streaming=streaming, cache_dir=str(folder / "cache"))
            for split, rows in splits.items():
                stored = stored_rows(folder / "dataset" / "data" / config, split)
                loaded = list(rows)
                assert len(loaded) == len(stored), (config, split, len(loaded), len(stored))
                for one, other in zip(loaded, stored, strict=True):
                    assert one == other, (config, split, one, other)
                print(f"{config} {split}{' streamed' if streaming else ''}: {len(loaded):,} rows, all equal")
    assert next(iter(load_dataset(dataset, split="train", streaming=True)))["mode"], "the default config is not sft"
    print("the default config is sft")


def stored_rows(folder: Path, split: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    files = sorted(folder.glob(f"{split}-*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


if __name__ == "__main__":
    main("datasets-3", REQUIREMENTS, export, load)
