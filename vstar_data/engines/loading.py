"""Opens the engine that a recipe names, and tells its fingerprint without opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vstar_data.engines.engine import Engine
from vstar_data.engines.models import ResolvedModel, check_model
from vstar_data.errors import UnknownNameError, nearest


@dataclass(frozen=True)
class EngineKind:
    """What is known of an engine before it is opened; see `Engine` for both."""

    batched: bool
    needs_frames: bool


ENGINES: Mapping[str, EngineKind] = {
    "transformers": EngineKind(batched=True, needs_frames=True),
    "replay": EngineKind(batched=False, needs_frames=False),
}


def open_engine(
    name: str,
    model: str | Path,
    *,
    batch_size: int,
    threads: int | None = None,
    chat_template: Path | None = None,
    trust_remote_code: bool = False,
    fingerprint: str | None = None,
) -> Engine:
    """Opens an engine; loads the model.

    Args:
        name: One of `ENGINES`.
        model: What the engine answers with: for `transformers` a model (`demo`, a folder, a Hub id), for `replay` the
            file of answers.
        batch_size: Requests that are answered together, at least 1.
        threads: Threads of torch in this process.
        chat_template: A Jinja file in place of the model's chat template.
        trust_remote_code: Run Python code that comes with the model.
        fingerprint: The model's fingerprint, where it is known already; `replay` always makes its own.

    Raises:
        UnknownNameError: There is no such engine.
        ModelError: There is no such model, or a part is missing or does not fit.
        EngineError: The model cannot be fetched or loaded.
        UsageError: The file of answers does not fit.
    """
    check_engine(name)
    if name == "replay":
        from vstar_data.engines.replay import ReplayEngine

        return ReplayEngine(model)
    from vstar_data.engines.transformers import TransformersEngine

    return TransformersEngine(
        model,
        batch_size=batch_size,
        threads=threads,
        chat_template=chat_template,
        trust_remote_code=trust_remote_code,
        fingerprint=fingerprint,
    )


def fingerprint_of(
    name: str, model: str | Path, chat_template: Path | None = None, *, trust_remote_code: bool = False
) -> tuple[str, ResolvedModel]:
    """Checks a model and returns its fingerprint and where it lies, without torch.

    Args:
        name: One of `ENGINES`.
        model: As for `open_engine`.
        chat_template: As for `open_engine`.
        trust_remote_code: As for `open_engine`.

    Raises:
        UnknownNameError: There is no such engine.
        ModelError: There is no such model, or a part is missing.
        EngineError: The model cannot be fetched from the Hub.
        UsageError: The file of answers cannot be read.
    """
    check_engine(name)
    if name == "replay":
        from vstar_data.engines.replay import read_replay, replay_fingerprint

        path = Path(model)
        return replay_fingerprint(path, read_replay(path)), ResolvedModel(path, path.name, str(model))
    from vstar_data.engines.fingerprint import fingerprint

    resolved = check_model(model, chat_template, trust_remote_code=trust_remote_code)
    return fingerprint(resolved.path, chat_template, name=resolved.label), resolved


def check_engine(name: str) -> None:
    """Checks that there is an engine of that name.

    Raises:
        UnknownNameError: There is none.
    """
    if name not in ENGINES:
        raise UnknownNameError(f'There is no engine "{name}".', where="engine", mend=nearest(name, ENGINES))
