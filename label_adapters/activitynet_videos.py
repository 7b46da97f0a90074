"""Where the videos of ActivityNet lie, for the datasets that annotate them."""

from __future__ import annotations

from vstar_data.adapters import VideoRoot

_FOLDERS = (
    "",
    "videos/",
    *("train/", "training/", "train_val/", "val/", "validation/", "test/", "testing/"),
    *("v1-3/train_val/", "v1-3/test/", "v1-2/train/", "v1-2/val/", "v1-2/test/"),
    *("train/data/", "validation/data/", "test/data/"),
)
"""Those of all splits are searched: the datasets made of these videos part them in other ways."""

_ID_LENGTH = 11


def youtube_id(name: str) -> str:
    """Returns the id of a video that may be called `v_<id>`. An id of YouTube may itself begin so."""
    return name if len(name) == _ID_LENGTH else name.removeprefix("v_")


def video_path(video_id: str, videos: VideoRoot | None) -> str:
    """Returns the path of a video, or the usual name where it is not there.

    Args:
        video_id: Its id without `v_`.
        videos: Where the videos lie.
    """
    names = (f"v_{video_id}", video_id)
    found = videos.find(*(f"{folder}{name}" for name in names for folder in _FOLDERS)) if videos else None
    return found or f"v_{video_id}.mp4"
