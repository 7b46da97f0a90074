"""`vstar-data assemble`: judges what a run holds once more and writes its dataset folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(help="The folder of a run.")],
    profile: Annotated[str | None, typer.Option(help="strict, paper or released.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="KEY=VALUE with a dotted key; may be given again.")
    ] = None,
    adapter: Annotated[
        Path | None, typer.Option(help="A Python file with an adapter of your own, for `filters.decontaminate`.")
    ] = None,
) -> None:
    """Judges the answers of a run again and writes dataset/. Never generates.

    Says which verdicts changed, and how many questions now lack a rationalization: a build makes those. Clips can be
    taken out of a dataset without building it again.

    Example: vstar-data assemble runs/demo --set generate.samples=1

    Example: vstar-data assemble runs/demo --set filters.exclude=takedowns.txt

    Example: vstar-data assemble runs/demo --set filters.length.min_words=5

    Example: vstar-data assemble runs/demo --set "reformat.styles=[rationale_answer, multiple_choice]"
    """
    from vstar_data.cli import summary
    from vstar_data.cli.report import keep_report
    from vstar_data.dataset.asked_blind import check_asked_blind
    from vstar_data.dataset.assemble import assemble, check_rejudging
    from vstar_data.dataset.filtering.pass_rate import check_pass_rate
    from vstar_data.dataset.reformatting.reformatter import check_styles
    from vstar_data.executors.order import WorkOrder, Workshop
    from vstar_data.generation.run_folder import RunFolder
    from vstar_data.generation.selection import select
    from vstar_data.generation.withholding import unmatched_ids, unmatched_warning, withheld
    from vstar_data.recipe.loading import load_recipe, save_recipe

    folder = RunFolder(run)
    folder.state()
    overrides = {"verification.profile": profile}
    recipe = load_recipe(str(folder.recipe), overrides=overrides, assignments=tuple(settings or ()))
    built = load_recipe(str(folder.recipe))
    check_rejudging(built, recipe)
    check_pass_rate(recipe)
    check_styles(recipe)
    check_asked_blind(folder, built.filters.blind, recipe.filters.blind)
    found, lists = withheld(folder.clips(), recipe.filters, adapter)
    if unmatched := unmatched_ids(folder.clips(), recipe.filters):
        summary.warn(unmatched_warning(unmatched))
    folder.write_selection(select(folder.clips, recipe.sources, found, lists))
    workshop = Workshop(WorkOrder(run=str(run)), recipe)
    assembled = assemble(folder, recipe, workshop.state, workshop.plan(workshop.selection.takes), workshop.judge)
    save_recipe(recipe, folder.recipe)
    summary.print_changes(assembled.changes)
    summary.print_counts(assembled.counts, run)
    if assembled.lacking:
        summary.print_lacking(assembled.lacking, run)
    keep_report(run, only_if_there=True)
