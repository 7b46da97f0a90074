"""The paths of videos in an export, and what is there instead of a path that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.judged_samples import clip
from tests.exporting.samples import one_row, rows_of, write
from vstar_data.errors import UsageError
from vstar_data.records import ClassLabel, Clip

LABEL = ClassLabel(name="juggling")


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    folder = tmp_path / "my videos"
    folder.mkdir()
    (folder / "a.mp4").write_bytes(b"not looked into")
    return folder


def test_paths_are_absolute_where_the_folder_is_known(
    tmp_path: Path, videos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL))
    monkeypatch.chdir(tmp_path)
    written = write(dataset, tmp_path / "o.json", "llava", videos=Path("my videos"))
    assert rows_of(tmp_path / "o.json")[0]["video"] == str(videos / "a.mp4")
    assert written.unplaced == ()


def test_paths_stay_relative_where_it_is_unknown_and_the_source_is_named(tmp_path: Path) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL))
    assert write(dataset, tmp_path / "o.json", "llava").unplaced == ("circus",)
    assert rows_of(tmp_path / "o.json")[0]["video"] == "a.mp4"


def test_paths_stay_relative_when_asked(tmp_path: Path, videos: Path) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL))
    assert write(dataset, tmp_path / "o.json", "llava", videos=videos, relative=True).unplaced == ()
    assert rows_of(tmp_path / "o.json")[0]["video"] == "a.mp4"


def test_a_missing_video_is_an_error_and_the_old_output_stays(tmp_path: Path, videos: Path) -> None:
    (tmp_path / "o.json").write_text("old")
    dataset = one_row(tmp_path / "published", clip("gone", LABEL))
    with pytest.raises(UsageError, match=r"there is no gone\.mp4"):
        write(dataset, tmp_path / "o.json", "llava", videos=videos)
    assert (tmp_path / "o.json").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my videos", "o.json", "published"]


@pytest.mark.parametrize("video", ["../secret", "/etc/passwd", "sub/../../secret"])
@pytest.mark.parametrize("known", [True, False])
def test_a_path_never_leads_out_of_the_folder(tmp_path: Path, videos: Path, video: str, known: bool) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    shown = Clip(id="circus/a", source="circus", video=video, labels=(LABEL,))
    dataset = one_row(tmp_path / "published", shown)
    with pytest.raises(UsageError, match="cannot be shown"):
        write(dataset, tmp_path / "o.json", "llava", videos=videos if known else None)


def test_an_output_that_would_replace_something_else_is_refused(tmp_path: Path) -> None:
    dataset = one_row(tmp_path / "published", clip("a", LABEL))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        write(dataset, mine, "llamafactory")
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    (tmp_path / "o.json").mkdir()
    with pytest.raises(UsageError, match="a folder of that name"):
        write(dataset, tmp_path / "o.json", "llava")
    with pytest.raises(UsageError, match="no folder"):
        write(dataset, tmp_path / "not" / "there.json", "llava")
    with pytest.raises(UsageError, match=r"expected: .*\.json"):
        write(dataset, tmp_path / "o.parquet", "llava")


def test_an_export_replaces_the_one_before(tmp_path: Path) -> None:
    first = one_row(tmp_path / "first", clip("a", LABEL), "Juggling once.")
    second = one_row(tmp_path / "second", clip("a", LABEL), "Juggling twice.")
    for dataset in (first, second):
        write(dataset, tmp_path / "folder", "llamafactory")
    (row,) = rows_of(tmp_path / "folder")
    assert row["messages"][1]["content"] == "Juggling twice."
