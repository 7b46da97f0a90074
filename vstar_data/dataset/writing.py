"""Writes a dataset folder: the configs as Parquet files, README.md and manifest.json, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from vstar_data.arrow import UnusableRow
from vstar_data.dataset.card import card
from vstar_data.dataset.card.examples import Examples
from vstar_data.dataset.card.plot import yields_png
from vstar_data.dataset.counts import BlindQuestions, BlindUnit, Counts, Unit
from vstar_data.dataset.judged import Judged, Provenance
from vstar_data.dataset.manifest import AnnotationsDigest, manifest
from vstar_data.dataset.reformatting.reformatter import Reformatter
from vstar_data.dataset.replacement import replacement
from vstar_data.dataset.rows import clips_row, preference_row, rejected_row, styled_row
from vstar_data.dataset.schemas import CONFIGS
from vstar_data.dataset.shards import SHARD_ROWS, ConfigShards, WrittenFile, digest_of, digest_of_files
from vstar_data.records import Clip

PLOT = "plots/yields.png"


def write_dataset(
    destination: Path,
    *,
    clips: Iterable[Clip],
    unusable: Iterable[UnusableRow],
    judged: Iterable[Judged],
    provenance: Provenance,
    unanswered: Mapping[Unit, int] | None = None,
    withheld: Mapping[str, int] | None = None,
    blind: Mapping[BlindUnit, BlindQuestions] | None = None,
    styles: Reformatter | None = None,
    shard_rows: int = SHARD_ROWS,
) -> Counts:
    """Writes a dataset, replacing the one at the destination.

    The content is a function of the arguments alone: the same arguments give the same bytes, and where these are
    there already the folder is left as it is. Rows are streamed: one question's answers are held at a time.

    Args:
        destination: The folder to make or replace.
        clips: All clips of the run, unusable ones too, in the order in which they are to appear.
        unusable: The ledger: rows that gave no clip and clips that cannot be shown.
        judged: Judged answers in the order in which they are to appear; those of a question stand together.
        provenance: What the dataset was made from.
        unanswered: Questions that were asked and have no answer; they count in the yields.
        withheld: Clips that are left out altogether, by reason.
        blind: Questions that were asked blind, see `Counts.blind`.
        styles: Makes the rows in other styles than the plain one; None for plain rows alone.
        shard_rows: The most rows of one file.

    Returns:
        The counts of the dataset.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
        RecordError: A text is not valid Unicode.
        ValueError: The answers to one question do not stand together.
    """
    counts, digest, examples = Counts(), AnnotationsDigest(), Examples()
    with replacement(destination) as folder, _open(folder, shard_rows, styles is not None) as configs:
        counts.withheld.update(withheld or {})
        counts.blind.update(blind or {})
        counts.reformatted = None if styles is None else styles.counts
        reasons: dict[str, str] = {}
        for row in unusable:
            counts.unusable[str(row.reason)] += 1
            if row.clip_id is not None:
                reasons.setdefault(row.clip_id, str(row.reason))
        for clip in clips:
            counts.add_clip(clip)
            digest.add(clip)
            configs["clips"].write(clips_row(clip, reasons.get(clip.id)))
        for unit, questions in (unanswered or {}).items():
            counts.questions[unit].asked += questions
        for samples in _by_question(judged):
            counts.add_question(samples)
            others = [] if styles is None else list(styles.rows(samples))
            plain = samples if styles is None or styles.settings.keep_original else []
            examples.add(plain or others)
            for answer in (*(answer for answer in plain if answer.taught), *others):
                configs["sft"].write(styled_row(answer))
            for answer in samples:
                if not answer.verdict.accepted:
                    configs["rejected"].write({**rejected_row(answer), "style": answer.style})
            if (pair := preference_row(samples)) is not None:
                configs["preference"].write(pair)
        written = {config: configs[config].close() for config in CONFIGS}
        files = [file for config in CONFIGS for file in written[config]]
        contents = {config: digest_of_files(written[config]) for config in CONFIGS}
        counts.rows = {config: configs[config].rows() for config in CONFIGS}
        plot = PLOT if counts.asked else None
        readme = card(provenance, counts, contents, examples.chosen(), plot)
        files.append(_written(folder, "README.md", readme.encode()))
        if plot is not None:
            files.append(_written(folder, plot, yields_png(counts.questions)))
        (folder / "manifest.json").write_bytes(manifest(provenance, digest.hexdigest(), counts, files))
    return counts


def _written(folder: Path, name: str, content: bytes) -> WrittenFile:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return WrittenFile(name, digest_of(path), None)


@contextmanager
def _open(folder: Path, shard_rows: int, styled: bool) -> Iterator[dict[str, ConfigShards]]:
    configs = {config: ConfigShards(folder, config, shard_rows, styled=styled) for config in CONFIGS}
    try:
        yield configs
    except BaseException:
        for config in configs.values():
            config.abandon()
        raise


def _by_question(judged: Iterable[Judged]) -> Iterator[list[Judged]]:
    """Yields the answers of one question after the other; checks that those of a question stand together."""
    seen: set[str] = set()
    clip_id = ""
    for (clip, question), samples in groupby(judged, key=lambda answer: (answer.clip.id, answer.question.id)):
        if clip != clip_id:
            clip_id, seen = clip, set()
        if question in seen:
            raise ValueError(f"the answers to {question} do not stand together")
        seen.add(question)
        yield list(samples)
