"""The work order: which part of a run a process works on, and how its recipe becomes a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vstar_data.adapters import VideoRoot
from vstar_data.engines.engine import Engine
from vstar_data.engines.loading import ENGINES, open_engine
from vstar_data.generation.blind import BlindState
from vstar_data.generation.block_state import BlockState, Plan
from vstar_data.generation.frame_source import FrameSource
from vstar_data.generation.judging import Judge, read_verdicts
from vstar_data.generation.keys import block_of
from vstar_data.generation.run_folder import RunFolder, RunState, clip_order
from vstar_data.generation.selection import selection_of
from vstar_data.generation.store import CompletionStore
from vstar_data.generation.videos import check_unchanged, read_videos
from vstar_data.recipe.loading import load_recipe
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Clip, Frames, Record

_DECODERS = 2
"""Threads that decode ahead in each process."""


class WorkOrder(Record, frozen=True):
    """Which part of a run is to be worked on. `limit`, `shard` and `shards` only select; they shape no text.

    Attributes:
        run: The run's folder.
        last: Hash and id of the last clip of a limited run, in the order of the hashes; null for all.
        shard: 0-based number of the shard, out of `shards`.
    """

    run: str
    last: tuple[int, str] | None = None
    shard: int = 0
    shards: int = 1


def covers(order: WorkOrder, clip: Clip, block_bits: int) -> bool:
    """Whether a work order covers a clip."""
    if order.last is not None and clip_order(clip) > order.last:
        return False
    return block_of(clip.id, block_bits) % order.shards == order.shard


class Workshop:
    """All that a process needs to work on a run, opened from its folder.

    Args:
        order: What to work on.
        recipe: In place of the run's own.
    """

    def __init__(self, order: WorkOrder, recipe: Recipe | None = None) -> None:
        self.order = order
        self.folder = RunFolder(Path(order.run))
        self.state: RunState = self.folder.state()
        self.recipe = recipe or load_recipe(str(self.folder.recipe))
        self.selection = selection_of(self.folder)
        self.videos = read_videos(self.folder.videos_file)
        self.judge = Judge(self.recipe.verification, self.state.class_names, read_verdicts(self.folder.verdicts_file))

    def plan(self, selected: Callable[[Clip], bool] | None = None) -> Plan:
        """Returns what is asked of every question."""
        return Plan(
            generate=self.recipe.generate,
            frames=self.recipe.frames,
            fingerprint=self.state.fingerprint,
            batched=ENGINES[self.recipe.engine].batched,
            videos=self.videos,
            selected=selected or self.selected,
        )

    def blind(self, answered: BlockState) -> BlindState | None:
        """Returns what is to be asked blind in a block, or None where the recipe wants nothing of the kind."""
        settings = self.recipe.filters.blind
        if settings is None:
            return None
        events = CompletionStore(self.folder.blind).read(answered.block.number)
        return BlindState(answered, events, settings, self.judge)

    def selected(self, clip: Clip) -> bool:
        """Whether the order covers a clip that the run's selection takes."""
        return covers(self.order, clip, self.state.block_bits) and self.selection.takes(clip)

    def engine(self) -> Engine:
        """Loads the engine of the recipe."""
        recipe = self.recipe
        return open_engine(
            recipe.engine,
            recipe.model or "",
            batch_size=recipe.generate.batch_size,
            threads=recipe.generate.threads,
            chat_template=Path(recipe.chat_template) if recipe.chat_template else None,
            trust_remote_code=recipe.trust_remote_code,
            fingerprint=self.state.fingerprint,
        )

    def frame_source(self) -> FrameSource | None:
        """Returns the source of frames, or None where the engine wants none."""
        if not ENGINES[self.recipe.engine].needs_frames:
            return None
        roots = {
            source.source: VideoRoot(Path(source.videos), self.recipe.follow_links)
            for source in self.recipe.sources
            if source.videos is not None
        }
        settings = self.recipe.frames

        def read(clip: Clip) -> Frames:
            from vstar_data.video import read_frames

            path = roots[clip.source].path(clip.video)
            try:
                return read_frames(path, start=clip.start, end=clip.end, fps=clip.fps, settings=settings)
            finally:
                # What was read must be what the identity stands for: else no frames, and no verdict on the clip.
                check_unchanged(path, self.videos[clip.source, clip.video])

        return FrameSource(read, workers=_DECODERS, ahead=max(2 * self.recipe.generate.batch_size, 8))
