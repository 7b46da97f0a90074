"""The `transformers` engine: one path of code for every video-language model of Hugging Face, no branch per family.

We plan and decode the frames; the processor is told not to sample again. All that is held is answered as one batch,
padded on the left. For the same hardware, batch size and threads the same batch gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vstar_data.engines.engine import completion, failure
from vstar_data.records import Completion, Failure, Request

if TYPE_CHECKING:
    from vstar_data.engines.checkpoint import Checkpoint


@dataclass(frozen=True)
class _Problem:
    error: str
    detail: str


class TransformersEngine:
    """Answers batches with a local checkpoint.

    Args:
        model: `demo`, a folder, or a Hub id; see `vstar_data.engines.models.resolve_model`.
        batch_size: Requests that are answered together, at least 1.
        threads: Threads of torch in this process; torch's own choice where absent.
        chat_template: A Jinja file in place of the model's chat template.
        trust_remote_code: Run Python code that comes with the model.
        device: A device of torch, or `auto`; a GPU if there is one, where absent.
        dtype: `auto` (as stored; float32 on the CPU), `float32`, `bfloat16` or `float16`.
        fingerprint: The model's fingerprint, where it is known already.

    Raises:
        ModelError: There is no such model, or a part is missing or does not fit.
        EngineError: The model cannot be fetched or loaded.
    """

    batched = True
    needs_frames = True

    def __init__(
        self,
        model: str | Path,
        *,
        batch_size: int,
        threads: int | None = None,
        chat_template: Path | None = None,
        trust_remote_code: bool = False,
        device: str | None = None,
        dtype: str = "auto",
        fingerprint: str | None = None,
    ) -> None:
        from vstar_data.engines.fingerprint import fingerprint as fingerprint_of_folder
        from vstar_data.engines.model_folder import check_folder
        from vstar_data.engines.models import resolve_model

        if batch_size < 1:
            raise ValueError(f"`batch_size` must be at least 1, found {batch_size}")
        resolved = resolve_model(model, trust_remote_code=trust_remote_code)
        check_folder(resolved.path, chat_template, name=str(model))
        self.capacity = batch_size
        self._held: list[Request] = []
        self._fingerprint = fingerprint or fingerprint_of_folder(
            resolved.path, chat_template, dtype, name=resolved.label
        )

        import torch

        from vstar_data.engines.checkpoint import load

        if threads is not None:
            torch.set_num_threads(threads)
        self._checkpoint: Checkpoint | None = load(
            resolved.path,
            chat_template=chat_template,
            trust_remote_code=trust_remote_code,
            device=device,
            dtype=dtype,
        )

    def submit(self, request: Request) -> None:
        """Holds a request for the next batch."""
        if len(self._held) >= self.capacity:
            raise ValueError(f"the engine holds {self.capacity} requests, as many as it can: collect first")
        self._held.append(request)

    def collect(self) -> list[Completion | Failure]:
        """Answers all that is held as one batch, in the order of submission.

        What goes wrong inside the model fails each request of the batch, with the exception's name and message. Only
        a request that the processor refuses by itself (a picture too narrow for the model, say) fails alone: it would
        fail in every run, and its neighbours with it.
        """
        batch, self._held = self._held, []
        outcome = self._attempt(batch)
        if isinstance(outcome, list):
            return [*outcome]
        refused = self._refused(batch)
        rest = [request for place, request in enumerate(batch) if place not in refused]
        if refused:
            outcome = self._attempt(rest)
        answers: Iterator[Completion | Failure]
        answers = iter(outcome if isinstance(outcome, list) else [_failed(request, outcome) for request in rest])
        return [
            _failed(request, refused[place]) if place in refused else next(answers)
            for place, request in enumerate(batch)
        ]

    def fingerprint(self) -> str:
        """Returns the model's fingerprint."""
        return self._fingerprint

    def close(self) -> None:
        """Frees the model."""
        self._checkpoint = None
        self._held = []
        _free_memory()

    def _attempt(self, batch: Sequence[Request]) -> list[Completion] | _Problem:
        try:
            return self._answered(batch) if batch else []
        except Exception as problem:
            outcome = _Problem(type(problem).__name__, str(problem)[:500])
        # Only here, outside the handler, does nothing refer to the tensors of the failed batch any more.
        _free_memory()
        return outcome

    def _refused(self, batch: Sequence[Request]) -> dict[int, _Problem]:
        """Finds the requests that the processor refuses each by itself, by their places. Memory is no such reason."""
        refused = {}
        for place, request in enumerate(batch):
            try:
                encode(self._loaded(), [request])
            except MemoryError:
                continue
            except Exception as problem:
                refused[place] = _Problem(type(problem).__name__, str(problem)[:500])
        return refused

    def _loaded(self) -> Checkpoint:
        if self._checkpoint is None:
            raise RuntimeError("the engine is closed")
        return self._checkpoint

    def _answered(self, batch: Sequence[Request]) -> list[Completion]:
        import torch
        from transformers import LogitsProcessorList

        from vstar_data.engines.sampling import RowSampler

        checkpoint = self._loaded()
        inputs = encode(checkpoint, batch)
        sampled = any(request.sampling.temperature > 0 for request in batch)
        sampler = RowSampler([request.sampling for request in batch], [request.seed for request in batch])
        with torch.inference_mode():
            output = checkpoint.model.generate(
                **_placed(inputs, checkpoint.model),
                max_new_tokens=max(request.sampling.max_new_tokens for request in batch),
                do_sample=False,
                logits_processor=LogitsProcessorList([sampler] if sampled else []),
            )
        width = inputs["input_ids"].shape[1]
        prompt_tokens = inputs["attention_mask"].sum(dim=1).tolist()
        return [
            self._completion(request, tokens, used)
            for request, tokens, used in zip(batch, output[:, width:].tolist(), prompt_tokens, strict=True)
        ]

    def _completion(self, request: Request, tokens: list[int], prompt_tokens: int) -> Completion:
        checkpoint = self._loaded()
        kept, stopped = cut(tokens, checkpoint.stops, request.sampling.max_new_tokens)
        return completion(
            request,
            checkpoint.processor.tokenizer.decode(kept, skip_special_tokens=True),
            "stop" if stopped else "length",
            prompt_tokens=prompt_tokens,
            completion_tokens=len(kept),
            model=self._fingerprint,
        )


def encode(checkpoint: Checkpoint, batch: Sequence[Request]) -> Any:
    """Returns the tensors of a batch, on the CPU: whatever keys the family's processor makes.

    Control tokens in the texts are encoded as plain text. The tokens that open a text are written by the template, see
    `vstar_data.engines.conversation.with_opening`.
    """
    from transformers.video_utils import VideoMetadata

    from vstar_data.engines.conversation import conversation, footage

    shown = [
        request.frames
        for request in batch
        for message in request.messages
        for part in message.content
        if part.type == "video" and request.frames is not None
    ]
    options: dict[str, Any] = {"padding": True, "padding_side": "left", "add_special_tokens": False}
    if shown:
        metadata = [VideoMetadata(**asdict(footage(frames))) for frames in shown]
        options |= {"do_sample_frames": False, "video_metadata": metadata}
    return checkpoint.processor.apply_chat_template(
        [conversation(request, checkpoint.to_break) for request in batch],
        chat_template=checkpoint.template,
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
        sanitize_control_tokens=True,
        processor_kwargs=options,
    )


def cut(tokens: Sequence[int], stops: frozenset[int], limit: int) -> tuple[list[int], bool]:
    """Returns a row's new tokens without padding, up to and with the one that ends it, and whether there is one.

    Args:
        tokens: The new tokens of a row, padded to the longest row of the batch.
        stops: The tokens that end an answer.
        limit: The most tokens that this row may have.
    """
    kept = list(tokens[:limit])
    for place, token in enumerate(kept):
        if token in stops:
            return kept[: place + 1], True
    return kept, False


def _placed(inputs: Any, model: Any) -> dict[str, Any]:
    """Moves tensors to the model. Pixels take its number format; lists of times, of one axis, keep their precision."""
    import torch

    placed = {}
    for key, value in inputs.items():
        if isinstance(value, torch.Tensor):
            pixels = value.is_floating_point() and value.ndim > 1
            value = value.to(model.device, dtype=model.dtype if pixels else value.dtype)
        placed[key] = value
    return placed


def _failed(request: Request, problem: _Problem) -> Failure:
    return failure(request, problem.error, problem.detail)


def _free_memory() -> None:
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
