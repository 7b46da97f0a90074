"""From what the user calls a model to a folder on disk: the shipped model, a folder, or a model of the Hub.

A model of the Hub is resolved to a commit, which `ResolvedModel.reference` pins: asked for again at that commit it is
taken from the local cache, without the network. Only the files that are needed are fetched, and Python files only where
remote code is trusted.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from vstar_data.engines.model_folder import check_folder, check_parts, has_its_code, needed_files
from vstar_data.errors import EngineError, ModelError

DEMO = "demo"

_HUB_ID = re.compile(r"(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:@(?P<revision>[\w./-]+))?", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class ResolvedModel:
    """A model that lies on disk.

    Attributes:
        path: Its folder.
        name: `demo`, the folder's name, or `org/name`.
        reference: What `resolve_model` turns into this model again; a model of the Hub is pinned to its commit.
        commit: The commit of a model of the Hub, 40 hex digits; null for a folder.
    """

    path: Path
    name: str
    reference: str
    commit: str | None = None

    @property
    def label(self) -> str:
        """The part of a fingerprint before the hash: the name, with the commit's first 12 digits if there is one."""
        return f"{self.name}@{self.commit[:12]}" if self.commit else self.name


def resolve_model(model: str | Path, *, trust_remote_code: bool = False) -> ResolvedModel:
    """Finds the folder of a model; downloads a model of the Hub.

    Args:
        model: `demo`, a folder, or a Hub id `org/name`, `org/name@revision`. A path that exists is a folder, and
            `./demo` is the folder of that name.
        trust_remote_code: Also fetch the Python files of a model of the Hub.

    Raises:
        ModelError: No such folder and no such model.
        EngineError: The Hub cannot be reached and the model is not in the local cache.
    """
    if str(model) == DEMO and isinstance(model, str):
        return ResolvedModel(_demo_folder(), DEMO, DEMO)
    path = Path(model).expanduser()
    if path.is_dir():
        return ResolvedModel(path, path.resolve().name, str(model))
    if path.exists():
        raise ModelError("A model is a folder; this is a file.", where=str(model), mend="name the folder that holds it")
    hub = _HUB_ID.fullmatch(str(model)) if isinstance(model, str) else None
    if hub is None or path.parent.is_dir():
        raise ModelError(
            "There is no such model folder.",
            where=str(model),
            expected="an existing folder, or a Hub id `org/name` or `org/name@revision`",
            found=f"nothing at {path.absolute()}",
            mend="check the path",
        )
    return _from_hub(hub["repo"], hub["revision"], trust_remote_code)


def check_model(
    model: str | Path, chat_template: Path | None = None, *, trust_remote_code: bool = False
) -> ResolvedModel:
    """Finds a model and checks without torch that it has all its parts. See `resolve_model` and `check_folder`.

    Raises:
        ModelError: There is no such model, or a part is missing: config, weights, processor, tokenizer, chat template.
        EngineError: The Hub cannot be reached and the model is not in the local cache.
    """
    resolved = resolve_model(model, trust_remote_code=trust_remote_code)
    check_folder(resolved.path, chat_template, name=str(model))
    return resolved


def _demo_folder() -> Path:
    folder = Path(__file__).resolve().parents[1] / "demo" / "model"
    if not folder.is_dir():
        raise ModelError(
            "The shipped demo model is not in this installation.",
            where=str(folder),
            mend="install vstar-data again, or give a model with --model",
        )
    return folder


def _from_hub(repo: str, revision: str | None, code: bool) -> ResolvedModel:
    """Pinned to a commit and whole in the cache: no network. Else the Hub says which commit; the cache stands in."""
    if revision and _COMMIT.fullmatch(revision) and (cached := _cached(repo, revision, code)):
        return cached
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
        info = HfApi().model_info(repo, revision=revision, timeout=20)
        names = needed_files((file.rfilename for file in info.siblings or ()), code=code)
        folder = snapshot_download(repo, revision=revision, allow_patterns=names)
    except GatedRepoError as problem:
        raise ModelError(
            "The Hub gives this model only to those who asked for it.",
            where=where,
            found=_first_line(problem),
            mend="accept its terms on its page, then log in with `hf auth login`",
        ) from None
    except (RepositoryNotFoundError, HFValidationError) as problem:
        raise ModelError(
            "There is no such model: neither a folder nor a model of the Hub.",
            where=where,
            found=_first_line(problem),
            mend="check the path or the Hub id; a private model needs `hf auth login`",
        ) from None
    except RevisionNotFoundError as problem:
        raise ModelError(
            "The model has no such revision.",
            where=where,
            found=_first_line(problem),
            mend="name a branch, a tag or a commit of it after the @",
        ) from None
    except Exception as problem:
        # A network fails in the terms of the HTTP library beneath, which is not the same in all versions of the Hub's.
        if cached := _cached(repo, revision, code):
            return cached
        raise EngineError(
            "The model cannot be fetched from the Hub.",
            where=where,
            found=f"{type(problem).__name__}: {_first_line(problem)}",
            mend="check the network, or give a local folder with --model",
        ) from None
    return _pinned(Path(folder), repo)


def _cached(repo: str, revision: str | None, code: bool) -> ResolvedModel | None:
    """Returns the model as the local cache holds it, null where it is not whole."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        # Which files are needed only the Hub knows; `check_parts` says whether what is here is enough.
        found = snapshot_download(repo, revision=revision, local_files_only=True, allow_patterns=["config.json"])
        folder = Path(found)
        check_parts(folder, repo)
    except (LocalEntryNotFoundError, HFValidationError, ModelError):
        return None
    return None if code and not has_its_code(folder) else _pinned(folder, repo)


def _pinned(folder: Path, repo: str) -> ResolvedModel:
    """A snapshot's folder is called by its commit."""
    return ResolvedModel(folder, repo, f"{repo}@{folder.name}", folder.name)


def _first_line(problem: BaseException) -> str:
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)
