"""The null: how many answers are accepted by chance, each judged against targets that are false of its clip.

The targets of a family of questions (`swapping.family`) are permuted among them, as far as no question gets what is
true of its clip. What is accepted then is accepted for the words alone. Not all of it is a fault: a model that calls
one class by the name of another says what the other's label says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec

from vstar_data.auditing.answers import Answers
from vstar_data.auditing.swapping import family, lent, not_against, opposite
from vstar_data.auditing.wilson import Estimate, wilson
from vstar_data.dataset.judged import kind_of_question
from vstar_data.generation.judging import Judge
from vstar_data.questions.asking import rank
from vstar_data.records import Question


@dataclass(frozen=True)
class Chance:
    """How the answers of one kind and mode fare.

    Attributes:
        kind: The label kind of the targets.
        mode: Direct or rationalized.
        questions: Questions whose answers were judged against false targets.
        answers: Their answers.
        accepted: How many of these are accepted for their own targets.
        by_chance: How many are accepted for the false ones.
        share: The share accepted by chance. The answers to one question are much alike, so the interval is that of
            as many trials as there are questions.
    """

    kind: str
    mode: str
    questions: int
    answers: int
    accepted: int
    by_chance: int
    share: Estimate


@dataclass(frozen=True)
class Null:
    """The null of a run.

    Attributes:
        chances: By kind and mode.
        unpaired: For each kind the questions that no other could lend targets to.
    """

    chances: tuple[Chance, ...]
    unpaired: dict[str, int]


def null(sample: Sequence[Answers], judge: Judge, seed: int, tick: Callable[[], None] = lambda: None) -> Null:
    """Judges the answers of a sample against false targets.

    Args:
        sample: Questions with their answers.
        judge: Judges by the run's rules; it keeps what it judges, so it must be no other's.
        seed: Decides who lends to whom.
        tick: Called for each question.
    """
    false = false_targets(sample, seed)
    groups: dict[tuple[str, str], list[tuple[str, bool, bool]]] = defaultdict(list)
    unpaired: dict[str, int] = defaultdict(int)
    for found in sample:
        tick()
        first = found[0]
        question = false.get(first.question.id)
        if question is None:
            unpaired[first.kind] += 1
            continue
        question = msgspec.structs.replace(question, also_true=not_against(question, first.also_true))
        for judged in found:
            chance = judge.verdict(judged.completion, question, judged.clip).accepted
            group = groups[first.kind, str(judged.completion.mode)]
            group.append((question.id, judged.verdict.accepted, chance))
    chances = []
    for (kind, mode), judgements in sorted(groups.items()):
        questions = len({name for name, _, _ in judgements})
        by_chance = sum(chance for _, _, chance in judgements)
        chances.append(
            Chance(
                kind=kind,
                mode=mode,
                questions=questions,
                answers=len(judgements),
                accepted=sum(accepted for _, accepted, _ in judgements),
                by_chance=by_chance,
                share=wilson(by_chance / len(judgements), questions),
            )
        )
    return Null(tuple(chances), dict(sorted(unpaired.items())))


def false_targets(sample: Sequence[Answers], seed: int) -> dict[str, Question]:
    """Returns for each question, by id, the question with false targets; those that none fits are left out.

    Each lends its targets once, as in a permutation, as long as there is one that fits and has not lent yet.

    Args:
        sample: Questions with their answers.
        seed: Decides who lends to whom.
    """
    false: dict[str, Question] = {}
    families: dict[tuple[str, Hashable], list[Answers]] = defaultdict(list)
    for found in sample:
        question = found[0].question
        other = opposite(question, seed)
        if other is not None:
            false[question.id] = other
        elif (name := family(question, found[0].clip)) is not None:
            families[kind_of_question(question), name].append(found)
    for members in families.values():
        members.sort(key=lambda found: rank(str(seed), "null", found[0].question.id))
        free = set(range(len(members)))
        for place, found in enumerate(members):
            question, clip = found[0].question, found[0].clip
            durations = [judged.duration for judged in found if judged.duration is not None]
            around = [(place + step) % len(members) for step in range(1, len(members))]
            for lender in chain((n for n in around if n in free), (n for n in around if n not in free)):
                other = lent(question, clip, members[lender][0].question, min(durations, default=None))
                if other is not None:
                    false[question.id] = other
                    free.discard(lender)
                    break
    return false
