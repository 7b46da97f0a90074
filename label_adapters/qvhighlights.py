"""QVHighlights: sentences on what a YouTube clip shows, with all windows that show it and how well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from label_adapters.rows import malformed, unsupported
from label_adapters.segments import known_duration, none_left, segments_of
from label_adapters.source_ids import cut_window, source_id
from label_adapters.split_names import split_of_name
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import Clip, Skipped, Split

_FOLDERS = ("", "videos/", "train/", "val/", "test/", "videos/train/", "videos/val/", "videos/test/")
_MARK = b"\xef\xbb\xbf"


class _Query(msgspec.Struct):
    qid: int | str
    query: str
    vid: str
    duration: float | None = None
    relevant_windows: list[tuple[float, float]] | None = None
    relevant_clip_ids: Any = None
    saliency_scores: Any = None


class QVHighlights(LabelAdapter):
    """QVHighlights: sentences on two and a half minutes of YouTube, with all windows that show what they say.

    Annotations: `highlight_train_release.jsonl` or `highlight_val_release.jsonl`, a line for each sentence:
    `{qid, query, duration, vid, relevant_windows, relevant_clip_ids, saliency_scores}`; or a folder with such files. A
    row is a line. `highlight_test_release.jsonl` has no windows: each of its rows is `unsupported_label`.

    Videos: `<vid>.mp4`, that is `<youtube id>_<start>_<end>.mp4`, in the folder itself, in `videos/` or in a folder for
    each split; a `v_` in front does. The whole file is the clip.

    Labels: a `segment` for each window; all of a row have the sentence for a name, since any of them answers. Ends
    behind the clip's are cut; windows without length are left out and counted in the metadata, where also the scores
    of the three raters are, 0 to 4 for each two seconds.

    Licence: annotations CC BY-NC-SA 4.0; the videos belong to those who uploaded them.

    Source: https://github.com/jayleicn/moment_detr

    Citation: Lei, Berg and Bansal, QVHighlights: Detecting Moments and Highlights in Videos via Natural Language
    Queries, 2021 (arXiv:2107.09609).
    """

    name: ClassVar[str] = "qvhighlights"
    needs: ClassVar[str] = (
        "--annotations: highlight_train_release.jsonl (highlight_val_release.jsonl), or a folder with them\n"
        "--videos: a folder with <youtube id>_<start>_<end>.mp4\n"
        "both from https://github.com/jayleicn/moment_detr"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights("CC-BY-NC-SA-4.0", Redistribution.ALLOWED),
        citations=(
            Citation(
                ("Jie Lei", "Tamara L. Berg", "Mohit Bansal"),
                "QVHighlights: Detecting Moments and Highlights in Videos via Natural Language Queries",
                "arXiv:2107.09609",
                2021,
            ),
        ),
        url="https://github.com/jayleicn/moment_detr",
    )

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each line, file by file."""
        for path, split in _files(annotations):
            rows = 0
            with path.open("rb") as lines:
                for number, line in enumerate(lines, start=1):
                    line = line.removeprefix(_MARK) if number == 1 else line
                    if not line.strip():
                        continue
                    rows += 1
                    if rows == 1 and not line.lstrip().startswith(b"{"):
                        raise AnnotationError(
                            "The file is not JSON Lines.",
                            where=f"{path}:{number}",
                            expected="an object on each line",
                            found=repr(line[:40]),
                        )
                    yield _clip(path, number, line, split, videos)
            if not rows:
                raise AnnotationError("The file holds no rows.", where=str(path), expected="an object on each line")


def _files(annotations: Path) -> list[tuple[Path, Split]]:
    files = sorted(annotations.glob("highlight_*.jsonl")) if annotations.is_dir() else [annotations]
    found = [(path, split) for path in files if (split := split_of_name(path))]
    if not found:
        raise AnnotationError(
            "No file is named by its split.",
            where=str(annotations),
            expected="highlight_train_release.jsonl, highlight_val_release.jsonl or highlight_test_release.jsonl",
            found=", ".join(path.name for path in files) or "none",
        )
    return found


def _clip(path: Path, number: int, line: bytes, split: Split, videos: VideoRoot | None) -> Clip | Skipped:
    try:
        entry = msgspec.json.decode(line, type=_Query)
        if not entry.vid.strip() or not entry.query.strip():
            raise ValueError(f"a `vid` and a `query` are expected, found {entry.vid!r} and {entry.query!r}")
        if not entry.relevant_windows:
            return unsupported(path, number, "the sentence has no windows", entry.vid)
        query = " ".join(entry.query.split())
        segments = segments_of(((query, *window) for window in entry.relevant_windows), entry.duration)
        if not segments.labels:
            return unsupported(path, number, none_left(segments.left_out), entry.vid)
        metadata: dict[str, Any] = {"video_id": source_id(entry.vid), "qid": entry.qid}
        if window := cut_window(entry.vid):
            metadata["time_start"], metadata["time_end"] = window
        if duration := known_duration(entry.duration):
            metadata["duration"] = duration
        left_out = segments.left_out
        if scores := _scores(entry):
            metadata["saliency"] = scores
        elif entry.saliency_scores:
            left_out["saliency"] = 1
        if left_out:
            metadata["left_out"] = left_out
        return Clip(
            id=f"{entry.vid}_{entry.qid}",
            video=_video(entry.vid, videos),
            labels=segments.labels,
            split=split,
            license="CC-BY-NC-SA-4.0",
            metadata=metadata,
        )
    except (ValueError, RecursionError) as problem:
        return malformed(path, number, str(problem))


def _scores(entry: _Query) -> dict[str, list[int]] | None:
    """Returns for each stretch of two seconds, by its number from 0, the scores of the raters."""
    try:
        places = msgspec.convert(entry.relevant_clip_ids, list[int])
        scores = msgspec.convert(entry.saliency_scores, list[list[int]])
    except ValueError:
        return None
    if len(places) != len(scores):
        return None
    return {str(place): each for place, each in zip(places, scores, strict=True)}


def _video(vid: str, videos: VideoRoot | None) -> str:
    names = (vid, f"v_{vid}")
    found = videos.find(*(f"{folder}{name}" for name in names for folder in _FOLDERS)) if videos else None
    return found or f"{vid}.mp4"
