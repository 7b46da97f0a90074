"""The clips as a browser gets them."""

from __future__ import annotations

from pathlib import Path

import av
import msgspec
import numpy as np
import pytest
from PIL import Image

from tests.review.conftest import END, START, row_of, write_video
from vstar_data.errors import UnusableClipError, UsageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.review.playback import Playback, Player
from vstar_data.review.reader import AnswerReader
from vstar_data.review.session import Review


def place_of(review: Review, clip: str) -> int:
    return int(review.index.clips[review.index.question[row_of(review, f"{clip}/direct-0")]])


def shown(path: Path) -> tuple[float, float]:
    """The brightness of the first and the last picture of a file that browsers play."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        means = [float(frame.to_ndarray(format="rgb24").mean()) for frame in container.decode(video=0)]
    return means[0], means[-1]


def test_a_file_that_browsers_play_is_served_as_it_is(review: Review, reviewed_run: Path) -> None:
    place = place_of(review, "a")
    assert review.player.playback(review.reader.clip(place)) == Playback(START, END)
    film = review.player.film(place)
    assert (film.path, film.media_type) == (reviewed_run.parent / "videos" / "a.mp4", "video/mp4")


def test_another_file_is_made_anew(review: Review) -> None:
    place = place_of(review, "d")
    assert review.player.playback(review.reader.clip(place)) == Playback()
    film = review.player.film(place)
    assert film.media_type == "video/mp4"
    first, last = shown(film.path)
    assert first < 25
    assert last > 200
    changed = film.path.stat().st_mtime_ns
    assert review.player.film(place).path.stat().st_mtime_ns == changed


@pytest.fixture
def own(tmp_path: Path, run: Path, reviewed_run: Path) -> tuple[Path, Player, int]:
    """The folder of videos of a run of its own, its player and the place of clip a."""
    videos = tmp_path / "videos"
    videos.mkdir()
    recipe = (run / "recipe.yaml").read_text()
    (run / "recipe.yaml").write_text(recipe.replace(str(reviewed_run.parent / "videos"), str(videos)))
    (tmp_path / "own").mkdir()
    review = Review(run, "anna", tmp_path / "own")
    return videos, review.player, place_of(review, "a")


def test_the_window_of_a_file_in_another_format_is_cut_out(own: tuple[Path, Player, int], tmp_path: Path) -> None:
    videos, player, place = own
    write_video(tmp_path / "a.avi", "mpeg4")
    (tmp_path / "a.avi").rename(videos / "a.mp4")
    first, last = shown(player.film(place).path)
    assert 50 < first < 80
    assert 165 < last < 200


def test_a_folder_of_frames_is_put_together(own: tuple[Path, Player, int], review: Review, run: Path) -> None:
    videos, player, place = own
    (videos / "a.mp4").mkdir()
    for number in range(10):
        Image.fromarray(np.full((41, 61, 3), 25 * number, dtype=np.uint8)).save(videos / "a.mp4" / f"{number}.png")
    clips = [msgspec.structs.replace(clip, fps=5.0) for clip in RunFolder(run).clips()]
    RunFolder(run).write_clips(clips)
    reader = AnswerReader(run, review.index)
    player = Player(run, reader, videos.parent / "own")
    assert player.playback(reader.clip(place)) == Playback()
    first, last = shown(player.film(place).path)
    assert 60 < first < 90
    assert 160 < last < 190


def test_what_is_not_there_or_leaves_the_folder_is_not_shown(
    own: tuple[Path, Player, int], review: Review, reviewed_run: Path
) -> None:
    videos, player, place = own
    clip = review.reader.clip(place)
    assert player.playback(clip).why_not.startswith("missing")
    (videos / "a.mp4").symlink_to(reviewed_run.parent / "videos" / "a.mp4")
    assert player.playback(clip).why_not.startswith("outside_root")
    with pytest.raises(UnusableClipError):
        player.film(place)
    (videos / "a.mp4").unlink()
    (videos / "a.mp4").write_text("#EXTM3U\n/etc/passwd")
    assert player.playback(clip).why_not.startswith("not_a_video")


@pytest.mark.parametrize("place", [-1, 4, 10**11])
def test_no_other_place_is_a_clip(review: Review, place: int) -> None:
    with pytest.raises(IndexError):
        review.player.film(place)


def test_videos_that_lie_elsewhere_are_found_where_they_are_named(
    own: tuple[Path, Player, int], review: Review, run: Path, tmp_path: Path
) -> None:
    videos, _, place = own
    moved = tmp_path / "moved here"
    moved.mkdir()
    write_video(moved / "a.mp4")
    videos.rmdir()
    assert "--videos" in Player(run, review.reader, tmp_path / "own").playback(review.reader.clip(place)).why_not
    assert Review(run, "anna", tmp_path / "own", moved).player.film(place).path == moved / "a.mp4"
    with pytest.raises(UsageError, match="--videos"):
        Player(run, review.reader, tmp_path / "own", tmp_path / "nowhere")


def test_foreign_names_of_videos_are_not_followed(own: tuple[Path, Player, int], review: Review) -> None:
    _, player, place = own
    clip = review.reader.clip(place)
    for video in ("../run/run.json", "/etc/passwd", "a.mp4/../../x", "a\0b"):
        odd = type(clip)(**{name: getattr(clip, name) for name in clip.__struct_fields__} | {"video": video})
        assert player.playback(odd).why_not
