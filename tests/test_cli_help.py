"""The help of the command line: every command has one, with an example that the command line itself accepts."""

from __future__ import annotations

import re
import shlex

import pytest
import typer
from typer.testing import CliRunner

from vstar_data.cli import app


def _paths(group: typer.Typer, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Returns the words that call each command."""
    found = []
    for command in group.registered_commands:
        assert command.callback is not None
        found.append((*before, command.name or command.callback.__name__.replace("_", "-")))
    for subgroup in group.registered_groups:
        assert subgroup.typer_instance is not None
        found += _paths(subgroup.typer_instance, (*before, str(subgroup.name)))
    return found


def _help(words: list[str]) -> str:
    # A narrow terminal would break the examples over several lines.
    done = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1"}).invoke(app, [*words, "--help"])
    assert done.exit_code == 0, done.output
    return re.sub(r"\x1b\[[0-9;]*m", "", done.output)


def _examples(text: str) -> list[str]:
    """Returns the lines of a help text that call vstar-data, the usage line apart."""
    lines = (line.strip(" │|") for line in text.splitlines() if "Usage:" not in line)
    return [found[0] for line in lines if (found := re.search(r"vstar-data .*", line))]


def test_the_commands_of_this_version_are_there() -> None:
    assert {("build",), ("assemble",), ("status",), ("verify",)} <= set(_paths(app))


@pytest.mark.parametrize("path", _paths(app), ids=" ".join)
def test_the_help_of_every_command_shows_an_example(path: tuple[str, ...]) -> None:
    text = _help(list(path))
    mine = [line for line in _examples(text) if line.startswith(" ".join(("vstar-data", *path)))]
    assert mine, f"no example in:\n{text}"
    for example in mine:
        words = shlex.split(example.split(" | ")[0].split(" > ")[0], comments=True)
        _help(words[1:])


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["bild", "demo"]).exit_code == 2
