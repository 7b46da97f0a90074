"""`vstar-data audit`: how far the verdicts of a run can be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    marked: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A sheet with marks, or a review's decisions.jsonl: counted.")
    ] = None,
    sheet: Annotated[int, typer.Option(min=0, help="Rows of the sheet to mark; 0 for none.")] = 200,
    least: Annotated[int, typer.Option(min=2, help="Direct answers that must agree against a label.")] = 2,
    most: Annotated[
        int, typer.Option(min=2, help="Questions of each source and kind to measure chance and agreement on.")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="Another seed draws other answers.")] = 0,
) -> None:
    """Measures how far the verdicts of a run can be trusted, and draws a sheet of answers for a person to mark.

    Says how many answers are accepted by chance, how far the three profiles agree and which labels look wrong. All of
    it is written to audit/ in the folder of the run. With --marked it counts the marks of a sheet: precision and recall
    go into the card and the manifest of the dataset. Decisions of `vstar-data review` on its rows serve as marks too.

    Example: vstar-data audit runs/demo

    Example: vstar-data audit runs/demo --marked runs/demo/audit/sheet.csv

    Example: vstar-data audit runs/demo --marked runs/demo/decisions.jsonl
    """
    from vstar_data.auditing.audit import AuditOptions, audit, count_marks
    from vstar_data.cli import audit_tables, summary
    from vstar_data.cli.report import keep_report
    from vstar_data.dataset.assemble import assemble
    from vstar_data.executors.order import WorkOrder, Workshop
    from vstar_data.executors.progress import Progress

    workshop = Workshop(WorkOrder(run=str(run)))
    progress = Progress()
    try:
        if marked is None:
            found = audit(workshop, AuditOptions(sheet=sheet, least=least, most=most, seed=seed), progress)
        else:
            counted = count_marks(workshop, marked, progress)
    finally:
        progress.close()
    if marked is None:
        audit_tables.print_audit(found, run)
        keep_report(run, only_if_there=True)
        return
    audit_tables.print_marks(counted)
    plan = workshop.plan(workshop.selection.takes)
    assembled = assemble(workshop.folder, workshop.recipe, workshop.state, plan, workshop.judge)
    summary.print_counts(assembled.counts, run)
    keep_report(run, only_if_there=True)
