"""Videos that are pushed with their dataset: found below the folder of their source, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.judged_samples import JUDGED, PROVENANCE, clip
from vstar_data.arrow import UnusableRow
from vstar_data.dataset import write_dataset
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.generation.run_folder import RunFolder, RunState
from vstar_data.generation.videos import VideoRecord
from vstar_data.hub.card import REFERENCED, with_permission, with_videos
from vstar_data.hub.terms import SourceTerms
from vstar_data.hub.videos import check_videos, pushed_videos
from vstar_data.records import ClassLabel, Clip, UnusableReason
from vstar_data.video import identity


def _run(tmp_path: Path, *names: str) -> Path:
    """Makes a run whose sources have folders of videos."""
    run = tmp_path / "run"
    lines = ["name: circus", "sources:"]
    for name in names:
        (tmp_path / name).mkdir()
        lines += [f"- {{adapter: jsonl, name: {name}, annotations: a.jsonl, videos: {tmp_path / name}}}"]
    run.mkdir()
    (run / "recipe.yaml").write_text("\n".join(lines))
    RunFolder(run).save_state(RunState(block_bits=0, clips=1, clips_digest="", questions={}, class_names={}))
    return run


def _refusal(run: Path, videos: dict[str, set[str]]) -> str:
    with pytest.raises(UsageError) as caught:
        pushed_videos(run, videos)
    return str(caught.value)


def test_videos_lie_below_one_folder_as_the_rows_name_them(tmp_path: Path) -> None:
    run = _run(tmp_path, "here", "there")
    (tmp_path / "here" / "acts").mkdir()
    (tmp_path / "here" / "acts" / "a.mp4").write_bytes(b"one")
    (tmp_path / "there" / "b.mp4").write_bytes(b"two")
    pushed = pushed_videos(run, {"here": {"acts/a.mp4"}, "there": {"b.mp4"}})
    assert {path: file.content() for path, file in pushed.files.items()} == {
        "videos/acts/a.mp4": b"one",
        "videos/b.mp4": b"two",
    }
    assert not pushed.by_source


def test_sources_that_name_videos_alike_get_a_folder_each(tmp_path: Path) -> None:
    run = _run(tmp_path, "here", "there")
    for name in ("here", "there"):
        (tmp_path / name / "a.mp4").write_bytes(name.encode())
    pushed = pushed_videos(run, {"here": {"a.mp4"}, "there": {"a.mp4"}})
    assert {path: file.content() for path, file in pushed.files.items()} == {
        "videos/here/a.mp4": b"here",
        "videos/there/a.mp4": b"there",
    }
    assert pushed.by_source


def test_a_folder_of_frames_is_pushed_image_by_image(tmp_path: Path) -> None:
    run = _run(tmp_path, "here")
    frames = tmp_path / "here" / "act"
    frames.mkdir()
    for name in ("1.jpg", "2.jpg", "notes.txt"):
        (frames / name).write_bytes(b"x")
    assert set(pushed_videos(run, {"here": {"act"}}).files) == {"videos/act/1.jpg", "videos/act/2.jpg"}


def test_no_video_outside_the_folder_is_pushed(tmp_path: Path) -> None:
    run = _run(tmp_path, "here")
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "here" / "link.mp4").symlink_to(tmp_path / "secret")
    for video in ("../secret", str(tmp_path / "secret"), "link.mp4", "missing.mp4"):
        assert "push without --embed-videos" in _refusal(run, {"here": {video}})


def test_a_video_that_was_replaced_since_the_build_is_not_pushed(tmp_path: Path) -> None:
    run = _run(tmp_path, "here")
    video = tmp_path / "here" / "a.mp4"
    video.write_bytes(b"one")
    RunFolder(run).write_videos([VideoRecord(source="here", video="a.mp4", identity=identity(video), size=3)])
    assert pushed_videos(run, {"here": {"a.mp4"}}).files["videos/a.mp4"].content() == b"one"
    video.write_bytes(b"two")
    assert "another file than the build saw" in _refusal(run, {"here": {"a.mp4"}})


def test_a_folder_of_videos_that_is_gone(tmp_path: Path) -> None:
    run = _run(tmp_path, "here")
    (tmp_path / "here").rmdir()
    assert "video folder is not there" in _refusal(run, {"here": {"a.mp4"}})


def _dataset(tmp_path: Path, *clips: Clip, unusable: tuple[UnusableRow, ...] = ()) -> PublishedDataset:
    write_dataset(tmp_path / "d", clips=clips, unusable=unusable, judged=JUDGED[:2], provenance=PROVENANCE)
    return PublishedDataset(tmp_path / "d")


LABEL = ClassLabel(name="juggling")


def test_videos_are_those_of_usable_clips(tmp_path: Path) -> None:
    bad = UnusableRow(clip_id="circus/b", video="b.mp4", reason=UnusableReason.MISSING, detail="gone")
    clips = (clip("a", LABEL), clip("b", LABEL, license=None))
    assert check_videos(_dataset(tmp_path, *clips, unusable=(bad,)), {}) == {"circus": {"a.mp4"}}


def test_the_licence_that_forbids_it_is_named(tmp_path: Path) -> None:
    clips = (clip("a", LABEL), clip("b", LABEL, license="all <b>rights</b> reserved\x1b"))
    with pytest.raises(UsageError, match=r"'circus' may not be passed on") as caught:
        check_videos(_dataset(tmp_path, *clips), {"circus": SourceTerms()})
    assert r"'all <b>rights</b> reserved\x1b'" in str(caught.value)


def test_the_card_says_what_was_added(tmp_path: Path) -> None:
    card = (_dataset(tmp_path, clip("a", LABEL)).path / "README.md").read_text()
    assert REFERENCED in card
    said = with_permission(with_videos(card, 1200, by_source=True), {"<b>x</b>": "no | redistribution"})
    assert REFERENCED not in said
    assert "1,200 files in `videos/<source>/`" in said
    assert "## Permission" in said
    assert "<b>x</b>" not in said
    assert said.startswith(card[:200])
