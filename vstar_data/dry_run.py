"""What a build would do, without a model: clips, questions, requests, frames, missing files. Writes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from vstar_data.build import BuildOptions, check_profile, selected, work_order
from vstar_data.dataset.filtering.pass_rate import check_pass_rate
from vstar_data.engines.loading import ENGINES, check_engine
from vstar_data.errors import UnusableClipError
from vstar_data.executors.order import covers
from vstar_data.executors.progress import Progress
from vstar_data.generation.blind import check_blind
from vstar_data.generation.keys import block_bits
from vstar_data.generation.preparation import open_sources, read_tables
from vstar_data.generation.withholding import check_filters
from vstar_data.questions.bank import LeakingQuestion, questions_of
from vstar_data.questions.kinds import kind_of_id
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Question


@dataclass(frozen=True)
class Forecast:
    """What a build would do.

    Attributes:
        clips: Clips that are selected, of `all_clips`.
        skipped: Rows without a clip, by reason.
        unusable: Clips whose file cannot be used, by reason; `missing` are some of the files that are not there.
        questions: By kind of question.
        leaking: Labels that no wording can ask about without giving them away.
        requests: Fewest and most texts to be made.
        frames: Frames to be decoded.
        example: One question.
        withheld: Clips that are left out altogether, by reason.
    """

    clips: int
    all_clips: int
    skipped: Counter[str]
    unusable: Counter[str]
    missing: tuple[str, ...]
    questions: Counter[str]
    leaking: int
    requests: tuple[int, int]
    frames: int
    example: Question | None
    withheld: dict[str, int]


def dry_run(recipe: Recipe, options: BuildOptions, progress: Progress) -> Forecast:
    """Reads the sources and counts.

    Args:
        recipe: The recipe, with its paths resolved.
        options: What the build would do.
        progress: Told how the work stands.

    Raises:
        UsageError: See `build`.
    """
    check_engine(recipe.engine)
    check_filters(recipe.filters, options.adapter_file)
    check_pass_rate(recipe)
    check_blind(recipe)
    if recipe.questions.written is not None:
        check_engine(recipe.questions.written.engine or recipe.engine)
        progress.say("questions that a model writes are not counted")
    if (blind := recipe.filters.blind) is not None:
        times = len(blind.variants) * blind.samples
        progress.say(f"blind answers are not counted: {times} for each question with an accepted direct answer")
    if recipe.render is not None:
        import tempfile
        from pathlib import Path

        import msgspec

        from vstar_data.demo import render_demo

        with tempfile.TemporaryDirectory() as folder:
            clips = render_demo(Path(folder))
            sources = tuple(
                msgspec.structs.replace(source, annotations=str(clips), videos=folder) for source in recipe.sources
            )
            return _forecast(msgspec.structs.replace(recipe, sources=sources), options, progress)
    return _forecast(recipe, options, progress)


def _forecast(recipe: Recipe, options: BuildOptions, progress: Progress) -> Forecast:
    needs_frames = ENGINES[recipe.engine].needs_frames
    sources = open_sources(recipe, adapter_file=options.adapter_file, needs_videos=needs_frames)
    progress.phase("reading annotations")
    tables = read_tables(sources, progress.tick)
    check_profile(recipe, tables)
    bits = block_bits(len(tables.clips), recipe.blocks.clips)
    roots = {source.settings.source: source.videos for source in sources}
    selection = selected(recipe, tables, options.adapter_file)
    order = work_order(tables, options, selection)
    chosen = [clip for clip in tables.clips if covers(order, clip, bits) and selection.takes(clip)]
    unusable: Counter[str] = Counter()
    missing: list[str] = []
    kinds: Counter[str] = Counter()
    leaking = usable = 0
    example: Question | None = None
    progress.phase("looking at videos")
    for clip in chosen:
        progress.tick()
        root = roots[clip.source]
        try:
            if root is not None:
                root.path(clip.video)
        except UnusableClipError as problem:
            unusable[problem.reason] += 1
            missing.append(clip.video)
            continue
        usable += 1
        for question in questions_of(clip, recipe.questions):
            if isinstance(question, LeakingQuestion):
                leaking += 1
                continue
            example = example or question
            kinds[kind_of_id(question.id)] += 1
    direct = sum(kinds.values()) * recipe.generate.samples
    return Forecast(
        clips=len(chosen),
        all_clips=len(tables.clips),
        skipped=Counter(row.reason.value for row in tables.skipped),
        unusable=unusable,
        missing=tuple(missing[:5]),
        questions=kinds,
        leaking=leaking,
        requests=(direct, direct + sum(kinds.values()) * recipe.generate.rationalizations),
        frames=usable * recipe.frames.count if needs_frames else 0,
        example=example,
        withheld=selection.counts(),
    )
