"""Finds the videos of Charades in the layouts that are in use. Not here: cut clips, which only STAR knows."""

from __future__ import annotations

from vstar_data.adapters import VIDEO_SUFFIXES, VideoRoot

FRAMES_PER_SECOND = 24.0
"""The rate at which Charades was turned into frames (`Charades_v1_rgb`)."""

_FOLDERS = ("", "Charades_v1_480/", "videos/", "Charades_v1/", "Charades_v1_rgb/")
_SUFFIXES = tuple(suffix for each in VIDEO_SUFFIXES for suffix in (each, each.upper()))


def find_video(videos: VideoRoot | None, video_id: str) -> tuple[str, float | None]:
    """Returns the path of a video, the usual one where it is not there, and the frame rate of a folder of frames."""
    found = videos.find(*[folder + video_id for folder in _FOLDERS]) if videos else None
    if found is None:
        return f"{video_id}.mp4", None
    return found, None if found.endswith(_SUFFIXES) else FRAMES_PER_SECOND
