"""The runner: what it makes, in which batches, what it writes, and what it leaves for the next run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.generation.small_run import (
    RIGHT,
    WRONG,
    RightJudge,
    Rule,
    RuleEngine,
    block,
    clip,
    completion,
    failed,
    plan,
    question,
    right_for,
    stored,
    tiny_frames,
)
from vstar_data.errors import EngineError, UnusableClipError
from vstar_data.generation.block_state import BlockState, Plan
from vstar_data.generation.frame_source import FrameSource
from vstar_data.generation.run_folder import Block
from vstar_data.generation.runner import Runner
from vstar_data.generation.store import CompletionStore
from vstar_data.generation.tally import Tally
from vstar_data.records import Clip, Completion, Failure, Frames, Mode, Request


@dataclass
class Worked:
    """One run over one block, and how it ended."""

    engine: RuleEngine
    state: BlockState
    tally: Tally
    read: Counter[str]
    opened: int
    reports: int


class Run:
    """Runs of the same block, one after the other, on the same folder."""

    def __init__(self, folder: Path, of: Block, **generate: Any) -> None:
        self.folder, self.block, self.generate = folder, of, generate
        self.problems: dict[str, Exception] = {}

    def plan(self, **changes: Any) -> Plan:
        return plan(self.block, **{**self.generate, **changes})

    def once(self, rule: Rule, *, frames: bool = True, capacity: int = 100, **changes: Any) -> Worked:
        """Works on the block until nothing is left, or the engine stops after so many batches."""
        stop_after = changes.pop("stop_after", None)
        its_plan = self.plan(**changes)
        engine = RuleEngine(rule, capacity=capacity, batched=its_plan.batched, stop_after=stop_after)
        read: Counter[str] = Counter()
        opened: list[RuleEngine] = []
        reports: list[int] = []

        def open_engine() -> RuleEngine:
            opened.append(engine)
            return engine

        def read_one(of: Clip) -> Frames:
            read[of.id] += 1
            if of.id in self.problems:
                raise self.problems[of.id]
            return tiny_frames(of)

        store = CompletionStore(self.folder)
        source = FrameSource(read_one, workers=2, ahead=3) if frames else None
        runner = Runner(open_engine, store, source, lambda tally: reports.append(tally.completions))
        state = BlockState(self.block, store.read(0), its_plan, RightJudge())  # type: ignore[arg-type]
        try:
            runner.work(state)
        except KeyboardInterrupt:
            assert stop_after is not None
        finally:
            runner.close()
        assert engine.closed == bool(opened)
        return Worked(engine, state, runner.tally, read, len(opened), len(reports))

    def texts(self) -> dict[str, str]:
        return stored(self.folder)


@pytest.fixture
def run_of(tmp_path: Path) -> Callable[..., Run]:
    numbers = iter(range(100))
    return lambda of, **generate: Run(tmp_path / str(next(numbers)), of, **generate)


RunOf = Callable[..., Run]


def test_what_is_right_is_not_rationalized_and_what_is_wrong_is(run_of: RunOf) -> None:
    run = run_of(block("abc"), samples=2)
    worked = run.once(right_for("b#1"))
    assert worked.engine.batches == [
        [("a#1", "direct", 0), ("b#1", "direct", 0)],
        [("c#1", "direct", 0)],
        [("a#1", "direct", 1), ("b#1", "direct", 1)],
        [("c#1", "direct", 1)],
        [("a#1", "rationalized", 0), ("c#1", "rationalized", 0)],
    ]
    assert all(map(worked.state.settled, worked.state.asked()))
    assert worked.tally.completions == 8
    assert worked.tally.accepted == {"direct": 2, "rationalized": 2}
    assert worked.tally.judged == {"direct": 6, "rationalized": 2}
    assert (worked.tally.settled, worked.tally.clips, worked.tally.failures) == (3, 3, 0)


def test_a_finished_block_needs_no_engine_and_no_frames(run_of: RunOf) -> None:
    run = run_of(block("abc"))
    run.once(right_for("b#1"))
    before = run.texts()
    again = run.once(right_for())
    assert (again.opened, again.engine.batches, again.read) == (0, [], {})
    assert again.tally.completions == again.tally.settled == 0
    assert run.texts() == before


def test_every_clip_is_decoded_once_for_all_its_samples_and_its_rationalization(run_of: RunOf) -> None:
    worked = run_of(block("abcdef", questions=2), samples=3).once(right_for("a#1", "c#2"))
    assert worked.read == dict.fromkeys("abcdef", 1)


def test_a_completion_says_which_frames_it_saw_and_how_long_the_clip_is(run_of: RunOf) -> None:
    of = block("a")
    windowed = replace(of, clips=(clip("a", start=0.5, end=1.5),))
    shown: list[Frames | None] = []

    def look(request: Request) -> str:
        shown.append(request.frames)
        return RIGHT

    worked = run_of(windowed).once(look)
    (made,) = worked.state.events.completions.values()
    assert (made.frame_indices, made.frame_times, made.duration) == ((0, 25), (0.0, 1.0), 1.0)
    assert shown[0] is not None
    assert shown[0].duration == 1.0, "the model sees the clip, not the file"


def test_an_engine_that_wants_no_frames_gets_none(run_of: RunOf) -> None:
    shown: list[Frames | None] = []

    def look(request: Request) -> str:
        shown.append(request.frames)
        return RIGHT

    of = replace(block("a"), clips=(clip("a", start=1.0, end=3.5),))
    worked = run_of(of, batched=False).once(look, frames=False)
    (made,) = worked.state.events.completions.values()
    assert (made.frame_indices, made.duration) == ((), 2.5)
    assert shown == [None]


@pytest.mark.parametrize("samples", [1, 2])
def test_a_run_that_is_stopped_anywhere_ends_with_the_same_texts(samples: int, run_of: RunOf) -> None:
    of = block("abcdefg")
    rule = right_for("b#1", "g#1")
    whole = run_of(of, samples=samples)
    batches = whole.once(rule).engine.batches
    for stop_after in range(len(batches)):
        run = run_of(of, samples=samples)
        first = run.once(rule, stop_after=stop_after)
        assert len(first.engine.batches) == stop_after
        second = run.once(rule)
        assert first.engine.batches + second.engine.batches == batches, "nothing twice, in the same batches"
        assert run.texts() == whole.texts()
        assert second.state.events.completions == CompletionStore(run.folder).read(0).completions


def test_a_batch_of_which_a_line_was_torn_is_made_again_to_the_same_texts(run_of: RunOf) -> None:
    run = run_of(block("abcd"))
    run.once(right_for("a#1", "b#1", "c#1", "d#1"))
    before = run.texts()
    (path,) = (run.folder / "00000").iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    again = run.once(right_for("a#1", "b#1", "c#1", "d#1"))
    assert again.engine.batches == [[("c#1", "direct", 0), ("d#1", "direct", 0)]]
    assert run.texts() == before


def test_more_samples_leave_what_was_made(run_of: RunOf) -> None:
    run = run_of(block("abc"), samples=2)
    run.once(right_for("a#1"))
    before = run.texts()
    more = run.once(right_for("a#1"), samples=4)
    assert [{place[2] for place in batch} for batch in more.engine.batches] == [{2}, {2}, {3}, {3}]
    assert before.items() <= run.texts().items()


def test_a_failure_is_tried_again_in_three_runs_then_it_counts_as_judged(run_of: RunOf) -> None:
    run = run_of(block("ab"))

    def broken(request: Request) -> str | Failure:
        return failed(request) if request.question_id == "b#1" and request.mode is Mode.DIRECT else WRONG

    both = [("a#1", "direct", 0), ("b#1", "direct", 0)]
    for _ in range(2):
        worked = run.once(broken)
        assert worked.engine.batches == [both], "the batch is made again whole, and nobody is rationalized yet"
        assert (worked.tally.failures, worked.tally.settled) == (1, 0)
        assert len(list(worked.state.failing())) == 1
    third = run.once(broken)
    assert third.engine.batches == [both, [("a#1", "rationalized", 0), ("b#1", "rationalized", 0)]]
    assert list(third.state.failing()) == []
    assert third.tally.settled == 2
    assert run.once(broken).opened == 0


def test_an_unusable_clip_is_recorded_once_and_leaves_the_others_alone(run_of: RunOf) -> None:
    run = run_of(block("abcd", questions=2), samples=2, batch_size=4)
    run.problems = {"b": UnusableClipError("truncated", "it ends in the middle")}
    worked = run.once(right_for())
    assert worked.read == dict.fromkeys("abcd", 1)
    assert {place[0][0] for batch in worked.engine.batches for place in batch} == set("acd")
    assert worked.engine.batches[0] == [("a#1", "direct", 0), ("a#2", "direct", 0)]
    assert worked.engine.batches[1] == [(f"{name}#{number}", "direct", 0) for name in "cd" for number in (1, 2)]
    assert worked.tally.unusable == 1
    lines = [line for path in (run.folder / "00000").iterdir() for line in path.read_bytes().splitlines()]
    assert sum(b'"unusable"' in line for line in lines) == 1
    assert worked.state.unusable(run.block.clips[1]) == ("truncated", "it ends in the middle")
    assert all(map(worked.state.settled, worked.state.asked()))
    before = run.texts()
    assert run.once(right_for()).opened == 0
    assert run.texts() == before


def test_a_file_that_cannot_be_read_just_now_makes_its_batch_wait(run_of: RunOf) -> None:
    run, whole = run_of(block("abcdef")), run_of(block("abcdef"))
    rule = right_for(*(f"{name}#1" for name in "abcdef"))
    run.problems = {"c": OSError(5, "Input/output error")}
    worked = run.once(rule)
    assert [[place[0] for place in batch] for batch in worked.engine.batches] == [["a#1", "b#1"], ["e#1", "f#1"]]
    assert worked.tally.failures == 1
    (problem,) = worked.state.failing()
    assert "Input/output error" in problem
    run.problems = {}
    assert [[place[0] for place in batch] for batch in run.once(rule).engine.batches] == [["c#1", "d#1"]]
    whole.once(rule)
    assert run.texts() == whole.texts()


def test_a_file_that_can_never_be_read_is_left_out_at_its_third_attempt(run_of: RunOf) -> None:
    run = run_of(block("abcd"))
    run.problems = {"c": OSError(5, "Input/output error")}
    rule = right_for("a#1", "b#1", "d#1", hinted=False)
    asked = [[[place[0] for place in batch] for batch in run.once(rule).engine.batches] for _ in range(3)]
    assert asked == [[["a#1", "b#1"]], [], [["d#1"]]]


def test_where_requests_count_by_themselves_the_others_do_not_wait(run_of: RunOf) -> None:
    run = run_of(block("abcd"), batched=False)
    run.problems = {"c": OSError(5, "Input/output error")}
    worked = run.once(right_for("a#1", "b#1"))
    assert {place[0] for place in worked.engine.calls} == {"a#1", "b#1", "d#1"}
    assert ("d#1", "rationalized", 0) in worked.engine.calls


def test_a_file_that_vanished_meanwhile_is_no_verdict_on_its_clip(run_of: RunOf) -> None:
    run = run_of(block("ab"))
    run.problems = {"a": UnusableClipError("missing", "there is no such file")}
    worked = run.once(right_for("a#1", "b#1"))
    assert worked.state.unusable(run.block.clips[0]) is None
    assert (worked.tally.failures, worked.tally.unusable) == (1, 0)
    run.problems = {}
    assert run.once(right_for("a#1", "b#1")).tally.settled == 2


def test_a_limit_works_on_the_selected_clips_alone(run_of: RunOf) -> None:
    worked = run_of(block("abcdef"), selected="adf").once(right_for("a#1", "d#1", "f#1"))
    assert [[place[0] for place in batch] for batch in worked.engine.batches] == [["a#1"], ["d#1"], ["f#1"]]
    assert worked.tally.clips == 3


def test_an_engine_is_never_given_more_than_it_can_hold(run_of: RunOf) -> None:
    worked = run_of(block("abcdefg"), batched=False, batch_size=7).once(right_for(), capacity=3)
    assert [len(batch) for batch in worked.engine.batches] == [3, 3, 1, 3, 3, 1]
    assert max(worked.engine.calls.values()) == 1


def test_an_engine_that_answers_in_pieces_and_out_of_order_is_waited_for(run_of: RunOf, tmp_path: Path) -> None:
    class Slow(RuleEngine):
        def collect(self) -> list[Completion | Failure]:
            self._held, rest = self._held[-1:], self._held[:-1]
            answers = super().collect()
            self._held = rest
            return answers

    of = block("abcd")
    engine, store = Slow(right_for(*(f"{name}#1" for name in "abcd")), batched=False), CompletionStore(tmp_path)
    runner = Runner(lambda: engine, store, None)
    state = BlockState(of, store.read(0), plan(of, batched=False, batch_size=3), RightJudge())  # type: ignore[arg-type]
    runner.work(state)
    assert [batch[0][0] for batch in engine.batches] == ["c#1", "b#1", "a#1", "d#1"]
    assert all(map(state.settled, state.asked()))


def test_an_engine_that_answers_nothing_is_an_error(run_of: RunOf, tmp_path: Path) -> None:
    class Silent(RuleEngine):
        def collect(self) -> list[Completion | Failure]:
            return []

    of = block("ab")
    runner = Runner(lambda: Silent(right_for()), CompletionStore(tmp_path), None)
    with pytest.raises(EngineError) as caught:
        runner.work(BlockState(of, CompletionStore(tmp_path).read(0), plan(of), RightJudge()))  # type: ignore[arg-type]
    assert caught.value.found == "2 unanswered"


def test_an_engine_that_does_not_load_leaves_no_trace(tmp_path: Path) -> None:
    def refuse() -> RuleEngine:
        raise EngineError("The model does not load.")

    of = block("ab")
    runner = Runner(refuse, CompletionStore(tmp_path / "completions"), None)
    with pytest.raises(EngineError, match="does not load"):
        runner.work(BlockState(of, CompletionStore(tmp_path).read(0), plan(of), RightJudge()))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_each_batch_is_on_disk_before_the_next_one_begins(run_of: RunOf, tmp_path: Path) -> None:
    of = block("abcd")
    on_disk: list[int] = []

    def look(request: Request) -> str:
        on_disk.append(len(stored(tmp_path)))
        return RIGHT

    runner = Runner(lambda: RuleEngine(look), CompletionStore(tmp_path), None)
    runner.work(BlockState(of, CompletionStore(tmp_path).read(0), plan(of), RightJudge()))  # type: ignore[arg-type]
    assert on_disk == [0, 0, 2, 2]


def test_two_processes_that_answered_one_request_otherwise_agree_on_a_text(run_of: RunOf) -> None:
    run = run_of(block("abcd"), rationalizations=0)
    run.once(right_for("a#1"), stop_after=1)
    mine = run.texts()
    store = CompletionStore(run.folder)
    state = BlockState(run.block, store.read(0), run.plan(), RightJudge())  # type: ignore[arg-type]
    other = [completion(state.sample(question(name), Mode.DIRECT, 0), f"{WRONG} otherwise") for name in "ab"]
    store.append(0, list(other))
    worked = run.once(right_for("a#1"))
    assert worked.engine.batches == [[("c#1", "direct", 0), ("d#1", "direct", 0)]]
    for made in other:
        smallest = min(made.text, mine[made.key], key=lambda text: sha256(text.encode()).digest())
        assert run.texts()[made.key] == worked.state.events.completions[made.key].text == smallest
