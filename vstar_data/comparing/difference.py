"""The whole of a comparison: gathers what `diff` tells about two datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.comparing.answers import Answers, Lone, Matching, Turn, no_rows
from vstar_data.comparing.digests import ANSWERS, empty
from vstar_data.comparing.examples import Example, examples
from vstar_data.comparing.kept_back import kept_back_digests, same_ledgers
from vstar_data.comparing.origins import Origin, Setting, changed_settings, origin_of
from vstar_data.comparing.outcomes import Tally, Yield, tallies, yields
from vstar_data.comparing.rows import ConfigColumns, SplitRows, matched, same_files
from vstar_data.comparing.sides import Side
from vstar_data.dataset.schemas import CONFIGS

if TYPE_CHECKING:
    import polars as pl

_EXAMPLES = 8


class Named(msgspec.Struct, frozen=True):
    """A side: what the user called it.

    Attributes:
        name: As the user wrote it.
        commit: Its commit where it is on the Hub.
        kept_back_untold: Accepted answers that its filters kept back, where it is not known which: only the folder of
            the run tells.
    """

    name: str
    commit: str | None
    kept_back_untold: int


class Difference(msgspec.Struct, frozen=True):
    """What differs between two datasets.

    Attributes:
        a: One side.
        b: The other.
        differs: Whether anything does.
        settings: What they were made from: the settings that differ.
        rows: Their rows by config and split.
        columns: Configs with columns that are not on both sides.
        answers: Their answers by outcome; None where the files that hold them are the same.
        yields: All yields, those that did not change too.
        tallies: All counts by reason, those that did not change too.
        examples: Some of the answers whose outcome changed, or that only one side has.
    """

    a: Named
    b: Named
    differs: bool
    settings: list[Setting]
    rows: list[SplitRows]
    columns: list[ConfigColumns]
    answers: Answers | None
    yields: list[Yield]
    tallies: list[Tally]
    examples: list[Example]

    def as_json(self) -> dict[str, Any]:
        """Returns plain values: the attributes by name."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def compare(a: Side, b: Side) -> tuple[Difference, pl.DataFrame]:
    """Compares two datasets.

    Returns:
        The difference, and a frame with each answer that differs, see `vstar_data.comparing.answers.Matching.rows`.

    Raises:
        RecordError: A manifest is none.
        StorageError: A file cannot be read.
    """
    first, second = origin_of(a), origin_of(b)
    settings = changed_settings(first, second)
    rows: list[SplitRows] = []
    columns: list[ConfigColumns] = []
    answers_of_a: list[pl.DataFrame] = []
    answers_of_b: list[pl.DataFrame] = []
    same = _same_answers(a, b)
    for config in CONFIGS:
        found = matched(a.dataset, b.dataset, config, read_all=config in ANSWERS and not same)
        rows += found.splits
        columns += [found.columns] if found.columns is not None else []
        if config in ANSWERS:
            answers_of_a += found.a
            answers_of_b += found.b
    matching = None if same else _matching(a, b, answers_of_a, answers_of_b)
    answers = matching.answers() if matching is not None else None
    counts, shares = tallies(first, second), yields(first, second)
    shown: list[Turn | Lone] = []
    if answers is not None:
        shown += answers.turns[:_EXAMPLES]
        shown += answers.lone[: _EXAMPLES - len(shown)]
    differs = (
        bool(settings or columns)
        or any(split.added or split.removed or split.changed for split in rows)
        or any(split.repeated_a != split.repeated_b for split in rows)
        or (answers is not None and bool(answers.other_text or answers.turns or answers.lone))
        or any(tally.a != tally.b for tally in counts)
        or any((one.asked_a, one.accepted_a) != (one.asked_b, one.accepted_b) for one in shares)
    )
    difference = Difference(
        a=_named(a, first),
        b=_named(b, second),
        differs=differs,
        settings=settings,
        rows=rows,
        columns=columns,
        answers=answers,
        yields=shares,
        tallies=counts,
        examples=examples(shown, a.dataset, b.dataset),
    )
    return difference, matching.rows() if matching is not None else no_rows()


def _named(side: Side, origin: Origin) -> Named:
    untold = 0 if side.run is not None else sum(place.rows for place in origin.counts.filtered)
    return Named(side.name, side.commit, untold)


def _same_answers(a: Side, b: Side) -> bool:
    """Whether the files of all answers are the same, those of the filters' ledgers too where both have one."""
    if a.run is not None and b.run is not None and not same_ledgers(a.run, b.run):
        return False
    return all(
        same_files(a.dataset, b.dataset, config, split) is not None
        for config in ANSWERS
        for split in {*a.dataset.splits(config), *b.dataset.splits(config)}
    )


def _matching(a: Side, b: Side, of_a: list[pl.DataFrame], of_b: list[pl.DataFrame]) -> Matching:
    import polars as pl

    frames = []
    for side, found in ((a, of_a), (b, of_b)):
        parts = [*found, kept_back_digests(side.run)] if side.run is not None else found
        unused = ("split", "clip", "verdict", "other")
        shape = [name for name in empty("sft").columns if name not in unused]
        frames.append(pl.concat([part.select(shape) for part in parts]) if parts else empty("sft").select(shape))
        found.clear()
    whole = (a.run is not None, b.run is not None)
    return Matching(frames[0], frames[1], a.dataset, b.dataset, whole)
