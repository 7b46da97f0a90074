"""Small datasets with videos, and reading back what was exported of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.dataset.judged_samples import PROVENANCE, clip, judged
from vstar_data.dataset import Judged, write_dataset
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.exporting import Exported, ExportOptions, export
from vstar_data.records import ClassLabel, Clip, Mode, NumberLabel, RejectReason, Split

JUGGLING = clip("a", ClassLabel(name="juggling", aliases=("toss juggling",)), NumberLabel(name="balls", value=3.0))
UNICYCLE = clip("b", ClassLabel(name="riding a unicycle"), split=Split.VALIDATION)
TIGHTROPE = clip("c", ClassLabel(name="walking a tightrope"))
CLIPS = (JUGGLING, UNICYCLE, TIGHTROPE)
"""Each clip is a video file of its own."""

JUDGED = (
    judged(JUGGLING, "Someone stands still.", RejectReason.ABSENT),
    judged(JUGGLING, "Three balls fly: juggling.", sample=1),
    judged(JUGGLING, "There are 7 balls.", RejectReason.WRONG_VALUE, number=1, question="How many balls are there?"),
    judged(UNICYCLE, "This is riding a unicycle."),
    judged(TIGHTROPE, "Someone rides.", RejectReason.ABSENT),
    judged(TIGHTROPE, "High up on a rope: walking a tightrope.", mode=Mode.RATIONALIZED),
)


def dataset_of(folder: Path, clips: Iterable[Clip] = CLIPS, answers: Iterable[Judged] = JUDGED) -> PublishedDataset:
    write_dataset(folder, clips=iter(clips), unusable=(), judged=iter(answers), provenance=PROVENANCE)
    return PublishedDataset(folder)


def one_row(folder: Path, shown: Clip, text: str = "Juggling.", question: str = "What is it?") -> PublishedDataset:
    return dataset_of(folder, [shown], [judged(shown, text, question=question)])


def write(dataset: PublishedDataset, output: Path, format_: str, **options: Any) -> Exported:
    return export(dataset, output, ExportOptions(format=format_, **options))


def rows_of(path: Path) -> list[dict[str, Any]]:
    if path.is_dir():
        path = path / "data.jsonl"
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    if path.suffix == ".json":
        listed: list[dict[str, Any]] = json.loads(path.read_text())
        return listed
    return [json.loads(line) for line in path.read_text().splitlines()]
