"""Clips that are a part of a file or a folder of frames become videos or pictures of their own, or are refused."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.dataset.judged_samples import clip
from tests.exporting.samples import dataset_of, one_row, rows_of, write
from tests.video.barcode_videos import barcode, number_in, render
from vstar_data.errors import StorageError, UsageError
from vstar_data.records import ClassLabel, Clip

LABEL = ClassLabel(name="juggling")
WINDOW = clip("a", LABEL, start=0.4, end=1.0)
FOLDER = Clip(id="circus/f", source="circus", video="f", fps=10.0, labels=(LABEL,))


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("videos")
    render(folder / "a.mp4", 50)
    render(folder / "odd.mp4", 10, size=(162, 98))
    (folder / "f").mkdir()
    for number in range(12):
        Image.fromarray(barcode(number, 161, 97)).save(folder / "f" / f"{number}.png")
    return folder


def shown(path: str) -> list[tuple[int, float]]:
    """Returns the number and time of each frame of a video."""
    with av.open(path) as container:
        return [
            (number_in(frame.to_ndarray(format="rgb24")), round(float(frame.time), 3))
            for frame in container.decode(video=0)
        ]


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("trl-sft", "o.parquet"),
        ("trl-grpo", "o.jsonl"),
        ("llava", "o.json"),
        ("llamafactory", "o"),
        ("ms-swift", "o.jsonl"),
    ],
)
@pytest.mark.parametrize(
    "part",
    [WINDOW, clip("a", LABEL, start=0.4), clip("a", LABEL, end=1.0), FOLDER],
    ids=["window", "start", "end", "folder"],
)
def test_a_part_of_a_file_is_never_exported_as_the_whole(
    tmp_path: Path, videos: Path, name: str, output: str, part: Clip
) -> None:
    dataset = one_row(tmp_path / "published", part)
    with pytest.raises(UsageError, match="whole video files only") as error:
        write(dataset, tmp_path / output, name, videos=videos)
    assert "1 of 1 rows" in str(error.value)
    assert "--cut-clips" in str(error.value)
    assert not (tmp_path / output).exists()


def test_a_window_is_cut_with_its_frames_at_their_times(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", WINDOW)
    written = write(dataset, tmp_path / "o.json", "llava", videos=videos, cuts=tmp_path / "cuts")
    (row,) = rows_of(tmp_path / "o.json")
    assert written.made == 1
    assert Path(row["video"]).parent == tmp_path / "cuts"
    assert shown(row["video"]) == [(number, round((number - 10) / 25, 3)) for number in range(10, 26)]


def test_a_cut_is_made_once_and_again_when_the_file_changed(tmp_path: Path, videos: Path) -> None:
    (tmp_path / "own").mkdir()
    video = tmp_path / "own" / "a.mp4"
    video.write_bytes((videos / "a.mp4").read_bytes())
    dataset = one_row(tmp_path / "published", WINDOW)

    def made() -> int:
        return write(dataset, tmp_path / "o.json", "llava", videos=video.parent, cuts=tmp_path / "cuts").made

    assert [made(), made()] == [1, 0]
    render(video, 60)
    assert made() == 1


def test_rows_that_are_whole_files_are_not_cut(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL))
    written = write(dataset, tmp_path / "o.json", "llava", videos=videos, cuts=tmp_path / "cuts")
    assert (written.made, rows_of(tmp_path / "o.json")[0]["video"]) == (0, str(videos / "a.mp4"))
    assert not (tmp_path / "cuts").exists()


def test_a_folder_of_frames_becomes_a_video(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", FOLDER)
    write(dataset, tmp_path / "o.json", "llava", videos=videos, cuts=tmp_path / "cuts")
    video = rows_of(tmp_path / "o.json")[0]["video"]
    assert shown(video) == [(number, number / 10) for number in range(12)]
    with av.open(video) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (160, 96)


def test_a_window_without_frames_is_an_error_that_names_the_row(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL, start=50.0, end=60.0))
    with pytest.raises(UsageError, match="cannot be shown") as error:
        write(dataset, tmp_path / "o.json", "llava", videos=videos, cuts=tmp_path / "cuts")
    assert "circus/a#0/direct-0" in str(error.value)
    assert list((tmp_path / "cuts").iterdir()) == []


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
@pytest.mark.parametrize("part", [WINDOW, FOLDER], ids=["window", "folder"])
def test_frames_stand_in_place_of_videos(tmp_path: Path, videos: Path, suffix: str, part: Clip) -> None:
    dataset = one_row(tmp_path / "published", part)
    written = write(dataset, tmp_path / f"o{suffix}", "trl-sft", videos=videos, frames=tmp_path / "frames")
    (row,) = rows_of(tmp_path / f"o{suffix}")
    assert written.made == 1
    assert "videos" not in row
    assert row["messages"][0] == {"role": "user", "content": "What is it?"}
    paths = [image if suffix == ".jsonl" else image["path"] for image in row["images"]]
    numbers = [number_in(np.asarray(Image.open(path))) for path in paths]
    # The sample answers were given two frames.
    assert numbers == ([14, 21] if part is WINDOW else [3, 9])


def test_datasets_reads_the_frames_as_pictures(tmp_path: Path, videos: Path) -> None:
    from datasets import Image as ImageFeature
    from datasets import load_dataset

    dataset = one_row(tmp_path / "published", WINDOW)
    write(dataset, tmp_path / "o.parquet", "trl-sft", videos=videos, frames=tmp_path / "frames")
    loaded = load_dataset(
        "parquet", data_files=str(tmp_path / "o.parquet"), split="train", cache_dir=str(tmp_path / "c")
    )
    assert isinstance(loaded.features["images"].feature, ImageFeature)
    assert [picture.size for picture in loaded[0]["images"]] == [(160, 96), (160, 96)]


def test_only_trl_takes_frames_and_not_together_with_cuts(tmp_path: Path, videos: Path) -> None:
    dataset = dataset_of(tmp_path / "published")
    with pytest.raises(UsageError, match="llava shows videos"):
        write(dataset, tmp_path / "o.json", "llava", videos=videos, frames=tmp_path / "frames")
    with pytest.raises(UsageError, match="in place of videos"):
        write(dataset, tmp_path / "o.jsonl", "trl-sft", frames=tmp_path / "frames", cuts=tmp_path / "cuts")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", WINDOW)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match="taken"):
        write(dataset, tmp_path / "o.json", "llava", videos=videos, cuts=tmp_path / "taken")
