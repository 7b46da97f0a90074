"""What is left in a block: batches that stay where they are, rounds, and who is rationalized when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec
import pytest

from tests.generation.small_run import RIGHT, WRONG, block, completion, plan, question, state, videos
from vstar_data.generation.block_state import BlockState, Plan, Sample
from vstar_data.generation.prompts import HINT
from vstar_data.generation.store import BlockEvents
from vstar_data.generation.videos import VideoRecord
from vstar_data.records import Failure, Mode, UnusableClip, UnusableReason

DIRECT, RATIONALIZED = Mode.DIRECT, Mode.RATIONALIZED
Shape = list[list[str]]


def direct(of: BlockState) -> Shape:
    """Batches as `question/sample`."""
    return [[f"{sample.question.id}/{sample.index}" for sample in batch] for batch in of.direct_batches()]


def rationalized(of: BlockState) -> Shape:
    return [[f"{sample.question.id}/{sample.index}" for sample in batch] for batch in of.rationalized_batches()]


def say(of: BlockState, question_id: str, text: str, index: int = 0, mode: Mode = DIRECT) -> Sample:
    asked = next(each for each in of.block.questions if each.id == question_id)
    sample = of.sample(asked, mode, index)
    of.events.add(completion(sample, text))
    return sample


def say_all(of: BlockState, text: str, samples: int = 1, mode: Mode = DIRECT) -> None:
    for asked in list(of.asked()):
        for index in range(samples):
            say(of, asked.id, text, index, mode)


def fail(of: BlockState, question_id: str, times: int, index: int = 0, mode: Mode = DIRECT) -> None:
    asked = next(each for each in of.block.questions if each.id == question_id)
    sample = of.sample(asked, mode, index)
    for _ in range(times):
        of.events.add(
            Failure(
                key=sample.key,
                question_id=asked.id,
                clip_id=asked.clip_id,
                mode=mode,
                sample_index=index,
                error="broken",
                detail="",
            )
        )


def open_state(names: Iterable[str] = "abcdef", questions: int = 1, **changes: object) -> BlockState:
    of = block(names, questions)
    return state(of, plan(of, **changes))  # type: ignore[arg-type]


def with_plan(of: BlockState, plan_: Plan) -> BlockState:
    """The same block and files under another plan, as in a later run."""
    return state(of.block, plan_, of.events)


def test_batches_form_round_by_round() -> None:
    assert direct(open_state("abc", samples=2)) == [["a#1/0", "b#1/0"], ["c#1/0"], ["a#1/1", "b#1/1"], ["c#1/1"]]


def test_a_clip_has_all_its_questions_in_a_row() -> None:
    assert direct(open_state("ab", questions=3)) == [["a#1/0", "a#2/0"], ["a#3/0", "b#1/0"], ["b#2/0", "b#3/0"]]


@pytest.mark.parametrize("why", ["unselected", "unusable file", "unusable frames", "never looked at"])
def test_a_clip_that_is_left_out_moves_no_other(why: str) -> None:
    of = block()
    base = plan(of)
    events = BlockEvents()
    if why == "unselected":
        base = plan(of, selected="acdef")
    elif why == "unusable file":
        record = VideoRecord(source="s", video="b.mp4", reason=UnusableReason.MISSING, detail="gone")
        base = changed(base, videos={**videos(of), ("s", "b.mp4"): record})
    elif why == "unusable frames":
        events.add(UnusableClip(clip_id="b", identity="identity of b", reason=UnusableReason.NO_FRAMES, detail=""))
    else:
        base = changed(base, videos=videos(of, without="b"))
    found = state(of, base, events)
    assert direct(found) == [["a#1/0"], ["c#1/0", "d#1/0"], ["e#1/0", "f#1/0"]]
    assert [each.clip_id for each in found.asked()] == list("acdef")
    assert found.known(of.clips[0])
    assert found.known(of.clips[1]) is (why == "unselected")


def changed(plan_: Plan, **changes: object) -> Plan:
    return replace(plan_, **changes)  # type: ignore[arg-type]


def test_the_reason_of_an_unusable_clip_is_told() -> None:
    of = block()
    record = VideoRecord(source="s", video="a.mp4", reason=UnusableReason.EMPTY, detail="zero bytes")
    events = BlockEvents()
    for identity in ("identity of b", "identity of another file that was there before"):
        for clip_id in ("b", "c"):
            if (clip_id, identity) != ("c", "identity of b"):
                events.add(
                    UnusableClip(clip_id=clip_id, identity=identity, reason=UnusableReason.TIMEOUT, detail="slow")
                )
    found = state(of, changed(plan(of), videos={**videos(of), ("s", "a.mp4"): record}), events)
    assert found.unusable(of.clips[0]) == ("empty", "zero bytes")
    assert found.unusable(of.clips[1]) == ("timeout", "slow")
    assert found.unusable(of.clips[2]) is None, "the file was mended: it has another content"


def test_a_batch_that_is_whole_is_not_made_again() -> None:
    found = open_state()
    say(found, "c#1", WRONG)
    say(found, "d#1", WRONG)
    assert direct(found) == [["a#1/0", "b#1/0"], ["e#1/0", "f#1/0"]]


def test_a_batch_that_lacks_one_is_made_again_whole() -> None:
    found = open_state()
    say(found, "c#1", WRONG)
    assert direct(found) == [["a#1/0", "b#1/0"], ["c#1/0", "d#1/0"], ["e#1/0", "f#1/0"]]


def test_where_requests_count_by_themselves_only_what_is_missing_is_made() -> None:
    found = open_state(batched=False)
    say(found, "c#1", WRONG)
    assert direct(found) == [["a#1/0", "b#1/0"], ["d#1/0"], ["e#1/0", "f#1/0"]]


def test_more_samples_only_add_rounds() -> None:
    found = open_state("abc", samples=2, rationalizations=0)
    say_all(found, WRONG, samples=2)
    assert direct(found) == []
    more = with_plan(found, plan(found.block, samples=4, rationalizations=0))
    assert direct(more) == [["a#1/2", "b#1/2"], ["c#1/2"], ["a#1/3", "b#1/3"], ["c#1/3"]]
    fewer = with_plan(found, plan(found.block, samples=1, rationalizations=0))
    assert direct(fewer) == []
    assert [made.sample_index for made, _ in fewer.judged(found.block.questions[0])] == [0]


def test_what_failed_three_times_is_left_out_and_counts_as_judged() -> None:
    found = open_state("ab")
    fail(found, "a#1", 2)
    assert direct(found) == [["a#1/0", "b#1/0"]]
    assert len(list(found.failing())) == 1
    fail(found, "a#1", 1)
    assert direct(found) == [["b#1/0"]]
    assert list(found.failing()) == []
    say(found, "b#1", RIGHT)
    assert direct(found) == []
    assert rationalized(found) == [["a#1/0"]]


def test_the_settings_that_shape_a_text_orphan_what_was_made() -> None:
    found = open_state("ab")
    say_all(found, RIGHT)
    assert direct(with_plan(found, plan(found.block, temperature=0.7))) == [["a#1/0", "b#1/0"]]
    assert direct(with_plan(found, plan(found.block, seed=1))) == [["a#1/0", "b#1/0"]]
    assert direct(with_plan(found, plan(found.block, batch_size=1, threads=3))) == []


def test_a_question_is_rationalized_when_all_its_samples_are_judged_and_none_is_accepted() -> None:
    found = open_state("ab", samples=2, rationalizations=2, batched=False)
    assert rationalized(found) == []
    say(found, "a#1", WRONG, 0)
    assert rationalized(found) == []
    say(found, "a#1", WRONG, 1)
    assert rationalized(found) == [["a#1/0"], ["a#1/1"]]
    say(found, "b#1", WRONG, 0)
    say(found, "b#1", RIGHT, 1)
    assert rationalized(found) == [["a#1/0"], ["a#1/1"]]
    assert [found.needs_rationalization(each) for each in found.block.questions] == [True, False]


def test_in_batches_rationalization_waits_for_the_whole_block() -> None:
    found = open_state("abc")
    say(found, "a#1", WRONG)
    say(found, "b#1", RIGHT)
    assert rationalized(found) == []
    say(found, "c#1", WRONG)
    assert rationalized(found) == [["a#1/0", "c#1/0"]]


def test_rationalizations_drop_out_when_a_direct_sample_is_accepted_later() -> None:
    found = open_state("a", samples=1)
    asked = found.block.questions[0]
    say(found, "a#1", WRONG)
    say(found, "a#1", RIGHT, mode=RATIONALIZED)
    assert [(made.mode, kept.verdict.accepted) for made, kept in found.judged(asked)] == [
        (DIRECT, False),
        (RATIONALIZED, True),
    ]
    more = with_plan(found, plan(found.block, samples=2))
    assert not more.settled(asked)
    assert [made.mode for made, _ in more.judged(asked)] == [DIRECT], "not all direct samples are judged"
    say(more, "a#1", RIGHT, 1)
    assert [made.mode for made, _ in more.judged(asked)] == [DIRECT, DIRECT]
    assert more.settled(asked)
    assert rationalized(more) == []


def test_a_question_is_settled_when_nothing_more_is_to_be_made() -> None:
    found = open_state("a", samples=2)
    asked = found.block.questions[0]
    settled = [found.settled(asked)]
    say(found, "a#1", WRONG, 0)
    settled.append(found.settled(asked))
    fail(found, "a#1", 3, 1)
    settled.append(found.settled(asked))
    assert found.direct_settled(asked)
    fail(found, "a#1", 3, mode=RATIONALIZED)
    settled.append(found.settled(asked))
    assert settled == [False, False, False, True]


def test_without_rationalizations_direct_samples_settle_all() -> None:
    found = open_state("ab", rationalizations=0)
    say_all(found, WRONG)
    assert rationalized(found) == []
    assert all(map(found.settled, found.asked()))


def test_samples_of_one_question_differ_in_seed_and_key_and_only_rationalizations_hint() -> None:
    found = open_state("a")
    asked = question("a")
    samples = [found.sample(asked, mode, index) for mode in Mode for index in range(3)]
    assert len({sample.key for sample in samples}) == len({sample.seed for sample in samples}) == 6
    texts = {sample.mode: sample.messages[0].content[1].text for sample in samples}
    assert HINT.format(hint="x") in str(texts[RATIONALIZED])
    assert HINT.format(hint="x") not in str(texts[DIRECT])
    assert str(texts[DIRECT]).startswith(asked.text)


def test_a_moved_root_resumes() -> None:
    found = open_state("ab")
    say_all(found, RIGHT)
    moved = tuple(msgspec.structs.replace(each, video=f"moved/{each.video}") for each in found.block.clips)
    of = type(found.block)(0, moved, found.block.questions)
    base = plan(of)
    there = {
        (each.source, each.video): VideoRecord(source="s", video=each.video, identity=f"identity of {each.id}")
        for each in moved
    }
    assert direct(state(of, changed(base, videos=there), found.events)) == []
