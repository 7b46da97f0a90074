"""Agreement: what each profile accepts, where two part, and who is left out."""

from __future__ import annotations

import pytest

from tests.auditing.answered import NAMES, answered, clip
from vstar_data.auditing.agreement import Pair, agreement
from vstar_data.records import ClassLabel, QALabel
from vstar_data.verification.settings import VerificationSettings


def test_cohens_kappa_of_a_worked_example() -> None:
    pair = Pair("strict", "paper", both=20, only_first=5, only_second=10, neither=15)
    assert pair.agreeing == pytest.approx(0.7)
    assert pair.kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("cells", "kappa"), [((10, 0, 0, 0), None), ((0, 0, 0, 10), None), ((5, 0, 0, 5), 1.0), ((0, 5, 5, 0), -1.0)]
)
def test_kappa_at_its_ends(cells: tuple[int, int, int, int], kappa: float | None) -> None:
    both, first, second, neither = cells
    pair = Pair("strict", "paper", both=both, only_first=first, only_second=second, neither=neither)
    assert pair.kappa == (None if kappa is None else pytest.approx(kappa))


def test_a_denied_label_parts_strict_from_the_others() -> None:
    sample = [
        answered(clip("a", ClassLabel(name="bowling")), "class", "A man is bowling.", "Nobody is bowling here."),
        answered(clip("b", ClassLabel(name="archery")), "class", "Somebody sleeps."),
    ]
    (found,) = agreement(sample, VerificationSettings(), NAMES)
    assert (found.kind, found.answers) == ("class", 3)
    assert found.accepted == {"strict": 1, "paper": 2, "released": 2}
    assert found.left_out == ()
    by_name = {(pair.first, pair.second): pair for pair in found.pairs}
    pair = by_name["strict", "paper"]
    assert (pair.both, pair.only_first, pair.only_second, pair.neither) == (1, 0, 1, 1)
    assert by_name["paper", "released"].agreeing == 1


def test_a_profile_that_needs_embeddings_is_left_out_and_named() -> None:
    label = QALabel(question="What is it?", answer="a cup")
    sample = [answered(clip("a", label), "qa", "It is a cup.")]
    (found,) = agreement(sample, VerificationSettings(), NAMES)
    assert found.left_out == ("released",)
    assert sorted(found.accepted) == ["paper", "strict"]
    assert [(pair.first, pair.second) for pair in found.pairs] == [("strict", "paper")]


def test_the_runs_own_verdicts_are_taken_as_they_are() -> None:
    sample = [answered(clip("a", ClassLabel(name="bowling")), "class", "Nobody is bowling.", profile="paper")]
    (found,) = agreement(sample, VerificationSettings(profile="paper"), NAMES)
    assert found.accepted == {"strict": 0, "paper": 1, "released": 1}
