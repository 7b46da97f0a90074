"""Throughput, and where the time of a run's builds went."""

from __future__ import annotations

from vstar_data.executors.timings import ANSWERING, BuildTiming
from vstar_data.reporting.charts import Named, stacked
from vstar_data.reporting.markup import Html, Part, joined, table, tag
from vstar_data.reporting.material import Material
from vstar_data.reporting.parts import Section, cards, code, figure, paragraph
from vstar_data.reporting.shares import percent, rate, seconds

_COLOURS = {
    "answering": "var(--direct)",
    "waiting for frames": "var(--rationalized)",
    "loading the model": "var(--third)",
    "before answering": "var(--fourth)",
    "assembling": "var(--fifth)",
    "other": "var(--rest)",
}
_MOST = 8
"""Builds that are shown, the latest."""


def course(material: Material) -> Section:
    """Returns the section on time and throughput."""
    findings, timings = material.findings, material.timings
    mean = f"{findings.tokens / findings.answers:.1f}" if findings.answers else "-"
    texts = table(
        "Texts",
        ["What", "Number"],
        [
            ["Judged answers", findings.answers],
            ["Tokens in them", findings.tokens],
            ["Tokens an answer", mean],
            ["Cut off at the token limit", f"{findings.cut:,} ({percent(findings.cut, findings.answers)})"],
        ],
        numbers_from=1,
    )
    written = figure("Texts", None, None, texts)
    if not timings:
        why = paragraph(
            "No times were kept: ", code("timings.jsonl"), " gets a line from every build that has something to make."
        )
        return Section("time", "Time and throughput", Html(why + cards(written)))
    return Section("time", "Time and throughput", cards(_spent(timings), _rates(timings), written))


def spent(timing: BuildTiming) -> dict[str, float]:
    """Returns where the time of a build went, in seconds. What the processes did is told in the same proportions.

    Args:
        timing: The build.
    """
    answering = timing.stages.get(ANSWERING, 0.0)
    shares = {"waiting for frames": timing.waiting, "loading the model": timing.loading}
    scale = answering / timing.working if timing.working > 0 else 0.0
    parts = {name: min(value * scale, answering) for name, value in shares.items()}
    assembling = timing.stages.get("assembling", 0.0)
    before = sum(timing.stages.values()) - answering - assembling
    found = {
        "answering": max(answering - sum(parts.values()), 0.0),
        **parts,
        "before answering": before,
        "assembling": assembling,
    }
    return {**found, "other": max(timing.seconds - sum(found.values()), 0.0)}


def _spent(timings: list[BuildTiming]) -> Html:
    latest = _latest(timings)
    bars = {f"{number}: {_when(timing)[5:]}": spent(timing) for number, timing in latest}
    most = max(timing.seconds for _, timing in latest)
    unit, per = ("seconds", 1) if most <= 180 else ("minutes", 60) if most <= 7200 else ("hours", 3600)
    scaled = {name: {part: value / per for part, value in parts.items()} for name, parts in bars.items()}
    rows: list[list[Part]] = [
        [_name(number, timing), seconds(timing.seconds), *map(seconds, spent(timing).values())]
        for number, timing in latest
    ]
    head = ["Build (UTC)", "In all", *(name.capitalize() for name in _COLOURS)]
    numbers = table("Where the time went", head, rows, numbers_from=1)
    named = Named("spent", "Where the time went", "One bar a build, by what it was doing.")
    drawing = stacked(named, scaled, _COLOURS, axis=unit, form="~f")
    note = "Before answering, a build starts, reads annotations and looks at videos."
    if len(timings) > _MOST:
        note = f"The latest {_MOST} of {len(timings):,} builds. {note}"
    return figure("Where the time went", note, drawing, numbers)


def _rates(timings: list[BuildTiming]) -> Html:
    rows: list[list[Part]] = []
    for number, timing in _latest(timings):
        busy = timing.stages.get(ANSWERING, 0.0)
        if timing.working > 0:
            busy *= 1 - min(timing.loading / timing.working, 1)
        rows.append(
            [
                _name(number, timing),
                timing.completions,
                rate(timing.clips, busy),
                rate(timing.tokens, busy),
                percent(timing.waiting, timing.working),
            ]
        )
    head = ["Build (UTC)", "Texts", "Clips", "Tokens", "Waits"]
    note = "Rates leave out the loading of the model. A build waits while frames are decoded: its decode-wait."
    return figure("Throughput", note, None, table("Throughput", head, rows, numbers_from=1))


def _latest(timings: list[BuildTiming]) -> list[tuple[int, BuildTiming]]:
    return list(enumerate(timings, 1))[-_MOST:]


def _name(number: int, timing: BuildTiming) -> Html:
    remarks = [
        f"{timing.workers} workers" if timing.workers > 1 else "",
        "" if timing.finished else "interrupted",
    ]
    named = tag("span", f"{number}: {_when(timing)[5:]}", class_="nowrap")
    told = ", ".join(filter(None, remarks))
    return joined([named, tag("span", f" {told}", class_="remark") if told else None])


def _when(timing: BuildTiming) -> str:
    """When a build began, to the minute. The text is the run's own and may be anything."""
    return timing.started.replace("T", " ")[:16]
