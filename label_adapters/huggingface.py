"""Any dataset of the Hugging Face Hub that lies on disk, with columns named in the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from label_adapters.rows import malformed, unsupported
from label_adapters.split_names import split_of_name
from label_adapters.table_cells import Cells
from label_adapters.table_clips import ClipMaker, key_columns, repeated_ids
from label_adapters.table_columns import Columns, recognised
from label_adapters.table_files import column_names, rows
from vstar_data.adapters import LabelAdapter, VideoRoot, split_named
from vstar_data.errors import AnnotationError, nearest
from vstar_data.records import Clip, Skipped, Split

_TEXTS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
_TABLES = (".parquet", ".arrow")
_BUILDERS = ("csv", "json", "parquet", "arrow")
_MARKS = {".csv": ",", ".tsv": "\t"}
_NEUTRAL = {"sep", "data_files", "data_dir", "features", "version", "description"}
_FEW, _MANY = 16, 1_000


class HuggingFace(LabelAdapter):
    """Hugging Face datasets: any dataset of the Hub, or one saved by `datasets`, with its columns named in the recipe.

    Annotations: a folder as `hf download ORG/NAME --repo-type dataset --local-dir FOLDER` leaves it, one that
    `save_to_disk` wrote, or one .parquet, .jsonl, .json, .csv, .tsv or .arrow file. Nothing is fetched, and a loading
    script is never run. `columns` says which column means what, as for the adapter `table`; a column of the type
    `Video` or `Image` stands for its path, one of the type `ClassLabel` for the name, with -1 for
    none. Each row of the dataset is a row; the dataset's own splits are the splits, and rows of a split of another name
    are `malformed_row`. The name of a single file, or of a folder that one split was saved to, tells the split; else it
    is train.

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
        # `datasets` writes a lock into its cache even where it caches nothing: the home folder may not allow it.
        with TemporaryDirectory(prefix="vstar-data-") as cache:
            yield from self._clips(_parts(annotations, self.config, Path(cache)), videos)

    def _clips(self, parts: list[_Part], videos: VideoRoot | None) -> Iterator[Clip | Skipped]:
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
    features: Any = None

    def columns(self, wanted: tuple[str, ...]) -> list[str]:
        """Returns the names of the columns; of JSON, of those rows that it takes to see all that are wanted."""
        return column_names(self.path, wanted) if self.stored is None else list(self.stored.features)

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[int, Cells] | Skipped]:
        """Yields each row with its place."""
        features = self.features or {}
        typed = {column: features[column] for column in columns if column in features}
        for row in rows(self.path, columns) if self.stored is None else self._stored_rows(list(columns)):
            if isinstance(row, Skipped) or not typed:
                yield row
                continue
            place, cells = row
            try:
                yield place, {**cells, **{column: _plain(cells.get(column), typed[column]) for column in typed}}
            except ValueError as problem:
                yield malformed(self.path, f"{place} of {self.split}", str(problem))

    def _stored_rows(self, columns: list[str]) -> Iterator[tuple[int, Cells]]:
        # Rows of Arrow leave media as they are stored. A row may hold a whole video: few of these at a time.
        media = any(hasattr(self.features[column], "decode") for column in columns)
        number = 0
        try:
            for table in self.stored.select_columns(columns).with_format("arrow").iter(_FEW if media else _MANY):
                # Arrow trusts what is stored: a damaged offset would end the process.
                table.validate(full=True)
                for cells in table.to_pylist():
                    number += 1
                    yield number, cells
        except Exception as problem:  # whatever a reader of a damaged file raises
            raise _unreadable(self.path, problem, None, f"split {self.split}, after row {number}") from problem


def _plain(cell: Any, feature: Any) -> Any:
    """Returns a cell with the names of classes for their numbers, and the path for media; b"" for one without a path.

    Raises:
        ValueError: The number is that of no class.
    """
    names = getattr(feature, "names", None)
    inner = getattr(getattr(feature, "feature", None), "names", None)
    if names is not None:
        return _class_name(cell, names)
    if inner is not None and isinstance(cell, list):
        return [name for each in cell if (name := _class_name(each, inner)) is not None]
    if isinstance(cell, dict) and "path" in cell:
        return cell["path"] or (b"" if cell.get("bytes") else None)
    return cell


def _class_name(cell: Any, names: list[str]) -> Any:
    """Returns the name of the class that a cell has the number of; other cells as they are."""
    if isinstance(cell, str) and cell not in names and cell.isascii() and cell.removeprefix("-").isdigit():
        # Text tables hold numbers as text.
        cell = int(cell)
    if isinstance(cell, bool) or not isinstance(cell, int):
        return cell
    if not -1 <= cell < len(names):
        raise ValueError(f"the number of one of {len(names)} classes was expected, found {cell}")
    # By custom -1 stands for a label that is kept back.
    return None if cell == -1 else names[cell]


def _split(name: str) -> tuple[Split, str]:
    """Returns the split of a name, or what is wrong with the name."""
    try:
        return split_named(name), ""
    except AnnotationError as problem:
        return Split.TRAIN, f"no split is called {problem.found}"


def _parts(path: Path, config: str | None, cache: Path) -> list[_Part]:
    """Finds the files of a dataset, or opens it, split by split."""
    import datasets

    suffix = path.suffix.lower()
    own = (split_of_name(path) or Split.TRAIN).value
    if path.is_file() and suffix in _TEXTS:
        return [_Part(path, own)]
    if path.is_file() and suffix not in _TABLES:
        expected = f"a folder, or a file ending in {', '.join((*_TABLES, *_TEXTS))}"
        raise AnnotationError("The suffix of the file is unknown.", where=str(path), expected=expected)
    try:
        if path.is_file():
            # By a folder of its own: to open the file by its name alone, `datasets` would ask a server first.
            folder = cache / "data"
            folder.mkdir()
            (folder / f"{own}{suffix}").symlink_to(path.resolve())
            opened = datasets.load_dataset_builder(str(folder), cache_dir=str(cache)).as_streaming_dataset()
        elif (path / "dataset_dict.json").exists() or (path / "state.json").exists():
            opened = datasets.load_from_disk(str(path))
        else:
            _check_folder(path)
            builder = datasets.load_dataset_builder(str(path), name=config, cache_dir=str(cache))
            if builder.name not in _BUILDERS:
                raise AnnotationError(
                    f"The dataset is read as `{builder.name}`, which is no table.",
                    where=str(path),
                    expected=f"data files: {', '.join((*_TABLES, *_TEXTS))}",
                    mend="the adapter `videofolder` reads folders of videos; or name the file of the table",
                )
            files = {str(split): [Path(file) for file in found] for split, found in builder.config.data_files.items()}
            if _usual(builder.config, [file for found in files.values() for file in found]):
                features = builder.info.features
                return [_Part(file, split, features=features) for split, found in files.items() for file in found]
            opened = builder.as_streaming_dataset()
        named = opened if isinstance(opened, dict) else {str(opened.split or own): opened}
        resolved = {
            split: stored if stored.features is not None else stored._resolve_features()
            for split, stored in named.items()
        }
        return [_Part(path, str(split), stored, stored.features) for split, stored in resolved.items()]
    except AnnotationError:
        raise
    except Exception as problem:  # as above
        raise _unreadable(path, problem, config) from problem


def _check_folder(path: Path) -> None:
    """Checks that `datasets` can read a folder without running or fetching anything."""
    import yaml
    from huggingface_hub import DatasetCard

    if (path / f"{path.resolve().name}.py").exists():
        raise AnnotationError(
            "The dataset comes as a script, which is not run.",
            where=str(path),
            expected="data files: .parquet, .jsonl, .csv",
            mend="look on the Hub for a branch with Parquet files (refs/convert/parquet)",
        )
    if has_magic(str(path.resolve())):
        raise AnnotationError(
            "The path holds one of * ? [ ], which `datasets` takes for a pattern.",
            where=str(path.resolve()),
            mend="rename the folder, or name one data file",
        )
    card, settings = path / "README.md", path / ".huggingface.yaml"
    given: list[Any] = [DatasetCard.load(card).data.to_dict().get("configs")] if card.is_file() else []
    given += [yaml.safe_load(settings.read_text(encoding="utf-8"))] if settings.is_file() else []
    for text in _texts_in(given):
        if "://" in text:
            raise AnnotationError(
                "The card names data that lies elsewhere, and nothing is fetched.",
                where=str(path),
                found=text,
                mend="fetch it first, then name the file",
            )


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(each)


def _usual(config: Any, files: list[Path]) -> bool:
    """Returns whether files of text are read as their suffixes say, and the card asks for nothing else."""
    usual = vars(type(config)(name=config.name))
    asked = {key for key, value in vars(config).items() if value != usual.get(key)} - _NEUTRAL
    mark = getattr(config, "sep", None)
    return not asked and all(
        file.suffix.lower() in _TEXTS and _MARKS.get(file.suffix.lower(), mark) == mark for file in files
    )


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
