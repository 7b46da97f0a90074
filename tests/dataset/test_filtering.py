"""The quality filters one by one, each with an answer that falls to it and a twin that stays."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.dataset.judged_samples import clip, judged
from vstar_data.dataset import Judged
from vstar_data.dataset.filtering.drops import drops_of
from vstar_data.dataset.filtering.reasons import FilterReason
from vstar_data.dataset.filtering.share import most_rationalized
from vstar_data.recipe.filters import QUALITY, FilterSettings
from vstar_data.recipe.quality import BlindSettings, BlindVariant
from vstar_data.records import ClassLabel, Mode, NumberLabel, RejectReason, SequenceLabel

JUGGLER = clip("a", ClassLabel(name="juggling", aliases=("toss juggling",)))
LONG = "Two hands throw three red balls up in an arc, and each ball is caught again: juggling."


def settings(**values: Any) -> FilterSettings:
    return msgspec.convert(values, FilterSettings)


def reasons(judged: Sequence[Judged], right: Any = None, **values: Any) -> dict[str, str]:
    """The reason for each row that is dropped, by the end of its id."""
    found = drops_of(judged, settings(**values), right)
    return {row.removeprefix("circus/"): drop.reason.value for row, drop in found.items()}


def answers(*texts: str, first: int = 0, mode: Mode = Mode.DIRECT) -> list[Judged]:
    return [judged(JUGGLER, text, sample=first + place, mode=mode) for place, text in enumerate(texts)]


def test_without_filters_nothing_is_dropped_and_nothing_is_read() -> None:
    def unread() -> Any:
        raise AssertionError("no filter is on")
        yield

    assert drops_of(unread(), FilterSettings()) == {}


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ({"min_words": 3}, {"a#0/direct-0": "too_short"}),
        ({"max_words": 3}, {"a#0/direct-2": "too_long"}),
        ({"min_words": 3, "max_words": 3}, {"a#0/direct-0": "too_short", "a#0/direct-2": "too_long"}),
        ({"min_words": 2, "max_words": 4}, {}),
    ],
)
def test_length(length: dict[str, int], expected: dict[str, str]) -> None:
    assert (
        reasons(answers("It's juggling.", "This is juggling.", "This is clearly juggling."), length=length) == expected
    )


def test_a_thought_counts_as_part_of_the_answer_and_its_tags_do_not() -> None:
    thinking = answers("<think>One two three.</think>juggling", "<think></think>juggling four five six")
    assert reasons(thinking, length={"min_words": 4}) == {}
    assert len(reasons(thinking, length={"min_words": 5})) == 2


def test_an_answer_that_only_restates_its_label_is_dropped() -> None:
    said = answers(
        "The action is juggling.",
        "What happens in the clip is toss juggling; the person juggles.",
        "JUGGLING juggling juggling, juggling.",
        "Three balls fly: juggling.",
    )
    found = reasons(said, restatement={"min_other_words": 3})
    assert found == dict.fromkeys((f"a#0/direct-{place}" for place in range(3)), "restates_label")


def test_forms_of_one_word_count_once() -> None:
    said = answers("Balls, ball, balls and a ball: throwing, throws, threw, juggling.")
    assert reasons(said, restatement={"min_other_words": 2}) == {}
    assert reasons(said, restatement={"min_other_words": 3}) == {"a#0/direct-0": "restates_label"}


def test_numbers_and_steps_of_the_label_are_no_other_words() -> None:
    score = clip("n", NumberLabel(name="dive score", value=83.25))
    steps = clip("s", SequenceLabel(steps=("take-off", "twist"), step_aliases=(("jump",), ())))
    said = [
        judged(score, "The dive score is 83.25.", question="Which score?"),
        judged(steps, "First a take-off or jump, then a twist.", question="Which steps?"),
    ]
    assert set(reasons(said, restatement={"min_other_words": 1}).values()) == {"restates_label"}
    assert reasons([judged(score, "A clean entry: the dive score is 83.25.")], restatement={"min_other_words": 2}) == {}


def test_of_near_duplicates_the_first_direct_answer_stays() -> None:
    said = [
        *answers(LONG, first=1, mode=Mode.RATIONALIZED),
        *answers(LONG.upper(), LONG.replace("red", "blue"), "Someone tosses clubs: juggling."),
    ]
    found = drops_of(said, settings(near_duplicates={"similarity": 0.5}))
    assert {row.removeprefix("circus/a#0/") for row in found} == {"rationalized-1", "direct-1"}
    assert {drop.reason for drop in found.values()} == {FilterReason.NEAR_DUPLICATE}
    assert found["circus/a#0/rationalized-1"].detail == "circus/a#0/direct-0, similarity 1.00"
    assert reasons(said, near_duplicates={"similarity": 0.95}) == {"a#0/rationalized-1": "near_duplicate"}


def test_how_many_near_duplicates_stay_can_be_set() -> None:
    said = answers(LONG, LONG, LONG, "Someone tosses clubs: juggling.")
    assert reasons(said, near_duplicates={"per_question": 2}) == {"a#0/direct-2": "near_duplicate"}


def test_near_duplicates_of_other_questions_stay_unless_the_dataset_has_a_cap() -> None:
    clips = [clip(f"{number:02d}", ClassLabel(name="juggling")) for number in range(12)]
    said = [judged(each, LONG) for each in clips] + [judged(clip("z", ClassLabel(name="juggling")), "Clubs. Juggling.")]
    assert reasons(said, near_duplicates={}) == {}
    capped = {"per_question": None, "per_dataset": 2}
    found = reasons(said, near_duplicates=capped)
    assert len(found) == 10
    assert "z#0/direct-0" not in found
    random.Random(3).shuffle(said)
    assert reasons(said, near_duplicates=capped) == found


def test_a_cap_keeps_the_first_direct_answers() -> None:
    said = [*answers("Clubs: juggling.", mode=Mode.RATIONALIZED), *answers("juggling", "It is juggling.", "Juggling!")]
    assert reasons(said, per_question=2) == {"a#0/rationalized-0": "over_cap", "a#0/direct-2": "over_cap"}
    assert reasons(said, per_question=4) == {}


def test_a_cap_counts_what_the_other_filters_left() -> None:
    said = answers("juggling", "Three balls, all juggling.", "Clubs and hoops, all juggling.")
    assert reasons(said, length={"min_words": 3}, per_question=1) == {
        "a#0/direct-0": "too_short",
        "a#0/direct-2": "over_cap",
    }


def tried(accepted: int, of: int) -> list[Judged]:
    """Direct answers to one question, the first of them accepted, and a rationalization where none is."""
    made = [
        judged(JUGGLER, "x", None if place < accepted else RejectReason.ABSENT, sample=place) for place in range(of)
    ]
    return made if accepted else [*made, judged(JUGGLER, "juggling", mode=Mode.RATIONALIZED)]


@pytest.mark.parametrize(
    ("accepted", "of", "rate", "reason"),
    [
        (4, 4, {"max": 0.9}, "too_easy"),
        (3, 4, {"max": 0.75}, None),
        (1, 4, {"min": 0.5}, "too_hard"),
        (2, 4, {"min": 0.5, "max": 0.5}, None),
        (0, 4, {"min": 0.1}, "too_hard"),
        (0, 4, {"max": 0.9}, None),
        (1, 1, {"max": 0.9}, None),
    ],
)
def test_pass_rate(accepted: int, of: int, rate: dict[str, float], reason: str | None) -> None:
    said = tried(accepted, of)
    found = reasons(said, pass_rate=rate)
    assert set(found.values()) == ({reason} if reason else set())
    assert len(found) == (sum(answer.verdict.accepted for answer in said) if reason else 0)


def test_a_question_that_is_answered_right_blind_loses_all_its_answers() -> None:
    said = [*answers("juggling", "It is juggling."), judged(clip("b", ClassLabel(name="juggling")), "juggling")]
    right = {"circus/a#0": {BlindVariant.ONE_FRAME: 1}}
    on = {"no_video": True, "one_frame": True, "shuffled_frames": True}
    assert reasons(said, right, blind=on) == dict.fromkeys(("a#0/direct-0", "a#0/direct-1"), "blind_one_frame")
    assert reasons(said, right, blind={"no_video": True}) == {}
    assert reasons(said, right, blind={"one_frame": True, "samples": 2, "most": 1}) == {}
    right["circus/a#0"] = {BlindVariant.SHUFFLED_FRAMES: 2, BlindVariant.NO_VIDEO: 1}
    assert set(reasons(said, right, blind=on | {"samples": 2}).values()) == {"blind_no_video"}
    assert set(reasons(said, right, blind=on | {"samples": 2, "most": 1}).values()) == {"blind_shuffled"}


def many(direct: int, rationalized: int, source: str = "circus") -> list[Judged]:
    def one(number: int, mode: Mode) -> Judged:
        return judged(clip(f"{number:03d}", ClassLabel(name="juggling"), source=source), "juggling", mode=mode)

    return [
        one(number, Mode.DIRECT if number < direct else Mode.RATIONALIZED) for number in range(direct + rationalized)
    ]


def test_the_share_of_rationalized_rows_is_kept_in_each_source() -> None:
    said = many(6, 20) + many(10, 5, "zoo")
    found = drops_of(said, settings(rationalized_share=0.4))
    assert {drop.reason for drop in found.values()} == {FilterReason.RATIONALIZED_SHARE}
    assert sum(row.startswith("circus/") for row in found) == 20 - 4
    assert not any(row.startswith("zoo/") for row in found)
    assert not any("direct" in row for row in found)


def test_a_smaller_share_drops_more_and_whatever_a_larger_one_drops() -> None:
    said = many(10, 40)
    shares = [1.0, 0.7, 0.5, 0.2, 0.0]
    found = [set(drops_of(said, settings(rationalized_share=share))) for share in shares]
    assert [40 - len(rows) for rows in found] == [40, 23, 10, 2, 0]
    assert all(larger < smaller for larger, smaller in pairwise(found))


@given(st.integers(0, 300), st.integers(0, 100))
def test_the_largest_number_within_the_share(direct: int, percent: int) -> None:
    most = most_rationalized(direct, percent / 100)
    if percent == 100:
        assert most is None
        return
    assert most is not None
    assert 100 * most <= percent * (direct + most)
    assert 100 * (most + 1) > percent * (direct + most + 1)


def test_rows_that_other_filters_drop_do_not_count_in_the_share() -> None:
    said = [replace(answer, completion=msgspec.structs.replace(answer.completion, text=LONG)) for answer in many(4, 8)]
    short = many(4, 0, "circus")
    short = [judged(clip(f"s{number}", ClassLabel(name="juggling")), "juggling") for number in range(4)]
    found = reasons([*said, *short], length={"min_words": 2}, rationalized_share=0.5)
    assert sum(reason == "too_short" for reason in found.values()) == 4
    assert sum(reason == "rationalized_share" for reason in found.values()) == 4


def test_only_accepted_answers_are_dropped() -> None:
    said = [judged(JUGGLER, "no", RejectReason.ABSENT), judged(JUGGLER, "juggling", sample=1)]
    assert reasons(said, length={"min_words": 5}) == {"a#0/direct-1": "too_short"}


ALL = {
    "pass_rate": {"max": 0.9},
    "length": {"min_words": 2, "max_words": 40},
    "restatement": {"min_other_words": 2},
    "near_duplicates": {"similarity": 0.6, "per_question": 1, "per_dataset": 3},
    "per_question": 2,
    "rationalized_share": 0.5,
}


@examples(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(chance: random.Random) -> None:
    """Answers to one question stand together; questions, and the answers to each, come in any order."""
    words = LONG.split()
    made = random.Random(1)
    questions = []
    for number in range(12):
        of = clip(f"{number:02d}", ClassLabel(name="juggling"))
        rows = []
        for sample in range(4):
            text = LONG if made.random() < 0.4 else " ".join(made.sample(words, made.randint(1, 12)))
            mode = Mode.RATIONALIZED if number % 3 == 0 else Mode.DIRECT
            rows.append(
                judged(of, text, RejectReason.ABSENT if made.random() < 0.2 else None, mode=mode, sample=sample)
            )
        questions.append(rows)
    expected = drops_of([row for rows in questions for row in rows], settings(**ALL))
    assert len({drop.reason for drop in expected.values()}) >= 4
    chance.shuffle(questions)
    for rows in questions:
        chance.shuffle(rows)
    assert drops_of([row for rows in questions for row in rows], settings(**ALL)) == expected


def test_the_documented_order_is_that_of_the_reasons() -> None:
    keys = FilterSettings.__struct_fields__
    assert tuple(key for key in keys if key not in ("exclude", "decontaminate")) == QUALITY
    # One answer that falls to all of them gets the first reason.
    said = answers("juggling", "juggling")
    first = drops_of(said, settings(**ALL, blind={"no_video": True}), {"circus/a#0": {BlindVariant.NO_VIDEO: 1}})
    assert {drop.reason for drop in first.values()} == {FilterReason.BLIND_NO_VIDEO}


@pytest.mark.parametrize(
    "values",
    [
        {"length": {}},
        {"length": {"min_words": 5, "max_words": 4}},
        {"length": {"min_words": 0}},
        {"restatement": {"min_other_words": 0}},
        {"near_duplicates": {"similarity": 0}},
        {"near_duplicates": {"similarity": 1.1}},
        {"near_duplicates": {"per_question": None}},
        {"near_duplicates": {"per_question": 0}},
        {"per_question": 0},
        {"rationalized_share": 1.5},
        {"pass_rate": {"min": 0.6, "max": 0.4}},
        {"blind": {}},
        {"blind": {"no_video": True, "samples": 0}},
        {"blind": {"no_video": True, "samples": 2, "most": 2}},
    ],
)
def test_settings_out_of_range_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        settings(**values)


def test_variants_have_a_fixed_order() -> None:
    chosen = BlindSettings(shuffled_frames=True, no_video=True)
    assert chosen.variants == (BlindVariant.NO_VIDEO, BlindVariant.SHUFFLED_FRAMES)
