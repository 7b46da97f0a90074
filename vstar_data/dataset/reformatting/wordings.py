"""The bank of instructions: what is added to a question so that it asks for a style. Data, and choosing by hashes.

No instruction says anything of the answer; the lint of questions checks each against the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from vstar_data.questions.asking import rank
from vstar_data.questions.kinds import kind_of_id
from vstar_data.questions.lint import leaked
from vstar_data.recipe.reformat import Style
from vstar_data.records import (
    BooleanLabel,
    BoxLabel,
    ClassLabel,
    Label,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
)

INSTRUCTIONS: dict[Style, tuple[str, ...]] = {
    Style.RATIONALE_ANSWER: (
        'Explain what you see, and end with a line that begins with "Answer:" and gives {what}.',
        'Reason step by step. On the last line write "Answer:" and then {what}.',
        'Say how you come to your answer, then close with "Answer:" and {what} on a line of its own.',
    ),
    Style.SHORT_ANSWER: (
        "Answer with {what} only.",
        "Give {what} and nothing else.",
        "Reply with just {what}.",
    ),
    Style.MULTIPLE_CHOICE: (
        "Answer with the letter and the text of the right option.",
        "Choose one option: give its letter and its text.",
        "Which option is right? Give its letter with its text.",
    ),
}
"""The instructions of each style; `{what}` is what an answer consists of."""

CONCLUSION = "Answer:"
"""What the last line of a rationale with its answer begins with."""

_REASONS_TOO = ", and say why."
"""How a wording of the bank ends that asks for more than an answer."""

_OF_CLASS = {
    "after": "the name of the step",
    "before": "the name of the step",
    "object_in_box": "the name of the thing",
    "between": "the name of the event",
}


def instruction(style: Style, question: Question) -> str | None:
    """Returns an instruction that gives nothing of the question's targets away; None where each would.

    Args:
        style: The style that is asked for.
        question: The plain question; a hash of its id decides which instruction is taken.
    """
    texts = [text.replace("{what}", what_answers(question)) for text in INSTRUCTIONS[style]]
    first = rank(question.id, style)
    for step in range(len(texts)):
        text = texts[(first + step) % len(texts)]
        told = f"{question.text}\n{text}"
        if all(leaked(told, target) == leaked(question.text, target) for target in question.targets):
            return text
    return None


def without_reasons(text: str) -> str:
    """Returns a question that does not ask for reasons too: what follows it wants the answer alone."""
    return text.removesuffix(_REASONS_TOO) + "." if text.endswith(_REASONS_TOO) else text


def with_options(question: str, options: Sequence[str]) -> str:
    """Returns a question with its options below it, each on a line after its letter."""
    return "\n".join([question, *(lettered(options, place) for place in range(len(options)))])


def lettered(options: Sequence[str], place: int) -> str:
    """Returns an option after its letter: `(B) playing guitar`."""
    return f"({ascii_uppercase[place]}) {options[place]}"


def what_answers(question: Question) -> str:
    """Returns in words what an answer to a question consists of."""
    if len(question.targets) == 1:
        return _what(question.targets[0], kind_of_id(question.id))
    kinds = {type(target) for target in question.targets}
    if kinds == {ClassLabel}:
        return "all the names with semicolons between them"
    if kinds == {RelationLabel}:
        return "all the relations with semicolons between them"
    if kinds == {SequenceLabel, NumberLabel}:
        return "the steps in their order and each number"
    return "every part of the answer with semicolons between them"


def _what(target: Label, kind: str) -> str:
    match target:
        case ClassLabel():
            return _OF_CLASS.get(kind, "the name of the action")
        case SequenceLabel():
            return "the steps in their order"
        case NumberLabel(unit=unit):
            return "the number with its unit" if unit else "the number"
        case TimestampLabel():
            return "the time in seconds"
        case SegmentLabel():
            return "the start and the end in seconds"
        case BoxLabel():
            return "the box as [x1, y1, x2, y2]"
        case RelationLabel():
            return "the relation in one short sentence"
        case BooleanLabel():
            return "yes or no"
        case QALabel(choices=choices) if choices:
            return "the text of the right option"
        case QALabel(answer=answer) if answer.strip(" .!").lower() in ("yes", "no"):
            return "yes or no"
        case _:
            return "the answer in a few words"
