"""The prompts: what a model is asked, directly and with the label as a hint.

Every completion's key is a hash over this text: an edit here orphans the completions of every run made before.
The hint and the request to reason live in the prompt alone; the stored question stays plain.
The shape (question, hint, request for a step-by-step rationale) is Video-STaR's, section 2; the words are ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    Message,
    Mode,
    NumberLabel,
    Part,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

REASON = "Explain step by step what can be seen in the video, and end with the answer."
HINT = "The answer is: {hint}."
FOR_SOURCE = (
    "Each video of a collection shows one of many actions, for instance: {names}.\n"
    "Write {count} different questions, one a line, that can be asked about any of these videos and that can only be "
    "answered by naming its action. Do not name an action in a question. Write nothing else."
)
FOR_CLIP = (
    "A video is described like this: {hint}.\n"
    "Write {count} different questions, one a line, that a person who has seen the video would answer with exactly "
    "that. Do not give any of it away in a question. Write nothing else."
)

_ROLE_WORD = re.compile(r"\b(USER|ASSISTANT|SYSTEM|HUMAN|GPT)(\s*):", re.IGNORECASE)


def messages(question: Question, mode: Mode) -> tuple[Message, ...]:
    """Returns the conversation to complete: one user turn with the video and the text.

    Args:
        question: The plain question with its targets.
        mode: Direct, or rationalized: with the targets as a hint.
    """
    lines = [question.text]
    if mode is Mode.RATIONALIZED:
        lines.append(HINT.format(hint="; ".join(hint(target) for target in question.targets)))
    lines.append(REASON)
    text = _without_turns("\n".join(lines))
    return (Message(role="user", content=(Part(type="video"), Part(type="text", text=text))),)


def for_source(names: Sequence[str], count: int) -> tuple[Message, ...]:
    """Returns the conversation that asks for wordings of questions about the classes of a source; shows no video."""
    return _text_turn(FOR_SOURCE.format(names="; ".join(names), count=count))


def for_clip(targets: Sequence[Label], count: int) -> tuple[Message, ...]:
    """Returns the conversation that asks for questions with these targets; shows no video."""
    return _text_turn(FOR_CLIP.format(hint="; ".join(hint(target) for target in targets), count=count))


def _text_turn(text: str) -> tuple[Message, ...]:
    return (Message(role="user", content=(Part(type="text", text=_without_turns(text)),)),)


def hint(label: Label) -> str:
    """Returns a label in words, as the hint says it."""
    match label:
        case ClassLabel(name=name):
            return name
        case SequenceLabel(steps=steps):
            return ", then ".join(steps)
        case NumberLabel(name=name, value=value, unit=unit):
            return f"{name} {value:.10g}" + (f" {unit}" if unit else "")
        case TimestampLabel(name=name, time=time):
            return f"{name} at {time:.10g} seconds"
        case SegmentLabel(name=name, start=start, end=end):
            return f"{name} from {start:.10g} to {end:.10g} seconds"
        case BoxLabel(name=name, time=time, box=box):
            return f"{name} at {time:.10g} seconds in the box [{', '.join(f'{edge:.10g}' for edge in box)}]"
        case QALabel(answer=answer):
            return answer.rstrip(". ")
        case RelationLabel(subject=subject, predicate=predicate, object=thing):
            return f"{subject} {predicate.replace('_', ' ')} {thing}"
        case BooleanLabel(name=name, holds=holds):
            return name if holds else f"it is not the case that {name}"
        case CaptionLabel(text=text):
            return text.rstrip(". ")


def _without_turns(text: str) -> str:
    """Breaks up the role words of Vicuna-type templates, which are plain text to the tokenizer."""
    return _ROLE_WORD.sub(lambda match: f"{match[1]}{match[2]} -", text)
