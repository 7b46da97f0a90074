"""The conformance suite: all checks over one adapter and its annotations, in two passes that hold no rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from vstar_data.adapters import LabelAdapter, VideoRoot, read_adapter
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped
from vstar_data.testing.identity import PlainRecords, RelativeNames, RowsGiveClips, SplitsShareNoVideo, UniqueIds
from vstar_data.testing.places import BoxesInPicture, FoundVideos, TimesInVideo, TimesInWindow
from vstar_data.testing.results import Outcome, Report, Result, counted
from vstar_data.testing.stability import MemoryUse, same_again, size_of
from vstar_data.testing.statements import LicenceStated, statements
from vstar_data.testing.wording import CleanTexts, LabelKinds, OneSpelling, PlainWords

READS = "reads to the end"


class RowCheck(Protocol):
    """A check that sees one row after another and then says what it found."""

    name: str

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""

    def result(self) -> Result:
        """Returns what was found in the rows so far."""
        ...


def check_rows(rows: Iterable[Clip | Skipped], checks: Iterable[RowCheck]) -> Iterator[Result]:
    """Shows rows to checks and yields what each found.

    Args:
        rows: What an adapter gives.
        checks: New ones: each remembers what it saw.
    """
    checks = list(checks)
    for row in rows:
        for check in checks:
            check.see(row)
    yield from (check.result() for check in checks)


def check_adapter(
    adapter: LabelAdapter, annotations: Path | str, videos: VideoRoot | Path | str | None = None
) -> Report:
    """Runs every check over an adapter.

    Args:
        adapter: The adapter with its options.
        annotations: The annotation file or folder.
        videos: The folder of the videos, where they are at hand: names are looked up there, and lengths are measured.

    Returns:
        A result for each check. One that failed to read to the end has results for what it gave before.

    Raises:
        AnnotationError: The annotations are not there.
        UsageError: The folder of the videos is not there.
    """
    annotations = Path(annotations)
    if videos is None and adapter.folder_holds_videos and annotations.is_dir():
        videos = annotations
    root = videos if isinstance(videos, VideoRoot | None) else VideoRoot(Path(videos))
    memory, given, records, found = MemoryUse(), RowsGiveClips(), PlainRecords(), FoundVideos(root)
    licence = LicenceStated(type(adapter))
    checks: list[RowCheck] = [
        given, UniqueIds(), RelativeNames(), LabelKinds(), CleanTexts(), PlainWords(), OneSpelling(),
        found, TimesInWindow(), TimesInVideo(found.duration), BoxesInPicture(), SplitsShareNoVideo(), records, licence,
    ]  # fmt: skip
    results: list[Result] = []
    digest: str | None = None
    try:
        digest = memory.read(read_adapter(adapter, annotations, root))
        results.append(Result(READS, Outcome.PASSED, counted(memory.rows, "row")))
    except AnnotationError as problem:
        results.append(Result(READS, Outcome.FAILED, *_told(problem)))
    results += check_rows(_until_it_fails(read_adapter(adapter, annotations, root)), checks)
    if digest is not None:
        results.append(same_again(adapter, annotations, root, digest, records.digest()))
        results.append(memory.result(size_of(annotations)))
    results += statements(type(adapter))
    return Report(adapter.name, tuple(results), given.clips + given.reasons.total(), given.clips)


def _until_it_fails(rows: Iterator[Clip | Skipped]) -> Iterator[Clip | Skipped]:
    """Ends where the adapter fails. The first pass says how, or else the digests differ."""
    try:
        yield from rows
    except AnnotationError:
        return


def _told(problem: AnnotationError) -> tuple[str, tuple[str, ...]]:
    parts = {"where": problem.where, "expected": problem.expected, "found": problem.found, "mend": problem.mend}
    return problem.what, tuple(f"{name}: {' '.join(text.split())}" for name, text in parts.items() if text)
