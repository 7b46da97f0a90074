"""From the cells of a row to a clip, for all adapters that read data of one's own: tables, datasets, video folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from label_adapters.rows import malformed, unsupported
from label_adapters.table_cells import Cells, number_of, text_of
from label_adapters.table_columns import Columns
from label_adapters.table_labels import RowLabels
from vstar_data.adapters import Seen, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Label, Skipped, Split


class ClipMaker:
    """Makes clips of rows.

    Args:
        columns: Which column means what; `video` must be given.
        videos: Where the videos lie, where they are at hand.
        license: What is written into the clips.
        repeated: Ids that several rows would get, see `repeated_ids`.
        below: The folder below that of the videos where the paths of the rows start, with a slash behind it.
    """

    def __init__(
        self,
        columns: Columns,
        videos: VideoRoot | None,
        license: str | None,
        repeated: Seen | None = None,
        below: str = "",
    ) -> None:
        self._columns, self._videos, self._license, self._below = columns, videos, license, below
        self._labels = RowLabels(columns)
        self._repeated = Seen() if repeated is None else repeated

    def clip(
        self,
        path: Path,
        row: int | str,
        cells: Cells,
        *,
        split: Split = Split.TRAIN,
        more: tuple[Label, ...] = (),
    ) -> Clip | Skipped:
        """Returns the clip of a row, or why there is none.

        Args:
            path: The file, for the record of a row that gives no clip.
            row: Its line or number.
            cells: Its cells.
            split: The split, where no column says it.
            more: Labels that stand in no cell.
        """
        columns = self._columns
        video = None
        try:
            video = self._video(cells)
            start, end = _number(cells, columns.start), _number(cells, columns.end)
            labels = (*more, *self._labels.of(cells))
            named = _text(cells, columns.split)
            clip = Clip(
                id=self._id(cells, video, start, end),
                video=self._found(video),
                labels=labels,
                start=start,
                end=end,
                fps=_number(cells, columns.fps),
                split=split_named(named) if named else split,
                license=self._license,
            )
        except ValueError as problem:
            return malformed(path, row, str(problem), video)
        except AnnotationError as problem:
            return malformed(path, row, f"no split is called {problem.found}", video)
        if not labels:
            return unsupported(path, row, "the cells of all labels are empty", video)
        if self._repeated and clip.id in self._repeated:
            content = msgspec.json.encode([clip.labels, clip.split, clip.fps])
            clip = msgspec.structs.replace(clip, id=f"{clip.id}#{blake2b(content, digest_size=5).hexdigest()}")
        return clip

    def name(self, cells: Cells) -> str:
        """Returns the id that a row has, or gets where no column holds it.

        Raises:
            ValueError: The row names no video, or its window cannot be read.
        """
        start, end = _number(cells, self._columns.start), _number(cells, self._columns.end)
        return self._id(cells, self._video(cells), start, end)

    def _video(self, cells: Cells) -> str:
        """The video as the row names it; a path that leads into the folder from outside is cut to what is inside."""
        video = _text(cells, self._columns.video)
        if video is None:
            raise ValueError("the cell of the video is empty")
        return self._videos.inside(video) if self._videos is not None else video

    def _found(self, video: str) -> str:
        if self._videos is None:
            return video
        found = self._videos.find(self._below + video) if self._below else None
        return found or self._videos.find(video) or self._below + video

    def _id(self, cells: Cells, video: str, start: float | None, end: float | None) -> str:
        if self._columns.id is not None:
            own = _text(cells, self._columns.id)
            if own is None:
                raise ValueError("the cell of the id is empty")
            return own
        if start is None and end is None:
            return video
        return f"{video}@{_seconds(start)}-{_seconds(end)}"


def repeated_ids(columns: Columns, videos: VideoRoot | None, rows: Callable[[], Iterable[Cells]]) -> Seen:
    """Returns the ids that several rows would get: none where a column holds the ids.

    It takes a pass of its own over all rows: their order must not tell which of two keeps its id.

    Args:
        columns: Which column means what.
        videos: Where the videos lie, where they are at hand.
        rows: Returns the cells of all rows, of `key_columns` alone.
    """
    seen, twice = Seen(), Seen()
    if columns.id is not None:
        return twice
    maker = ClipMaker(columns, videos, None)
    plain = columns.start is None and columns.end is None and videos is None
    for cells in rows():
        if plain and isinstance(name := cells.get(columns.video or ""), str):
            if (name := name.strip()) and not seen.add(name):
                twice.add(name)
            continue
        try:
            name = maker.name(cells)
        except ValueError:
            # The row is reported when it is read in earnest.
            continue
        if not seen.add(name):
            twice.add(name)
    return twice


def key_columns(columns: Columns) -> list[str]:
    """Returns the columns that an id is made of where none is named for it."""
    return [column for column in (columns.video, columns.start, columns.end) if column is not None]


def _text(cells: Cells, column: str | None) -> str | None:
    return text_of(cells.get(column)) if column is not None else None


def _number(cells: Cells, column: str | None) -> float | None:
    return number_of(cells.get(column)) if column is not None else None


def _seconds(time: float | None) -> str:
    return "" if time is None else repr(time).removesuffix(".0")
