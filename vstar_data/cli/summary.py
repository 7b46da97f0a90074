"""What commands print to stdout when they end: tables of yields, of blocks, of what would be done."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from vstar_data.build import Outcome
    from vstar_data.dataset.counts import Counts
    from vstar_data.dry_run import Forecast
    from vstar_data.executors.standing import Standing
    from vstar_data.generation.rejudging import Changes


def print_outcome(outcome: Outcome, run: Path) -> None:
    """Prints how a build ended: yields and the path of the dataset."""
    print_changes(outcome.changes)
    print_counts(outcome.counts, run)
    if outcome.survey.given_up:
        warn(f"warning: {outcome.survey.given_up} requests failed for good; they count as not accepted")


def print_counts(counts: Counts, run: Path) -> None:
    """Prints the yields of a dataset and where it lies."""
    table = Table(title="Yields: questions with an accepted answer")
    for name in ("source", "kind", "split"):
        table.add_column(name)
    for name in ("questions", "direct", "rationalized", "total"):
        table.add_column(name, justify="right")
    for unit, questions in sorted(counts.questions.items()):
        accepted = questions.direct + questions.rationalized
        table.add_row(
            unit.source,
            unit.kind,
            unit.split,
            str(questions.asked),
            _share(questions.direct, questions.asked),
            _share(questions.rationalized, questions.asked),
            _share(accepted, questions.asked),
        )
    console = _console()
    if counts.questions:
        console.print(table)
    rows = ", ".join(f"{config} {sum(splits.values())}" for config, splits in counts.rows.items())
    console.print(f"rows: {rows}", markup=False)
    if counts.unusable:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.unusable.items()))
        console.print(f"unusable: {reasons} (unusable.parquet names each)", markup=False)
    if counts.withheld:
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.withheld.items()))
        console.print(f"left out: {reasons}", markup=False)
    if counts.filtered:
        dropped: Counter[str] = Counter()
        for place, number in counts.filtered.items():
            dropped[place.reason] += number
        reasons = ", ".join(f"{number} {reason}" for reason, number in sorted(dropped.items()))
        console.print(f"filtered: {reasons} (filtered.parquet names each)", markup=False)
    _print_blind(counts, console)
    if counts.reformatted is not None:
        styles = ", ".join(f"{number} {style}" for style, number in counts.reformatted.published()["rows"].items())
        lacking = ", ".join(
            f"{number} {style} {reason}" for (style, reason), number in sorted(counts.reformatted.dropped.items())
        )
        console.print(f"in other styles: {styles}" + (f"; not published: {lacking}" if lacking else ""), markup=False)
    if counts.accepted() and not counts.rows.get("sft"):
        all_back = counts.filtered.total() == counts.accepted()
        cause = "the filters keep every accepted answer back" if all_back else "no answer has a row in these styles"
        warn(f"warning: {cause}, so there is no `sft` config")
    if counts.reviewed:
        decided = ", ".join(f"{number} {choice}" for choice, number in sorted(counts.reviewed.items()))
        console.print(f"reviewed: {decided} ({counts.overruled} against the verifier)", markup=False)
    if counts.stale_decisions:
        warn(
            f"warning: {counts.stale_decisions} decisions in decisions.jsonl do not count: their answers are gone, or "
            "the text, the question or the targets are others now"
        )
    if counts.ignored_decisions:
        warn(f"warning: {counts.ignored_decisions} lines of decisions.jsonl are no decisions and were passed over")
    if counts.audit_dropped:
        warn(
            f"warning: the marks of audit.json are not published: {counts.audit_dropped}; "
            "`vstar-data audit` draws a sheet anew"
        )
    if not counts.accepted():
        rejected = sum(counts.rows.get("rejected", {}).values())
        reasons = "`rejected` holds the answers with reasons" if rejected else "none was given at all"
        warn(f"warning: no answer was accepted, so there is no `sft` config; {reasons}")
    console.print(f"dataset: {run / 'dataset'}", markup=False, soft_wrap=True)


def _print_blind(counts: Counts, console: Console) -> None:
    """Prints how many questions were answered right without the video."""
    asked, right, missing = (
        sum((Counter({unit.variant: getattr(each, name)}) for unit, each in counts.blind.items()), Counter())
        for name in ("asked", "right", "missing")
    )
    if asked:
        shares = (f"{variant} {_share(right[variant], asked[variant])}" for variant in sorted(asked))
        console.print(f"answered right blind: {', '.join(shares)}", markup=False)
    if missing:
        places = ", ".join(f"{number} {variant}" for variant, number in sorted(missing.items()))
        warn(f"warning: blind answers are missing, so these questions stay: {places}; a build asks what it can")


def print_changes(changes: Changes) -> None:
    """Prints what judging again changed; nothing where no answer had to be judged again."""
    if not changes.again:
        return
    console = _console()
    console.print(
        f"judged again: {changes.again} answers; {changes.changed} verdicts changed "
        f"({changes.turned} in the outcome, {changes.changed - changes.turned} in the reason alone)",
        markup=False,
    )
    table = Table(title="What judging again changed")
    for name in ("before", "now"):
        table.add_column(name)
    table.add_column("answers", justify="right")
    table.add_column("such as", overflow="fold")
    for change, count in changes.ordered():
        table.add_row(change.before, change.after, str(count), Text(changes.examples[change]))
    if changes.changed:
        console.print(table)


def print_lacking(lacking: int, run: Path) -> None:
    """Prints how many questions want a rationalization, and how to make them."""
    place = shlex.quote(str(run))
    _console().print(
        f"{lacking} questions lack a rationalization; `vstar-data build {place} --out {place}` makes those alone",
        markup=False,
        soft_wrap=True,
    )


def print_forecast(forecast: Forecast) -> None:
    """Prints what a build would do."""
    console = _console()
    few, many = forecast.requests
    lines = [
        f"clips:     {forecast.clips} of {forecast.all_clips}",
        "questions: " + (", ".join(f"{count} {kind}" for kind, count in forecast.questions.items()) or "none"),
        f"requests:  {few} direct, up to {many} with rationalizations",
        f"frames:    {forecast.frames}",
        "no clip:   " + (", ".join(f"{count} {reason}" for reason, count in forecast.skipped.items()) or "none"),
        "unusable:  " + (", ".join(f"{count} {reason}" for reason, count in forecast.unusable.items()) or "none"),
    ]
    if forecast.missing:
        lines.append("           such as " + ", ".join(forecast.missing))
    if forecast.withheld:
        lines.append("left out:  " + ", ".join(f"{count} {reason}" for reason, count in forecast.withheld.items()))
    if forecast.leaking:
        lines.append(f"not asked: {forecast.leaking} labels that any wording would give away")
    if forecast.example is not None:
        lines.append(f"example:   {forecast.example.text}")
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def print_standing(standing: Standing, run: Path) -> None:
    """Prints how a run stands."""
    table = Table(title=f"{run}: {standing.settled} of {standing.questions} questions settled")
    table.add_column("block")
    for name in ("clips", "questions", "settled", "failing", "missing"):
        table.add_column(name, justify="right")
    table.add_column("held by")
    for block in standing.blocks:
        table.add_row(
            f"{block.number:05d}",
            str(block.clips),
            str(block.questions),
            str(block.settled),
            str(block.failing),
            str(block.questions - block.settled),
            block.holder or "",
        )
    console = _console()
    console.print(table)
    console.print(
        f"accepted: {_share(standing.direct, standing.questions)} direct, "
        f"{_share(standing.rationalized, standing.questions)} only rationalized",
        markup=False,
    )
    if standing.blind:
        console.print(f"{standing.blind} questions are still to be asked blind", markup=False)
    if standing.ignored_lines:
        console.print(f"{standing.ignored_lines} unreadable lines of completions are ignored", markup=False)
    if standing.seconds_left:
        from vstar_data.executors.progress import duration

        console.print(f"about {duration(standing.seconds_left)} left for one process at the pace so far", markup=False)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})".replace("%", " %") if whole else "0"


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def warn(text: str) -> None:
    """Prints a warning to stderr."""
    Console(stderr=True, highlight=False).print(text, markup=False, soft_wrap=True)
