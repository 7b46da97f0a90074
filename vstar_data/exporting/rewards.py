"""The verifier as a reward function for TRL's GRPOTrainer: it reads the columns that `trl-grpo` exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from vstar_data.verification import verify


def verified(
    completions: Sequence[Any],
    targets: Sequence[str],
    question: Sequence[str],
    asks: Sequence[Any],
    also_true: Sequence[str],
    class_names: Sequence[Sequence[str]],
    duration: Sequence[float | None],
    **others: Any,
) -> list[float]:
    """Returns 1.0 for each completion that the strict verifier accepts, else 0.0.

    A thought before the answer is not judged.

    Args:
        completions: Texts, or conversations of one turn whose content is a text or a list of parts.
        targets: The labels of the question as JSON, one text a completion.
        question: The question as asked.
        asks: For each target the fields that the answer must supply.
        also_true: Labels that hold of the clip too, as JSON.
        class_names: The names that a target may be mistaken for.
        duration: The length of the clip in seconds, where it is known.
        others: What else the trainer passes.
    """
    return [
        float(
            verify(
                _text(completion),
                msgspec.json.decode(targets[place]),
                question=question[place],
                asks=asks[place],
                also_true=msgspec.json.decode(also_true[place]),
                class_names=tuple(class_names[place]),
                duration=duration[place],
            ).accepted
        )
        for place, completion in enumerate(completions)
    ]


def _text(completion: Any) -> str:
    if isinstance(completion, str):
        return completion
    contents = [turn["content"] for turn in completion]
    return "".join(
        content if isinstance(content, str) else "".join(part.get("text") or "" for part in content)
        for content in contents
    )
