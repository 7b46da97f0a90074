"""`vstar-data adapters`: which adapters there are, and what each one is, needs and takes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from msgspec.structs import FieldInfo

    from vstar_data.adapters import LabelAdapter

app = typer.Typer(help="Lists and shows adapters: what reads the annotations of a dataset.", no_args_is_help=True)


@app.command("list")
def list_adapters() -> None:
    """Lists the adapters that are installed.

    Example: vstar-data adapters list
    """
    from vstar_data.adapters import discovered

    installed = discovered()
    width = max((len(name) for name in installed.by_name), default=0)
    for name, adapter in sorted(installed.by_name.items()):
        first = (inspect.getdoc(adapter) or "").partition("\n")[0]
        typer.echo(f"{name:{width}}  {first}".rstrip())
    for entry, reason in installed.broken.items():
        typer.echo(f"not loaded: {entry}: {reason}", err=True)


@app.command("show")
def show_adapter(
    name: Annotated[str, typer.Argument(help="Name of the adapter.")],
    file: Annotated[Path | None, typer.Option("--adapter", help="A Python file with an adapter of your own.")] = None,
) -> None:
    """Shows what an adapter is: the dataset, its licence and source, the files it needs, its options.

    Example: vstar-data adapters show kinetics
    """
    from vstar_data.adapters import find_adapter

    adapter = find_adapter(name, file)
    parts = [adapter.name, inspect.getdoc(adapter) or "This adapter has no description."]
    if adapter.needs:
        lines = adapter.needs.splitlines()
        parts.append("\n".join(["Needs:", *(f"  {line}" for line in lines)]))
    parts.append("\n".join(["Options:", *(_options(adapter) or ["  none"])]))
    typer.echo("\n\n".join(parts))


def _options(adapter: type[LabelAdapter]) -> list[str]:
    import msgspec

    written: dict[str, object] = {}
    for each in reversed(adapter.__mro__):
        written |= inspect.get_annotations(each)
    lines = []
    for field in msgspec.structs.fields(adapter):
        kind = written.get(field.name, field.type)
        default = " (required)" if field.required else f" = {_default(field)!r}"
        lines.append(
            f"  {field.encode_name}: {kind if isinstance(kind, str) else inspect.formatannotation(kind)}{default}"
        )
    return lines


def _default(field: FieldInfo) -> object:
    import msgspec

    factory = field.default_factory
    return field.default if factory is msgspec.NODEFAULT else factory()
