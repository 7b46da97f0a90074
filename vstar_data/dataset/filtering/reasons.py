"""Why an accepted answer is not published. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FilterReason(StrEnum):
    """The reason codes of the quality filters, in the order in which they apply."""

    BLIND_NO_VIDEO = "blind_no_video"
    BLIND_ONE_FRAME = "blind_one_frame"
    BLIND_SHUFFLED = "blind_shuffled"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    RESTATES_LABEL = "restates_label"
    NEAR_DUPLICATE = "near_duplicate"
    OVER_CAP = "over_cap"
    RATIONALIZED_SHARE = "rationalized_share"


@dataclass(frozen=True)
class Drop:
    """That a filter dropped an answer, why, and what it found."""

    reason: FilterReason
    detail: str
