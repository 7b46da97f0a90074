"""A published dataset at one of its tags, fetched into the cache of the Hub's client. Nothing is written elsewhere."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import RunError, StorageError, UsageError, nearest
from vstar_data.hub.refusals import said

_FILES = ("manifest.json", "README.md", "data/*.parquet")
_SECONDS = 20


def fetched(repo: str, revision: str | None) -> Path:
    """Returns the folder of a dataset of the Hub; what the cache holds is not fetched again.

    Without a connection the cache stands in, where it has the whole of that revision.

    Args:
        repo: `org/name`.
        revision: A tag, a branch or a commit; None for the default branch.

    Raises:
        UsageError: There is no such dataset or revision, or it is not ours to read.
        RunError: The Hub cannot be reached or does not take the token, and the cache does not have it.
        StorageError: The cache cannot be written.
    """
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if not sys.stderr.isatty():
        disable_progress_bars()
    where = f"{repo}@{revision}" if revision else repo
    try:
        HfApi().dataset_info(repo, revision=revision, timeout=_SECONDS)
        found = snapshot_download(repo, repo_type="dataset", revision=revision, allow_patterns=list(_FILES))
    except GatedRepoError:
        raise UsageError(
            "The Hub gives this dataset only to those who asked for it.",
            where=where,
            mend="accept its terms on its page, then log in with `hf auth login`",
        ) from None
    except (RepositoryNotFoundError, HFValidationError):
        raise UsageError(
            "There is no such dataset: neither a folder nor a dataset of the Hub.",
            where=where,
            expected="a run, a dataset's folder, or REPO_ID@TAG",
            mend=f"check the name; {_login()}",
        ) from None
    except RevisionNotFoundError:
        raise UsageError("The dataset has no such tag.", where=where, mend=_other_tags(repo, revision or "")) from None
    except Exception as problem:
        # A network fails in the terms of the HTTP library beneath, which differ between versions of the Hub's client.
        if (cached := _cached(repo, revision)) is not None:
            return _whole(cached, where)
        raise _failed(problem, where) from None
    return _whole(Path(found), where)


def _cached(repo: str, revision: str | None) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        found = snapshot_download(
            repo, repo_type="dataset", revision=revision, local_files_only=True, allow_patterns=list(_FILES)
        )
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        return None
    return Path(found)


def _failed(problem: Exception, where: str) -> RunError:
    """Returns the error for a failure of the network, of the token or of the cache's disk."""
    from huggingface_hub import get_token
    from huggingface_hub.errors import HfHubHTTPError

    if isinstance(problem, OSError) and problem.filename is not None:
        mend = "set HF_HOME to a folder on a disk with room"
        place, found = str(problem.filename), problem.strerror or str(problem)
        return StorageError("The cache of the Hub's client cannot be written.", where=place, found=found, mend=mend)
    found = f"{type(problem).__name__}: {said(problem, get_token() or '')}"
    if isinstance(problem, HfHubHTTPError) and problem.response.status_code in (401, 403):
        mend = "log in again: hf auth login; or set HF_TOKEN to a valid token, or unset it"
        return RunError("The Hub does not take the token.", where=where, found=found, mend=mend)
    mend = "check the network (and HF_HUB_OFFLINE), then run the command again"
    return RunError("The dataset cannot be fetched from the Hub.", where=where, found=found, mend=mend)


def _whole(folder: Path, where: str) -> Path:
    """Checks that a snapshot is a dataset of ours with all its files."""
    if not (folder / "manifest.json").is_file():
        raise UsageError(
            "This was not written by vstar-data.",
            where=where,
            expected="a dataset that was pushed, with its manifest.json",
            found="no manifest.json",
        )
    dataset = PublishedDataset(folder)
    lacking = [name for name in dataset.files if name.endswith(".parquet") and not (folder / name).is_file()]
    if lacking:
        raise RunError(
            "A file of the dataset is missing.",
            where=f"{where}, {lacking[0]}",
            found="neither on the Hub at this revision nor in the cache",
            mend="run the command again with a connection to the Hub",
        )
    return folder


def _login() -> str:
    from huggingface_hub import get_token

    if get_token() is None:
        return "a private one needs `hf auth login` (or HF_TOKEN), and there is no token here"
    return "a private one needs a token that may read it (`hf auth whoami` says whose it is)"


def _other_tags(repo: str, revision: str) -> str:
    from huggingface_hub import HfApi

    tags: list[str] = []
    with suppress(Exception):
        tags = [tag.name for tag in HfApi().list_repo_refs(repo, repo_type="dataset").tags]
    return nearest(revision, tags) if tags else "it has no tags: leave the @ out for what is there now"
