"""`vstar-data adapters new`: writes a working start for an adapter of one's own, as files or as a package."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from vstar_data.errors import UsageError

_TEMPLATES = Path(__file__).parent / "templates"
_TAKEN = {"vstar_data", "label_adapters", "conftest", "setup"}

_IMPORT_BY_FILE = """\
from vstar_data.adapters import make_adapter
from vstar_data.records import ClassLabel, Clip, Skipped
from vstar_data.testing import AdapterConformance"""

_IMPORT_FROM_PACKAGE = """\
from vstar_data.records import ClassLabel, Clip, Skipped
from vstar_data.testing import AdapterConformance

from {package}.adapter import {kind}"""

_NEXT = """
In {folder}, this works as it stands:

  pytest test_{name}.py
  vstar-data adapters check {name} --adapter {name}.py --annotations sample.csv
  vstar-data build {name}.yaml --adapter {name}.py --dry-run

Next: put a few rows of your own into sample.csv, make {name}.py read them, and run these again.
"""

_NEXT_OF_PACKAGE = """
In {folder}, this works as it stands:

  pytest
  pip install -e .
  vstar-data adapters check {name} --annotations tests/sample.csv
  vstar-data build {name}.yaml --dry-run

Next: put a few rows of your own into tests/sample.csv, make src/{package}/adapter.py read them, and run these again.
"""


def command(
    name: Annotated[str, typer.Argument(help="Name of the adapter: what recipes call it, and its file.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder to write into. Default: this one; a package gets one of its own.")
    ] = None,
    package: Annotated[bool, typer.Option("--package", help="Write a package that can be installed.")] = False,
) -> None:
    """Writes a start for an adapter: the adapter, its test, a recipe and a small CSV that all of them read.

    Nothing is overwritten. With --package, the same as a package that offers the adapter wherever it is installed.

    Example: vstar-data adapters new birds
    """
    _check_name(name)
    folder = out if out is not None else Path(_project_name(name) if package else ".")
    files = _package_files(name) if package else _plain_files(name)
    _write(folder, files)
    text = _NEXT_OF_PACKAGE if package else _NEXT
    typer.echo("\n".join(f"wrote {folder / path}" for path in files))
    typer.echo(text.format(folder=folder.resolve(), name=name, package=_package_name(name)), nl=False)


def _check_name(name: str) -> None:
    from vstar_data.adapters import discovered

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or keyword.iskeyword(name) or keyword.issoftkeyword(name):
        expected = "letters, digits and underscores, a letter first, and no word of Python"
        suggestion = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_0123456789")
        mend = f"say, {suggestion}" if suggestion.isidentifier() and not keyword.iskeyword(suggestion) else None
        raise UsageError("No adapter can be called so.", where="NAME", expected=expected, found=name, mend=mend)
    if name in sys.stdlib_module_names or name in _TAKEN:
        found = f"a module that is called {name} already; {name}.py would hide it"
        raise UsageError("No adapter can be called so.", where="NAME", found=found, mend=f"say, {name}_clips")
    if (taken := discovered().by_name.get(name)) is not None:
        mend = f"choose another, or look at it with `vstar-data adapters show {name}`"
        raise UsageError(f'There is an adapter "{name}" already.', where=taken.__module__, mend=mend)


def _plain_files(name: str) -> dict[str, str]:
    """Returns the content of each file by its path."""
    load = f'make_adapter("{name}", {{}}, HERE / "{name}.py")'
    return {
        f"{name}.py": _filled("adapter.py.txt", name),
        f"test_{name}.py": _filled("test.py.txt", name, imports=_IMPORT_BY_FILE, load=load),
        f"{name}.yaml": _filled("recipe.yaml.txt", name, option=f" --adapter {name}.py", annotations="sample.csv"),
        "sample.csv": _filled("sample.csv.txt", name),
    }


def _package_files(name: str) -> dict[str, str]:
    """Returns the content of each file of a package by its path."""
    package, kind = _package_name(name), _class_name(name)
    imports = _IMPORT_FROM_PACKAGE.format(package=package, kind=kind)
    return {
        "pyproject.toml": _filled("pyproject.toml.txt", name),
        "README.md": _filled("README.md.txt", name),
        f"src/{package}/__init__.py": f'"""The adapter {name} for vstar-data."""\n',
        f"src/{package}/py.typed": "",
        f"src/{package}/adapter.py": _filled("adapter.py.txt", name),
        f"tests/test_{name}.py": _filled("test.py.txt", name, imports=imports, load=f"{kind}()"),
        "tests/sample.csv": _filled("sample.csv.txt", name),
        f"{name}.yaml": _filled("recipe.yaml.txt", name, option="", annotations="tests/sample.csv"),
    }


def _filled(template: str, name: str, **values: str) -> str:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    given = {"name": name, "kind": _class_name(name), "package": _package_name(name), "project": _project_name(name)}
    return Template(text).substitute(given | values)


def _class_name(name: str) -> str:
    kind = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    imported = re.findall(r"^from .* import (.*)$", (_TEMPLATES / "adapter.py.txt").read_text("utf-8"), re.MULTILINE)
    # A class that is called like something the file imports would hide it.
    return f"{kind}Dataset" if kind in ", ".join(imported).split(", ") else kind


def _project_name(name: str) -> str:
    return f"vstar-data-{name.replace('_', '-')}".lower().rstrip("-")


def _package_name(name: str) -> str:
    return f"vstar_data_{name}"


def _write(folder: Path, files: dict[str, str]) -> None:
    from vstar_data.files import storage_error

    for path in files:
        if (folder / path).exists() or (folder / path).is_symlink():
            mend = "choose another name, or another folder with --out"
            raise UsageError("A file is there already; nothing was written.", where=str(folder / path), mend=mend)
    try:
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8") as file:
                file.write(text)
        (folder / "videos").mkdir(exist_ok=True)
    except (FileExistsError, NotADirectoryError) as problem:
        raise UsageError("A file is in the way.", where=problem.filename, found=problem.strerror) from None
    except OSError as problem:
        raise storage_error("Cannot write a file.", folder, problem) from None
