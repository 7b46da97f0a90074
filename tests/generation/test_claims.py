"""Claims on blocks: other processes are real ones here, other hosts are files that say so."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from vstar_data.errors import StorageError
from vstar_data.generation import claims as claims_module
from vstar_data.generation.claims import STALE_SECONDS, Claims, Holder

HOLD = """
import sys
from pathlib import Path
from vstar_data.generation.claims import Claims
with Claims(Path(sys.argv[1])) as claims:
    print(claims.take(0), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process on this host that holds block 0 of `tmp_path` until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def written(folder: Path, holder: Holder | bytes, age: float = 0.0) -> Path:
    path = folder / "00000.json"
    path.write_bytes(holder if isinstance(holder, bytes) else msgspec.json.encode(holder))
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_a_block_is_held_once(tmp_path: Path) -> None:
    with Claims(tmp_path) as claims:
        assert claims.take(0)
        assert not claims.take(0)
        assert claims.take(1)
        holder = claims.holder(0)
        assert holder is not None
        assert (holder.host, holder.pid) == (socket.gethostname(), os.getpid())
        assert claims.live_holder(0) is None
        claims.release(0)
        assert claims.holder(0) is None
        assert claims.take(0)
    assert list(tmp_path.iterdir()) == []


def test_another_process_is_refused_until_it_ends(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with Claims(tmp_path) as claims:
        assert not claims.take(0)
        assert claims.take(1)
        assert str(claims.live_holder(0)) == f"process {other.pid} on {socket.gethostname()}"
        other.communicate("\n", timeout=30)
        assert claims.live_holder(0) is None
        assert claims.take(0)


def test_the_claim_of_a_dead_process_is_taken_over_at_once(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with Claims(tmp_path) as claims:
        other.send_signal(signal.SIGKILL)
        other.wait(timeout=30)
        assert (tmp_path / "00000.json").exists()
        assert claims.live_holder(0) is None
        assert claims.take(0)
        holder = claims.holder(0)
        assert holder is not None
        assert holder.pid == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_was_killed_and_not_waited_for_is_dead(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    with Claims(tmp_path) as claims:
        assert claims.take(0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process was started")
def test_a_later_process_of_the_same_number_is_another(tmp_path: Path) -> None:
    written(tmp_path, Holder(host=socket.gethostname(), pid=os.getpid(), started="1"))
    with Claims(tmp_path) as claims:
        assert claims.live_holder(0) is None
        assert claims.take(0)


@pytest.mark.parametrize(("age", "taken"), [(0.0, False), (STALE_SECONDS - 10, False), (STALE_SECONDS + 5, True)])
def test_another_host_is_waited_for_a_minute(age: float, taken: bool, tmp_path: Path) -> None:
    assert STALE_SECONDS == 60
    holder = Holder(host="elsewhere", pid=os.getpid(), started="1")
    written(tmp_path, holder, age)
    with Claims(tmp_path) as claims:
        assert (claims.live_holder(0) == holder) is not taken
        assert claims.take(0) is taken
    assert (tmp_path / "00000.json").exists() is not taken


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"host": 3}'])
def test_a_claim_without_a_name_may_be_just_being_written(content: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    with Claims(tmp_path) as claims:
        assert not claims.take(0)
        os.utime(path, (time.time() - STALE_SECONDS - 5,) * 2)
        assert claims.take(0)


def test_a_heartbeat_keeps_a_claim_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_module, "HEARTBEAT_SECONDS", 0.02)
    with Claims(tmp_path) as claims:
        claims.take(0)
        path = tmp_path / "00000.json"
        os.utime(path, (1.0, 1.0))
        deadline = time.monotonic() + 10
        while path.stat().st_mtime < time.time() - 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert path.stat().st_mtime > time.time() - 5
    assert not path.exists()


def test_a_claim_that_another_took_over_stays(tmp_path: Path) -> None:
    holder = Holder(host="elsewhere", pid=1)
    with Claims(tmp_path) as claims:
        claims.take(0)
        claims.take(1)
        written(tmp_path, holder)
        claims.release(0)
        assert claims.holder(0) == holder
    assert [path.name for path in tmp_path.iterdir()] == ["00000.json"]


def test_claims_are_given_back_when_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Claims(tmp_path) as claims:  # noqa: PT012
        claims.take(0)
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_of_many_that_take_over_one_claim_one_gets_it(tmp_path: Path) -> None:
    for _ in range(20):
        written(tmp_path, Holder(host="elsewhere", pid=1), STALE_SECONDS + 5)
        takers = [Claims(tmp_path) for _ in range(4)]
        start, taken = threading.Barrier(4), []

        def take(claims: Claims, start: threading.Barrier = start, taken: list[Claims] = taken) -> None:
            start.wait()
            if claims.take(0):
                taken.append(claims)

        threads = [threading.Thread(target=take, args=(claims,)) for claims in takers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) == 1
        taken[0].__exit__(None, None, None)


def test_a_full_disk_leaves_no_claim_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    with Claims(tmp_path) as claims:
        monkeypatch.setattr(os, "write", refuse)
        with pytest.raises(StorageError, match="No space left"):
            claims.take(0)
        monkeypatch.undo()
        assert claims.take(0)


def test_a_folder_that_cannot_be_made_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "claims").touch()
    with pytest.raises(StorageError) as caught:
        Claims(tmp_path / "claims").take(0)
    assert caught.value.where == str(tmp_path / "claims" / "00000.json")
