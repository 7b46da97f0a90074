"""Environments of their own for the tools that read our data, and the way a script of this folder runs in one.

A script here has two halves. Its first, in the project's environment, writes exports of a run with `vstar-data`. Its
second, in the tool's environment, loads them with the tool. Environments are made once, in the user's cache, and
used again: `~/.cache/vstar-data/outside/NAME`. Nothing here is part of the test suite; nothing here imports more than
the standard library, as both halves import it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def main(
    name: str, requirements: Sequence[str], export: Callable[[Path, Path], None], load: Callable[[Path], None]
) -> None:
    """Runs a script: exports a run into a folder that is thrown away, then loads that folder with the tool.

    Args:
        name: The name of the environment.
        requirements: What pip installs there; see `python_of`.
        export: Called here with the run and the folder to fill.
        load: Called in the tool's environment with the folder; raises where something is not as it should be.
    """
    script = Path(sys.argv[0]).resolve()
    parser = argparse.ArgumentParser(description=f"Loads what vstar-data writes with {name}.")
    parser.add_argument("run", nargs="?", type=Path, default=PROJECT / "runs" / "demo", help="a finished run")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside is not None:
        load(chosen.inside)
        return
    python = python_of(name, requirements)
    with tempfile.TemporaryDirectory(prefix=f"vstar-data-{name}-") as folder:
        export(chosen.run.resolve(), Path(folder))
        command = [str(python), str(script), "--inside", folder]
        sys.exit(subprocess.run(command, cwd=folder, env=_offline()).returncode)


def python_of(name: str, requirements: Sequence[str]) -> Path:
    """Returns the interpreter of an environment, which is made where it is not there as wanted.

    Args:
        name: Its name.
        requirements: What pip installs in it, as on its command line.
    """
    folder = _cache() / name
    python, installed = folder / "bin" / "python", folder / "installed.txt"
    wanted = "\n".join(requirements)
    if not installed.is_file() or installed.read_text() != wanted:
        print(f"{folder}: installing {', '.join(requirements)}", flush=True)
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *requirements], check=True)
        installed.write_text(wanted)
    return python


def checkout(url: str, commit: str, *parts: str) -> Path:
    """Returns a folder with the code of a repository that pip cannot install, which is fetched where it is not there.

    Args:
        url: Where git finds it.
        commit: Which version.
        parts: Which of its folders.
    """
    folder = _cache() / f"{url.rstrip('/').rpartition('/')[2]}-{commit[:12]}"
    if not (folder / ".complete").is_file():
        git = ["git", "-C", str(folder)]
        if not (folder / ".git").is_dir():
            subprocess.run(["git", "clone", "--quiet", "--no-checkout", url, str(folder)], check=True)
        subprocess.run([*git, "checkout", "--quiet", commit, "--", *parts], check=True)
        (folder / ".complete").touch()
    return folder


def vstar_data(*arguments: object) -> None:
    """Runs the command line of the project, and ends with it where it fails."""
    subprocess.run([sys.executable, "-m", "vstar_data", *map(str, arguments)], check=True)


def versions(*packages: str) -> None:
    """Prints the versions of packages, for the table in the documentation."""
    from importlib.metadata import version

    print("with " + ", ".join(f"{package} {version(package)}" for package in packages))


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vstar-data" / "outside"


def _offline() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
