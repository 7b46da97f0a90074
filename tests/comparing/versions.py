"""Versions of a small dataset, and small runs that replay their answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from vstar_data.arrow import UnusableRow
from vstar_data.cli import app
from vstar_data.comparing.difference import Difference, compare
from vstar_data.comparing.rows import SplitRows
from vstar_data.comparing.sides import side
from vstar_data.dataset import Judged, Provenance, write_dataset
from vstar_data.records import Clip, RejectReason, TargetVerdict, Verdict


def version(
    folder: Path,
    *,
    judged: Iterable[Judged] = JUDGED,
    clips: Sequence[Clip] = CLIPS,
    provenance: Provenance = PROVENANCE,
    unusable: Sequence[UnusableRow] = UNUSABLE,
    shard_rows: int = 100_000,
) -> Path:
    """Writes a version of the dataset."""
    write_dataset(folder, clips=clips, unusable=unusable, judged=judged, provenance=provenance, shard_rows=shard_rows)
    return folder


def with_text(judged: Judged, text: str) -> Judged:
    """The same answer, as another text."""
    return replace(judged, completion=_changed(judged.completion, text=text))


def with_verdict(judged: Judged, *reasons: RejectReason) -> Judged:
    """The same answer, judged otherwise."""
    reason = reasons[0] if reasons else None
    target = TargetVerdict(accepted=not reasons, reason=reason, score=float(not reasons))
    return replace(judged, verdict=Verdict(accepted=not reasons, reasons=reasons, per_label=(target,)))


def with_question(judged: Judged, **changes: Any) -> Judged:
    """The same answer to another question."""
    return replace(judged, question=_changed(judged.question, **changes))


def _changed(record: Any, **changes: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(record, **changes)


def difference(a: Path, b: Path) -> Difference:
    """Compares two folders."""
    return compare(side(str(a)), side(str(b)))[0]


def rows_of(found: Difference, config: str, split: str = "train") -> SplitRows:
    """What became of the rows of a split."""
    return next(rows for rows in found.rows if (rows.config, rows.split) == (config, split))


def replayed(folder: Path, answers: Mapping[str, Sequence[str]], *settings: str) -> Path:
    """Builds a run of clips that each show juggling, from answers by the clip's file."""
    folder.mkdir(parents=True)
    (folder / "clips.csv").write_text("file,label\n" + "".join(f"{name},juggling\n" for name in answers))
    lines = [
        {"question_id": f"clips/{name}#class", "sample_index": number, "text": text}
        for name, texts in answers.items()
        for number, text in enumerate(texts)
    ]
    (folder / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "mine.yaml").write_text(
        "sources:\n  - {adapter: table, name: clips, annotations: clips.csv}\nengine: replay\nmodel: answers.jsonl\n"
        "generate: {samples: 1, rationalizations: 0}\nverification: {parser: false}\n"
    )
    options = [part for setting in settings for part in ("--set", setting)]
    called("build", str(folder / "mine.yaml"), "--out", str(folder / "run"), *options)
    return folder / "run"


def called(*arguments: str) -> str:
    """Calls a command in this process, which saves the time that a process takes to start; returns its stdout."""
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert not done.stderr or arguments[0] != "diff"
    return done.stdout
