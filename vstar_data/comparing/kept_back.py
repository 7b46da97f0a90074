"""The accepted answers of a run that its filters keep back, as digests beside those of its published rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from vstar_data.arrow import Row, questions_schema, read_batches
from vstar_data.comparing.digests import empty, ids_digest, text_digests
from vstar_data.dataset.filtering.ledger import read_ledger
from vstar_data.dataset.thoughts import split_thought
from vstar_data.generation.keys import block_of
from vstar_data.generation.run_folder import RunFolder
from vstar_data.generation.store import CompletionStore
from vstar_data.records import Completion

if TYPE_CHECKING:
    import polars as pl

KEPT_BACK = "kept back: "
"""What the outcome of such an answer begins with; the filter's reason follows."""

_PORTION = 10_000


def kept_back_digests(run: RunFolder) -> pl.DataFrame:
    """Returns a frame as `row_digests` makes it. The digests other than the text's are null, and so is the split.

    Raises:
        StorageError: A file of the run cannot be read.
    """
    import polars as pl

    lines = read_ledger(run.filtered_file)
    frames = [_frame(run, rows) for rows in iter(lambda: list(islice(lines, _PORTION)), [])]
    return pl.concat(frames) if frames else empty("sft")


def same_ledgers(a: RunFolder, b: RunFolder) -> bool:
    """Whether the same answers are kept back in two runs, for the same reasons."""
    files = (a.filtered_file, b.filtered_file)
    if not all(file.is_file() for file in files):
        return not any(file.is_file() for file in files)
    return files[0].read_bytes() == files[1].read_bytes()


def _frame(run: RunFolder, rows: Sequence[Row]) -> pl.DataFrame:
    import polars as pl

    made = _completions(run, rows)
    kinds = _kinds(run, {row["question_id"] for row in rows})
    found = [made.get(row["key"]) for row in rows]
    texts = [completion.text if completion else "" for completion in found]
    ends = [str(completion.finish_reason) if completion else "" for completion in found]
    shape = empty("sft").schema
    frame = pl.DataFrame(
        {
            "id": [row["id"] for row in rows],
            "source": [row["clip_id"].partition("/")[0] for row in rows],
            "kind": [kinds.get(row["question_id"], "") for row in rows],
            "mode": [row["mode"] for row in rows],
            "outcome": [f"{KEPT_BACK}{row['reason']}" for row in rows],
            "clip_id": [row["clip_id"] for row in rows],
            "question_id": [row["question_id"] for row in rows],
        },
        schema_overrides=dict.fromkeys(
            ("id", "source", "kind", "mode", "outcome", "clip_id", "question_id"), pl.String
        ),
    )
    frame = frame.with_columns(ids_digest("clip_id"), ids_digest("question_id"))
    frame = frame.with_columns(text_digests(texts, [split_thought(text) for text in texts], ends).alias("text"))
    nulls = (pl.lit(None).alias(name) for name in shape if name not in frame.columns)
    return frame.with_columns(*nulls).select(pl.col(name).cast(kind) for name, kind in shape.items())


def _completions(run: RunFolder, rows: Sequence[Row]) -> dict[str, Completion]:
    """Returns the completions of some lines of the ledger by key; only the blocks that they lie in are read."""
    bits = run.state().block_bits
    keys = {row["key"] for row in rows}
    store = CompletionStore(run.completions)
    blocks = sorted({block_of(row["clip_id"], bits) for row in rows})
    made = (store.read(block).completions for block in blocks)
    return {key: completion for block in made for key, completion in block.items() if key in keys}


def _kinds(run: RunFolder, wanted: set[str]) -> dict[str, str]:
    """Returns the label kinds of questions, joined by a plus sign as in `vstar_data.dataset.judged`."""
    return {name: kind for name, kind in _all_kinds(run) if name in wanted}


def _all_kinds(run: RunFolder) -> Iterator[tuple[str, str]]:
    for batch in read_batches(run.questions_file, questions_schema()):
        for row in batch.select(["id", "targets"]).to_pylist():
            yield row["id"], "+".join(sorted({target["kind"] for target in row["targets"]}))
