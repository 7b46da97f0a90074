"""Adapters that give what a test wants, good in every way but the one that the test is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from vstar_data.adapters import LabelAdapter, VideoRoot
from vstar_data.records import ClassLabel, Clip, Label, Skipped, Split, UnusableReason

Rows = Callable[[], Iterable[Any]]


class Good(LabelAdapter):
    """Good: an adapter with nothing wrong in it.

    Annotations: any file. Videos and labels are made up.

    Licence: CC0-1.0.

    Source: https://example.org/good
    """

    name: ClassVar[str] = "good"
    needs: ClassVar[str] = "--annotations: any file\n--videos: any folder"

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        yield clip("a")
        yield clip("b")


def giving(rows: Rows | Iterable[Any], doc: str | None = Good.__doc__, needed: str = Good.needs) -> LabelAdapter:
    """Returns an adapter that gives these rows: a list, or a function that is called for each pass."""
    make = rows if callable(rows) else lambda: rows

    class Giving(LabelAdapter):
        name: ClassVar[str] = "giving"
        needs: ClassVar[str] = needed

        def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
            yield from make()

    Giving.__doc__ = doc
    return Giving()


def clip(name: str, *labels: Label, **values: Any) -> Clip:
    given = {"video": f"{name}.mp4", "license": "CC0-1.0", "split": Split.TRAIN, **values}
    return Clip(id=name, labels=labels or (ClassLabel(name="juggling"),), **given)


def skipped(where: str, reason: UnusableReason = UnusableReason.MALFORMED_ROW) -> Skipped:
    return Skipped(reason=reason, detail="not what it should be", where=where)
