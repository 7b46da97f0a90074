"""What an import costs and what it finds: heavy libraries wait until they are needed, and every module loads."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

import label_adapters
import vstar_data

HEAVY = ("torch", "transformers", "spacy", "datasets", "polars", "gradio", "ray", "pyarrow", "av", "numpy")

MODULES = sorted(
    module.name
    for package in (vstar_data, label_adapters)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
)


def _heavy_after(statements: str) -> list[str]:
    """Runs statements in a fresh interpreter and returns the heavy libraries it has loaded at its end."""
    script = (
        f"import atexit, sys\natexit.register(lambda: print(*[name for name in {HEAVY} if name in sys.modules],"
        f" file=sys.stderr))\n{statements}"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.split()


def test_the_measure_sees_a_heavy_library() -> None:
    assert _heavy_after("import numpy") == ["numpy"]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["verify", "--help"]], ids=lambda words: " ".join(words)
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert _heavy_after(f"sys.argv[1:] = {arguments}\nfrom vstar_data.cli import main\nmain()") == []


def test_the_package_imports_nothing_heavy() -> None:
    assert _heavy_after("import vstar_data") == []


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_and_exports_what_it_says(name: str) -> None:
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", [])
    assert [word for word in exported if not hasattr(module, word)] == []
    assert len(set(exported)) == len(exported)


def test_verify_is_offered_by_the_package() -> None:
    assert "verify" in vstar_data.__all__
    assert callable(vstar_data.verify)
