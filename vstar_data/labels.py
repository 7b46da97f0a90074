"""The labels: what a clip is known to show, in ten kinds, and what can be asked of each.

Data only, no logic beyond what makes a label well formed. Times are seconds from the start of the clip, boxes are
normalised xyxy in 0..1. Labels are immutable; decoding is strict (`vstar_data.decoding`).
"""

from __future__ import annotations

import math

import msgspec


def not_empty(what: str, text: str) -> None:
    """Raises a ValueError where a text holds nothing but space."""
    if not text.strip():
        raise ValueError(f"`{what}` must not be empty")


def _aliases(aliases: tuple[str, ...]) -> None:
    for alias in aliases:
        not_empty("aliases", alias)


def finite(what: str, *values: float | None) -> None:
    """Raises a ValueError where a number is infinite or none; None passes."""
    for value in values:
        if value is not None and not math.isfinite(value):
            raise ValueError(f"`{what}` must be a finite number, found {value}")


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all stored records: immutable, and strict about field names."""


class ClassLabel(Record, frozen=True, tag_field="kind", tag="class"):
    """One action or category by name. Any alias satisfies."""

    name: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        not_empty("name", self.name)
        _aliases(self.aliases)


class SequenceLabel(Record, frozen=True, omit_defaults=True, tag_field="kind", tag="sequence"):
    """Steps in the order in which they happen. Repeats are allowed.

    `step_aliases` has the other spellings of each step, parallel to `steps`, or is empty. Any alias satisfies.
    """

    steps: tuple[str, ...]
    step_aliases: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("`steps` must not be empty")
        for step in self.steps:
            not_empty("steps", step)
        if self.step_aliases and len(self.step_aliases) != len(self.steps):
            found = f"{len(self.step_aliases)} and {len(self.steps)}"
            raise ValueError(f"`step_aliases` must be parallel to `steps`, found {found}")
        for aliases in self.step_aliases:
            _aliases(aliases)


class NumberLabel(Record, frozen=True, tag_field="kind", tag="number"):
    """A number with its scale. `tolerance` is absolute; without one it is 5 % of the scale, or of the value."""

    name: str
    value: float
    minimum: float | None = None
    maximum: float | None = None
    tolerance: float | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        not_empty("name", self.name)
        finite("value", self.value)
        finite("minimum", self.minimum)
        finite("maximum", self.maximum)
        finite("tolerance", self.tolerance)
        if self.tolerance is not None and self.tolerance < 0:
            raise ValueError(f"`tolerance` must be at least 0, found {self.tolerance}")
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError(f"`minimum` must be below `maximum`, found {self.minimum} and {self.maximum}")


class TimestampLabel(Record, frozen=True, tag_field="kind", tag="timestamp"):
    """The moment of an event: `time` in seconds from the start of the clip, `tolerance` in seconds."""

    name: str
    time: float
    tolerance: float = 0.5

    def __post_init__(self) -> None:
        not_empty("name", self.name)
        finite("time", self.time)
        finite("tolerance", self.tolerance)
        if self.time < 0 or self.tolerance < 0:
            raise ValueError(f"`time` and `tolerance` must be at least 0, found {self.time} and {self.tolerance}")


class SegmentLabel(Record, frozen=True, tag_field="kind", tag="segment"):
    """The window of an event in seconds from the start of the clip. Where several have one name, any window will do."""

    name: str
    start: float
    end: float

    def __post_init__(self) -> None:
        not_empty("name", self.name)
        finite("start", self.start)
        finite("end", self.end)
        if not 0 <= self.start < self.end:
            raise ValueError(f"a segment needs 0 <= start < end, found {self.start} and {self.end}")


class BoxLabel(Record, frozen=True, tag_field="kind", tag="box"):
    """Where a thing is at a time: normalised xyxy, 0..1."""

    name: str
    time: float
    box: tuple[float, float, float, float]
    track: str | None = None
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        not_empty("name", self.name)
        _aliases(self.aliases)
        finite("time", self.time)
        finite("box", *self.box)
        left, top, right, bottom = self.box
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise ValueError(f"`box` must be xyxy with 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1, found {list(self.box)}")


class QALabel(Record, frozen=True, tag_field="kind", tag="qa"):
    """A question of the dataset with its answer. `choices` may be empty; if not, the answer is one of them."""

    question: str
    answer: str
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        not_empty("question", self.question)
        not_empty("answer", self.answer)
        _aliases(self.aliases)
        for choice in self.choices:
            not_empty("choices", choice)
        if self.choices and self.answer not in self.choices:
            raise ValueError(f"`answer` must be one of `choices`, found {self.answer!r} and {list(self.choices)}")


class RelationLabel(Record, frozen=True, tag_field="kind", tag="relation"):
    """A subject, a predicate and an object that belong together."""

    subject: str
    predicate: str
    object: str

    def __post_init__(self) -> None:
        not_empty("subject", self.subject)
        not_empty("predicate", self.predicate)
        not_empty("object", self.object)


class BooleanLabel(Record, frozen=True, tag_field="kind", tag="boolean"):
    """A statement that holds of the clip or does not."""

    name: str
    holds: bool

    def __post_init__(self) -> None:
        not_empty("name", self.name)


class CaptionLabel(Record, frozen=True, tag_field="kind", tag="caption"):
    """A description of the clip: context for questions and hints, never a target by itself."""

    text: str

    def __post_init__(self) -> None:
        not_empty("text", self.text)


Label = (
    ClassLabel
    | SequenceLabel
    | NumberLabel
    | TimestampLabel
    | SegmentLabel
    | BoxLabel
    | QALabel
    | RelationLabel
    | BooleanLabel
    | CaptionLabel
)

LABEL_KINDS: dict[str, type[Label]] = {
    "class": ClassLabel,
    "sequence": SequenceLabel,
    "number": NumberLabel,
    "timestamp": TimestampLabel,
    "segment": SegmentLabel,
    "box": BoxLabel,
    "qa": QALabel,
    "relation": RelationLabel,
    "boolean": BooleanLabel,
    "caption": CaptionLabel,
}

ASKABLE: dict[str, tuple[str, ...]] = {
    "class": ("name",),
    "sequence": ("order",),
    "number": ("value",),
    "timestamp": ("time",),
    "segment": ("name", "time"),
    "box": ("box",),
    "qa": ("answer",),
    "relation": ("name",),
    "boolean": ("holds",),
    "caption": (),
}
"""The fields that a question can ask for, by label kind."""


def kind_of(label: Label) -> str:
    """Returns the kind of a label: a key of `LABEL_KINDS`."""
    return str(label.__struct_config__.tag)


def allowed_error(label: NumberLabel) -> float:
    """Returns how far off a number may be: its tolerance, or 5 % of its scale, or of its value."""
    if label.tolerance is not None:
        return label.tolerance
    if label.minimum is not None and label.maximum is not None:
        return 0.05 * (label.maximum - label.minimum)
    return 0.05 * abs(label.value)
