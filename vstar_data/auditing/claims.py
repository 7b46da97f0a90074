"""What the answers to a question claim in place of its targets, for the kinds whose claims can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from vstar_data.auditing.answers import Answers
from vstar_data.dataset.judged import Judged
from vstar_data.labels import BooleanLabel, ClassLabel, NumberLabel, QALabel, allowed_error
from vstar_data.questions.rivals import rivals_of
from vstar_data.records import Label, Verdict
from vstar_data.verification.asserted import asserted_names
from vstar_data.verification.verifier import verify

COMPARED = ("boolean", "class", "number", "qa")
"""The kinds of targets whose claims are compared; of `qa` those with choices, and yes or no."""


def common_claim(found: Answers, class_names: Mapping[str, tuple[str, ...]]) -> str | None:
    """Returns what all of some answers to one question claim in place of its targets, in words.

    The rules are those of the profile `strict`, whatever the run is judged by.

    Args:
        found: Answers to one question, none of them accepted.
        class_names: See `Judge`.

    Returns:
        The one other class, choice, number or view; None where the answers differ, claim nothing that can be named, or
        claim something that is true of the clip too.
    """
    question = found[0].question
    if all(isinstance(target, ClassLabel) for target in question.targets):
        return _alike(found, lambda judged: _class_claim(judged, class_names))
    if len(question.targets) != 1:
        return None
    match question.targets[0]:
        case QALabel() as target:
            others = _other_answers(target)
            return _alike(found, lambda judged: _one_of(judged, others))
        case BooleanLabel() as target:
            denied = msgspec.structs.replace(target, holds=not target.holds)
            words = f"{target.name}: {'yes' if denied.holds else 'no'}"
            return _alike(found, lambda judged: _one_of(judged, {words: denied}))
        case NumberLabel() as target:
            return _number_claim(found, target)
        case _:
            return None


def _alike(found: Answers, claim: Callable[[Judged], str | None]) -> str | None:
    """Returns the claim of all answers; stops at the first that differs."""
    first: str | None = None
    for judged in found:
        said = claim(judged)
        if said is None or (first is not None and said != first):
            return None
        first = said
    return first


def _class_claim(judged: Judged, class_names: Mapping[str, tuple[str, ...]]) -> str | None:
    names = class_names.get(rivals_of(judged.question.id, judged.clip.source), ())
    asserted = asserted_names(
        judged.completion.text,
        names,
        question=judged.question.text,
        also_true=judged.also_true,
        mode=judged.completion.mode,
        finish_reason=judged.completion.finish_reason,
    )
    true = {
        _plain(name)
        for label in (*judged.question.targets, *judged.also_true)
        if isinstance(label, ClassLabel)
        for name in (label.name, *label.aliases)
    }
    others = [name for name in asserted if _plain(name) not in true]
    return others[0] if len(others) == 1 else None


def _other_answers(target: QALabel) -> dict[str, Label]:
    """Returns the other answers that the question could have, by their words."""
    right = {_plain(name) for name in (target.answer, *target.aliases)}
    answers = target.choices or (("yes", "no") if right & {"yes", "no"} else ())
    return {
        answer: msgspec.structs.replace(target, answer=answer, aliases=())
        for answer in answers
        if _plain(answer) not in right
    }


def _one_of(judged: Judged, others: Mapping[str, Label]) -> str | None:
    """Returns which one of other targets an answer contains, by its words; None where it is none or several."""
    contained = [words for words, label in others.items() if _verified(judged, label).accepted]
    return contained[0] if len(contained) == 1 else None


def _number_claim(found: Answers, target: NumberLabel) -> str | None:
    """Returns the number that all answers give, within the tolerance of the label, as the middle one puts it."""
    numbers = []
    for judged in found:
        verdict = _verified(judged, target)
        try:
            number = float(verdict.per_label[0].parsed or "")
        except ValueError:
            return None
        given = msgspec.structs.replace(target, value=number)
        if verdict.accepted or not _verified(judged, given).accepted:
            return None
        numbers.append(number)
    numbers.sort()
    if numbers[-1] - numbers[0] > allowed_error(target):
        return None
    return f"{target.name} {numbers[len(numbers) // 2]:g}" + (f" {target.unit}" if target.unit else "")


def _verified(judged: Judged, label: Label) -> Verdict:
    return verify(
        judged.completion.text,
        [label],
        question=judged.question.text,
        asks=judged.question.asks,
        also_true=judged.also_true,
        mode=judged.completion.mode,
        duration=judged.duration,
        finish_reason=judged.completion.finish_reason,
    )


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split()).rstrip(".")
