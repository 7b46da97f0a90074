"""The folder of a run: where each file lies, and reading and writing the tables that are made before any answer.

`clips.parquet` and `questions.parquet` are sorted by the hash of the clip's id, so that a block is a range of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

import msgspec

from vstar_data.arrow import (
    UnusableRow,
    clip_row,
    clips_from,
    clips_schema,
    has_schema,
    question_row,
    questions_from,
    questions_schema,
    read_batches,
    record_batches,
    unusable_from,
    unusable_row,
    unusable_schema,
    write_parquet,
)
from vstar_data.decoding import decode_json
from vstar_data.errors import StorageError, UsageError
from vstar_data.files import write_whole
from vstar_data.generation.keys import block_of, clip_hash
from vstar_data.generation.videos import VideoRecord, read_videos, write_videos
from vstar_data.records import Clip, Question, Record
from vstar_data.terms import Terms


class RunState(Record, frozen=True):
    """What is fixed when a run is first built, and the model that answers in it.

    Attributes:
        block_bits: Blocks are the leading bits of the hash of a clip's id: there are 2 ** bits of them.
        clips_digest: SHA-256 over the sorted clips.
        questions: The settings that the questions were made with.
        leaking_questions: Labels that could not be asked about without giving them away.
        class_names: The names that targets may be mistaken for, see `vstar_data.questions.rivals`.
        fingerprint: The engine's.
        model: The model as it is published: a Hub id with its commit, or a folder's name.
        asked_for: The model as the user named it.
        terms: By source what its adapter states of licences and citations; runs of old have none.
    """

    block_bits: int
    clips: int
    clips_digest: str
    questions: dict[str, object]
    class_names: dict[str, tuple[str, ...]]
    leaking_questions: int = 0
    fingerprint: str = ""
    model: str = ""
    asked_for: str = ""
    terms: dict[str, Terms] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """The clips of one block with their questions, in the order in which they are worked on."""

    number: int
    clips: tuple[Clip, ...]
    questions: tuple[Question, ...]


class RunFolder:
    """The paths of a run.

    Args:
        path: The folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.recipe = path / "recipe.yaml"
        self.state_file = path / "run.json"
        self.clips_file = path / "clips.parquet"
        self.questions_file = path / "questions.parquet"
        self.videos_file = path / "videos.parquet"
        self.unusable_file = path / "unusable.parquet"
        self.verdicts_file = path / "verdicts.parquet"
        self.completions = path / "completions"
        self.written = path / "written"
        self.blind = path / "blind"
        self.blind_verdicts_file = self.blind / "verdicts.parquet"
        self.filtered_file = path / "filtered.parquet"
        self.reformatted_file = path / "reformatted.parquet"
        self.selection_file = path / "selection.json"
        self.claims = path / "claims"
        self.rendered_videos = path / "videos"
        self.dataset = path / "dataset"

    def check_usable(self) -> None:
        """Refuses a folder that holds something else than a run.

        Raises:
            UsageError: It is a file, or holds other things.
            StorageError: It cannot be written.
        """
        try:
            str(self.path).encode()
            if self.path.exists() and not self.path.is_dir():
                raise UsageError("The output folder is a file.", where=str(self.path), mend="choose another --out")
            self.path.mkdir(parents=True, exist_ok=True)
            names = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(".")}
            probe = self.path / ".writable"
            probe.touch()
            probe.unlink()
        except UnicodeEncodeError:
            where = ascii(str(self.path))
            raise UsageError("The output folder's name is no text.", where=where, mend="choose another --out") from None
        except OSError as problem:
            raise UsageError(
                "The output folder cannot be written.",
                where=str(self.path),
                found=problem.strerror,
                mend="choose another --out, or change its permissions",
            ) from None
        if "run.json" in names:
            return
        # A first build that was stopped may have left what is made before run.json.
        left = {self.clips_file: clips_schema(), self.questions_file: questions_schema()}
        ours = {path.name for path, schema in left.items() if path.name in names and has_schema(path, schema)}
        others = names - {"videos", "written"} - ours
        if others:
            raise UsageError(
                "The output folder holds something else than a run.",
                where=str(self.path),
                found=", ".join(sorted(others)[:5]),
                mend="choose another --out",
            )

    def exists(self) -> bool:
        """Whether a run was begun here: its clips and questions are written."""
        return self.state_file.is_file()

    def state(self) -> RunState:
        """Reads what is fixed.

        Raises:
            UsageError: There is no run.
        """
        if not self.exists():
            raise UsageError(
                "There is no run in this folder.",
                where=str(self.path),
                expected="the folder of a `vstar-data build`, with run.json in it",
                mend="check the path, or build first",
            )
        return decode_json(self.state_file.read_bytes(), RunState, where=str(self.state_file))

    def save_state(self, state: RunState) -> None:
        """Writes what is fixed; the last of the files of a preparation."""
        write_whole(self.state_file, msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=2) + b"\n")

    def write_clips(self, clips: Iterable[Clip]) -> None:
        """Writes the clips, which must be sorted by `clip_order`."""
        write_parquet(self.clips_file, record_batches(map(clip_row, clips), clips_schema()), clips_schema())

    def write_questions(self, questions: Iterable[Question]) -> None:
        """Writes the questions, in the order of their clips."""
        write_parquet(
            self.questions_file, record_batches(map(question_row, questions), questions_schema()), questions_schema()
        )

    def write_unusable(self, rows: Iterable[UnusableRow]) -> None:
        """Writes the ledger of rows without clip and of clips that cannot be shown."""
        write_parquet(self.unusable_file, record_batches(map(unusable_row, rows), unusable_schema()), unusable_schema())

    def unusable(self) -> list[UnusableRow]:
        """Reads the ledger.

        Raises:
            StorageError: There is none, or it cannot be read.
        """
        return list(unusable_from(read_batches(self.unusable_file, unusable_schema())))

    def clips(self) -> Iterator[Clip]:
        """Yields the clips of the run in their order."""
        yield from clips_from(read_batches(self.clips_file, clips_schema()), where=str(self.clips_file))

    def questions(self) -> Iterator[Question]:
        """Yields the questions of the run in the order of their clips."""
        yield from questions_from(read_batches(self.questions_file, questions_schema()), where=str(self.questions_file))

    def write_videos(self, videos: Iterable[VideoRecord]) -> None:
        """Writes what is known of the video files."""
        write_videos(self.videos_file, videos)

    def videos(self) -> dict[tuple[str, str], VideoRecord]:
        """Reads what is known of the video files, by source and video."""
        return read_videos(self.videos_file) if self.videos_file.exists() else {}

    def write_selection(self, selection: Record) -> None:
        """Writes which clips are worked on: a `vstar_data.generation.selection.Selection`."""
        write_whole(self.selection_file, msgspec.json.encode(selection, order="sorted") + b"\n")

    def blocks(self, bits: int) -> Iterator[Block]:
        """Yields the blocks of the run one after the other; only one is held.

        Args:
            bits: `RunState.block_bits`.

        Raises:
            StorageError: Questions and clips are not of one run.
        """
        questions = chain(self.questions(), [None])
        waiting = next(questions)
        for number, group in groupby(self.clips(), key=lambda clip: block_of(clip.id, bits)):
            clips = tuple(group)
            asked: list[Question] = []
            for clip in clips:
                while waiting is not None and waiting.clip_id == clip.id:
                    asked.append(waiting)
                    waiting = next(questions)
            yield Block(number, clips, tuple(asked))
        if waiting is not None:
            raise StorageError(
                "Questions and clips of this run do not belong together.",
                where=str(self.questions_file),
                found=f"a question about {waiting.clip_id!r}",
                mend="build with --update",
            )


def clip_order(clip: Clip) -> tuple[int, str]:
    """The sort key of clips: the hash of the id, then the id."""
    return clip_hash(clip.id), clip.id
