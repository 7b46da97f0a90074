from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.video.barcode_videos import VIDEOS, render
from vstar_data.errors import UnusableClipError
from vstar_data.video import probe

Video = Callable[[str], Path]


@pytest.mark.parametrize("name", VIDEOS)
def test_every_container_is_measured(name: str, video: Video) -> None:
    info = probe(video(name))
    assert (info.width, info.height, info.frames) == (160, 96, 250)
    assert (info.fps, info.duration) == pytest.approx((25.0, 10.0), rel=1e-3)


def test_the_rate_is_measured_not_promised(tmp_path: Path) -> None:
    info = probe(render(tmp_path / "slow.mkv", 20, rate=100, ticks=range(0, 2000, 100)))
    assert info.fps == pytest.approx(20 / info.duration)
    assert 0.9 < info.fps < 1.1


def test_one_frame_can_be_measured(tmp_path: Path) -> None:
    assert probe(render(tmp_path / "one.mp4", 1)).frames == 1


def test_no_video_cannot(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_text("text")
    with pytest.raises(UnusableClipError, match="not_a_video"):
        probe(tmp_path / "x.mp4")
