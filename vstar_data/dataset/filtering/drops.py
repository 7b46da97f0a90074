"""All quality filters together: which accepted answers of a run are not published, each with its first reason.

The filters apply in the order of `vstar_data.recipe.filters.QUALITY`; a later one sees only what the earlier ones left.
Neither the order of the answers nor how they are cut into blocks matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from vstar_data.dataset.filtering.blind import drop_by_blind
from vstar_data.dataset.filtering.duplicates import Signature, repeated, repeated_of_many, signature
from vstar_data.dataset.filtering.pass_rate import drop_by_pass_rate
from vstar_data.dataset.filtering.reasons import Drop, FilterReason
from vstar_data.dataset.filtering.share import Candidate, candidate, over_share
from vstar_data.dataset.filtering.single import drop_by_length, drop_by_restatement
from vstar_data.dataset.filtering.words import said
from vstar_data.dataset.judged import Judged
from vstar_data.recipe.filters import FilterSettings
from vstar_data.recipe.quality import BlindVariant
from vstar_data.records import Mode

BlindRight = Mapping[BlindVariant, int]
"""How many blind answers to a question are right, by variant."""


def drops_of(
    judged: Iterable[Judged], settings: FilterSettings, blind: Mapping[str, BlindRight] | None = None
) -> dict[str, Drop]:
    """Returns which accepted answers the quality filters drop, by the id of the row.

    Args:
        judged: Judged answers; those of a question stand together.
        settings: The filters.
        blind: What became of the blind answers, by question.
    """
    drops: dict[str, Drop] = {}
    signatures: list[Signature] = []
    candidates: list[Candidate] = []
    duplicates, share = settings.near_duplicates, settings.rationalized_share
    for samples in _by_question(judged) if settings.quality else ():
        found = drops_of_question(samples, settings, (blind or {}).get(samples[0].question.id, {}))
        drops.update(found)
        for answer in samples:
            if not answer.verdict.accepted or answer.id in found:
                continue
            if duplicates is not None and duplicates.per_dataset is not None:
                signatures.append(signature(answer.id, said(answer)))
            if share is not None:
                candidates.append(candidate(answer))
    if duplicates is not None and duplicates.per_dataset is not None:
        drops.update(repeated_of_many(signatures, similarity=duplicates.similarity, most=duplicates.per_dataset))
    if share is not None:
        drops.update(over_share((each for each in candidates if each.row not in drops), share))
    return drops


def drops_of_question(samples: Sequence[Judged], settings: FilterSettings, right: BlindRight) -> dict[str, Drop]:
    """Returns which accepted answers to one question are dropped, as far as the question alone tells.

    Args:
        samples: All judged answers of the question.
        settings: The filters.
        right: How many of its blind answers are right.
    """
    # Direct answers are preferred, then those that were drawn first.
    accepted = sorted(
        (answer for answer in samples if answer.verdict.accepted),
        key=lambda answer: (answer.completion.mode is not Mode.DIRECT, answer.completion.sample_index),
    )
    whole = _drop_of_whole(samples, settings, right)
    if whole is not None:
        return {answer.id: whole for answer in accepted}
    drops = {answer.id: drop for answer in accepted if (drop := _drop_of_single(answer, settings)) is not None}
    left = [answer for answer in accepted if answer.id not in drops]
    duplicates = settings.near_duplicates
    if duplicates is not None and duplicates.per_question is not None and len(left) > duplicates.per_question:
        signatures = (signature(answer.id, said(answer)) for answer in left)
        drops.update(repeated(signatures, similarity=duplicates.similarity, most=duplicates.per_question))
        left = [answer for answer in left if answer.id not in drops]
    if settings.per_question is not None:
        over = Drop(FilterReason.OVER_CAP, f"{len(left)} answers, {settings.per_question} stay")
        drops.update({answer.id: over for answer in left[settings.per_question :]})
    return drops


def _drop_of_whole(samples: Sequence[Judged], settings: FilterSettings, right: BlindRight) -> Drop | None:
    drop = drop_by_blind(right, settings.blind) if settings.blind is not None else None
    if drop is None and settings.pass_rate is not None:
        drop = drop_by_pass_rate(samples, settings.pass_rate)
    return drop


def _drop_of_single(answer: Judged, settings: FilterSettings) -> Drop | None:
    drop = drop_by_length(answer, settings.length) if settings.length is not None else None
    if drop is None and settings.restatement is not None:
        drop = drop_by_restatement(answer, settings.restatement)
    return drop


def _by_question(judged: Iterable[Judged]) -> Iterator[list[Judged]]:
    for _, samples in groupby(judged, key=lambda answer: answer.question.id):
        yield list(samples)
