"""Decoding ahead: reads the frames of the clips that come next while the engine works, and holds them while needed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from vstar_data.records import Clip, Frames


class FrameSource:
    """The frames of clips, each decoded once until it is released.

    Args:
        read: Decodes the frames of a clip; runs in several threads at once.
        workers: Number of threads.
        ahead: How many clips may be decoded before they are asked for.
    """

    def __init__(self, read: Callable[[Clip], Frames], *, workers: int, ahead: int) -> None:
        self._read = read
        self._ahead = ahead
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="decode")
        self._coming: deque[Clip] = deque()
        self._futures: dict[str, Future[Frames]] = {}
        self._used: set[str] = set()
        self.waited = 0.0

    def expect(self, clips: Iterable[Clip]) -> None:
        """Says which clips will be asked for, in order."""
        self._coming.extend(clips)
        self._fill()

    def frames(self, clip: Clip) -> Frames:
        """Returns the frames of a clip, waiting for them if need be.

        Raises:
            UnusableClipError: The clip cannot be shown.
            OSError: The file could not be read just now.
        """
        if clip.id not in self._futures:
            self._futures[clip.id] = self._pool.submit(self._read, clip)
        self._used.add(clip.id)
        started = time.monotonic()
        try:
            return self._futures[clip.id].result()
        finally:
            self.waited += time.monotonic() - started
            self._fill()

    def release(self, clip_id: str) -> None:
        """Lets go of a clip's frames."""
        self._used.discard(clip_id)
        if (future := self._futures.pop(clip_id, None)) is not None:
            future.cancel()

    def release_all(self) -> None:
        """Lets go of all frames and of all expectations."""
        self._coming.clear()
        for clip_id in list(self._futures):
            self.release(clip_id)

    def close(self) -> None:
        """Stops decoding."""
        self.release_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fill(self) -> None:
        while self._coming and len(self._futures.keys() - self._used) < self._ahead:
            clip = self._coming.popleft()
            if clip.id not in self._futures:
                self._futures[clip.id] = self._pool.submit(self._read, clip)


def as_shown(frames: Frames, clip: Clip) -> Frames:
    """Returns frames with indices and times counted from the start of the clip's window: the model sees only the clip.

    Args:
        frames: Frames with indices and times of the file.
        clip: The clip; without a window the file is the clip.
    """
    if clip.start is None and clip.end is None:
        return frames
    start = clip.start or 0.0
    duration = window_duration(clip, frames.duration)
    first = min(frames.indices[0], round(start * frames.fps))
    indices = tuple(index - first for index in frames.indices)
    return replace(
        frames,
        indices=indices,
        times=tuple(max(moment - start, 0.0) for moment in frames.times),
        total=max(round(duration * frames.fps), indices[-1] + 1),
        duration=duration,
    )


def window_duration(clip: Clip, file_duration: float) -> float:
    """Returns the length of a clip in seconds, given that of its file."""
    start = clip.start or 0.0
    return (clip.end if clip.end is not None else max(file_duration, start)) - start
