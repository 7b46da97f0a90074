"""A pushed dataset is what it was here, for each of the tools that the card names, and shows in the Hub's viewer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from tests.hub.client import python
from tests.hub.repository import Repository
from tests.hub.server import HubServer
from tests.hub.session import Session
from tests.hub.tls import POSSIBLE, as_the_hub
from vstar_data.dataset import write_dataset
from vstar_data.dataset.schemas import CONFIGS

TAG = "v0.1.0"


@pytest.fixture(scope="module")
def dataset(running: HubServer, client: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The dataset of a run that was pushed twice: what is loaded is the older version."""
    run = tmp_path_factory.mktemp("pushed")
    running.forget()
    for judged in (JUDGED[:4], JUDGED):
        write_dataset(run / "dataset", clips=CLIPS, unusable=UNUSABLE, judged=judged, provenance=PROVENANCE)
        assert client.vstar_data("push", run, "me/acts").code == 0
    write_dataset(run / "dataset", clips=CLIPS, unusable=UNUSABLE, judged=JUDGED[:4], provenance=PROVENANCE)
    assert set(running.repositories["me/acts"].tags) == {TAG, "v0.2.0"}
    yield run / "dataset"
    running.forget()


def _rows(dataset: Path, config: str) -> dict[str, list[dict[str, Any]]]:
    """Returns the rows here by split."""
    files = sorted((dataset / "data" / config).glob("*.parquet"))
    return {path.name.split("-")[0]: pq.read_table(path).to_pylist() for path in files}


@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_is_loaded_at_its_tag_row_by_row(client: Session, dataset: Path, config: str) -> None:
    code = (
        "import datasets, json, sys\n"
        "datasets.disable_progress_bars()\n"
        "loaded = datasets.load_dataset('me/acts', sys.argv[1], revision=sys.argv[2])\n"
        "print(json.dumps({split: rows.to_list() for split, rows in loaded.items()}))"
    )
    rows = _rows(dataset, config)
    assert rows
    assert json.loads(client.python(code, config, TAG)) == rows


def test_the_default_config_is_sft(client: Session, dataset: Path) -> None:
    code = "import datasets; print(datasets.load_dataset('me/acts', revision='v0.1.0', split='train')['id'][:])"
    assert client.python(code).strip() == str([row["id"] for row in _rows(dataset, "sft")["train"]])


def test_rows_are_streamed(client: Session, dataset: Path) -> None:
    code = (
        "import datasets, json, sys\n"
        "rows = datasets.load_dataset('me/acts', 'sft', revision=sys.argv[1], streaming=True)\n"
        "print(json.dumps({split: list(rows[split]) for split in rows}))"
    )
    assert json.loads(client.python(code, TAG)) == _rows(dataset, "sft")


def test_duckdb_reads_a_tag(client: Session, dataset: Path) -> None:
    code = (
        "import duckdb, huggingface_hub, json, sys\n"
        "database = duckdb.connect()\n"
        "database.register_filesystem(huggingface_hub.HfFileSystem())\n"
        "path = f'hf://datasets/me/acts@{sys.argv[1]}/data/sft/*.parquet'\n"
        "print(json.dumps(database.sql(f\"select id, answer from '{path}' order by id\").fetchall()))"
    )
    rows = [row for rows in _rows(dataset, "sft").values() for row in rows]
    assert json.loads(client.python(code, TAG)) == sorted([row["id"], row["answer"]] for row in rows)


def test_pandas_reads_a_tag_through_fsspec(client: Session, dataset: Path) -> None:
    code = (
        "import pandas, sys\n"
        "path = f'hf://datasets/me/acts@{sys.argv[1]}/data/sft/train-00000-of-00001.parquet'\n"
        "print(list(pandas.read_parquet(path)['id']))"
    )
    assert client.python(code, TAG).strip() == str([row["id"] for row in _rows(dataset, "sft")["train"]])


@pytest.mark.skipif(not POSSIBLE, reason="openssl is not installed: no certificate for the Hub's name")
def test_polars_reads_a_tag(running: HubServer, dataset: Path, tmp_path: Path) -> None:
    # Polars asks the Hub by its own name, whatever HF_ENDPOINT says.
    code = (
        "import json, polars, sys\n"
        "rows = polars.read_parquet(f'hf://datasets/me/acts@{sys.argv[1]}/data/sft/*.parquet')\n"
        "print(json.dumps(rows.select('id', 'answer').sort('id').rows()))"
    )
    with as_the_hub(running.port, tmp_path) as variables:
        done = python(running, tmp_path, code, TAG, **variables)
    assert done.returncode == 0, done.stderr
    rows = [row for rows in _rows(dataset, "sft").values() for row in rows]
    assert json.loads(done.stdout) == sorted([row["id"], row["answer"]] for row in rows)


def _head(repository: Repository, tag: str) -> dict[str, Any]:
    card = repository.at(tag).files["README.md"].content.decode()
    return dict(yaml.safe_load(card.split("---\n")[1]))


@pytest.mark.parametrize("tag", [TAG, "v0.2.0"])
def test_the_viewer_gets_all_that_it_needs(running: HubServer, dataset: Path, tag: str) -> None:
    repository = running.repositories["me/acts"]
    head, files = _head(repository, tag), repository.at(tag).files
    defaults = [config["config_name"] for config in head["configs"] if config.get("default")]
    assert defaults == ["sft"]
    features = {info["config_name"]: info["features"] for info in head["dataset_info"]}
    for config in head["configs"]:
        name = config["config_name"]
        for split in config["data_files"]:
            matching = [path for path in files if Path(path).match(split["path"])]
            tables = [pq.read_table(_written(files[path].content)) for path in matching]
            assert sum(table.num_rows for table in tables) > 0
            assert all(table.schema.names == [feature["name"] for feature in features[name]] for table in tables)
    data = {path for path in files if path.startswith("data/")}
    patterns = [split["path"] for config in head["configs"] for split in config["data_files"]]
    assert data == {path for path in data if any(Path(path).match(pattern) for pattern in patterns)}


def _written(content: bytes) -> Any:
    import pyarrow as pa

    return pa.BufferReader(content)
