"""What the index of a run is read from: columns of its tables, and where each completion stands. Reading only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.arrow import clips_schema, has_schema, questions_schema
from vstar_data.errors import StorageError
from vstar_data.files import storage_error
from vstar_data.generation.run_folder import RunFolder
from vstar_data.generation.store import BlockEvents
from vstar_data.records import Completion, Mode

MODES = tuple(Mode)


class Place(msgspec.Struct, frozen=True, tag_field="event", tag="completion"):
    """What is read of each completion at first."""

    key: str
    question_id: str
    mode: Mode
    sample_index: int


class Questions:
    """The questions of a run: ids, clips, kinds, and the name that the first target goes by."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.places: dict[str, int] = {}
        self.clips: list[int] = []
        self.kinds: dict[str, int] = {}
        self.names: dict[str, int] = {"": 0}
        self.kind: list[int] = []
        self.name: list[int] = []

    def read(self, folder: RunFolder) -> None:
        """Reads the questions.

        Raises:
            StorageError: A file cannot be read, or questions and clips do not belong together.
        """
        for path, schema in ((folder.questions_file, questions_schema()), (folder.clips_file, clips_schema())):
            if path.exists() and not has_schema(path, schema):
                mend = "build the run again, or assemble it with the version that it was built with"
                raise StorageError("A file is none of this version's.", where=str(path), mend=mend)
        clips = {row["id"]: place for place, row in enumerate(_rows(folder.clips_file, ["id"]))}
        fields = [f"targets.list.element.{name}" for name in ("kind", "name", "predicate")]
        for row in _rows(folder.questions_file, ["id", "clip_id", *fields]):
            if row["clip_id"] not in clips:
                raise StorageError(
                    "Questions and clips of this run do not belong together.",
                    where=str(folder.questions_file),
                    found=f"a question about {row['clip_id']!r}",
                    mend="build with --update",
                )
            targets = row["targets"]
            kind = "+".join(sorted({target["kind"] for target in targets}))
            name = next((said for target in targets if (said := target["name"] or target["predicate"])), "")
            self.places[row["id"]] = len(self.ids)
            self.ids.append(row["id"])
            self.clips.append(clips[row["clip_id"]])
            self.kind.append(self.kinds.setdefault(kind, len(self.kinds)))
            self.name.append(self.names.setdefault(name, len(self.names)))


class Verdicts:
    """The verdicts of the last assembly, in its order."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.accepted: list[bool] = []
        self.reasons: dict[tuple[str, ...], int] = {}
        self.reason: list[int] = []

    def read(self, path: Path) -> None:
        """Reads the verdicts.

        Raises:
            StorageError: The file cannot be read.
        """
        for row in _rows(path, ["key", "accepted", "reasons"]):
            self.keys.append(row["key"])
            self.accepted.append(row["accepted"])
            self.reason.append(self.reasons.setdefault(tuple(row["reasons"]), len(self.reasons)))


class Lines:
    """Where the completion behind each verdict stands.

    Args:
        keys: The keys of the verdicts.
        questions: The place of each question.
    """

    def __init__(self, keys: Sequence[str], questions: Mapping[str, int]) -> None:
        import numpy as np

        self._rows = {key: row for row, key in enumerate(keys)}
        self._questions = questions
        self.files: list[Path] = []
        self.file = np.full(len(keys), -1, dtype=np.int32)
        self.offset = np.zeros(len(keys), dtype=np.int64)
        self.question = np.zeros(len(keys), dtype=np.int32)
        self.mode = np.zeros(len(keys), dtype=np.int8)
        self.sample = np.zeros(len(keys), dtype=np.int32)
        self._places = msgspec.json.Decoder(Place)

    def read(self, paths: Sequence[Path]) -> None:
        """Reads the files of a block. Of two lines with one key the one counts that the run counts.

        Raises:
            StorageError: A file cannot be read.
        """
        for path in paths:
            number, offset = len(self.files), 0
            self.files.append(path)
            try:
                content = path.read_bytes()
            except OSError as problem:
                raise storage_error("Cannot read completions.", path, problem) from None
            for line in content.split(b"\n"):
                # What does not decode is another event, or a line that the store passes over too.
                with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                    self._take(self._places.decode(line), number, offset, line)
                offset += len(line) + 1

    def _take(self, place: Place, number: int, offset: int, line: bytes) -> None:
        row = self._rows.get(place.key)
        question = self._questions.get(place.question_id)
        if row is None or question is None:
            return
        if self.file[row] >= 0:
            held = read_completion(self.files[self.file[row]], int(self.offset[row]))
            events = BlockEvents()
            for event in (held, msgspec.json.decode(line, type=Completion)):
                events.add(event)
            if events.completions[place.key] is held:
                return
        self.file[row], self.offset[row] = number, offset
        self.question[row], self.mode[row], self.sample[row] = question, MODES.index(place.mode), place.sample_index


def read_completion(path: Path, offset: int) -> Completion:
    """Reads the completion that begins at a byte of a file.

    Raises:
        StorageError: It is not there any more.
    """
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return msgspec.json.decode(file.readline(), type=Completion)
    except OSError as problem:
        raise storage_error("Cannot read completions.", path, problem) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise StorageError(
            "An answer is not where it was.", where=f"{path}, byte {offset}", mend="open the review again"
        ) from None


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yields some columns of a Parquet file, row by row."""
    import pyarrow as pa
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=list(columns)):
                yield from batch.to_pylist()
    except (OSError, KeyError, pa.ArrowException) as problem:
        raise StorageError(
            "A file of the run cannot be read.",
            where=str(path),
            found=str(problem),
            mend="build the run again: it makes what is missing anew",
        ) from None
