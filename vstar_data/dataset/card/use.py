"""The sections of the card that say how to load the dataset, train on it, and make it again. Pure text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vstar_data.dataset.counts import Counts
from vstar_data.dataset.judged import Provenance
from vstar_data.dataset.markdown import fenced, plain
from vstar_data.dataset.schemas import CONFIGS

_LOADING = """from datasets import load_dataset

rows = load_dataset("REPO", "{config}", revision="TAG")
stream = load_dataset("REPO", "{config}", revision="TAG", split="{split}", streaming=True)

import polars as pl

table = pl.read_parquet("hf://datasets/REPO@TAG/data/{config}/*.parquet")"""

_TRAINING = """vstar-data export PATH --format trl-sft --output sft.parquet --frames frames/
vstar-data export PATH --format llamafactory --output llamafactory/
vstar-data export PATH --format ms-swift --output sft.jsonl"""


def loading_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on loading."""
    config = next((config for config in CONFIGS if counts.rows.get(config)), None)
    if config is not None:
        yield "REPO is the name of the dataset on the Hub, TAG a version. A folder goes by its path without a revision."
        yield fenced(_LOADING.format(config=config, split=next(iter(counts.rows[config]))), "python")


def training_section(counts: Counts) -> Iterator[str]:
    """Yields the paragraphs on training."""
    if not counts.rows.get("sft"):
        return
    yield "## Training"
    yield (
        "`messages` of `sft` are conversations as chat templates take them; the video's frames are those at "
        "`frames.indices` of the file, so that training sees what the model saw. `vstar-data export` writes the rows "
        "as other tools read them, from PATH, the folder of this dataset:"
    )
    yield fenced(_TRAINING, "bash")


def again_section(provenance: Provenance) -> Iterator[str]:
    """Yields the paragraphs on making the dataset again."""
    yield "## Making it again"
    yield (
        f"With vstar-data {plain(provenance.code)}, the recipe below as `recipe.yaml`, the annotations and the videos, "
        f"and {plain(provenance.model)} as MODEL:"
    )
    rendered = provenance.recipe.get("render") is not None
    paths = "" if rendered else " --annotations PATH --videos DIR"
    yield fenced(f"vstar-data build recipe.yaml{paths} --model MODEL", "bash")
    yield "<details><summary>The recipe</summary>"
    yield fenced(recipe_text(provenance.recipe), "yaml")
    yield "</details>"


def recipe_text(recipe: Mapping[str, Any]) -> str:
    """Returns a recipe as YAML that `vstar-data build` reads, without what is not set."""
    import yaml

    return yaml.safe_dump(_stated(dict(recipe)), sort_keys=False, allow_unicode=True, width=100).rstrip()


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stated(each) for key, each in value.items() if each is not None and each != {} and each != []}
    return [_stated(each) for each in value] if isinstance(value, list | tuple) else value
