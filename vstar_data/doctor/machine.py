"""Checks of the machine: cores, memory, free disk, folders that can be written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from vstar_data.doctor.findings import Finding, note, ok, problem
from vstar_data.verification.workers import available_cores

_GIB = 2**30
_DEMO_MEMORY = 2 * _GIB
_DEMO_DISK = _GIB // 10
_LITTLE_DISK = 5 * _GIB


def cores() -> Finding:
    """Looks how many cores this process may use."""
    number, all_ = available_cores(), os.cpu_count() or 1
    found = f"{number}" + (f" of {all_}" if number < all_ else "")
    return ok("cores", found)


def memory() -> Finding:
    """Looks how much memory is free; a limit of the container counts."""
    whole, free = _memory()
    if whole is None:
        return ok("memory", "this system does not tell")
    found = f"{whole / _GIB:.1f} GiB" + ("" if free is None else f", {free / _GIB:.1f} free")
    if (whole if free is None else free) < _DEMO_MEMORY:
        return note("memory", found, "the demo takes about 1 GiB: close other programs if it is killed")
    return ok("memory", found)


def disk(name: str, folder: Callable[[], Path], needed: int = _DEMO_DISK) -> Finding:
    """Looks whether a folder can be written and how much room there is.

    Args:
        name: What the folder is called.
        folder: Returns it; it need not exist yet.
        needed: Bytes below which nothing can be done.
    """
    path = folder()
    # Where a folder does not exist, the nearest above it says whether it can be made.
    place = next((each for each in (path, *path.absolute().parents) if each.exists()), path)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"x")
        free = shutil.disk_usage(place).free
    except OSError as raised:
        return problem(name, f"{path} cannot be written: {raised.strerror or raised}", _elsewhere(name))
    found = f"{path}: {free / _GIB:.1f} GiB free"
    if free < needed:
        return problem(name, found, _elsewhere(name))
    if free < _LITTLE_DISK:
        return note(name, found, "little room for models and videos: " + _elsewhere(name))
    return ok(name, found)


def hub_cache() -> Path:
    """Returns where models and datasets of the Hub are kept."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE)


def data_root() -> Finding:
    """Looks at VSTAR_DATA_ROOT."""
    from vstar_data.recipe.loading import DATA_ROOT, packaged_recipes

    given = os.environ.get(DATA_ROOT)
    if not given:
        return ok(
            DATA_ROOT, "not set", "it names a folder <root>/<recipe>/annotations and videos, so that no paths are given"
        )
    root = Path(given)
    if not root.is_dir():
        return note(DATA_ROOT, f"{given} is no folder", f"make it, or unset {DATA_ROOT}")
    here = [name for name in packaged_recipes() if (root / name).is_dir()]
    return ok(DATA_ROOT, f"{given}: {', '.join(here) if here else 'no folder of a packaged recipe'}")


def _elsewhere(name: str) -> str:
    return {
        "working folder": "run from another folder, or give --out",
        "hub cache": "set HF_HOME to a folder on a disk with room",
        "temporary files": "set TMPDIR to a folder on a disk with room",
    }.get(name, "free the disk")


def _memory() -> tuple[int | None, int | None]:
    """Returns all memory and what is free of it in bytes, as far as the system tells."""
    told: dict[str, int] = {}
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(":")
            told[name] = int(value.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    whole, free = told.get("MemTotal"), told.get("MemAvailable")
    if whole is None:
        try:
            whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (ValueError, OSError):
            return None, None
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return whole, free
    return min(whole, limit), limit - used if free is None else min(free, limit - used)
