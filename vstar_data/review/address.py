"""Filters as a part of the page's address, so that a page that is opened again shows what it showed. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from vstar_data.review.filters import Decided, Disagreement, Filters, Outcome
from vstar_data.review.tables import MODES

_LONGEST = 4_000
"""Characters of an address that are read."""
_YES = "yes"

Named = TypeVar("Named", bound=StrEnum)


def address_of(filters: Filters, *, blind: bool) -> str:
    """Returns what stands after the `#`: what is asked for, as `name=value` pairs; an empty text for nothing."""
    asked = {**asdict(filters), "blind": blind}
    return urlencode({name: _YES if value is True else value for name, value in asked.items() if value})


def filters_of(address: str, kinds: Collection[str], reasons: Collection[str]) -> tuple[Filters, bool]:
    """Returns the filters that an address asks for, and whether verdicts are hidden. What is unknown asks nothing.

    Args:
        address: What stands after the `#`; any text.
        kinds: The kinds of questions there are.
        reasons: The reasons there are.
    """
    asked = dict(parse_qsl(address[:_LONGEST].removeprefix("#")))
    kind, mode, reason = asked.get("kind"), asked.get("mode"), asked.get("reason")
    filters = Filters(
        sheet="sheet" in asked,
        kind=kind if kind in kinds else None,
        mode=mode if mode in list(map(str, MODES)) else None,
        outcome=named(Outcome, asked.get("outcome")),
        reason=reason if reason in reasons else None,
        name=asked.get("name", "").strip(),
        decided=named(Decided, asked.get("decided")),
        disagreement=named(Disagreement, asked.get("disagreement")),
        text=asked.get("text", "").strip(),
    )
    return filters, "blind" in asked


def named(kind: type[Named], value: object) -> Named | None:
    """Returns the member of an enum that has a value; None where none has."""
    return next((member for member in kind if member == value), None)
