"""Checks of times, boxes and files: whether labels lie within their clips, and clips within their videos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from vstar_data.adapters import VideoRoot
from vstar_data.errors import UnusableClipError
from vstar_data.records import BoxLabel, Clip, SegmentLabel, Skipped, TimestampLabel
from vstar_data.testing.results import EXAMPLES, Findings, Outcome, Result, counted, result_of, shown

WINDOW_SLACK = 0.1
"""Seconds that a label may reach beyond the window of its clip: times are rounded."""

VIDEO_SLACK = 0.5
"""Seconds that times may reach beyond the end of a video: durations are often given in whole seconds."""

PROBED = 1_000
"""Clips whose files are opened one and all; after these it is each `PROBED_LATER`-th."""

PROBED_LATER = 100

TINY = 0.004
"""A box narrower or lower than this part of the picture is less than two pixels of a frame that a model sees."""


class FoundVideos:
    """Which videos are there, and how long they are.

    Args:
        root: The folder of the videos, or None.
    """

    name = "videos found"

    def __init__(self, root: VideoRoot | None) -> None:
        self.root = root
        self.clips = self.found = self.opened = 0
        self.reasons: Counter[str] = Counter()
        self.examples: list[str] = []
        self._duration: float | None = None

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row, on disk."""
        self._duration = None
        if self.root is None or not isinstance(row, Clip):
            return
        self.clips += 1
        try:
            self.root.path(row.video)
            self.found += 1
            if self.found <= PROBED or self.found % PROBED_LATER == 0:
                self.opened += 1
                self._duration = self.root.info(row.video, row.fps).duration
        except UnusableClipError as problem:
            self.reasons[problem.reason] += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(shown(problem.detail))

    def duration(self) -> float | None:
        """Returns the length of the latest row's file in seconds, where it was opened."""
        return self._duration

    def result(self) -> Result:
        """Fails where no file is found, and warns where some are not, or cannot be read."""
        if self.root is None:
            return Result(self.name, Outcome.NOT_CHECKED, "no folder of videos is given")
        if not self.clips:
            return Result(self.name, Outcome.NOT_CHECKED, "there are no clips")
        detail = f"{self.found:,} of {counted(self.clips, 'clip')}; {self.opened:,} opened"
        if self.reasons:
            detail += ": " + ", ".join(f"{count:,} {reason}" for reason, count in self.reasons.most_common())
        outcome = Outcome.FAILED if not self.found else Outcome.WARNING if self.reasons else Outcome.PASSED
        return Result(self.name, outcome, detail, tuple(self.examples))


class TimesInWindow:
    """Whether the times of labels lie within the window of their clip: they count from its start, not the file's."""

    name = "times in the clip"

    def __init__(self) -> None:
        self.windows = 0
        self.wrong = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip) or row.end is None:
            return
        self.windows += 1
        length, latest = row.end - (row.start or 0.0), _latest(row)
        if latest > length + WINDOW_SLACK:
            self.wrong.add(f"{row.id}: a label at {latest:g} s, the clip is {length:g} s long")

    def result(self) -> Result:
        """Fails where a label reaches beyond its clip."""
        if not self.windows:
            return Result(self.name, Outcome.NOT_CHECKED, "no clip has a window")
        good = f"{counted(self.windows, 'clip')} with a window, no label beyond its end"
        return result_of(self.name, self.wrong, good=good, noun="clip", bad="with a label beyond its end")


class TimesInVideo:
    """Whether windows and labels lie within the video: its length on disk, else `metadata["duration"]`.

    Args:
        duration: Gives the length of the latest row's file, or None where it is not known.
    """

    name = "times in the video"

    def __init__(self, duration: Callable[[], float | None] = lambda: None) -> None:
        self._duration = duration
        self.measured = self.told = 0
        self.wrong = Findings()
        self.unsure = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        start = row.start or 0.0
        end = max(row.end or 0.0, start + _latest(row))
        if (duration := self._duration()) is not None:
            self.measured += 1
            if end > duration + VIDEO_SLACK:
                self.wrong.add(f"{row.id}: reaches to {end:g} s, the file has {duration:g} s")
            return
        told = row.metadata.get("duration")
        if isinstance(told, bool) or not isinstance(told, int | float) or told <= 0:
            return
        self.told += 1
        if end - start > told + VIDEO_SLACK:
            self.wrong.add(
                f"{row.id}: is, or its labels are, {end - start:g} s long; the duration is given as {told:g} s"
            )
        elif end > told + VIDEO_SLACK:
            # The duration may be the clip's own: what it is of, metadata does not say.
            self.unsure.add(f"{row.id}: reaches to {end:g} s, the duration is given as {told:g} s")

    def result(self) -> Result:
        """Fails where a time lies beyond the video, and warns where it may."""
        if not self.measured + self.told:
            return Result(self.name, Outcome.NOT_CHECKED, "no video, and no `duration` in metadata")
        if self.wrong.count:
            return result_of(self.name, self.wrong, good="", noun="clip", bad="beyond the end of its video")
        good = f"{counted(self.measured, 'clip')} held against files, {self.told:,} against `duration` in metadata"
        bad = "beyond the end of its video, if the duration is the video's and not the clip's"
        return result_of(self.name, self.unsure, good=good, noun="clip", bad=bad, outcome=Outcome.WARNING)


class BoxesInPicture:
    """Whether boxes lie in the picture and are large enough to be seen."""

    name = "boxes"

    def __init__(self) -> None:
        self.boxes = 0
        self.outside = Findings()
        self.tiny = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        for label in row.labels:
            if isinstance(label, BoxLabel):
                self.boxes += 1
                left, top, right, bottom = label.box
                example = f"{row.id}: {label.name!r} {[round(side, 4) for side in label.box]}"
                if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
                    self.outside.add(example)
                elif min(right - left, bottom - top) < TINY:
                    self.tiny.add(example)

    def result(self) -> Result:
        """Fails where a box leaves the picture, and warns of those that no model can see."""
        if not self.boxes:
            return Result(self.name, Outcome.NOT_CHECKED, "there are no boxes")
        if self.outside.count:
            bad = "with a box that is no x1, y1, x2, y2 within 0..1"
            return result_of(self.name, self.outside, good="", noun="label", bad=bad)
        good, bad = f"all in range: {self.boxes:,}", f"of {self.boxes:,} too small to be seen"
        return result_of(self.name, self.tiny, good=good, noun="label", bad=bad, outcome=Outcome.WARNING)


def _latest(clip: Clip) -> float:
    """Returns the latest time in the labels of a clip, in seconds from its start; 0 where there is none."""
    times = [label.end for label in clip.labels if isinstance(label, SegmentLabel)]
    times += [label.time for label in clip.labels if isinstance(label, TimestampLabel | BoxLabel)]
    return max(times, default=0.0)
