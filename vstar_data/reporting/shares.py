"""Shares and rates as a reader sees them. Pure text."""

from __future__ import annotations


def percent(part: float, whole: float) -> str:
    """Returns a share with one decimal, or a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def seconds(value: float) -> str:
    """Returns a time: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`."""
    if value < 10:
        return f"{value:.1f} s"
    from vstar_data.executors.progress import duration

    return duration(value)


def rate(count: int, value: float) -> str:
    """Returns how many a second, or a dash where no time passed."""
    return f"{count / value:.1f}/s" if value > 0 else "-"
