"""Asking blind: which questions, with what in place of the video, under which keys, and the same after any stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generation.small_run import (
    RIGHT,
    WRONG,
    RightJudge,
    RuleEngine,
    block,
    failed,
    plan,
    question,
    right_for,
    state,
    stored,
    tiny_frames,
)
from vstar_data.generation.blind import BlindState, blind_messages, order_of, rearranged
from vstar_data.generation.block_state import BlockState
from vstar_data.generation.frame_source import FrameSource
from vstar_data.generation.judging import KeptVerdict
from vstar_data.generation.run_folder import Block
from vstar_data.generation.runner import Runner
from vstar_data.generation.store import CompletionStore
from vstar_data.recipe.quality import BlindSettings, BlindVariant
from vstar_data.records import Clip, Completion, Failure, Frames, Question, Request

EACH = BlindSettings(no_video=True, one_frame=True, shuffled_frames=True)


class BlindJudge(RightJudge):
    """Judges by the same words, whatever the question was called where it was asked blind."""

    def kept(self, completion: Completion, question: Question, clip: Clip) -> KeptVerdict:
        assert completion.question_id.startswith("blind:")
        assert completion.question_id.endswith(f":{question.id}")
        return super().kept(msgspec.structs.replace(completion, question_id=question.id), question, clip)


class Run:
    """A block that is answered, then asked blind, as often as one likes."""

    def __init__(self, folder: Path, of: Block, settings: BlindSettings = EACH, **changes: Any) -> None:
        self.folder, self.block, self.settings, self.changes = folder, of, settings, changes
        self.shown: list[Request] = []
        self.decoded: list[str] = []

    def once(self, rule: Callable[[Request], str | Failure], *, stop_after: int | None = None) -> RuleEngine:
        def watched(request: Request) -> str | Failure:
            self.shown.append(request)
            return rule(request)

        def read(of: Clip) -> Frames:
            self.decoded.append(of.id)
            return tiny_frames(of)

        engine = RuleEngine(watched, batched=self.changes.get("batched", True), stop_after=stop_after)
        runner = Runner(lambda: engine, CompletionStore(self.folder), FrameSource(read, workers=1, ahead=2))
        blind_store = CompletionStore(self.folder / "blind")
        try:
            answered = self.answered()
            runner.work(answered)
            runner.work(self.blind(answered), blind_store)
        except KeyboardInterrupt:
            assert stop_after is not None
        finally:
            runner.close()
        self.tally = runner.tally
        return engine

    def answered(self) -> BlockState:
        return state(self.block, plan(self.block, **self.changes), CompletionStore(self.folder).read(0))

    def blind(self, answered: BlockState | None = None) -> BlindState:
        events = CompletionStore(self.folder / "blind").read(0)
        return BlindState(answered or self.answered(), events, self.settings, BlindJudge())  # type: ignore[arg-type]

    def texts(self) -> dict[str, str]:
        return stored(self.folder) | stored(self.folder / "blind")


def by_question(*right: str) -> Callable[[Request], str]:
    """Right for the named questions, as requests call them."""
    return lambda request: RIGHT if request.question_id in right else WRONG


def test_only_questions_with_an_accepted_direct_answer_are_asked_variant_by_variant(tmp_path: Path) -> None:
    run = Run(tmp_path, block("abc"))
    engine = run.once(by_question("a#1", "c#1", "blind:one_frame:c#1"))
    blind = [batch for batch in engine.batches if batch[0][0].startswith("blind:")]
    assert blind == [
        [(f"blind:{variant}:{name}#1", "direct", 0) for name in "ac"]
        for variant in ("no_video", "one_frame", "shuffled_frames")
    ]
    assert run.tally.blind == 6
    assert run.tally.settled == 3
    assert run.tally.judged == {"direct": 3, "rationalized": 1}
    done = run.blind()
    assert done.answers(question("c")) == {
        BlindVariant.NO_VIDEO: [False],
        BlindVariant.ONE_FRAME: [True],
        BlindVariant.SHUFFLED_FRAMES: [False],
    }
    assert all(map(done.settled, done.asked()))


def test_a_blind_answer_never_counts_as_an_answer(tmp_path: Path) -> None:
    run = Run(tmp_path, block("a"))
    run.once(by_question("a#1", "blind:no_video:a#1"))
    made = [completion for completion, _ in run.answered().judged(question("a"))]
    assert [completion.question_id for completion in made] == ["a#1"]
    assert not any("blind" in path.parts for path in tmp_path.glob("00000/*.jsonl"))


def test_what_is_shown_in_place_of_the_video(tmp_path: Path) -> None:
    run = Run(tmp_path, block("ab"))
    run.once(right_for("a#1", "b#1"))
    shown = {request.question_id: request for request in run.shown}
    direct, without = shown["a#1"], shown["blind:no_video:a#1"]
    assert without.frames is None
    assert [part.type for part in without.messages[0].content] == ["text"]
    assert without.messages[0].content[0] == direct.messages[0].content[1]
    for variant in ("one_frame", "shuffled_frames"):
        other = shown[f"blind:{variant}:a#1"]
        assert other.messages == direct.messages
        assert other.sampling == direct.sampling
        assert other.frames is not None
        assert direct.frames is not None
        assert other.frames.times == direct.frames.times
        assert other.frames.pixels.shape == direct.frames.pixels.shape
    made = CompletionStore(tmp_path / "blind").read(0).completions.values()
    seen = {completion.question_id: completion for completion in made}
    assert seen["blind:no_video:a#1"].frame_indices == ()
    assert seen["blind:one_frame:a#1"].frame_indices == (25, 25)
    assert seen["blind:shuffled_frames:a#1"].frame_indices == (25, 0)
    assert seen["blind:shuffled_frames:a#1"].frame_times == (1.0, 0.0)
    # The verifier is told the same length of the clip as for the answer that saw it.
    [answer] = [each for each in CompletionStore(tmp_path).read(0).completions.values() if each.clip_id == "a"]
    assert {each.duration for each in seen.values() if each.clip_id == "a"} == {answer.duration} == {2.0}


def test_without_video_nothing_is_decoded_for_it(tmp_path: Path) -> None:
    run = Run(tmp_path, block("ab"), BlindSettings(no_video=True))
    run.once(right_for("a#1", "b#1"))
    assert sorted(run.decoded) == ["a", "b"]


def test_keys_and_seeds_tell_variants_samples_and_direct_answers_apart(tmp_path: Path) -> None:
    run = Run(tmp_path, block("a"), BlindSettings(no_video=True, one_frame=True, shuffled_frames=True, samples=3))
    run.once(right_for("a#1"))
    assert len(run.shown) == 1 + 9
    assert len({request.key for request in run.shown}) == len({request.seed for request in run.shown}) == 10
    places = [(request.question_id, request.sample_index) for request in run.shown[1:]]
    assert places == [(f"blind:{variant}:a#1", number) for variant in BlindVariant for number in range(3)]


def test_more_samples_and_more_variants_keep_what_is_there(tmp_path: Path) -> None:
    run = Run(tmp_path, block("abc"), BlindSettings(one_frame=True), batched=False)
    run.once(right_for("a#1", "b#1"))
    before = run.texts()
    run.settings = BlindSettings(no_video=True, one_frame=True, samples=2)
    again = run.once(right_for("a#1", "b#1"))
    assert sum(again.calls.values()) == 2 * 2 * 2 - 2
    assert before.items() <= run.texts().items()


def test_a_finished_block_asks_nothing_again(tmp_path: Path) -> None:
    run = Run(tmp_path, block("abc"))
    run.once(right_for("a#1"))
    assert run.once(right_for("a#1")).batches == []


@pytest.mark.parametrize("stop_after", range(9))
def test_a_stop_anywhere_changes_nothing(tmp_path: Path, stop_after: int) -> None:
    """Engines that are batched say other words in another batch: the same batches must come about."""
    rule = by_question("a#1", "b#1", "d#1", "e#1", "blind:no_video:b#1")
    whole, run = Run(tmp_path / "whole", block("abcde")), Run(tmp_path / "run", block("abcde"))
    batches = len(whole.once(rule).batches)
    assert batches >= 9
    run.once(rule, stop_after=stop_after)
    run.once(rule)
    assert run.texts() == whole.texts()


def test_nothing_is_asked_blind_before_the_batches_are_known(tmp_path: Path) -> None:
    """Where rows shape each other, a question that fails holds the others back; alone it waits alone."""

    def rule(request: Request) -> str | Failure:
        return failed(request) if request.question_id == "b#1" else RIGHT

    run = Run(tmp_path / "batched", block("abc"))
    assert not any("blind" in place[0] for place in run.once(rule).calls)
    assert list(run.blind().asked()) == []
    run.once(rule)
    assert any("blind" in place[0] for place in run.once(rule).calls)
    alone = Run(tmp_path / "alone", block("abc"), batched=False)
    asked = {place[0] for place in alone.once(rule).calls if "blind" in place[0]}
    assert asked == {f"blind:{variant}:{name}#1" for variant in BlindVariant for name in "ac"}


def test_a_blind_request_that_fails_is_tried_again_and_then_given_up(tmp_path: Path) -> None:
    def rule(request: Request) -> str | Failure:
        return failed(request) if request.question_id.startswith("blind:no_video") else RIGHT

    run = Run(tmp_path, block("a"))
    for _ in range(2):
        run.once(rule)
        assert len(list(run.blind().failing())) == 1
    run.once(rule)
    done = run.blind()
    assert list(done.failing()) == []
    assert done.given_up() == 1
    assert BlindVariant.NO_VIDEO not in done.answers(question("a"))


@given(st.integers(2, 16), st.integers(0, 2**63))
def test_orders(count: int, seed: int) -> None:
    shuffled = order_of(BlindVariant.SHUFFLED_FRAMES, count, seed)
    assert sorted(shuffled) == list(range(count))
    assert list(shuffled) != list(range(count))
    assert shuffled == order_of(BlindVariant.SHUFFLED_FRAMES, count, seed)
    assert order_of(BlindVariant.ONE_FRAME, count, seed) == (count // 2,) * count


def test_pixels_move_and_times_stay(tmp_path: Path) -> None:
    frames = tiny_frames(block("a").clips[0])
    frames.pixels[1] = 7
    moved = rearranged(frames, (1, 0))
    assert np.array_equal(moved.pixels, frames.pixels[::-1])
    assert (moved.indices, moved.times, moved.total) == (frames.indices, frames.times, frames.total)


def test_the_words_are_those_of_a_direct_answer() -> None:
    asked = question("a")
    plain = blind_messages(asked, BlindVariant.ONE_FRAME)
    assert [part.type for part in plain[0].content] == ["video", "text"]
    assert blind_messages(asked, BlindVariant.NO_VIDEO)[0].content == plain[0].content[1:]
