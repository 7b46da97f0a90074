"""Loads a model with its processor, the same way for every family, and settles what later calls depend on.

Each thing that can be wrong with a checkpoint is an error of its own, with its mend; what `transformers` would only
warn of (weights that are missing and would be random) is an error too.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from vstar_data.engines.conversation import tokens_to_break, with_opening
from vstar_data.engines.model_folder import missing_template, read_chat_template
from vstar_data.errors import EngineError, ModelError, UsageError

DTYPES = ("auto", "float32", "bfloat16", "float16")

KEPT = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id")
KEPT_BANS = ("suppress_tokens", "begin_suppress_tokens", "bad_words_ids")

_PROBE = [[{"role": "user", "content": [{"type": "video"}, {"type": "text", "text": "What happens?"}]}]]


@dataclass(frozen=True)
class Checkpoint:
    """A loaded model.

    Attributes:
        model: The model, in evaluation mode, on its device.
        processor: Its processor.
        template: The chat template in use.
        stops: The ids of the tokens that end an answer.
        to_break: Control tokens that the processor cannot neutralise, see `tokens_to_break`.
    """

    model: Any
    processor: Any
    template: str
    stops: frozenset[int]
    to_break: re.Pattern[str] | None


def load(
    folder: Path, *, chat_template: Path | None, trust_remote_code: bool, device: str | None, dtype: str
) -> Checkpoint:
    """Loads a checkpoint.

    Args:
        folder: The model's folder.
        chat_template: A Jinja file in place of the folder's chat template.
        trust_remote_code: Run the Python files of the folder.
        device: A device of torch, or `auto` to spread the model over all; a GPU if there is one, where absent.
        dtype: One of `DTYPES`. `auto` is the stored format; on the CPU it is float32, where half precision is slow
            and a row's result depends on the size of its batch.

    Raises:
        ModelError: A part is missing or does not fit the others.
        EngineError: The model cannot be loaded for another reason, such as too little memory.
    """
    if dtype not in DTYPES:
        raise UsageError("There is no such dtype.", where="dtype", expected=f"one of {', '.join(DTYPES)}", found=dtype)
    _silence()
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if device == "cpu" and dtype == "auto":
        dtype = "float32"
    processor = _processor(folder, trust_remote_code)
    template = _template(folder, processor, chat_template)
    model = _model(folder, trust_remote_code, device, dtype)
    stops = _settle_generation(model, processor.tokenizer)
    return Checkpoint(model, processor, template, stops, tokens_to_break(processor, template))


def _silence() -> None:
    """Messages and bars of transformers would mix with ours."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _processor(folder: Path, trust_remote_code: bool) -> Any:
    from transformers import AutoProcessor

    try:
        processor = AutoProcessor.from_pretrained(folder, trust_remote_code=trust_remote_code)
    except Exception as problem:
        raise _unloadable("processor", folder, problem) from problem
    tokenizer = getattr(processor, "tokenizer", None)
    if tokenizer is None or getattr(processor, "video_processor", None) is None:
        raise ModelError(
            "The model's processor takes no videos.",
            where=str(folder),
            expected="a processor of text and videos",
            found=type(processor).__name__,
            mend="choose a model that takes videos",
        )
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return processor


def _template(folder: Path, processor: Any, chat_template: Path | None) -> str:
    if chat_template is not None:
        template: Any = read_chat_template(chat_template)
    else:
        template = getattr(processor, "chat_template", None) or processor.tokenizer.chat_template
    if isinstance(template, dict):
        template = template.get("default")
    if not template:
        raise missing_template(str(folder))
    where = str(chat_template or folder)
    try:
        rendered = processor.apply_chat_template(_PROBE, chat_template=template, add_generation_prompt=True)[0]
    except Exception as problem:
        raise ModelError(
            "The chat template cannot be rendered.",
            where=where,
            found=_first_line(problem),
            mend="give another with --chat-template FILE (Jinja)",
        ) from problem
    return with_opening(template, _opening(processor.tokenizer), rendered)


def _opening(tokenizer: Any) -> str:
    """The tokens that the tokenizer puts in front of every text, as text."""
    plain = tokenizer.encode("a", add_special_tokens=False)
    full = tokenizer.encode("a")
    for start in range(len(full) - len(plain) + 1):
        if full[start : start + len(plain)] == plain:
            return "".join(tokenizer.convert_ids_to_tokens(full[:start]))
    return ""


def _model(folder: Path, trust_remote_code: bool, device: str, dtype: str) -> Any:
    from transformers import AutoModelForImageTextToText

    options = {} if device == "cpu" else {"device_map": device}
    try:
        model, loading = AutoModelForImageTextToText.from_pretrained(
            folder, dtype=dtype, trust_remote_code=trust_remote_code, output_loading_info=True, **options
        )
    except Exception as problem:
        raise _unloadable("model", folder, problem) from problem
    missing = sorted(loading["missing_keys"])
    if missing:
        raise ModelError(
            "The model's weights are not complete; the rest would be random.",
            where=str(folder),
            found=f"{len(missing)} missing, the first: {missing[0]}",
            mend="save or download the model again, whole",
        )
    return model.eval()


def _settle_generation(model: Any, tokenizer: Any) -> frozenset[int]:
    """Keeps of the model's generation config which tokens end, pad and are banned; drops how it samples.

    The recipe says how to sample: temperatures, penalties, beams and lengths of the checkpoint would change answers
    in ways that no recipe shows.
    """
    from transformers import GenerationConfig

    own = model.generation_config
    settled = GenerationConfig(**{key: getattr(own, key, None) for key in (*KEPT, *KEPT_BANS)})
    if settled.eos_token_id is None:
        settled.eos_token_id = getattr(model.config.get_text_config(), "eos_token_id", None) or tokenizer.eos_token_id
    ends = settled.eos_token_id
    stops = frozenset(ends if isinstance(ends, list | tuple) else () if ends is None else (ends,))
    if settled.pad_token_id is None:
        settled.pad_token_id = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else min(stops, default=0)
    model.generation_config = settled
    return stops


def _unloadable(part: str, folder: Path, problem: Exception) -> ModelError | EngineError:
    found = f"{type(problem).__name__}: {_first_line(problem)}"
    if "trust_remote_code" in str(problem):
        return ModelError(
            "The model brings Python code of its own, which is not run unasked.",
            where=str(folder),
            mend="read that code; where you trust it, set trust_remote_code to true",
        )
    if isinstance(problem, ImportError):
        return EngineError(f"The model's {part} needs a package that is not installed.", where=str(folder), found=found)
    if isinstance(problem, MemoryError | torch.OutOfMemoryError):
        mend = "choose a smaller model or a machine with more memory"
        return EngineError(f"There is too little memory for the {part}.", where=str(folder), found=found, mend=mend)
    if "Unrecognized" in str(problem):
        return ModelError(
            "This is not a model that answers questions about videos, or transformers is too old for it.",
            where=str(folder),
            found=found,
            mend="choose a video-language model, or install a newer transformers",
        )
    if isinstance(problem, OSError | ValueError | KeyError | TypeError | AttributeError):
        mend = "save or download the model again, with its processor"
        return ModelError(f"The model's {part} cannot be loaded.", where=str(folder), found=found, mend=mend)
    return EngineError(f"The model's {part} cannot be loaded.", where=str(folder), found=found)


def _first_line(problem: BaseException) -> str:
    return next(iter(str(problem).strip().splitlines()), "")[:500]
