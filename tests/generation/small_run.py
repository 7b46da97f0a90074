"""A block small enough to follow by hand: clips with a question each, an engine and a judge with simple rules."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vstar_data.generation.block_state import BlockState, Plan, Sample
from vstar_data.generation.judging import KeptVerdict
from vstar_data.generation.run_folder import Block
from vstar_data.generation.store import BlockEvents, CompletionStore
from vstar_data.generation.videos import VideoRecord
from vstar_data.recipe.generate import GenerateSettings
from vstar_data.records import (
    ClassLabel,
    Clip,
    Completion,
    Failure,
    Frames,
    Mode,
    Question,
    Request,
    Verdict,
)
from vstar_data.video.settings import FrameSettings

RIGHT, WRONG = "This is right.", "This is wrong."

Rule = Callable[[Request], str | Failure]


class RuleEngine:
    """Answers by a rule. Batched, what it says also depends on all that it answers together, as with a real model.

    Attributes:
        batches: The places (question, mode, sample) of each batch, in the order in which they were answered.
        closed: Whether it was closed.
    """

    needs_frames = True

    def __init__(self, rule: Rule, *, capacity: int = 100, batched: bool = True, stop_after: int | None = None) -> None:
        self.rule, self.capacity, self.batched, self.stop_after = rule, capacity, batched, stop_after
        self.batches: list[list[tuple[str, str, int]]] = []
        self.closed = False
        self._held: list[Request] = []

    @property
    def calls(self) -> Counter[tuple[str, str, int]]:
        """How often each sample was answered."""
        return Counter(place for batch in self.batches for place in batch)

    def submit(self, request: Request) -> None:
        assert len(self._held) < self.capacity
        self._held.append(request)

    def collect(self) -> list[Completion | Failure]:
        if self.stop_after is not None and len(self.batches) >= self.stop_after:
            raise KeyboardInterrupt
        held, self._held = self._held, []
        self.batches.append([(request.question_id, request.mode.value, request.sample_index) for request in held])
        together = hashlib.sha256("".join(request.key for request in held).encode()).hexdigest()[:12]
        return [self._answer(request, together if self.batched else "") for request in held]

    def fingerprint(self) -> str:
        return "rules@1"

    def close(self) -> None:
        self.closed = True

    def _answer(self, request: Request, together: str) -> Completion | Failure:
        said = self.rule(request)
        return said if isinstance(said, Failure) else completion(request, f"{said} {request.seed % 1000} {together}")


class RightJudge:
    """Accepts the texts that say "right", and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def kept(self, completion: Completion, question: Question, clip: Clip) -> KeptVerdict:
        assert (completion.question_id, completion.clip_id) == (question.id, clip.id)
        self.asked += 1
        return KeptVerdict(key=completion.key, rests_on="", verdict=Verdict(accepted="right" in completion.text))

    def verdict(self, completion: Completion, question: Question, clip: Clip) -> Verdict:
        return self.kept(completion, question, clip).verdict


def right_for(*question_ids: str, hinted: bool = True) -> Rule:
    """A rule: right directly for these questions, and right for all with a hint."""
    return lambda request: (
        RIGHT if request.question_id in question_ids or (hinted and request.mode is Mode.RATIONALIZED) else WRONG
    )


def failed(request: Request, error: str = "broken") -> Failure:
    return Failure(
        key=request.key,
        question_id=request.question_id,
        clip_id=request.clip_id,
        mode=request.mode,
        sample_index=request.sample_index,
        error=error,
        detail="it broke",
    )


def completion(of: Request | Sample, text: str, **changes: Any) -> Completion:
    """The completion of a request or a sample."""
    if isinstance(of, Sample):
        place: dict[str, Any] = {"question_id": of.question.id, "clip_id": of.clip.id, "sample_index": of.index}
    else:
        place = {"question_id": of.question_id, "clip_id": of.clip_id, "sample_index": of.sample_index}
    values = {
        "key": of.key,
        **place,
        "mode": of.mode,
        "seed": of.seed,
        "text": text,
        "finish_reason": "stop",
        "prompt_tokens": 5,
        "completion_tokens": len(text.split()),
        "model": "rules@1",
    }
    return Completion(**{**values, **changes})


def clip(name: str, **changes: Any) -> Clip:
    return Clip(**{"id": name, "video": f"{name}.mp4", "labels": (ClassLabel(name="x"),), "source": "s", **changes})


def question(clip_id: str, number: int = 1) -> Question:
    return Question(
        id=f"{clip_id}#{number}",
        clip_id=clip_id,
        text="What is it?",
        targets=(ClassLabel(name="x"),),
        asks=(("name",),),
        origin="test",
    )


def block(names: Iterable[str] = "abcdef", questions: int = 1) -> Block:
    """One block of clips named by letters, with the questions `a#1`, `a#2`, ..."""
    clips = tuple(map(clip, names))
    asked = tuple(question(each.id, number + 1) for each in clips for number in range(questions))
    return Block(0, clips, asked)


def videos(of: Block, without: Iterable[str] = ()) -> dict[tuple[str, str], VideoRecord]:
    return {
        (each.source, each.video): VideoRecord(source=each.source, video=each.video, identity=f"identity of {each.id}")
        for each in of.clips
        if each.id not in set(without)
    }


def plan(of: Block, *, batched: bool = True, selected: Sequence[str] | None = None, **generate: Any) -> Plan:
    return Plan(
        generate=GenerateSettings(**{"batch_size": 2, **generate}),
        frames=FrameSettings(),
        fingerprint="rules@1",
        batched=batched,
        videos=videos(of),
        selected=lambda each: selected is None or each.id in selected,
    )


def state(of: Block, plan_: Plan, events: BlockEvents | None = None) -> BlockState:
    return BlockState(of, events if events is not None else BlockEvents(), plan_, RightJudge())  # type: ignore[arg-type]


def stored(folder: Path) -> dict[str, str]:
    """The texts that count in block 0 of a store, by key."""
    return {key: made.text for key, made in CompletionStore(folder).read(0).completions.items()}


def tiny_frames(of: Clip) -> Frames:
    """Two frames that say which clip they are of."""
    pixels = np.full((2, 4, 4, 3), ord(of.id[0]), dtype=np.uint8)
    return Frames(pixels=pixels, indices=(0, 25), times=(0.0, 1.0), total=50, fps=25.0, duration=2.0)
