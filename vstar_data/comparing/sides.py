"""What `diff` is given, found: a run, a dataset's folder, or a dataset of the Hub at a tag."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from vstar_data.comparing.fetching import fetched
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.generation.run_folder import RunFolder

_HUB = re.compile(
    r"(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:@(?P<revision>(?!.*\.\.)[A-Za-z0-9][\w.+/-]*))?", re.ASCII
)
_LONGEST = 400
_EXPECTED = "a run, a dataset's folder, or REPO_ID@TAG"


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    Attributes:
        name: As the user wrote it.
        dataset: The dataset.
        run: The run that it belongs to; None for a dataset alone.
        commit: The commit of a dataset of the Hub, 40 hex digits.
    """

    name: str
    dataset: PublishedDataset
    run: RunFolder | None = None
    commit: str | None = None


def side(name: str) -> Side:
    """Finds a side. A path that exists wins over a name on the Hub.

    Raises:
        UsageError: There is no such folder, dataset or tag.
        RecordError: Its manifest is none.
        RunError: The Hub cannot be reached.
    """
    # Unlike those of Path, these take names that are too long or no text for names of nothing.
    path = os.path.expanduser(name)
    if os.path.exists(path):
        return _on_disk(name, Path(path))
    hub = _HUB.fullmatch(name) if len(name) <= _LONGEST else None
    if hub is None or (hub["revision"] is None and os.path.isdir(os.path.dirname(path) or ".")):
        where = ascii(name[:_LONGEST])[1:-1]
        raise UsageError("There is no such folder.", where=where, expected=_EXPECTED, mend="check the path")
    folder = fetched(hub["repo"], hub["revision"])
    return Side(name, PublishedDataset(folder), commit=folder.name)


def _on_disk(name: str, path: Path) -> Side:
    if not path.is_dir():
        raise UsageError("This is a file.", where=name, expected=_EXPECTED, mend="name the folder that it is in")
    dataset = PublishedDataset(path)
    folder = RunFolder(dataset.path.resolve().parent)
    belongs = folder.exists() and dataset.path.resolve() == folder.dataset
    return Side(name, dataset, folder if belongs else None)
