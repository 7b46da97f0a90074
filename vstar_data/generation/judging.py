"""Judging completions: what a question's verifier is told, and verdicts that are kept for the next look.

The rules lie in `vstar_data.verification`. A kept verdict counts only for the same text, question, profile and
version of the verifier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vstar_data.arrow import read_batches, record_batches, write_parquet
from vstar_data.decoding import convert, without_nulls
from vstar_data.errors import StorageError
from vstar_data.generation.rejudging import Changes
from vstar_data.questions.rivals import rivals_of
from vstar_data.records import Clip, Completion, Label, Question, Record, Verdict
from vstar_data.verification.settings import VerificationSettings

if TYPE_CHECKING:
    import pyarrow as pa


class KeptVerdict(Record, frozen=True):
    """A verdict with a hash of all that it rests on."""

    key: str
    rests_on: str
    verdict: Verdict


class Judge:
    """Judges completions of one run.

    Args:
        settings: The profile, and the model of sentence embeddings that it may need.
        class_names: The names that targets may be mistaken for, see `vstar_data.questions.rivals`.
        kept: Verdicts of an earlier look, by completion key.

    Attributes:
        judged: How many answers the verifier was called for.
        changes: What became of those among them that had been judged before, on other grounds.
    """

    def __init__(
        self,
        settings: VerificationSettings,
        class_names: Mapping[str, tuple[str, ...]],
        kept: Mapping[str, KeptVerdict] | None = None,
    ) -> None:
        from vstar_data.verification import edition

        self._settings = settings
        self._class_names = class_names
        self._kept = dict(kept or {})
        names = msgspec.json.encode([edition(settings), settings, dict(class_names)], order="sorted")
        self._ground = hashlib.sha256(names).digest()
        self.judged = 0
        self.changes = Changes()

    def verdict(self, completion: Completion, question: Question, clip: Clip) -> Verdict:
        """Returns whether a completion contains the targets of its question."""
        return self.kept(completion, question, clip).verdict

    def kept(self, completion: Completion, question: Question, clip: Clip) -> KeptVerdict:
        """Returns the verdict on a completion together with what it rests on."""
        others = also_true(question, clip)
        ground = [
            question.text,
            question.targets,
            question.asks,
            others,
            completion.text,
            completion.mode,
            completion.finish_reason,
            completion.duration,
            clip.source,
        ]
        rests_on = hashlib.sha256(self._ground + msgspec.json.encode(ground)).hexdigest()[:32]
        held = self._kept.get(completion.key)
        if held is not None and held.rests_on == rests_on:
            return held
        from vstar_data.verification import verify

        verdict = verify(
            completion.text,
            question.targets,
            question=question.text,
            asks=question.asks,
            class_names=self._class_names.get(rivals_of(question.id, clip.source), ()),
            also_true=others,
            mode=completion.mode.value,
            duration=completion.duration,
            finish_reason=completion.finish_reason,
            profile=self._settings.profile,
            embedder=self._settings.embedder,
            parser=self._settings.parser,
        )
        self.judged += 1
        if held is not None:
            row = f"{question.id}/{completion.mode}-{completion.sample_index}"
            self.changes.add(held.verdict, verdict, row)
        made = self._kept[completion.key] = KeptVerdict(key=completion.key, rests_on=rests_on, verdict=verdict)
        return made


def also_true(question: Question, clip: Clip) -> tuple[Label, ...]:
    """Returns the labels that hold too and are no rivals: its own, or what else the clip shows."""
    if question.also_true is not None:
        return question.also_true
    return tuple(label for label in clip.labels if label not in question.targets)


def write_verdicts(path: Path, verdicts: Iterable[KeptVerdict]) -> None:
    """Writes verdicts.parquet, in the given order."""
    write_parquet(path, record_batches(map(_row, verdicts), _schema()), _schema())


def read_verdicts(path: Path) -> dict[str, KeptVerdict]:
    """Reads verdicts.parquet by completion key. A file of another version counts as none."""
    if not path.exists():
        return {}
    try:
        rows = [row for batch in read_batches(path, _schema()) for row in batch.to_pylist()]
    except StorageError:
        return {}
    return {
        row["key"]: KeptVerdict(
            key=row["key"],
            rests_on=row["rests_on"],
            verdict=convert(without_nulls({name: row[name] for name in _VERDICT}), Verdict, where=str(path)),
        )
        for row in rows
    }


_VERDICT = ("accepted", "reasons", "per_label")


def _row(kept: KeptVerdict) -> dict[str, object]:
    return {"key": kept.key, "rests_on": kept.rests_on, **msgspec.to_builtins(kept.verdict)}


def _schema() -> pa.Schema:
    import pyarrow as pa

    target = pa.struct(
        [
            ("accepted", pa.bool_()),
            ("reason", pa.string()),
            ("evidence", pa.list_(pa.int64())),
            ("parsed", pa.string()),
            ("score", pa.float64()),
        ]
    )
    return pa.schema(
        [
            ("key", pa.string()),
            ("rests_on", pa.string()),
            ("accepted", pa.bool_()),
            ("reasons", pa.list_(pa.string())),
            ("per_label", pa.list_(target)),
        ]
    )
