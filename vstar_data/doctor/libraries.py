"""Checks of Python and of the libraries: which versions, and whether they load."""

from __future__ import annotations

import importlib
import platform
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vstar_data.doctor.findings import Finding, note, ok, problem

_LEAST_PYTHON = (3, 11)
_NEEDED_PARTS = {
    "torch": ("torch.nn", "Linear"),
    "torchvision": ("torchvision.transforms", "Resize"),
    "transformers": ("transformers", "AutoModelForImageTextToText"),
    "datasets": ("datasets", "load_dataset"),
    "huggingface_hub": ("huggingface_hub", "HfApi"),
    "pyarrow": ("pyarrow.parquet", "ParquetFile"),
}
"""For each library a part of it that is used: one that loads only in part shows here."""


def python() -> Finding:
    """Looks at the interpreter."""
    found = f"{platform.python_version()} ({platform.python_implementation()}), {sys.executable or 'no executable'}"
    if sys.version_info[:2] < _LEAST_PYTHON:
        return problem("python", found, "install Python 3.11 or newer")
    return ok("python", found)


def itself() -> Finding:
    """Looks at this package and at what it requires: all of it there, and new enough; and whether a build loads."""
    from packaging.requirements import Requirement

    name = "vstar-data"
    try:
        found = version(name)
    except PackageNotFoundError:
        return problem(name, "the package is not installed, only its files are there", "pip install .")
    lacking = []
    for line in requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            held = version(wanted.name)
        except PackageNotFoundError:
            lacking.append(f"{wanted.name} is missing")
            continue
        if not wanted.specifier.contains(held, prereleases=True):
            lacking.append(f"{wanted.name} is {held}, wanted is {wanted.specifier}")
    place = Path(__file__).resolve().parents[1]
    if lacking:
        return problem(name, f"{found}; {'; '.join(lacking)}", "pip install --upgrade vstar-data")
    importlib.import_module("vstar_data.build")
    return ok(name, f"{found}, {place}")


def library(name: str) -> Finding:
    """Looks whether a library loads.

    Args:
        name: One of those with a part in `_NEEDED_PARTS`.
    """
    if find_spec(name) is None:
        return problem(name, "not installed", f"pip install {name.replace('_', '-')}")
    module, part = _NEEDED_PARTS[name]
    try:
        loaded: Any = importlib.import_module(module)
        getattr(loaded, part)
    except (Exception, SystemExit) as raised:
        return problem(name, f"does not load: {type(raised).__name__}: {raised}", _again(name))
    return ok(name, f"{_version(name)}{_build() if name == 'torch' else ''}")


def extra(name: str, package: str, used_for: str) -> Finding:
    """Looks whether an extra of this package is installed.

    Args:
        name: The name of the extra.
        package: The module that it brings.
        used_for: What it is for.
    """
    title = f"extra {name}"
    if find_spec(package) is None:
        return ok(title, "not installed", f"only for {used_for}: pip install 'vstar-data[{name}]'")
    return ok(title, f"{package} {_version(package)}")


def torch_build() -> str | None:
    """Returns what torch was built for: `CUDA 13.0`, `ROCm 6.4`; None for processors alone."""
    from torch import version as built

    for system, name in (("CUDA", "cuda"), ("ROCm", "hip")):
        if number := getattr(built, name, None):
            return f"{system} {number}"
    return None


def offline() -> Finding:
    """Looks whether the libraries were told to stay off the network."""
    import os

    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")
    set_ = [name for name in names if os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE")]
    if set_:
        return note("offline", f"{', '.join(set_)} set: nothing is fetched from the Hub", f"unset {' '.join(set_)}")
    return ok("offline", "no: models and datasets may be fetched from the Hub")


def _build() -> str:
    return f", built for {torch_build() or 'processors alone'}"


def _version(name: str) -> str:
    try:
        return version(name.replace("_", "-"))
    except PackageNotFoundError:
        return "of unknown version"


def _again(name: str) -> str:
    package = name.replace("_", "-")
    if name == "torchvision":
        return "torch and torchvision must fit together: pip install --force-reinstall torch torchvision"
    return f"pip install --force-reinstall {package}"
