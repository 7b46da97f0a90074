"""Suspect labels: all direct answers claim one and the same other thing."""

from __future__ import annotations

import pytest

from tests.auditing.answered import NAMES, answered, clip
from vstar_data.auditing.claims import common_claim
from vstar_data.auditing.suspects import SuspectSearch
from vstar_data.records import BooleanLabel, ClassLabel, Label, Mode, NumberLabel, QALabel, SegmentLabel

CUP = QALabel(question="What is it?", answer="a cup", choices=("a cup", "a hat", "a lamp"))
SCORE = NumberLabel(name="score", value=3, minimum=0, maximum=10, tolerance=1)


@pytest.mark.parametrize(
    ("kind", "label", "texts", "claim"),
    [
        ("class", ClassLabel(name="bowling"), ("A man is juggling.", "He is juggling balls."), "juggling"),
        ("class", ClassLabel(name="bowling"), ("A man is juggling.", "A man is sailing."), None),
        ("class", ClassLabel(name="bowling"), ("He is not juggling.", "He is not juggling."), None),
        ("class", ClassLabel(name="bowling"), ("A man sleeps.", "A man sleeps."), None),
        ("qa", CUP, ("It is a hat.", "(B)"), "a hat"),
        ("qa", CUP, ("It is a hat.", "It is a lamp."), None),
        ("qa", QALabel(question="Is it open?", answer="yes"), ("No.", "No, it is closed."), "no"),
        ("qa", QALabel(question="Who is it?", answer="Ann"), ("It is Bob.", "It is Bob."), None),
        ("number", SCORE, ("The score is 7.", "The score is 7.5."), "score 7.5"),
        ("number", SCORE, ("The score is 6.", "The score is 9."), None),
        ("number", SCORE, ("No idea.", "The score is 9."), None),
        (
            "boolean",
            BooleanLabel(name="the door is open", holds=True),
            ("No, the door is closed.", "The door is not open."),
            "the door is open: no",
        ),
        ("segment", SegmentLabel(name="a dog barks", start=1, end=2), ("From 5 to 6 s.", "From 5 to 6 s."), None),
    ],
)
def test_what_all_answers_claim(kind: str, label: Label, texts: tuple[str, ...], claim: str | None) -> None:
    assert common_claim(answered(clip("a", label), kind, *texts), NAMES) == claim


def test_what_is_true_of_the_clip_too_is_no_claim_against_its_label() -> None:
    both = clip("a", ClassLabel(name="bowling"), ClassLabel(name="juggling"))
    assert common_claim(answered(both, "class", "A man is juggling.", "He is juggling."), NAMES) is None


def searched(least: int = 2) -> SuspectSearch:
    search = SuspectSearch(least, NAMES)
    for number in range(3):
        search.look_at(answered(clip(f"known-{number}", ClassLabel(name="bowling")), "class", "A man is bowling."))
    wrong = ("A man is juggling.", "He is juggling.")
    search.look_at(answered(clip("wrong", ClassLabel(name="bowling")), "class", *wrong))
    search.look_at(answered(clip("unknown", ClassLabel(name="sailing")), "class", *wrong, "She is juggling."))
    search.look_at(answered(clip("once", ClassLabel(name="archery")), "class", "A man is juggling."))
    search.look_at(answered(clip("hinted", ClassLabel(name="archery")), "class", *wrong, mode=Mode.RATIONALIZED))
    return search


def test_suspects_come_first_where_the_model_knows_the_label() -> None:
    found = searched().suspects()
    assert [(one.clip.id, one.label, one.claim, one.samples) for one in found] == [
        ("s/wrong", "bowling", "juggling", 2),
        ("s/unknown", "sailing", "juggling", 3),
    ]
    assert [one.others for one in found] == [(3, 3), (0, 0)]


def test_more_answers_can_be_asked_for() -> None:
    assert [one.clip.id for one in searched(3).suspects()] == ["s/unknown"]
