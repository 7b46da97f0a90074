"""Makes the labels of a row from its cells, for every kind of label. An empty cell gives no label of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from label_adapters.table_cells import Cells, number_of, numbers_of, steps_of, text_of, texts_of, truth_of
from label_adapters.table_columns import BoxColumns, Columns, several
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    NumberLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

_ROUNDING = 1e-3


class RowLabels:
    """Makes labels of rows.

    Args:
        columns: Which column means what.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._classes = columns.classes
        self._makers = [
            maker
            for maker, given in (
                (self._numbers, columns.number),
                (self._segments, columns.segment),
                (self._timestamps, columns.timestamp),
                (self._boxes, columns.box),
                (self._qas, columns.qa),
                (self._sequences, columns.sequence),
                (self._relations, columns.relation),
                (self._booleans, columns.boolean),
                (self._captions, columns.caption),
            )
            if given
        ]

    def of(self, cells: Cells) -> Iterator[Label]:
        """Yields the labels of a row.

        Raises:
            ValueError: A cell cannot be read, or a label is not well formed.
        """
        for each in self._classes:
            cell = cells.get(each.name)
            listed = isinstance(cell, list) or (isinstance(cell, str) and cell.lstrip().startswith("["))
            names = texts_of(cell) if listed else (text_of(cell),)
            aliases = texts_of(cells.get(each.aliases)) if each.aliases is not None else ()
            yield from (ClassLabel(name=name, aliases=aliases) for name in names if name)
        for maker in self._makers:
            yield from maker(cells)

    def _numbers(self, cells: Cells) -> Iterator[Label]:
        for number in several(self._columns.number):
            value = number_of(cells.get(number.value))
            if value is not None:
                yield NumberLabel(
                    name=number.name or number.value.replace("_", " "),
                    value=value,
                    minimum=number.minimum,
                    maximum=number.maximum,
                    tolerance=number.tolerance,
                    unit=number.unit,
                )

    def _segments(self, cells: Cells) -> Iterator[Label]:
        for segment in several(self._columns.segment):
            name = _word(cells, segment.name)
            start, end = number_of(cells.get(segment.start)), number_of(cells.get(segment.end))
            if (start is None and end is None) or name is None:
                continue
            if start is None or end is None:
                raise ValueError("a segment needs a start and an end, found only one")
            yield SegmentLabel(name=name, start=start, end=end)

    def _timestamps(self, cells: Cells) -> Iterator[Label]:
        for moment in several(self._columns.timestamp):
            name, time = _word(cells, moment.name), number_of(cells.get(moment.time))
            if name is not None and time is not None:
                yield TimestampLabel(name=name, time=time, tolerance=moment.tolerance)

    def _boxes(self, cells: Cells) -> Iterator[Label]:
        for box in several(self._columns.box):
            name, edges = _word(cells, box.name), _edges(cells, box)
            if name is None or edges is None:
                continue
            time = number_of(cells.get(box.time)) if isinstance(box.time, str) else box.time
            if time is None:
                raise ValueError("a box needs a time, found none")
            track = text_of(cells.get(box.track)) if box.track is not None else None
            yield BoxLabel(name=name, time=time, box=edges, track=track)

    def _qas(self, cells: Cells) -> Iterator[Label]:
        for qa in several(self._columns.qa):
            question, answer = text_of(cells.get(qa.question)), text_of(cells.get(qa.answer))
            if question is not None and answer is not None:
                yield QALabel(question=question, answer=answer, choices=_choices(cells, qa.choices))

    def _sequences(self, cells: Cells) -> Iterator[Label]:
        for column in several(self._columns.sequence):
            if steps := steps_of(cells.get(column)):
                yield SequenceLabel(steps=steps)

    def _relations(self, cells: Cells) -> Iterator[Label]:
        for relation in several(self._columns.relation):
            subject, predicate, thing = (_word(cells, word) for word in relation.words)
            if subject is not None and predicate is not None and thing is not None:
                yield RelationLabel(subject=subject, predicate=predicate, object=thing)

    def _booleans(self, cells: Cells) -> Iterator[Label]:
        for statement in several(self._columns.boolean):
            name, holds = _word(cells, statement.name), truth_of(cells.get(statement.holds))
            if name is not None and holds is not None:
                yield BooleanLabel(name=name, holds=holds)

    def _captions(self, cells: Cells) -> Iterator[Label]:
        for column in several(self._columns.caption):
            cell = cells.get(column)
            for text in texts_of(cell) if isinstance(cell, list) else (text_of(cell),):
                if text is not None:
                    yield CaptionLabel(text=text)


def _word(cells: Cells, word: str) -> str | None:
    """Returns the cell of a column that is called so, or else the word itself."""
    return text_of(cells[word]) if word in cells else word


def _choices(cells: Cells, columns: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if columns is None:
        return ()
    if isinstance(columns, str):
        return texts_of(cells.get(columns))
    return tuple(text for column in columns if (text := text_of(cells.get(column))) is not None)


def _edges(cells: Cells, box: BoxColumns) -> tuple[float, float, float, float] | None:
    """Returns a box as fractions of the picture, x1, y1, x2, y2; None where its cells are empty."""
    numbers = numbers_of(cells.get(box.box) if isinstance(box.box, str) else [cells.get(name) for name in box.box])
    if not numbers:
        return None
    if len(numbers) != 4:
        raise ValueError(f"a box has four numbers, found {len(numbers)}")
    first, second, third, fourth = numbers
    if box.format == "xywh":
        third, fourth = round(first + third, 6), round(second + fourth, 6)
    elif box.format == "cxcywh":
        (first, third), (second, fourth) = _around(first, third), _around(second, fourth)
    width = height = 1.0
    if box.width is not None and box.height is not None:
        width, height = _size(cells, box.width), _size(cells, box.height)
    return (
        _fraction(first, width),
        _fraction(second, height),
        _fraction(third, width),
        _fraction(fourth, height),
    )


def _around(middle: float, size: float) -> tuple[float, float]:
    return round(middle - size / 2, 6), round(middle + size / 2, 6)


def _fraction(edge: float, size: float) -> float:
    """Returns an edge as a part of the picture; what lies a pixel outside, or a rounding, is cut to the picture."""
    part = edge / size
    slack = 1.0 / size if size > 1 else _ROUNDING
    if -slack <= part < 0:
        return 0.0
    if 1 < part <= 1 + slack:
        return 1.0
    return part if size == 1 else round(part, 6)


def _size(cells: Cells, given: str | float) -> float:
    size = number_of(cells.get(given)) if isinstance(given, str) else given
    if size is None or size <= 0:
        raise ValueError(f"a width and a height in pixels are expected, found {size}")
    return size
