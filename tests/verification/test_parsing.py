"""The second look with spaCy's `en_core_web_sm`: with the model, without it, and where the caller forbids it."""

from __future__ import annotations

import pytest

from vstar_data.verification import VERSION, VerificationSettings, edition, parsing, verify
from vstar_data.verification.text import tokens_of

FAR = (
    "The letter that the old woman in the blue coat, who had waited for hours in the rain, finally and to everybody's "
    "surprise burned was long."
)
SCATTERED = "She burned the toast and then, with a sigh, sat down and wrote another letter to the landlord."

needs_model = pytest.mark.skipif(parsing.model() is None, reason="en_core_web_sm is not installed")


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "model", lambda: None)


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
