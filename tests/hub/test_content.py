"""What is uploaded: the files that the manifest names, as it says they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.hub.content import PushedFile, checked_files, content_of
from vstar_data.hub.leftovers import leftovers


def test_a_dataset_is_pushed_byte_for_byte(run: Path) -> None:
    dataset = PublishedDataset(run)
    content = content_of(dataset, checked_files(dataset))
    there = {str(path.relative_to(dataset.path)) for path in dataset.path.rglob("*") if path.is_file()}
    assert set(content.files) == there
    for path, file in content.files.items():
        assert file.content() == (dataset.path / path).read_bytes()
        assert file.sha256 == hashlib.sha256(file.content()).hexdigest()


def test_what_the_manifest_does_not_name_is_not_pushed(run: Path) -> None:
    (run / "dataset" / "notes.txt").write_text("mine")
    assert "notes.txt" not in checked_files(PublishedDataset(run))


def test_a_large_file_is_not_held(run: Path, restate: Callable[..., None]) -> None:
    large = b"x" * (1 << 21)
    (run / "dataset" / "large").write_bytes(large)
    restate(files={"large": {"sha256": hashlib.sha256(large).hexdigest()}})
    assert checked_files(PublishedDataset(run))["large"].source == run / "dataset" / "large"


@pytest.mark.parametrize("change", ["changed", "removed"])
def test_a_file_that_is_not_what_the_manifest_says(run: Path, change: str) -> None:
    shard = next((run / "dataset" / "data" / "sft").glob("*.parquet"))
    shard.unlink() if change == "removed" else shard.write_bytes(shard.read_bytes() + b" ")
    with pytest.raises(UsageError, match=r"assemble it again: vstar-data assemble RUN") as caught:
        checked_files(PublishedDataset(run))
    assert shard.name in str(caught.value)


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/hostname", "data/../../secret", ".git/config", "a\\b", "link/secret"]
)
def test_a_path_that_leaves_the_folder(run: Path, restate: Callable[..., None], path: str) -> None:
    (run / "secret").write_text("secret")
    (run / "dataset" / "link").symlink_to(run)
    restate(files={path: {"sha256": hashlib.sha256(b"secret").hexdigest()}})
    with pytest.raises(UsageError, match="not what its manifest says"):
        checked_files(PublishedDataset(run))


def test_what_is_added_is_in_the_manifest(run: Path) -> None:
    dataset = PublishedDataset(run)
    video = PushedFile.of("videos/a.mp4", b"moving")
    content = content_of(
        dataset,
        checked_files(dataset),
        card=b"# New\n",
        added={video.path: video},
        stated={"permission": {"claimed": True}},
    )
    manifest = json.loads(content.manifest)
    assert manifest["files"]["videos/a.mp4"] == {"sha256": hashlib.sha256(b"moving").hexdigest()}
    assert manifest["files"]["README.md"] == {"sha256": hashlib.sha256(b"# New\n").hexdigest()}
    assert manifest["permission"] == {"claimed": True}
    kept = json.loads(dataset.manifest_bytes)
    assert {key: value for key, value in manifest.items() if key not in ("files", "permission")} == {
        key: value for key, value in kept.items() if key != "files"
    }


def test_of_the_old_version_only_its_own_files_go(run: Path) -> None:
    dataset = PublishedDataset(run)
    content = content_of(dataset, checked_files(dataset))
    there = {
        ".gitattributes",
        "LICENSE",
        "README.md",
        "plots/old.png",
        "plots/mine.png",
        "data/sft/train-00000-of-00001.parquet",
        "data/sft/train-00001-of-00002.parquet",
        "data/mine/train.parquet",
    }
    old = json.dumps({"files": {"README.md": {}, "plots/old.png": {}, "not/there": {}}}).encode()
    gone = {"plots/old.png", "data/sft/train-00001-of-00002.parquet"}
    assert leftovers(there, old, content) == gone
    for broken in (None, b"", b"[1]", b"\xff", b'{"files": 3}'):
        assert leftovers(there, broken, content) == {"data/sft/train-00001-of-00002.parquet"}
