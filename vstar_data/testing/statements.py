"""Checks of what an adapter states: licence, source, which files it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vstar_data.adapters import LabelAdapter
from vstar_data.records import Clip, Skipped
from vstar_data.testing.descriptions import description_of
from vstar_data.testing.results import Outcome, Result, counted

_NONE_KNOWN = re.compile(
    r"\b(none|unknown|no licen[cs]e|not (?:known|stated|given)|th(?:at|ose) of (?:the|your))\b", re.I
)


class LicenceStated:
    """Whether the docstring states the licence, and each clip carries one, or the docstring says that there is none.

    Args:
        adapter: The adapter.
    """

    name = "licence"

    def __init__(self, adapter: type[LabelAdapter]) -> None:
        self.text = description_of(adapter).sections.get("Licence")
        self.mentioned = re.search(r"\blicen[cs]e", adapter.__doc__ or "", re.IGNORECASE) is not None
        self.clips = self.without = 0

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if isinstance(row, Clip):
            self.clips += 1
            self.without += not (row.license or "").strip()

    def result(self) -> Result:
        """Fails where nothing is said of the licence, and warns of clips that carry none."""
        if self.text is None:
            return _without_paragraph(self.name, "Licence:", self.mentioned)
        if not self.without or _NONE_KNOWN.search(self.text):
            detail = f"stated; {self.clips - self.without:,} of {counted(self.clips, 'clip')} with one"
            return Result(self.name, Outcome.PASSED, detail)
        detail = f"{self.without:,} of {counted(self.clips, 'clip')} without `license`, though the docstring states one"
        return Result(self.name, Outcome.WARNING, detail)


def statements(adapter: type[LabelAdapter]) -> Iterator[Result]:
    """Yields whether the docstring names the source, and `needs` the files."""
    source = description_of(adapter).sections.get("Source")
    if source is None:
        mentioned = re.search(r"\bsource\b|https?://", adapter.__doc__ or "", re.IGNORECASE) is not None
        yield _without_paragraph("source", "Source:", mentioned)
    else:
        yield Result("source", Outcome.PASSED, source.splitlines()[0])
    needs = adapter.needs.strip()
    lacking = [option for option in ("--annotations", "--videos") if option not in needs]
    if not needs:
        yield Result("needs", Outcome.FAILED, "`needs` is empty: a build without paths could not say what is wanted")
    elif lacking:
        yield Result("needs", Outcome.WARNING, f"`needs` does not say what {' and '.join(lacking)} should be")
    else:
        yield Result("needs", Outcome.PASSED, needs.splitlines()[0])


def _without_paragraph(name: str, heading: str, mentioned: bool) -> Result:
    outcome = Outcome.WARNING if mentioned else Outcome.FAILED
    said = "mentions it, but " if mentioned else ""
    return Result(name, outcome, f"the docstring {said}has no paragraph that begins with `{heading}`")
