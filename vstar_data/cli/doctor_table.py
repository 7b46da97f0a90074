"""What `vstar-data doctor` prints to stdout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vstar_data.auditing.cells import printable

if TYPE_CHECKING:
    from vstar_data.doctor.findings import Finding

_WIDTH = 120
_LONGEST = 400
_COLOURS = {"ok": "green", "note": "yellow", "problem": "bold red"}


def print_findings(findings: Sequence[Finding]) -> None:
    """Prints one table of all findings, and whether the demo can be built."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_WIDTH)
    table = Table(box=box.SIMPLE, pad_edge=False, collapse_padding=True)
    for name in ("", "", "found", "what to do"):
        table.add_column(name, overflow="fold")
    for finding in findings:
        table.add_row(
            Text(finding.name, no_wrap=True),
            Text(finding.status, style=_COLOURS[finding.status], no_wrap=True),
            printable(finding.found, _LONGEST),
            printable(finding.mend, _LONGEST),
        )
    console.print(table)
    stops = [finding.name for finding in findings if finding.stops_demo]
    if stops:
        console.print(f"`vstar-data build demo` cannot run here: {', '.join(stops)}")
    else:
        console.print("`vstar-data build demo` can run here")
