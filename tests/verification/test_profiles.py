"""`paper` and `released`: every kind has a rule, each rule measures what the tables of the documentation say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from vstar_data.errors import UsageError
from vstar_data.records import LABEL_KINDS, BooleanLabel, ClassLabel, Label, RejectReason, SequenceLabel
from vstar_data.verification import verify
from vstar_data.verification.profiles import PROFILES, RULES, check_kinds, embedding_kinds
from vstar_data.verification.published import texts
from vstar_data.verification.sentences import sentences_of_label

from .embedders import BagOfWords

DOCS = Path(__file__).resolve().parents[2] / "docs" / "verification.md"
CLASS: dict[str, Any] = {"kind": "class", "name": "eats apple pie"}
SCORE: dict[str, Any] = {"kind": "number", "name": "score", "value": 100}
ZERO: dict[str, Any] = {"kind": "number", "name": "difference", "value": 0}
TIME: dict[str, Any] = {"kind": "timestamp", "name": "the ball is released", "time": 4.0}
SPAN: dict[str, Any] = {"kind": "segment", "name": "the door is opened", "start": 0, "end": 4}
BOX: dict[str, Any] = {"kind": "box", "name": "cup", "time": 1, "box": [0.0, 0.2, 0.4, 0.6]}
STEPS: dict[str, Any] = {
    "kind": "sequence",
    "steps": ["take the cup", "pour the milk"],
    "step_aliases": [["grab a mug"], []],
}
QA: dict[str, Any] = {"kind": "qa", "question": "Which one?", "answer": "The red towel.", "aliases": ["a cloth"]}
RELATION: dict[str, Any] = {"kind": "relation", "subject": "person", "predicate": "leaning_on", "object": "table"}
SAME: dict[str, Any] = {"kind": "boolean", "name": "the two objects are the same", "holds": False}
CAPTION: dict[str, Any] = {"kind": "caption", "text": "A man pours milk. He stirs it."}

CASES: list[tuple[str, dict[str, Any], str, RejectReason | None]] = [
    ("paper", CLASS, "He eats an aple pie.", None),
    ("paper", CLASS, "He does not eat a pie, he eats an apple.", None),
    ("paper", CLASS, "He eats a pear pie.", RejectReason.ABSENT),
    ("paper", CLASS, "", RejectReason.ABSENT),
    ("released", CLASS, "He eats an apple pie.", None),
    ("released", CLASS, "He eats an appel pie.", RejectReason.ABSENT),
    ("released", CLASS, "", RejectReason.ABSENT),
    ("released", {"kind": "class", "name": "3.5 twists", "aliases": ["three"]}, "There are three.", None),
    ("paper", SCORE, "It is 96 of 110.", None),
    ("paper", SCORE, "It is 92.", RejectReason.WRONG_VALUE),
    ("released", SCORE, "It is 92.", None),
    ("released", SCORE, "On a scale from 1 to 100 the score is 12.", None),
    ("released", SCORE, "It is 89.", RejectReason.WRONG_VALUE),
    ("released", SCORE, "It is high.", RejectReason.INCOMPLETE),
    ("released", {**SCORE, "value": 1234.5}, "It is 1,234.5.", None),
    ("released", {**SCORE, "value": -3}, "It is -3.1.", None),
    ("released", {**SCORE, "value": -3}, "It is 3.", RejectReason.WRONG_VALUE),
    ("released", ZERO, "It is 0.", None),
    ("released", ZERO, "It is 0.01.", RejectReason.WRONG_VALUE),
    ("paper", TIME, "At 2 s, no, at 4.5 s.", None),
    ("paper", TIME, "At 4.6 s.", RejectReason.WRONG_TIME),
    ("released", TIME, "At 5 s.", None),
    ("released", TIME, "At 4 s, 8 s before the end.", RejectReason.WRONG_TIME),
    ("released", TIME, "At 45 %.", None),
    ("released", TIME, "At frame 4.", RejectReason.UNPARSABLE),
    ("released", TIME, "Soon.", RejectReason.INCOMPLETE),
    ("paper", SPAN, "from 0 to 5 s", None),
    ("paper", SPAN, "from 0 to 9 s", RejectReason.WRONG_TIME),
    ("released", SPAN, "from 6 to 9 s or from 0 to 5 s", None),
    ("released", SPAN, "from 0 to 4 s, that is from 9 to 6", None),
    ("released", SPAN, "from 0 to 8 s", RejectReason.WRONG_TIME),
    ("released", SPAN, "from frame 0 to frame 4", RejectReason.WRONG_TIME),
    ("released", SPAN, "at 4 s", RejectReason.INCOMPLETE),
    ("released", BOX, "[0.6, 0.2, 0.9, 0.6], no: [0, .2, 0.4, 0.6]", None),
    ("released", BOX, "[0.2, 0.4, 0.4, 0.4]", RejectReason.WRONG_BOX),
    ("paper", BOX, "(0.0, 0.2, 0.41, 0.61)", None),
    ("paper", BOX, "0.0, 0.2, 0.4, 0.6", RejectReason.INCOMPLETE),
    ("paper", STEPS, "First, take the cup. Then pour the milk.", None),
    ("released", STEPS, "Grab a mug. Pour the milk.", None),
    ("released", STEPS, "Take the cup and pour the milk.", None),
    ("released", STEPS, "Pour the milk. Take the cup.", RejectReason.WRONG_ORDER),
    ("released", STEPS, "Grab a mug.", RejectReason.ABSENT),
    ("released", STEPS, "", RejectReason.ABSENT),
    ("paper", QA, "It is a red towel.", None),
    ("paper", QA, "It is the red door.", RejectReason.ABSENT),
    ("released", QA, "He took the red towel.", None),
    ("released", QA, "I see a cloth.", None),
    ("released", QA, "He took a blue plate out of the cupboard.", RejectReason.ABSENT),
    ("paper", RELATION, "A person is leaning on a table.", None),
    ("paper", RELATION, "A person is near the table.", RejectReason.ABSENT),
    ("released", RELATION, "The person is leaning on the table.", None),
    ("released", RELATION, "Two dogs run.", RejectReason.ABSENT),
    ("paper", SAME, "The objects are not the same: there are two.", None),
    ("paper", SAME, "The two objects are the same.", RejectReason.ABSENT),
    ("released", SAME, "The two objects are the same.", None),
    ("released", SAME, "No.", RejectReason.ABSENT),
    ("paper", CAPTION, "The man pours the milk and stirs.", None),
    ("paper", CAPTION, "The man pours the milk.", RejectReason.ABSENT),
    ("released", CAPTION, "First a man pours the milk. Then he stirs it.", None),
    ("released", CAPTION, "A man pours milk.", RejectReason.ABSENT),
]


def judged(profile: str, label: dict[str, Any] | Label, answer: str) -> tuple[RejectReason | None, float]:
    (target,) = verify(answer, [label], profile=profile, duration=10.0, embedder=BagOfWords()).per_label
    assert target.accepted == (target.reason is None)
    if target.evidence is not None:
        assert 0 <= target.evidence[0] < target.evidence[1] <= len(answer)
    return target.reason, target.score


@pytest.mark.parametrize(
    ("profile", "label", "answer", "reason"), CASES, ids=[f"{p}-{c['kind']}-{a[:24]}" for p, c, a, _ in CASES]
)
def test_a_rule(profile: str, label: dict[str, Any], answer: str, reason: RejectReason | None) -> None:
    found, score = judged(profile, label, answer)
    assert found == reason
    assert 0.0 <= score <= 1.0


def test_every_kind_has_a_rule_in_every_profile() -> None:
    assert PROFILES == ("strict", "paper", "released")
    assert all(set(rules) == set(LABEL_KINDS) for rules in RULES.values())
    assert {(profile, label["kind"]) for profile, label, _, _ in CASES} >= {
        (profile, kind) for profile, rules in RULES.items() for kind in rules
    }


@pytest.mark.parametrize("profile", list(RULES))
def test_the_documentation_shows_the_tables(profile: str) -> None:
    page = DOCS.read_text(encoding="utf-8")
    table = page.partition(f"### `{profile}`")[2].partition("###")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| `(.*?)` \|", table, re.MULTILINE)
    rules = RULES[profile].items()
    assert rows == [(kind, rule.parser, rule.metric, str(rule.threshold)) for kind, rule in rules]


def test_a_time_without_a_known_length_cannot_be_compared() -> None:
    verdict = verify("At 4 s.", [TIME], profile="released")
    assert verdict.reasons == (RejectReason.UNPARSABLE,)


def test_all_targets_must_pass() -> None:
    labels = [CLASS, SCORE]
    assert verify("He eats apple pie for 100.", labels, profile="paper").accepted
    assert not verify("He eats apple pie.", labels, profile="paper").accepted


def test_a_label_of_function_words_is_looked_for_as_it_is() -> None:
    for name, said, unsaid in (("on it", "He is on it.", "He is in there."), ("put", "He put it.", "He sits.")):
        assert judged("released", ClassLabel(name=name), said)[0] is None
        assert judged("released", ClassLabel(name=name), unsaid)[0] is RejectReason.ABSENT


def test_a_label_is_put_into_words() -> None:
    assert texts(BooleanLabel(name="the door is open", holds=True)) == ("the door is open",)
    assert texts(BooleanLabel(name="the door is open", holds=False)) == ("the door is not open",)
    assert texts(BooleanLabel(name="he wins", holds=False)) == ("not true that he wins",)
    assert sentences_of_label("A man pours. He stirs it!") == ("A man pours", "He stirs it")
    assert sentences_of_label("...") == ("...",)


def test_which_kinds_are_embedded() -> None:
    assert embedding_kinds("paper", LABEL_KINDS, asked_for=False) == ["sequence"]
    assert embedding_kinds("released", LABEL_KINDS, asked_for=False) == [
        *("boolean", "caption", "qa", "relation", "sequence")
    ]
    assert embedding_kinds("strict", LABEL_KINDS, asked_for=False) == []
    assert embedding_kinds("strict", LABEL_KINDS, asked_for=True) == ["caption"]


def test_an_answer_is_embedded_once_and_a_label_once_for_all_answers() -> None:
    embedder = BagOfWords()
    step = SequenceLabel(steps=("a cup is taken", "the milk is poured"))
    for answer in ("A cup is taken. The milk is poured.", "The milk is poured."):
        verify(answer, [step, step], profile="released", embedder=embedder)
    assert sorted(embedder.asked) == sorted([*step.steps, "A cup is taken", "The milk is poured", "The milk is poured"])


def test_kinds_without_embeddings_need_none() -> None:
    check_kinds("released", ["class", "number", "segment", "box", "timestamp"])
    check_kinds("strict", list(LABEL_KINDS))


@pytest.mark.parametrize("profile", list(RULES))
def test_a_missing_model_is_found_before_anything_is_judged(profile: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"The profile `{profile}` judges sequence labels by sentence embeddings"):
        check_kinds(profile, ["class", "sequence"], str(tmp_path / "none"))
    with pytest.raises(UsageError, match="sentence embeddings"):
        verify("x", [CLASS, STEPS], profile=profile, embedder=str(tmp_path / "none"))
