"""The layout of VideoFolder: splits, class folders, metadata files."""

from __future__ import annotations

import pytest

from vstar_data.adapters import VideoRoot
from vstar_data.errors import AnnotationError
from vstar_data.records import CaptionLabel, ClassLabel, Split


@pytest.fixture
def folder(tmp_path):
    def _folder(**files):
        root = tmp_path / "videos"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return root

    return _folder


def test_without_metadata_each_video_has_the_class_of_its_folder(read, folder):
    root = folder(**{"train/pouring_milk/1.mp4": "x", "test/juggling/2.avi": "x", "train/notes.txt": "x"})
    source = read("videofolder", root)
    assert {(clip.video, clip.labels[0].name, clip.split) for clip in source.clips} == {
        ("train/pouring_milk/1.mp4", "pouring milk", Split.TRAIN),
        ("test/juggling/2.avi", "juggling", Split.TEST),
    }
    assert not source.skipped


def test_a_folder_of_a_split_is_no_class(read, folder):
    root = folder(**{"test/1.mp4": "x", "train/running/2.mp4": "x"})
    source = read("videofolder", root)
    assert [(clip.video, clip.split) for clip in source.clips] == [("train/running/2.mp4", Split.TRAIN)]
    assert [row.video for row in source.skipped] == ["test/1.mp4"]


def test_file_name_names_the_video_whatever_other_columns_are_called(read, folder):
    root = folder(**{"metadata.csv": "file_name,path,label\n1.mp4,http://x/y.mp4,running\n", "1.mp4": "x"})
    (clip,) = read("videofolder", root).clips
    assert (clip.video, clip.labels) == ("1.mp4", (ClassLabel(name="running"),))


def test_the_split_of_a_metadata_file_is_that_of_its_folder(read, folder):
    root = folder(
        **{
            "validation/metadata.csv": "file_name,caption\n1.mp4,a dog\n",
            "validation/1.mp4": "x",
            "train/metadata.jsonl": '{"file_name": "2.mp4", "caption": "a cat"}\n',
            "train/2.mp4": "x",
        }
    )
    source = read("videofolder", root)
    assert {(clip.id, clip.split, clip.labels) for clip in source.clips} == {
        ("videofolder/validation/1.mp4", Split.VALIDATION, (CaptionLabel(text="a dog"),)),
        ("videofolder/train/2.mp4", Split.TRAIN, (CaptionLabel(text="a cat"),)),
    }


def test_a_metadata_file_at_the_top_names_videos_anywhere(read, folder):
    root = folder(
        **{"metadata.csv": "file_name,action\ntrain/x/1.mp4,running\n", "train/x/1.mp4": "x", "train/x/2.mp4": "x"}
    )
    options = {"columns": {"class": "action"}}
    assert {clip.id: clip.labels for clip in read("videofolder", root, **options).clips} == {
        "videofolder/train/x/1.mp4": (ClassLabel(name="x"), ClassLabel(name="running")),
        "videofolder/train/x/2.mp4": (ClassLabel(name="x"),),
    }
    plain = read("videofolder", root, folders_are_classes=False, **options)
    assert {clip.id: clip.labels for clip in plain.clips} == {
        "videofolder/train/x/1.mp4": (ClassLabel(name="running"),)
    }


def test_a_folder_below_that_of_the_videos_names_them_from_there(read, folder):
    root = folder(
        **{
            "set/train/metadata.csv": "file_name,caption\nx/1.mp4,a dog\nx/absent.mp4,a cat\n",
            "set/train/x/1.mp4": "x",
            "set/train/x/2.mp4": "x",
            "train/x/1.mp4": "another video",
        }
    )
    source = read("videofolder", root / "set", VideoRoot(root))
    assert [(clip.id, clip.video) for clip in source.clips] == [
        ("videofolder/train/x/1.mp4", "set/train/x/1.mp4"),
        ("videofolder/train/x/absent.mp4", "set/train/x/absent.mp4"),
        ("videofolder/train/x/2.mp4", "set/train/x/2.mp4"),
    ]


def test_lines_of_several_files_for_one_video_are_all_read(read, folder):
    root = folder(
        **{
            "metadata.csv": "file_name,caption\n./test/1.mp4,a dog\n",
            "test/metadata.csv": "file_name,caption\n1.mp4,a dog barks\n",
            "test/1.mp4": "x",
        }
    )
    source = read("videofolder", root)
    assert [(clip.video, clip.split, clip.labels[0].text) for clip in source.clips] == [
        ("test/1.mp4", Split.TEST, "a dog"),
        ("test/1.mp4", Split.TEST, "a dog barks"),
    ]
    assert not source.skipped


def test_a_row_that_is_wrong_names_its_metadata_file_and_folder(read, folder):
    root = folder(**{"test/metadata.csv": "file_name,start,end,label\n1.mp4,5,2,running\n"})
    (row,) = read("videofolder", root, columns={"class": "label", "start": "start", "end": "end"}).skipped
    assert row.where == "metadata.csv:2 in test"


@pytest.mark.parametrize(
    ("files", "options", "message"),
    [
        ({"train/x/1.mp4": "x"}, {"folders_are_classes": False}, "no metadata file"),
        ({"metadata.csv": "name,label\n1.mp4,x\n"}, {}, "hold the videos"),
        ({"notes.txt": "x"}, {}, "holds no videos"),
    ],
)
def test_a_folder_of_another_layout_says_what_is_expected(read, folder, files, options, message):
    with pytest.raises(AnnotationError, match=message):
        read("videofolder", folder(**files), **options)
    with pytest.raises(AnnotationError, match="no folder"):
        read("videofolder", next(path for path in folder(**files).rglob("*") if path.is_file()))
