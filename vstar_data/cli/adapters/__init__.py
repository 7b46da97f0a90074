"""`vstar-data adapters`: which adapters there are, whether one is sound, and a start for one of your own."""

from __future__ import annotations

import typer

from vstar_data.cli.adapters import check, listing, new

app = typer.Typer(help="Lists, shows, checks and starts adapters: what reads a dataset.", no_args_is_help=True)
app.command("list")(listing.list_adapters)
app.command("show")(listing.show_adapter)
app.command("new")(new.command)
app.command("check")(check.command)
