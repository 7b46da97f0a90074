"""The main job: from a recipe to a dataset, and the same again to go on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import msgspec

from vstar_data.arrow import UnusableRow
from vstar_data.dataset.assemble import assemble
from vstar_data.dataset.counts import Counts
from vstar_data.dataset.filtering.pass_rate import check_pass_rate
from vstar_data.dataset.reformatting.reformatter import check_styles
from vstar_data.engines.engine import Engine
from vstar_data.engines.loading import ENGINES, check_engine, fingerprint_of, open_engine
from vstar_data.engines.models import ResolvedModel
from vstar_data.engines.replay import unmatched
from vstar_data.errors import BlocksClaimedError, RunError, UsageError
from vstar_data.executors import local
from vstar_data.executors.blocks import Survey, survey
from vstar_data.executors.order import WorkOrder, Workshop, covers
from vstar_data.executors.progress import Progress
from vstar_data.executors.timings import keep_timing
from vstar_data.files import alone_in
from vstar_data.generation.blind import check_blind
from vstar_data.generation.kept_settings import with_filters_of_run, with_styles_of_run, with_verification_of_run
from vstar_data.generation.keys import blind_id
from vstar_data.generation.preparation import Source, Tables, open_sources, prepare, read_tables
from vstar_data.generation.question_writing import Writer
from vstar_data.generation.rejudging import Changes
from vstar_data.generation.run_folder import RunFolder, RunState, clip_order
from vstar_data.generation.selection import Selection, select
from vstar_data.generation.store import CompletionStore
from vstar_data.generation.videos import identified
from vstar_data.generation.withholding import check_filters, unmatched_ids, unmatched_warning, withheld
from vstar_data.questions.kinds import QUESTION_KINDS
from vstar_data.questions.settings import WrittenSettings
from vstar_data.recipe.loading import load_recipe, save_recipe
from vstar_data.recipe.quality import BlindVariant
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Clip, UnusableReason, kind_of
from vstar_data.verification.profiles import check_kinds


@dataclass(frozen=True)
class BuildOptions:
    """What a build does with a recipe; none of it shapes a text.

    Attributes:
        out: The run's folder.
        adapter_file: A Python file with adapters of the user.
        limit: The number of clips to work on, those with the smallest hashes; None for all.
        shard, shards: 0-based shard out of so many.
        workers: Number of processes; 0 for as many as fit the machine.
        update: Whether changed clips or questions replace those of the run.
        keep_verification: Whether the answers are judged as the run was last assembled, not as the recipe says.
    """

    out: Path
    adapter_file: Path | None = None
    limit: int | None = None
    shard: int = 0
    shards: int = 1
    workers: int = 1
    update: bool = False
    keep_verification: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a build ended.

    Attributes:
        counts: The counts of the dataset.
        survey: What is left.
        unread: What kept files from being read just now, by clip id.
        made: Number of texts made by this build.
        changes: What became of answers that an earlier build judged on other grounds.
    """

    counts: Counts
    survey: Survey
    unread: dict[str, str] = field(default_factory=dict)
    made: int = 0
    changes: Changes = field(default_factory=Changes)


def build(recipe: Recipe, options: BuildOptions, progress: Progress) -> Outcome:
    """Builds a dataset, or goes on where an earlier build stopped.

    Args:
        recipe: The recipe, with its paths resolved.
        options: What to do.
        progress: Told how the work stands.

    Returns:
        How it ended.

    Raises:
        UsageError: Something is missing or wrong; found before any work is done.
        RunError: Disk, network or model failed; what was made is kept.
    """
    try:
        return _build(recipe, options, progress)
    finally:
        if (timing := progress.timing(options.workers)) is not None:
            keep_timing(options.out, timing, progress.say)


def _build(recipe: Recipe, options: BuildOptions, progress: Progress) -> Outcome:
    folder = RunFolder(options.out)
    asked_for = recipe.model or ""
    check_engine(recipe.engine)
    if not asked_for:
        raise UsageError("No model is given.", expected="--model ID|DIR, or `model` in the recipe", mend="--model demo")
    recipe = with_filters_of_run(_pinned(recipe, folder), folder, progress.say, update=options.update)
    recipe = with_styles_of_run(recipe, folder, progress.say)
    if options.keep_verification:
        recipe = with_verification_of_run(recipe, folder, progress.say)
    check_filters(recipe.filters, options.adapter_file)
    check_pass_rate(recipe)
    check_blind(recipe)
    if recipe.render is not None:
        _fingerprint(recipe)
        recipe = _rendered(recipe, folder)
    sources = open_sources(recipe, adapter_file=options.adapter_file, needs_videos=ENGINES[recipe.engine].needs_frames)
    recipe = msgspec.structs.replace(recipe, sources=tuple(source.settings for source in sources))
    folder.check_usable()
    progress.phase("reading annotations")
    tables = read_tables(sources, progress.tick)
    check_profile(recipe, tables)
    selection = selected(recipe, tables, options.adapter_file)
    fingerprint, model = _fingerprint(recipe)
    if recipe.engine == "transformers":
        recipe = msgspec.structs.replace(recipe, model=model.reference)
    # One process at a time: of two first shards, one makes the questions and the other reads them.
    with alone_in(folder.path):
        prepared = prepare(folder, recipe, tables, update=options.update, writer=_writer(recipe, folder, progress))
    state = msgspec.structs.replace(
        prepared,
        fingerprint=fingerprint,
        model=model.reference if model.commit else fingerprint,
        asked_for=asked_for,
        terms={source.settings.source: source.adapter.terms for source in sources},
    )
    folder.save_state(state)
    save_recipe(recipe, folder.recipe)
    if recipe.engine == "replay":
        _announce_unmatched(Path(recipe.model or ""), folder, progress)
    folder.write_selection(selection)
    order = work_order(tables, options, selection)
    chosen = [clip for clip in tables.clips if covers(order, clip, state.block_bits) and selection.takes(clip)]
    unread = _look_at_videos(folder, sources, tables, chosen, progress)
    _warn_of_empty_roots(folder, sources, chosen, progress)
    workshop = Workshop(order)
    before = survey(workshop)
    _announce(before, tables, state, selection, progress)
    if unmatched := unmatched_ids(tables.clips, recipe.filters):
        progress.say(unmatched_warning(unmatched))
    made = 0
    if before.open_blocks:
        _refuse_claimed(before)
        workers = options.workers or local.automatic_workers(recipe.generate.threads)
        progress.begin_work(before.questions, before.settled)
        tally = local.run(workshop, before.open_blocks, workers, progress.work)
        progress.end_work(tally)
        made = tally.completions
    assembled = assemble(folder, recipe, state, workshop.plan(selection.takes), workshop.judge)
    left = survey(workshop) if made or before.open_blocks else before
    return Outcome(assembled.counts, left, unread, made, assembled.changes)


def check_profile(recipe: Recipe, tables: Tables) -> None:
    """Checks that the profile can judge whatever the questions will have for targets.

    Raises:
        UsageError: It cannot, or what it needs is not installed.
    """
    held = {kind_of(label) for clip in tables.clips for label in clip.labels}
    asked = {
        target
        for kind in recipe.questions.kinds
        for target in QUESTION_KINDS[kind].targets
        if held.intersection(QUESTION_KINDS[kind].made_from)
    }
    check_styles(recipe)
    check_kinds(recipe.verification.profile, asked, recipe.verification.embedder)


def _pinned(recipe: Recipe, folder: RunFolder) -> Recipe:
    """Takes the commit of a Hub model from the run, if it has one: a rerun needs no network and no newer commit."""
    if folder.exists() and folder.recipe.is_file() and folder.state().asked_for == recipe.model:
        return msgspec.structs.replace(recipe, model=load_recipe(str(folder.recipe)).model)
    return recipe


def _fingerprint(recipe: Recipe) -> tuple[str, ResolvedModel]:
    return fingerprint_of(
        recipe.engine,
        recipe.model or "",
        Path(recipe.chat_template) if recipe.chat_template else None,
        trust_remote_code=recipe.trust_remote_code,
    )


def _writer(recipe: Recipe, folder: RunFolder, progress: Progress) -> Callable[[], Writer] | None:
    """Returns how to come by what writes questions, where the recipe wants written ones."""
    written = recipe.questions.written
    if written is None or not (written.per_source or written.per_clip):
        return None
    check_engine(written.engine or recipe.engine)
    return lambda: _open_writer(recipe, written, folder, progress)


def _open_writer(recipe: Recipe, written: WrittenSettings, folder: RunFolder, progress: Progress) -> Writer:
    """Finds the model that writes: that of `questions.written`, or else the recipe's."""
    engine, model = written.engine or recipe.engine, written.model or recipe.model or ""
    template = Path(recipe.chat_template) if recipe.chat_template and not written.model else None
    trusted = recipe.trust_remote_code
    fingerprint, resolved = fingerprint_of(engine, model, template, trust_remote_code=trusted)

    def opened() -> Engine:
        progress.phase("writing questions")
        return open_engine(
            engine,
            resolved.reference if engine == "transformers" else model,
            batch_size=recipe.generate.batch_size,
            threads=recipe.generate.threads,
            chat_template=template,
            trust_remote_code=trusted,
            fingerprint=fingerprint,
        )

    published = resolved.reference if resolved.commit else fingerprint

    return Writer(CompletionStore(folder.written), fingerprint, published, opened, progress.say, progress.tick)


def _rendered(recipe: Recipe, folder: RunFolder) -> Recipe:
    """Draws the demo's clips into the run's folder and points the sources at them."""
    from vstar_data.demo import render_demo

    folder.check_usable()
    clips = render_demo(folder.rendered_videos)
    sources = (
        msgspec.structs.replace(source, annotations=str(clips), videos=str(folder.rendered_videos))
        for source in recipe.sources
    )
    return msgspec.structs.replace(recipe, sources=tuple(sources))


def _warn_of_empty_roots(folder: RunFolder, sources: list[Source], chosen: list[Clip], progress: Progress) -> None:
    """Says where not one video of a source was found: most often the folder is another."""
    known = folder.videos()
    for source in sources:
        clips = [clip for clip in chosen if clip.source == source.settings.source]
        records = [known.get((clip.source, clip.video)) for clip in clips]
        if clips and all(record is not None and record.reason is UnusableReason.MISSING for record in records):
            root = source.settings.videos
            progress.say(
                f"warning: none of the {len(clips)} videos of {source.settings.source} is in {root}, such as "
                f"{clips[0].video}: check --videos"
            )


def _look_at_videos(
    folder: RunFolder,
    sources: list[Source],
    tables: Tables,
    chosen: list[Clip],
    progress: Progress,
) -> dict[str, str]:
    """Identifies the files of the chosen clips and writes the ledger of what cannot be used so far."""
    progress.phase("looking at videos")
    known = folder.videos()
    roots = {source.settings.source: source.videos for source in sources}
    found, unread = identified(chosen, roots, known, tick=progress.tick)
    with alone_in(folder.path):
        # Another shard of the run may have added what it found meanwhile.
        videos = {**folder.videos(), **found}
        folder.write_videos(videos.values())
    records = ((clip, videos.get((clip.source, clip.video))) for clip in tables.clips)
    folder.write_unusable(
        [
            *tables.skipped,
            *(
                UnusableRow(clip_id=clip.id, video=clip.video, reason=record.reason, detail=record.detail or "")
                for clip, record in records
                if record is not None and record.reason is not None
            ),
        ]
    )
    return unread


def selected(recipe: Recipe, tables: Tables, adapter_file: Path | None) -> Selection:
    """Returns which clips are worked on: what the caps and weights of the sources allow and no filter withholds."""
    found, lists = withheld(tables.clips, recipe.filters, adapter_file)
    return select(lambda: tables.clips, recipe.sources, found, lists)


def work_order(tables: Tables, options: BuildOptions, selection: Selection) -> WorkOrder:
    """Returns which part of the run is worked on: a limit takes, of those selected, the smallest hashes."""
    last = None
    if options.limit is not None:
        taken = list(islice(filter(selection.takes, tables.clips), options.limit + 1))
        last = clip_order(taken[options.limit - 1]) if len(taken) > options.limit else None
    return WorkOrder(run=str(options.out), last=last, shard=options.shard, shards=options.shards)


def _announce(before: Survey, tables: Tables, state: RunState, selection: Selection, progress: Progress) -> None:
    progress.say(f"{len(tables.clips)} clips; {before.questions} questions to settle, {before.settled} of them settled")
    if tables.skipped:
        progress.say(f"{len(tables.skipped)} rows gave no clip; unusable.parquet says why")
    if selection.shares:
        taken = sum(map(selection.takes, tables.clips))
        progress.say(f"{taken} of the clips are taken, by the caps and weights of the sources")
        for source, share in selection.shares.items():
            if share.last is not None and share.last[0] < 0:
                progress.say(f"warning: no clip of the source {source} is taken: its weight leaves it none")
    for reason, count in selection.counts().items():
        progress.say(f"{count} clips are left out: {reason}")
    if state.leaking_questions:
        progress.say(f"{state.leaking_questions} labels are not asked about: any wording would give them away")
    if before.blind:
        progress.say(f"{before.blind} questions are still to be asked blind")
    if before.ignored_lines:
        progress.say(f"{before.ignored_lines} unreadable lines of completions are ignored")


def _announce_unmatched(answers: Path, folder: RunFolder, progress: Progress) -> None:
    known = (
        (name, question.clip_id)
        for question in folder.questions()
        for name in (question.id, *(blind_id(variant, question.id) for variant in BlindVariant))
    )
    found = unmatched(answers, known)
    if found:
        progress.say(
            f"warning: answers to {len(found)} questions that this run does not ask, such as {found[0]} "
            f"(questions.parquet lists those it asks)"
        )


def _refuse_claimed(before: Survey) -> None:
    if before.held and len(before.held) == len(before.open_blocks):
        holders = sorted(set(before.held.values()))
        raise BlocksClaimedError(
            "All the work that is left is being done already.",
            found=f"{len(before.held)} blocks held by {', '.join(holders[:3])}",
            mend="wait for it, or stop it and run the same command again",
        )


def check_outcome(outcome: Outcome, *, fail_on_unusable: bool) -> None:
    """Raises what a build that could not finish ends with.

    Args:
        outcome: How the build ended.
        fail_on_unusable: Whether a row or clip that cannot be used counts as a failure.

    Raises:
        BlocksClaimedError: Other processes hold what is left.
        RunError: Requests failed, or files could not be read, and will be tried again; or a clip is unusable.
    """
    left = outcome.survey
    if left.held:
        raise BlocksClaimedError(
            "Other processes are still working on this run.",
            found=f"{len(left.held)} blocks held by {', '.join(sorted(set(left.held.values()))[:3])}",
            mend="wait for them, then run the same command again: it assembles the whole",
        )
    if outcome.unread:
        clip, problem = min(outcome.unread.items())
        raise RunError(
            f"{len(outcome.unread)} videos could not be read just now.",
            where=clip,
            found=problem,
            mend="run the same command again",
        )
    if left.open_blocks:
        raise RunError(
            f"{left.failing} requests failed, {left.questions - left.settled + left.blind} questions are not settled.",
            found=left.latest_failure,
            mend="run the same command again: a request is tried in three runs, then it counts as not accepted",
        )
    if fail_on_unusable and (unusable := sum(outcome.counts.unusable.values())):
        raise RunError(
            f"{unusable} rows or clips cannot be used.",
            expected="none, by --fail-on-unusable",
            found=", ".join(f"{count} {reason}" for reason, count in sorted(outcome.counts.unusable.items())),
            mend="unusable.parquet names each",
        )
