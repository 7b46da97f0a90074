"""Parts the thought of a model that thinks aloud from its answer. Where a thought ends is the verifier's to say."""

from __future__ import annotations

import re
from typing import NamedTuple

from vstar_data.verification.degenerate import proper

_TAG = re.compile(
    r"<\s*/?\s*(?:think(?:ing)?|thoughts?|reasoning|reflection|analysis|answer)\s*>|\[/?THINK\]|◁/?think▷", re.I
)


class Thought(NamedTuple):
    """What a model thought aloud (None where it did not) and what it then answered."""

    rationale: str | None
    answer: str


def split_thought(text: str) -> Thought:
    """Parts a thought from the answer: exactly the passage that the verifier judges.

    Text without a thought and without answer tags is the answer, unchanged to the last space. A thought that never
    ends, or that nothing follows, leaves an empty answer.

    Args:
        text: The text as the model made it.
    """
    judged = proper(text)
    if judged == text:
        return Thought(None, text)
    answer = (judged or "").strip()
    start = len(judged) - len(judged.lstrip()) if judged else len(text)
    passages = (passage.strip() for passage in _TAG.split(text[:start]))
    return Thought("\n".join(filter(None, passages)) or None, answer)
