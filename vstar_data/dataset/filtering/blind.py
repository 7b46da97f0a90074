"""The blind filters: a question that is answered right without seeing the video teaches nothing about seeing."""

from __future__ import annotations

from collections.abc import Mapping

from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.recipe.quality import BlindSettings, BlindVariant

REASONS = {
    BlindVariant.NO_VIDEO: FilterReason.BLIND_NO_VIDEO,
    BlindVariant.ONE_FRAME: FilterReason.BLIND_ONE_FRAME,
    BlindVariant.SHUFFLED_FRAMES: FilterReason.BLIND_SHUFFLED,
}
"""The reason code of each variant."""


def drop_by_blind(right: Mapping[BlindVariant, int], settings: BlindSettings) -> Drop | None:
    """Returns why a question is answered without the video, or None.

    Args:
        right: How many of the question's blind answers are right, by variant; none where it was not asked blind.
        settings: Which variants count, and how many right answers are one too many.
    """
    for variant in settings.variants:
        if right.get(variant, 0) > settings.most:
            return Drop(REASONS[variant], f"{right[variant]} of {settings.samples} blind answers right")
    return None
