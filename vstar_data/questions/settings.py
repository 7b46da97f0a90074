"""The recipe section of this room: `questions`."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import msgspec

from vstar_data.questions.kinds import QUESTION_KINDS
from vstar_data.records import Record

ASKED_KINDS = tuple(QUESTION_KINDS)
"""The kinds of questions, all of which are asked where a clip has the labels for them."""

MOST_WRITTEN = 1_000
"""Questions that one answer of a model is asked for; more is a slip of the keyboard."""


class WrittenSettings(Record, frozen=True):
    """Questions that a model writes, beside those of the bank.

    Attributes:
        model: As the recipe's `model`: a Hub id, a folder, or for `replay` a file of answers. Null: the recipe's own.
        engine: As the recipe's `engine`. Null: the recipe's own.
        per_source: How many wordings of `class` questions are asked for, for each source; 0 for none.
        per_clip: How many questions are asked for about each clip with classes, steps or numbers; 0 for none.
        names_shown: How many class names the model is shown to write wordings for a source.
        max_new_tokens: The length at which what it writes is cut off.
        temperature: 0 always takes the likeliest token.
        seed: Another seed gives other questions.
    """

    model: str | None = None
    engine: str | None = None
    per_source: int = 0
    per_clip: int = 0
    names_shown: int = 20
    max_new_tokens: int = 512
    temperature: float = 0.7
    seed: int = 0

    def __post_init__(self) -> None:
        for key in ("per_source", "per_clip"):
            if not 0 <= getattr(self, key) <= MOST_WRITTEN:
                raise ValueError(f"`{key}` must be 0 to {MOST_WRITTEN:,}, found {getattr(self, key)}")
        if self.names_shown < 1 or self.max_new_tokens < 1:
            raise ValueError("`names_shown` and `max_new_tokens` must be at least 1")
        if not 0 <= self.temperature < float("inf"):
            raise ValueError(f"`temperature` must be a finite number of at least 0, found {self.temperature}")


class QuestionSettings(Record, frozen=True):
    """Which questions are asked.

    `kinds` are the kinds of questions. `most` is how many of one kind are asked about one clip, chosen by a hash; those
    of the dataset itself (`qa`) are all asked. `written` are the questions that a model writes; null for none.
    """

    kinds: tuple[str, ...] = ASKED_KINDS
    most: int = 4
    written: WrittenSettings | None = None

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ASKED_KINDS:
                raise ValueError(f"`kinds` holds {kind!r}; questions are made for {', '.join(ASKED_KINDS)}")
        if self.most < 1:
            raise ValueError(f"`most` must be at least 1, found {self.most}")

    def portable(self) -> dict[str, Any]:
        """Returns the settings as JSON values that mean the same on every machine: of a folder the name alone."""
        values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        if self.written is not None and self.written.model is not None and self.written.model.startswith("/"):
            values["written"]["model"] = PurePosixPath(self.written.model).name
        return values
