"""`vstar-data adapters check`: runs the conformance suite over an adapter and prints what it found as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vstar_data.testing import Report

_COLOURS = {"passed": "green", "warning": "yellow", "failed": "bold red", "not checked": "dim"}


def command(
    name: Annotated[str, typer.Argument(help="Name of the adapter; `vstar-data adapters list` names them.")],
    annotations: Annotated[Path, typer.Option(help="The annotation file or folder.")],
    videos: Annotated[
        Path | None, typer.Option(help="The folder of the videos: names are looked up, lengths are measured.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--adapter", help="A Python file with an adapter of your own.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="An option of the adapter as KEY=VALUE, keys dotted, values YAML.")
    ] = None,
) -> None:
    """Checks an adapter on annotations: ids, names, labels, times, boxes, splits, memory, and what it states.

    Reads the annotations three times, once in another process. Warnings want a look; exit code 2 says that a check
    failed.

    Example: vstar-data adapters check kinetics --annotations val.csv --videos k700/
    """
    from rich.console import Console

    from vstar_data.adapters import VideoRoot, make_adapter
    from vstar_data.cli.settings import adapter_options
    from vstar_data.testing import check_adapter

    options, follow_links = adapter_options(settings or [])
    adapter = make_adapter(name, options, file)
    root = VideoRoot(videos, follow_links) if videos is not None else None
    with Console(stderr=True).status("reading the annotations three times over"):
        report = check_adapter(adapter, annotations, root)
    _print(report)
    if report.failed:
        raise typer.Exit(2)


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not console.is_terminal:
        typer.echo(str(report))
        return
    table = Table(title=f"The adapter {report.adapter}", expand=True)
    table.add_column("check", no_wrap=True)
    table.add_column("result", no_wrap=True)
    table.add_column("found", overflow="fold", ratio=1)
    for result in report.results:
        colour = _COLOURS[result.outcome.value]
        found = "\n".join([result.detail, *(f"- {example}" for example in result.examples)])
        table.add_row(_plain(result.name), f"[{colour}]{result.outcome.value}[/]", _plain(found))
    console.print(table)
    console.print(report.summary, markup=False)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
