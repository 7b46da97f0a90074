"""Makes the questions of a clip: which are asked, and in which wording, chosen by hashes of the clip alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from vstar_data.questions import derived, native, places
from vstar_data.questions.asking import Asking, rank
from vstar_data.questions.kinds import QUESTION_KINDS
from vstar_data.questions.lint import fault
from vstar_data.questions.settings import QuestionSettings
from vstar_data.questions.written import WRITTEN_KINDS, WrittenQuestions
from vstar_data.records import Clip, Label, NumberLabel, Question

_MAKERS: Mapping[str, Callable[[Clip], Iterator[Asking]]] = {
    "class": native.class_question,
    "qa": native.qa_questions,
    "number": native.number_questions,
    "segment": native.segment_questions,
    "timestamp": native.timestamp_questions,
    "between": derived.between_questions,
    "support": derived.support_questions,
    "sequence": native.sequence_questions,
    "after": derived.after_questions,
    "before": derived.before_questions,
    "assessment": derived.assessment_questions,
    "box": places.box_questions,
    "object_in_box": places.object_in_box_questions,
    "same_object": places.same_object_questions,
    "relation": native.relation_questions,
    "boolean": native.boolean_questions,
}
_ALL_ASKED = ("class", "qa")
"""Kinds that `most` does not cut: the one question on all classes, and what the dataset itself asks."""


@dataclass(frozen=True)
class LeakingQuestion:
    """A question that no wording can ask without a fault, with what the last one gave away."""

    clip_id: str
    kind: str
    leak: str


def questions_of(
    clip: Clip, settings: QuestionSettings, written: WrittenQuestions | None = None
) -> Iterator[Question | LeakingQuestion]:
    """Yields the questions of a clip, in a fixed order.

    All class labels of a clip make one question (its targets are all of them); of the other kinds each label, or each
    thing that can be derived from the labels, makes one. Ids are `<clip id>#<kind>` and, from the second of a kind on,
    `<clip id>#<kind>-<n>`.

    Args:
        clip: The clip with its labels.
        settings: Which kinds to ask about, and how many of each.
        written: Questions that a model wrote. Its wordings for a source take the place of the bank's; its questions
            about a clip come on top, with `-w<n>` at the end of the id.

    Yields:
        A question, or the record of one that cannot be asked without giving its answer away.
    """
    for kind in QUESTION_KINDS:
        if kind not in settings.kinds:
            continue
        for question_id, asking in askings_of(clip, kind, settings.most):
            if written is None or kind not in WRITTEN_KINDS:
                yield _worded(question_id, clip.id, kind, asking)
            else:
                yield from _with_written(question_id, clip, kind, asking, written)


def askings_of(clip: Clip, kind: str, most: int) -> Iterator[tuple[str, Asking]]:
    """Yields the questions of one kind that are asked about a clip, with their ids, before wordings are chosen.

    Args:
        clip: The clip.
        kind: One of `QUESTION_KINDS`.
        most: See `QuestionSettings`.
    """
    numbered = list(enumerate(_MAKERS[kind](clip), start=1))
    if kind not in _ALL_ASKED and len(numbered) > most:
        chosen = sorted(numbered, key=lambda each: rank(clip.id, kind, str(each[0])))[:most]
        numbered = sorted(chosen, key=lambda each: each[0])
    return ((_question_id(clip, kind, number), asking) for number, asking in numbered)


def _question_id(clip: Clip, kind: str, number: int) -> str:
    return f"{clip.id}#{kind}" + (f"-{number}" if number > 1 else "")


def _with_written(
    question_id: str, clip: Clip, kind: str, asking: Asking, written: WrittenQuestions
) -> Iterator[Question | LeakingQuestion]:
    pool = written.of_source.get(clip.source, ()) if kind == "class" and len(asking.targets) == 1 else ()
    first = replace(asking, origin=f"written:{written.model}", texts=pool, size=len(pool))
    made = _worded(question_id, clip.id, kind, first) if pool else None
    yield made if isinstance(made, Question) else _worded(question_id, clip.id, kind, asking)
    for number, text in enumerate(written.of_clip.get(question_id, ()), start=1):
        one = replace(asking, origin=f"written:{written.model}", texts=(text,), size=1)
        made = _worded(f"{question_id}-w{number}", clip.id, kind, one)
        if isinstance(made, Question):
            yield made


def _worded(question_id: str, clip_id: str, kind: str, asking: Asking) -> Question | LeakingQuestion:
    """Takes the wordings in turn, from the one that a hash of the id points at, until one is without fault."""
    first = rank(question_id) % asking.size
    leak = ""
    for group in range(0, len(asking.texts), asking.size):
        for step in range(asking.size):
            place = group + (first + step) % asking.size
            text = asking.texts[place]
            faults = (fault(_without_scales(text, target, asking.targets), target) for target in asking.targets)
            found = next(filter(None, faults), None)
            if found is None:
                return Question(
                    id=question_id,
                    clip_id=clip_id,
                    text=text,
                    targets=asking.targets,
                    asks=asking.asks,
                    origin=f"{asking.origin}/{place}",
                    also_true=asking.also_true,
                )
            leak = found
    return LeakingQuestion(clip_id, kind, leak)


def _without_scales(text: str, target: Label, targets: tuple[Label, ...]) -> str:
    """Returns a question without the scales of its other numbers: they are no fault of this one."""
    for other in targets:
        if isinstance(other, NumberLabel) and other is not target:
            text = text.replace(f"{other.name} ({native.scale_of(other).strip()})", other.name)
    return text
