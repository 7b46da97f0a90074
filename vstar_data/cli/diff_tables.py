"""What `vstar-data diff` prints to stdout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

from vstar_data.auditing.cells import printable

if TYPE_CHECKING:
    from vstar_data.comparing.answers import Lone, Turn
    from vstar_data.comparing.difference import Difference, Named
    from vstar_data.comparing.outcomes import Yield

_WIDTH = 120
_SHOWN = 20
"""Lines of a table; the rest is counted."""

_VALUE = 300
_ID = 80
_TEXT = 500


def print_difference(difference: Difference) -> None:
    """Prints what differs, or that nothing does."""
    # Names and answers may hold what looks like markup.
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_WIDTH)
    _say(console, f"A: {_named(difference.a)}")
    _say(console, f"B: {_named(difference.b)}")
    _print_repeated(console, difference)
    if not difference.differs:
        _say(console, "no difference")
        return
    _print_settings(console, difference)
    _print_rows(console, difference)
    _print_turns(console, difference)
    _print_lone(console, difference)
    _print_examples(console, difference)
    _print_yields(console, difference)
    _print_tallies(console, difference)


def _print_repeated(console: Console, difference: Difference) -> None:
    for split in difference.rows:
        for name, number in (("A", split.repeated_a), ("B", split.repeated_b)):
            if number:
                place = f"{split.config} {printable(split.split, _ID)}"
                _say(console, f"{name}: rows of {place} with the id of a row before them, left out: {number:,}")


def _print_settings(console: Console, difference: Difference) -> None:
    if not difference.settings:
        _say(console, "made from the same: recipe, model, prompts, verifier, annotations")
        return
    table = _table("What they were made from", "setting", "A", "B")
    for setting in difference.settings[:_SHOWN]:
        table.add_row(printable(setting.key, _ID), _value(setting.a), _value(setting.b))
    _print(console, table, len(difference.settings))


def _print_rows(console: Console, difference: Difference) -> None:
    table = _table("Rows", "config", "split")
    for name in ("A", "B", "added", "removed", "changed", "unchanged"):
        table.add_column(name, justify="right")
    table.add_column("changed in", overflow="fold")
    for split in difference.rows:
        numbers = (split.a, split.b, split.added, split.removed, split.changed, split.unchanged)
        parts = ", ".join(f"{part} {number:,}" for part, number in split.changed_in.items())
        table.add_row(split.config, split.split, *(f"{number:,}" for number in numbers), parts)
    if difference.rows:
        console.print(table)
    for columns in difference.columns:
        for what, names in (
            ("only A has", columns.only_a),
            ("only B has", columns.only_b),
            ("of another type in B:", columns.retyped),
        ):
            if names:
                listed = ", ".join(printable(name, _ID) for name in names)
                _say(console, f"{columns.config}: not compared, {what} {listed}")


def _print_turns(console: Console, difference: Difference) -> None:
    answers = difference.answers
    if answers is None:
        _say(console, "answers: the same on both sides, with the same verdicts")
        return
    _say(
        console,
        f"answers on both sides: {answers.both:,}; {answers.other_text:,} with another text, "
        f"{answers.other_outcome:,} with another outcome",
    )
    table = _table("Other outcomes", "source", "kind", "mode", "A", "B", "why")
    table.add_column("answers", justify="right")
    table.add_column("such as", overflow="fold")
    for turn in answers.turns[:_SHOWN]:
        table.add_row(
            *_group(turn),
            printable(turn.a, _ID),
            printable(turn.b, _ID),
            turn.why,
            f"{turn.answers:,}",
            printable(turn.ids[0], _ID),
        )
    _print(console, table, len(answers.turns))


def _print_lone(console: Console, difference: Difference) -> None:
    answers = difference.answers
    if answers is None or not answers.lone:
        return
    _say(console, f"answers that only A has: {answers.only_a:,}; that only B has: {answers.only_b:,}")
    for name, side in (("A", difference.a), ("B", difference.b)):
        if side.kept_back_untold:
            number = f"{side.kept_back_untold:,} accepted answers"
            _say(
                console,
                f"{name} is a dataset without its run: its filters kept {number} back, and it does not tell which",
            )
    table = _table("Answers that only one side has, and why the other lacks them", "in", "source", "kind", "mode")
    for name in ("outcome", "why not in the other"):
        table.add_column(name, overflow="fold")
    table.add_column("answers", justify="right")
    table.add_column("such as", overflow="fold")
    for one in answers.lone[:_SHOWN]:
        place, outcome = ("B", one.b) if one.a is None else ("A", one.a)
        table.add_row(
            place, *_group(one), printable(outcome or "", _ID), one.why, f"{one.answers:,}", printable(one.ids[0], _ID)
        )
    _print(console, table, len(answers.lone))


def _print_examples(console: Console, difference: Difference) -> None:
    if not difference.examples:
        return
    _say(console, "Examples")
    for example in difference.examples:
        _say(console, f"  {printable(example.id, _ID)} ({example.why})")
        if example.question is not None:
            _say(console, f"    asked: {printable(example.question, _TEXT)}")
        for name, outcome, text in (
            ("A", example.outcome_a, example.answer_a),
            ("B", example.outcome_b, example.answer_b),
        ):
            if outcome is not None:
                said = f": {printable(text, _TEXT)}" if text is not None else ""
                _say(console, f"    {name}, {printable(outcome, _ID)}{said}")
    console.print()


def _print_yields(console: Console, difference: Difference) -> None:
    changed = [one for one in difference.yields if (one.asked_a, one.accepted_a) != (one.asked_b, one.accepted_b)]
    if not changed:
        _say(console, "yields: the same")
        return
    table = _table("Yields: questions with an accepted answer", "source", "kind", "mode")
    for name in ("A", "B", "points"):
        table.add_column(name, justify="right")
    for one in changed[:_SHOWN]:
        shares = (_share(one.accepted_a, one.asked_a), _share(one.accepted_b, one.asked_b))
        table.add_row(printable(one.source, _ID), printable(one.kind, _ID), one.mode, *shares, _points(one))
    _print(console, table, len(changed))
    if len(difference.yields) > len(changed):
        _say(console, f"{len(difference.yields) - len(changed)} other yields are the same")


def _print_tallies(console: Console, difference: Difference) -> None:
    changed = [tally for tally in difference.tallies if tally.a != tally.b]
    if not changed:
        return
    table = _table("Counts by reason", "what", "reason")
    for name in ("A", "B", "change"):
        table.add_column(name, justify="right")
    what = {
        "rejected": "answers rejected",
        "filtered": "answers kept back by filters",
        "unusable": "unusable clips and rows",
        "withheld": "clips left out",
    }
    for tally in changed[:_SHOWN]:
        numbers = (f"{tally.a:,}", f"{tally.b:,}", f"{tally.b - tally.a:+,}")
        table.add_row(what[tally.what], printable(tally.reason, _ID), *numbers)
    _print(console, table, len(changed))


def _named(side: Named) -> str:
    commit = f" (commit {side.commit[:12]})" if side.commit else ""
    return f"{printable(side.name, 1000)}{commit}"


def _group(change: Turn | Lone) -> tuple[str, str, str]:
    return printable(change.source, _ID), printable(change.kind, _ID), printable(change.mode, _ID)


def _value(value: Any) -> str:
    if value is None:
        return "-"
    return printable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _VALUE)


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.1f} %)" if whole else "-"


def _points(one: Yield) -> str:
    """Returns the change from the counts: `Yield.points` is rounded already, and rounding twice can be a tenth off."""
    if not (one.asked_a and one.asked_b):
        return "-"
    return f"{100 * (one.accepted_b / one.asked_b - one.accepted_a / one.asked_a):+.1f}"


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, box=box.SIMPLE, pad_edge=False, title_justify="left", collapse_padding=True)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _print(console: Console, table: Table, rows: int) -> None:
    """Prints a table that has rows, and how many more there are."""
    if rows:
        console.print(table)
    if rows > _SHOWN:
        _say(console, f"and {rows - _SHOWN:,} more: --output FILE.json has all")


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True)
