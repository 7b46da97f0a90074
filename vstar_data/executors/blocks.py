"""Working through the blocks of a run in one process: claim, read, work, release; what others hold is passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vstar_data.executors.order import Workshop
from vstar_data.generation.block_state import BlockState
from vstar_data.generation.claims import Claims
from vstar_data.generation.runner import Runner
from vstar_data.generation.store import CompletionStore
from vstar_data.generation.tally import Tally


@dataclass
class Survey:
    """What is left to do in the selected part of a run.

    Attributes:
        open_blocks: Blocks in which something is to be made.
        questions, settled: Questions that are asked, and those that need nothing more.
        blind: Questions that are still to be asked blind, as far as is known.
        failing: Requests that failed and are tried again at the next run.
        given_up: Requests that failed for good.
        latest_failure: What went wrong with one of them.
        ignored_lines: Lines of completions that do not parse.
        held: Of the open blocks, those that another live process holds, with its name.
    """

    open_blocks: list[int] = field(default_factory=list)
    questions: int = 0
    settled: int = 0
    blind: int = 0
    failing: int = 0
    given_up: int = 0
    latest_failure: str | None = None
    ignored_lines: int = 0
    held: dict[int, str] = field(default_factory=dict)


def survey(workshop: Workshop) -> Survey:
    """Reads all blocks and says what is left. Loads no model."""
    found = Survey()
    store, claims = CompletionStore(workshop.folder.completions), Claims(workshop.folder.claims)
    plan = workshop.plan()
    for block in workshop.folder.blocks(workshop.state.block_bits):
        if not any(map(workshop.selected, block.clips)):
            continue
        state = BlockState(block, store.read(block.number), plan, workshop.judge)
        asked = list(state.asked())
        settled = sum(map(state.settled, asked))
        found.questions += len(asked)
        found.settled += settled
        blind = workshop.blind(state)
        open_blind = sum(not blind.settled(question) for question in blind.asked()) if blind is not None else 0
        found.blind += open_blind
        for part in (state, blind) if blind is not None else (state,):
            failures = list(part.failing())
            found.failing += len(failures)
            found.given_up += part.given_up()
            found.latest_failure = failures[-1] if failures else found.latest_failure
            found.ignored_lines += part.events.ignored_lines
        if settled < len(asked) or open_blind:
            found.open_blocks.append(block.number)
            if holder := claims.live_holder(block.number):
                found.held[block.number] = str(holder)
    return found


def work(workshop: Workshop, open_blocks: frozenset[int], report: Callable[[Tally], None]) -> Tally:
    """Works through the open blocks that nobody else holds.

    Args:
        workshop: The run, and the part of it that is selected.
        open_blocks: The blocks to look at.
        report: Called with the tally after each batch.

    Raises:
        EngineError: The engine cannot be loaded.
        StorageError: The disk refuses.
    """
    store = CompletionStore(workshop.folder.completions)
    runner = Runner(workshop.engine, store, workshop.frame_source(), report)
    plan = workshop.plan()
    try:
        with Claims(workshop.folder.claims) as claims:
            for block in workshop.folder.blocks(workshop.state.block_bits):
                if block.number not in open_blocks or not claims.take(block.number):
                    continue
                try:
                    state = BlockState(block, store.read(block.number), plan, workshop.judge)
                    runner.work(state)
                    if (blind := workshop.blind(state)) is not None:
                        runner.work(blind, CompletionStore(workshop.folder.blind))
                finally:
                    claims.release(block.number)
    finally:
        runner.close()
    return runner.tally
