"""The recipe section `reformat`: in which styles accepted answers are published besides the plain one. Data only."""

from __future__ import annotations

from enum import StrEnum

from vstar_data.records import Record

MOST_CHOICES = 26
"""Options of a multiple choice, at most: each has a letter."""


class Style(StrEnum):
    """How an accepted answer is published besides the plain row."""

    RATIONALE_ANSWER = "rationale_answer"
    SHORT_ANSWER = "short_answer"
    MULTIPLE_CHOICE = "multiple_choice"


class ReformatSettings(Record, frozen=True):
    """Rows in other styles, made of accepted answers at assembling, without a model.

    Attributes:
        styles: The styles; none for plain rows alone.
        choices: Options of a multiple choice, the right one included. A question of the dataset that has choices of
            its own keeps those.
        seed: Decides which distractors are drawn and where the right option stands.
        keep_original: Whether `sft` holds the plain rows too.
    """

    styles: tuple[Style, ...] = ()
    choices: int = 4
    seed: int = 0
    keep_original: bool = True

    def __post_init__(self) -> None:
        if twice := sorted({style for style in self.styles if self.styles.count(style) > 1}):
            raise ValueError(f"`styles` names {twice[0].value!r} twice")
        if not 2 <= self.choices <= MOST_CHOICES:
            raise ValueError(f"`choices` must be 2 to {MOST_CHOICES}, found {self.choices}")
        if not self.styles and not self.keep_original:
            raise ValueError("`keep_original` is false and `styles` is empty: no row would be left")
