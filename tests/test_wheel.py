"""What is in the wheel: the packages, the recipes and the demo's model, and nothing of the repository around them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vstar_data.adapters import discovered

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_packages_recipes_and_model(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = [
        path.relative_to(ROOT).as_posix()
        for package in ("vstar_data", "label_adapters")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    recipes = [f"vstar_data/recipes/{path.name}" for path in (ROOT / "recipes").iterdir() if path.suffix == ".yaml"]
    assert {"vstar_data/py.typed", "vstar_data/demo/model/config.json"} <= names
    assert {f"vstar_data/verification/lexicon/{name}" for name in ("LICENSE", "nouns.tsv", "verbs.tsv")} <= names
    assert any(name.endswith(".dist-info/licenses/vstar_data/verification/lexicon/LICENSE") for name in names)
    assert "vstar_data/recipes/demo.yaml" in recipes
    assert set(sources) | set(recipes) <= names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"vstar_data", "label_adapters"}
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "__pycache__" in name or name.endswith(".pyc")]


def test_the_unpacked_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "import vstar_data, label_adapters\n"
        "from vstar_data.adapters import discovered\n"
        "from vstar_data.recipe.loading import load_recipe\n"
        "print(vstar_data.__file__, load_recipe('demo').name, sorted(discovered().by_name), discovered().broken)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path / "site"))
    assert f"demo {sorted(discovered().by_name)} {{}}" in done.stdout
