"""What a report is made from, read from a run in one go. Reading only; it draws nothing and changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.arrow import UnusableRow
from vstar_data.auditing.answers import answers
from vstar_data.auditing.folder import AuditFolder
from vstar_data.dataset.decisions import Reviewed
from vstar_data.dataset.filtering.ledger import read_ledger
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.executors.order import WorkOrder, Workshop
from vstar_data.executors.timings import BuildTiming, read_timings
from vstar_data.reporting.findings import Findings
from vstar_data.reporting.inputs import cycle_runs

_EXAMPLES = 3
"""Lines of a ledger that are shown for each reason."""


@dataclass
class Ledger:
    """Lines of a ledger: how many there are for each reason, and the first few of them."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, reason: str, what: str, detail: str) -> None:
        """Takes a line."""
        self.counts[reason] += 1
        shown = self.examples.setdefault(reason, [])
        if len(shown) < _EXAMPLES:
            shown.append((what, detail))


@dataclass(frozen=True)
class Cycle:
    """The yields of a cycle: questions asked, accepted directly, accepted only by rationalization."""

    number: int
    asked: int
    direct: int
    rationalized: int


@dataclass(frozen=True)
class Material:
    """What a report is made from.

    Attributes:
        manifest: manifest.json of the run's dataset.
        cycles: The yields of the cycles up to this one.
        findings: What the pass over the answers found.
        unusable, filtered: The ledgers of clips that cannot be used and of answers that filters keep back.
        timings: The times of the run's builds.
        audit: audit/audit.json, where the run was audited.
        workshop: The run.
    """

    manifest: dict[str, Any]
    cycles: list[Cycle]
    findings: Findings
    unusable: Ledger
    filtered: Ledger
    timings: list[BuildTiming]
    audit: dict[str, Any] | None
    workshop: Workshop


def gather(run: Path) -> Material:
    """Reads all that the report of a run needs; answers that were not judged yet are judged.

    Raises:
        UsageError: There is no run, or it has no dataset.
        StorageError: A file of the run cannot be read.
        OSError: The same.
    """
    workshop = Workshop(WorkOrder(run=str(run)))
    published = PublishedDataset(run)
    filtered = Ledger()
    kept_back: set[str] = set()
    for row in read_ledger(workshop.folder.filtered_file):
        kept_back.add(row["id"])
        filtered.add(row["reason"], row["id"], row["detail"])
    findings = Findings()
    reviewed = Reviewed(run)
    for found in answers(workshop):
        findings.add(tuple(map(reviewed.applied, found)), kept_back)
    return Material(
        manifest=published.manifest,
        cycles=_cycles(run),
        findings=findings,
        unusable=_unusable(workshop.folder.unusable()),
        filtered=filtered,
        timings=read_timings(run),
        audit=_audit(run),
        workshop=workshop,
    )


def totals(manifest: dict[str, Any]) -> tuple[int, int, int]:
    """Returns how many questions were asked, accepted directly, and accepted only by rationalization."""
    units = manifest["counts"]["questions"]
    names = ("asked", "accepted_direct", "accepted_rationalized")
    asked, direct, rationalized = (sum(unit[name] for unit in units) for name in names)
    return asked, direct, rationalized


def _cycles(run: Path) -> list[Cycle]:
    found = []
    for path in cycle_runs(run):
        try:
            manifest = PublishedDataset(path).manifest
            found.append(Cycle(manifest["cycle"], *totals(manifest)))
        except (UsageError, KeyError, TypeError, OSError):
            # Another folder of that name is no cycle of this run.
            continue
    return found


def _unusable(rows: Iterable[UnusableRow]) -> Ledger:
    ledger = Ledger()
    for row in rows:
        ledger.add(str(row.reason), row.clip_id or row.video or "", row.detail)
    return ledger


def _audit(run: Path) -> dict[str, Any] | None:
    path = AuditFolder(run).report
    if not path.is_file():
        return None
    try:
        found = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError:
        return None
    return found if isinstance(found, dict) else None
