"""The plot of the card: which share of the questions was answered, by source and label kind, as PNG.

It is drawn as SVG by hand and rasterised by `vl_convert` with a font that comes with it: a charting library would take
seconds to start, at every assembling.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from vstar_data.dataset.counts import Questions, Unit

MOST_BARS = 40
"""Beyond so many bars those with the fewest questions are left out."""

_DIRECT, _RATIONALIZED, _REST = "#2f6fb0", "#e0a030", "#e4e7eb"
_INK, _MUTED = "#1d2733", "#5b6875"
_WIDTH, _LEFT, _RIGHT, _STEP, _TOP = 760, 250, 110, 26, 58
_LETTERS = 34


def yields_by_kind(questions: Mapping[Unit, Questions]) -> dict[tuple[str, str], Questions]:
    """Returns the questions per source and label kind, splits added up, in the order of the names."""
    found: dict[tuple[str, str], Questions] = {}
    for unit, counted in sorted(questions.items()):
        group = found.setdefault((unit.source, unit.kind), Questions())
        group.asked += counted.asked
        group.direct += counted.direct
        group.rationalized += counted.rationalized
    return found


def yields_png(questions: Mapping[Unit, Questions]) -> bytes:
    """Returns the plot as PNG, 1,520 pixels wide.

    Args:
        questions: Questions per source, kind and split, at least one of them asked.
    """
    import vl_convert

    # Text of scripts that the font lacks is drawn with a font of the machine, where it has one.
    return bytes(vl_convert.svg_to_png(yields_svg(questions), scale=2))


def yields_svg(questions: Mapping[Unit, Questions]) -> str:
    """Returns the plot as SVG; any text in the names of sources and kinds shows as text."""
    bars = {names: counted for names, counted in yields_by_kind(questions).items() if counted.asked}
    kept = sorted(bars, key=lambda names: (-bars[names].asked, names))[:MOST_BARS]
    left_out = len(bars) - len(kept)
    height = _TOP + len(kept) * _STEP + 34 + (18 if left_out else 0)
    across = _WIDTH - _LEFT - _RIGHT
    drawn = [_text(16, 24, "Questions with an accepted answer", size=15, weight=600), *_legend()]
    bottom = _TOP + len(kept) * _STEP
    for part in range(5):
        x = _LEFT + across * part / 4
        drawn.append(f'<line x1="{x:g}" y1="{_TOP - 4}" x2="{x:g}" y2="{bottom}" stroke="#cfd5db" stroke-width="1"/>')
        drawn.append(_text(x, bottom + 16, f"{25 * part} %", colour=_MUTED, size=11, anchor="middle"))
    for place, names in enumerate(sorted(kept)):
        drawn += _bar(_TOP + place * _STEP, " · ".join(names), bars[names], across)
    if left_out:
        note = f"and {left_out:,} more with fewer questions"
        drawn.append(_text(_LEFT, bottom + 36, note, colour=_MUTED, size=11))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-family="Liberation Sans">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{"".join(drawn)}</svg>'
    )


def _bar(top: float, name: str, counted: Questions, across: float) -> list[str]:
    direct, rationalized = counted.direct / counted.asked, counted.rationalized / counted.asked
    boxes = ((0.0, 1.0, _REST), (0.0, direct, _DIRECT), (direct, rationalized, _RATIONALIZED))
    return [
        _text(_LEFT - 10, top + 15, _fitted(name), anchor="end"),
        *(
            f'<rect x="{_LEFT + start * across:.2f}" y="{top + 3}" width="{share * across:.2f}" height="{_STEP - 8}" '
            f'fill="{colour}"/>'
            for start, share, colour in boxes
            if share
        ),
        _text(_WIDTH - _RIGHT + 8, top + 15, f"{_percent(direct + rationalized)} of {counted.asked:,}", size=11),
    ]


def _legend() -> list[str]:
    drawn, x = [], float(_LEFT)
    for colour, name in ((_DIRECT, "directly"), (_RATIONALIZED, "by rationalization only"), (_REST, "not")):
        drawn.append(f'<rect x="{x:g}" y="34" width="11" height="11" fill="{colour}"/>')
        drawn.append(_text(x + 16, 44, name, colour=_MUTED, size=12))
        x += 40 + 6.4 * len(name)
    return drawn


def _text(
    x: float, y: float, text: str, *, colour: str = _INK, size: int = 12, anchor: str = "start", weight: int = 400
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _fitted(name: str) -> str:
    """Returns a name in one line of characters that XML can hold, its middle left out where it is long."""
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(name.split()))
    half = _LETTERS // 2
    return line if len(line) <= _LETTERS else f"{line[:half]}…{line[-half + 1 :]}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
