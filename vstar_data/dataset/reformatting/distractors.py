"""Distractors: wrong answers of the same kind as the right one, none of which is true of the clip as well.

Which are drawn rests on hashes of the seed and the question's id, so that no order of rows plays a part. What is true
is asked of the verifier: a distractor neither satisfies the right label, or another label of the clip, nor is satisfied
by what answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

import msgspec

from vstar_data.dataset.reformatting.pools import LONGEST, Key, Pools, keys_of
from vstar_data.dataset.reformatting.words import label_in_words
from vstar_data.questions.asking import rank
from vstar_data.questions.lint import leaked
from vstar_data.records import (
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    Label,
    NumberLabel,
    QALabel,
    Question,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    TimestampLabel,
    kind_of,
)

_MOST_TRIED = 60
"""Candidates that are looked at for one question."""

_STEPS = 24
"""Values on a scale, or moments of a clip, that fill up what the dataset's own labels leave open."""

_NAMES = (ClassLabel, QALabel, RelationLabel, SequenceLabel)
"""Labels that are words: two spellings may mean one thing. Of the others the values tell."""

_OPPOSITES = {"yes": "no", "no": "yes", "true": "false", "false": "true"}


def distractors_of(
    question: Question,
    source: str,
    pools: Pools,
    *,
    also_true: tuple[Label, ...],
    duration: float | None,
    seed: int,
    most: int,
) -> list[str]:
    """Returns wrong answers to a question with one target, in words, as many as are found and wanted.

    Args:
        question: The plain question.
        source: The source of its clip.
        pools: Where they are drawn from.
        also_true: Labels that hold of the clip too.
        duration: Length of the clip in seconds, where known.
        seed: The recipe's.
        most: How many are wanted.
    """
    target = question.targets[0]
    right = label_in_words(target)
    if (opposite := _opposite(right)) is not None:
        return [opposite]
    taken = {_folded(right)}
    found: list[Label] = []
    for candidate in islice(_candidates(question, source, pools, duration, seed), _MOST_TRIED):
        words = label_in_words(candidate)
        if len(found) == most:
            break
        if _folded(words) in taken or len(words) > LONGEST:
            continue
        taken.add(_folded(words))
        if not _alike(candidate, found) and not _true(candidate, question, also_true):
            found.append(candidate)
    return [label_in_words(label) for label in found]


def _opposite(right: str) -> str | None:
    """Returns the other answer to a question for yes or no, spelled as the right one; None to any other question."""
    word = right.strip(" .!")
    other = _OPPOSITES.get(word.lower())
    if other is None:
        return None
    return right.replace(word, other.capitalize() if word[0].isupper() else other)


def _candidates(question: Question, source: str, pools: Pools, duration: float | None, seed: int) -> Iterator[Label]:
    """Yields what may be a distractor: labels of the dataset first, then values that fill a scale or a clip."""
    target = question.targets[0]

    def drawn(labels: Iterable[Label]) -> list[Label]:
        return sorted(labels, key=lambda label: rank(str(seed), question.id, label_in_words(label)))

    for key in keys_of(question, target, source):
        yield from drawn(_fitting(target, key, pools, duration))
    yield from drawn(_filling(target, duration))


def _fitting(target: Label, key: Key, pools: Pools, duration: float | None) -> Iterator[Label]:
    """Yields the labels of a pool, put in the place of the target."""
    longest = float("inf") if duration is None else duration
    for label in pools.of(key):
        match target, label:
            case NumberLabel(minimum=low, maximum=high), NumberLabel(value=value):
                if (low is None or low <= value) and (high is None or value <= high):
                    yield msgspec.structs.replace(target, value=value)
            case TimestampLabel(), TimestampLabel(time=time):
                if time <= longest:
                    yield msgspec.structs.replace(target, time=time)
            case SegmentLabel(), SegmentLabel(start=start, end=end):
                if end <= longest:
                    yield msgspec.structs.replace(target, start=start, end=end)
            case BoxLabel(), BoxLabel(box=box):
                yield msgspec.structs.replace(target, box=box)
            case RelationLabel(), RelationLabel(predicate=predicate):
                yield msgspec.structs.replace(target, predicate=predicate)
            case QALabel(), QALabel(answer=answer, aliases=aliases):
                yield msgspec.structs.replace(target, answer=answer, aliases=aliases)
            case _:
                if kind_of(target) == kind_of(label):
                    yield label


def _filling(target: Label, duration: float | None) -> Iterator[Label]:
    """Yields values that no label of the dataset has: on the scale of a number, within the length of the clip."""
    shares = [step / _STEPS for step in range(_STEPS + 1)]
    match target:
        case NumberLabel(value=value, minimum=low, maximum=high) if low is not None and high is not None:
            decimals = min(_decimals(value), 6)
            for share in shares:
                filled = round(low + share * (high - low), decimals)
                if low <= filled <= high:
                    yield msgspec.structs.replace(target, value=filled)
        case TimestampLabel() if duration:
            for share in shares:
                yield msgspec.structs.replace(target, time=round(share * duration, 1))
        case SegmentLabel(start=start, end=end) if duration and end - start < duration:
            for share in shares:
                begin = round(share * (duration - (end - start)), 1)
                if begin + end - start <= duration:
                    yield msgspec.structs.replace(target, start=begin, end=begin + end - start)
        case _:
            pass


def _alike(candidate: Label, found: Iterable[Label]) -> bool:
    """Whether a candidate says the same as an option that is there: both could be ruled out unseen."""
    if not isinstance(candidate, _NAMES):
        return False
    return any(_satisfies(candidate, other) or _satisfies(other, candidate) for other in found)


def _true(candidate: Label, question: Question, also_true: tuple[Label, ...]) -> bool:
    """Whether a candidate is true of the clip, or the question itself names it: then it is no distractor."""
    target = question.targets[0]
    if _satisfies(candidate, target, also_true) or _satisfies(target, candidate, also_true):
        return True
    if not isinstance(candidate, _NAMES):
        return False
    if isinstance(candidate, ClassLabel | QALabel) and leaked(question.text, candidate) is not None:
        return True
    named = candidate
    if isinstance(candidate, QALabel):
        named = ClassLabel(name=candidate.answer, aliases=candidate.aliases)
    for truth in (each for label in also_true for each in _said_by(label)):
        if _satisfies(named, truth) or _satisfies(truth, named):
            return True
    return False


def _said_by(label: Label) -> Iterator[Label]:
    """Yields what a label that holds of the clip says, as labels whose words can be compared."""
    match label:
        case SequenceLabel(steps=steps, step_aliases=aliases):
            yield label
            for place, step in enumerate(steps):
                yield ClassLabel(name=step, aliases=aliases[place] if aliases else ())
        case SegmentLabel(name=name) | TimestampLabel(name=name):
            yield ClassLabel(name=name)
        case BoxLabel(name=name, aliases=aliases):
            yield ClassLabel(name=name, aliases=aliases)
        case QALabel(answer=answer, aliases=aliases):
            if _opposite(answer) is None:
                yield ClassLabel(name=answer, aliases=aliases)
        case ClassLabel() | RelationLabel() | CaptionLabel():
            yield label
        case _:
            pass


@lru_cache(maxsize=100_000)
def _satisfies(said: Label, target: Label, also_true: tuple[Label, ...] = ()) -> bool:
    """Whether the words of one label are an accepted answer to another, by the strictest reading of `the same`.

    Sentence embeddings and the parser are left aside: what is drawn must not depend on what is installed. A caption
    answers, and is never a target.
    """
    from vstar_data.verification import verify

    if isinstance(target, CaptionLabel):
        return False
    question = target.question if isinstance(target, QALabel) else ""
    windows = tuple(label for label in also_true if isinstance(label, SegmentLabel | TimestampLabel | BoxLabel))
    spellings = (label_in_words(said), *(getattr(said, "aliases", ())))
    return any(
        verify(words, [target], question=question, also_true=windows, parser=False).accepted for words in spellings
    )


def _folded(words: str) -> str:
    return " ".join(words.casefold().strip(" .!?").split())


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])
