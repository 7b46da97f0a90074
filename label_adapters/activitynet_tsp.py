"""Reads the segments of ActivityNet from the tables of TSP: a line for each segment, the lines of a video together.

A second part of these tables tells the regions without action of the same videos; its lines are passed over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from label_adapters.delimited import check_columns, read_header, read_rows
from label_adapters.rows import malformed
from vstar_data.errors import AnnotationError
from vstar_data.records import Skipped

_NEEDED = ("video-name", "t-start", "t-end", "action-label", "video-duration")
_REGION, _NO_ACTION = "temporal-region-label", "No action"


class TableVideo(NamedTuple):
    """The lines of one video.

    Attributes:
        line: The line that the video begins on.
        name: What the table calls it.
        duration: Its length in seconds; not a number where the table has none.
        spans: The activity, the start and the end of each segment; times may be no number.
    """

    line: int
    name: str
    duration: float
    spans: list[tuple[str, float, float]]


def table_videos(path: Path) -> Iterator[TableVideo | Skipped]:
    """Yields each video of a table, or why there is none: a line that is broken, or a video that comes back later.

    Raises:
        AnnotationError: The file is no such table, or tells no segments.
    """
    header = read_header(path)
    check_columns(_NEEDED, header, path)
    cells_of = itemgetter(*(header.index(name) for name in _NEEDED))
    name_at = header.index("video-name")
    broken: list[Skipped] = []
    seen: set[str] = set()
    for name, lines in groupby(_segments(path, header, broken), key=lambda row: row[1][name_at]):
        spans = []
        first = 0
        duration = math.nan
        for line, cells in lines:
            _, start, end, label, length = cells_of(cells)
            first = first or line
            duration = _number(length) if math.isnan(duration) else duration
            spans.append((label.strip(), _number(start), _number(end)))
        # Reading on to the next video may have met broken lines.
        yield from broken
        broken.clear()
        if not name.strip():
            yield malformed(path, first, "the name of the video is empty")
        elif name in seen:
            yield malformed(path, first, f"the lines of a video must stand together; {name} came before", name)
        else:
            seen.add(name)
            yield TableVideo(first, name, duration, spans)
    if not seen and not broken:
        raise AnnotationError("The table tells no segments.", where=str(path), expected="a line for each segment")
    yield from broken


def _segments(path: Path, header: list[str], broken: list[Skipped]) -> Iterator[tuple[int, list[str]]]:
    """Yields the lines that tell a segment, and puts those that cannot be read aside."""
    region_at = header.index(_REGION) if _REGION in header else None
    for row in read_rows(path):
        if isinstance(row, Skipped):
            broken.append(row)
        elif region_at is None or row[1][region_at].strip() != _NO_ACTION:
            yield row


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan
