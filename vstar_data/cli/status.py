"""`vstar-data status`: how a run stands, block by block."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(run: Annotated[Path, typer.Argument(help="The folder of a run.")]) -> None:
    """Says what a run has done, what is failing and missing, and the yields so far. Loads no model.

    Example: vstar-data status runs/demo
    """
    from vstar_data.cli import summary
    from vstar_data.executors.order import WorkOrder, Workshop
    from vstar_data.executors.standing import standing

    summary.print_standing(standing(Workshop(WorkOrder(run=str(run)))), run)
