"""The defects of the authors' verifier, one by one: `strict` has none of them. Each comes with what is right beside it.

There are 22 known ones in the released code. Those that are not the verifier's are tested elsewhere, or cannot be here:

    3   an item that failed was lost               building/test_outcomes.py: an answer without anything to parse
    9   the language model never judged            there is none: every rule is code and has its tests
    11  rationalization could not be switched off  generation/test_block_state.py: without rationalizations
    12  resuming lost what was there               building/test_kill_and_resume.py
    13  the rest of a division was left out        generation/test_keys.py: shards share the blocks out
    15  failed items lay among the good ones       dataset/test_writing.py: `sft` and `rejected` are two configs
    16  steps in the order of their class ids      adapters/test_finediving.py, questions/test_derived.py
    17  verbs became "Unknown"                     adapters/test_star.py: relations and verbs are in words
    18  no seed, rounding at random                generation/test_keys.py, questions/test_bank.py: hashes decide
    19  a Python list in the text of a question    questions/test_bank.py, questions/test_derived.py
    20  a filter that looked at keys, not values   adapters/test_every_adapter.py: each row gives one record
"""

from __future__ import annotations

from typing import Any

import pytest

from vstar_data.records import RejectReason, Verdict
from vstar_data.verification import verify

SCORE: dict[str, Any] = {"kind": "number", "name": "score", "value": 95.0, "minimum": 0, "maximum": 100, "tolerance": 5}
DIFFERENCE: dict[str, Any] = {"kind": "number", "name": "goal difference", "value": 0.0, "tolerance": 0}
SAME: dict[str, Any] = {"kind": "boolean", "name": "the two objects are the same", "holds": True}
BOX: dict[str, Any] = {"kind": "box", "name": "cup", "time": 1.0, "box": [0.0, 0.2, 0.4, 0.6]}


def strict(answer: str, label: dict[str, Any], question: str = "", **more: Any) -> Verdict:
    return verify(answer, [label], question=question, **more)


def segment(start: float, end: float) -> dict[str, Any]:
    return {"kind": "segment", "name": "person opens the door", "start": start, "end": end}


def named(name: str) -> dict[str, Any]:
    return {"kind": "class", "name": name}


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("On a scale from 1 to 100, the score is 12.", False),
        ("Out of 95 divers, this one gets a score of 12.", False),
        ("In round 95 the score is 12.", False),
        ("On a scale from 1 to 100, the score is 95.", True),
        ("Out of 12 divers, this one gets a score of 95.", True),
    ],
)
def test_1_any_number_of_the_text_was_the_score(answer: str, accepted: bool) -> None:
    assert strict(answer, SCORE, "What is the score?").accepted is accepted


def test_1_the_released_rule_is_kept_for_comparison() -> None:
    assert verify("On a scale from 1 to 100, the score is 12.", [SCORE], profile="released").accepted


@pytest.mark.parametrize(("value", "accepted"), [(3.0, True), (-3.4, False)])
def test_2_a_hyphen_was_a_sign(value: float, accepted: bool) -> None:
    label = {"kind": "number", "name": "difficulty", "value": value, "tolerance": 0.6}
    assert strict("The difficulty is 2.5-3.4.", label).accepted is accepted
    assert verify("2.5-3.4", [{**label, "value": -3.4}], profile="released").accepted is False
    assert verify("2.5-3.4", [{**label, "value": 3.4}], profile="released").accepted


def test_2_a_sign_is_a_sign() -> None:
    label = {"kind": "number", "name": "goal difference", "value": -3.0, "tolerance": 0.5}
    assert strict("The goal difference is -3.", label).accepted
    assert not strict("The goal difference is 3.", label).accepted


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
def test_3_an_answer_without_a_number_lost_the_item(profile: str) -> None:
    verdict = verify("It is a fine dive with a small splash.", [SCORE], question="What is the score?", profile=profile)
    assert verdict.reasons == (RejectReason.INCOMPLETE,)
    assert verify("The score is 95.", [SCORE], question="What is the score?", profile=profile).accepted


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
@pytest.mark.parametrize(("said", "accepted"), [("0", True), ("1", False)])
def test_4_a_label_of_zero_lost_the_item(profile: str, said: str, accepted: bool) -> None:
    verdict = verify(f"The goal difference is {said}.", [DIFFERENCE], profile=profile)
    assert verdict.accepted is accepted
    assert verdict.reasons == (() if accepted else (RejectReason.WRONG_VALUE,))


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
@pytest.mark.parametrize("name", ["put on", "take", "go", "show", "make it", "give", "up"])
@pytest.mark.parametrize("answer", ["", "A dog sleeps in the sun."])
def test_5_a_label_of_stop_words_was_always_there(profile: str, name: str, answer: str) -> None:
    verdict = verify(answer, [named(name)], profile=profile)
    assert verdict.reasons == (RejectReason.ABSENT,)


def test_5_verbs_that_are_stop_words_are_looked_for() -> None:
    label = named("putting something on a shelf")
    assert strict("He puts the book on a shelf.", label).accepted
    assert strict("He takes the book off a shelf.", label).reasons == (RejectReason.ABSENT,)
    assert strict("A woman takes a picture.", named("taking a picture")).accepted


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
@pytest.mark.parametrize(
    ("answer", "start", "end", "accepted"),
    [
        ("From 0 to 4 seconds.", 0.0, 4.0, True),
        ("From 6 to 10 seconds.", 6.0, 10.0, True),
        ("From 0 to 10 seconds.", 0.0, 10.0, True),
        ("From 0 to 4 seconds.", 6.0, 10.0, False),
    ],
)
def test_6_a_window_at_either_end_of_the_clip_could_not_pass(
    profile: str, answer: str, start: float, end: float, accepted: bool
) -> None:
    question = "When does the person open the door?"
    found = verify(answer, [segment(start, end)], question=question, duration=10.0, profile=profile)
    assert found.accepted is accepted


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
def test_7_corners_were_compared_as_centre_and_size(profile: str) -> None:
    assert verify("[0, 0.2, 0.4, 0.6]", [BOX], profile=profile).accepted
    assert verify("The box is [0.0, 0.2, 0.42, 0.6].", [BOX], profile=profile).accepted
    assert not verify("[0.2, 0.4, 0.4, 0.4]", [BOX], profile=profile).accepted


def test_7_centre_and_size_are_read_where_the_answer_says_so() -> None:
    assert strict("center x=0.2, center y=0.4, width=0.4, height=0.4", BOX).accepted


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        ("The objects are not the same.", False),
        ("The two objects aren't the same.", False),
        ("They are different objects.", False),
        ("No.", False),
        ("The objects are the same.", True),
        ("They are not different.", True),
        ("Yes.", True),
    ],
)
def test_8_sameness_was_blind_to_negation(answer: str, same: bool) -> None:
    for holds in (True, False):
        verdict = strict(answer, {**SAME, "holds": holds}, "Are the two objects the same?")
        assert verdict.accepted is (same is holds)


@pytest.mark.parametrize(
    ("answer", "reasons"),
    [
        ("The man is juggling. " * 30, (RejectReason.DEGENERATE,)),
        ("juggling juggling juggling juggling juggling juggling juggling", (RejectReason.DEGENERATE,)),
        ("The man is juggling. He throws three balls up and catches them, one after the other, without a pause.", ()),
    ],
)
def test_10_loops_passed(answer: str, reasons: tuple[RejectReason, ...]) -> None:
    assert strict(answer, named("juggling"), "What is the man doing?").reasons == reasons


def test_14_direct_and_rationalized_had_each_others_name() -> None:
    answer = "As the label says, the man is juggling."
    assert strict(answer, named("juggling"), mode="rationalized").reasons == (RejectReason.LEAK,)
    assert strict(answer, named("juggling"), mode="direct").accepted
    assert strict("The man is juggling: three balls are in the air.", named("juggling"), mode="rationalized").accepted


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("The person may be texting, talking, drinking or reading.", RejectReason.HEDGED),
        ("At first I thought of texting. But the answer is: drinking.", RejectReason.RIVAL),
        ("He is not texting. He is drinking.", RejectReason.NEGATED),
        ("He is texting. No, wait, he is drinking.", RejectReason.CONTRADICTED),
        ("He might be drinking, but he looks at a phone and types: he is texting.", None),
        ("The person is texting.", None),
    ],
)
def test_21_an_action_in_passing_was_the_answer(answer: str, reason: RejectReason | None) -> None:
    names = ("texting", "talking", "drinking", "reading")
    verdict = strict(answer, named("texting"), "What is the person doing?", class_names=names)
    assert verdict.reasons == ((reason,) if reason else ())


@pytest.mark.parametrize("profile", ["strict", "paper", "released"])
def test_22_the_example_of_the_paper_does_not_pass_its_rule(profile: str) -> None:
    assert not verify("The man is chopping wood.", [named("smashing")], profile=profile).accepted
    assert verify("The man is smashing a vase.", [named("smashing")], profile=profile).accepted
