"""What an adapter is, how adapters are found, and how a source is read through one.

An adapter turns the annotation files of one dataset into clips; the bundled ones live in `label_adapters`,
others come from entry points of the group `vstar_data.adapters` or from a file of the user. Not here: any
dataset's format.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import inspect
import pkgutil
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, dataclass_transform

import msgspec

from vstar_data.decoding import convert
from vstar_data.errors import (
    AnnotationError,
    RecipeError,
    StorageError,
    UnknownNameError,
    UsageError,
    VstarDataError,
    nearest,
)
from vstar_data.records import Clip, Skipped, Split, UnusableReason
from vstar_data.seen import Seen
from vstar_data.terms import Citation, Redistribution, Rights, Terms
from vstar_data.video.root import VIDEO_SUFFIXES, VideoRoot

__all__ = [
    "GROUP",
    "VIDEO_SUFFIXES",
    "Adapters",
    "Citation",
    "LabelAdapter",
    "Redistribution",
    "Rights",
    "Seen",
    "Terms",
    "VideoRoot",
    "discovered",
    "find_adapter",
    "make_adapter",
    "read_adapter",
    "read_source",
    "split_named",
]

GROUP = "vstar_data.adapters"
"""The entry point group: each entry is a class, a module, or a package whose modules are scanned."""

_SPLITS = {
    Split.TRAIN: ("train", "training"),
    Split.VALIDATION: ("validation", "val", "validate", "valid", "dev"),
    Split.TEST: ("test", "testing"),
}
_SPELLINGS = {spelling: split for split, spellings in _SPLITS.items() for spelling in spellings}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class LabelAdapter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all adapters. Fields of a subclass are its options, decoded strictly from a recipe.

    The docstring of a subclass says what the dataset is, its licence, its source and its layout.

    Attributes:
        name: What a recipe and the command line call it.
        needs: Which files it needs, from where and in which layout; shown where paths are missing.
        folder_holds_videos: Whether a folder of annotations is the folder of the videos too, where none is named.
        experimental: Whether it was written from a description and never run on the real files.
        benchmark: Whether the dataset is there to be evaluated on, so that nobody should train on its videos.
        terms: What its licences allow and whom to cite, as the docstring says it for people.
    """

    name: ClassVar[str] = ""
    needs: ClassVar[str] = ""
    folder_holds_videos: ClassVar[bool] = False
    experimental: ClassVar[bool] = False
    benchmark: ClassVar[bool] = False
    terms: ClassVar[Terms] = Terms()

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields for each record of the annotations one clip, or the reason why there is none.

        Args:
            annotations: The annotation file or folder.
            videos: Where the videos lie, where they are at hand.

        Raises:
            AnnotationError: The annotations as a whole cannot be read.
        """
        raise NotImplementedError(f"{type(self).__name__} lacks the method `clips`")


@dataclass(frozen=True)
class Adapters:
    """What was discovered: the adapters by name, and what could not be loaded, with the reason."""

    by_name: Mapping[str, type[LabelAdapter]]
    broken: Mapping[str, str]


@cache
def discovered() -> Adapters:
    """Loads every adapter that is installed. One that fails to load is listed and harms no other."""
    by_name: dict[str, type[LabelAdapter]] = {}
    broken: dict[str, str] = {}
    entries = sorted(
        importlib.metadata.entry_points(group=GROUP), key=lambda entry: (entry.name != "builtin", entry.name)
    )
    for entry in entries:
        try:
            found = list(_adapters_in(entry.load()))
        except Exception as problem:
            broken[f"{entry.name} = {entry.value}"] = _told(problem)
            continue
        for adapter in found:
            taken = by_name.setdefault(adapter.name, adapter)
            if taken is not adapter:
                broken[f"{entry.name} = {entry.value}"] = f'"{adapter.name}" is the name of {taken.__module__} already'
    return Adapters(by_name, broken)


def find_adapter(name: str, file: Path | None = None) -> type[LabelAdapter]:
    """Finds an adapter by its name.

    Args:
        name: Its name.
        file: A Python file of the user that is searched first.

    Raises:
        UnknownNameError: There is none; names the nearest.
        AnnotationError: The file cannot be loaded.
    """
    own = _adapters_of_file(Path(file).resolve()) if file is not None else {}
    if name in own:
        return own[name]
    installed = discovered()
    if name in installed.by_name:
        return installed.by_name[name]
    found = "; ".join(f"{entry} cannot be loaded ({reason})" for entry, reason in installed.broken.items())
    raise UnknownNameError(
        f'There is no adapter "{name}".',
        where=str(file) if file is not None else None,
        found=found or None,
        mend=f"{nearest(name, [*own, *installed.by_name])} An adapter of your own: --adapter FILE.py",
    )


def make_adapter(name: str, options: Mapping[str, Any], file: Path | None = None) -> LabelAdapter:
    """Makes an adapter with its options.

    Args:
        name: Its name.
        options: The recipe's `adapter_options`.
        file: A Python file of the user that is searched first.

    Raises:
        UnknownNameError: There is no adapter of that name.
        RecipeError: An option is unknown or has a bad value; names the key.
        AnnotationError: Its `terms` are none.
    """
    adapter = find_adapter(name, file)
    if not isinstance(adapter.terms, Terms):
        found = type(adapter.terms).__name__
        raise AnnotationError(f'The `terms` of the adapter "{name}" are none.', expected="Terms(...)", found=found)
    where = f'options of the adapter "{name}"'
    try:
        return convert(dict(options), adapter, where=where, error=RecipeError)
    except RecipeError as problem:
        if (unknown := re.search(r"unknown field `(.*)`", problem.what)) is None:
            raise
        path = (problem.where or "").rpartition("$")[2].split(".")[1:]
        mend = problem.mend or "this adapter has no options"
        raise RecipeError(f"There is no option `{'.'.join([*path, unknown[1]])}`.", where=where, mend=mend) from None


def read_adapter(adapter: LabelAdapter, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    """Reads annotations through an adapter, with ids and repeated ids as it gives them.

    Args:
        adapter: What knows the format.
        annotations: The annotation file or folder.
        videos: Where the videos lie, where they are at hand.

    Raises:
        AnnotationError: The annotations are not there; while reading: they cannot be read, or the adapter failed.
        StorageError: The disk failed while reading.
    """
    if not annotations.exists():
        mend = adapter.needs or None
        raise AnnotationError("The annotations are not there.", where=str(annotations), found="nothing", mend=mend)
    if not (annotations.is_file() or annotations.is_dir()):
        # They are read more than once, which a pipe does not allow: it would wait for ever.
        raise AnnotationError(
            "The annotations are neither a file nor a folder.",
            where=str(annotations),
            mend="write them into a file first",
        )
    return _guarded(adapter, annotations, videos)


def read_source(
    adapter: LabelAdapter, annotations: Path, videos: VideoRoot | None, *, source: str, split: Split | None
) -> Iterator[Clip | Skipped]:
    """Reads the clips of one source, one at a time.

    Ids get the prefix `<source>/`. A second clip of one id becomes a `Skipped`, whichever splits the two are of.

    Args:
        adapter: What knows the format.
        annotations: The annotation file or folder.
        videos: Where the videos lie, where they are at hand.
        source: The name of the source.
        split: The split to keep; None keeps all. Rows without clip are reported whatever their split.

    Raises:
        AnnotationError: The annotations cannot be read, the adapter failed, or no clip is of the split.
        StorageError: The disk failed while reading.
    """
    seen = Seen()
    splits: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    first_skipped = ""
    for number, row in enumerate(read_adapter(adapter, annotations, videos), start=1):
        if isinstance(row, Clip):
            if seen.add(row.id):
                splits[row.split.value] += 1
                if split is None or row.split is split:
                    yield msgspec.structs.replace(row, id=f"{source}/{row.id}", source=source)
                continue
            detail = f"another row has the id {row.id} already"
            where = f"{annotations.name}, record {number}"
            row = Skipped(reason=UnusableReason.MALFORMED_ROW, detail=detail, where=where, video=row.video)
        skipped[row.reason.value] += 1
        first_skipped = first_skipped or f"{row.where}: {row.detail}"
        yield row
    if not (splits or skipped):
        expected = "a row for each clip"
        raise AnnotationError("The annotations hold no rows.", where=str(annotations), expected=expected)
    if split is not None and not splits[split.value]:
        raise AnnotationError(
            f'The source "{source}" has no clip of the split {split.value}.',
            where=str(annotations),
            found=", ".join([*_counts("clips of ", splits), *_counts("rows skipped as ", skipped)]) or "no rows",
            expected=f"rows unlike the first that was skipped, {first_skipped}" if first_skipped else None,
            mend=nearest(split.value, splits) if splits else None,
        )


def split_named(text: str) -> Split:
    """Returns the split that a dataset's own word means (`val`, `validate`, `dev` are the validation split).

    Raises:
        AnnotationError: No split is called so.
    """
    split = _SPELLINGS.get(text) or _SPELLINGS.get(text.strip().lower())
    if split is None:
        expected = "train, validation or test (val, validate, valid, dev, training, testing are understood)"
        raise AnnotationError("There is no split of that name.", expected=expected, found=repr(text))
    return split


def _guarded(adapter: LabelAdapter, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
    """Turns what an adapter raises or yields by mistake into errors that name it and the record."""
    number = 0
    try:
        for row in adapter.clips(annotations, videos):
            if not isinstance(row, Clip | Skipped):
                raise TypeError(f"a record gave a {type(row).__name__}, neither a Clip nor a Skipped")
            number += 1
            yield row
    except VstarDataError as problem:
        if isinstance(problem, UsageError | StorageError):
            raise
        raise _failed(adapter, annotations, number, problem) from None
    except OSError as problem:
        path = problem.filename or str(annotations)
        if isinstance(problem, FileNotFoundError | IsADirectoryError | NotADirectoryError | PermissionError):
            raise AnnotationError(
                f'The adapter "{adapter.name}" cannot read a file.', where=path, found=problem.strerror
            ) from None
        raise StorageError("Reading the annotations failed.", where=path, found=_told(problem)) from None
    except Exception as problem:
        raise _failed(adapter, annotations, number, problem) from problem


def _failed(adapter: LabelAdapter, annotations: Path, number: int, problem: Exception) -> AnnotationError:
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    return AnnotationError(
        f'The adapter "{adapter.name}" failed after {number} records, at record {number + 1}.',
        where=str(annotations),
        found=f"{_told(problem)} ({frame.filename}:{frame.lineno})",
        mend="if the file is as the adapter expects it, this is a fault of the adapter",
    )


def _counts(what: str, counter: Counter[str]) -> list[str]:
    return [f"{count:,} {what}{name}" for name, count in sorted(counter.items())]


def _told(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"


def _adapters_in(thing: object) -> Iterator[type[LabelAdapter]]:
    """Yields the adapters of a class, a module, or a package and its modules."""
    if isinstance(thing, ModuleType):
        modules = [thing]
        if path := getattr(thing, "__path__", None):
            names = sorted(module.name for module in pkgutil.iter_modules(path))
            modules += [importlib.import_module(f"{thing.__name__}.{name}") for name in names]
        # A class that a module only imports from elsewhere is not the module's to offer.
        package = thing.__name__.partition(".")[0]
        classes = [value for module in modules for value in vars(module).values() if inspect.isclass(value)]
        for found in dict.fromkeys(classes):
            if issubclass(found, LabelAdapter) and found.name and found.__module__.partition(".")[0] == package:
                yield found
    elif inspect.isclass(thing) and issubclass(thing, LabelAdapter) and thing.name:
        yield thing
    else:
        raise TypeError(f"{thing!r} is neither a named LabelAdapter nor a module of such")


@cache
def _adapters_of_file(file: Path) -> dict[str, type[LabelAdapter]]:
    name = f"vstar_data_adapter_{file.stem}_{blake2b(str(file).encode(), digest_size=4).hexdigest()}"
    spec = importlib.util.spec_from_file_location(name, file)
    if not file.is_file() or spec is None or spec.loader is None:
        raise AnnotationError("The adapter file cannot be loaded.", where=str(file), expected="a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    # Decoding the options looks the annotations of the class up in its module.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        adapters = {adapter.name: adapter for adapter in _adapters_in(module)}
    except Exception as problem:
        del sys.modules[name]
        line = (
            problem.lineno
            if isinstance(problem, SyntaxError)
            else traceback.extract_tb(problem.__traceback__)[-1].lineno
        )
        raise AnnotationError(
            "The adapter file cannot be loaded.", where=f"{file}:{line}", found=_told(problem)
        ) from problem
    if not adapters:
        expected = "a subclass of vstar_data.adapters.LabelAdapter with a `name`"
        raise AnnotationError("The adapter file holds no adapter.", where=str(file), expected=expected)
    return adapters
