"""The second look with spaCy's `en_core_web_sm`: with the model, without it, and where the caller forbids it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vstar_data.verification import VERSION, VerificationSettings, edition, parsing, verify
from vstar_data.verification.text import tokens_of

FAR = (
    "The letter that the old woman in the blue coat, who had waited for hours in the rain, finally and to everybody's "
    "surprise burned was long."
)
SCATTERED = "She burned the toast and then, with a sigh, sat down and wrote another letter to the landlord."

MISTAKEN = {"parser-13r", "described-05r", "after-11r"}
"""Twins that the rules accept although they should not, without a parser."""

PARSED = Path(__file__).parents[1] / "data" / "verification" / "parser"

needs_model = pytest.mark.skipif(parsing.model() is None, reason="en_core_web_sm is not installed")


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "model", lambda: None)


@needs_model
def test_words_that_lie_far_apart_are_bound() -> None:
    (binding,) = parsing.bound(tokens_of(FAR), ("burning letter",))
    text = tokens_of(FAR)
    assert [text.tokens[place].word for place in binding.match.filled] == ["letter", "burned"]
    assert binding.told
    assert binding.doer is not None
    assert text.tokens[binding.doer].word == "woman"


@needs_model
def test_the_verdict_takes_what_the_parser_finds_unless_told_not_to() -> None:
    labels = [{"kind": "class", "name": "burning letter"}]
    assert verify(FAR, labels).accepted
    assert verify(FAR, labels, parser=True).accepted
    verdict = verify(FAR, labels, parser=False)
    assert [str(reason) for reason in verdict.reasons] == ["absent"]


@needs_model
def test_an_earlier_deed_and_a_name_with_a_context_are_not_found() -> None:
    opened = "The door that she opened stays in view as a window gets closed."
    assert not any(binding.told for binding in parsing.bound(tokens_of(opened), ("opening door",)))
    climber = "A mountain climber in a red jacket is hauling himself up a cliff face."
    assert parsing.bound(tokens_of(climber), ("mountain climber (exercise)",)) == []


@needs_model
@pytest.mark.parametrize(("name", "found"), [("far_apart", 20), ("descriptions", 9), ("after_the_rules", 7)])
def test_the_second_look_finds_more_and_accepts_nothing_wrong(name: str, found: int) -> None:
    cases = [json.loads(line) for line in (PARSED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    changed = []
    for case in cases:
        arguments = (case["answer"], case["labels"])
        with_it, without = (verify(*arguments, question=case["question"], parser=one).accepted for one in (True, False))
        if with_it != without:
            changed.append((case["id"], with_it == (case["expected"] == "accept")))
    assert [case for case, better in changed if not better] == []
    assert len(changed) >= found


@pytest.mark.parametrize("name", ["far_apart", "descriptions", "after_the_rules"])
def test_without_the_model_every_verdict_is_that_of_the_rules(name: str, no_model: None) -> None:
    for line in (PARSED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        asked, forbidden = (
            verify(case["answer"], case["labels"], question=case["question"], parser=one) for one in (True, False)
        )
        assert asked == forbidden, case["id"]


@pytest.mark.parametrize("name", ["far_apart", "descriptions", "after_the_rules"])
@pytest.mark.parametrize("parser", [True, False])
def test_twins_are_rejected_but_for_those_that_the_rules_mistake(name: str, parser: bool) -> None:
    cases = [json.loads(line) for line in (PARSED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    twins = [case for case in cases if case["expected"] == "reject"]
    wrong = {
        case["id"]
        for case in twins
        if verify(case["answer"], case["labels"], question=case["question"], parser=parser).accepted
    }
    assert len(twins) == len(cases) / 2
    assert wrong <= MISTAKEN


@needs_model
@pytest.mark.parametrize(
    ("question", "accepted"),
    [("What does the woman do?", True), ("What does the man do?", False), ("What is done?", True)],
)
@pytest.mark.parametrize("end", ["", ".", ". Nothing else happens."])
def test_who_does_it_may_be_named_last(question: str, accepted: bool, end: str) -> None:
    answer = (
        "The candles that stand on the cake between the roses of sugar are, after everybody has sung, blown out by the "
        f"woman{end}"
    )
    labels = [{"kind": "class", "name": "blowing out candles"}]
    assert verify(answer, labels, question=question).accepted is accepted


@needs_model
def test_words_of_different_deeds_are_not_bound() -> None:
    assert parsing.bound(tokens_of(SCATTERED), ("burning letter",)) == []


@needs_model
def test_the_version_names_the_model_where_it_is_asked() -> None:
    assert edition(VerificationSettings()).startswith(f"{VERSION}+en_core_web_sm")
    assert edition(VerificationSettings(parser=False)) == VERSION
    assert edition(VerificationSettings(profile="paper")) == VERSION


def test_without_the_model_nothing_is_found_and_nothing_raises(no_model: None) -> None:
    assert parsing.bound(tokens_of(FAR), ("burning letter",)) == []
    assert edition(VerificationSettings()) == VERSION
    verdict = verify(FAR, [{"kind": "class", "name": "burning letter"}])
    assert [str(reason) for reason in verdict.reasons] == ["absent"]


@needs_model
@pytest.mark.parametrize("answer", ["", "?!", "letter burn " * 2000, "\u200b\u0000 burn letter", "burn\nletter"])
def test_any_text_is_looked_at_in_bounded_time(answer: str) -> None:
    parsing.bound(tokens_of(answer), ("burning letter",))
