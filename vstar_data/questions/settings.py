"""The recipe section of this room: `questions`."""

from __future__ import annotations

from vstar_data.records import Record

ASKED_KINDS = ("class", "qa", "number", "segment")
"""The label kinds that the bank has wordings for."""


class QuestionSettings(Record, frozen=True):
    """Which questions are asked: `kinds` are the label kinds to ask about."""

    kinds: tuple[str, ...] = ASKED_KINDS

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ASKED_KINDS:
                raise ValueError(f"`kinds` holds {kind!r}; questions are made for {', '.join(ASKED_KINDS)}")
