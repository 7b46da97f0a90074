"""One answer in full: read from the files of the run when it is shown. Only the last stretch of a table is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vstar_data.arrow import clips_from, questions_from
from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import StorageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.records import Clip, Completion, Question, Verdict
from vstar_data.review.index import AnswerIndex
from vstar_data.review.tables import read_completion

if TYPE_CHECKING:
    import pyarrow as pa

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Answer:
    """An answer with all that a person needs to judge it.

    Attributes:
        row: Its row in the index.
        id: The id that it is published under.
        verdict: The verifier's.
    """

    row: int
    id: str
    question: Question
    clip: Clip
    completion: Completion
    verdict: Verdict


class AnswerReader:
    """Reads answers of a run. The tables stay open, so that a run that is assembled meanwhile does not confuse it.

    One reader may serve several threads; they wait for each other.

    Args:
        run: The run's folder.
        index: Its index.

    Raises:
        StorageError: A table cannot be read.
    """

    def __init__(self, run: Path, index: AnswerIndex) -> None:
        folder = RunFolder(run)
        self._index = index
        self._lock = threading.Lock()
        self._questions = _Table(folder.questions_file)
        self._clips = _Table(folder.clips_file)
        self._verdicts = _Table(folder.verdicts_file)

    def answer(self, row: int) -> Answer:
        """Reads an answer.

        Raises:
            StorageError: Its files cannot be read.
        """
        question = int(self._index.question[row])
        with self._lock:
            return Answer(
                row=row,
                id=self._index.id(row),
                question=self._question(question),
                clip=self._clip(int(self._index.clips[question])),
                completion=self._completion(row),
                verdict=self._verdicts.record(int(self._index.verdict[row]), _verdict),
            )

    def grounds(self, rows: Sequence[int]) -> Iterator[tuple[int, str, Question]]:
        """Yields rows with their texts and their questions, as decisions are about them."""
        for row in sorted(rows):
            with self._lock:
                text, question = self._completion(row).text, self._question(int(self._index.question[row]))
            yield row, text, question

    def _completion(self, row: int) -> Completion:
        return read_completion(self._index.files[int(self._index.file[row])], int(self._index.offset[row]))

    def _question(self, place: int) -> Question:
        return self._questions.record(place, lambda part: next(questions_from(part)))

    def clip(self, place: int) -> Clip:
        """Reads the clip at a place of clips.parquet.

        Raises:
            StorageError: The file cannot be read.
            IndexError: There is no such place.
        """
        if not 0 <= place < len(self._clips):
            raise IndexError(place)
        with self._lock:
            return self._clip(place)

    def _clip(self, place: int) -> Clip:
        return self._clips.record(place, lambda part: next(clips_from(part)))


class _Table:
    """A Parquet file of which single rows are read; the row group of the last one is kept."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        self._path = path
        try:
            # Not by name: a file that is replaced meanwhile is not the one that the index was made of.
            self._file = pyarrow.parquet.ParquetFile(pa.OSFile(str(path), "rb"))
        except (OSError, pa.ArrowException) as problem:
            raise self._unreadable(problem) from None
        metadata = self._file.metadata
        self._starts = [0]
        for group in range(metadata.num_row_groups):
            self._starts.append(self._starts[-1] + metadata.row_group(group).num_rows)
        self._group = -1
        self._held: pa.Table | None = None

    def __len__(self) -> int:
        return self._starts[-1]

    def record(self, row: int, made: Callable[[pa.Table], Kind]) -> Kind:
        """Reads a row, as `made` makes a record of it."""
        import pyarrow as pa

        group = next(place for place in range(len(self._starts) - 1) if row < self._starts[place + 1])
        if self._held is None or group != self._group:
            try:
                self._held = self._file.read_row_group(group)
            except (OSError, pa.ArrowException) as problem:
                raise self._unreadable(problem) from None
            self._group = group
        return made(self._held.slice(row - self._starts[group], 1))

    def _unreadable(self, problem: Exception) -> StorageError:
        mend = "assemble the run again: vstar-data assemble RUN"
        return StorageError("A table of the run cannot be read.", where=str(self._path), found=str(problem), mend=mend)


def _verdict(part: pa.Table) -> Verdict:
    (row,) = part.select(["accepted", "reasons", "per_label"]).to_pylist()
    verdict: Verdict = convert(without_nulls(row), Verdict, where="verdicts.parquet")
    return verdict
