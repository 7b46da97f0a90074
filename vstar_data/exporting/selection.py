"""Which published rows an export holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vstar_data.arrow import Row, label_from
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.questions.rivals import rival_names, rivals_of
from vstar_data.records import Clip
from vstar_data.seen import Seen

_PLACE = ("source", "video", "start", "end")


class Selection:
    """The rows of one export.

    Args:
        dataset: The dataset.
        name: The name of the format.
        config: The config that it is made of.
        split: The split.
        modes: Of `direct` and `rationalized`, which answers are taken; of a pair it is the chosen one's mode.
    """

    def __init__(self, dataset: PublishedDataset, name: str, config: str, split: str, modes: Sequence[str]) -> None:
        self._dataset, self._config, self._split, self._modes = dataset, config, split, modes
        self._questions = name == "trl-grpo"

    def rows(self) -> Iterator[Row]:
        """Yields the rows in the order of the dataset; for GRPO the first row of each question, accepted or not."""
        if not self._questions:
            yield from self._taken(None)
            return
        names = rival_names(_clips(self._dataset))
        for row in self._once(None):
            yield {**row, "class_names": names.get(rivals_of(row["question_id"], row["source"]), ())}

    def places(self) -> Iterator[Row]:
        """Yields the source, video and window of each row, and little else."""
        if self._questions:
            yield from self._once([*_PLACE, "question_id"])
        else:
            yield from self._taken([*_PLACE, self._mode])

    @property
    def _mode(self) -> str:
        return "chosen_mode" if self._config == "preference" else "mode"

    def _taken(self, columns: list[str] | None) -> Iterator[Row]:
        for row in self._dataset.rows(self._config, self._split, columns):
            if row[self._mode] in self._modes:
                yield row

    def _once(self, columns: list[str] | None) -> Iterator[Row]:
        seen = Seen()
        for config in (self._config, "rejected"):
            for row in self._dataset.rows(config, self._split, columns):
                if seen.add(row["question_id"]):
                    yield row


def _clips(dataset: PublishedDataset) -> Iterator[Clip]:
    for row in dataset.rows("clips", columns=["id", "source", "video", "labels"]):
        labels = tuple(label_from(label, where=f"clip {row['id']!r}") for label in row["labels"])
        yield Clip(id=row["id"], source=row["source"], video=row["video"], labels=labels)
