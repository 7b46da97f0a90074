"""`vstar-data adapters list` and `show`: which adapters there are, and what each one is, needs and takes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vstar_data.adapters import LabelAdapter
    from vstar_data.terms import Rights

_EXPERIMENTAL = "Experimental: written from a description of the files, and never run on the real ones."
_BENCHMARK = "Benchmark: there to be evaluated on, so no model should be trained on its videos."


def list_adapters() -> None:
    """Lists the adapters that are installed.

    Example: vstar-data adapters list
    """
    from vstar_data.adapters import discovered

    installed = discovered()
    width = max((len(name) for name in installed.by_name), default=0)
    for name, adapter in sorted(installed.by_name.items()):
        first = (inspect.getdoc(adapter) or "").partition("\n")[0]
        marks = "".join(f" [{mark}]" for mark in marks_of(adapter))
        typer.echo(f"{name:{width}}  {first}{marks}".rstrip())
    for entry, reason in installed.broken.items():
        typer.echo(f"not loaded: {entry}: {reason}", err=True)


def show_adapter(
    name: Annotated[str, typer.Argument(help="Name of the adapter.")],
    file: Annotated[Path | None, typer.Option("--adapter", help="A Python file with an adapter of your own.")] = None,
) -> None:
    """Shows what an adapter is: the dataset, its licence and source, the files it needs, its options.

    Example: vstar-data adapters show kinetics
    """
    from vstar_data.adapters import find_adapter
    from vstar_data.testing import options_of

    adapter = find_adapter(name, file)
    parts = [adapter.name]
    parts += [text for set_, text in ((adapter.experimental, _EXPERIMENTAL), (adapter.benchmark, _BENCHMARK)) if set_]
    parts.append(inspect.getdoc(adapter) or "This adapter has no description.")
    if adapter.needs:
        parts.append("\n".join(["Needs:", *(f"  {line}" for line in adapter.needs.splitlines())]))
    parts.append("\n".join(["Terms, as a dataset's card states them:", *(f"  {line}" for line in _terms(adapter))]))
    options = [f"  {option.name}: {option.type}{_default(option.default)}" for option in options_of(adapter)]
    parts.append("\n".join(["Options:", *(options or ["  none"])]))
    typer.echo("\n\n".join(parts))


def marks_of(adapter: type[LabelAdapter]) -> list[str]:
    """Returns `experimental` and `benchmark`, where an adapter is that."""
    return [mark for mark in ("experimental", "benchmark") if getattr(adapter, mark)]


def _terms(adapter: type[LabelAdapter]) -> list[str]:
    from vstar_data.terms import Terms

    terms = adapter.terms
    if not isinstance(terms, Terms):
        return [f"none: `terms` is a {type(terms).__name__}, where Terms(...) is expected"]
    lines = [f"annotations: {_rights(terms.annotations)}", f"videos: {_rights(terms.videos)}"]
    lines += [f"to cite: {citation.in_words()}" for citation in terms.citations]
    return [*lines, f"stated at: {terms.url}"] if terms.url else lines


def _rights(rights: Rights) -> str:
    return f"{rights.license or 'no licence known'} (redistribution {rights.redistribution})"


def _default(default: str | None) -> str:
    return " (required)" if default is None else f" = {default}"
