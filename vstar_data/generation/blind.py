"""Asking blind: the questions of a block that have an accepted direct answer once more, without what the video shows.

A blind answer is made and kept like any other, under a key that names its variant, in the run's folder `blind/`. It is
never published: it only tells which questions can be answered without seeing the video.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from vstar_data.engines.loading import ENGINES
from vstar_data.engines.replay import questions_named
from vstar_data.errors import UsageError
from vstar_data.generation.block_state import BlockState, Sample
from vstar_data.generation.judging import Judge, KeptVerdict
from vstar_data.generation.keys import blind_id, completion_key, seed_of
from vstar_data.generation.prompts import messages
from vstar_data.generation.store import BlockEvents
from vstar_data.recipe.quality import BlindSettings, BlindVariant
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Frames, Message, Mode, Question


def blind_messages(question: Question, variant: BlindVariant) -> tuple[Message, ...]:
    """Returns the conversation of a direct answer; without the video where none is shown."""
    asked = messages(question, Mode.DIRECT)
    if variant is not BlindVariant.NO_VIDEO:
        return asked
    return tuple(
        msgspec.structs.replace(turn, content=tuple(part for part in turn.content if part.type != "video"))
        for turn in asked
    )


def order_of(variant: BlindVariant, count: int, seed: int) -> tuple[int, ...]:
    """Returns which frame is shown in each place: the middle one in all, or all in an order that is not their own.

    Args:
        variant: One that shows frames.
        count: Number of frames, at least 1.
        seed: Of the sample.
    """
    if variant is BlindVariant.ONE_FRAME:
        return (count // 2,) * count
    order = list(range(count))
    chance = random.Random(seed)
    while count > 1 and order == sorted(order):
        chance.shuffle(order)
    return tuple(order)


def rearranged(frames: Frames, order: Sequence[int]) -> Frames:
    """Returns frames with other pixels in their places; what the model is told of their times stays."""
    return replace(frames, pixels=frames.pixels[list(order)])


class BlindState(BlockState):
    """What is to be asked blind in one block.

    Its rounds are those of the first variant, then those of the next one. Where batches shape the text, nothing is
    asked before every direct sample of the block is settled, so that the batches are the same in every run.

    Args:
        answered: The block with its answers.
        events: What its files of blind answers hold; grows while the block is worked on.
        settings: The variants, and how often each is asked.
        judge: Decides which answers are right.
    """

    def __init__(self, answered: BlockState, events: BlockEvents, settings: BlindSettings, judge: Judge) -> None:
        # The length of each clip as the verifier knew it: blind answers must not be judged otherwise.
        self._durations: dict[str, float | None] = {}
        for question in _ready(answered):
            for completion, kept in answered.judged_directly(question):
                if kept.verdict.accepted:
                    self._durations.setdefault(question.id, completion.duration)
        wanted = tuple(question for question in answered.block.questions if question.id in self._durations)
        rounds = len(settings.variants) * settings.samples
        generate = msgspec.structs.replace(answered.plan.generate, samples=rounds, rationalizations=0)
        super().__init__(
            replace(answered.block, questions=wanted), events, replace(answered.plan, generate=generate), judge
        )
        self.settings = settings

    def sample(self, question: Question, mode: Mode, index: int) -> Sample:
        """Returns the sample of a question: variant by variant, `settings.samples` of each."""
        place = (question.id, mode, index)
        if place not in self._samples:
            number, index_in_variant = divmod(index, self.settings.samples)
            self._samples[place] = self._blind_sample(question, self.settings.variants[number], index_in_variant)
        return self._samples[place]

    def rationalized_batches(self) -> Iterator[list[Sample]]:
        """Yields none: a blind answer that is wrong is what one hopes for."""
        return iter(())

    def settled(self, question: Question) -> bool:
        """Whether nothing more is to be made for a question; judges nothing."""
        return self.direct_settled(question)

    def answers(self, question: Question) -> dict[BlindVariant, list[bool]]:
        """Returns for each variant whether each blind answer to a question is right."""
        found: dict[BlindVariant, list[bool]] = {}
        for index in range(self.plan.generate.samples):
            completion = self.events.completions.get(self.sample(question, Mode.DIRECT, index).key)
            if completion is not None:
                variant = self.settings.variants[index // self.settings.samples]
                found.setdefault(variant, []).append(self._verdict(completion, question).verdict.accepted)
        return found

    def verdicts(self) -> Iterator[KeptVerdict]:
        """Yields the verdicts on all blind answers that count."""
        for question in self.asked():
            for _, kept in self.judged_directly(question):
                yield kept

    def _blind_sample(self, question: Question, variant: BlindVariant, index: int) -> Sample:
        clip = self.clips[question.clip_id]
        seed = seed_of(self.plan.generate.seed, blind_id(variant, question.id), Mode.DIRECT, index)
        conversation = blind_messages(question, variant)
        key = completion_key(
            clip=clip,
            identity=self.plan.videos[clip.source, clip.video].identity,
            frames={"count": self.plan.frames.count, "max_side": self.plan.frames.max_side},
            messages=conversation,
            fingerprint=self.plan.fingerprint,
            sampling=self.plan.generate.sampling,
            seed=seed,
            variant=variant.value,
        )
        duration = self._durations[question.id]
        return Sample(question, clip, Mode.DIRECT, index, seed, key, conversation, variant, duration)


def _ready(answered: BlockState) -> list[Question]:
    """Returns the questions whose direct answers are all there; none, where batches wait for the others."""
    asked = list(answered.asked())
    settled = [question for question in asked if answered.direct_settled(question)]
    return [] if answered.plan.batched and len(settled) < len(asked) else settled


def check_blind(recipe: Recipe) -> None:
    """Checks that the engine of a recipe can answer blind: one that shows nothing needs answers that were made so.

    Raises:
        UsageError: It is `replay`, and its file has no answers in a variant.
    """
    settings = recipe.filters.blind
    if settings is None or ENGINES[recipe.engine].needs_frames:
        return
    named = questions_named(Path(recipe.model or ""))
    for variant in settings.variants:
        if not any(name.startswith(blind_id(variant, "")) for name in named):
            raise UsageError(
                f"The engine {recipe.engine} shows nothing, so it cannot ask with {variant}.",
                where="filters.blind",
                expected=f"answers to `{blind_id(variant, '<id of the question>')}` in {recipe.model}",
                found="none",
                mend=f"add them, or leave `filters.blind.{variant}` out",
            )
