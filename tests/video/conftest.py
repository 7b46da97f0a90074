from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.video.barcode_videos import VIDEOS, render
from vstar_data.records import Frames
from vstar_data.video import FrameSettings, read_frames


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the path of a video of `VIDEOS`, rendered when it is first asked for."""
    folder = tmp_path_factory.mktemp("videos")

    def rendered(name: str) -> Path:
        path = folder / name
        return path if path.exists() else render(path, **VIDEOS[name])

    return rendered


@pytest.fixture
def read() -> Callable[..., Frames]:
    """Reads frames with everything at its default that is not given."""

    def frames(
        path: Path, start: float | None = None, end: float | None = None, fps: float | None = None, **settings: Any
    ) -> Frames:
        return read_frames(path, start=start, end=end, fps=fps, settings=FrameSettings(**settings))

    return frames
