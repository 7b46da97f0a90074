"""`verify` itself: what it takes and what it returns."""

from __future__ import annotations

import pytest

import vstar_data
from vstar_data import verify
from vstar_data.errors import RecordError, UnknownNameError, UsageError
from vstar_data.records import ClassLabel, NumberLabel, RejectReason, allowed_error
from vstar_data.verification import VERSION, VerificationSettings
from vstar_data.verification.lemmas import american, form, is_word


def test_the_package_offers_verify_and_its_version() -> None:
    assert vstar_data.__version__[0].isdigit()
    assert VERSION
    assert VerificationSettings().profile == "strict"
    with pytest.raises(AttributeError):
        vstar_data.nothing  # noqa: B018


def test_records_and_dicts_are_one() -> None:
    answer = "A man is juggling."
    assert verify(answer, [ClassLabel(name="juggling")]) == verify(answer, [{"kind": "class", "name": "juggling"}])


def test_all_targets_must_be_contained() -> None:
    verdict = verify("He sings.", [ClassLabel(name="singing"), ClassLabel(name="dancing")])
    assert not verdict.accepted
    assert [target.accepted for target in verdict.per_label] == [True, False]
    assert verdict.reasons == (RejectReason.ABSENT,)


def test_evidence_counts_code_points_of_the_whole_answer() -> None:
    answer = "<think>\U0001f3b8 maybe?</think>\U0001f3b8 He plays the guitar\u2019s neighbour, the guitar."
    (target,) = verify(answer, [ClassLabel(name="playing guitar")]).per_label
    assert target.evidence is not None
    assert answer[slice(*target.evidence)].startswith("plays the guitar")


@pytest.mark.parametrize("change", [{"profile": "lenient"}, {"mode": "sideways"}, {"asks": [["value"]]}, {"asks": []}])
def test_wrong_arguments_are_errors(change: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        verify("x", [ClassLabel(name="x")], **change)  # type: ignore[arg-type]


def test_a_bad_label_names_its_path() -> None:
    with pytest.raises(RecordError, match=r"labels\[0\]"):
        verify("x", [{"kind": "class"}])
    with pytest.raises(UnknownNameError):
        verify("x", [ClassLabel(name="x")], profile="stricter")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (NumberLabel(name="n", value=50, minimum=0, maximum=110), 5.5),
        (NumberLabel(name="n", value=50), 2.5),
        (NumberLabel(name="n", value=-50, maximum=0), 2.5),
        (NumberLabel(name="n", value=0), 0.0),
        (NumberLabel(name="n", value=50, minimum=0, maximum=110, tolerance=1), 1.0),
    ],
)
def test_tolerance(label: NumberLabel, expected: float) -> None:
    assert allowed_error(label) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("word", "key"),
    [("threw", "throw"), ("knives", "knife"), ("shovelling", "shovel"), ("tyres", "tire"), ("unboxing", "unbox"),
     ("deadlifts", "deadlift"), ("hopping", "hop"), ("organising", "organize"), ("children", "child")],
)  # fmt: skip
def test_base_forms(word: str, key: str) -> None:
    assert key in form(word).keys


def test_words_and_spellings() -> None:
    assert is_word("planning")
    assert not is_word("plantng")
    assert american("colour") == "color"
