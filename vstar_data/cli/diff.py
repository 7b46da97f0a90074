"""`vstar-data diff`: what differs between two runs or two versions of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    a: Annotated[str, typer.Argument(metavar="A", help="A run, a dataset's folder, or REPO_ID@TAG.")],
    b: Annotated[str, typer.Argument(metavar="B", help="What to compare it with: any of these.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.json", help="Write all of it as JSON, for programs.")
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option(metavar="FILE.parquet", help="Write each answer that differs, with its outcome on both sides."),
    ] = None,
) -> None:
    """Says what differs between two datasets: rows, verdicts and why, what they were made from, yields.

    A path that exists wins over a dataset of the Hub. The exit code is 0 whether they differ or not.

    Example: vstar-data diff runs/before runs/demo

    Example: vstar-data diff someone/juggling@v0.1.0 runs/juggling --output changes.json
    """
    from vstar_data.cli import diff_tables
    from vstar_data.comparing.difference import compare
    from vstar_data.comparing.sides import side
    from vstar_data.errors import UsageError

    for file in (output, rows):
        if file is not None and file.is_dir():
            raise UsageError("A file is wanted; this is a folder.", where=str(file), mend="name a file in it")
    difference, differing = compare(side(a), side(b))
    if output is not None:
        import msgspec

        from vstar_data.files import write_whole

        write_whole(output, msgspec.json.format(msgspec.json.encode(difference.as_json()), indent=2) + b"\n")
    if rows is not None:
        from vstar_data.comparing.writing import write_rows

        write_rows(rows, differing)
    diff_tables.print_difference(difference)
