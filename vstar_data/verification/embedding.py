"""Sentence embeddings, for the rules that compare meanings: which model, where it lies, how alike two sentences are.

Needs the extra `embeddings`. Where it is not installed, or the model is not there, that is an error before any work:
no rule falls back on another.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Hashable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from vstar_data.errors import EngineError, ModelError, UsageError

DEFAULT_EMBEDDER = "sentence-transformers/all-MiniLM-L6-v2"
"""The model of Video-STaR's code."""

_HUB_ID = re.compile(r"([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:@([\w./-]+))?", re.ASCII)
_FILES = ("*.json", "*.txt", "*.model", "*.safetensors")
"""What of a model of the Hub is fetched: the same weights for other runtimes are not."""

Vector = Sequence[float]


class Embedder(Hashable, Protocol):
    """Turns sentences into vectors whose cosine says how alike the sentences are in meaning."""

    def embed(self, sentences: Sequence[str]) -> Sequence[Vector]:
        """Returns one vector for each sentence, in order, all of one length."""


def check_embedder(name: str) -> None:
    """Checks that a model of sentence embeddings can be loaded, without loading it. A model of the Hub is fetched.

    Args:
        name: A folder, or a Hub id `org/name` or `org/name@revision`.

    Raises:
        UsageError: The extra `embeddings` is not installed.
        ModelError: There is no such model, or it is no model of sentence embeddings.
        EngineError: The Hub cannot be reached and the model is not in the local cache.
    """
    check_installed()
    embedder_folder(name)


def check_installed() -> None:
    """Checks that sentence-transformers is there.

    Raises:
        UsageError: It is not.
    """
    if find_spec("sentence_transformers") is None:
        raise UsageError(
            "Sentence embeddings need a package that is not installed.",
            expected="sentence-transformers, which the extra `embeddings` brings",
            mend='pip install "vstar-data[embeddings]"',
        )


@lru_cache(maxsize=4)
def load_embedder(name: str) -> Embedder:
    """Loads a model of sentence embeddings, once in a process. Raises as `check_embedder` does."""
    check_installed()
    return _SentenceTransformer(embedder_folder(name), name)


class _SentenceTransformer:
    """A model of the sentence-transformers library, on the CPU: there it does not wait for the engine."""

    def __init__(self, folder: Path, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as problem:
            raise ModelError(
                "The model of sentence embeddings cannot be loaded.", where=name, found=_first_line(problem)
            ) from None

    def embed(self, sentences: Sequence[str]) -> Sequence[Vector]:
        """Returns one vector of length 1 for each sentence."""
        vectors = self._model.encode(list(sentences), normalize_embeddings=True, show_progress_bar=False)
        return [tuple(map(float, vector)) for vector in vectors]


def embedder_folder(name: str) -> Path:
    """Returns the folder of a model of sentence embeddings.

    A model of the Hub that is in the local cache is taken from there; the network is asked only for one that is not.

    Args:
        name: A folder, or a Hub id `org/name` or `org/name@revision`.

    Raises:
        ModelError: There is no such model, or it lacks a part.
        EngineError: The Hub cannot be reached and the model is not in the local cache.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        return _with_all_parts(path, name)
    hub = _HUB_ID.fullmatch(name)
    if hub is None or path.exists() or path.parent.is_dir():
        raise ModelError(
            "There is no such model of sentence embeddings.",
            where=name,
            expected="an existing folder, or a Hub id `org/name` or `org/name@revision`",
            found=f"nothing at {path.absolute()}" if not path.exists() else "a file",
        )
    try:
        return _with_all_parts(_snapshot(hub[1], hub[2], cached=True), name)
    except (ModelError, EngineError):
        return _with_all_parts(_snapshot(hub[1], hub[2], cached=False), name)


def _snapshot(repo: str, revision: str | None, *, cached: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError, RevisionNotFoundError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if not sys.stderr.isatty():
        disable_progress_bars()
    where = f"{repo}@{revision}" if revision else repo
    try:
        return Path(snapshot_download(repo, revision=revision, allow_patterns=list(_FILES), local_files_only=cached))
    except (RepositoryNotFoundError, RevisionNotFoundError, HFValidationError) as problem:
        raise ModelError(
            "There is no such model of sentence embeddings: neither a folder nor a model of the Hub.",
            where=where,
            found=_first_line(problem),
        ) from None
    except Exception as problem:
        # A network fails in the terms of the HTTP library beneath, which is not the same in all versions of the Hub's.
        raise EngineError(
            "The model of sentence embeddings cannot be fetched from the Hub.",
            where=where,
            found=f"{type(problem).__name__}: {_first_line(problem)}",
            mend="check the network, or give a local folder as `verification.embedder`",
        ) from None


def _with_all_parts(folder: Path, name: str) -> Path:
    weights = [*folder.rglob("*.safetensors"), *folder.rglob("pytorch_model.bin")]
    for there, part in (
        ((folder / "modules.json").is_file(), "modules.json, which says how a sentence becomes a vector"),
        (bool(weights), "weights: a file that ends in .safetensors"),
    ):
        if not there:
            raise ModelError(
                "This is no model of sentence embeddings, or not the whole of it.",
                where=name,
                expected=part,
                mend=f"take a folder that sentence-transformers has saved, or {DEFAULT_EMBEDDER}",
            )
    return folder


@lru_cache(maxsize=4096)
def embedded(embedder: Embedder, sentences: tuple[str, ...]) -> tuple[Vector, ...]:
    """Returns the vectors of a label's sentences, which come up again with every answer to it."""
    return tuple(embedder.embed(sentences))


def cosine(left: Vector, right: Vector) -> float:
    """Returns the cosine of the angle between two vectors, -1..1; 0 where one has no length."""
    lengths = math.hypot(*left) * math.hypot(*right)
    return sum(a * b for a, b in zip(left, right, strict=True)) / lengths if lengths else 0.0


def _first_line(problem: BaseException) -> str:
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)
