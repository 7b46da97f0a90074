"""`vstar-data clips`: writes the clips that an adapter reads as JSON Lines or Parquet, and says what gave none."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vstar_data.records import Clip, Skipped

_EXAMPLES = 3
_IN_MEMORY = 16 * 1024 * 1024


def command(
    adapter: Annotated[str, typer.Argument(help="Name of the adapter; `vstar-data adapters list` names them.")],
    annotations: Annotated[Path, typer.Option(help="The annotation file or folder.")],
    output: Annotated[str, typer.Option(help="A .jsonl or .parquet file; `-` is stdout (JSON Lines).")],
    videos: Annotated[Path | None, typer.Option(help="The folder of the videos.")] = None,
    split: Annotated[str | None, typer.Option(help="train, validation or test; every split when left out.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="An option of the adapter as KEY=VALUE, keys dotted, values YAML.")
    ] = None,
    adapter_file: Annotated[
        Path | None, typer.Option("--adapter", help="A Python file with an adapter of your own.")
    ] = None,
) -> None:
    """Writes the clips that an adapter reads.

    Rows that give no clip are counted on stderr with their reasons. The file is written whole or not at all.

    Example: vstar-data clips kinetics --annotations val.csv --videos k700/ --output clips.jsonl
    """
    from vstar_data.adapters import VideoRoot, make_adapter, read_source, split_named
    from vstar_data.cli.settings import adapter_options

    _check_output(output)
    options, follow_links = adapter_options(settings or [])
    reader = make_adapter(adapter, options, adapter_file)
    root = VideoRoot(videos, follow_links) if videos is not None else None
    kept = split_named(split) if split is not None else None
    rows = read_source(reader, annotations, root, source=reader.name, split=kept)
    count = _Count()
    if output == "-":
        _write_stdout(count.clips(rows))
    elif Path(output).suffix == ".parquet":
        _write_parquet(Path(output), count.clips(rows))
    else:
        _write_lines(Path(output), count.clips(rows))
    typer.echo(count.summary(), err=True)


class _Count:
    """Counts clips and skipped rows on their way, with the first few rows of each reason."""

    def __init__(self) -> None:
        self.splits: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}

    def clips(self, rows: Iterator[Clip | Skipped]) -> Iterator[Clip]:
        from vstar_data.records import Clip

        for row in rows:
            if isinstance(row, Clip):
                self.splits[row.split.value] += 1
                yield row
                continue
            self.reasons[row.reason.value] += 1
            examples = self.examples.setdefault(row.reason.value, [])
            if len(examples) < _EXAMPLES:
                examples.append(f"    {row.where + ': ' if row.where else ''}{row.detail}")

    def summary(self) -> str:
        splits = ", ".join(f"{name} {count:,}" for name, count in sorted(self.splits.items()))
        clips, rows = self.splits.total(), self.reasons.total()
        lines = [f"{clips:,} clip{'' if clips == 1 else 's'}{f' ({splits})' if splits else ''}"]
        lines.append(f"{rows:,} row{'' if rows == 1 else 's'} skipped")
        for reason, number in self.reasons.most_common():
            lines += [f"  {reason} {number:,}", *self.examples[reason]]
            if number > _EXAMPLES:
                lines.append("    ...")
        return "\n".join(lines)


def _check_output(output: str) -> None:
    from vstar_data.errors import UsageError

    path = Path(output)
    if output == "-":
        return
    if path.suffix not in (".jsonl", ".parquet"):
        raise UsageError("The suffix of the output is unknown.", where=output, expected=".jsonl, .parquet, or - alone")
    if path.is_dir() or not path.parent.is_dir():
        found = "a folder of that name" if path.is_dir() else f"no folder {path.parent}"
        raise UsageError("The output cannot be written there.", where=output, found=found)


def _line(clip: Clip) -> bytes:
    import msgspec

    from vstar_data.errors import RecordError

    try:
        return msgspec.json.encode(clip) + b"\n"
    except (TypeError, ValueError, OverflowError) as problem:
        raise RecordError("A clip cannot be written as JSON.", where=repr(clip.id), found=str(problem)) from None


def _write_lines(path: Path, clips: Iterator[Clip]) -> None:
    from vstar_data.files import storage_error, sync_folder

    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            for clip in clips:
                file.write(_line(clip))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        raise storage_error("Cannot write a file.", path, problem) from None
    finally:
        temporary.unlink(missing_ok=True)


def _write_parquet(path: Path, clips: Iterator[Clip]) -> None:
    from vstar_data.arrow import clip_row, clips_schema, record_batches, write_parquet

    schema = clips_schema()
    write_parquet(path, record_batches(map(clip_row, clips), schema), schema)


def _write_stdout(clips: Iterator[Clip]) -> None:
    """Holds the lines back until all are made, on disk when they are many: a failed read prints nothing."""
    import shutil
    from tempfile import SpooledTemporaryFile

    held: IO[bytes]
    with SpooledTemporaryFile(_IN_MEMORY) as held:
        for clip in clips:
            held.write(_line(clip))
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout.buffer)
        sys.stdout.buffer.flush()
