"""What a model's folder is made of, and what it lacks: read from the files alone, before any work and without torch.

A folder as `save_pretrained` writes it: a config, weights, a processor with its tokenizer, a chat template. Whether the
parts fit together is found only when they are loaded (`vstar_data.engines.checkpoint`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vstar_data.errors import ModelError

CONFIGS = ("config.json", "generation_config.json")
PROCESSORS = ("processor_config.json", "preprocessor_config.json", "video_preprocessor_config.json")
VOCABULARIES = ("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "spiece.model", "tekken.json")
TOKENIZERS = (*VOCABULARIES, "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "merges.txt")
TEMPLATES = ("chat_template.jinja", "chat_template.json")
WEIGHTS = (
    ("model.safetensors", "model.safetensors.index.json", "model-*.safetensors"),
    ("pytorch_model.bin", "pytorch_model.bin.index.json", "pytorch_model-*.bin"),
)
"""By format, the preferred first: one file, or an index with its shards."""

SAVED_BY = "give a folder as `save_pretrained` writes it, of the model AND of its processor"


def needed_files(names: Iterable[str], *, code: bool = False) -> list[str]:
    """Picks the files of a model that shape its answers, of one weight format, sorted by name.

    Args:
        names: The names of all files, relative to the model's folder.
        code: Also the Python files, which only count where remote code is trusted.
    """
    found = {name for name in names if "/" not in name}
    wanted = found & {*CONFIGS, *PROCESSORS, *TOKENIZERS, *TEMPLATES}
    wanted |= {name for name in found if name.endswith(".tiktoken") or (code and name.endswith(".py"))}
    for whole, index, shards in WEIGHTS:
        weights = {name for name in found if name in (whole, index) or Path(name).match(shards)}
        if weights - {index}:
            return sorted(wanted | weights)
    return sorted(wanted)


def check_folder(folder: Path, chat_template: Path | None = None, *, name: str | None = None) -> None:
    """Checks that a model's folder has all its parts.

    Args:
        folder: The folder of the model.
        chat_template: A file given in place of the folder's chat template.
        name: How the user calls the model; the path of the folder where absent.

    Raises:
        ModelError: The config, the weights, the processor, the tokenizer or the chat template is missing or broken.
    """
    where = name or str(folder)
    check_parts(folder, where)
    if chat_template is not None:
        read_chat_template(chat_template)
    elif not _has_chat_template(folder):
        raise missing_template(where)


def check_parts(folder: Path, where: str) -> None:
    """Checks all but the chat template. See `check_folder`."""
    config = _config(folder, where)
    if "model_type" not in config:
        raise ModelError(
            "The model's config.json names no model type.", where=where, expected="model_type", mend=SAVED_BY
        )
    _check_weights(folder, where)
    if not any((folder / part).is_file() for part in PROCESSORS):
        raise ModelError("The model has no processor.", where=where, expected=_any_of(PROCESSORS), mend=SAVED_BY)
    if not any((folder / part).is_file() for part in VOCABULARIES) and not any(folder.glob("*.tiktoken")):
        raise ModelError("The model has no tokenizer.", where=where, expected=_any_of(VOCABULARIES), mend=SAVED_BY)


def has_its_code(folder: Path) -> bool:
    """Whether the Python files are there that the model's config asks for, if it asks for any."""
    return "auto_map" not in _config(folder, str(folder)) or any(folder.glob("*.py"))


def missing_template(where: str) -> ModelError:
    """The error of a model without a chat template."""
    return ModelError(
        "The model has no chat template.",
        where=where,
        expected=_any_of((*TEMPLATES, "chat_template in tokenizer_config.json")),
        mend="give one with --chat-template FILE (Jinja)",
    )


def read_chat_template(file: Path) -> str:
    """Reads a chat template given as a file.

    Raises:
        ModelError: There is no such file, or it is not text, or it is empty.
    """
    mend = "give a Jinja file with --chat-template FILE"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ModelError("The chat template cannot be read.", where=str(file), found=str(problem), mend=mend) from None
    if not text.strip():
        raise ModelError("The chat template is empty.", where=str(file), mend=mend)
    return text


def _config(folder: Path, where: str) -> dict[str, Any]:
    if (folder / "config.json").is_file():
        return _json(folder / "config.json", where)
    mend = SAVED_BY
    if (folder / "adapter_config.json").is_file():
        mend = "this is a LoRA adapter: merge it into its base model (`merge_and_unload`) and save the whole"
    raise ModelError("The model has no config.json.", where=where, expected="config.json", mend=mend)


def _check_weights(folder: Path, where: str) -> None:
    for whole, index, _ in WEIGHTS:
        if (folder / whole).is_file():
            shards = [whole]
        elif (folder / index).is_file():
            shards = sorted(set(_json(folder / index, where).get("weight_map", {}).values()))
        else:
            continue
        for shard in shards:
            _check_weight_file(folder / shard, where)
        if shards:
            return
    expected = _any_of(name for whole, index, _ in WEIGHTS for name in (whole, index))
    raise ModelError("The model has no weights.", where=where, expected=expected, mend=SAVED_BY)


def _check_weight_file(file: Path, where: str) -> None:
    """A safetensors file says in its header how long it is: a cut download or a Git LFS pointer shows."""
    again = "download or copy the file again"
    if not file.is_file():
        raise ModelError("A file of the model's weights is missing.", where=where, expected=file.name, mend=again)
    size = file.stat().st_size
    if file.suffix != ".safetensors":
        if size == 0:
            raise ModelError("A file of the model's weights is empty.", where=f"{where}, {file.name}", mend=again)
        return
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = stream.read(length) if length < size else b""
    try:
        tensors = json.loads(header)
        end = max((entry["data_offsets"][1] for name, entry in tensors.items() if name != "__metadata__"), default=0)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        end = -1
    if end < 0 or size < 8 + length + end:
        found = f"{size} bytes" + (f" of {8 + length + end}" if end >= 0 else ", without a safetensors header")
        raise ModelError(
            "A file of the model's weights is not whole.", where=f"{where}, {file.name}", found=found, mend=again
        )


def _has_chat_template(folder: Path) -> bool:
    if any((folder / part).is_file() for part in TEMPLATES):
        return True
    holders = [folder / "tokenizer_config.json", *(folder / part for part in PROCESSORS)]
    return any(_json(file, str(folder)).get("chat_template") for file in holders if file.is_file())


def _json(file: Path, where: str) -> dict[str, Any]:
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError) as problem:
        value = problem
    if isinstance(value, dict):
        return value
    raise ModelError(
        "A file of the model cannot be read.",
        where=f"{where}, {file.name}",
        expected="a JSON object",
        found=str(value)[:200],
        mend="download or copy the file again",
    )


def _any_of(names: Iterable[str]) -> str:
    return "one of " + ", ".join(names)
