"""The contract between the runner and whatever makes text."""

from __future__ import annotations

from typing import Literal, Protocol

from vstar_data.records import Completion, Failure, Request


class Engine(Protocol):
    """Turns requests into completions.

    The runner submits at most `capacity` requests and then collects until all of them are answered. An engine with
    `batched` true answers all that it holds as ONE batch, so that the same batch gives the same bytes; it never
    splits or joins batches. Where `batched` is false each request counts by itself.
    """

    capacity: int
    batched: bool
    needs_frames: bool

    def submit(self, request: Request) -> None:
        """Takes a request. At most `capacity` may be held."""

    def collect(self) -> list[Completion | Failure]:
        """Blocks until something is ready and returns it; runs a partial batch when all that is held is wanted."""

    def fingerprint(self) -> str:
        """Returns `name@hash`: the same for the same weights, processor, chat template, generation config, dtype."""

    def close(self) -> None:
        """Frees the model, or stops the server with its children."""


def completion(
    request: Request,
    text: str,
    finish_reason: Literal["stop", "length"],
    *,
    prompt_tokens: int,
    completion_tokens: int,
    model: str,
) -> Completion:
    """Returns the completion of a request with a text."""
    return Completion(
        key=request.key,
        question_id=request.question_id,
        clip_id=request.clip_id,
        mode=request.mode,
        sample_index=request.sample_index,
        seed=request.seed,
        text=text,
        finish_reason=finish_reason,
        prompt_tokens=prompt_tokens,
        completion_tokens=completion_tokens,
        model=model,
        frame_indices=request.frames.indices if request.frames else (),
        frame_times=request.frames.times if request.frames else (),
    )


def failure(request: Request, error: str, detail: str, *, final: bool = False) -> Failure:
    """Returns the failure of a request."""
    return Failure(
        key=request.key,
        question_id=request.question_id,
        clip_id=request.clip_id,
        mode=request.mode,
        sample_index=request.sample_index,
        error=error,
        detail=detail,
        final=final,
    )
