"""MTL-AQA: dives of 16 events with the dive, the score, the degree of difficulty and what the commentators said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar

import msgspec

from label_adapters.dive_files import dive_numbers, dive_splits, dive_table, shown_key, the_split
from label_adapters.dives import BACK, FORWARD, INWARD, REVERSE, code_of_dive, dive_in_words, dive_of_code
from label_adapters.frame_windows import FrameFolders, at_frame, window_of
from label_adapters.json_files import record_of
from label_adapters.rows import malformed, skipped, unsupported
from label_adapters.source_ids import stem
from vstar_data.adapters import Citation, LabelAdapter, Terms, VideoRoot
from vstar_data.errors import AnnotationError, UnusableClipError
from vstar_data.records import CaptionLabel, ClassLabel, Clip, Label, Skipped, Split, UnusableReason

_TABLES = ("final_annotations_dict.pkl", "final_annotations_dict_with_dive_number.pkl")
_CAPTIONS = "final_captions_dict.pkl"
_SPLITS = {"train_split_0.pkl": Split.TRAIN, "test_split_0.pkl": Split.TEST}
_TAKE_OFFS: dict[int | None, str] = {0: BACK, 1: FORWARD, 2: INWARD, 3: REVERSE}
_PIKE_TUCK = {1: "pike", 2: "tuck"}
_WHOLE = ("whole_videos_frames/", "new/new_total_frames_256s/", "new_total_frames_256s/", "whole_videos/", "")
_CUT = ("", "FineDiving/", "FINADiving_MTL_256s/")

_Key = tuple[int, int]
_Window = tuple[float | None, float | None]


class _Record(msgspec.Struct):
    start_frame: int
    end_frame: int
    position: int | None = None
    armstand: int | None = None
    rotation_type: int | None = None
    ss_no: int | None = None
    tw_no: int | None = None
    dive_number: str | None = None
    difficulty: float | None = None
    final_score: float | None = None


class MtlAqa(LabelAdapter, frozen=True, kw_only=True):
    """MTL-AQA: 1,412 dives cut from 16 events, with the dive, the score, the difficulty and the commentary.

    Annotations: the folder `MTL-AQA_split_0_data` with `final_annotations_dict.pkl` (or the copy of it whose name ends
    in `_with_dive_number`), `train_split_0.pkl` and `test_split_0.pkl`, and with `final_captions_dict.pkl` for the
    commentary; or the first file, the others beside it. A row is one key, the video and the number of the dive. A key
    that is in no split, or in both, is a malformed row. The pickles are read without running anything in them.

    Videos: the frames of each event in `whole_videos_frames/<video>/%06d.jpg` with two digits for the video, as the
    script of the dataset writes them, or in `new/new_total_frames_256s/<video>/`; or the events themselves as
    `whole_videos/<video>.mp4`; or dives cut out, as `<video>/<dive>/%05d.jpg` or `<video>_<dive>.mp4`.

    Labels: `class`, the dive in words, built from its five parts, with the dive code as alias; `number`, the dive score
    (0 to 120, within 5) and the degree of difficulty (within 0.05); `caption`, what the commentators said, as speech
    recognition heard it. Position 0 is free in dives with twists and straight in others. Frame numbers go to the
    metadata.

    Options: `fps` is the frame rate at which folders of frames are read, 25 by default, for frames carry none.

    Licence: none was found; the videos belong to the broadcasters.

    Source: https://github.com/ParitoshParmar/MTL-AQA.

    Citation: Parmar and Morris, What and How Well You Performed? A Multitask Learning Approach to Action Quality
    Assessment, 2019 (arXiv:1904.04346).
    """

    name: ClassVar[str] = "mtl_aqa"
    needs: ClassVar[str] = (
        f"--annotations: a folder with {_TABLES[0]}, train_split_0.pkl and test_split_0.pkl; better with {_CAPTIONS}\n"
        "--videos: a folder with whole_videos_frames/<video>/%06d.jpg, whole_videos/<video>.mp4 or <video>_<dive>.mp4\n"
        "annotations and the list of videos from https://github.com/ParitoshParmar/MTL-AQA"
    )
    terms: ClassVar[Terms] = Terms(
        citations=(
            Citation(
                ("Paritosh Parmar", "Brendan Tran Morris"),
                "What and How Well You Performed? A Multitask Learning Approach to Action Quality Assessment",
                "arXiv:1904.04346",
                2019,
            ),
        ),
    )

    fps: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 25.0

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each key of the annotations."""
        folder = annotations if annotations.is_dir() else annotations.parent
        path = next((folder / name for name in _TABLES if (folder / name).is_file()), None)
        if path is None:
            raise AnnotationError(
                "There are no annotations of MTL-AQA here.",
                where=str(folder),
                expected=" or ".join(_TABLES),
                found=", ".join(sorted(each.name for each in folder.iterdir())[:20]) or "an empty folder",
                mend=self.needs,
            )
        table = dive_table(path)
        captions = dive_table(folder / _CAPTIONS) if (folder / _CAPTIONS).is_file() else {}
        splits = dive_splits({folder / name: split for name, split in _SPLITS.items()}, _checked, self.needs)
        folders = FrameFolders(videos) if videos else None
        for key, value in table.items():
            try:
                pair = _checked(key)
                record = record_of(value, _Record)
                if not 0 <= record.start_frame < record.end_frame:
                    found = f"{record.start_frame} and {record.end_frame}"
                    raise ValueError(f"`start_frame` and `end_frame` must be in order, found {found}")
                split = the_split(splits.get(pair, set()))
                yield self._clip(path, pair, record, captions, split, videos, folders)
            except ValueError as problem:
                yield malformed(path, shown_key(key), str(problem))

    def _clip(
        self,
        path: Path,
        key: _Key,
        record: _Record,
        captions: Mapping[Any, Any],
        split: Split,
        videos: VideoRoot | None,
        folders: FrameFolders | None,
    ) -> Clip | Skipped:
        left_out: Counter[str] = Counter()
        labels = [*_class_of(record, left_out), *dive_numbers(record.final_score, record.difficulty, left_out)]
        if not labels:
            return unsupported(path, shown_key(key), f"no label can be used: {dict(left_out)}")
        labels += _caption_of(captions.get(key), left_out)
        try:
            video, (start, end), fps = self._place(key, record, videos, folders)
        except UnusableClipError as problem:
            # Without the frame rate of the event nobody knows where in it the dive is.
            return skipped(UnusableReason(problem.reason), path, shown_key(key), problem.detail, _event(key))
        metadata: dict[str, Any] = {"video_id": _event(key), "dive": key[1]}
        metadata |= {"start_frame": record.start_frame, "end_frame": record.end_frame}
        if left_out:
            metadata["left_out"] = dict(left_out)
        return Clip(
            id=shown_key(key),
            video=video,
            labels=tuple(labels),
            start=start,
            end=end,
            fps=fps,
            split=split,
            metadata=metadata,
        )

    def _place(
        self, key: _Key, record: _Record, videos: VideoRoot | None, folders: FrameFolders | None
    ) -> tuple[str, _Window, float | None]:
        """Returns the video, the window in it, and the frame rate where it is a folder of frames.

        The frame numbers count from 0, the names of the images from 1.
        """
        event, first, count = _event(key), record.start_frame, record.end_frame - record.start_frame
        usual = f"{_WHOLE[0]}{event}", (at_frame(first, self.fps), at_frame(first + count, self.fps)), self.fps
        if videos is None or folders is None:
            return usual
        names = (f"{event}/{key[1]}", f"{event}_{key[1]}", f"{event}_{key[1]:02d}", f"{key[0]}_{key[1]}")
        if cut := videos.find(*(folder + name for name in names for folder in _CUT)):
            return cut, (None, None), None if _is_file(cut) else self.fps
        whole = videos.find(*(folder + event for folder in _WHOLE))
        if whole is None:
            return usual
        if _is_file(whole):
            fps = videos.info(whole).fps
            return whole, (at_frame(first, fps), at_frame(first + count, fps)), None
        # A folder may hold a part of the event only; then the names tell where the dive is.
        return whole, window_of(folders.numbers(whole), first + 1, count, self.fps) or usual[1], self.fps


def _event(key: _Key) -> str:
    return f"{key[0]:02d}"


def _is_file(video: str) -> bool:
    return stem(video) != video.rpartition("/")[2]


def _checked(key: object) -> _Key:
    match key:
        case (int() as video, int() as dive) if not isinstance(video, bool) and not isinstance(dive, bool):
            return video, dive
    raise ValueError(f"a key is the number of a video and that of a dive, found a {type(key).__name__} that is none")


def _class_of(record: _Record, left_out: Counter[str]) -> Iterator[Label]:
    code = (record.dive_number or "").strip()
    words = dive_of_code(code) if code else None
    if words is None:
        words, code = _dive_of_parts(record)
    if words is None:
        left_out["class"] += 1
    else:
        yield ClassLabel(name=words, aliases=tuple(dict.fromkeys((code.lower(), code.upper()))))


def _dive_of_parts(record: _Record) -> tuple[str | None, str]:
    take_off = _TAKE_OFFS.get(record.rotation_type)
    if take_off is None or record.armstand not in (0, 1):
        return None, ""
    if record.position not in (0, *_PIKE_TUCK) or record.ss_no is None or record.tw_no is None:
        return None, ""
    position = _PIKE_TUCK.get(record.position, "free" if record.tw_no else "straight")
    armstand = record.armstand == 1
    # A plain dive is half a somersault, and written as none.
    somersaults = record.ss_no or 1
    words = dive_in_words(take_off, somersaults, record.tw_no, position, armstand=armstand)
    return words, code_of_dive(take_off, somersaults, record.tw_no, position, armstand=armstand)


def _caption_of(words: object, left_out: Counter[str]) -> Iterator[Label]:
    """Yields what was said, without the marks that begin and end it and those for music and applause."""
    if words is None:
        return
    spoken = words if isinstance(words, list) and all(isinstance(word, str) for word in words) else []
    text = " ".join(word for word in map(str.strip, spoken) if word and word[0] not in "<[")
    if text:
        yield CaptionLabel(text=text)
    else:
        left_out["caption"] += 1
