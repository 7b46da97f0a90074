"""Which column of a table means what: the option `columns` of the adapter `table`. Not here: reading the rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, dataclass_transform

import msgspec

from label_adapters.delimited import check_columns
from vstar_data.errors import AnnotationError
from vstar_data.records import NumberLabel

_RECOGNISED = {
    "video": ("video", "file", "path", "filename"),
    "id": ("id",),
    "start": ("start",),
    "end": ("end",),
    "fps": ("fps",),
    "split": ("split",),
    "class": ("label", "class"),
    "question": ("question",),
    "answer": ("answer",),
    "choices": ("choices",),
}
T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of the mappings below: a wrong key is an error."""


class QAColumns(Part):
    """A question with its answer; `choices` is one column, or several."""

    question: str
    answer: str
    choices: str | tuple[str, ...] | None = None


class NumberColumns(Part):
    """A number: `value` is a column, the rest are constants. `name` defaults to the column's."""

    value: str
    name: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    tolerance: float | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        # A scale that no value fits is found here, not once in every row.
        NumberLabel(
            name=self.name or self.value,
            value=0.0,
            minimum=self.minimum,
            maximum=self.maximum,
            tolerance=self.tolerance,
        )


class SegmentColumns(Part):
    """A segment in seconds of the clip: `start` and `end` are columns; `name` is a column or else a constant."""

    name: str
    start: str
    end: str


class Columns(Part):
    """Names of columns by what they mean."""

    video: str | None = None
    id: str | None = None
    start: str | None = None
    end: str | None = None
    fps: str | None = None
    split: str | None = None
    class_: str | tuple[str, ...] = msgspec.field(default=(), name="class")
    qa: QAColumns | tuple[QAColumns, ...] = ()
    number: NumberColumns | tuple[NumberColumns, ...] = ()
    segment: SegmentColumns | tuple[SegmentColumns, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The columns of class labels."""
        return _several(self.class_)

    @property
    def qas(self) -> tuple[QAColumns, ...]:
        """The columns of questions."""
        return _several(self.qa)

    @property
    def numbers(self) -> tuple[NumberColumns, ...]:
        """The columns of numbers."""
        return _several(self.number)

    @property
    def segments(self) -> tuple[SegmentColumns, ...]:
        """The columns of segments."""
        return _several(self.segment)

    def named(self, present: Sequence[str]) -> tuple[str, ...]:
        """Returns every column that is read, each once. The name of a segment is one where it is present."""
        names = [self.video, self.id, self.start, self.end, self.fps, self.split, *self.classes]
        names += [number.value for number in self.numbers]
        for qa in self.qas:
            names += [qa.question, qa.answer, *(_several(qa.choices) if qa.choices is not None else ())]
        for segment in self.segments:
            names += [segment.start, segment.end, segment.name if segment.name in present else None]
        return tuple(dict.fromkeys(name for name in names if name is not None))


def recognised(columns: Columns | None, present: Sequence[str], path: Path) -> Columns:
    """Settles which columns are read.

    Args:
        columns: What the recipe names; None recognises the usual names.
        present: The columns of the table.
        path: The table, for errors.

    Raises:
        AnnotationError: A column is missing, no column holds the video, or none holds a label.
    """
    usual = _usual(present)
    if columns is None:
        columns = _columns_of(usual)
    if columns.video is None:
        if "video" not in usual:
            raise _lacking("video", "videos", present, path)
        columns = msgspec.structs.replace(columns, video=usual["video"])
    check_columns(columns.named(present), present, path)
    if not (columns.classes or columns.qas or columns.numbers or columns.segments):
        raise _lacking("class", "labels", present, path)
    return columns


def _columns_of(usual: dict[str, str]) -> Columns:
    qa: tuple[QAColumns, ...] = ()
    if "question" in usual and "answer" in usual:
        qa = (QAColumns(question=usual["question"], answer=usual["answer"], choices=usual.get("choices")),)
    return Columns(
        id=usual.get("id"),
        start=usual.get("start"),
        end=usual.get("end"),
        fps=usual.get("fps"),
        split=usual.get("split"),
        class_=usual.get("class", ()),
        qa=qa,
    )


def _usual(present: Sequence[str]) -> dict[str, str]:
    lower = {name.lower(): name for name in reversed(present)}
    return {
        meaning: next(lower[name] for name in names if name in lower)
        for meaning, names in _RECOGNISED.items()
        if any(name in lower for name in names)
    }


def _lacking(key: str, what: str, present: Sequence[str], path: Path) -> AnnotationError:
    return AnnotationError(
        f"No column is known to hold the {what}.",
        where=str(path),
        expected=f"a column called {' or '.join(_RECOGNISED[key])}",
        found=", ".join(present),
        mend=f"name it: --set adapter_options.columns.{key}=COLUMN, or in the recipe",
    )


def _several(value: T | tuple[T, ...]) -> tuple[T, ...]:
    return value if isinstance(value, tuple) else (value,)
