"""The runner: works on one block: decodes ahead, keeps the engine full, judges, rationalizes what failed.

Every batch is on disk before the next one begins; what was there before is not made again.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from vstar_data.engines.engine import Engine
from vstar_data.errors import EngineError, UnusableClipError
from vstar_data.generation.blind import order_of, rearranged
from vstar_data.generation.block_state import BlockState, Sample
from vstar_data.generation.frame_source import FrameSource, as_shown, window_duration
from vstar_data.generation.store import ATTEMPTS, CompletionStore, Event
from vstar_data.generation.tally import Tally
from vstar_data.recipe.quality import BlindVariant
from vstar_data.records import Clip, Completion, Failure, Frames, Request, UnusableClip, UnusableReason


class Runner:
    """Works on blocks with one engine.

    Args:
        open_engine: Loads the engine; called when the first text is to be made.
        store: Where events go.
        frames: The frames of clips; None where the engine wants none.
        report: Called with the tally after each batch.
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        store: CompletionStore,
        frames: FrameSource | None,
        report: Callable[[Tally], None] = lambda tally: None,
    ) -> None:
        self._open_engine = open_engine
        self._store = store
        self._frames = frames
        self._report = report
        self._engine: Engine | None = None
        self._open: set[str] = set()
        self._open_in_clip: Counter[str] = Counter()
        self.tally = Tally()

    def work(self, state: BlockState, store: CompletionStore | None = None) -> None:
        """Makes what is missing in a block.

        Args:
            state: The block.
            store: Where events go, in place of the runner's own.

        Raises:
            EngineError: The engine cannot be loaded.
            StorageError: The disk refuses.
        """
        self._open = {question.id for question in state.asked() if not state.settled(question)}
        self._open_in_clip = Counter(question.clip_id for question in state.asked() if question.id in self._open)
        direct = list(state.direct_batches())
        self._expect(direct)
        for batch in direct:
            self._make(state, batch, store or self._store)
        rationalized = list(state.rationalized_batches())
        if self._frames is not None:
            kept = {sample.clip.id for batch in rationalized for sample in batch}
            for clip in state.block.clips:
                if clip.id not in kept:
                    self._frames.release(clip.id)
        self._expect(rationalized)
        for batch in rationalized:
            self._make(state, batch, store or self._store)
        if self._frames is not None:
            self._frames.release_all()

    def close(self) -> None:
        """Frees the engine and stops decoding."""
        if self._frames is not None:
            self._frames.close()
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _make(self, state: BlockState, batch: list[Sample], store: CompletionStore) -> None:
        """Answers one batch. One whose member cannot be read just now waits whole for the next run.

        At its last attempt such a member is left out, as it will be in every later run.
        """
        started, waited = time.monotonic(), self._waited()
        events: list[Event] = []
        unusable: dict[str, UnusableClip] = {}
        requests: list[Request] = []
        seen: dict[str, dict[str, Any]] = {}
        deferred = False
        for sample in batch:
            if sample.clip.id in unusable or state.unusable(sample.clip) is not None:
                continue
            try:
                frames = self._frames.frames(sample.clip) if self._frames is not None and _shows(sample) else None
            except (UnusableClipError, OSError) as problem:
                if isinstance(problem, UnusableClipError) and problem.reason != UnusableReason.MISSING:
                    unusable[sample.clip.id] = self._unusable(state, sample.clip, problem)
                    continue
                # A file that was there when the run looked at it and is not now may come back: no verdict on the clip.
                events.append(_failure(sample, type(problem).__name__, str(problem)))
                last = state.events.failures[sample.key] + 1 >= ATTEMPTS
                deferred = deferred or (state.plan.batched and not last)
                continue
            seen[sample.key] = _seen(sample, frames)
            requests.append(_request(sample, _shown(sample, frames) if frames is not None else None, state))
        if requests and not deferred:
            for answer in self._answers(requests):
                if isinstance(answer, Completion):
                    answer = msgspec.structs.replace(answer, **seen[answer.key])
                events.append(answer)
        events += unusable.values()
        store.append(state.block.number, events)
        questions = {sample.key: sample for sample in batch}
        for event in events:
            state.events.add(event)
            self._count(event, questions, state)
        self._count_settled(state, batch)
        self.tally.working += time.monotonic() - started
        self.tally.waiting += self._waited() - waited
        self._report(self.tally)

    def _answers(self, requests: list[Request]) -> Iterator[Completion | Failure]:
        if self._engine is None:
            started = time.monotonic()
            self._engine = self._open_engine()
            self.tally.loading += time.monotonic() - started
        coming = deque(requests)
        held: set[str] = set()
        while coming or held:
            while coming and len(held) < self._engine.capacity:
                held.add(coming[0].key)
                self._engine.submit(coming.popleft())
            answers = self._engine.collect()
            if not answers:
                raise EngineError("The engine holds requests and answers none.", found=f"{len(held)} unanswered")
            for answer in answers:
                held.discard(answer.key)
                yield answer

    def _count(self, event: Event, samples: dict[str, Sample], state: BlockState) -> None:
        if isinstance(event, Completion):
            sample = samples[event.key]
            self.tally.completions += 1
            self.tally.tokens += event.completion_tokens
            if sample.variant is not None:
                self.tally.blind += 1
            else:
                self.tally.judge(event, state.judge.verdict(event, sample.question, sample.clip))
        elif isinstance(event, Failure):
            self.tally.failures += 1
        else:
            self.tally.unusable += 1

    def _count_settled(self, state: BlockState, batch: list[Sample]) -> None:
        # A question that is asked blind was counted when it was answered.
        answered = (sample.question for sample in batch if sample.variant is None)
        for question in {question.id: question for question in answered}.values():
            if question.id in self._open and state.settled(question):
                self._open.discard(question.id)
                self._open_in_clip[question.clip_id] -= 1
                self.tally.settled += 1
                self.tally.clips += self._open_in_clip[question.clip_id] == 0

    def _unusable(self, state: BlockState, clip: Clip, problem: UnusableClipError) -> UnusableClip:
        identity = state.plan.videos[clip.source, clip.video].identity
        return UnusableClip(
            clip_id=clip.id, identity=identity, reason=UnusableReason(problem.reason), detail=problem.detail
        )

    def _expect(self, batches: list[list[Sample]]) -> None:
        if self._frames is not None:
            clips = {sample.clip.id: sample.clip for batch in batches for sample in batch if _shows(sample)}
            self._frames.expect(clips.values())

    def _waited(self) -> float:
        return self._frames.waited if self._frames is not None else 0.0


def _request(sample: Sample, frames: Frames | None, state: BlockState) -> Request:
    return Request(
        key=sample.key,
        question_id=sample.id,
        clip_id=sample.clip.id,
        mode=sample.mode,
        sample_index=sample.index,
        seed=sample.seed,
        messages=sample.messages,
        sampling=state.plan.generate.sampling,
        frames=frames,
    )


def _failure(sample: Sample, error: str, detail: str) -> Failure:
    return Failure(
        key=sample.key,
        question_id=sample.id,
        clip_id=sample.clip.id,
        mode=sample.mode,
        sample_index=sample.index,
        error=error,
        detail=detail[:500],
    )


def _shows(sample: Sample) -> bool:
    """Whether a sample is made with frames."""
    return sample.variant is not BlindVariant.NO_VIDEO


def _shown(sample: Sample, frames: Frames) -> Frames:
    """The frames as the model is shown them."""
    shown = as_shown(frames, sample.clip)
    if sample.variant is None:
        return shown
    return rearranged(shown, order_of(sample.variant, len(frames.indices), sample.seed))


def _seen(sample: Sample, frames: Frames | None) -> dict[str, Any]:
    """What a completion says of the frames that it was made with, in the order in which they were shown."""
    if frames is None:
        return {"duration": sample.duration or _duration(sample.clip, None)}
    if sample.variant is None:
        order: Sequence[int] = range(len(frames.indices))
    else:
        order = order_of(sample.variant, len(frames.indices), sample.seed)
    return {
        "frame_indices": tuple(frames.indices[place] for place in order),
        "frame_times": tuple(frames.times[place] for place in order),
        "duration": _duration(sample.clip, frames),
    }


def _duration(clip: Clip, frames: Frames | None) -> float | None:
    """The length of a clip in seconds, as far as the window or the frames tell."""
    if frames is not None:
        return window_duration(clip, frames.duration)
    return None if clip.end is None else clip.end - (clip.start or 0.0)
