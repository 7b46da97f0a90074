"""FineDiving: dives of competitions with their steps in order, the score and the degree of difficulty."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple

import msgspec

from label_adapters.dive_files import dive_numbers, dive_splits, dive_table, shown_key, the_split
from label_adapters.dives import dive_of_code, half_twists_of_code, step_in_words
from label_adapters.frame_windows import FrameFolders, window_of
from label_adapters.json_files import record_of
from label_adapters.rows import malformed, unsupported
from label_adapters.source_ids import stem
from vstar_data.adapters import Citation, LabelAdapter, Redistribution, Rights, Terms, VideoRoot
from vstar_data.errors import AnnotationError, UnusableClipError
from vstar_data.records import ClassLabel, Clip, Label, SegmentLabel, SequenceLabel, Skipped, Split

_LICENSE = "FineDiving agreement: no redistribution"
_FINE, _AQA, _COARSE = (
    "FineDiving_fine-grained_annotation.pkl",
    "fine-grained_annotation_aqa.pkl",
    "FineDiving_coarse_annotation.pkl",
)
_TABLE = "Sub_action_Types_Table.pkl"
_SPLITS = {"train_split.pkl": Split.TRAIN, "test_split.pkl": Split.TEST}
_AQA_FIELDS = ("action_type", "dive_score", "difficulty", "steps_transit_frames", "frames_labels")
_NO_STEP = "Background"
_SLIP, _ENTRY = "3.5 Twists", "Entry"
_FOLDERS = ("FineDiving/", "", "FINADiving_MTL_256s/", "Trimmed_Video_Frames/FINADiving_MTL_256s/")
_WHOLE_FOLDERS = ("FineDiving/", "", "FINADiving_jpgs_256/", "FINADiving_jpgs/")

_Key = tuple[str, int]


class _Record(msgspec.Struct, rename={"step_names": "sub-action_types"}):
    action_type: str
    dive_score: float | None = None
    difficulty: float | None = None
    frames_labels: list[int] = []
    step_names: dict[int, str] = {}
    start_frame: int | None = None
    end_frame: int | None = None
    judge_scores: list[float] = []


class _Step(NamedTuple):
    """A run of frames with one label: its name in the file, its first frame in the clip, the frame after it."""

    name: str | None
    first: int
    stop: int


class _Place(NamedTuple):
    """Where a clip lies on disk; `rate` is how many of its labelled frames make a second, None where nobody knows."""

    video: str
    start: float | None
    end: float | None
    fps: float | None
    rate: float | None


class FineDiving(LabelAdapter, frozen=True, kw_only=True):
    """FineDiving: 3,000 dives of competitions with the dive, its steps in order, the score and the difficulty.

    Annotations: a folder with the pickles of the release, or one of its annotation files, the others beside it. At
    least `FineDiving_fine-grained_annotation.pkl` (or `fine-grained_annotation_aqa.pkl` with
    `Sub_action_Types_Table.pkl` for the names of the steps), `train_split.pkl` and `test_split.pkl` are needed;
    `FineDiving_coarse_annotation.pkl` adds frame numbers and the scores of the judges, and alone gives no steps. A row
    is one key, the competition and the number of the dive. A key that is in neither split, or in both, is a malformed
    row. The pickles are read without running anything in them.

    Videos: folders of frames `FineDiving/<competition>/<dive>/<number>.jpg`, also without the first folder or in
    `FINADiving_MTL_256s/`; or a folder `<competition>/` with the frames of the whole competition, of which those that
    the coarse annotation numbers are the clip; or files `<competition>_<dive>.mp4`, `<competition>/<dive>.mp4`.

    Labels: `class`, the dive code in words, with the code as alias; `sequence`, the steps in words in the order of
    their frames, repeats kept, with the names of the dataset as aliases; `number`, the dive score (0 to 120, within 5)
    and the degree of difficulty (within 0.05); `segment`, the window of each step. The order comes from the label of
    each frame, since the numbers of the steps are not in order and a few lists of transitions are wrong. The dataset
    calls the position of a step pike where the dive is in free position; so do the steps here. Where the last
    step is written "3.5 Twists" though the dive has none of these, it is the entry, and the metadata says so. Judges'
    scores, frame numbers, the competition and the number of the dive go to the metadata.

    Options: `fps` is the frame rate at which folders of frames are read, 12 by default, for frames carry none. It sets
    the times of the segments.

    Licence: the annotations are given under an agreement that forbids passing them on: do not publish what is made of
    them. The videos belong to the broadcasters.

    Source: https://github.com/xujinglin/FineDiving.

    Citation: Xu et al., FineDiving: A Fine-grained Dataset for Procedure-aware Action Quality Assessment, 2022
    (arXiv:2204.03646).
    """

    name: ClassVar[str] = "finediving"
    needs: ClassVar[str] = (
        f"--annotations: a folder with {_FINE}, train_split.pkl and test_split.pkl; better with {_COARSE}\n"
        "--videos: a folder with FineDiving/<competition>/<dive>/%05d.jpg, or <competition>_<dive>.mp4\n"
        "both are given for a signed agreement, see https://github.com/xujinglin/FineDiving"
    )
    terms: ClassVar[Terms] = Terms(
        annotations=Rights(_LICENSE, Redistribution.FORBIDDEN),
        citations=(
            Citation(
                ("Jinglin Xu", "others"),
                "FineDiving: A Fine-grained Dataset for Procedure-aware Action Quality Assessment",
                "arXiv:2204.03646",
                2022,
            ),
        ),
        url="https://github.com/xujinglin/FineDiving",
    )

    fps: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 12.0

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each key of the most detailed annotation that is there."""
        folder = annotations if annotations.is_dir() else annotations.parent
        tables = {name: dive_table(folder / name) for name in (_FINE, _AQA, _COARSE) if (folder / name).is_file()}
        if not tables:
            raise AnnotationError(
                "There are no annotations of FineDiving here.",
                where=str(folder),
                expected=f"{_FINE}, {_AQA} or {_COARSE}",
                found=", ".join(sorted(path.name for path in folder.iterdir())[:20]) or "an empty folder",
                mend=self.needs,
            )
        step_names = dive_table(folder / _TABLE) if (folder / _TABLE).is_file() else {}
        splits = dive_splits({folder / name: split for name, split in _SPLITS.items()}, _checked, self.needs)
        folders = FrameFolders(videos) if videos else None
        main = next(iter(tables))
        for key in tables[main]:
            where = folder / main
            try:
                competition, number = _checked(key)
                record = _record(key, tables)
                split = the_split(splits.get((competition, number), set()))
                yield self._clip(where, (competition, number), record, split, step_names, videos, folders)
            except ValueError as problem:
                yield malformed(where, shown_key(key), str(problem))

    def _clip(
        self,
        path: Path,
        key: _Key,
        record: _Record,
        split: Split,
        step_names: Mapping[Any, Any],
        videos: VideoRoot | None,
        folders: FrameFolders | None,
    ) -> Clip | Skipped:
        competition, number = key
        steps, mended = _steps(record, step_names)
        count, first = _frames(record)
        place = self._place(key, first, count, videos, folders)
        left_out: Counter[str] = Counter()
        labels = [
            *_class_of(record, left_out),
            *_sequence_of(steps, left_out),
            *dive_numbers(record.dive_score, record.difficulty, left_out),
        ]
        labels += _segments_of(steps, place.rate, left_out)
        if not labels:
            return unsupported(path, f"{competition}/{number}", f"no label can be used: {dict(left_out)}", place.video)
        metadata: dict[str, Any] = {"video_id": competition, "competition": competition, "dive": number}
        metadata["dive_code"] = record.action_type
        if count:
            metadata["frames"] = count
        if record.start_frame is not None and record.end_frame is not None:
            metadata |= {"start_frame": record.start_frame, "end_frame": record.end_frame}
        if record.judge_scores:
            metadata["judge_scores"] = record.judge_scores
        if mended:
            metadata["last_step_as_written"] = _SLIP
        if left_out:
            metadata["left_out"] = dict(left_out)
        return Clip(
            id=f"{competition}/{number}",
            video=place.video,
            labels=tuple(labels),
            start=place.start,
            end=place.end,
            fps=place.fps,
            split=split,
            license=_LICENSE,
            metadata=metadata,
        )

    def _place(
        self, key: _Key, first: int | None, count: int, videos: VideoRoot | None, folders: FrameFolders | None
    ) -> _Place:
        competition, number = key
        usual = _Place(f"FineDiving/{competition}/{number}", None, None, self.fps, self.fps)
        if videos is None or folders is None:
            return usual
        names = (f"{competition}/{number}", f"{competition}_{number}", f"{competition}__{number}")
        found = videos.find(*(folder + name for name in names for folder in _FOLDERS))
        if found is None:
            # The frames of the whole competition are of use where the clip is found among them.
            whole = videos.find(*(folder + competition for folder in _WHOLE_FOLDERS))
            if whole and first is not None and (window := window_of(folders.numbers(whole), first, count, self.fps)):
                return _Place(whole, window[0], window[1], self.fps, self.fps)
            return usual
        if stem(found) != found.rpartition("/")[2]:
            return _Place(found, None, None, None, _rate(videos, found, count))
        numbers = folders.numbers(found)
        if len(numbers) == count:
            return _Place(found, None, None, self.fps, self.fps)
        if first is not None and (window := window_of(numbers, first, count, self.fps)):
            return _Place(found, window[0], window[1], self.fps, self.fps)
        # Which of the images belong to which label is unknown.
        return _Place(found, None, None, self.fps, None)


def _checked(key: object) -> _Key:
    match key:
        case (str() as competition, int() as number) if competition.strip() and not isinstance(number, bool):
            return competition, number
    raise ValueError(f"a key is a competition and the number of a dive, found a {type(key).__name__} that is none")


def _record(key: object, tables: dict[str, dict[Any, Any]]) -> _Record:
    """Puts together what the annotations say of a dive; the more detailed one is right where they differ."""
    fields: dict[Any, Any] = {}
    for name in reversed(tables):
        entry = tables[name].get(key)
        if name == _AQA and isinstance(entry, list):
            entry = dict(zip(_AQA_FIELDS, entry, strict=False))
        if entry is not None and not isinstance(entry, dict):
            raise ValueError(f"{name} has a {type(entry).__name__} where a dive is expected")
        fields |= entry or {}
    record = record_of({name: value for name, value in fields.items() if isinstance(name, str)}, _Record)
    if not all(map(math.isfinite, record.judge_scores)):
        raise ValueError("`judge_scores` must be finite numbers")
    return record


def _steps(record: _Record, step_names: Mapping[Any, Any]) -> tuple[list[_Step], bool]:
    """Returns the runs of equal labels over time, and whether the last one was mended."""
    steps = []
    stop = 0
    for step, run in groupby(record.frames_labels):
        first, stop = stop, stop + sum(1 for _ in run)
        name = record.step_names.get(step, step_names.get(step))
        if name != _NO_STEP:
            steps.append(_Step(name if isinstance(name, str) and name.strip(" ._\t\n") else None, first, stop))
    slip = bool(steps) and steps[-1].name == _SLIP and half_twists_of_code(record.action_type) not in (7, None)
    if slip:
        steps[-1] = steps[-1]._replace(name=_ENTRY)
    return steps, slip


def _frames(record: _Record) -> tuple[int, int | None]:
    """Returns how many frames the clip has, and the number of the first, None where that does not fit."""
    first, last, labelled = record.start_frame, record.end_frame, len(record.frames_labels)
    if first is None or last is None:
        return labelled, None
    if not 0 <= first <= last:
        raise ValueError(f"`start_frame` and `end_frame` must be in order, found {first} and {last}")
    if labelled and labelled != last - first + 1:
        return labelled, None
    return last - first + 1, first


def _rate(videos: VideoRoot, video: str, count: int) -> float | None:
    """Returns how many labelled frames a second of the file has: mirrors wrote the frames at rates of their own."""
    try:
        return count / videos.info(video).duration
    except (UnusableClipError, ZeroDivisionError):
        return None


def _class_of(record: _Record, left_out: Counter[str]) -> Iterator[Label]:
    code = record.action_type.strip()
    if words := dive_of_code(code):
        yield ClassLabel(name=words, aliases=tuple(dict.fromkeys((code, code.upper()))))
    else:
        left_out["class"] += 1


def _sequence_of(steps: list[_Step], left_out: Counter[str]) -> Iterator[Label]:
    names = [step.name for step in steps if step.name is not None]
    if names and len(names) == len(steps):
        yield SequenceLabel(
            steps=tuple(map(step_in_words, names)),
            step_aliases=tuple((name,) if name != step_in_words(name) else () for name in names),
        )
    elif steps:
        # With a hole in it, an order would be wrong.
        left_out["sequence"] += 1


def _segments_of(steps: list[_Step], rate: float | None, left_out: Counter[str]) -> Iterator[Label]:
    for step in steps:
        if step.name is not None and rate:
            start, end = round(step.first / rate, 6), round(step.stop / rate, 6)
            yield SegmentLabel(name=step_in_words(step.name), start=start, end=end)
        else:
            left_out["segment"] += 1
