"""The id of the video that a clip was cut from, read from the name of the clip's file.

For the adapters whose rows name files only: by this id the same video is found again in another dataset.
"""

from __future__ import annotations

import re

from vstar_data.adapters import VIDEO_SUFFIXES

_YOUTUBE = re.compile(r"(?:v_)?([A-Za-z0-9_-]{11})")
# A piece of a video of Charades may be as long as a YouTube id, and is the likelier: `7HSZJ_17_22`.
_CHARADES = re.compile(r"[A-Z0-9]{5}(_\d+(?:\.\d+)?){2}")
_CUT = re.compile(r"(.+?)_(\d+(?:\.\d+)?)_(\d+(?:\.\d+)?)")


def stem(name: str) -> str:
    """Returns the name of a file without its folder and its suffix; a name may lack either."""
    name = name.rpartition("/")[2]
    head, _, suffix = name.rpartition(".")
    return head if head and f".{suffix.lower()}" in VIDEO_SUFFIXES else name


def source_id(name: str) -> str:
    """Returns the id without `v_`, `_rgb` and a window such as `_11.1_19.6`."""
    plain = stem(name)
    # A YouTube id may itself end in what looks like a window.
    if (found := _YOUTUBE.fullmatch(plain)) and not _CHARADES.fullmatch(plain):
        return found[1]
    plain = plain.removesuffix("_rgb") or plain
    return found[1] if (found := _CUT.fullmatch(plain)) else plain


def cut_window(name: str) -> tuple[float, float] | None:
    """Returns the seconds in the source video that a name such as `6H78U_11.1_19.6` ends in; None where it has none."""
    plain = stem(name)
    whole = _YOUTUBE.fullmatch(plain) and not _CHARADES.fullmatch(plain)
    found = None if whole else _CUT.fullmatch(plain)
    return (float(found[2]), float(found[3])) if found else None
