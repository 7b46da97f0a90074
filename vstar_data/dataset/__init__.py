"""The published dataset: judged answers as Parquet files that `datasets.load_dataset` reads, with card and manifest."""

from vstar_data.dataset.counts import Counts
from vstar_data.dataset.judged import Judged, Provenance
from vstar_data.dataset.manifest import annotations_digest
from vstar_data.dataset.thoughts import Thought, split_thought
from vstar_data.dataset.writing import write_dataset

__all__ = [
    "Counts",
    "Judged",
    "Provenance",
    "Thought",
    "annotations_digest",
    "split_thought",
    "write_dataset",
]
