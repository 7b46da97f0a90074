"""`vstar-data verify`: judges answers that were made elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vstar_data.errors import StorageError, UsageError

if TYPE_CHECKING:
    from vstar_data.verification.bulk import JudgedChunk

_EVERY = 5.0


class Profile(StrEnum):
    """The rules to judge by."""

    strict = "strict"
    paper = "paper"
    released = "released"


def command(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="Rows to judge: .jsonl or .parquet, or - for stdin (JSONL).")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="Where to write them: .jsonl or .parquet, or - for stdout.")
    ],
    profile: Annotated[Profile, typer.Option(help="The rules to judge by.")] = Profile.strict,
    class_names: Annotated[
        Path | None, typer.Option(help="A file with the dataset's class names, one a line; joined with each row's own.")
    ] = None,
    embedder: Annotated[
        str | None,
        typer.Option(metavar="ID|DIR", help="The model of sentence embeddings, for the rules that compare meanings."),
    ] = None,
    parser: Annotated[
        bool, typer.Option("--parser/--no-parser", help="Whether to ask spaCy's en_core_web_sm where it is installed.")
    ] = True,
    workers: Annotated[
        str,
        typer.Option(metavar="N|auto", help="Number of processes for more than a few thousand rows; auto: one a core."),
    ] = "auto",
) -> None:
    """Judges whether answers contain their labels.

    A row has `id`, `answer` and `labels`, and may have `question`, `class_names`, `mode`, `asks`, `also_true`,
    `duration` and `finish_reason`. It comes back with `accepted`, `reasons` and `per_label` added.

    Example: vstar-data verify answers.jsonl --output judged.jsonl --class-names classes.txt
    """
    from vstar_data.verification import bulk, files
    from vstar_data.verification.workers import available_cores

    columns = files.suffix_kind(output) == "parquet"
    names = _names(class_names) if class_names is not None else ()
    rules = bulk.Rules(names, profile.value, embedder, parser)
    count = available_cores() if workers == "auto" else _number(workers)
    with closing(bulk.judge_chunks(files.chunks(source), rules, columns=columns, workers=count)) as judged:
        files.write(output, _counted(judged), source=source)


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise UsageError("--workers is no number.", expected="a number from 1 on, or `auto`", found=text)


def _names(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        raise UsageError("There is no such file of class names.", where=str(path), expected="one name a line")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as problem:
        raise UsageError("The class names are not UTF-8.", where=str(path), found=str(problem)) from None
    except OSError as problem:
        raise StorageError("The class names cannot be read.", where=str(path), found=str(problem)) from None
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _counted(judged: Iterable[JudgedChunk]) -> Iterator[JudgedChunk]:
    """Passes rows on, and says on stderr how far it is."""
    rows = accepted = 0
    said = time.monotonic()
    for chunk in judged:
        rows += chunk.rows
        accepted += chunk.accepted
        yield chunk
        if time.monotonic() - said > _EVERY:
            said = time.monotonic()
            print(f"{rows:,} rows judged, {accepted:,} accepted", file=sys.stderr, flush=True)
    share = f" ({accepted / rows:.1%})" if rows else ""
    print(f"{rows:,} rows judged, {accepted:,} accepted{share}", file=sys.stderr, flush=True)
