"""The answers of two datasets, matched by id: whose verdict changed and why, and which only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vstar_data.comparing.digests import frame_of, ids_digest
from vstar_data.comparing.kept_back import KEPT_BACK
from vstar_data.dataset.reading import PublishedDataset

if TYPE_CHECKING:
    import polars as pl

ACCEPTED = "accepted"

OTHER_TEXT = "another text"
OTHER_QUESTION = "another question or label"
FILTERED = "a filter"
REVIEWED = "a person's review"
JUDGED = "judged otherwise"

NO_CLIP = "its clip is not there"
UNUSABLE = "its clip cannot be used"
NO_QUESTION = "no answer to its question"
FEWER = "others to its question are there"

_IDS = 3
_GROUP = ("source", "kind", "mode", "a", "b", "why")


class Turn(msgspec.Struct, frozen=True):
    """Answers of one source, kind and mode that both sides have, with one outcome in A and another in B.

    Attributes:
        a: The outcome in A: `accepted`, `kept back: ` and the reason of a filter, or the reasons of a reject joined by
            a plus sign.
        b: That in B.
        why: What differs: the text of the answer, else the question or its labels, else a filter, else what a person
            decided, else the verdict alone.
        answers: Their number.
        ids: The first three of them.
    """

    source: str
    kind: str
    mode: str
    a: str
    b: str
    why: str
    answers: int
    ids: list[str]

    @property
    def turned(self) -> bool:
        """Whether the answers are taught on one side only; else it is the reasons that differ."""
        return (self.a == ACCEPTED) != (self.b == ACCEPTED)


class Lone(msgspec.Struct, frozen=True):
    """Answers of one source, kind and mode that only one side has. `a` or `b` is null; see `Turn`.

    Attributes:
        why: What the other side lacks: the clip, a usable clip, any answer to the question, or only this answer.
    """

    source: str
    kind: str
    mode: str
    a: str | None
    b: str | None
    why: str
    answers: int
    ids: list[str]


class Answers(msgspec.Struct, frozen=True):
    """What became of the answers.

    Attributes:
        both: Answers whose id both sides have.
        other_text: Those of them with another text.
        other_outcome: Those of them with another outcome.
        only_a: Answers that only A has.
        only_b: Answers that only B has.
        turns: Other outcomes, those that turned an answer first, then the more frequent.
        lone: Answers that only one side has, the more frequent first.
    """

    both: int
    other_text: int
    other_outcome: int
    only_a: int
    only_b: int
    turns: list[Turn]
    lone: list[Lone]


class Matching:
    """Matches answers by their id.

    Args:
        a: The answers of A, as `row_digests` makes them.
        b: Those of B.
        clips_a: A's dataset, for its clips.
        clips_b: B's dataset.
        whole: Whether the kept back answers of a side are known: of A, of B. Those that the other side lacks are not
            told where it may have kept them back as well.
    """

    def __init__(
        self,
        a: pl.DataFrame,
        b: pl.DataFrame,
        clips_a: PublishedDataset,
        clips_b: PublishedDataset,
        whole: tuple[bool, bool],
    ) -> None:
        import polars as pl

        a, b = (side.unique("id", keep="first", maintain_order=True) for side in (a, b))
        both = _both(a, b)
        self._count = both.height
        self._both = both.filter(~pl.col("same_text") | (pl.col("a") != pl.col("b")))
        only_a = _lone(a, b, clips_b, whole[1]).rename({"outcome": "a"}).with_columns(b=None)
        only_b = _lone(b, a, clips_a, whole[0]).rename({"outcome": "b"}).with_columns(a=None)
        self._only_a, self._only_b = (_as_text(side) for side in (only_a, only_b))

    def answers(self) -> Answers:
        """Returns the numbers, in groups."""
        import polars as pl

        turned = self._both.filter(pl.col("a") != pl.col("b"))
        turns = [Turn(**row) for row in _groups(turned)]
        lone = [Lone(**row) for side in (self._only_a, self._only_b) for row in _groups(side)]
        return Answers(
            both=self._count,
            other_text=self._both.height - int(self._both["same_text"].sum()),
            other_outcome=turned.height,
            only_a=self._only_a.height,
            only_b=self._only_b.height,
            turns=sorted(turns, key=lambda turn: (not turn.turned, -turn.answers, turn.ids)),
            lone=sorted(lone, key=lambda one: (-one.answers, one.ids)),
        )

    def rows(self) -> pl.DataFrame:
        """Returns each answer that differs: `id`, `source`, `kind`, `mode`, `a`, `b`, `same_text`, `why`."""
        import polars as pl

        lone = [side.with_columns(same_text=pl.lit(None, pl.Boolean)) for side in (self._only_a, self._only_b)]
        return pl.concat([frame.select(no_rows().columns) for frame in (self._both, *lone)])


def no_rows() -> pl.DataFrame:
    """Returns the frame of `Matching.rows` without a row."""
    import polars as pl

    names = ("id", "source", "kind", "mode", "a", "b", "same_text", "why")
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String) | {"same_text": pl.Boolean})


def _both(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    compared = ("id", "text", "question", "source", "kind", "mode", "outcome", "reviewed")
    frame = a.select(compared).join(b.select(compared), on="id", suffix="_b")
    frame = frame.select(
        "id",
        *(pl.col(name).cast(pl.String) for name in ("source", "kind", "mode")),
        a=pl.col("outcome").cast(pl.String),
        b=pl.col("outcome_b").cast(pl.String),
        same_text=(pl.col("text") == pl.col("text_b")).fill_null(False),
        same_question=(pl.col("question") == pl.col("question_b")).fill_null(True),
        same_review=pl.col("reviewed").eq_missing(pl.col("reviewed_b")),
    )
    taught = (pl.col(name).eq(ACCEPTED) | pl.col(name).str.starts_with(KEPT_BACK) for name in ("a", "b"))
    why = (
        pl.when(~pl.col("same_text"))
        .then(pl.lit(OTHER_TEXT))
        .when(~pl.col("same_question"))
        .then(pl.lit(OTHER_QUESTION))
        .when(pl.all_horizontal(*taught))
        .then(pl.lit(FILTERED))
        .when(~pl.col("same_review"))
        .then(pl.lit(REVIEWED))
        .otherwise(pl.lit(JUDGED))
    )
    return frame.with_columns(why=why)


def _lone(own: pl.DataFrame, other: pl.DataFrame, dataset: PublishedDataset, whole: bool) -> pl.DataFrame:
    """Returns the answers that the other side lacks, and what it lacks of each."""
    import polars as pl

    lone = own.join(other.select("id"), on="id", how="anti")
    if not whole:
        lone = lone.filter(~pl.col("outcome").cast(pl.String).str.starts_with(KEPT_BACK))
    clips = _clips(dataset) if lone.height else pl.DataFrame(schema={"clip_id": pl.UInt64, "usable": pl.Boolean})
    lone = lone.join(clips, on="clip_id", how="left", maintain_order="left")
    why = (
        pl.when(pl.col("usable").is_null())
        .then(pl.lit(NO_CLIP))
        .when(~pl.col("usable"))
        .then(pl.lit(UNUSABLE))
        .when(~pl.col("question_id").is_in(other["question_id"].unique().implode()))
        .then(pl.lit(NO_QUESTION))
        .otherwise(pl.lit(FEWER))
    )
    return lone.select("id", "source", "kind", "mode", "outcome", why=why)


def _clips(dataset: PublishedDataset) -> pl.DataFrame:
    """Returns for each clip the digest of its id and whether it can be used."""
    import polars as pl

    frames = [
        frame_of(batch).select(ids_digest("id").alias("clip_id"), pl.col("unusable").is_null().alias("usable"))
        for split in dataset.splits("clips")
        for batch in dataset.batches("clips", split, ("id", "unusable"))
    ]
    shape = {"clip_id": pl.UInt64, "usable": pl.Boolean}
    return pl.concat(frames).unique("clip_id", keep="first") if frames else pl.DataFrame(schema=shape)


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.col(name).cast(pl.String) for name in ("source", "kind", "mode", "a", "b"))


def _groups(frame: pl.DataFrame) -> list[dict[str, Any]]:
    import polars as pl

    grouped = frame.group_by(_GROUP, maintain_order=True).agg(answers=pl.len(), ids=pl.col("id").head(_IDS))
    return grouped.to_dicts()
