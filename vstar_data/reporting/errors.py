"""How far off numbers and times are: charts and tables of `vstar_data.reporting.deviations`."""

from __future__ import annotations

from vstar_data.reporting.charts import Named, histogram
from vstar_data.reporting.deviations import ENDS, RELATIVE_STEP, SECONDS_STEP, Deviations
from vstar_data.reporting.markup import Html, Part, line, table
from vstar_data.reporting.material import Material
from vstar_data.reporting.parts import Section, cards, figure, paragraph
from vstar_data.reporting.shares import percent

_COLOUR = {"answers": "var(--direct)"}
_OVERLAPS = {"segment": "var(--direct)", "box": "var(--rationalized)"}
_MOST = 20
"""Quantities in the table, those with the most answers."""


def errors(material: Material) -> Section:
    """Returns the section on the errors of numbers and times."""
    found = material.findings.deviations
    parts = [part for part in (_numbers(found), _quantities(found), _overlaps(found), _moments(found)) if part]
    if not parts:
        return Section("errors", "Numbers and times", paragraph("No direct answer was asked for a number or a time."))
    note = paragraph(
        "Direct answers only: a rationalized one was told the value. What an answer says is what the verifier read."
    )
    return Section("errors", "Numbers and times", Html(note + cards(*parts)))


def _numbers(found: Deviations) -> Html | None:
    if not found.relative:
        return None
    bins = range(-ENDS, ENDS + 1)
    labels = [_end(place, f"{round(100 * RELATIVE_STEP * place):+d} %") if place else "0" for place in bins]
    numbers = table(
        "Errors of numbers",
        ["Error, relative to the target", "Answers"],
        [[label, found.relative[place]] for place, label in zip(bins, labels, strict=True)],
        numbers_from=1,
    )
    named = Named("numbers", "Errors of numbers", "How many answers are too small, right and too large, by how much.")
    bars = [(label, {"answers": found.relative[place]}) for place, label in zip(bins, labels, strict=True)]
    drawing = histogram(named, bars, _COLOUR, axis="error, relative to the target", every=5)
    note = f"Each bar is {100 * RELATIVE_STEP:.0f} % wide; those at the ends hold the rest. " + _unread(found, "number")
    return figure("Errors of numbers", note, drawing, numbers)


def _quantities(found: Deviations) -> Html | None:
    if not found.quantities:
        return None
    order = sorted(found.quantities.items(), key=lambda item: (-item[1].answers, item[0]))
    rows: list[list[Part]] = [
        [
            line(name),
            line(source),
            one.answers,
            percent(one.accepted, one.answers),
            f"{one.off / one.read:.3g} {line(one.unit, 20)}".rstrip() if one.read else "-",
        ]
        for (source, name), one in order[:_MOST]
    ]
    head = ["Number", "Source", "Answers", "Near enough", "Mean error"]
    note = f"The {_MOST} with the most answers of {len(order):,}." if len(order) > _MOST else None
    return figure("By number", note, None, table("Errors by number", head, rows, numbers_from=2))


def _overlaps(found: Deviations) -> Html | None:
    if not found.overlaps:
        return None
    colours = {kind: colour for kind, colour in _OVERLAPS.items() if kind in found.overlaps}
    labels = [f"{place / 10:.1f}" for place in range(10)]
    rows: list[list[Part]] = [
        [f"{label} to {(place + 1) / 10:.1f}", *(found.overlaps[kind][place] for kind in colours)]
        for place, label in enumerate(labels)
    ]
    numbers = table("Overlap with the target", ["IoU", *colours], rows, numbers_from=1)
    named = Named("overlaps", "Overlap with the target", "How many answers overlap the target how far, as IoU.")
    bars = [(label, {kind: found.overlaps[kind][place] for kind in colours}) for place, label in enumerate(labels)]
    note = "Temporal IoU of windows, IoU of boxes; 0.5 is needed. " + " ".join(_unread(found, kind) for kind in colours)
    return figure("Overlap of windows and boxes", note, histogram(named, bars, colours, axis="IoU, from"), numbers)


def _moments(found: Deviations) -> Html | None:
    if not found.moments:
        return None
    bins = range(-ENDS, ENDS + 1)
    labels = [_end(place, f"{SECONDS_STEP * place:+.2f}".rstrip("0").rstrip(".")) if place else "0" for place in bins]
    numbers = table(
        "Errors of moments",
        ["Error in seconds", "Answers"],
        [[label, found.moments[place]] for place, label in zip(bins, labels, strict=True)],
        numbers_from=1,
    )
    named = Named("moments", "Errors of moments", "How many answers are too early, right and too late, by how much.")
    bars = [(label, {"answers": found.moments[place]}) for place, label in zip(bins, labels, strict=True)]
    drawing = histogram(named, bars, _COLOUR, axis="error in seconds", every=5)
    note = f"Each bar is {SECONDS_STEP:g} s wide; those at the ends hold the rest. " + _unread(found, "timestamp")
    return figure("Errors of moments", note, drawing, numbers)


def _end(place: int, label: str) -> str:
    if abs(place) < ENDS:
        return label
    return f"≤ {label}" if place < 0 else f"≥ {label}"


def _unread(found: Deviations, kind: str) -> str:
    number = found.unread[kind]
    return f"{number:,} answers about a {kind} give none that can be read." if number else ""
