"""`vstar-data diff` with datasets of the Hub: at tags, without a connection, and where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.comparing.versions import version, with_verdict
from tests.dataset.judged_samples import JUDGED
from tests.hub.client import TOKEN, vstar_data
from tests.hub.repository import LARGE, Repository, StoredFile
from tests.hub.server import HubServer
from vstar_data.records import RejectReason

REPO = "circus/juggling"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of a dataset; in the second one answer is rejected."""
    folder = tmp_path_factory.mktemp("versions")
    answers = [with_verdict(JUDGED[1], RejectReason.HEDGED) if answer is JUDGED[1] else answer for answer in JUDGED]
    return version(folder / "v1"), version(folder / "v2", judged=answers)


@pytest.fixture(scope="module")
def server(folders: tuple[Path, Path]) -> Iterator[HubServer]:
    """A Hub with both versions under a tag each, in a private repository, and a repository of something else."""
    with HubServer() as server:
        repository = server.repositories[REPO] = Repository(REPO, private=True)
        for number, folder in enumerate(folders, 1):
            files = {
                path.relative_to(folder).as_posix(): StoredFile(path.read_bytes(), path.suffix in LARGE)
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            }
            server.large.update((file.sha256, file.content) for file in files.values() if file.large)
            repository.tags[f"v0.{number}.0"] = repository.commit(f"version {number}", dict(files)).id
        server.repositories["circus/other"] = Repository("circus/other", private=False)
        yield server


def test_two_tags_and_a_folder_are_compared_and_then_need_no_connection(
    server: HubServer, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    done = vstar_data(server, tmp_path, "diff", f"{REPO}@v0.1.0", f"{REPO}@v0.2.0")
    assert done.returncode == 0, done.stderr
    assert f"A: {REPO}@v0.1.0 (commit " in done.stdout
    assert "7; 0 with another text, 1 with another outcome" in done.stdout
    assert TOKEN not in done.stdout + done.stderr

    done = vstar_data(server, tmp_path, "diff", REPO, str(folders[1]))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("no difference\n")

    server.before = _no_connection
    try:
        done = vstar_data(server, tmp_path, "diff", f"{REPO}@v0.1.0", str(folders[0]))
        empty = vstar_data(server, tmp_path / "empty", "diff", f"{REPO}@v0.1.0", str(folders[0]))
    finally:
        server.before = lambda request: None
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("no difference\n")
    assert empty.returncode == 1
    assert "cannot be fetched from the Hub" in empty.stderr
    assert TOKEN not in empty.stderr


@pytest.mark.parametrize(
    ("name", "token", "said"),
    [
        (f"{REPO}@v0.3.0", TOKEN, ["has no such tag", "v0.2.0"]),
        ("circus/nothing@v1", TOKEN, ["no such dataset", "hf auth whoami"]),
        (f"{REPO}@v0.1.0", None, ["no such dataset", "there is no token here"]),
        ("circus/other", TOKEN, ["not written by vstar-data", "manifest.json"]),
    ],
    ids=["tag", "repository", "token", "another dataset"],
)
def test_what_is_not_on_the_hub_is_wrong_usage(
    server: HubServer, folders: tuple[Path, Path], tmp_path: Path, name: str, token: str | None, said: list[str]
) -> None:
    done = vstar_data(server, tmp_path, "diff", name, str(folders[0]), token=token)
    assert done.returncode == 2, done.stderr
    assert [words for words in said if words not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stderr


def test_a_wrong_token_and_a_cache_without_rights_are_told_apart_from_the_network(
    server: HubServer, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    wrong = vstar_data(server, tmp_path, "diff", REPO, str(folders[0]), token="hf_of_nobody")
    full = vstar_data(server, tmp_path / "file", "diff", REPO, str(folders[0]))
    assert (wrong.returncode, full.returncode) == (1, 1)
    assert "The Hub does not take the token" in wrong.stderr
    assert "hf_of_nobody" not in wrong.stderr
    assert "HF_HOME" in full.stderr


def test_a_path_that_exists_wins_over_the_hub(folders: tuple[Path, Path], server: HubServer, tmp_path: Path) -> None:
    asked = len(server.requests)
    done = vstar_data(server, tmp_path, "diff", str(folders[0]), str(folders[1]))
    assert done.returncode == 0, done.stderr
    assert len(server.requests) == asked


def _no_connection(request: object) -> None:
    from tests.hub.repository import Refused

    raise Refused(503, "Service unavailable")
