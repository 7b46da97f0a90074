"""What an answer asserts where it is not its label: which classes of the dataset, which number. Asks the verifier."""

from __future__ import annotations

from collections.abc import Sequence

from vstar_data.records import ClassLabel, Label, Mode
from vstar_data.verification import degenerate
from vstar_data.verification.text import tokens_of
from vstar_data.verification.verifier import LONGEST, verify
from vstar_data.verification.vocabulary import vocabulary


def asserted_names(
    answer: str,
    class_names: Sequence[str],
    *,
    question: str = "",
    also_true: Sequence[Label] = (),
    mode: Mode | str = Mode.DIRECT,
    finish_reason: str | None = None,
) -> tuple[str, ...]:
    """Returns the classes that an answer asserts: those that `verify` accepts as its label under `strict`.

    Only classes that the answer says in their own words are tried, as with rivals.

    Args:
        answer: The text.
        class_names: The classes of the dataset. Pass the same tuple each time: it is prepared once.
        question: The question that was asked.
        also_true: Labels that hold of the clip and are no rivals.
        mode: How the answer was asked for.
        finish_reason: `stop`, or `length` where the answer was cut off.
    """
    names = class_names if isinstance(class_names, tuple) else tuple(class_names)
    said = vocabulary(names).matches(tokens_of(degenerate.proper(answer[:LONGEST]) or ""))
    return tuple(
        name
        for name in sorted(said)
        if verify(
            answer,
            [ClassLabel(name=name)],
            question=question,
            asks=[("name",)],
            class_names=names,
            also_true=also_true,
            mode=mode,
            finish_reason=finish_reason,
        ).accepted
    )
