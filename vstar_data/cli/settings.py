"""The option `--set KEY=VALUE` of the commands that read a source without a recipe."""

from __future__ import annotations

from typing import Any


def adapter_options(settings: list[str]) -> tuple[dict[str, Any], bool]:
    """Returns the adapter's options, and whether links may leave the video folder; both spelled as in a recipe.

    Raises:
        RecipeError: A setting has no value, or one of the wrong type.
    """
    from vstar_data.errors import RecipeError
    from vstar_data.recipe.yaml_text import parse_yaml, set_value

    options: dict[str, Any] = {}
    follow_links = False
    for setting in settings:
        key, equals, text = setting.partition("=")
        key = key.strip().removeprefix("adapter_options.")
        if not key or not equals:
            mend = "--set columns.class=label"
            raise RecipeError("A setting has no value.", where="--set", expected="KEY=VALUE", found=setting, mend=mend)
        value = parse_yaml(text, where=f"--set {key}")
        if key != "follow_links":
            set_value(options, key, value, where="--set")
        elif isinstance(value, bool):
            follow_links = value
        else:
            raise RecipeError("A value has the wrong type.", where=f"--set {key}", expected="true or false", found=text)
    return options, follow_links
