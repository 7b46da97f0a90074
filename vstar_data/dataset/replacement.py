"""Replaces a folder by a new one: whoever looks never sees a part of either.

The new one is made beside the old one, synchronised to disk and swapped in by two renames, between which there is no
folder. Several processes may do so at once: the last one wins. What a killed process left is removed by the next one.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vstar_data.files import storage_error, sync_folder

_ABANDONED_SECONDS = 86_400.0


@contextmanager
def replacement(destination: Path) -> Iterator[Path]:
    """Gives an empty folder to fill, which then replaces `destination`.

    Where the new content is the old one to the byte, the old folder stays untouched. When the body fails, it stays
    too.

    Args:
        destination: The folder to make or replace; a link to a folder is followed.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
    """
    destination = Path(os.path.realpath(destination))
    new, old = _beside(destination, "new"), _beside(destination, "old")
    try:
        if destination.exists() and not destination.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(destination))
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        _tidy(destination, new)
        yield new
        if not _same(new, destination):
            _synchronise(new)
            _swap(new, old, destination)
    except OSError as problem:
        raise storage_error("Cannot write the dataset.", Path(problem.filename or destination), problem) from problem
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _beside(destination: Path, role: str) -> Path:
    return destination.with_name(f".{destination.name}.{socket.gethostname()}.{os.getpid()}.{role}")


def _swap(new: Path, old: Path, destination: Path) -> None:
    """Renames the old folder away and the new one in; begins again when another process was quicker."""
    while True:
        with suppress(FileNotFoundError):
            os.rename(destination, old)
        try:
            os.rename(new, destination)
            break
        except OSError:
            if not destination.exists():
                with suppress(FileNotFoundError):
                    os.rename(old, destination)
                raise
        finally:
            shutil.rmtree(old, ignore_errors=True)
    sync_folder(destination.parent)


def _tidy(destination: Path, new: Path) -> None:
    """Removes what killed processes left; puts the old folder back where one was killed between two renames."""
    now = new.stat().st_mtime
    prefix = f".{destination.name}."
    for leftover in sorted(destination.parent.glob(f"{prefix}*.*.*")):
        host, _, rest = leftover.name.removeprefix(prefix).rpartition(".")[0].rpartition(".")
        role = leftover.suffix
        if leftover == new or role not in (".new", ".old") or not rest.isdecimal() or not leftover.is_dir():
            continue
        gone = host == socket.gethostname() and not _runs(int(rest))
        if not gone and now - leftover.stat().st_mtime < _ABANDONED_SECONDS:
            continue
        if role == ".old" and not destination.exists():
            os.rename(leftover, destination)
        else:
            shutil.rmtree(leftover, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes; one that is swapped away meanwhile does not."""
    filecmp.clear_cache()
    names = _files(one)
    try:
        return names == _files(other) and all(filecmp.cmp(one / name, other / name, shallow=False) for name in names)
    except FileNotFoundError:
        return False


def _files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())


def _synchronise(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
