"""Any dataset of the Hugging Face Hub that lies on disk, with columns named in the recipe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from label_adapters.rows import malformed, unsupported
from label_adapters.table_cells import Cells
from label_adapters.table_clips import ClipMaker, key_columns, repeated_ids
from label_adapters.table_columns import Columns, recognised
from label_adapters.table_files import column_names, rows
from vstar_data.adapters import LabelAdapter, VideoRoot, split_named
from vstar_data.errors import AnnotationError, nearest
from vstar_data.records import Clip, Skipped, Split

_TEXTS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
_TABLES = {".parquet": "parquet", ".arrow": "arrow"}


class HuggingFace(LabelAdapter):
    """Hugging Face datasets: any dataset of the Hub, or one saved by `datasets`, with its columns named in the recipe.

    Annotations: a folder as `hf download ORG/NAME --repo-type dataset --local-dir FOLDER` leaves it, one that
    `save_to_disk` wrote, or one .parquet, .jsonl, .json, .csv, .tsv or .arrow file. Nothing is fetched, and a loading
    script is never run. `columns` says which column means what, as for the adapter `table`; a column of the type
    `Video` or `Image` stands for its path, one of the type `ClassLabel` for the name. Each row of the dataset is a row;
    the dataset's own splits are the splits, and rows of a split of another name are `malformed_row`.

    Videos: the folder that the paths in the dataset start from. Videos that are inside the rows are no files: write
    them to a folder first.

    Labels: what `columns` names: `class`, `qa`, `number`, `segment`, `timestamp`, `box`, `sequence`, `relation`,
    `boolean`, `caption`.

    Options: `columns`, see the adapter `table`; `config` is the configuration where the dataset has several; `license`
    writes a licence into every clip.

    Licence: that of the dataset, which its card says.

    Source: https://huggingface.co/datasets
    """

    name: ClassVar[str] = "huggingface"
    needs: ClassVar[str] = (
        "--annotations: a folder from `hf download ORG/NAME --repo-type dataset --local-dir FOLDER` or `save_to_disk`, "
        "or one data file; adapter_options.columns says which column means what\n"
        "--videos: the folder that the paths in the dataset start from"
    )

    columns: Columns | None = None
    config: str | None = None
    license: str | None = None

    def clips(self, annotations: Path, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        """Yields a clip for each row of the dataset, split by split."""
        parts = _parts(annotations, self.config)
        wanted = self.columns.wanted() if self.columns is not None else ()
        settled = []
        for part in parts:
            present = part.columns(wanted)
            settled.append((part, present, recognised(self.columns, present, part.path)))

        def keys() -> Iterator[Cells]:
            # Of all splits: a video may have a row in several.
            for part, _, columns in settled:
                yield from (row[1] for row in part.rows(key_columns(columns)) if not isinstance(row, Skipped))

        repeated = repeated_ids(settled[0][2], videos, keys) if settled else None
        for part, present, columns in settled:
            yield from self._clips_of(part, present, ClipMaker(columns, videos, self.license, repeated), columns)

    def _clips_of(
        self, part: _Part, present: list[str], maker: ClipMaker, columns: Columns
    ) -> Iterator[Clip | Skipped]:
        split, unknown = _split(part.split)
        for row in part.rows(columns.named(present)):
            if isinstance(row, Skipped):
                yield row
                continue
            place, cells = row
            where = f"{place} of {part.split}"
            if unknown:
                yield malformed(part.path, where, unknown)
            elif isinstance(cells.get(columns.video or ""), bytes):
                yield unsupported(part.path, where, "the video is inside the row: write it to a file first")
            else:
                yield maker.clip(part.path, where, cells, split=split)


@dataclass(frozen=True)
class _Part:
    """The rows of a split that lie in one file of text, or in `stored`, a dataset that `datasets` has opened.

    Text is read by our own readers: they know each line, and no damage to a file can end the process.
    """

    path: Path
    split: str
    stored: Any = None

    def columns(self, wanted: tuple[str, ...]) -> list[str]:
        """Returns the names of the columns; of JSON, of those rows that it takes to see all that are wanted."""
        return column_names(self.path, wanted) if self.stored is None else list(self.stored.features)

    def rows(self, columns: list[str] | tuple[str, ...]) -> Iterator[tuple[int, Cells] | Skipped]:
        """Yields each row with its place."""
        return rows(self.path, columns) if self.stored is None else self._stored_rows(list(columns))

    def _stored_rows(self, columns: list[str]) -> Iterator[tuple[int, Cells]]:
        features = self.stored.features
        number = 0
        try:
            for row in self.stored.select_columns(columns):
                number += 1
                yield number, {column: _plain(row.get(column), features[column]) for column in columns}
        except Exception as problem:  # whatever a reader of a damaged file raises
            raise _unreadable(self.path, problem, None, f"split {self.split}, after row {number}") from problem


def _plain(cell: Any, feature: Any) -> Any:
    """Returns a cell with the names of classes for their numbers, and paths (or else bytes) for media."""
    from datasets import ClassLabel

    inner = getattr(feature, "feature", None)
    if isinstance(feature, ClassLabel) and isinstance(cell, int):
        return _class_name(feature, cell)
    if isinstance(inner, ClassLabel) and isinstance(cell, list):
        return [_class_name(inner, each) for each in cell if isinstance(each, int)]
    if isinstance(cell, dict) and "path" in cell:
        return cell["path"] or cell.get("bytes")
    return cell


def _split(name: str) -> tuple[Split, str]:
    """Returns the split of a name, or what is wrong with the name."""
    try:
        return split_named(name), ""
    except AnnotationError as problem:
        return Split.TRAIN, f"no split is called {problem.found}"


def _parts(path: Path, config: str | None) -> list[_Part]:
    """Finds the files of a dataset, or opens it, split by split."""
    import datasets

    suffix = path.suffix.lower()
    if path.is_file() and suffix in _TEXTS:
        return [_Part(path, "train")]
    if path.is_file() and suffix not in _TABLES:
        expected = f"a folder, or a file ending in {', '.join((*_TABLES, *_TEXTS))}"
        raise AnnotationError("The suffix of the file is unknown.", where=str(path), expected=expected)
    if path.is_dir() and (path / f"{path.resolve().name}.py").exists():
        raise AnnotationError(
            "The dataset comes as a script, which is not run.",
            where=str(path),
            expected="data files: .parquet, .jsonl, .csv",
            mend="look on the Hub for a branch with Parquet files (refs/convert/parquet)",
        )
    try:
        if path.is_file():
            opened = datasets.load_dataset(_TABLES[suffix], data_files=str(path), streaming=True)
        elif (path / "dataset_dict.json").exists() or (path / "state.json").exists():
            opened = datasets.load_from_disk(str(path))
        else:
            builder = datasets.load_dataset_builder(str(path), name=config)
            files = {str(split): [Path(file) for file in found] for split, found in builder.config.data_files.items()}
            if all(file.suffix.lower() in _TEXTS for found in files.values() for file in found):
                return [_Part(file, split) for split, found in files.items() for file in found]
            opened = builder.as_streaming_dataset()
        named = opened if isinstance(opened, dict) else {str(opened.split or "train"): opened}
        return [_Part(path, str(split), _prepared(stored)) for split, stored in named.items()]
    except Exception as problem:  # as above
        raise _unreadable(path, problem, config) from problem


def _prepared(stored: Any) -> Any:
    """Settles the types of the columns, and has media stand for their paths."""
    import datasets

    kinds: tuple[Any, ...] = tuple(getattr(datasets, kind, None) for kind in ("Audio", "Image", "Video"))
    media = tuple(kind for kind in kinds if kind is not None)
    if stored.features is None:
        stored = stored._resolve_features()
    for name, feature in list(stored.features.items()):
        if isinstance(feature, media):
            stored = stored.cast_column(name, type(feature)(decode=False))
    return stored


def _class_name(feature: Any, number: int) -> str | None:
    return feature.int2str(number) if 0 <= number < feature.num_classes else None


def _unreadable(path: Path, problem: Exception, config: str | None, place: str = "") -> AnnotationError:
    configs = _configs(path) if path.is_dir() else []
    if config not in configs and len(configs) > 1:
        return AnnotationError(
            "The dataset has several configurations." if config is None else f'There is no configuration "{config}".',
            where=str(path),
            expected=", ".join(configs),
            mend=f"--set adapter_options.config={configs[0]}. {nearest(config or '', configs)}",
        )
    return AnnotationError(
        "The dataset cannot be read.",
        where=f"{path}{', ' + place if place else ''}",
        found=f"{type(problem).__name__}: {' '.join(str(problem).split())}"[:300],
        expected="a folder from `hf download` or `save_to_disk`, or a data file",
    )


def _configs(path: Path) -> list[str]:
    from datasets import get_dataset_config_names

    try:
        return list(get_dataset_config_names(str(path)))
    except Exception:  # only asked for a better message about a failure that is told anyway
        return []
