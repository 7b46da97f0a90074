"""`vstar-data push` against a Hub server, through the real client: what it publishes, and what it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from tests.hub.client import ROOT, TOKEN, environment, python
from tests.hub.repository import Refused, Repository, StoredFile
from tests.hub.server import Account, HubServer, Request
from tests.hub.session import Session
from vstar_data.dataset import write_dataset

FORBIDDEN = {
    "sources": {
        "circus": {
            "adapter": "jsonl",
            "annotations": {"license": "no redistribution\x1b[31m", "redistribution": "forbidden"},
            "videos": {"license": None, "redistribution": "unknown"},
            "citation": None,
            "url": None,
        }
    }
}


def _local(run: Path) -> dict[str, bytes]:
    folder = run / "dataset"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _pushed(repository: Repository) -> dict[str, bytes]:
    return {path: file.content for path, file in repository.head.files.items() if path != ".gitattributes"}


def _commits(server: HubServer) -> list[str]:
    return [commit.title for commit in server.repositories["me/acts"].history("main")]


def test_a_push_is_one_commit_and_one_tag(server: HubServer, client: Session, run: Path) -> None:
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 0, done.err
    repository = server.repositories["me/acts"]
    assert repository.private
    assert _pushed(repository) == _local(run)
    assert _commits(server) == ["juggling v0.1.0", "initial commit"]
    assert repository.tags == {"v0.1.0": repository.head.id}
    assert done.out.splitlines() == [
        f"{server.url}/datasets/me/acts/tree/v0.1.0",
        "hf://datasets/me/acts@v0.1.0",
        'load_dataset("me/acts", "sft", revision="v0.1.0")',
    ]


def test_pushing_twice_changes_nothing(server: HubServer, client: Session, run: Path) -> None:
    first = client.vstar_data("push", run, "me/acts")
    before = server.state()
    for more in ([], ["--tag", "v0.1.0"]):
        server.requests.clear()
        again = client.vstar_data("push", run, "me/acts", *more)
        assert again.code == 0, again.err
        assert (again.out, server.state()) == (first.out, before)
        assert "already there as v0.1.0" in again.err
        assert {request.method for request, _ in server.requests} == {"GET"}


def test_new_content_replaces_the_old_and_gets_the_next_version(server: HubServer, client: Session, run: Path) -> None:
    client.vstar_data("push", run, "me/acts")
    repository = server.repositories["me/acts"]
    repository.commit("a file of mine", {"LICENSE": StoredFile(b"mine", False)})
    old = repository.tags["v0.1.0"]
    # Two files a config, where there was one: the old ones must go.
    write_dataset(run / "dataset", clips=CLIPS, unusable=UNUSABLE, judged=JUDGED, provenance=PROVENANCE, shard_rows=1)
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 0, done.err
    assert _pushed(repository) == {**_local(run), "LICENSE": b"mine"}
    assert repository.tags == {"v0.1.0": old, "v0.2.0": repository.head.id}


def test_a_tag_is_never_moved(server: HubServer, client: Session, run: Path, restate: Callable[..., None]) -> None:
    client.vstar_data("push", run, "me/acts", "--tag", "v1.0.0")
    before = server.state()
    restate(name="other")
    done = client.vstar_data("push", run, "me/acts", "--tag", "v1.0.0")
    assert done.code == 2
    assert "me/acts@v1.0.0" in done.err
    assert server.state() == before


def test_old_content_finds_its_own_tag(
    server: HubServer, client: Session, run: Path, restate: Callable[..., None]
) -> None:
    client.vstar_data("push", run, "me/acts")
    kept = (run / "dataset" / "manifest.json").read_bytes()
    restate(name="other")
    assert client.vstar_data("push", run, "me/acts").out.splitlines()[1].endswith("@v0.2.0")
    (run / "dataset" / "manifest.json").write_bytes(kept)
    before = server.state()
    assert client.vstar_data("push", run, "me/acts").out.splitlines()[1].endswith("@v0.1.0")
    assert server.state() == before


def test_a_second_name_for_the_head_is_only_a_tag(server: HubServer, client: Session, run: Path) -> None:
    client.vstar_data("push", run, "me/acts")
    assert client.vstar_data("push", run, "me/acts", "--tag", "v1.0.0").code == 0
    repository = server.repositories["me/acts"]
    assert len(_commits(server)) == 2
    assert set(repository.tags.values()) == {repository.head.id}


def test_somebody_who_was_quicker_is_not_overwritten(server: HubServer, client: Session, run: Path) -> None:
    server.repositories["me/acts"] = repository = Repository("me/acts", private=True)

    def interfere(request: Request) -> None:
        if "/commit/" in request.path and len(repository.commits) == 1:
            repository.commit("theirs", {"theirs.txt": StoredFile(b"theirs", False)})

    server.before = interfere
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 1
    assert "Somebody else pushed to the repository meanwhile" in done.err
    assert _pushed(repository) == {"theirs.txt": b"theirs"}
    assert repository.tags == {}
    assert client.vstar_data("push", run, "me/acts").code == 0
    assert _pushed(repository) == {**_local(run), "theirs.txt": b"theirs"}


def test_a_tag_that_somebody_made_meanwhile_stays(server: HubServer, client: Session, run: Path) -> None:
    server.repositories["me/acts"] = repository = Repository("me/acts", private=True)
    theirs = repository.head.id

    def interfere(request: Request) -> None:
        if "/tag/" in request.path:
            repository.tags.setdefault("v0.1.0", theirs)

    server.before = interfere
    done = client.vstar_data("push", run, "me/acts", "--tag", "v0.1.0")
    assert done.code == 2
    assert "v0.1.0 is there with other content" in done.err
    assert repository.tags == {"v0.1.0": theirs}


@pytest.mark.parametrize("there", [False, True])
def test_visibility(server: HubServer, client: Session, run: Path, there: bool) -> None:
    if there:
        server.repositories["me/acts"] = Repository("me/acts", private=True)
    done = client.vstar_data("push", run, "me/acts", "--public")
    assert done.code == 0, done.err
    assert server.repositories["me/acts"].private is there
    assert ("is private and stays so" in done.err) is there
    assert "'circus' may be passed on is not known here" in done.err


def test_a_public_repository_is_named_as_such(server: HubServer, client: Session, run: Path) -> None:
    server.repositories["me/acts"] = Repository("me/acts", private=False)
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 0
    assert "me/acts is public: everybody can read" in done.err
    assert not server.repositories["me/acts"].private


@pytest.mark.parametrize("there", [False, True])
def test_annotations_that_must_not_be_passed_on_stay_private(
    server: HubServer, client: Session, run: Path, restate: Callable[..., None], there: bool
) -> None:
    restate(**FORBIDDEN)
    if there:
        server.repositories["me/acts"] = Repository("me/acts", private=False)
    before = server.state()
    done = client.vstar_data("push", run, "me/acts", *([] if there else ["--public"]))
    assert done.code == 2
    assert "'circus'" in done.err
    assert r"no redistribution\x1b" in done.err
    assert "--i-have-permission" in done.err
    assert server.state() == before
    assert there or not server.requests
    if not there:
        assert client.vstar_data("push", run, "me/acts").code == 0
        assert server.repositories["me/acts"].private


def test_a_claimed_permission_is_recorded(
    server: HubServer, client: Session, run: Path, restate: Callable[..., None]
) -> None:
    restate(**FORBIDDEN)
    words = ("push", run, "me/acts", "--public", "--i-have-permission")
    done = client.vstar_data(*words)
    assert done.code == 0, done.err
    pushed = _pushed(server.repositories["me/acts"])
    assert json.loads(pushed["manifest.json"])["permission"] == {"claimed": True, "sources": ["circus"]}
    assert b"permission of their owners: circus (licence: no redistribution" in pushed["README.md"]
    assert b"\x1b" not in pushed["README.md"]
    before = server.state()
    assert "already there" in client.vstar_data(*words).err
    assert server.state() == before


def test_videos_without_a_licence_are_not_pushed(server: HubServer, client: Session, run: Path) -> None:
    done = client.vstar_data("push", run, "me/acts", "--embed-videos")
    assert done.code == 2
    assert "none stated" in done.err
    assert not server.requests


@pytest.mark.parametrize(
    ("arguments", "token", "said"),
    [
        (["nowhere", "me/acts"], TOKEN, "There is no dataset here"),
        (["RUN", "acts"], TOKEN, "OWNER/NAME"),
        (["RUN", "me/acts", "--tag", "latest"], TOKEN, "vX.Y.Z"),
        (["RUN", "me/acts"], None, "hf auth login"),
        (["RUN", "me/acts"], "hf_\u00e4", "odd characters"),
    ],
)
def test_what_is_wrong_here_is_said_before_the_hub_is_asked(
    server: HubServer, client: Session, run: Path, arguments: list[str], token: str | None, said: str
) -> None:
    words = [str(run) if word == "RUN" else word for word in arguments]
    done = client.vstar_data("push", *words, token=token)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""
    assert not server.requests


@pytest.mark.parametrize(
    ("variables", "said"), [({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE"), ({"HF_ENDPOINT": "hub"}, "HF_ENDPOINT")]
)
def test_an_environment_without_a_hub(
    server: HubServer, run: Path, tmp_path: Path, variables: dict[str, str], said: str
) -> None:
    code = "from vstar_data.cli import main; main()"
    done = python(server, tmp_path, code, "push", str(run), "me/acts", **variables)
    assert done.returncode == 2
    assert f"where:    {said}" in done.stderr


def test_a_damaged_dataset_is_not_pushed(server: HubServer, client: Session, run: Path) -> None:
    (run / "dataset" / "README.md").write_text("mine")
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 2
    assert "vstar-data assemble" in done.err
    assert not server.requests


@pytest.mark.parametrize(
    ("token", "repository", "said"),
    [
        ("hf_token_of_nobody", "me/acts", "does not know the token"),
        ("hf_token_for_reading", "me/acts", "may not write there"),
        (TOKEN, "you/acts", "may not write there"),
        (TOKEN, "you/secret", "may not write there"),
    ],
)
def test_a_token_that_does_not_do(
    server: HubServer, client: Session, run: Path, token: str, repository: str, said: str
) -> None:
    server.accounts["hf_token_for_reading"] = Account("me", writes=False)
    server.repositories["you/secret"] = Repository("you/secret", private=True)
    done = client.vstar_data("push", run, repository, token=token)
    assert done.code == 1
    assert said in done.err
    assert token not in done.out + done.err
    assert list(server.repositories) == ["you/secret"]


def test_a_repository_that_the_token_may_not_see(server: HubServer, client: Session, run: Path) -> None:
    def hide(request: Request) -> None:
        if request.path == "/api/datasets/me/acts":
            raise Refused(404, "Repository not found", "RepoNotFound")

    server.repositories["me/acts"] = Repository("me/acts", private=True)
    server.before = hide
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 1
    assert "the token may not see it" in done.err
    assert len(server.repositories["me/acts"].commits) == 1


def test_no_error_shows_the_token(server: HubServer, client: Session, run: Path) -> None:
    def echo(request: Request) -> None:
        if "/commit/" in request.path:
            raise Refused(400, f"cannot read {request.headers['authorization']} of \x1b[31mme")

    server.before = echo
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 1
    assert "cannot read Bearer ***" in done.err
    assert TOKEN not in done.out + done.err
    assert "\x1b" not in done.err


def test_a_dataset_that_holds_the_token_is_not_pushed(
    server: HubServer, client: Session, run: Path, restate: Callable[..., None]
) -> None:
    restate(model=f"https://me:{TOKEN}@example.org/model")
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 2
    assert "holds your token" in done.err
    assert TOKEN not in done.err
    assert not server.requests


def test_the_token_goes_to_the_hub_alone(server: HubServer, client: Session, run: Path) -> None:
    client.vstar_data("push", run, "me/acts")
    elsewhere = [request for request, _ in server.requests if request.path.startswith("/storage/")]
    assert elsewhere
    assert not any("authorization" in request.headers for request in elsewhere)
    for file in server.repositories["me/acts"].head.files.values():
        assert TOKEN.encode() not in file.content


def test_a_silent_hub_does_not_keep_a_push_from_stopping(server: HubServer, run: Path, tmp_path: Path) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def wait(request: Request) -> None:
        if request.method == "PUT":
            asked.set()
            go_on.wait(30)

    server.before = wait
    words = [sys.executable, "-m", "vstar_data", "push", str(run), "me/acts"]
    process = subprocess.Popen(words, env=environment(server, tmp_path / "home"), cwd=ROOT, stderr=subprocess.PIPE)
    try:
        assert asked.wait(60)
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=10)
    finally:
        go_on.set()
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert b"run the same command again" in err
    assert server.repositories["me/acts"].tags == {}
