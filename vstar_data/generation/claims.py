"""Claims: a process that works on a block says so in a file, so that others pass the block over.

Claims save work; correctness does not rest on them (completions of one key are merged whoever made them).
"""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path
from types import TracebackType

import msgspec

from vstar_data.files import alone_in, storage_error

HEARTBEAT_SECONDS = 10.0
STALE_SECONDS = 60.0


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """The process that holds a claim. `started` tells a process from a later one with the same number."""

    host: str
    pid: int
    started: str = ""

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


class Claims:
    """The claims of one process on the blocks of a run.

    A claim whose process is gone is taken over: at once on this host, after 60 s without a heartbeat elsewhere.

    Args:
        folder: Where claim files lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._holder = Holder(host=socket.gethostname(), pid=os.getpid(), started=_started(os.getpid()))
        self._held: set[Path] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self, block: int) -> bool:
        """Claims a block; False when another live process holds it.

        Raises:
            StorageError: The folder cannot be written.
        """
        path = self._path(block)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # One at a time looks at a claim and takes it over: else two could, one from the other.
            with alone_in(self.folder):
                if not self._create(path):
                    if _alive(self.holder(block), path):
                        return False
                    path.unlink(missing_ok=True)
                    if not self._create(path):
                        return False
        except OSError as problem:
            raise storage_error("Cannot claim a block of work.", path, problem) from None
        self._held.add(path)
        if self._thread is None:
            self._thread = threading.Thread(target=self._beat, name="claims", daemon=True)
            self._thread.start()
        return True

    def release(self, block: int) -> None:
        """Gives a block back."""
        self._give_back(self._path(block))

    def holder(self, block: int) -> Holder | None:
        """Returns who holds a block, or None where nobody does or the file is unreadable."""
        return _named_in(self._path(block))

    def live_holder(self, block: int) -> Holder | None:
        """Returns the holder of a block if it is another process that still works."""
        holder = self.holder(block)
        return holder if holder and holder != self._holder and _alive(holder, self._path(block)) else None

    def __enter__(self) -> Claims:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for path in list(self._held):
            self._give_back(path)

    def _path(self, block: int) -> Path:
        return self.folder / f"{block:05d}.json"

    def _create(self, path: Path) -> bool:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            return False
        try:
            os.write(descriptor, msgspec.json.encode(self._holder))
        except OSError:
            # Without a name in it, nobody could tell that its process is gone.
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        return True

    def _give_back(self, path: Path) -> None:
        self._held.discard(path)
        if _named_in(path) == self._holder:
            path.unlink(missing_ok=True)

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            for path in list(self._held):
                try:
                    os.utime(path)
                except FileNotFoundError:
                    self._held.discard(path)
                except OSError:
                    continue


def _named_in(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _alive(holder: Holder | None, path: Path) -> bool:
    """Whether the holder of a claim still works. A claim without a readable name may be just being written."""
    if holder and holder.host == socket.gethostname():
        return _started(holder.pid) == holder.started if holder.started else _exists(holder.pid)
    try:
        return time.time() - path.stat().st_mtime < STALE_SECONDS
    except FileNotFoundError:
        return False


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """Returns the start time of a process in clock ticks since boot, or "" where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
