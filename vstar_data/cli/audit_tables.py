"""What `vstar-data audit` prints to stdout: tables for a terminal of 80 columns."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from vstar_data.auditing.cells import printable
from vstar_data.dataset.audit_section import shown
from vstar_data.dataset.audited import Share

if TYPE_CHECKING:
    from vstar_data.auditing.agreement import KindAgreement
    from vstar_data.auditing.audit import Audit
    from vstar_data.auditing.null import Null
    from vstar_data.auditing.suspects import Suspect
    from vstar_data.dataset.audited import Audited, AuditedGroup

_WIDTH = 80
_SHOWN = 10
_FEW = 30
"""Questions below which a share by chance says little."""


def print_audit(found: Audit, run: Path) -> None:
    """Prints what an audit found, and what a person can do next."""
    console = _console()
    for kind, number in found.questions.items():
        if found.sampled[kind] < number:
            _say(
                console, f"{kind}: chance and agreement are measured on {found.sampled[kind]:,} of {number:,} questions"
            )
    _print_null(console, found.null)
    _print_agreement(console, found.agreement, found.profile)
    _print_suspects(console, found.suspects, found.why_no_suspects, run)
    if found.sheet is None:
        return
    if found.sheet_kept:
        _say(console, f"sheet: {found.sheet} has marks and is left as it is", whole=True)
    else:
        _say(console, f"sheet: {found.sheet}", whole=True)
    _say(console, "Write yes or no into its column `mark`: does the answer say what `targets` says? Then")
    _say(console, f"  vstar-data audit {shlex.quote(str(run))} --marked {shlex.quote(str(found.sheet))}", whole=True)


def print_marks(audited: Audited) -> None:
    """Prints precision and recall by the marks of a person."""
    console = _console()
    table = _table("By the marks of a person, in percent with 95 % intervals", "kind", "mode")
    for name in ("marked", "precision", "recall"):
        table.add_column(name, justify="right")
    for group in audited.groups:
        table.add_row(*group_cells(group))
    console.print(table)
    if audited.uncovered:
        _say(console, f"without marks on both sides, and not in the totals: {', '.join(audited.uncovered)}")


def group_cells(group: AuditedGroup) -> tuple[str, str, str, str, str]:
    """Returns a row of the table of marks: kind, mode, number of marks, precision, recall."""
    marked = group.accepted_marked + group.rejected_marked
    return group.kind or "all", group.mode or "both", str(marked), shown(group.precision, ""), shown(group.recall, "")


def _print_null(console: Console, found: Null) -> None:
    table = _table("Accepted by chance: against targets that are false", "kind", "mode")
    for name in ("questions", "answers", "accepted", "by chance (95 %)"):
        table.add_column(name, justify="right")
    for one in found.chances:
        table.add_row(
            one.kind,
            one.mode,
            f"{one.questions:,}",
            f"{one.answers:,}",
            _percent(one.accepted / one.answers),
            shown(Share(**one.share._asdict())),
        )
    if found.chances:
        console.print(table)
    few: dict[str, int] = {}
    for one in found.chances:
        few[one.kind] = max(few.get(one.kind, 0), one.questions)
    for kind, questions in few.items():
        if questions < _FEW:
            _say(console, f"{kind}: only {questions} questions could be given false targets; that says little")
    for kind, questions in found.unpaired.items():
        _say(console, f"{kind}: for {questions} questions no other question has targets that fit and are false")


def _print_agreement(console: Console, kinds: Sequence[KindAgreement], own: str) -> None:
    shares = _table("Share of answers that each profile accepts", "kind")
    for name in ("answers", "strict", "paper", "released"):
        shares.add_column(name, justify="right")
    pairs = _table("Where two profiles part: answers that only one of them accepts", "kind", "profiles")
    for name in ("agree", "kappa", "only first", "only second"):
        pairs.add_column(name, justify="right")
    for kind in kinds:
        accepted = [
            _percent(kind.accepted[name] / kind.answers) if name in kind.accepted else "-"
            for name in ("strict", "paper", "released")
        ]
        shares.add_row(kind.kind, f"{kind.answers:,}", *accepted)
        for pair in kind.pairs:
            kappa = "-" if pair.kappa is None else f"{pair.kappa:.2f}"
            parting = (f"{pair.only_first:,}", f"{pair.only_second:,}")
            pairs.add_row(kind.kind, f"{pair.first}, {pair.second}", _percent(pair.agreeing), kappa, *parting)
    if kinds:
        console.print(shares)
    if any(kind.pairs for kind in kinds):
        console.print(pairs)
    for kind in kinds:
        if kind.left_out:
            _say(console, f"{kind.kind}: left out {' and '.join(kind.left_out)}, which need verification.embedder")


def _print_suspects(console: Console, suspects: Sequence[Suspect] | None, why_not: str, run: Path) -> None:
    if suspects is None:
        _say(console, f"suspect labels: cannot be told, for {why_not}")
        return
    _say(console, f"suspect labels: {len(suspects):,}, all in {run / 'audit' / 'suspects.csv'}", whole=True)
    for one in suspects[:_SHOWN]:
        asked, answered = one.others
        _say(console, f"  {printable(one.clip.id, 44)}  {printable(one.clip.video, 30)}")
        _say(console, f"    label:    {printable(one.label, 60)}")
        _say(console, f"    {one.samples} of {one.samples} say: {printable(one.claim, 60)}")
        _say(console, f"    the label is found in {answered} of {asked} other questions that have it")


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, box=box.SIMPLE, pad_edge=False, title_justify="left", collapse_padding=True)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _percent(share: float, sign: str = " %") -> str:
    return f"{100 * share:.1f}{sign}"


def _say(console: Console, text: str, *, whole: bool = False) -> None:
    """Prints a paragraph; one with a path or a command in it stays whole, to be copied."""
    console.print(text, markup=False, soft_wrap=whole)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)
