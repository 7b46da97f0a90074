"""Writing that survives a crash: torn lines, refusing disks, signals that come in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vstar_data.errors import StorageError
from vstar_data.files import alone_in, append_lines, write_whole


def test_lines_are_appended_in_order(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    append_lines(path, [b"one", b"two"])
    append_lines(path, [b"three"])
    assert path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_line_after_a_torn_one_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'one\n{"torn": "h')
    append_lines(path, [b"two"])
    assert path.read_bytes().split(b"\n") == [b"one", b'{"torn": "h', b"two", b""]


def test_no_empty_line_after_a_whole_one_or_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.touch()
    append_lines(path, [b"one"])
    append_lines(path, [b"two"])
    assert path.read_bytes() == b"one\ntwo\n"


def test_a_batch_is_one_write_and_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[bytes] = []
    synced: list[int] = []
    write, fsync = os.write, os.fsync

    def counted_write(descriptor: int, data: Any) -> int:
        writes.append(bytes(data))
        return write(descriptor, data)

    def counted_fsync(descriptor: int) -> None:
        synced.append(len(writes))
        fsync(descriptor)

    monkeypatch.setattr(os, "write", counted_write)
    monkeypatch.setattr(os, "fsync", counted_fsync)
    append_lines(tmp_path / "lines.jsonl", [b"one", b"two", b"three"])
    assert writes == [b"one\ntwo\nthree\n"]
    assert synced == [1, 1], "the file, and the folder in which it is new"
    append_lines(tmp_path / "lines.jsonl", [b"four"])
    assert synced == [1, 1, 2]


def test_a_write_that_is_cut_short_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:3]))
    append_lines(tmp_path / "lines.jsonl", [b"a long line"])
    write_whole(tmp_path / "whole", b"a long text")
    assert (tmp_path / "lines.jsonl").read_bytes() == b"a long line\n"
    assert (tmp_path / "whole").read_bytes() == b"a long text"


def test_appending_below_a_file_is_an_error_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as caught:
        append_lines(tmp_path / "file" / "lines.jsonl", [b"one"])
    assert caught.value.where == str(tmp_path / "file" / "lines.jsonl")
    assert caught.value.exit_code == 1
    assert caught.value.mend


def test_a_file_is_replaced_whole_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_whole(path, b"old, and much longer than the new")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["file.txt"]


@pytest.mark.parametrize("call", ["replace", "fsync", "write"])
def test_the_old_file_stays_when_the_disk_refuses(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    write_whole(path, b"old")

    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(StorageError) as caught:
        write_whole(path, b"new")
    assert caught.value.found == "No space left on device"
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.txt"]


def test_writing_below_a_file_is_an_error_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(StorageError) as caught:
        write_whole(tmp_path / "file" / "inside.txt", b"new")
    assert caught.value.where == str(tmp_path / "file" / "inside.txt")
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_nothing_is_left_when_writing_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file.txt", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_waits_until_the_batch_is_written(number: signal.Signals, tmp_path: Path) -> None:
    # The signal comes before the first part of the batch is written; a build has other threads that may take it.
    program = f"""
import os, signal, sys, threading, time
from pathlib import Path
from vstar_data.files import append_lines
threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
signal.signal({int(number)}, lambda *_: sys.exit(7))
write = os.write
def slow(descriptor, data):
    os.kill(os.getpid(), {int(number)})
    time.sleep(0.02)
    return write(descriptor, data[:5])
os.write = slow
append_lines(Path(sys.argv[1]), [b"first", b"second"])
sys.exit(1)
"""
    path = tmp_path / "lines.jsonl"
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=30)
    assert done.returncode == 7
    assert path.read_bytes() == b"first\nsecond\n"


def test_handlers_of_signals_are_left_as_they_were(tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    append_lines(tmp_path / "lines.jsonl", [b"one"])
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_one_process_at_a_time_is_alone_in_a_folder(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from vstar_data.files import alone_in, append_lines
folder = Path(sys.argv[1])
for _ in range(20):
    with alone_in(folder):
        count = int((folder / "count").read_text())
        (folder / "count").write_text(str(count + 1))
"""
    (tmp_path / "count").write_text("0")
    with alone_in(tmp_path):
        processes = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(3)]
    assert [process.wait(timeout=30) for process in processes] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "60"
