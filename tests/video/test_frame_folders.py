from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.video.barcode_videos import barcode, numbers_in
from vstar_data.errors import UnusableClipError
from vstar_data.records import Frames
from vstar_data.video import probe

Read = Callable[..., Frames]


def folder_of(
    folder: Path, count: int = 40, name: str = "img_{}.png", size: tuple[int, int] = (160, 96), mode: str = "RGB"
) -> Path:
    folder.mkdir()
    for number in range(count):
        Image.fromarray(barcode(number, *size)).convert(mode).save(folder / name.format(number))
    return folder


@pytest.mark.parametrize("name", ["img_{}.png", "{:05}.jpg", "{}.JPEG", "a{}b.webp"])
def test_frames_come_in_natural_order(name: str, tmp_path: Path, read: Read) -> None:
    frames = read(folder_of(tmp_path / "clip", name=name), fps=10.0)
    assert numbers_in(frames.pixels) == list(frames.indices) == [2, 7, 12, 17, 22, 27, 32, 37]
    assert frames.times == pytest.approx([index / 10 for index in frames.indices])
    assert (frames.total, frames.fps, frames.duration) == (40, 10.0, 4.0)


def test_a_window_of_a_folder(tmp_path: Path, read: Read) -> None:
    frames = read(folder_of(tmp_path / "clip"), 1.0, 2.0, fps=10.0)
    assert numbers_in(frames.pixels) == list(frames.indices)
    assert all(1.0 <= time <= 2.0 for time in frames.times)


@pytest.mark.parametrize(
    ("mode", "suffix"), [("L", "png"), ("P", "png"), ("RGBA", "png"), ("L", "jpg"), ("CMYK", "jpg")]
)
def test_pictures_of_any_mode_become_rgb(mode: str, suffix: str, tmp_path: Path, read: Read) -> None:
    frames = read(folder_of(tmp_path / "clip", 10, "{}." + suffix, mode=mode), fps=5.0)
    assert frames.pixels.shape == (8, 96, 160, 3)
    assert frames.pixels.dtype == np.uint8
    assert numbers_in(frames.pixels) == list(frames.indices)


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_pictures_are_reduced_and_never_enlarged(suffix: str, tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip", 10, "{}." + suffix, size=(800, 400))
    assert read(folder, fps=5.0, max_side=100).pixels.shape == (8, 50, 100, 3)
    assert numbers_in(read(folder, fps=5.0, max_side=100).pixels) == list(read(folder, fps=5.0).indices)
    assert read(folder, fps=5.0, max_side=2000).pixels.shape == (8, 400, 800, 3)


def test_other_files_are_passed_over(tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip")
    for name in ("Thumbs.db", "notes.txt", "._img_0.png", ".hidden.png"):
        (folder / name).write_bytes(b"noise")
    (folder / "more.png").mkdir()
    assert read(folder, fps=10.0).total == 40


def test_probe_measures_a_folder(tmp_path: Path) -> None:
    info = probe(folder_of(tmp_path / "clip"), fps=8.0)
    assert (info.fps, info.width, info.height, info.duration, info.frames) == (8.0, 160, 96, 5.0, 40)


def test_reasons(tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip")
    (tmp_path / "none").mkdir()
    expected = [
        ((tmp_path / "none", None, None, 10.0), "no_frames"),
        ((folder, None, None, None), "malformed_row"),
        ((folder, 4.0, None, 10.0), "window_outside"),
        ((folder, 0.0, 5.5, 10.0), "window_outside"),
        ((folder, 1.01, 1.09, 10.0), "too_short"),
        ((folder_of(tmp_path / "one", 1), None, None, 10.0), "too_short"),
    ]
    for arguments, reason in expected:
        with pytest.raises(UnusableClipError) as caught:
            read(*arguments)
        assert caught.value.reason == reason


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_a_broken_picture_matters_only_where_it_is_wanted(suffix: str, tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip", name="{}." + suffix)
    cut = (folder / f"12.{suffix}").read_bytes()[:-30]
    for number, content in ((2, b""), (7, b"noise"), (12, cut)):
        (folder / f"{number}.{suffix}").write_bytes(content)
    assert numbers_in(read(folder, 2.0, 3.0, fps=10.0).pixels) == list(read(folder, 2.0, 3.0, fps=10.0).indices)
    for window, reason in (((0.2, 0.3), "empty"), ((0.6, 0.8), "truncated"), ((1.1, 1.3), "truncated")):
        with pytest.raises(UnusableClipError) as caught:
            read(folder, *window, fps=10.0)
        assert caught.value.reason == reason


def test_a_link_to_nothing_is_missing(tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip")
    (folder / "img_2.png").unlink()
    (folder / "img_2.png").symlink_to(tmp_path / "nowhere.png")
    with pytest.raises(UnusableClipError, match=r"missing: .*img_2\.png"):
        read(folder, fps=10.0)


@pytest.mark.parametrize("side", [8_100, 14_000])
def test_pictures_too_large_to_decode_are_refused(side: int, tmp_path: Path, read: Read) -> None:
    folder = folder_of(tmp_path / "clip", 8)
    Image.new("1", (side, side)).save(folder / "img_0.png")
    with pytest.raises(UnusableClipError, match="not_a_video"):
        read(folder, fps=10.0)
