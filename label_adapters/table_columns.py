"""Which column of a table means what: the option `columns` of adapters for data of one's own. Not here: the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeVar, dataclass_transform

import msgspec

from label_adapters.delimited import check_columns
from vstar_data.errors import AnnotationError
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    NumberLabel,
    RelationLabel,
    SegmentLabel,
    TimestampLabel,
)

_RECOGNISED = {
    "video": ("video", "file", "path", "filename", "file_name"),
    "id": ("id",),
    "start": ("start",),
    "end": ("end",),
    "fps": ("fps",),
    "split": ("split",),
    "class": ("label", "class"),
    "question": ("question",),
    "answer": ("answer",),
    "choices": ("choices",),
    "caption": ("caption",),
}
T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of the mappings below: a wrong key is an error. What is said to be a word is a column or a constant."""

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is a column where one is called so, and else a constant."""
        return ()


class ClassColumns(Part):
    """A class: `name` and `aliases` are columns; `aliases` holds a list."""

    name: str
    aliases: str | None = None

    @property
    def read(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.name,) if self.aliases is None else (self.name, self.aliases)


class QAColumns(Part):
    """A question with its answer; `choices` is one column, or several."""

    question: str
    answer: str
    choices: str | tuple[str, ...] | None = None

    @property
    def read(self) -> tuple[str, ...]:
        """All columns."""
        return (self.question, self.answer, *(several(self.choices) if self.choices is not None else ()))


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

    @property
    def read(self) -> tuple[str, ...]:
        """The column of the value."""
        return (self.value,)


class SegmentColumns(Part):
    """A segment in seconds of the clip: `start` and `end` are columns, `name` is a word."""

    name: str
    start: str
    end: str

    def __post_init__(self) -> None:
        SegmentLabel(name=self.name, start=0.0, end=1.0)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns of the times."""
        return (self.start, self.end)

    @property
    def words(self) -> tuple[str, ...]:
        """The name."""
        return (self.name,)


class TimestampColumns(Part):
    """A moment in seconds of the clip: `time` is a column, `name` is a word, `tolerance` a constant in seconds."""

    name: str
    time: str
    tolerance: float = 0.5

    def __post_init__(self) -> None:
        TimestampLabel(name=self.name, time=0.0, tolerance=self.tolerance)

    @property
    def read(self) -> tuple[str, ...]:
        """The column of the time."""
        return (self.time,)

    @property
    def words(self) -> tuple[str, ...]:
        """The name."""
        return (self.name,)


class BoxColumns(Part):
    """A box at a time.

    `name` is a word. `box` is a column with four numbers, or four columns. `time` is a column, or a constant in seconds
    of the clip; without it the box is that of the first frame. The numbers are fractions, unless `width` and `height`
    (columns, or constants in pixels) say of what.
    """

    name: str
    box: str | tuple[str, str, str, str]
    time: str | float = 0.0
    format: Literal["xyxy", "xywh", "cxcywh"] = "xyxy"
    width: str | float | None = None
    height: str | float | None = None
    track: str | None = None

    def __post_init__(self) -> None:
        time = 0.0 if isinstance(self.time, str) else self.time
        BoxLabel(name=self.name, time=time, box=(0.0, 0.0, 1.0, 1.0))
        if time < 0:
            raise ValueError(f"`time` must be at least 0, found {time}")
        if (self.width is None) != (self.height is None):
            raise ValueError("`width` and `height` belong together: give both, or neither")
        for key in ("width", "height"):
            size = getattr(self, key)
            if isinstance(size, int | float) and not 0 < size < float("inf"):
                raise ValueError(f"`{key}` must be a finite number of pixels above 0, found {size}")

    @property
    def read(self) -> tuple[str, ...]:
        """All columns."""
        given = (*several(self.box), self.time, self.width, self.height, self.track)
        return tuple(column for column in given if isinstance(column, str))

    @property
    def words(self) -> tuple[str, ...]:
        """The name."""
        return (self.name,)


class RelationColumns(Part):
    """A relation: three words, at least one of which is a column."""

    subject: str
    predicate: str
    object: str

    def __post_init__(self) -> None:
        RelationLabel(subject=self.subject, predicate=self.predicate, object=self.object)

    @property
    def words(self) -> tuple[str, ...]:
        """All three."""
        return (self.subject, self.predicate, self.object)


class BooleanColumns(Part):
    """A statement: `name` is a word, `holds` a column with true or false, yes or no, 1 or 0."""

    name: str
    holds: str

    def __post_init__(self) -> None:
        BooleanLabel(name=self.name, holds=True)

    @property
    def read(self) -> tuple[str, ...]:
        """The column that says whether it holds."""
        return (self.holds,)

    @property
    def words(self) -> tuple[str, ...]:
        """The statement."""
        return (self.name,)


class Columns(Part):
    """Names of columns by what they mean."""

    video: str | None = None
    id: str | None = None
    start: str | None = None
    end: str | None = None
    fps: str | None = None
    split: str | None = None
    class_: str | ClassColumns | tuple[str | ClassColumns, ...] = msgspec.field(default=(), name="class")
    qa: QAColumns | tuple[QAColumns, ...] = ()
    number: NumberColumns | tuple[NumberColumns, ...] = ()
    segment: SegmentColumns | tuple[SegmentColumns, ...] = ()
    timestamp: TimestampColumns | tuple[TimestampColumns, ...] = ()
    box: BoxColumns | tuple[BoxColumns, ...] = ()
    sequence: str | tuple[str, ...] = ()
    relation: RelationColumns | tuple[RelationColumns, ...] = ()
    boolean: BooleanColumns | tuple[BooleanColumns, ...] = ()
    caption: str | tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[ClassColumns, ...]:
        """The columns of class labels."""
        given: tuple[str | ClassColumns, ...] = several(self.class_)
        return tuple(ClassColumns(name=each) if isinstance(each, str) else each for each in given)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The mappings of all labels but sequences and captions, which are plain columns."""
        given = (self.qa, self.number, self.segment, self.timestamp, self.box, self.relation, self.boolean)
        return (*self.classes, *(part for each in given for part in several(each)))

    @property
    def has_labels(self) -> bool:
        """Whether any column holds a label."""
        return bool(self.parts or self.sequence or self.caption)

    def named(self, present: Sequence[str]) -> tuple[str, ...]:
        """Returns every column that is read, each once. A word is one where it is present."""
        return tuple(dict.fromkeys(name for name in self._all(present) if name is not None))

    def wanted(self) -> tuple[str, ...]:
        """Returns every column that is read, and every word: whether it is a column, all rows must be asked."""
        return self.named([word for part in self.parts for word in part.words])

    def _all(self, present: Sequence[str]) -> Iterator[str | None]:
        yield from (self.video, self.id, self.start, self.end, self.fps, self.split)
        yield from (*several(self.sequence), *several(self.caption))
        for part in self.parts:
            yield from part.read
            yield from (word for word in part.words if word in present)


def recognised(
    columns: Columns | None, present: Sequence[str], path: Path, *, labels_elsewhere: bool = False
) -> Columns:
    """Settles which columns are read.

    Args:
        columns: What the recipe names; None recognises the usual names.
        present: The columns of the table.
        path: The table, for errors.
        labels_elsewhere: Whether clips have labels that are in no column, such as the name of a folder.

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
    for relation in several(columns.relation):
        if not any(word in present for word in relation.words):
            check_columns(relation.words[:1], present, path)
    if not (columns.has_labels or labels_elsewhere):
        raise _lacking("class", "labels", present, path)
    return columns


def several(value: T | tuple[T, ...]) -> tuple[T, ...]:
    """Returns one thing, or several, as several."""
    return value if isinstance(value, tuple) else (value,)


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
        caption=usual.get("caption", ()),
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
