"""The Hub server, a client for it, and a small run to push."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from tests.hub.server import HubServer
from tests.hub.session import Session
from vstar_data.dataset import write_dataset


@pytest.fixture(scope="session")
def running() -> Iterator[HubServer]:
    with HubServer(page=4) as server:
        yield server


@pytest.fixture
def server(running: HubServer) -> Iterator[HubServer]:
    """The server with nothing in it."""
    running.forget()
    yield running
    running.forget()


@pytest.fixture(scope="session")
def client(running: HubServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with Session(running, tmp_path_factory.mktemp("hub home")) as session:
        yield session


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset that is not to be changed."""
    folder = tmp_path_factory.mktemp("written") / "dataset"
    write_dataset(folder, clips=CLIPS, unusable=UNUSABLE, judged=JUDGED, provenance=PROVENANCE)
    return folder


@pytest.fixture
def run(written: Path, tmp_path: Path) -> Path:
    """The folder of a run, of which only the dataset is there. Its name has a blank."""
    shutil.copytree(written, tmp_path / "a run" / "dataset")
    return tmp_path / "a run"


@pytest.fixture
def restate(run: Path) -> Callable[..., None]:
    """Changes keys of the run's manifest."""

    def change(**keys: Any) -> None:
        manifest = run / "dataset" / "manifest.json"
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **keys}))

    return change
