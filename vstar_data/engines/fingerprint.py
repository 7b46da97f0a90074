"""The fingerprint of a model: one name for all the files that shape its answers. Reads bytes; never loads a model.

`<folder name>@<hash>`, or `org/name@<commit>+<hash>` for a model of the Hub. The hash is over the contents of weights,
config, generation config, processor, tokenizer and chat template, and over the dtype asked for; where the folder lies
and what it is called is not in it. Hashing 16 GB of weights takes half a minute, so the hash of a large file is kept in
the user's cache under the file's path, size and time of change.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

from vstar_data.engines.model_folder import needed_files
from vstar_data.errors import ModelError

KEPT_FROM = 64 * 1024
"""Bytes from which on a file's hash is worth keeping."""

SETTLED = 2.0
"""Seconds that a file must have lain unchanged: within one tick of the clock a second change would go unseen."""


def fingerprint(model: Path, chat_template: Path | None = None, dtype: str = "auto", *, name: str | None = None) -> str:
    """Returns the fingerprint of a model's folder.

    Args:
        model: The folder of the model.
        chat_template: A file that is used in place of the folder's chat template.
        dtype: The number format asked for; `auto` is the stored one.
        name: The part before the hash; the folder's name where absent.

    Returns:
        `<name>@<16 hex digits>`; where the name holds an `@` already (a commit), `<name>+<16 hex digits>`.

    Raises:
        ModelError: A file cannot be read.
    """
    total = hashlib.sha256()
    try:
        files = needed_files((entry.name for entry in model.iterdir() if entry.is_file()), code=True)
        for file in files:
            total.update(f"{file}\0{_file_hash(model / file)}\n".encode())
        if chat_template is not None:
            total.update(f"--chat-template\0{_file_hash(chat_template)}\n".encode())
    except OSError as problem:
        raise ModelError(
            "A file of the model cannot be read.", where=str(problem.filename or model), found=problem.strerror
        ) from None
    total.update(f"dtype\0{dtype}\n".encode())
    label = name or model.resolve().name
    return f"{label}{'+' if '@' in label else '@'}{total.hexdigest()[:16]}"


def _file_hash(file: Path) -> str:
    path = file.resolve()
    status = path.stat()
    kept = None
    if status.st_size >= KEPT_FROM and time.time() - status.st_mtime > SETTLED:
        key = f"{path}\0{status.st_size}\0{status.st_mtime_ns}"
        kept = _cache_folder() / "file-hashes" / hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
        with contextlib.suppress(OSError, UnicodeDecodeError):
            found = kept.read_text(encoding="ascii")
            if len(found) == 64:
                return found
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if kept is not None:
        _keep(kept, digest)
    return digest


def _keep(file: Path, digest: str) -> None:
    """Writes a hash into the cache. A cache that cannot be written is not used: the hash is computed again."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=".")
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(digest)
        Path(temporary).replace(file)


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "vstar-data"
