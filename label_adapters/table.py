"""Any table of clips: CSV, TSV, JSONL or Parquet with columns named in the recipe, or a folder for each class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from label_adapters.class_folders import clips_of_folders
from label_adapters.table_cells import Cells
from label_adapters.table_clips import ClipMaker, key_columns, repeated_ids
from label_adapters.table_columns import Columns, recognised
from label_adapters.table_files import column_names, rows
from vstar_data.adapters import LabelAdapter, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped


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
          class: label           # a column, or {name: label, aliases: spellings}, or a list of these
          qa: {question: q, answer: a, choices: c}
          number: {value: score, name: dive score, minimum: 0, maximum: 110, tolerance: 5, unit: points}
          segment: {name: event, start: t0, end: t1}
          timestamp: {name: event, time: t, tolerance: 0.5}
          box: {name: thing, box: [x1, y1, x2, y2], time: t, format: xyxy, width: 640, height: 480, track: object}
          sequence: steps        # a list, or texts parted by `->`, `|` or `;`
          relation: {subject: person, predicate: does, object: thing}
          boolean: {name: the light is on, holds: answer}
          caption: text

    Each kind may have a list of such columns or mappings. `name`, `subject`, `predicate` and `object` are columns where
    one is called so, and else constants; `value`, `question`, `answer`, `choices`, `holds`, `track`, the times and the
    edges of a box are columns; what is left are constants. `box` is one column with four numbers or four columns, as
    xyxy, xywh or cxcywh, in fractions of the picture unless `width` and `height`, columns or constants, say of how many
    pixels. Times are seconds of the clip; the time of a box may be a constant, and is 0 unless given. A list is native
    (JSONL, Parquet), written in JSON, or parted by `|` or `;`; `choices` may also be a list of columns. An empty cell
    gives no label of its kind. Without `columns`, those called video (file, path, filename, file_name), id, start, end,
    fps, split, label (class), question, answer, choices and caption are recognised.

    Or a folder: `<class>/<file>` or `<split>/<class>/<file>`. The name of the class folder is the label, with
    spaces for underscores.

    Videos: the folder that the paths start from; for class folders the annotations themselves, or one above.

    Labels: `class`, `qa`, `number`, `segment`, `timestamp`, `box`, `sequence`, `relation`, `boolean`, `caption`.

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
        wanted = self.columns.wanted() if self.columns is not None else ()
        present = column_names(annotations, wanted)
        columns = recognised(self.columns, present, annotations)

        def keys() -> Iterator[Cells]:
            return (row[1] for row in rows(annotations, key_columns(columns)) if not isinstance(row, Skipped))

        maker = ClipMaker(columns, videos, self.license, repeated_ids(columns, videos, keys))
        for row in rows(annotations, columns.named(present)):
            yield row if isinstance(row, Skipped) else maker.clip(annotations, *row)
