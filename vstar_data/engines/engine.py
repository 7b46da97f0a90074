"""The contract between the runner and whatever makes text."""

from __future__ import annotations

from typing import Protocol

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
