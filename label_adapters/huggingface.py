"""Any dataset of the Hugging Face Hub that lies on disk, with columns named in the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from label_adapters.rows import malformed, unsupported
from label_adapters.table_cells import Cells
from label_adapters.table_clips import ClipMaker, key_columns
from label_adapters.table_columns import Columns, recognised
from vstar_data.adapters import LabelAdapter, VideoRoot, split_named
from vstar_data.errors import AnnotationError, nearest
from vstar_data.records import Clip, Skipped

_BUILDERS = {
    ".parquet": "parquet",
    ".jsonl": "json",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".arrow": "arrow",
}


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
        for name, rows in _splits(annotations, self.config).items():
            yield from self._clips_of(annotations, name, rows, videos)

    def _clips_of(self, path: Path, name: str, dataset: Any, videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
        present = list(dataset.features)
        columns = recognised(self.columns, present, path)
        used = list(columns.named(present))
        try:
            split = split_named(name)
        except AnnotationError as problem:
            for number, _ in enumerate(_rows(path, name, dataset, used[:1]), start=1):
                yield malformed(path, f"{name}:{number}", f"no split is called {problem.found}")
            return
        maker = ClipMaker(columns, videos, self.license, lambda: _rows(path, name, dataset, key_columns(columns)))
        for number, cells in enumerate(_rows(path, name, dataset, used), start=1):
            if isinstance(cells.get(columns.video or ""), bytes):
                yield unsupported(path, f"{name}:{number}", "the video is inside the row: write it to a file first")
                continue
            yield maker.clip(path, f"{name}:{number}", cells, split=split)


def _splits(path: Path, config: str | None) -> Mapping[str, Any]:
    """Opens a dataset: a mapping from the names of its splits to its rows, read as they are asked for."""
    import datasets

    try:
        if path.is_dir():
            if (path / f"{path.resolve().name}.py").exists():
                raise AnnotationError(
                    "The dataset comes as a script, which is not run.",
                    where=str(path),
                    expected="data files: .parquet, .jsonl, .csv",
                    mend="look on the Hub for a branch with Parquet files (refs/convert/parquet)",
                )
            if (path / "dataset_dict.json").exists() or (path / "state.json").exists():
                opened = datasets.load_from_disk(str(path))
            else:
                opened = datasets.load_dataset(str(path), name=config, streaming=True)
        else:
            builder = _BUILDERS.get(path.suffix.lower())
            if builder is None:
                expected = f"a folder, or a file ending in {', '.join(_BUILDERS)}"
                raise AnnotationError("The suffix of the file is unknown.", where=str(path), expected=expected)
            options = {"sep": "\t"} if path.suffix.lower() == ".tsv" else {}
            opened = datasets.load_dataset(builder, data_files=str(path), streaming=True, **options)
    except AnnotationError:
        raise
    except Exception as problem:  # whatever a reader of a damaged or foreign file raises
        raise _unreadable(path, problem, config) from problem
    named = opened if isinstance(opened, dict) else {str(opened.split or "train"): opened}
    return {str(name): _prepared(path, rows, config) for name, rows in named.items()}


def _prepared(path: Path, rows: Any, config: str | None) -> Any:
    """Settles the types of the columns, and has media stand for their paths."""
    import datasets

    kinds: tuple[Any, ...] = tuple(getattr(datasets, kind, None) for kind in ("Audio", "Image", "Video"))
    media = tuple(kind for kind in kinds if kind is not None)
    try:
        if rows.features is None:
            rows = rows._resolve_features()
        for name, feature in list(rows.features.items()):
            if isinstance(feature, media):
                rows = rows.cast_column(name, type(feature)(decode=False))
        return rows
    except Exception as problem:  # as above
        raise _unreadable(path, problem, config) from problem


def _rows(path: Path, name: str, rows: Any, columns: list[str]) -> Iterator[Cells]:
    """Yields the cells of each row, with the names of classes for their numbers and paths for media."""
    from datasets import ClassLabel

    features = rows.features
    number = 0
    try:
        for row in rows.select_columns(columns):
            number += 1
            cells: Cells = {}
            for column in columns:
                cell = row.get(column)
                feature = features[column]
                inner = getattr(feature, "feature", None)
                if isinstance(feature, ClassLabel) and isinstance(cell, int):
                    cell = _class_name(feature, cell)
                elif isinstance(inner, ClassLabel) and isinstance(cell, list):
                    cell = [_class_name(inner, each) for each in cell if isinstance(each, int)]
                elif isinstance(cell, dict) and "path" in cell:
                    cell = cell["path"] or cell.get("bytes")
                cells[column] = cell
            yield cells
    except Exception as problem:  # as above
        raise _unreadable(path, problem, None, f"split {name}, after row {number}") from problem


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
