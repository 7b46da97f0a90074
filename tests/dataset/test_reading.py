from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from vstar_data.dataset import write_dataset
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import RecordError, StorageError, UsageError


@pytest.fixture
def run(tmp_path: Path) -> Path:
    write_dataset(
        tmp_path / "dataset", clips=iter(CLIPS), unusable=UNUSABLE, judged=iter(JUDGED), provenance=PROVENANCE
    )
    return tmp_path


def test_a_run_and_its_dataset_are_the_same(run: Path) -> None:
    of_run, itself = PublishedDataset(run), PublishedDataset(run / "dataset")
    assert of_run.path == itself.path
    assert (of_run.name, of_run.cycle) == ("juggling", 0)
    assert of_run.splits("sft") == ["train", "validation"]
    assert [row["id"] for row in of_run.rows("sft")] == [
        "circus/a#0/direct-1",
        "circus/c#0/rationalized-0",
        "circus/b#0/direct-0",
    ]
    assert list(itself.rows("sft", "validation", ["mode"])) == [{"mode": "direct"}]


def test_what_is_no_dataset_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no dataset here"):
        PublishedDataset(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(RecordError, match=r"manifest\.json[^$]*\$\n *mend: +assemble the run again"):
        PublishedDataset(tmp_path)


def test_a_missing_file_is_named_and_one_outside_is_never_read(run: Path) -> None:
    file = run / "dataset" / "manifest.json"
    (run / "dataset/data/sft/train-00000-of-00001.parquet").unlink()
    with pytest.raises(StorageError, match="train-00000-of-00001"):
        list(PublishedDataset(run).rows("sft"))
    manifest = json.loads(file.read_text())
    manifest["files"] = {"data/sft/../../../secret.parquet": {"sha256": "0", "rows": 1}}
    file.write_text(json.dumps(manifest))
    assert list(PublishedDataset(run).rows("sft")) == []
