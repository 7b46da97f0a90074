"""Which clips are left out altogether: those of an exclusion list, those of videos that a benchmark holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from vstar_data.adapters import make_adapter, read_source
from vstar_data.errors import UsageError
from vstar_data.recipe.filters import BenchmarkSettings, FilterSettings
from vstar_data.records import Clip

_REMARK = re.compile(r"(?:^|\s)#\s")

EXCLUDED = "excluded"
"""The reason of clips that an exclusion list names; a benchmark's is `contaminated:<name>`."""


def check_filters(filters: FilterSettings, adapter_file: Path | None) -> None:
    """Checks that lists and benchmarks are there, before anything is read that takes long.

    Raises:
        UsageError: One is not there, or names nothing.
        UnknownNameError: There is no adapter of that name.
    """
    if filters.exclude is not None:
        excluded_ids(Path(filters.exclude))
    for benchmark in filters.decontaminate:
        make_adapter(benchmark.adapter, benchmark.adapter_options, adapter_file)
        if not Path(benchmark.annotations).exists():
            raise UsageError(
                f'The annotations of the benchmark "{benchmark.benchmark}" are not there.',
                where=benchmark.annotations,
                mend="check `filters.decontaminate`",
            )


def unmatched_ids(clips: Iterable[Clip], filters: FilterSettings) -> list[str]:
    """Returns the lines of the exclusion list that name no clip, sorted."""
    if filters.exclude is None:
        return []
    left = set(excluded_ids(Path(filters.exclude)))
    for clip in clips:
        left -= names_of(clip)
    return sorted(left)


def unmatched_warning(lines: list[str]) -> str:
    """Returns what is said of lines of an exclusion list that name no clip: ten of them at most."""
    shown = ", ".join(lines[:10]) + (", ..." if len(lines) > 10 else "")
    return f"warning: {len(lines)} lines of the exclusion list name no clip: {shown}"


def withheld(
    clips: Iterable[Clip], filters: FilterSettings, adapter_file: Path | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Returns the ids of clips to be left out with their reasons, and the SHA-256 of each list by its name.

    Args:
        clips: The clips of the run.
        filters: The exclusion list and the benchmarks.
        adapter_file: A Python file with adapters of the user.

    Raises:
        UsageError: A list is not there, holds no ids, or cannot be read.
        AnnotationError: The annotations of a benchmark cannot be read.
    """
    lists: dict[str, frozenset[str]] = {}
    if filters.exclude is not None:
        lists[EXCLUDED] = excluded_ids(Path(filters.exclude))
    for benchmark in filters.decontaminate:
        lists[f"contaminated:{benchmark.benchmark}"] = _ids_of_benchmark(benchmark, adapter_file)
    found: dict[str, str] = {}
    for clip in clips if lists else ():
        videos = video_ids(clip)
        own = names_of(clip)
        for reason, ids in lists.items():
            if not ids.isdisjoint(own if reason == EXCLUDED else videos):
                found[clip.id] = reason
                break
    digests = {name: hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest() for name, ids in lists.items()}
    return found, digests


def video_ids(clip: Clip) -> frozenset[str]:
    """Returns what the video of a clip is called in its dataset: `video_id` or `youtube_id`, else the file's stem.

    A clip that was joined of several videos names them all under `video_ids`.
    """
    several = clip.metadata.get("video_ids")
    named = [clip.metadata.get(key) for key in ("video_id", "youtube_id")]
    named += several if isinstance(several, list) else []
    ids = frozenset(name for name in named if isinstance(name, str) and name)
    return ids or frozenset({PurePosixPath(clip.video).stem})


def names_of(clip: Clip) -> frozenset[str]:
    """Returns all that an exclusion list may call a clip: its id with or without the source, its file, its video."""
    path = PurePosixPath(clip.video)
    return video_ids(clip) | {clip.id, clip.id.partition("/")[2], clip.video, path.name, path.stem}


def excluded_ids(path: Path) -> frozenset[str]:
    """Reads an exclusion list: an id of a clip or of a video on each line, remarks behind `# `.

    Raises:
        UsageError: It is not there, is no UTF-8 text, or names nothing.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
        raise UsageError(
            "The exclusion list cannot be read.",
            where=str(path),
            expected="a text file with the id of a clip or of a video on each line",
            found=reason,
            mend="check `filters.exclude`",
        ) from None
    plain = (_REMARK.split(line, maxsplit=1)[0].strip() for line in lines)
    ids = frozenset(line for line in plain if line)
    if not ids:
        raise UsageError("The exclusion list names nothing.", where=str(path), mend="leave `filters.exclude` out")
    return ids


def _ids_of_benchmark(benchmark: BenchmarkSettings, adapter_file: Path | None) -> frozenset[str]:
    adapter = make_adapter(benchmark.adapter, benchmark.adapter_options, adapter_file)
    rows = read_source(adapter, Path(benchmark.annotations), None, source=benchmark.benchmark, split=None)
    ids: set[str] = set()
    for row in rows:
        if isinstance(row, Clip):
            ids |= video_ids(row)
        elif row.video:
            # What has no public answer is held out all the more.
            stem = PurePosixPath(row.video).stem
            ids |= {row.video, stem, stem.removeprefix("v_")}
    if not ids:
        raise UsageError(
            f'The benchmark "{benchmark.benchmark}" names no video.',
            where=benchmark.annotations,
            expected="rows that name their videos",
            mend="check `filters.decontaminate`: the adapter and the file",
        )
    return frozenset(ids)
