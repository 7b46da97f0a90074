"""What a dataset was made from, as its manifest tells it: two of them compared, setting by setting. No rows here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vstar_data.comparing.sides import Side
from vstar_data.decoding import decode_json


class AnswerCounts(msgspec.Struct, frozen=True):
    """Judged answers of one source, kind, split and mode; an answer counts under each of its reasons."""

    source: str
    kind: str
    mode: str
    answers: int
    accepted: int
    rejected: dict[str, int]


class QuestionCounts(msgspec.Struct, frozen=True):
    """Questions of one source, kind and split: asked, accepted directly, accepted only by rationalization."""

    source: str
    kind: str
    asked: int
    accepted_direct: int
    accepted_rationalized: int


class FilteredCounts(msgspec.Struct, frozen=True):
    """Accepted answers that a filter keeps back."""

    reason: str
    rows: int


class DatasetCounts(msgspec.Struct, frozen=True):
    """What of a manifest's counts is compared."""

    answers: list[AnswerCounts]
    questions: list[QuestionCounts]
    unusable: dict[str, int] = {}
    withheld: dict[str, int] = {}
    filtered: list[FilteredCounts] = []


class Annotations(msgspec.Struct, frozen=True):
    """The clips: a hash over all of them, and their number."""

    sha256: str
    clips: int


class Prompt(msgspec.Struct, frozen=True):
    """What is said after a question."""

    text: str


class Verifier(msgspec.Struct, frozen=True):
    """What judged."""

    profile: str
    version: str


class Code(msgspec.Struct, frozen=True):
    """What wrote the dataset."""

    version: str


class Origin(msgspec.Struct, frozen=True):
    """What a dataset was made from, and how it turned out in numbers."""

    recipe: dict[str, Any]
    annotations: Annotations
    model: str
    prompts: dict[str, Prompt]
    verifier: Verifier
    code: Code
    cycle: int
    counts: DatasetCounts


class Setting(msgspec.Struct, frozen=True):
    """A setting that differs: its dotted key, and its value on either side, None where it has none."""

    key: str
    a: Any
    b: Any


def origin_of(side: Side) -> Origin:
    """Reads what a side was made from.

    Raises:
        RecordError: The manifest lacks something, or has a value of the wrong type.
    """
    return decode_json(side.dataset.manifest_bytes, Origin, where=str(side.dataset.path / "manifest.json"))


def changed_settings(a: Origin, b: Origin) -> list[Setting]:
    """Returns the settings that differ: model, verifier, prompts and the like first, then the recipe by key."""
    first, second = _settings(a), _settings(b)
    keys = dict.fromkeys([*first, *second])
    changed = [key for key in keys if _kept(first.get(key)) != _kept(second.get(key))]
    return [Setting(key, first.get(key), second.get(key)) for key in changed]


def _settings(origin: Origin) -> dict[str, Any]:
    made = {
        "model": origin.model,
        "verifier.profile": origin.verifier.profile,
        "verifier.version": origin.verifier.version,
        "code.version": origin.code.version,
        "cycle": origin.cycle,
        "annotations.sha256": origin.annotations.sha256,
        "annotations.clips": origin.annotations.clips,
        **{f"prompts.{mode}": prompt.text for mode, prompt in sorted(origin.prompts.items())},
    }
    recipe = dict(_flat(origin.recipe, ""))
    # The manifest names the profile twice.
    recipe.pop("verification.profile", None)
    return made | {f"recipe.{key}": recipe[key] for key in sorted(recipe)}


def _flat(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Yields dotted keys with their values. Mappings with names of their own, such as sources, go by these."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        names = [part.get("name") for part in value]
        known = len(set(map(str, names))) == len(names) and all(isinstance(name, str) for name in names)
        for place, part in enumerate(value):
            yield from _flat(part, f"{key}.{names[place] if known else place}")
    elif value is not None:
        # A setting that is not set is the same as one that an older version did not have.
        yield key, value


def _kept(value: Any) -> tuple[str, Any]:
    """Tells 1 from true, and nothing else that is equal apart."""
    return type(value).__name__ if isinstance(value, bool) else "", value
