"""The settings of the quality filters, as the recipe section `filters` holds them: null switches one off. Data only."""

from __future__ import annotations

from enum import StrEnum

from vstar_data.records import Record

MOST_BLIND_SAMPLES = 1_000
"""Blind answers to one question in one variant, at most."""


class BlindVariant(StrEnum):
    """What a model is shown in place of the video."""

    NO_VIDEO = "no_video"
    ONE_FRAME = "one_frame"
    SHUFFLED_FRAMES = "shuffled_frames"


class LengthSettings(Record, frozen=True):
    """How many words an answer has, its thought included; null sets no bound. White space parts words."""

    min_words: int | None = None
    max_words: int | None = None

    def __post_init__(self) -> None:
        if self.min_words is None and self.max_words is None:
            raise ValueError("`length` needs `min_words` or `max_words`")
        for name in ("min_words", "max_words"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"`{name}` must be at least 1, found {value}")
        if self.min_words is not None and self.max_words is not None and self.min_words > self.max_words:
            raise ValueError(f"`min_words` must not be above `max_words`, found {self.min_words} and {self.max_words}")


class RestatementSettings(Record, frozen=True):
    """How many different words an answer has at least that neither label nor question holds; words of grammar aside."""

    min_other_words: int = 5

    def __post_init__(self) -> None:
        if self.min_other_words < 1:
            raise ValueError(f"`min_other_words` must be at least 1, found {self.min_other_words}")


class PassRateSettings(Record, frozen=True):
    """Which share of a question's direct answers must be accepted, both bounds included."""

    min: float = 0.0
    max: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.min <= self.max <= 1:
            raise ValueError(f"`min` and `max` must be in order and in 0..1, found {self.min} and {self.max}")


class NearDuplicateSettings(Record, frozen=True):
    """How many answers that nearly repeat each other stay.

    `similarity` is the share of runs of three words that two texts have in common (Jaccard, estimated by MinHash), from
    which on they count as near-duplicates. Of such texts `per_question` stay of one question and `per_dataset` of all;
    null sets no limit.
    """

    similarity: float = 0.8
    per_question: int | None = 1
    per_dataset: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.similarity <= 1:
            raise ValueError(f"`similarity` must be above 0 and at most 1, found {self.similarity}")
        if self.per_question is None and self.per_dataset is None:
            raise ValueError("`near_duplicates` needs `per_question` or `per_dataset`")
        for name in ("per_question", "per_dataset"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"`{name}` must be at least 1, found {value}")


class BlindSettings(Record, frozen=True):
    """Questions that are answered right without seeing the video.

    Each question with an accepted direct answer is asked `samples` times more in each variant: with no video, with its
    middle frame in place of all, with its frames shuffled. More than `most` right answers in a variant drop it.
    """

    no_video: bool = False
    one_frame: bool = False
    shuffled_frames: bool = False
    samples: int = 1
    most: int = 0

    def __post_init__(self) -> None:
        if not self.variants:
            raise ValueError(f"`blind` needs one of {', '.join(BlindVariant)}")
        if not 1 <= self.samples <= MOST_BLIND_SAMPLES:
            raise ValueError(f"`samples` must be 1 to {MOST_BLIND_SAMPLES:,}, found {self.samples}")
        if not 0 <= self.most < self.samples:
            raise ValueError(f"`most` must be at least 0 and below `samples`, found {self.most} of {self.samples}")

    @property
    def variants(self) -> tuple[BlindVariant, ...]:
        """The variants that are asked, in a fixed order."""
        return tuple(variant for variant in BlindVariant if getattr(self, variant.value))
