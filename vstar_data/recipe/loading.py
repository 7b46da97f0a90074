"""Recipes as files: finding, loading, overriding, validating and saving. What a recipe holds is in `recipe.py`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.adapters import split_named
from vstar_data.decoding import convert
from vstar_data.errors import AnnotationError, RecipeError, UnknownNameError, nearest
from vstar_data.files import write_whole
from vstar_data.questions.settings import QuestionSettings, WrittenSettings
from vstar_data.recipe.filters import FILTER_SECTIONS, FilterSettings
from vstar_data.recipe.recipe import SECTIONS, Recipe, SourceSettings
from vstar_data.recipe.yaml_text import parse_yaml, read_yaml, set_value, write_yaml

DATA_ROOT = "VSTAR_DATA_ROOT"
"""The environment variable that names the folder with a folder for each source."""


def recipe_folder() -> Path:
    """Returns the folder of the packaged recipes: inside the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "recipes"
    return inside if inside.is_dir() else package.parent / "recipes"


def packaged_recipes() -> list[str]:
    """Returns the names of the packaged recipes, sorted."""
    return sorted(path.stem for path in recipe_folder().glob("*.yaml"))


def recipe_path(name: str) -> Path:
    """Returns the file of a recipe: a packaged name, or the path of a YAML file.

    Raises:
        UnknownNameError: There is neither.
    """
    if name in packaged_recipes():
        return recipe_folder() / f"{name}.yaml"
    path = Path(name)
    if path.is_dir() and (path / "recipe.yaml").is_file():
        return path / "recipe.yaml"
    if path.is_file():
        return path
    raise UnknownNameError(
        f'There is no recipe "{name}".',
        expected="a packaged name or the path of a YAML file",
        mend=nearest(name, packaged_recipes()) if path.suffix not in (".yaml", ".yml") else "check the path",
    )


def load_recipe(
    name: str,
    *,
    overrides: dict[str, Any] | None = None,
    assignments: tuple[str, ...] = (),
) -> Recipe:
    """Loads a recipe and applies what the command line says.

    Args:
        name: A packaged name or the path of a YAML file.
        overrides: Values by key. `split` goes to every source; `annotations` and `videos` to the only one, or to all
            that have none. None values are passed over.
        assignments: `KEY=VALUE` texts with dotted keys, applied last.

    Raises:
        UnknownNameError: No such recipe.
        RecipeError: A key that does not exist, twice the same key, a value that does not fit.
    """
    path = recipe_path(name)
    where = str(path)
    data = _with_sources(read_yaml(path), where)
    for key, value in (overrides or {}).items():
        if key == "split" and value is not None and isinstance(data.get("sources"), list):
            for number in range(len(data["sources"])):
                set_value(data, f"sources.{number}.split", value, where="the command line")
        elif value is not None:
            for each in _keys_of_sources(data, key, where):
                set_value(data, each, value, where="the command line")
    for assignment in assignments:
        key, equals, text = assignment.partition("=")
        if not equals or not key:
            raise RecipeError(
                "A setting has no value.",
                where="--set",
                expected="KEY=VALUE",
                found=assignment,
                mend="--set generate.samples=4",
            )
        set_value(data, _key_of_only_source(data, key.strip(), "--set"), _yaml_value(text), where="--set")
    data.setdefault("name", path.stem)
    return resolved(recipe_from(data, where), base=path.parent)


def states(name: str, section: str, assignments: tuple[str, ...] = ()) -> bool:
    """Whether a recipe or an assignment says anything of a section, so that its values are no mere defaults.

    Args:
        name: A packaged name or the path of a YAML file.
        section: A top-level key, such as `verification`.
        assignments: As for `load_recipe`.

    Raises:
        UnknownNameError: No such recipe.
    """
    assigned = (assignment.partition("=")[0].strip().split(".")[0] for assignment in assignments)
    return section in read_yaml(recipe_path(name)) or section in assigned


def recipe_from(data: dict[str, Any], where: str) -> Recipe:
    """Builds a recipe from plain values.

    Args:
        data: The values; a single source may stand at the top level.
        where: Named in errors.

    Raises:
        RecipeError: See `load_recipe`.
    """
    data = _with_sources(data, where)
    _check_keys(data, Recipe, "", where)
    if "sources" not in data:
        raise RecipeError("The recipe has no source.", where=where, expected="`adapter:` or `sources:`")
    data["sources"] = _with_split_names(data["sources"])
    return convert(data, Recipe, where=where, error=RecipeError)


def _with_sources(data: dict[str, Any], where: str) -> dict[str, Any]:
    """Puts the keys of a single source, which may stand at the top level, into `sources`."""
    source_keys = [key for key in SourceSettings.__struct_fields__ if key != "name" and key in data]
    if source_keys and "sources" in data:
        raise RecipeError(
            f"The recipe has `sources` and also `{source_keys[0]}` beside them.",
            where=where,
            mend="move it into a source",
        )
    if not source_keys:
        return dict(data)
    rest = {key: value for key, value in data.items() if key not in source_keys}
    return {"sources": [{key: data[key] for key in source_keys}], **rest}


def _with_split_names(sources: Any) -> Any:
    """Replaces what datasets call their splits (`val`, `dev`) by the names that records have."""
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and isinstance(source.get("split"), str):
            with suppress(AnnotationError):  # the strict decoder names the key of a wrong one
                source["split"] = split_named(source["split"]).value
    return sources


def resolved(recipe: Recipe, *, base: Path) -> Recipe:
    """Makes the recipe's paths absolute: relative ones are looked up beside the recipe file, then in this folder."""

    def located(text: str | None) -> str | None:
        if text is None or "://" in text:
            return text
        beside = base / Path(text).expanduser()
        return str((beside if beside.exists() else Path(text).expanduser()).absolute())

    def source_located(source: SourceSettings) -> SourceSettings:
        names = (source.source, recipe.name) if len(recipe.sources) > 1 else (recipe.name, source.source)
        return msgspec.structs.replace(
            source,
            annotations=located(source.annotations or _in_data_root(names, "annotations")),
            videos=located(source.videos or _in_data_root(names, "videos")),
        )

    def model_located(model: str | None) -> str | None:
        if model is None or model == "demo":
            return model
        is_path = model.startswith((".", "~", "/")) or Path(model).exists() or (base / model).exists()
        return located(model) if is_path else model

    def filters_located(filters: FilterSettings) -> FilterSettings:
        benchmarks = (
            msgspec.structs.replace(benchmark, annotations=located(benchmark.annotations) or "")
            for benchmark in filters.decontaminate
        )
        return msgspec.structs.replace(filters, exclude=located(filters.exclude), decontaminate=tuple(benchmarks))

    def questions_located(questions: QuestionSettings) -> QuestionSettings:
        if questions.written is None:
            return questions
        written = msgspec.structs.replace(questions.written, model=model_located(questions.written.model))
        return msgspec.structs.replace(questions, written=written)

    try:
        return msgspec.structs.replace(
            recipe,
            sources=tuple(source_located(source) for source in recipe.sources),
            model=model_located(recipe.model),
            questions=questions_located(recipe.questions),
            verification=msgspec.structs.replace(
                recipe.verification, embedder=model_located(recipe.verification.embedder)
            ),
            filters=filters_located(recipe.filters),
            chat_template=located(recipe.chat_template),
        )
    except ValueError as problem:
        # The folder that a relative path starts from may have a name that is no text.
        raise RecipeError(f"{problem}.", where=ascii(str(base))) from None


def _in_data_root(names: Iterable[str], part: str) -> str | None:
    """Returns the first `$VSTAR_DATA_ROOT/<name>/<part>` that is there."""
    root = os.environ.get(DATA_ROOT)
    places = (Path(root) / name / part for name in names) if root else ()
    return next((str(place) for place in places if place.exists()), None)


def recipe_yaml(recipe: Recipe) -> str:
    """Returns a recipe as YAML text."""
    return write_yaml(msgspec.to_builtins(recipe))


def save_recipe(recipe: Recipe, path: Path) -> None:
    """Writes a resolved recipe."""
    write_whole(path, recipe_yaml(recipe).encode())


def _yaml_value(text: str) -> Any:
    return parse_yaml(text, where=f"--set, value {text!r}")


def _keys_of_sources(data: dict[str, Any], key: str, where: str) -> list[str]:
    """Points a path at the sources that it is for: the only one, or those of several that have none yet."""
    sources = data.get("sources")
    if key not in ("annotations", "videos") or not isinstance(sources, list) or len(sources) < 2:
        return [_key_of_only_source(data, key, where)]
    lacking = [place for place, source in enumerate(sources) if isinstance(source, dict) and source.get(key) is None]
    if not lacking:
        raise RecipeError(
            f"`{key}` is given, but each source of the recipe has its own.",
            where=where,
            mend=f"--set sources.0.{key}=... replaces that of the first source",
        )
    return [f"sources.{place}.{key}" for place in lacking]


def _key_of_only_source(data: dict[str, Any], key: str, where: str) -> str:
    """Points a key of a source at the only source there is."""
    if "sources" not in data or key.split(".")[0] not in SourceSettings.__struct_fields__ or key == "name":
        return key
    sources = data["sources"]
    if isinstance(sources, list) and len(sources) == 1:
        return f"sources.0.{key}"
    raise RecipeError(
        f"`{key}` is given, but the recipe has several sources.",
        where=where,
        mend=f"--set sources.0.{key}=... names the source by its place",
    )


def _check_keys(data: Any, type_: type[msgspec.Struct], path: str, where: str) -> None:
    """Finds unknown keys, at every depth, and names the nearest known one."""
    if not isinstance(data, dict):
        return
    known = type_.__struct_fields__
    extra = tuple(key for key in SourceSettings.__struct_fields__) if type_ is Recipe else ()
    for key, value in data.items():
        if key not in known:
            raise RecipeError(
                f"There is no key `{path}{key}` in a recipe.", where=where, mend=nearest(str(key), (*known, *extra))
            )
        if type_ is Recipe and key in SECTIONS:
            _check_keys(value, SECTIONS[key], f"{path}{key}.", where)
        if type_ is FilterSettings and key in FILTER_SECTIONS:
            _check_keys(value, FILTER_SECTIONS[key], f"{path}{key}.", where)
        if type_ is QuestionSettings and key == "written":
            _check_keys(value, WrittenSettings, f"{path}{key}.", where)
        if key == "sources" and isinstance(value, list):
            for number, source in enumerate(value):
                _check_keys(source, SourceSettings, f"sources.{number}.", where)
