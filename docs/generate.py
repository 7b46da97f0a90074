"""Writes docs/cli.md from the commands themselves, so that the reference cannot drift from them, and the catalogue.

Reads Typer's own description of the application (the functions, their annotations, their docstrings) and not the
rendered `--help`, whose layout changes with the version of Typer. `make docs` runs it; tests/test_docs.py compares.
The pages on the adapters are made in catalogue.py.
"""

from __future__ import annotations

import enum
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from typer.models import ArgumentInfo, OptionInfo

from vstar_data.cli import app

TARGET = Path(__file__).parent / "cli.md"

HEAD = """\
# Commands

This page is generated from the commands: `make docs` writes it, and a test fails when it is out of date.
`vstar-data COMMAND --help` says the same in a terminal. What the exit codes mean is in
[Exit codes](guide/running.md#exit-codes).
"""


def reference() -> str:
    """Returns the whole page."""
    return "\n".join([HEAD, *(section(path, callback) for path, callback in commands(app, ("vstar-data",)))])


def commands(group: typer.Typer, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Callable[..., Any]]]:
    """Yields the words that call a command, and its function, for every command that is not hidden."""
    for command in group.registered_commands:
        if command.callback is not None and not command.hidden:
            name = command.name or command.callback.__name__.replace("_", "-")
            yield (*path, name), command.callback
    for subgroup in group.registered_groups:
        if subgroup.typer_instance is not None and not subgroup.hidden:
            yield from commands(subgroup.typer_instance, (*path, str(subgroup.name)))


def section(path: tuple[str, ...], callback: Callable[..., Any]) -> str:
    """Returns the part of the page on one command: usage, description, arguments, options."""
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    usage = [*path]
    for name, annotation, info, default in parameters(callback):
        if isinstance(info, ArgumentInfo):
            word = info.metavar or name.upper()
            usage.append(word if default is inspect.Parameter.empty else f"[{word}]")
            arguments.append((f"`{word}`", described(info, default)))
        elif not info.hidden:
            options.append((f"`{flags(name, annotation, info)}`", described(info, default)))
    if options:
        usage.insert(len(path), "[OPTIONS]")
    parts = [f"## {' '.join(path)}", "```text\n" + " ".join(usage) + "\n```", description(callback)]
    parts += [table(title, rows) for title, rows in (("Argument", arguments), ("Option", options)) if rows]
    return "\n\n".join(parts) + "\n"


def parameters(callback: Callable[..., Any]) -> Iterator[tuple[str, Any, ArgumentInfo | OptionInfo, Any]]:
    """Yields name, type, Typer's description and default of each parameter of a command."""
    hints = typing.get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        annotation, *notes = typing.get_args(hints[name]) if hasattr(hints[name], "__metadata__") else (hints[name],)
        info = next((note for note in notes if isinstance(note, (ArgumentInfo, OptionInfo))), None)
        if info is not None:
            yield name, annotation, info, parameter.default


def flags(name: str, annotation: Any, info: OptionInfo) -> str:
    """Returns an option as it is typed, with a word for its value: `--out DIR`."""
    # Inside Annotated the first spelling of an option stands where its default would.
    given = [word for word in (info.default, *(info.param_decls or ())) if isinstance(word, str)]
    dashed = "--" + name.replace("_", "-")
    spelled = ", ".join(given) if given else dashed
    kinds = [kind for kind in typing.get_args(annotation) if kind is not types.NoneType] or [annotation]
    kind = kinds[0] if isinstance(kinds[0], type) else str
    if kind is bool:
        return spelled if given else f"{dashed} / --no-{dashed[2:]}"
    if info.metavar:
        return f"{spelled} {info.metavar}"
    if issubclass(kind, enum.Enum):
        return f"{spelled} {'|'.join(str(member.value) for member in kind)}"
    return f"{spelled} {'PATH' if issubclass(kind, Path) else {int: 'INTEGER', float: 'NUMBER'}.get(kind, 'TEXT')}"


def described(info: ArgumentInfo | OptionInfo, default: Any) -> str:
    """Returns the help of a parameter, and its default where it has one that says something."""
    text = plain(" ".join((info.help or "").split()))
    if default is inspect.Parameter.empty and isinstance(info, OptionInfo):
        return f"{text} Required."
    if default in (inspect.Parameter.empty, None, False, (), ""):
        return text
    value = default.value if isinstance(default, enum.Enum) else default
    return f"{text} Default: `{value}`." if default is not True else f"{text} On by default."


def description(callback: Callable[..., Any]) -> str:
    """Returns the docstring of a command as Markdown, with its examples as blocks of code."""
    lines = inspect.cleandoc(callback.__doc__ or "").splitlines()
    examples = (re.fullmatch(r"Example: (.*)", line) for line in lines)
    return "\n".join(
        f"```sh\n{example[1]}\n```" if example else plain(line) for line, example in zip(lines, examples, strict=True)
    )


def plain(text: str) -> str:
    """Returns text in which angle brackets outside of code are no HTML."""
    parts = text.split("`")
    return "`".join(part if place % 2 else part.replace("<", "&lt;") for place, part in enumerate(parts))


def table(title: str, rows: list[tuple[str, str]]) -> str:
    """Returns a Markdown table of two columns."""
    cells = [(left.replace("|", "\\|"), right.replace("|", "\\|")) for left, right in rows]
    return "\n".join([f"| {title} | |", "|---|---|", *(f"| {left} | {right} |" for left, right in cells)])


if __name__ == "__main__":
    import catalogue

    catalogue.write()
    TARGET.write_text(reference(), encoding="utf-8")
