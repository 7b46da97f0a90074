"""A failure at each of a push's requests in turn: nothing half published, and a rerun ends where a smooth push does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE
from tests.hub.faults import Failure, Fault
from tests.hub.server import HubServer
from tests.hub.session import Session
from vstar_data.dataset import write_dataset

FOR_GOOD = 10**6


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A run of two Parquet files, so that a push has few requests."""
    run = tmp_path / "run"
    write_dataset(run / "dataset", clips=CLIPS[:1], unusable=[], judged=JUDGED[1:2], provenance=PROVENANCE)
    return run


def _smooth(server: HubServer, client: Session, run: Path) -> dict[str, Any]:
    done = client.vstar_data("push", run, "me/acts")
    assert done.code == 0, done.err
    return server.state()


def _whole(server: HubServer, smooth: dict[str, Any]) -> bool:
    """Whether there is nothing of the version, or all its files, and no tag but on all of them."""
    if not (there := server.state()):
        return True
    (repository,), (wanted,) = there.values(), smooth.values()
    bare = repository["files"].keys() == {".gitattributes"}
    return (bare and not repository["tags"]) or repository["files"] == wanted["files"]


PASSING = [Failure.ERROR, Failure.LATE_ERROR, Failure.TOO_MANY, Failure.CUT_WITHIN]
ENDING = [Failure.CUT_BEFORE, Failure.CUT_AFTER]


@pytest.mark.parametrize(
    ("failure", "then"),
    [*((failure, None) for failure in PASSING), *((failure, Failure.CUT_BEFORE) for failure in ENDING)],
    ids=lambda failure: str(failure) if failure else "once",
)
def test_a_rerun_after_a_failure_at_any_request_ends_alike(
    server: HubServer, client: Session, small: Path, failure: Failure, then: Failure | None
) -> None:
    smooth = _smooth(server, client, small)
    requests, at = len(server.requests), 1
    while True:
        server.forget()
        server.fault = fault = Fault(failure, at, then=then)
        done = client.push(small, "me/acts")
        lost = then is not None and fault.met and not (fault.met == 1 and at == requests)
        assert done.code == (1 if lost else 0), (at, done.err)
        assert _whole(server, smooth)
        if lost:
            server.fault = None
            again = client.push(small, "me/acts")
            assert again.code == 0, (at, again.err)
        assert server.state() == smooth
        if not fault.met:
            break
        at += 1
    assert at > requests


def test_the_hub_is_given_the_time_that_it_asks_for(server: HubServer, client: Session, small: Path) -> None:
    server.fault = Fault(Failure.TOO_MANY, at=1, times=2, retry_after=17)
    done = client.vstar_data("push", small, "me/acts")
    assert done.code == 0, done.err
    assert done.waits == (17, 17)
    assert "asks to wait 17 s" in done.err
    assert "trying again in 17 s" in done.err


def test_a_wait_in_the_middle_of_an_upload(server: HubServer, client: Session, small: Path) -> None:
    _smooth(server, client, small)
    upload = next(number for number, (request, _) in enumerate(server.requests, 1) if request.method == "PUT")
    server.forget()
    server.fault = Fault(Failure.TOO_MANY, at=upload, retry_after=17)
    done = client.vstar_data("push", small, "me/acts")
    assert done.code == 0, done.err
    assert sum(done.waits) >= 17
    assert "asks to wait 17 s" in done.err


@pytest.mark.parametrize("at", [1, "PUT", "/commit/"])
def test_a_long_wait_is_left_to_the_user(server: HubServer, client: Session, small: Path, at: int | str) -> None:
    _smooth(server, client, small)
    if isinstance(at, str):
        lines = [f"{request.method} {request.path}" for request, _ in server.requests]
        at = next(number for number, line in enumerate(lines, 1) if at in line)
    server.forget()
    server.fault = Fault(Failure.TOO_MANY, at=at, times=FOR_GOOD, retry_after=3600)
    done = client.vstar_data("push", small, "me/acts")
    assert done.code == 1
    assert "3600 s" in done.err
    assert sum(done.waits) < 60


def test_a_hub_that_is_not_there(server: HubServer, client: Session, small: Path) -> None:
    server.fault = Fault(Failure.CUT_BEFORE, times=FOR_GOOD)
    done = client.vstar_data("push", small, "me/acts")
    assert done.code == 1
    assert "run the same command again" in done.err
    assert 0 < sum(done.waits) < 60
