"""Any table of clips: CSV, TSV, JSONL or Parquet with columns named in the recipe, or a folder for each class."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.class_folders import clips_of_folders
from label_adapters.rows import malformed, unsupported
from label_adapters.table_columns import Columns, recognised
from label_adapters.table_files import Cells, column_names, number_of, rows, text_of, texts_of
from vstar_data.adapters import LabelAdapter, VideoRoot, split_named
from vstar_data.errors import AnnotationError
from vstar_data.records import (
    ClassLabel,
    Clip,
    Label,
    NumberLabel,
    QALabel,
    SegmentLabel,
    Skipped,
    Split,
)


class Table(LabelAdapter):
    """Tables: any dataset whose annotations are one table, or whose videos lie in a folder for each class.

    Annotations: a .csv, .tsv, .jsonl or .parquet file with one row for each clip. The option `columns` says which
    column means what:

        columns:
          video: file            # path below the video folder; the suffix may be left out
          id: id                 # else made of the path, the window and, where rows share these, the labels
          start: t0              # seconds in the file, with `end`; without them the file is the clip
          end: t1
          split: fold            # train, val, test ...; without it all rows are train
          fps: rate              # for folders of frames
          class: label           # a column, or a list of columns
          qa: {question: q, answer: a, choices: c}
          number: {value: score, name: dive score, minimum: 0, maximum: 110, tolerance: 5, unit: points}
          segment: {name: event, start: t0, end: t1}

    `qa`, `number` and `segment` may each be a list of such mappings. In `number`, `value` is a column and the rest
    are constants; in `segment`, `name` is a column where one is called so, else a constant, and the times are
    seconds of the clip. `choices` is a list (JSON, or native in JSONL and Parquet), a text parted by `|` or `;`,
    or a list of columns. An empty cell gives no label of its kind. Without `columns`, those called video (file,
    path, filename), id, start, end, fps, split, label (class), question, answer and choices are recognised.

    Or a folder: `<class>/<file>` or `<split>/<class>/<file>`. The name of the class folder is the label, with
    spaces for underscores.

    Videos: the folder that the paths start from; for class folders the annotations themselves, or one above.

    Labels: `class`, `qa`, `number`, `segment`.

    Options: `columns` as above; `license` writes a licence into every clip.

    Licence: that of the data.

    Source: that of the data.
    """

    name: ClassVar[str] = "table"
    needs: ClassVar[str] = (
        "--annotations: a .csv, .tsv, .jsonl or .parquet file with a row for each clip (adapter_options.columns says "
        "which column means what), or a folder <class>/<file> or <split>/<class>/<file>\n"
        "--videos: the folder that the paths in the table start from; a folder of classes holds its own"
    )
    folder_holds_videos: ClassVar[bool] = True

    columns: Columns | None = None
    license: str | None = None

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each row of the table, or for each video of the class folders."""
        if annotations.is_dir():
            if self.columns is not None:
                raise AnnotationError(
                    "A folder of classes has no columns.",
                    where=str(annotations),
                    mend="leave `columns` out, or name the file of the table",
                )
            yield from clips_of_folders(annotations, videos, self.license)
            return
        wanted = self.columns.named(()) if self.columns is not None else ()
        present = column_names(annotations, wanted)
        columns = recognised(self.columns, present, annotations)
        used = columns.named(present)
        repeated = set() if columns.id is not None else _repeated(annotations, columns, videos)
        for row in rows(annotations, used):
            yield row if isinstance(row, Skipped) else self._clip(annotations, *row, columns, videos, repeated)

    def _clip(
        self, path: Path, line: int, cells: Cells, columns: Columns, videos: VideoRoot | None, repeated: set[int]
    ) -> Clip | Skipped:
        video = None
        try:
            video = _video(cells, columns, videos)
            start, end = _number(cells, columns.start), _number(cells, columns.end)
            labels = tuple(_labels(cells, columns))
            split = _text(cells, columns.split)
            clip = Clip(
                id=_id(cells, columns, video, start, end),
                video=(videos.find(video) if videos else None) or video,
                labels=labels,
                start=start,
                end=end,
                fps=_number(cells, columns.fps),
                split=split_named(split) if split else Split.TRAIN,
                license=self.license,
            )
        except ValueError as problem:
            return malformed(path, line, str(problem), video)
        except AnnotationError as problem:
            return malformed(path, line, f"no split is called {problem.found}", video)
        if not labels:
            return unsupported(path, line, "the cells of all labels are empty", video)
        if _hash(clip.id) in repeated:
            content = msgspec.json.encode([clip.labels, clip.split, clip.fps])
            clip = msgspec.structs.replace(clip, id=f"{clip.id}#{blake2b(content, digest_size=5).hexdigest()}")
        return clip


def _labels(cells: Cells, columns: Columns) -> Iterator[Label]:
    for column in columns.classes:
        cell = cells.get(column)
        names = texts_of(cell) if isinstance(cell, list) else (text_of(cell),)
        yield from (ClassLabel(name=name) for name in names if name)
    for number in columns.numbers:
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
    for segment in columns.segments:
        name = text_of(cells[segment.name]) if segment.name in cells else segment.name
        start, end = number_of(cells.get(segment.start)), number_of(cells.get(segment.end))
        if (start is None and end is None) or name is None:
            continue
        if start is None or end is None:
            raise ValueError("a segment needs a start and an end, found only one")
        yield SegmentLabel(name=name, start=start, end=end)
    for qa in columns.qas:
        question, answer = text_of(cells.get(qa.question)), text_of(cells.get(qa.answer))
        if question is not None and answer is not None:
            yield QALabel(question=question, answer=answer, choices=_choices(cells, qa.choices))


def _choices(cells: Cells, columns: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if columns is None:
        return ()
    if isinstance(columns, str):
        return texts_of(cells.get(columns))
    return tuple(text for column in columns if (text := text_of(cells.get(column))) is not None)


def _video(cells: Cells, columns: Columns, videos: VideoRoot | None) -> str:
    """The video as the row names it; a path that leads into the video folder from outside is cut to what is inside."""
    video = _text(cells, columns.video)
    if video is None:
        raise ValueError("the cell of the video is empty")
    return videos.inside(video) if videos is not None else video


def _text(cells: Cells, column: str | None) -> str | None:
    return text_of(cells.get(column)) if column is not None else None


def _number(cells: Cells, column: str | None) -> float | None:
    return number_of(cells.get(column)) if column is not None else None


def _id(cells: Cells, columns: Columns, video: str, start: float | None, end: float | None) -> str:
    if columns.id is not None:
        own = _text(cells, columns.id)
        if own is None:
            raise ValueError("the cell of the id is empty")
        return own
    if start is None and end is None:
        return video
    return f"{video}@{_seconds(start)}-{_seconds(end)}"


def _seconds(time: float | None) -> str:
    return "" if time is None else repr(time).removesuffix(".0")


def _repeated(path: Path, columns: Columns, videos: VideoRoot | None) -> set[int]:
    """Returns the hashes of the ids that several rows would get. A pass of its own: the order of rows must not tell."""
    seen: set[int] = set()
    twice: set[int] = set()
    named: list[Any] = [columns.video, columns.start, columns.end]
    for row in rows(path, [column for column in named if column is not None]):
        if isinstance(row, Skipped):
            continue
        cells = row[1]
        try:
            start, end = _number(cells, columns.start), _number(cells, columns.end)
            key = _hash(_id(cells, columns, _video(cells, columns, videos), start, end))
        except ValueError:
            # The row is reported when it is read in earnest.
            continue
        (twice if key in seen else seen).add(key)
    return twice


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
