"""Preparation: from a recipe to the tables of a run, before any answer is made.

Clips and questions are written once and read back, so that a wording changed later orphans nothing. If what they were
made from has changed, the preparation says so and stops, unless it is told to update.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from vstar_data.adapters import LabelAdapter, VideoRoot, make_adapter, read_source
from vstar_data.arrow import UnusableRow
from vstar_data.errors import UsageError
from vstar_data.generation.keys import block_bits
from vstar_data.generation.question_writing import Writer, write_questions
from vstar_data.generation.run_folder import RunFolder, RunState, clip_order
from vstar_data.questions.bank import LeakingQuestion, questions_of
from vstar_data.questions.rivals import rival_names
from vstar_data.recipe.recipe import Recipe, SourceSettings
from vstar_data.records import Clip, Question, Skipped, UnusableReason


@dataclass(frozen=True)
class Source:
    """A source that is ready to be read: all it needs is there."""

    settings: SourceSettings
    adapter: LabelAdapter
    annotations: Path
    videos: VideoRoot | None


@dataclass(frozen=True)
class Tables:
    """What the sources hold: clips in the run's order, and the rows that gave none."""

    clips: tuple[Clip, ...]
    skipped: tuple[UnusableRow, ...]


def open_sources(recipe: Recipe, *, adapter_file: Path | None, needs_videos: bool) -> list[Source]:
    """Checks that each source has what it needs.

    Args:
        recipe: The recipe, with its paths resolved.
        adapter_file: A Python file with adapters of the user.
        needs_videos: Whether the engine is shown frames.

    Raises:
        UsageError: Annotations or videos are not given or not there; says which files, from where, in which layout.
        UnknownNameError: No such adapter.
    """
    sources = []
    for given in recipe.sources:
        adapter = make_adapter(given.adapter, given.adapter_options, adapter_file)
        settings = _with_own_videos(given) if adapter.folder_holds_videos else given
        missing = [] if settings.annotations else ["--annotations"]
        missing += ["--videos"] if needs_videos and not settings.videos else []
        if missing:
            name = recipe.name if len(recipe.sources) == 1 else settings.source
            needs = (adapter.needs or (type(adapter).__doc__ or "")).strip()
            raise UsageError(
                f'The source "{settings.source}" needs {" and ".join(missing)}.',
                expected="\n".join(line.strip() for line in needs.splitlines()) or None,
                mend=f"give {' and '.join(f'{name} PATH' for name in missing)}, or set VSTAR_DATA_ROOT to a folder "
                f"with {name}/annotations and {name}/videos in it",
            )
        annotations = Path(settings.annotations or "")
        if not annotations.exists():
            raise UsageError(
                "The annotations are not there.",
                where=str(annotations),
                expected="a file or folder that exists",
                mend="check --annotations, or `annotations` in the recipe",
            )
        videos = VideoRoot(Path(settings.videos), recipe.follow_links) if settings.videos else None
        sources.append(Source(settings, adapter, annotations, videos))
    return sources


def _with_own_videos(source: SourceSettings) -> SourceSettings:
    """Takes a folder of annotations for the folder of the videos where none is named."""
    if source.videos is not None or source.annotations is None or not Path(source.annotations).is_dir():
        return source
    return msgspec.structs.replace(source, videos=source.annotations)


def read_tables(sources: Iterable[Source], tick: Callable[[], None] = lambda: None) -> Tables:
    """Reads all sources.

    Args:
        sources: The sources.
        tick: Called once a row.

    Raises:
        AnnotationError: Annotations cannot be read; a split has no clips.
    """
    clips: list[Clip] = []
    skipped: list[UnusableRow] = []
    for source in sources:
        name = source.settings.source
        rows = read_source(source.adapter, source.annotations, source.videos, source=name, split=source.settings.split)
        for row in rows:
            tick()
            if isinstance(row, Skipped):
                detail = f"{row.where}: {row.detail}" if row.where else row.detail
                skipped.append(UnusableRow(clip_id=None, video=row.video, reason=row.reason, detail=detail))
            elif _is_text(row):
                clips.append(row)
            else:
                detail = f"{row.id!r}: a name that is no valid Unicode"
                skipped.append(
                    UnusableRow(clip_id=None, video=None, reason=UnusableReason.MALFORMED_ROW, detail=detail)
                )
    return Tables(tuple(sorted(clips, key=clip_order)), tuple(skipped))


def prepare(
    folder: RunFolder, recipe: Recipe, tables: Tables, *, update: bool, writer: Callable[[], Writer] | None = None
) -> RunState:
    """Writes the tables of a new run, or checks that those of an old one still hold.

    Args:
        folder: The run's folder.
        recipe: The recipe.
        tables: What its sources hold now.
        update: Whether changed clips and questions replace those of the run.
        writer: Returns what writes questions, where the recipe wants written ones; called when it is needed.

    Returns:
        What is fixed for the run; its block bits never change once set.

    Raises:
        UsageError: The annotations or the settings of the questions are not those the run was begun with.
    """
    digest = clips_digest(tables.clips)
    wanted = recipe.questions.portable()
    old = folder.state() if folder.exists() else None
    if old is not None and (old.clips_digest, old.questions) == (digest, wanted):
        _make_missing(folder, recipe, tables, writer)
        return old
    if old is not None and not update:
        raise UsageError(
            "The run was begun with other clips or questions.",
            where=str(folder.path),
            expected=_told(old.clips, old.questions),
            found="; ".join(
                [_told(len(tables.clips), wanted), *_changes(old.questions, wanted), *_difference(folder, tables.clips)]
            ),
            mend="--update takes the new ones in (answers to unchanged questions are kept), or choose another --out",
        )
    whole = folder.clips_file.exists() and folder.questions_file.exists()
    kept = _kept_questions(folder, tables.clips) if old is not None and whole and old.questions == wanted else {}
    if old is not None:
        # Whatever stops us between the tables: this digest fits no annotations.
        folder.save_state(msgspec.structs.replace(old, clips_digest=""))
    questions, leaking = _questions(tables.clips, recipe, kept, writer)
    folder.write_clips(tables.clips)
    folder.write_questions(questions)
    state = RunState(
        block_bits=old.block_bits if old is not None else block_bits(len(tables.clips), recipe.blocks.clips),
        clips=len(tables.clips),
        clips_digest=digest,
        questions=wanted,
        leaking_questions=leaking,
        class_names=rival_names(tables.clips),
    )
    folder.save_state(state)
    return state


def _make_missing(folder: RunFolder, recipe: Recipe, tables: Tables, writer: Callable[[], Writer] | None) -> None:
    """Writes the tables that somebody has removed; the clips are those of the run."""
    if not folder.clips_file.exists():
        folder.write_clips(tables.clips)
    if not folder.questions_file.exists():
        folder.write_questions(_questions(tables.clips, recipe, {}, writer)[0])


def _questions(
    clips: Sequence[Clip], recipe: Recipe, kept: Mapping[str, list[Question]], writer: Callable[[], Writer] | None
) -> tuple[list[Question], int]:
    """Returns the questions about clips, in their order, and how many would have given their answer away."""
    questions: list[Question] = []
    leaking = 0
    written = write_questions(writer(), clips, recipe.questions) if writer is not None else None
    for clip in clips:
        for question in kept[clip.id] if clip.id in kept else questions_of(clip, recipe.questions, written):
            if isinstance(question, LeakingQuestion):
                leaking += 1
            else:
                questions.append(question)
    return questions, leaking


def _kept_questions(folder: RunFolder, clips: Iterable[Clip]) -> dict[str, list[Question]]:
    """Returns the run's questions about clips that have not changed: a new wording must not orphan their answers."""
    before = {clip.id: clip for clip in folder.clips()}
    kept: dict[str, list[Question]] = {clip.id: [] for clip in clips if before.get(clip.id) == clip}
    for question in folder.questions():
        if question.clip_id in kept:
            kept[question.clip_id].append(question)
    return kept


def _is_text(clip: Clip) -> bool:
    """Whether id and video can be stored: a file's name may hold bytes that are no text."""
    try:
        (clip.id + clip.video).encode()
    except UnicodeEncodeError:
        return False
    return True


def clips_digest(clips: Iterable[Clip]) -> str:
    """Returns the SHA-256 over the sorted records of clips: the order of the rows does not matter."""
    digest = hashlib.sha256()
    for line in sorted(msgspec.json.encode(clip, order="sorted") for clip in clips):
        digest.update(line + b"\n")
    return digest.hexdigest()


def _told(clips: int, questions: Mapping[str, object]) -> str:
    kinds = questions.get("kinds")
    return f"{clips} clips, questions about {', '.join(map(str, kinds)) if isinstance(kinds, (list, tuple)) else kinds}"


def _changes(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """Says which settings of the questions are others now. Kinds are told with the clips."""
    keys = sorted((before.keys() | now.keys()) - {"kinds"})
    return [
        f"questions.{key} {_plain(before.get(key))} before, {_plain(now.get(key))} now"
        for key in keys
        if before.get(key) != now.get(key)
    ]


def _plain(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _difference(folder: RunFolder, new: Iterable[Clip]) -> list[str]:
    """Says how clips differ from those of a run; empty where these are gone."""
    if not folder.clips_file.exists():
        return []
    before = {clip.id: clip for clip in folder.clips()}
    after = {clip.id: clip for clip in new}
    changed = sum(before[clip_id] != after[clip_id] for clip_id in before.keys() & after.keys())
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return [f"{added} clips added, {removed} removed, {changed} changed"]
