"""The parts that a section of the report is made of: figures with their numbers, headline figures, notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vstar_data.reporting.markup import Html, Part, joined, tag


@dataclass(frozen=True)
class Section:
    """A section of the page: its id, its heading and what it holds."""

    id: str
    title: str
    body: Html


def figure(title: str, note: Part, drawing: Html | None, numbers: Html) -> Html:
    """Returns a chart with its table, folded away below it; without a chart the table is open."""
    head = tag("figcaption", tag("h3", title), tag("p", note) if note else None)
    if drawing is None:
        return tag("figure", head, numbers, class_="card")
    folded = tag("details", tag("summary", "Numbers", tag("span", f" of {title}", class_="unseen")), numbers)
    return tag("figure", head, drawing, folded, class_="card")


def cards(*figures: Html | None) -> Html:
    """Returns figures side by side, as many as there is room for."""
    return tag("div", *figures, class_="cards")


def tiles(entries: Sequence[tuple[str, str, str]]) -> Html:
    """Returns headline figures: what is counted, the number, and a remark below it."""
    found = (
        tag("div", tag("dt", name), tag("dd", number), tag("dd", remark, class_="remark") if remark else None)
        for name, number, remark in entries
    )
    return tag("dl", *found, class_="tiles")


def notice(*parts: Part) -> Html:
    """Returns something that a reader must know before the rest."""
    return tag("p", *parts, class_="notice", role="note")


def code(text: str) -> Html:
    """Returns a reason code, a command or the name of a file."""
    return tag("code", text)


def paragraph(*parts: Part) -> Html:
    """Returns a paragraph."""
    return tag("p", *parts)


def listed(parts: Sequence[Part]) -> Html:
    """Returns parts one below the other in a cell."""
    return joined(tag("div", part) for part in parts)
