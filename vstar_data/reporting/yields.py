"""The yields: the headline, yields by cycle and mode (figure 4 of the paper), and by source and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from vstar_data.dataset.audited import Audited
from vstar_data.decoding import convert
from vstar_data.errors import RecordError
from vstar_data.records import Mode
from vstar_data.reporting.charts import Named, stacked
from vstar_data.reporting.markup import Html, Part, table
from vstar_data.reporting.material import Cycle, Material, totals
from vstar_data.reporting.parts import Section, cards, figure, paragraph, tiles
from vstar_data.reporting.shares import percent

_COLOURS = {"direct": "var(--direct)", "rationalized": "var(--rationalized)", "none accepted": "var(--rest)"}
_MOST = 24
"""Bars of a chart; the table has all."""


def headline(material: Material) -> Html:
    """Returns the figures that a reader wants first."""
    counts = material.manifest["counts"]
    asked, direct, rationalized = totals(material.manifest)
    answers, accepted = (sum(group[name] for group in counts["answers"]) for name in ("answers", "accepted"))
    rows = {config: sum(splits.values()) for config, splits in counts["rows"].items()}
    clips = sum(entry["clips"] for entry in counts["clips"])
    entries = [
        ("Yield", percent(direct + rationalized, asked), f"{direct + rationalized:,} of {asked:,} questions"),
        ("Direct", percent(direct, asked), f"{direct:,} questions"),
        ("Rationalized", percent(rationalized, asked), f"{rationalized:,} only with the label as a hint"),
        ("Answers", f"{answers:,}", f"{accepted:,} accepted, {percent(accepted, answers)}"),
        ("Rows to train on", f"{rows.get('sft', 0):,}", f"{rows.get('preference', 0):,} preference pairs"),
        ("Clips", f"{clips:,}", f"{sum(counts['unusable'].values()):,} rows or clips unusable"),
    ]
    audited = audit_of(material.manifest)
    if audited is not None and audited.groups and (precision := audited.groups[0].precision) is not None:
        low, high = (f"{100 * edge:.0f}" for edge in (precision.low, precision.high))
        entries.append(("Precision", percent(precision.value, 1), f"by a person's marks, {low} to {high} %"))
    return tiles(entries)


def audit_of(manifest: Mapping[str, Any]) -> Audited | None:
    """Returns the marks of a person that the dataset was published with, if any."""
    if "audit" not in manifest:
        return None
    rules = {"profile": "", "verifier": "", "answers": ""}
    try:
        return convert({**rules, **manifest["audit"]}, Audited, where="manifest.json")
    except RecordError:
        return None


def yields(material: Material) -> Section:
    """Returns the section on yields."""
    units = material.manifest["counts"]["questions"]
    if not units:
        return Section("yields", "Yields", paragraph("No question was asked, so there is nothing to count."))
    return Section("yields", "Yields", cards(_by_cycle(material.cycles), _by_kind(units), _by_mode(material.manifest)))


def _by_cycle(cycles: list[Cycle]) -> Html:
    bars = {f"cycle {cycle.number}": _parts(cycle.asked, cycle.direct, cycle.rationalized) for cycle in cycles}
    description = "One bar a cycle: the share of questions accepted directly, only by rationalization, and not at all."
    rows: list[list[Part]] = [
        [
            f"cycle {cycle.number}",
            cycle.asked,
            *_numbers(cycle.asked, cycle.direct, cycle.rationalized),
        ]
        for cycle in cycles
    ]
    head = ["Cycle", "Questions", "Direct", "Rationalized", "Total"]
    numbers = table("Questions with an accepted answer, by cycle", head, rows, numbers_from=1)
    named = Named("cycles", "Yield by cycle and mode", description)
    drawing = stacked(named, bars, _COLOURS, axis="share of questions") if any(c.asked for c in cycles) else None
    note = "Questions with an accepted answer. A rationalized answer was given the label as a hint."
    return figure("By cycle and mode", note, drawing, numbers)


def _by_kind(units: list[dict[str, Any]]) -> Html:
    asked: Counter[tuple[str, str]] = Counter()
    direct: Counter[tuple[str, str]] = Counter()
    rationalized: Counter[tuple[str, str]] = Counter()
    for unit in units:
        place = unit["source"], unit["kind"]
        asked[place] += unit["asked"]
        direct[place] += unit["accepted_direct"]
        rationalized[place] += unit["accepted_rationalized"]
    order = sorted(asked, key=lambda place: (-asked[place], place))
    several = len({source for source, _ in asked}) > 1
    bars = {
        _name(place, several=several): _parts(asked[place], direct[place], rationalized[place])
        for place in order[:_MOST]
    }
    rows: list[list[Part]] = [
        [
            source,
            kind,
            asked[source, kind],
            *_numbers(asked[source, kind], direct[source, kind], rationalized[source, kind]),
        ]
        for source, kind in sorted(asked)
    ]
    head = ["Source", "Kind", "Questions", "Direct", "Rationalized", "Total"]
    numbers = table("Questions with an accepted answer, by source and kind", head, rows, numbers_from=2)
    description = "One bar for each source and kind of question, with the most questions first."
    named = Named("kinds", "Yield by source and kind", description)
    note = f"The {_MOST} with the most questions; the table has all." if len(order) > _MOST else None
    return figure("By source and kind", note, stacked(named, bars, _COLOURS, axis="share of questions"), numbers)


def _by_mode(manifest: Mapping[str, Any]) -> Html:
    groups = manifest["counts"]["answers"]
    several = len({group["source"] for group in groups}) > 1
    rows: Counter[tuple[str, str]] = Counter()
    accepted: Counter[tuple[str, str]] = Counter()
    for group in groups:
        place = _name((group["source"], group["kind"]), several=several), group["mode"]
        rows[place] += group["answers"]
        accepted[place] += group["accepted"]
    cells: list[list[Part]] = [
        [name, mode, rows[name, mode], accepted[name, mode], percent(accepted[name, mode], rows[name, mode])]
        for name, mode in sorted(rows, key=lambda place: (place[0], list(Mode).index(Mode(place[1]))))
    ]
    head = ["Kind", "Mode", "Answers", "Accepted", "Share"]
    return figure("Answers", "Every judged answer counts once.", None, table("Answers", head, cells, numbers_from=2))


def _name(place: tuple[str, str], *, several: bool) -> str:
    source, kind = place
    return f"{source} · {kind}" if several else kind


def _parts(asked: int, direct: int, rationalized: int) -> dict[str, float]:
    if not asked:
        return {}
    values = (direct, rationalized, asked - direct - rationalized)
    return {part: value / asked for part, value in zip(_COLOURS, values, strict=True)}


def _numbers(asked: int, direct: int, rationalized: int) -> Iterator[str]:
    for value in (direct, rationalized, direct + rationalized):
        yield f"{value:,} ({percent(value, asked)})"
