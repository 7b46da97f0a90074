"""A folder of videos as the `datasets` library lays it out: VideoFolder, with metadata files, class folders, splits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import msgspec

from label_adapters.class_folders import place_below, videos_below
from label_adapters.rows import unsupported
from label_adapters.split_names import split_or_none
from label_adapters.table_cells import Cells
from label_adapters.table_clips import ClipMaker, key_columns, repeated_ids
from label_adapters.table_columns import Columns, recognised
from label_adapters.table_files import column_names, rows
from vstar_data.adapters import VIDEO_SUFFIXES, LabelAdapter, Seen, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import ClassLabel, Clip, Label, Skipped, Split

_METADATA = ("metadata.csv", "metadata.jsonl", "metadata.parquet")
_FILE = "file_name"


class VideoFolder(LabelAdapter):
    """VideoFolder: a folder of videos with splits, class folders and metadata files, as `datasets` reads it.

    Annotations: the folder. `<split>/<class>/<file>`, `<class>/<file>`, `<split>/<file>` or `<file>`, with a
    `metadata.csv`, `metadata.jsonl` or `metadata.parquet` at the top, in the folders of the splits or deeper. Its
    column `file_name` names the video from where the metadata file lies; `columns` says what the other columns mean, as
    for the adapter `table`. Each line of a metadata file is a row, and each video that no line names. Without metadata
    files each video is a row.

    Videos: the folder itself.

    Labels: `class`, the name of the class folder; and all that `columns` names: `qa`, `number`, `segment`, `timestamp`,
    `box`, `sequence`, `relation`, `boolean`, `caption`.

    Options: `columns`, see the adapter `table`; with `folders_are_classes: false` the names of folders are no labels;
    `license` writes a licence into every clip.

    Licence: that of the data.

    Source: https://huggingface.co/docs/datasets/video_dataset
    """

    name: ClassVar[str] = "videofolder"
    needs: ClassVar[str] = (
        "--annotations: a folder <split>/<class>/<file>, or one with metadata.csv (.jsonl, .parquet) in it\n"
        "--videos: the same folder; it need not be given"
    )
    folder_holds_videos: ClassVar[bool] = True

    columns: Columns | None = None
    folders_are_classes: bool = True
    license: str | None = None

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line of the metadata files, then for each video in a class folder without a line."""
        if not annotations.is_dir():
            raise AnnotationError(
                "This is no folder.", where=str(annotations), expected="a folder of videos", mend="for a file: `table`"
            )
        tables = sorted(path for path in annotations.rglob("metadata.*") if path.name.lower() in _METADATA)
        if not tables:
            if not self.folders_are_classes:
                raise AnnotationError(
                    "The folder has no metadata file, and its folders are no classes.",
                    where=str(annotations),
                    expected=" or ".join(_METADATA),
                )
            if next(videos_below(annotations), None) is None:
                raise AnnotationError(
                    "The folder holds no videos.",
                    where=str(annotations),
                    expected=f"<split>/<class>/<file> with a file ending in {', '.join(VIDEO_SUFFIXES)}",
                )
        settled = [_Metadata.of(annotations, path, self.columns, self.folders_are_classes) for path in tables]

        def keys() -> Iterator[Cells]:
            # Of all files: several may have a line for one video.
            for metadata in settled:
                found = metadata.rows(key_columns(metadata.columns))
                yield from (row[1] for row in found if not isinstance(row, Skipped))

        repeated = repeated_ids(settled[0].columns, videos, keys) if settled else None
        named, below = Seen(), place_below(annotations, videos)
        for metadata in settled:
            maker = ClipMaker(metadata.columns, videos, self.license, repeated, below)
            yield from self._clips_of(metadata, maker, named)
        if self.folders_are_classes:
            yield from self._clips_without_line(annotations, videos, named, below)

    def _clips_of(self, metadata: _Metadata, maker: ClipMaker, named: Seen) -> Iterator[Clip | Skipped]:
        for row in metadata.rows(metadata.columns.named(metadata.present)):
            if isinstance(row, Skipped):
                yield row
                continue
            number, cells = row
            video = cells.get(metadata.columns.video or "")
            name = video if isinstance(video, str) else ""
            named.add(name)
            split, label = self._of_folders(name)
            place = f"{number} in {metadata.folder}" if metadata.folder else number
            yield maker.clip(metadata.path, place, cells, split=split, more=label)

    def _clips_without_line(
        self, root: Path, videos: VideoRoot | None, named: Seen, below: str
    ) -> Iterator[Clip | Skipped]:
        for relative in videos_below(root):
            if relative in named:
                continue
            split, label = self._of_folders(relative)
            if not label:
                detail = "no metadata file names the video, and it lies in no class folder"
                yield unsupported(root, relative, detail, relative)
                continue
            video = (videos.find(below + relative, relative) if videos else None) or relative
            yield Clip(id=relative, video=video, labels=label, split=split, license=self.license)

    def _of_folders(self, video: str) -> tuple[Split, tuple[Label, ...]]:
        """Returns the split and the class that the folders above a video say."""
        folders = video.split("/")[:-1]
        found = split_or_none(folders[0]) if folders else None
        split, folders = (found, folders[1:]) if found else (Split.TRAIN, folders)
        folder = folders[-1] if folders else ""
        name = folder.replace("_", " ").strip()
        if not name or name == ".." or not self.folders_are_classes:
            return split, ()
        return split, (ClassLabel(name=name, aliases=(folder,) if folder != name else ()),)


@dataclass(frozen=True)
class _Metadata:
    """A metadata file, the columns that are read of it, and the folder that it lies in; empty for the top."""

    path: Path
    folder: str
    present: list[str]
    columns: Columns

    @classmethod
    def of(cls, root: Path, path: Path, given: Columns | None, labels_elsewhere: bool) -> _Metadata:
        """Settles which columns of a metadata file are read."""
        wanted = given or Columns()
        named = msgspec.structs.replace(wanted, video=wanted.video or _FILE)
        present = column_names(path, named.wanted())
        columns = recognised(named if given is not None else None, present, path, labels_elsewhere=labels_elsewhere)
        if wanted.video is None and _FILE in present:
            columns = msgspec.structs.replace(columns, video=_FILE)
        folder = path.parent.relative_to(root).as_posix()
        return cls(path, "" if folder == "." else folder, present, columns)

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[int, Cells] | Skipped]:
        """Yields each row, with the video as it is named from the top of the folder."""
        video = self.columns.video or ""
        for row in rows(self.path, columns):
            if not isinstance(row, Skipped) and isinstance(name := row[1].get(video), str) and (name := name.strip()):
                yield row[0], {**row[1], video: os.path.normpath(os.path.join(self.folder, name))}
            else:
                yield row
