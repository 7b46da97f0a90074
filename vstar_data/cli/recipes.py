"""`vstar-data recipes`: the packaged recipes."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Lists and shows packaged recipes.", no_args_is_help=True)


@app.command("list")
def list_recipes() -> None:
    """Lists the packaged recipes.

    Example: vstar-data recipes list
    """
    from vstar_data.recipe.loading import packaged_recipes

    for name in packaged_recipes():
        print(name)


@app.command("show")
def show_recipe(name: Annotated[str, typer.Argument(help="A packaged recipe or a YAML file.")]) -> None:
    """Prints a recipe as it is written; save it as a start for your own.

    Example: vstar-data recipes show kinetics700 > mine.yaml
    """
    from vstar_data.recipe.loading import recipe_path

    print(recipe_path(name).read_text(encoding="utf-8"), end="")
