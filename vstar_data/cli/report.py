"""`vstar-data report`: how a run went, as one HTML file; and keeping that file up to date for other commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    output: Annotated[Path | None, typer.Option(help="The file to write. Default: report.html in the run.")] = None,
) -> None:
    """Draws how a run went: yields, classes, rejections, errors, time, and examples with their evidence.

    One HTML file with pictures and charts in it; it loads nothing from elsewhere. `build` writes the same at its end.

    Example: vstar-data report runs/demo

    Example: vstar-data report runs/demo --output /tmp/demo.html
    """
    from vstar_data.reporting.report import write_report

    print(write_report(run, output))


def keep_report(run: Path, *, only_if_there: bool = False) -> None:
    """Brings the report in a run's folder up to date and prints where it lies. What goes wrong is a warning.

    Args:
        run: The run.
        only_if_there: Whether a run without a report stays without.
    """
    from vstar_data.cli import summary
    from vstar_data.reporting.report import refresh_report, report_file

    if only_if_there and not report_file(run).exists():
        return
    try:
        print(f"report:  {refresh_report(run)}")
    except Exception as problem:
        # Whatever it is, the dataset is done: a report that cannot be drawn takes nothing away from it.
        told = str(problem) or type(problem).__name__
        summary.warn(f"warning: the report is not drawn: {told}")
