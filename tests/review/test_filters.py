"""Filters, and going from answer to answer."""

from __future__ import annotations

import numpy as np
import pytest

from tests.review.conftest import HOSTILE, row_of
from vstar_data.review.filters import Decided, Disagreement, Filters, Outcome, first_undecided, matching, next_row
from vstar_data.review.session import Review

RIGHT, WRONG = {f"{name}/direct-0" for name in "abcd"}, {f"{name}/direct-1" for name in "abcd"}
CHOSEN = {"a/direct-0": 1, "a/direct-1": 1, "b/direct-0": 2, "b/direct-1": 2, "c/direct-0": 3}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), RIGHT | WRONG),
        (Filters(outcome=Outcome.ACCEPTED), RIGHT),
        (Filters(reason="absent"), WRONG - {"d/direct-1"}),
        (Filters(reason="negated"), {"d/direct-1"}),
        (Filters(reason="rival"), set()),
        (Filters(kind="class"), RIGHT | WRONG),
        (Filters(kind="number"), set()),
        (Filters(mode="direct"), RIGHT | WRONG),
        (Filters(mode="rationalized"), set()),
        (Filters(name="JUGG"), {"a/direct-0", "a/direct-1"}),
        (Filters(name=HOSTILE), {"c/direct-0", "c/direct-1"}),
        (Filters(name="juggling", outcome=Outcome.REJECTED), {"a/direct-1"}),
        (Filters(text="clips/d#"), {"d/direct-0", "d/direct-1"}),
        (Filters(decided=Decided.UNDECIDED), (RIGHT | WRONG) - (CHOSEN.keys() - {"c/direct-0"})),
        (Filters(decided=Decided.DECIDED), CHOSEN.keys() - {"c/direct-0"}),
        (Filters(decided=Decided.ACCEPTED), {"a/direct-0", "a/direct-1"}),
        (Filters(decided=Decided.REJECTED), {"b/direct-0", "b/direct-1"}),
        (Filters(decided=Decided.SKIPPED), {"c/direct-0"}),
        (Filters(disagreement=Disagreement.REVIEWER), {"a/direct-1", "b/direct-0"}),
        (Filters(disagreement=Disagreement.PROFILES), {"d/direct-1"}),
        (Filters(sheet=True), {"d/direct-0", "b/direct-1"}),
        (Filters(sheet=True, decided=Decided.UNDECIDED), {"d/direct-0"}),
        (Filters(sheet=True, outcome=Outcome.REJECTED, reason="absent"), {"d/direct-0", "b/direct-1"}),
    ],
)
def test_what_is_shown(review: Review, filters: Filters, expected: set[str]) -> None:
    chosen = np.zeros(len(review.index), dtype=np.int8)
    for name, choice in CHOSEN.items():
        chosen[row_of(review, name)] = choice
    sheet = [row_of(review, "d/direct-0"), row_of(review, "b/direct-1")]
    rows = matching(filters, review.index, chosen, sheet=sheet, disputed=[row_of(review, "d/direct-1")])
    assert {review.index.id(row).replace("clips/", "").replace("#class", "") for row in rows} == expected
    if filters.sheet and len(expected) == 2:
        assert rows.tolist() == sheet
    elif not filters.sheet:
        assert rows.tolist() == sorted(rows)


def test_going_on_and_back_stays_in_the_list() -> None:
    rows, chosen = np.array([4, 7, 9]), np.zeros(10, dtype=np.int8)
    assert [next_row(rows, at, 1, chosen, undecided=False) for at in (0, 1, 2)] == [1, 2, 2]
    assert [next_row(rows, at, -1, chosen, undecided=False) for at in (0, 1, 2)] == [0, 0, 1]


def test_among_undecided_answers_those_decided_on_meanwhile_are_passed_over() -> None:
    rows, chosen = np.array([4, 7, 9]), np.zeros(10, dtype=np.int8)
    chosen[7] = 1
    assert next_row(rows, 0, 1, chosen, undecided=True) == 2
    assert next_row(rows, 0, 1, chosen, undecided=False) == 1
    assert next_row(rows, 2, -1, chosen, undecided=True) == 1


def test_one_begins_at_the_first_answer_that_is_open() -> None:
    chosen = np.array([1, 3, 0, 0], dtype=np.int8)
    assert first_undecided(np.array([0, 1, 2, 3]), chosen) == 2
    assert first_undecided(np.array([0, 1]), chosen) == 0
    assert first_undecided(np.array([], dtype=np.int64), chosen) == 0
