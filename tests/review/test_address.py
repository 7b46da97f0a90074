"""Filters in the page's address."""

from __future__ import annotations

import pytest

from vstar_data.review.address import address_of, filters_of
from vstar_data.review.filters import Decided, Disagreement, Filters, Outcome

ALL = Filters(
    sheet=True,
    kind="class",
    mode="direct",
    outcome=Outcome.REJECTED,
    reason="absent",
    name="a & b=<c> #é",
    decided=Decided.ACCEPTED,
    disagreement=Disagreement.PROFILES,
    text="clips/a#class",
)


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("filters", [ALL, Filters(), Filters(decided=Decided.UNDECIDED)])
def test_an_address_gives_back_its_filters(filters: Filters, blind: bool) -> None:
    address = address_of(filters, blind=blind)
    assert filters_of(f"#{address}", ["class"], ["absent"]) == (filters, blind)


def test_no_filters_are_no_address() -> None:
    assert address_of(Filters(), blind=False) == ""


@pytest.mark.parametrize(
    "address",
    ["", "#", "#kind=odd&mode=odd&outcome=odd&reason=odd&decided=odd&disagreement=odd", "#%ff%00&&=&kind", "#\ud800"],
)
def test_what_is_unknown_asks_nothing(address: str) -> None:
    assert filters_of(address, ["class"], ["absent"]) == (Filters(), False)
