"""A folder replaced whole or not at all, also under kills and under several writers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from vstar_data.dataset import write_dataset
from vstar_data.dataset.replacement import replacement
from vstar_data.errors import StorageError

ROOT = Path(__file__).resolve().parents[2]


def put(destination: Path, text: str) -> None:
    with replacement(destination) as folder:
        (folder / "file.txt").write_text(text)


def interrupted(destination: Path) -> None:
    with replacement(destination) as folder:
        (folder / "file.txt").write_text("half")
        raise KeyboardInterrupt


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_folder_is_made_and_replaced(tmp_path: Path) -> None:
    destination = tmp_path / "runs" / "dataset"
    put(destination, "one")
    put(destination, "two")
    assert (destination / "file.txt").read_text() == "two"
    assert list(destination.parent.iterdir()) == [destination]


def test_the_same_content_leaves_the_old_folder_in_place(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    put(destination, "one")
    before = destination.stat().st_ino, (destination / "file.txt").stat().st_mtime_ns
    put(destination, "one")
    assert (destination.stat().st_ino, (destination / "file.txt").stat().st_mtime_ns) == before
    (destination / "file.txt").write_text("eno")
    put(destination, "one")
    assert (destination / "file.txt").read_text() == "one"


def test_a_failing_body_leaves_the_old_folder(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    put(destination, "one")
    with pytest.raises(KeyboardInterrupt):
        interrupted(destination)
    assert (destination / "file.txt").read_text() == "one"
    assert list(tmp_path.iterdir()) == [destination]


def test_leftovers_of_killed_processes_are_removed_and_those_of_others_stay(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    put(destination, "one")
    host = socket.gethostname()
    dead = tmp_path / f".dataset.{host}.{dead_pid()}.new"
    alive = tmp_path / f".dataset.{host}.{os.getppid()}.new"
    elsewhere = tmp_path / ".dataset.another.host.example.7.new"
    forgotten = tmp_path / ".dataset.another.host.example.8.old"
    foreign = tmp_path / ".dataset.notes.txt"
    for folder in (dead, alive, elsewhere, forgotten, foreign):
        folder.mkdir()
    os.utime(forgotten, (0, 0))
    put(destination, "two")
    assert {path for path in tmp_path.iterdir()} == {destination, alive, elsewhere, foreign}


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    put(destination, "one")
    destination.rename(tmp_path / f".dataset.{socket.gethostname()}.{dead_pid()}.old")
    with pytest.raises(KeyError), replacement(destination):
        raise KeyError
    assert (destination / "file.txt").read_text() == "one"
    assert list(tmp_path.iterdir()) == [destination]


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "real", "one")
    (tmp_path / "dataset").symlink_to(tmp_path / "real")
    put(tmp_path / "dataset", "two")
    assert (tmp_path / "dataset").is_symlink()
    assert (tmp_path / "real" / "file.txt").read_text() == "two"


@pytest.mark.parametrize("place", ["file", "file/dataset"])
def test_a_file_in_the_way_is_an_error_that_names_it(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("precious")
    with pytest.raises(StorageError, match="file"):
        put(tmp_path / place, "one")
    assert (tmp_path / "file").read_text() == "precious"


KILLED = """
import sys, time
from pathlib import Path
from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from vstar_data.dataset import write_dataset

def stalling():
    yield from JUDGED[:4]
    print("stalled", flush=True)
    time.sleep(60)

write_dataset(Path(sys.argv[1]), clips=CLIPS, unusable=UNUSABLE, judged=stalling(), provenance=PROVENANCE)
"""


def test_a_killed_writer_leaves_the_old_dataset_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    write_dataset(destination, clips=CLIPS, unusable=[], judged=JUDGED, provenance=PROVENANCE)
    before = contents(destination)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(destination)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stalled\n"
        process.send_signal(signal.SIGKILL)
    assert contents(destination) == before
    assert len(list(tmp_path.iterdir())) == 2
    write_dataset(destination, clips=CLIPS, unusable=UNUSABLE, judged=JUDGED, provenance=PROVENANCE)
    assert list(tmp_path.iterdir()) == [destination]
    assert contents(destination) != before


RACING = """
import sys
from pathlib import Path
from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
from vstar_data.dataset import write_dataset

for turn in range(6):
    write_dataset(
        Path(sys.argv[1]), clips=CLIPS, unusable=UNUSABLE, provenance=PROVENANCE,
        judged=JUDGED[(turn + int(sys.argv[2])) % 3 :],
    )
"""


def test_writers_that_race_leave_one_whole_dataset(tmp_path: Path) -> None:
    destination = tmp_path / "dataset"
    racers = [
        subprocess.Popen([sys.executable, "-c", RACING, str(destination), str(number)], cwd=ROOT) for number in range(3)
    ]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0, 0]
    assert list(tmp_path.iterdir()) == [destination]
    listed = json.loads((destination / "manifest.json").read_bytes())["files"]
    found = {name: sha256(content).hexdigest() for name, content in contents(destination).items()}
    del found["manifest.json"]
    assert found == {name: file["sha256"] for name, file in listed.items()}


FULL = """
import resource, sys
from pathlib import Path
from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE
from vstar_data.dataset import write_dataset
from vstar_data.errors import StorageError

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    write_dataset(Path(sys.argv[1]), clips=CLIPS, unusable=[], judged=JUDGED * 1, provenance=PROVENANCE)
except StorageError as error:
    sys.stdout.write(str(error))
"""


@pytest.mark.parametrize("limit", [2, 1_000, 12_000])
def test_a_disk_that_refuses_is_an_error_and_leaves_the_old_dataset(tmp_path: Path, limit: int) -> None:
    destination = tmp_path / "dataset"
    put(destination, "old")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FULL, str(destination), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Cannot write the dataset.")
    assert contents(destination) == {"file.txt": b"old"}
    assert list(tmp_path.iterdir()) == [destination]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
