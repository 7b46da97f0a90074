"""How a run stands: done, failing and missing by block, yields so far, and the time left at the pace so far."""

from __future__ import annotations

from dataclasses import dataclass

from vstar_data.executors.order import Workshop
from vstar_data.generation.block_state import BlockState
from vstar_data.generation.claims import Claims
from vstar_data.generation.store import CompletionStore
from vstar_data.records import Mode


@dataclass(frozen=True)
class BlockStanding:
    """One block: its usable clips and questions, and who works on it."""

    number: int
    clips: int
    questions: int
    settled: int
    failing: int
    holder: str | None


@dataclass(frozen=True)
class Standing:
    """A run.

    Attributes:
        blocks: Block by block.
        direct, rationalized: Questions accepted directly, and only by rationalization.
        seconds_left: Estimated from the times of the files of completions; None before there are two of them.
        ignored_lines: Lines of completions that do not parse.
        blind: Questions that are still to be asked blind, as far as is known.
    """

    blocks: tuple[BlockStanding, ...]
    direct: int
    rationalized: int
    seconds_left: float | None
    ignored_lines: int
    blind: int = 0

    @property
    def questions(self) -> int:
        """All questions that are asked."""
        return sum(block.questions for block in self.blocks)

    @property
    def settled(self) -> int:
        """Questions for which nothing more is to be made."""
        return sum(block.settled for block in self.blocks)


def standing(workshop: Workshop) -> Standing:
    """Reads how a run stands. Loads no model, writes nothing."""
    store, claims = CompletionStore(workshop.folder.completions), Claims(workshop.folder.claims)
    plan = workshop.plan(workshop.selection.takes)
    blocks = []
    direct = rationalized = ignored = open_blind = 0
    for block in workshop.folder.blocks(workshop.state.block_bits):
        state = BlockState(block, store.read(block.number), plan, workshop.judge)
        asked = list(state.asked())
        for question in asked:
            modes = {completion.mode for completion, kept in state.judged(question) if kept.verdict.accepted}
            direct += Mode.DIRECT in modes
            rationalized += modes == {Mode.RATIONALIZED}
        if (blind := workshop.blind(state)) is not None:
            open_blind += sum(not blind.settled(question) for question in blind.asked())
        holder = claims.live_holder(block.number)
        ignored += state.events.ignored_lines
        blocks.append(
            BlockStanding(
                number=block.number,
                clips=sum(map(state.known, block.clips)),
                questions=len(asked),
                settled=sum(map(state.settled, asked)),
                failing=sum(1 for _ in state.failing()),
                holder=str(holder) if holder else None,
            )
        )
    settled = sum(block.settled for block in blocks)
    left = sum(block.questions for block in blocks) - settled
    return Standing(tuple(blocks), direct, rationalized, _seconds_left(workshop, settled, left), ignored, open_blind)


def _seconds_left(workshop: Workshop, settled: int, left: int) -> float | None:
    """Estimates from the life of each file of completions: it is made with the first batch, changed with the last."""
    if not left:
        return 0.0
    spans = []
    for path in workshop.folder.completions.glob("*/*.jsonl"):
        begun = path.stem.rpartition("-")[2]
        try:
            spans.append(path.stat().st_mtime - int(begun, 16) / 1e9)
        except (ValueError, OSError):
            continue
    worked = sum(span for span in spans if span > 0)
    return worked / settled * left if worked and settled else None
