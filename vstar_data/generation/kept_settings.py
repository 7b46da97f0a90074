"""What a build takes over from the run that it goes on with: filters, styles and verification set by assembling."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from vstar_data.errors import UsageError
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.filters import QUALITY
from vstar_data.recipe.loading import load_recipe
from vstar_data.recipe.recipe import Recipe
from vstar_data.verification.settings import in_words


def with_filters_of_run(recipe: Recipe, folder: RunFolder, say: Callable[[str], None], *, update: bool) -> Recipe:
    """Keeps the filters that the run was assembled with: the same build again must not undo a takedown.

    Args:
        recipe: The recipe of the build.
        folder: The run; where there is none yet, the recipe stays as it is.
        say: Told which filters stay, and which ones the recipe replaces.
        update: Whether another exclusion list may take the place of the run's.

    Raises:
        UsageError: The recipe has another exclusion list than the run, and nobody said which is the newer.
    """
    if not (folder.exists() and folder.recipe.is_file()):
        return recipe
    old, new = load_recipe(str(folder.recipe)).filters, recipe.filters
    if None not in (old.exclude, new.exclude) and old.exclude != new.exclude and not update:
        raise UsageError(
            "The run has another exclusion list than the recipe.",
            where=str(folder.path),
            expected=str(old.exclude),
            found=str(new.exclude),
            mend="name the run's list in the recipe, or take the recipe's with --update",
        )
    of_run = {
        key: value
        for key in ("exclude", "decontaminate", *QUALITY)
        if (value := getattr(old, key)) not in (None, ()) and getattr(new, key) in (None, ())
    }
    kept = msgspec.structs.replace(new, **of_run)
    for key in of_run:
        lifted = f"`vstar-data assemble {folder.path} --set filters.{key}={'[]' if key == 'decontaminate' else 'null'}`"
        say(f"filters.{key} of the run stays in force; {lifted} lifts it")
    for key in QUALITY:
        if key not in of_run and (before := getattr(old, key)) not in (None, getattr(new, key)):
            say(f"filters.{key} of the recipe takes the place of the run's, which was {_plain(before)}")
    return msgspec.structs.replace(recipe, filters=kept)


def with_styles_of_run(recipe: Recipe, folder: RunFolder, say: Callable[[str], None]) -> Recipe:
    """Keeps the styles that the run was assembled with, where the recipe asks for none.

    Args:
        recipe: The recipe of the build.
        folder: The run; where there is none yet, the recipe stays as it is.
        say: Told which styles stay, or which ones the recipe replaces.
    """
    if not (folder.exists() and folder.recipe.is_file()):
        return recipe
    old = load_recipe(str(folder.recipe)).reformat
    if not old.styles or old == recipe.reformat:
        return recipe
    if recipe.reformat.styles:
        say(f"reformat of the recipe takes the place of the run's, which was {_plain(old)}")
        return recipe
    plain = "" if old.keep_original else " --set reformat.keep_original=true"
    lifted = f"`vstar-data assemble {folder.path} --set reformat.styles=[]{plain}`"
    say(f"reformat.styles of the run stay in force: {', '.join(old.styles)}; {lifted} lifts them")
    return msgspec.structs.replace(recipe, reformat=old)


def with_verification_of_run(recipe: Recipe, folder: RunFolder, say: Callable[[str], None]) -> Recipe:
    """Judges as the run was assembled: what `assemble --profile` found lacking is what is made now.

    Args:
        recipe: The recipe of the build.
        folder: The run; where there is none yet, the recipe stays as it is.
        say: Told where that is not what the recipe says.
    """
    if not (folder.exists() and folder.recipe.is_file()):
        return recipe
    kept = load_recipe(str(folder.recipe)).verification
    if kept != recipe.verification:
        say(f"the run is judged by {in_words(kept)}, as it was assembled; --profile says otherwise")
    return msgspec.structs.replace(recipe, verification=kept)


def _plain(value: object) -> str:
    return msgspec.json.encode(value).decode()
