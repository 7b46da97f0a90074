"""YAML as recipes need it: duplicate keys are errors, and 2e-5 is a number. Reading and setting values only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from vstar_data.errors import RecipeError

_MOST_NODES = 1_000_000
"""Values that a text may hold once its aliases are written out: nine lines of aliases of aliases make 10 ** 9."""


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses what YAML 1.1 lets pass silently."""

    def get_single_node(self) -> yaml.Node | None:
        node: yaml.Node | None = super().get_single_node()
        if node is not None and _written_out(node, {}) > _MOST_NODES:
            problem = f"aliases (`*name`) write out to more than {_MOST_NODES:,} values"
            raise yaml.composer.ComposerError(None, None, problem, node.start_mark)
        return node


def _written_out(node: yaml.Node, known: dict[int, int]) -> int:
    """Counts the values below a node, those behind an alias each time. A node inside itself is no matter here."""
    if id(node) not in known:
        known[id(node)] = 1
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        nodes = (part for entry in parts for part in (entry if isinstance(entry, tuple) else (entry,)))
        known[id(node)] = 1 + sum(_written_out(part, known) for part in nodes)
    return known[id(node)]


class _Dumper(yaml.SafeDumper):
    """A safe dumper that quotes the texts that the loader would take for numbers, or for several lines."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if set(text) & set("\x85\u2028\u2029\ufeff") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key_node, _ in node.value:
        if key_node.tag == "tag:yaml.org,2002:merge":
            continue
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is not text", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key `{key}` stands twice", key_node.start_mark)
        seen.add(key)
    # What is merged in by `<<` comes first: the mapping's own keys win over it.
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key_node, deep=True): loader.construct_object(value_node, deep=True)
        for key_node, value_node in node.value
    }


_Dumper.add_representer(str, _text)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
for _side in (_Loader, _Dumper):
    _side.add_implicit_resolver(
        "tag:yaml.org,2002:float",
        re.compile(r"^[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)[eE][-+]?[0-9]+$"),
        list("-+0123456789."),
    )


def read_yaml(path: Path) -> dict[str, Any]:
    """Reads a YAML file that holds one mapping.

    Raises:
        RecipeError: It cannot be read, is no YAML, holds a key twice, or is no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise RecipeError("The recipe cannot be read.", where=str(path), found=str(problem)) from None
    value = parse_yaml(text, where=str(path))
    if not isinstance(value, dict):
        raise RecipeError(
            "The recipe is no mapping.", where=str(path), expected="`key: value` lines", found=repr(value)[:80]
        )
    return value


def parse_yaml(text: str, *, where: str) -> Any:
    """Parses a YAML text into plain values.

    Raises:
        RecipeError: It is no YAML, or holds a key twice.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # a SafeLoader: builds plain values only
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = f"{where}, line {mark.line + 1}" if mark and "\n" in text else where
        raise RecipeError("The recipe cannot be read as YAML.", where=place, found=problem.problem) from None
    except RecursionError:
        found = "brackets in brackets, too deep to be read"
        raise RecipeError("The recipe cannot be read as YAML.", where=where, found=found) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise RecipeError("The recipe cannot be read as YAML.", where=where, found=str(problem)) from None


def write_yaml(value: Any) -> str:
    """Returns plain values as YAML text that `parse_yaml` reads back unchanged (tuples as lists)."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


def set_value(data: dict[str, Any], key: str, value: Any, *, where: str) -> None:
    """Sets a value by its dotted key; numbers index lists; missing mappings on the way are made.

    Raises:
        RecipeError: The key leads through a value that holds no keys, or past the end of a list.
    """
    *parents, last = key.split(".")
    place: Any = data
    for part in parents:
        if isinstance(place, list):
            place = place[_index(place, part, key, where)]
        else:
            held = place.get(part)
            if held is None:
                held = place[part] = {}
            place = held
        if not isinstance(place, (dict, list)):
            raise RecipeError(f"`{key}` leads through `{part}`, which holds a value.", where=where, found=repr(place))
    if isinstance(place, list):
        place[_index(place, last, key, where)] = value
    else:
        place[last] = value


def _index(place: list[Any], part: str, key: str, where: str) -> int:
    if not part.isdecimal() or int(part) >= len(place):
        raise RecipeError(
            f"`{key}` leads into a list of {len(place)}.", where=where, expected="a place from 0 on", found=part
        )
    return int(part)
