"""Writes an export: chooses rows, finds what they show, and writes them as the format wants, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from vstar_data.arrow import Row
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.dataset.replacement import replacement
from vstar_data.errors import UnknownNameError, UsageError, nearest
from vstar_data.exporting.formats import FORMATS, Format
from vstar_data.exporting.llamafactory import INFO, ROWS, dataset_info, dataset_name
from vstar_data.exporting.llava import llava_row
from vstar_data.exporting.roots import VideoFolders, frame_rates
from vstar_data.exporting.selection import Selection
from vstar_data.exporting.shown import Shown, is_part
from vstar_data.exporting.trl import in_columns, schema_of
from vstar_data.exporting.writing import write_array, write_lines, write_table

MODES = ("direct", "rationalized")


@dataclass(frozen=True)
class ExportOptions:
    """What is exported, and how.

    Attributes:
        format: A name of `FORMATS`.
        split: train, validation or test.
        modes: Which answers are taken, see `MODES`.
        videos: The folder of the videos; None for that of the run.
        relative: Whether paths of videos stay as the dataset has them.
        cuts: A folder for videos cut out of longer ones; None where rows that need one are an error.
        frames: A folder for frames, which then stand in place of videos.
        image_token: llava: whether `<image>` stands for the video in place of `<video>`.
    """

    format: str
    split: str = "train"
    modes: tuple[str, ...] = MODES
    videos: Path | None = None
    relative: bool = False
    cuts: Path | None = None
    frames: Path | None = None
    image_token: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        rows: Number of rows.
        made: Number of videos or sets of frames that were made; those that were there are not counted.
        name: The name under which LLaMA-Factory finds the dataset; None for other formats.
        unplaced: The sources whose videos nobody knows where to find; paths of theirs stay as the dataset has them.
    """

    rows: int
    made: int
    name: str | None = None
    unplaced: tuple[str, ...] = ()


def export(
    dataset: PublishedDataset, output: Path, options: ExportOptions, tick: Callable[[], None] = lambda: None
) -> Exported:
    """Writes the rows of a dataset in the format of another tool.

    Args:
        dataset: The dataset.
        output: The file to make or replace; for llamafactory a folder.
        options: What is exported, and how.
        tick: Called once a row.

    Raises:
        UsageError: Options that do not go together, no rows, a video that is missing, rows that show a part of a video
            where the format knows only whole ones.
        StorageError: The disk failed.
    """
    format_ = _checked(output, options)
    selection = Selection(dataset, options.format, format_.config, options.split, options.modes)
    folders, rates = VideoFolders(dataset.path.parent, options.videos), frame_rates(dataset)
    if options.frames is None and options.cuts is None:
        _check_whole(selection, rates, options)
    as_row = partial(llava_row, token="<image>") if options.image_token else format_.row
    made: Counter[str] = Counter()
    shown = Shown(
        folders,
        rates,
        cuts=options.cuts,
        stills=options.frames,
        relative=options.relative,
        made=lambda path: made.update([path.suffix]),
    )

    def rows() -> Iterator[Row]:
        for row in selection.rows():
            tick()
            yield as_row(row, shown.media(row))

    remaining = rows()
    first = next(remaining, None)
    if first is None:
        raise _nothing(dataset, format_, options)
    count = _write(output, chain([first], remaining), options, dataset.name)
    name = dataset_name(dataset.name) if options.format == "llamafactory" else None
    return Exported(count, made.total(), name, tuple(sorted(shown.unplaced)))


def _write(output: Path, rows: Iterator[Row], options: ExportOptions, name: str) -> int:
    if options.format == "llamafactory":
        with replacement(output) as folder:
            count = write_lines(folder / ROWS, rows)
            (folder / INFO).write_bytes(dataset_info(dataset_name(name)))
        return count
    if output.suffix == ".json":
        return write_array(output, rows)
    if output.suffix == ".jsonl":
        return write_lines(output, rows)
    pictures = options.frames is not None
    return write_table(output, map(in_columns, rows) if pictures else rows, schema_of(options.format, pictures))


def _checked(output: Path, options: ExportOptions) -> Format:
    """Returns the format, after making sure that the options go together and the output can be made."""
    if options.format not in FORMATS:
        raise UnknownNameError(
            "There is no such format.", where="--format", found=options.format, mend=nearest(options.format, FORMATS)
        )
    format_ = FORMATS[options.format]
    if options.frames is not None and not format_.pictures:
        able = ", ".join(name for name, each in FORMATS.items() if each.pictures)
        raise UsageError(f"{options.format} shows videos, not frames.", where="--frames", expected=f"one of {able}")
    if options.frames is not None and (options.cuts is not None or options.relative):
        raise UsageError("Frames stand in place of videos.", where="--frames", mend="leave --cut-clips and "
                         "--relative-paths out")  # fmt: skip
    if options.image_token and options.format != "llava":
        raise UsageError(
            "Only llava has a choice of the word for the video.", where="--image-token", found=options.format
        )
    if options.format == "trl-grpo" and set(options.modes) != set(MODES):
        raise UsageError("trl-grpo exports questions, not answers.", where="--modes", mend="leave --modes out")
    if unknown := [mode for mode in options.modes if mode not in MODES]:
        raise UsageError("There is no such mode.", where="--modes", found=", ".join(unknown), expected=", ".join(MODES))
    _check_output(output, format_)
    return format_


def _check_output(output: Path, format_: Format) -> None:
    if not format_.suffixes:
        names = {path.name for path in output.iterdir()} if output.is_dir() else set()
        if (output.exists() and not output.is_dir()) or names - {INFO, ROWS}:
            raise UsageError(
                "The output would replace something else.",
                where=str(output),
                expected="a folder that is not there yet, or an earlier export",
                found="a file" if not names else ", ".join(sorted(names)[:5]),
                mend="choose another --output",
            )
        return
    if output.suffix not in format_.suffixes:
        raise UsageError(
            "The suffix of the output is not one of this format.",
            where=str(output),
            expected=" or ".join(format_.suffixes),
            found=output.suffix or "no suffix",
        )
    if output.is_dir() or not output.parent.is_dir():
        found = "a folder of that name" if output.is_dir() else f"no folder {output.parent}"
        raise UsageError("The output cannot be written there.", where=str(output), found=found)


def _check_whole(selection: Selection, rates: dict[tuple[str, str], float], options: ExportOptions) -> None:
    """Refuses rows that show less than a file: no format here can say that, and the whole file would be wrong."""
    rows = parts = 0
    for row in selection.places():
        rows += 1
        parts += is_part(row, rates)
    if parts:
        frames = ", or --frames DIR to show frames" if FORMATS[options.format].pictures else ""
        raise UsageError(
            f"{options.format} knows whole video files only.",
            where=f"split {options.split}",
            found=f"{parts:,} of {rows:,} rows that show a part of a file (start, end) or a folder of frames",
            mend=f"let a video be made of each: --cut-clips DIR{frames}",
        )


def _nothing(dataset: PublishedDataset, format_: Format, options: ExportOptions) -> UsageError:
    splits = dataset.splits(format_.config)
    if not splits:
        found = f"the config {format_.config} is empty"
    elif options.split not in splits:
        found = f"rows of {format_.config} in {', '.join(splits)}"
    else:
        found = f"no row of {format_.config} of that mode"
    return UsageError(
        "There is nothing to export.",
        where=str(dataset.path),
        expected=f"rows in {format_.config}, split {options.split}, modes {', '.join(options.modes)}",
        found=found,
    )
