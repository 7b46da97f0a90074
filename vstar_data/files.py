"""Writing that survives a crash: appends that are synced, files that appear whole or not at all. Nothing else."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vstar_data.errors import StorageError

_HELD_BACK = (signal.SIGINT, signal.SIGTERM)


def append_lines(path: Path, lines: list[bytes]) -> None:
    """Appends lines to a file: one write, one fsync. Signals wait until both are done.

    Args:
        path: The file; it is made if absent, its folder must exist.
        lines: Lines without their newline.

    Raises:
        StorageError: The disk refuses (full, read-only, gone).
    """
    text = b"".join(line + b"\n" for line in lines)
    try:
        with _uninterrupted():
            made = not path.exists()
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                if not made and _lacks_newline(path):
                    text = b"\n" + text
                written = os.write(descriptor, text)
                while written < len(text):
                    written += os.write(descriptor, text[written:])
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if made:
                sync_folder(path.parent)
    except OSError as problem:
        raise storage_error("Cannot append to a file.", path, problem) from None


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: temporary file in the same folder, fsync, rename.

    Raises:
        StorageError: The disk refuses.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            written = 0
            while written < len(content):
                written += os.write(descriptor, content[written:])
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as problem:
        raise storage_error("Cannot write a file.", path, problem) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable. File systems that cannot sync a folder are left alone."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps other processes that ask for the same folder waiting meanwhile, where the file system can.

    Raises:
        OSError: The folder cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def storage_error(what: str, path: Path, problem: OSError) -> StorageError:
    """Returns the error for a disk that refused, with the reason in the system's words."""
    return StorageError(
        what, where=str(path), found=problem.strerror or str(problem), mend="free the disk or choose another --out"
    )


def _lacks_newline(path: Path) -> bool:
    """Whether a crash left a line unfinished at the end of the file."""
    with open(path, "rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds back SIGINT and SIGTERM, so that a batch is written whole before the run stops.

    Blocking them for this thread would not do: another thread would take them, and their handlers run in the main one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, frame: came.append(number)) for number in _HELD_BACK}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        if came:
            signal.raise_signal(came[0])
