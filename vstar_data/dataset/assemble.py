"""Assembling: from the completions of a run to its dataset folder. Judges what is there; never generates.

The result is a pure function of completions, decisions of reviewers, resolved recipe and version of the verifier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

import msgspec

from vstar_data.arrow import Row, UnusableRow
from vstar_data.dataset.asked_blind import AskedBlind
from vstar_data.dataset.audited import AuditOfRun
from vstar_data.dataset.counts import Counts, Unit
from vstar_data.dataset.decisions import Reviewed
from vstar_data.dataset.filtering.drops import drops_of
from vstar_data.dataset.filtering.ledger import ledger_row, write_ledger
from vstar_data.dataset.filtering.reasons import Drop
from vstar_data.dataset.judged import Judged, Provenance, kind_of_question
from vstar_data.dataset.reformatting.reformatter import Reformatter
from vstar_data.dataset.sources import SourceTerms
from vstar_data.dataset.writing import write_dataset
from vstar_data.errors import UsageError
from vstar_data.files import alone_in
from vstar_data.generation.block_state import BlockState, Plan
from vstar_data.generation.judging import Judge, KeptVerdict, also_true, read_verdicts, write_verdicts
from vstar_data.generation.rejudging import Changes
from vstar_data.generation.run_folder import RunFolder, RunState
from vstar_data.generation.selection import Selection, selection_of
from vstar_data.generation.store import CompletionStore
from vstar_data.recipe.recipe import Recipe, SourceSettings
from vstar_data.records import UnusableReason
from vstar_data.terms import Terms


@dataclass(frozen=True)
class Assembled:
    """What came of assembling.

    Attributes:
        counts: The counts of the dataset.
        changes: What became of answers that had been judged before, on other grounds.
        lacking: Questions whose direct answers are all there, none of them accepted, and that lack a rationalization.
    """

    counts: Counts
    changes: Changes
    lacking: int


def assemble(folder: RunFolder, recipe: Recipe, state: RunState, plan: Plan, judge: Judge) -> Assembled:
    """Judges the completions of a run and writes verdicts.parquet, unusable.parquet, filtered.parquet, dataset/.

    Args:
        folder: The run.
        recipe: Its recipe.
        state: What is fixed in it.
        plan: What was asked of every question. What is known of the videos and what the run selects are read anew:
            another process may have changed them.
        judge: Judges.

    Raises:
        StorageError: The disk refuses.
    """
    # One after the other: of shards that end together, the last to write must have seen what the others made.
    with alone_in(folder.path):
        selection = selection_of(folder)
        plan = replace(plan, videos=folder.videos(), selected=selection.takes)
        unusable = [row for row in folder.unusable() if row.clip_id is None]
        unanswered: Counter[Unit] = Counter()
        lacking = 0
        blind = AskedBlind(folder, recipe, state)
        origin = provenance(recipe, state, selection)
        marks = AuditOfRun(folder.path, origin.profile, origin.verifier)
        for block in _states(folder, state, plan, judge):
            unusable += (row for row in _unusable_clips(block) if row.clip_id not in selection.withheld)
            unanswered.update(_unanswered(block))
            lacking += sum(map(block.lacks_rationalization, block.asked()))
            blind.add(block)
            marks.add(block)
        reviewed = Reviewed(folder.path)
        folder.write_unusable(unusable)
        blind.save()
        drops: dict[str, Drop] = {}
        if recipe.filters.quality:
            drops = drops_of(_judged(folder, state, plan, judge, reviewed, []), recipe.filters, blind.right)
        kept: list[KeptVerdict] = []
        kept_back: list[Row] = []
        audit, audit_dropped = marks.standing()
        styles = _reformatter(folder, recipe, state, selection)
        counts = write_dataset(
            folder.dataset,
            clips=(clip for clip in folder.clips() if clip.id not in selection.withheld),
            unusable=unusable,
            judged=_with_drops(_judged(folder, state, plan, judge, reviewed, kept), drops, kept_back),
            provenance=replace(origin, audit=audit),
            unanswered=unanswered,
            withheld=selection.counts(),
            blind=blind.counts,
            styles=styles,
        )
        counts.audit_dropped = audit_dropped
        counts.stale_decisions, counts.ignored_decisions = reviewed.stale, reviewed.ignored_lines
        write_verdicts(folder.verdicts_file, kept)
        if styles is not None:
            write_verdicts(folder.reformatted_file, styles.verdicts)
        write_ledger(folder.filtered_file, kept_back)
    return Assembled(counts, judge.changes, lacking)


def check_rejudging(built: Recipe, wanted: Recipe) -> None:
    """Checks that a recipe differs from a run's only in what judges or selects: the rest has shaped the answers.

    Args:
        built: The run's recipe.
        wanted: The recipe to assemble with.

    Raises:
        UsageError: It differs in something else; names it.
    """
    built, wanted = (
        msgspec.structs.replace(recipe, sources=tuple(map(_shaping_answers, recipe.sources)))
        for recipe in (built, wanted)
    )
    for key in built.__struct_fields__:
        if key in ("verification", "filters", "reformat") or getattr(built, key) == getattr(wanted, key):
            continue
        if not _fewer(built, wanted, key):
            raise UsageError(
                f"`{key}` shaped the answers of this run: another value would find none of them.",
                expected="settings under `verification`, `filters` or `reformat`, a smaller generate.samples or "
                "generate.rationalizations, or the cap, class_cap, weight and terms of a source",
                mend="`vstar-data build` makes answers with other settings",
            )


def _shaping_answers(source: SourceSettings) -> SourceSettings:
    return msgspec.structs.replace(source, cap=None, class_cap=None, weight=None, terms=None)


def _fewer(built: Recipe, wanted: Recipe, key: str) -> bool:
    """Whether only the numbers of samples and rationalizations differ, and none is larger: more were never made."""
    counts = {"samples": built.generate.samples, "rationalizations": built.generate.rationalizations}
    if any(getattr(wanted.generate, name) > number for name, number in counts.items()):
        return False
    return key == "generate" and msgspec.structs.replace(wanted.generate, **counts) == built.generate


def provenance(recipe: Recipe, state: RunState, selection: Selection) -> Provenance:
    """Returns all that is needed to make a dataset again, besides the clips."""
    from vstar_data.verification import edition

    return Provenance(
        name=recipe.name,
        recipe=shaping(recipe, selection),
        model=state.model,
        profile=recipe.verification.profile,
        verifier=edition(recipe.verification),
        code=version("vstar-data"),
        sources={
            source.source: SourceTerms(
                adapter=source.adapter,
                terms=state.terms.get(source.source, Terms()).filled_in(source.terms or Terms()),
            )
            for source in recipe.sources
        },
    )


def shaping(recipe: Recipe, selection: Selection) -> dict[str, Any]:
    """Returns what of a recipe shapes the dataset: without paths, and without how the work is cut.

    Of lists of clips that are left out the hash of their ids stands for the file. Terms stand where they are stated.
    """
    values: dict[str, Any] = msgspec.to_builtins(recipe)
    for key in ("model", "base_model", "chat_template", "blocks"):
        values.pop(key)
    values["sources"] = [
        {
            key: value
            for key, value in source.items()
            if key not in ("annotations", "videos") and (key, value) != ("terms", None)
        }
        for source in values["sources"]
    ]
    values["generate"].pop("threads")
    if not recipe.reformat.styles:
        values.pop("reformat")
    values["questions"] = recipe.questions.portable()
    values["verification"] = recipe.verification.portable()
    values["filters"] = dict(sorted(selection.lists.items())) | recipe.filters.quality
    return values


def _reformatter(folder: RunFolder, recipe: Recipe, state: RunState, selection: Selection) -> Reformatter | None:
    """Returns what makes the rows in other styles, None where the recipe asks for none."""
    if not recipe.reformat.styles:
        return None
    judge = Judge(recipe.verification, state.class_names, read_verdicts(folder.reformatted_file))
    return Reformatter(
        recipe.reformat, judge, lambda: (clip for clip in folder.clips() if clip.id not in selection.withheld)
    )


def _states(folder: RunFolder, state: RunState, plan: Plan, judge: Judge) -> Iterator[BlockState]:
    store = CompletionStore(folder.completions)
    for block in folder.blocks(state.block_bits):
        yield BlockState(block, store.read(block.number), plan, judge)


def _unusable_clips(block: BlockState) -> Iterator[UnusableRow]:
    for clip in block.block.clips:
        if (found := block.unusable(clip)) is not None:
            reason, detail = found
            yield UnusableRow(clip_id=clip.id, video=clip.video, reason=UnusableReason(reason), detail=detail)


def _unanswered(block: BlockState) -> Iterator[Unit]:
    for question in block.asked():
        if next(block.judged(question), None) is None:
            clip = block.clips[question.clip_id]
            yield Unit(clip.source, kind_of_question(question), clip.split.value)


def _judged(
    folder: RunFolder, state: RunState, plan: Plan, judge: Judge, reviewed: Reviewed, kept: list[KeptVerdict]
) -> Iterator[Judged]:
    """Yields the answers in the order of the dataset, as people decided where they did.

    The verifier's own verdicts are added to `kept` on the way.
    """
    for block in _states(folder, state, plan, judge):
        for question in block.asked():
            clip = block.clips[question.clip_id]
            for completion, verdict in block.judged(question):
                kept.append(verdict)
                yield reviewed.applied(
                    Judged(
                        question=question,
                        clip=clip,
                        completion=completion,
                        verdict=verdict.verdict,
                        also_true=also_true(question, clip),
                        duration=completion.duration,
                    )
                )


def _with_drops(judged: Iterable[Judged], drops: Mapping[str, Drop], kept_back: list[Row]) -> Iterator[Judged]:
    """Marks the answers that a filter drops; their lines of filtered.parquet are added to `kept_back` on the way."""
    for answer in judged:
        if (drop := drops.get(answer.id)) is not None:
            answer = replace(answer, drop=drop)
            kept_back.append(ledger_row(answer))
        yield answer
