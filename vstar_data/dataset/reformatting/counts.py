"""Counts of rows in other styles than the plain one: published, and not published with the reason. Counting only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vstar_data.recipe.reformat import Style


class NoRow(StrEnum):
    """Why an answer has no row in a style, where it is not the verifier that rejects it."""

    UNSUITED = "unsuited"
    CUT_OFF = "cut_off"
    NO_RATIONALE = "no_rationale"
    NO_DISTRACTOR = "no_distractor"
    GIVEN_AWAY = "given_away"


@dataclass
class Reformatted:
    """What became of the styles that a recipe asks for.

    Attributes:
        styles: The styles, in the recipe's order.
        rows: Published rows per style.
        dropped: Rows that were not published per style and reason: a `NoRow`, or the verifier's first reason.
        fewer_choices: Rows of `multiple_choice` with fewer options than the recipe asks for.
    """

    styles: tuple[Style, ...]
    rows: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    fewer_choices: int = 0

    def published(self) -> dict[str, Any]:
        """Returns the counts for the manifest, in a fixed order."""
        return {
            "rows": {style.value: self.rows[style] for style in self.styles},
            "dropped": [
                {"style": style, "reason": reason, "rows": number}
                for (style, reason), number in sorted(self.dropped.items())
            ],
            "fewer_choices": self.fewer_choices,
        }

    def of_style(self, style: str) -> dict[str, int]:
        """Returns why rows of a style were not published, by reason."""
        return {reason: number for (name, reason), number in sorted(self.dropped.items()) if name == style}
