"""The charts, drawn with Altair as SVG in the colours of the page. Numbers in, markup out.

All are as wide as a narrow screen allows, so that no text is scaled down on one. Colours are the page's custom
properties: one drawing serves the light and the dark scheme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from vstar_data.reporting.markup import Html, joined, line, tag
from vstar_data.reporting.svg import page_svg

WIDTH = 336
"""Pixels: a screen of 390 less the margins."""

_STEP = 22
_NAMES = 128
"""Pixels for the names beside bars."""

_MEASURED = 12.5
"""The size that labels get room for; the page shows them in 11 pixels, in whatever font the reader has."""


class Named(NamedTuple):
    """What a chart is called: `name` is unique in the page, `title` and `description` are for a screen reader."""

    name: str
    title: str
    description: str


class Interval(NamedTuple):
    """A share with the ends of its interval, all 0..1."""

    value: float
    low: float
    high: float


def stacked(
    named: Named, rows: Mapping[str, Mapping[str, float]], colours: Mapping[str, str], *, axis: str, form: str = "%"
) -> Html:
    """Returns horizontal bars whose parts lie one after the other.

    Args:
        named: What it is called.
        rows: For each bar its parts.
        colours: For each part, in order, its colour.
        axis: What the parts measure.
        form: A format of d3 for the numbers of the axis.
    """
    import altair as alt

    names = _distinct(rows)
    order = list(colours)
    values = [
        {"bar": name, "part": part, "size": parts.get(part, 0.0), "place": order.index(part)}
        for name, parts in zip(names, rows.values(), strict=True)
        for part in order
    ]
    scale: dict[str, Any] = {"domain": [0, 1]} if form == "%" else {}
    chart = (
        alt.Chart(alt.InlineData(values))
        .mark_bar(height=14)
        .encode(
            x=alt.X("size:Q", title=axis, scale=alt.Scale(**scale), axis=alt.Axis(format=form, tickCount=5)),
            y=alt.Y("bar:N", title=None, sort=names),
            color=_colours(alt, "part:N", colours),
            order=alt.Order("place:Q"),
        )
    )
    return joined([_legend(colours), _drawn(alt, chart, named, len(names) * _STEP + 44)])


def intervals(named: Named, rows: Mapping[str, Interval], *, axis: str) -> Html:
    """Returns shares as points with the intervals around them.

    Args:
        named: What it is called.
        rows: Per name a share.
        axis: What the share is.
    """
    import altair as alt

    names = _distinct(rows)
    values = [{"name": name, **share._asdict()} for name, share in zip(names, rows.values(), strict=True)]
    y = alt.Y("name:N", title=None, sort=names)
    x = alt.X("low:Q", title=axis, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5))
    base = alt.Chart(alt.InlineData(values))
    ranges = base.mark_rule(strokeWidth=2, color="var(--rest)").encode(x=x, x2="high:Q", y=y)
    points = base.mark_point(filled=True, size=55, color="var(--direct)", opacity=1).encode(x="value:Q", y=y)
    return _drawn(alt, ranges + points, named, len(names) * _STEP + 44)


def grid(named: Named, cells: Mapping[tuple[str, str], int], wholes: Mapping[str, int]) -> Html:
    """Returns counts in a grid of rows and columns, shaded by their share of the column.

    Args:
        named: What it is called.
        cells: Counts per row and column.
        wholes: What a column's counts are shares of, in the order of the columns.
    """
    import altair as alt

    rows = list(dict.fromkeys(row for row, _ in cells))
    most = max((count / wholes[column] for (_, column), count in cells.items() if wholes[column]), default=1.0)
    values = [
        {
            "row": row,
            "column": column,
            "shade": 0.12 + 0.6 * count / max(wholes[column], 1) / (most or 1.0),
            "shown": _short(count),
        }
        for (row, column), count in cells.items()
        if count
    ]
    x = alt.X("column:N", title=None, sort=list(wholes), scale=alt.Scale(domain=list(wholes)))
    y = alt.Y("row:N", title=None, sort=rows, scale=alt.Scale(domain=rows))
    base = alt.Chart(alt.InlineData(values)).encode(
        x=x.axis(orient="top", labelAngle=0 if len(wholes) < 6 else -38, labelLimit=90, domain=False, ticks=False),
        y=y.axis(domain=False, ticks=False),
    )
    shades = base.mark_rect(color="var(--bad)").encode(opacity=alt.Opacity("shade:Q", scale=None, legend=None))
    texts = base.mark_text(color="var(--ink)", fontSize=10).encode(text="shown:N")
    return _drawn(alt, shades + texts, named, len(rows) * _STEP + 74)


def histogram(
    named: Named,
    bars: Sequence[tuple[str, Mapping[str, int]]],
    colours: Mapping[str, str],
    *,
    axis: str,
    every: int = 1,
) -> Html:
    """Returns upright bars over bins.

    Args:
        named: What it is called.
        bars: For each bin in order its label and its counts per part.
        colours: For each part its colour.
        axis: What is binned.
        every: Of so many labels one is shown, counted from the middle.
    """
    import altair as alt

    labels = [label for label, _ in bars]
    middle = len(labels) // 2
    shown = [label for place, label in enumerate(labels) if (place - middle) % every == 0]
    values = [{"bin": label, "part": part, "count": counts.get(part, 0)} for label, counts in bars for part in colours]
    chart = (
        alt.Chart(alt.InlineData(values))
        .mark_bar()
        .encode(
            x=alt.X("bin:N", title=axis, sort=labels, scale=alt.Scale(paddingInner=0.12)).axis(
                values=shown, labelAngle=0, labelOverlap=False
            ),
            y=alt.Y("count:Q", title="answers", axis=alt.Axis(tickCount=4, tickMinStep=1, format="~s")),
            color=_colours(alt, "part:N", colours),
        )
    )
    return joined([_legend(colours) if len(colours) > 1 else None, _drawn(alt, chart, named, 190)])


def _colours(alt: Any, field: str, colours: Mapping[str, str]) -> Any:
    return alt.Color(field, scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None)


def _legend(colours: Mapping[str, str]) -> Html:
    """A legend beside the drawing: in a drawing of fixed width a long one would be cut off."""
    entries = (
        tag("li", tag("span", class_="swatch", style=f"background:{colour}"), part) for part, colour in colours.items()
    )
    return tag("ul", *entries, class_="legend", aria_hidden="true")


def _drawn(alt: Any, chart: Any, named: Named, height: int) -> Html:
    import vl_convert

    fitted = chart.properties(
        width=WIDTH,
        height=height,
        background="transparent",
        padding=1,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    )
    text = {"labelColor": "var(--ink)", "titleColor": "var(--muted)", "labelFontSize": _MEASURED, "titleFontSize": 11}
    plain = fitted.configure_view(stroke=None).configure_axis(
        **text,
        titleFontWeight="normal",
        labelLimit=_NAMES,
        labelFlush=False,
        gridColor="var(--line)",
        domainColor="var(--line)",
        tickColor="var(--line)",
    )
    spec = plain.configure_axisY(labelPadding=4).to_dict()
    return page_svg(vl_convert.vegalite_to_svg(spec), *named)


def _distinct(names: Mapping[str, object]) -> list[str]:
    """Returns names on one line each, and no two of them alike."""
    held: dict[str, int] = {}
    found = []
    for name in names:
        short = line(name, 60)
        held[short] = held.get(short, 0) + 1
        found.append(short if held[short] == 1 else f"{short} ({held[short]})")
    return found


def _short(count: int) -> str:
    if count < 10_000:
        return str(count)
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1_000_000:.1f}M"
