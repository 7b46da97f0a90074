"""The judged answers of a run, question by question, as its dataset would hold them."""

from __future__ import annotations

from collections.abc import Iterator

from vstar_data.dataset.judged import Judged
from vstar_data.executors.order import Workshop
from vstar_data.generation.block_state import BlockState
from vstar_data.generation.judging import also_true
from vstar_data.generation.store import CompletionStore
from vstar_data.records import Mode

Answers = tuple[Judged, ...]
"""All judged answers to one question, at least one: direct ones first."""


def answers(workshop: Workshop) -> Iterator[Answers]:
    """Yields the answers to each question of a run that has any. Judges what was not judged before.

    Raises:
        StorageError: A file of the run cannot be read.
    """
    plan = workshop.plan(workshop.selection.takes)
    store = CompletionStore(workshop.folder.completions)
    for block in workshop.folder.blocks(workshop.state.block_bits):
        state = BlockState(block, store.read(block.number), plan, workshop.judge)
        for question in state.asked():
            clip = state.clips[question.clip_id]
            found = tuple(
                Judged(
                    question=question,
                    clip=clip,
                    completion=completion,
                    verdict=kept.verdict,
                    also_true=also_true(question, clip),
                    duration=completion.duration,
                )
                for completion, kept in state.judged(question)
            )
            if found:
                yield found


def direct(found: Answers) -> Answers:
    """Returns the direct answers to a question."""
    return tuple(judged for judged in found if judged.completion.mode is Mode.DIRECT)
