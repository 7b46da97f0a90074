"""Questions with derived targets: neighbours of a step, what fills a window, what supports an answer."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from vstar_data.questions import derived_wordings
from vstar_data.questions.asking import Asking, asking, figure, filled, rank
from vstar_data.questions.native import of_kind, scale_of
from vstar_data.records import ClassLabel, Clip, NumberLabel, QALabel, SegmentLabel, SequenceLabel

_MOST_WINDOWS = 100

_FILLS = 0.5
"""The share of a window that an event must have in common with it, as IoU, to be what happens there."""


def after_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each step that occurs once: which step comes next?"""
    return _neighbours(clip, "after", derived_wordings.AFTER, 1)


def before_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each step that occurs once: which step comes just before?"""
    return _neighbours(clip, "before", derived_wordings.BEFORE, -1)


def _neighbours(clip: Clip, bank: str, wordings: tuple[str, ...], offset: int) -> Iterator[Asking]:
    for label in of_kind(clip.labels, SequenceLabel):
        for place, step in enumerate(label.steps):
            beside = place + offset
            if not 0 <= beside < len(label.steps) or label.steps.count(step) > 1:
                continue
            aliases = label.step_aliases[beside] if label.step_aliases else ()
            target = ClassLabel(name=label.steps[beside], aliases=aliases)
            # The other steps do not happen there: they are rivals, however true they are of the clip.
            yield asking(bank, wordings, [target], "name", also_true=(), step=step)


def assessment_questions(clip: Clip) -> Iterator[Asking]:
    """Yields one question for the steps in order and every number, where a clip has one sequence and any number."""
    sequences, numbers = of_kind(clip.labels, SequenceLabel), of_kind(clip.labels, NumberLabel)
    if len(sequences) != 1 or not numbers:
        return
    texts = derived_wordings.ASSESSMENT
    with_scale = _listed([f"the {label.name}{_in_brackets(scale_of(label))}" for label in numbers])
    without = _listed([f"the {label.name}" for label in numbers])
    both = (filled(text, numbers=names) for names in (with_scale, without) for text in texts)
    asks = (("order",), *((("value",),) * len(numbers)))
    yield Asking("bank:assessment", tuple(both), len(texts), (sequences[0], *numbers), asks)


def between_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each window: what happens there? Targets are the events that fill it; what overlaps is true too."""
    questions = {label.question for label in of_kind(clip.labels, QALabel)}
    events = [label for label in of_kind(clip.labels, SegmentLabel) if label.name not in questions]
    windows = list(dict.fromkeys((label.start, label.end) for label in events))
    if len(windows) > _MOST_WINDOWS:
        # Each is compared with all events: of very many, some stand for the rest.
        windows = sorted(windows, key=lambda window: rank(clip.id, *map(figure, window)))[:_MOST_WINDOWS]
    for start, end in windows:
        shares = [(event, _overlap(event, start, end)) for event in events]
        filling = dict.fromkeys(event.name for event, share in shares if share >= _FILLS)
        touching = dict.fromkeys(event.name for event, share in shares if 0 < share < _FILLS)
        bank = "between" if len(filling) == 1 else "between_all"
        yield asking(
            bank,
            derived_wordings.BETWEEN if len(filling) == 1 else derived_wordings.BETWEEN_ALL,
            [ClassLabel(name=name) for name in filling],
            "name",
            also_true=[ClassLabel(name=name) for name in touching if name not in filling],
            start=figure(start),
            end=figure(end),
        )


def support_questions(clip: Clip) -> Iterator[Asking]:
    """Yields for each question of the dataset with a window of its name: where does the video show the answer?

    A segment that is named exactly as a `qa` label's question is a window that supports its answer.
    """
    for label in of_kind(clip.labels, QALabel):
        windows = [each for each in of_kind(clip.labels, SegmentLabel) if each.name == label.question]
        if not windows:
            continue
        event = f"{label.question} {label.answer}"
        first, *others = (msgspec.structs.replace(window, name=event) for window in windows)
        question, answer = label.question.strip(), label.answer.strip().rstrip(".")
        texts = derived_wordings.SUPPORT
        yield asking("support", texts, [first], "time", also_true=others, question=question, answer=answer)


def _overlap(event: SegmentLabel, start: float, end: float) -> float:
    """Returns the temporal IoU of an event and a window, 0..1."""
    inner = min(event.end, end) - max(event.start, start)
    return max(0.0, inner) / (max(event.end, end) - min(event.start, start))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _in_brackets(scale: str) -> str:
    return f" ({scale.strip()})" if scale else ""
