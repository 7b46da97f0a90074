"""The filter by difficulty: how many of a question's direct answers are accepted."""

from __future__ import annotations

from collections.abc import Sequence

from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.dataset.judged import Judged
from vstar_data.errors import UsageError
from vstar_data.recipe.quality import PassRateSettings
from vstar_data.recipe.recipe import Recipe
from vstar_data.records import Mode


def drop_by_pass_rate(samples: Sequence[Judged], settings: PassRateSettings) -> Drop | None:
    """Returns why a question is too easy or too hard, or None.

    A single direct answer tells nothing of the difficulty: such a question stays.

    Args:
        samples: All judged answers of the question.
        settings: The bounds.
    """
    direct = [judged for judged in samples if judged.completion.mode is Mode.DIRECT]
    if len(direct) < 2:
        return None
    accepted = sum(judged.verdict.accepted for judged in direct)
    rate = accepted / len(direct)
    if settings.min <= rate <= settings.max:
        return None
    reason = FilterReason.TOO_HARD if rate < settings.min else FilterReason.TOO_EASY
    return Drop(reason, f"{accepted} of {len(direct)} direct answers accepted")


def check_pass_rate(recipe: Recipe) -> None:
    """Checks that a recipe makes enough direct answers to tell how difficult a question is.

    Raises:
        UsageError: It filters by pass rate and makes a single one.
    """
    if recipe.filters.pass_rate is not None and recipe.generate.samples < 2:
        raise UsageError(
            "A single direct answer does not tell how difficult a question is.",
            where="filters.pass_rate",
            expected="generate.samples of at least 2",
            found=str(recipe.generate.samples),
            mend="--set generate.samples=4, or leave `filters.pass_rate` out",
        )
