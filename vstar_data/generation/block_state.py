"""What is done and what is left in one block. Pure: it reads records and decides, it neither decodes nor generates.

Batches form from the block's full sequence of questions, as if nothing had been done before: clips that are not
selected or cannot be used leave holes, they move nobody. So the same requests meet in the same batch in every run of
the same clips. (Rationalizations form batches of what failed among the selected: another `--limit`, other batches.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vstar_data.generation.judging import Judge, KeptVerdict
from vstar_data.generation.keys import blind_id, completion_key, seed_of
from vstar_data.generation.prompts import messages
from vstar_data.generation.run_folder import Block
from vstar_data.generation.store import BlockEvents
from vstar_data.generation.videos import VideoRecord
from vstar_data.recipe.generate import GenerateSettings
from vstar_data.recipe.quality import BlindVariant
from vstar_data.records import Clip, Completion, Message, Mode, Question
from vstar_data.video.settings import FrameSettings


@dataclass(frozen=True)
class Plan:
    """What is asked of every question of a run.

    Attributes:
        generate: Samples, rationalizations, sampling, batch size.
        frames: The frame plan.
        fingerprint: The engine's.
        batched: Whether requests of one batch shape each other's text; else each counts by itself.
        videos: What is known of the files, by source and video.
        selected: Whether a clip is to be worked on now.
    """

    generate: GenerateSettings
    frames: FrameSettings
    fingerprint: str
    batched: bool
    videos: Mapping[tuple[str, str], VideoRecord]
    selected: Callable[[Clip], bool] = lambda clip: True


@dataclass(frozen=True)
class Sample:
    """One text to be made.

    Attributes:
        variant: What is shown in place of the video, where the question is asked blind.
        duration: The length of the clip in seconds, where it is known before the clip is looked at.
    """

    question: Question
    clip: Clip
    mode: Mode
    index: int
    seed: int
    key: str
    messages: tuple[Message, ...]
    variant: BlindVariant | None = None
    duration: float | None = None

    @property
    def id(self) -> str:
        """What the question is called in requests."""
        return self.question.id if self.variant is None else blind_id(self.variant, self.question.id)


class BlockState:
    """The state of one block.

    Args:
        block: Its clips and questions.
        events: What its files hold; grows while the block is worked on.
        plan: What is asked.
        judge: Decides which completions are accepted.
    """

    def __init__(self, block: Block, events: BlockEvents, plan: Plan, judge: Judge) -> None:
        self.block, self.events, self.plan, self.judge = block, events, plan, judge
        self.clips = {clip.id: clip for clip in block.clips}
        self._samples: dict[tuple[str, Mode, int], Sample] = {}
        self._verdicts: dict[str, tuple[Completion, KeptVerdict]] = {}

    def unusable(self, clip: Clip) -> tuple[str, str] | None:
        """Returns the reason code and the detail where a clip cannot be used, else None."""
        record = self.plan.videos.get((clip.source, clip.video))
        if record is None:
            return None
        if record.reason is not None:
            return record.reason.value, record.detail or ""
        event = self.events.unusable.get((clip.id, record.identity))
        return (event.reason.value, event.detail) if event else None

    def known(self, clip: Clip) -> bool:
        """Whether the clip's file was looked at and can be used, as far as is known."""
        return (clip.source, clip.video) in self.plan.videos and self.unusable(clip) is None

    def asked(self) -> Iterator[Question]:
        """Yields the questions that are to be answered now: of clips that are selected and can be used."""
        return (question for question in self.block.questions if self._active(question))

    def sample(self, question: Question, mode: Mode, index: int) -> Sample:
        """Returns the sample of a question: its seed, its messages and its key."""
        place = (question.id, mode, index)
        if place not in self._samples:
            clip = self.clips[question.clip_id]
            seed = seed_of(self.plan.generate.seed, question.id, mode, index)
            conversation = messages(question, mode)
            key = completion_key(
                clip=clip,
                identity=self.plan.videos[clip.source, clip.video].identity,
                frames={"count": self.plan.frames.count, "max_side": self.plan.frames.max_side},
                messages=conversation,
                fingerprint=self.plan.fingerprint,
                sampling=self.plan.generate.sampling,
                seed=seed,
            )
            self._samples[place] = Sample(question, clip, mode, index, seed, key, conversation)
        return self._samples[place]

    def direct_batches(self) -> Iterator[list[Sample]]:
        """Yields the batches of direct samples that are not whole, round by round: sample 0 of all, then sample 1."""
        for index in range(self.plan.generate.samples):
            yield from self._unfinished(self.block.questions, Mode.DIRECT, index)

    def rationalized_batches(self) -> Iterator[list[Sample]]:
        """Yields the batches of rationalizations that are not whole.

        A question is rationalized when all its direct samples are settled and none is accepted. Where batches shape
        the text, the block waits until every direct sample of it is settled, so that the batches are the same in
        every run.
        """
        failing = [question for question in self.asked() if self.needs_rationalization(question)]
        if self.plan.batched and not all(map(self.direct_settled, self.asked())):
            return
        for index in range(self.plan.generate.rationalizations):
            yield from self._unfinished(failing, Mode.RATIONALIZED, index)

    def direct_settled(self, question: Question) -> bool:
        """Whether nothing more is to be made directly for a question."""
        return all(self.events.settled(sample.key) for sample in self._direct(question))

    def needs_rationalization(self, question: Question) -> bool:
        """Whether all direct samples of a question are settled and none of them is accepted."""
        return self.direct_settled(question) and not any(
            kept.verdict.accepted for _, kept in self.judged_directly(question)
        )

    def lacks_rationalization(self, question: Question) -> bool:
        """Whether a question needs rationalizations and some of them are still to be made."""
        return self.needs_rationalization(question) and not self.settled(question)

    def settled(self, question: Question) -> bool:
        """Whether nothing more is to be made for a question."""
        if not self.direct_settled(question):
            return False
        return not self.needs_rationalization(question) or all(
            self.events.settled(self.sample(question, Mode.RATIONALIZED, index).key)
            for index in range(self.plan.generate.rationalizations)
        )

    def judged(self, question: Question) -> Iterator[tuple[Completion, KeptVerdict]]:
        """Yields the completions of a question that count, with their verdicts: direct ones, then rationalizations.

        Rationalizations count only where no direct sample is accepted.
        """
        yield from self.judged_directly(question)
        if self.needs_rationalization(question):
            yield from self._judged(question, Mode.RATIONALIZED, self.plan.generate.rationalizations)

    def judged_directly(self, question: Question) -> Iterator[tuple[Completion, KeptVerdict]]:
        """Yields the direct completions of a question that count, with their verdicts."""
        return self._judged(question, Mode.DIRECT, self.plan.generate.samples)

    def failing(self) -> Iterator[str]:
        """Yields what went wrong with each request that failed and will be tried again at the next run."""
        rounds = (
            (Mode.DIRECT, self.plan.generate.samples),
            (Mode.RATIONALIZED, self.plan.generate.rationalizations),
        )
        for question in self.asked():
            for mode, count in rounds:
                for index in range(count):
                    key = self.sample(question, mode, index).key
                    if self.events.failures[key] and not self.events.settled(key):
                        yield self.events.problems[key]

    def given_up(self) -> int:
        """Returns the number of requests that failed for good."""
        events = self.events
        return sum(events.settled(key) and key not in events.completions for key in events.failures)

    def _active(self, question: Question) -> bool:
        clip = self.clips[question.clip_id]
        return self.plan.selected(clip) and self.known(clip)

    def _direct(self, question: Question) -> list[Sample]:
        return [self.sample(question, Mode.DIRECT, index) for index in range(self.plan.generate.samples)]

    def _judged(self, question: Question, mode: Mode, count: int) -> Iterator[tuple[Completion, KeptVerdict]]:
        for index in range(count):
            completion = self.events.completions.get(self.sample(question, mode, index).key)
            if completion is not None:
                yield completion, self._verdict(completion, question)

    def _verdict(self, completion: Completion, question: Question) -> KeptVerdict:
        held = self._verdicts.get(completion.key)
        if held is None or held[0] is not completion:
            verdict = self.judge.kept(completion, question, self.clips[question.clip_id])
            held = self._verdicts[completion.key] = (completion, verdict)
        return held[1]

    def _unfinished(self, questions: Sequence[Question], mode: Mode, index: int) -> Iterator[list[Sample]]:
        size = self.plan.generate.batch_size
        for first in range(0, len(questions), size):
            group = questions[first : first + size]
            samples = [self.sample(question, mode, index) for question in group if self._active(question)]
            waiting = [sample for sample in samples if not self.events.settled(sample.key)]
            if waiting:
                yield [sample for sample in samples if self._made_again(sample)] if self.plan.batched else waiting

    def _made_again(self, sample: Sample) -> bool:
        return sample.key in self.events.completions or not self.events.settled(sample.key)
