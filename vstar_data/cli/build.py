"""`vstar-data build`: the main job from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vstar_data.errors import UsageError


def command(
    recipe: Annotated[str, typer.Argument(help="A packaged recipe (`vstar-data recipes list`) or a YAML file.")],
    annotations: Annotated[str | None, typer.Option(help="Annotation file or folder.")] = None,
    videos: Annotated[str | None, typer.Option(help="Folder of the videos.")] = None,
    split: Annotated[str | None, typer.Option(help="train, validation or test. Default: the recipe's.")] = None,
    model: Annotated[str | None, typer.Option(help="Hub id, folder, `demo`; for replay a file of answers.")] = None,
    engine: Annotated[str | None, typer.Option(help="transformers or replay.")] = None,
    out: Annotated[Path | None, typer.Option(help="The run's folder. Default: runs/<recipe>.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Work on this many clips only; limits nest.")] = None,
    profile: Annotated[str | None, typer.Option(help="strict, paper or released.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="KEY=VALUE with a dotted key; may be given again.")
    ] = None,
    adapter: Annotated[Path | None, typer.Option(help="A Python file with an adapter of your own.")] = None,
    chat_template: Annotated[Path | None, typer.Option(help="A Jinja file, for a model without one.")] = None,
    workers: Annotated[str, typer.Option(help="Number of processes, or `auto`: one a GPU.")] = "1",
    shard: Annotated[str | None, typer.Option(help="I/N: the I-th of N parts of the blocks, from 1.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be done; load no model.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Take in clips and questions that have changed.")] = False,
    fail_on_unusable: Annotated[bool, typer.Option("--fail-on-unusable", help="Exit 1 if a clip is unusable.")] = False,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Draw report.html at the end.")] = True,
) -> None:
    """Builds a verified dataset from labelled clips. The same command again goes on where it stopped.

    Example: vstar-data build table --annotations clips.csv --videos clips/ --model demo --out runs/mine
    """
    from vstar_data.build import BuildOptions, build, check_outcome
    from vstar_data.cli import summary
    from vstar_data.cli.report import keep_report
    from vstar_data.executors.progress import Progress
    from vstar_data.recipe.loading import load_recipe, states

    overrides: dict[str, Any] = {
        "annotations": _absolute(annotations),
        "videos": _absolute(videos),
        "split": split,
        "model": model,
        "engine": engine,
        "verification.profile": profile,
        "chat_template": _absolute(chat_template),
    }
    assignments = tuple(settings or ())
    loaded = load_recipe(recipe, overrides=overrides, assignments=assignments)
    shard_number, shards = _shard(shard)
    options = BuildOptions(
        out=out or Path("runs") / loaded.name,
        adapter_file=adapter,
        limit=limit,
        shard=shard_number,
        shards=shards,
        workers=_workers(workers),
        update=update,
        keep_verification=profile is None and not states(recipe, "verification", assignments),
    )
    progress = Progress()
    try:
        if dry_run:
            from vstar_data.dry_run import dry_run as forecast

            summary.print_forecast(forecast(loaded, options, progress))
            return
        outcome = build(loaded, options, progress)
    finally:
        progress.close()
    summary.print_outcome(outcome, options.out)
    if report:
        keep_report(options.out)
    check_outcome(outcome, fail_on_unusable=fail_on_unusable)


def _absolute(path: str | Path | None) -> str | None:
    return None if path is None else str(Path(path).expanduser().absolute())


def _workers(text: str) -> int:
    if text == "auto":
        return 0
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise UsageError("--workers is no number.", expected="a number from 1 on, or `auto`", found=text)


def _shard(text: str | None) -> tuple[int, int]:
    """Reads I/N, counted from 1, as a shard counted from 0 and the number of shards."""
    if text is None:
        return 0, 1
    number, slash, count = text.partition("/")
    if slash and number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
        return int(number) - 1, int(count)
    raise UsageError("--shard is not of the form I/N.", expected="1/4, 2/4, 3/4 or 4/4, say", found=text)
