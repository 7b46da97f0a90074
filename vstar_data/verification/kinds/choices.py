"""Judges `qa` targets: the letter, the text, or both if they agree; without choices the text alone."""

from __future__ import annotations

import re

from vstar_data.records import NumberLabel, QALabel, RejectReason, TargetVerdict
from vstar_data.verification import words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import retracted
from vstar_data.verification.kinds import open_answers, values
from vstar_data.verification.kinds.commitments import committed
from vstar_data.verification.kinds.picks import Pick, letter_picks, paired_picks, placed_picks, text_picks
from vstar_data.verification.kinds.replies import replies
from vstar_data.verification.kinds.statements import withdrawn
from vstar_data.verification.kinds.told import named_in_part, passage_that_tells
from vstar_data.verification.kinds.weighing import concluded, of_the_question
from vstar_data.verification.text import Text, tokens_of_name

_HOW_MANY = re.compile(
    r"\bhow many ((?:[^\W\d_]+[- ]?){1,3}?)(?= (?:is|are|was|were|do|does|did|has|have|can|in|on|of)\b|\?|\Z)", re.I
)


def judge(label: QALabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a question's answer.

    Args:
        label: The question, its answer and, where it has them, the choices.
        asks: Ignored: a qa label has one part, its answer.
        case: The answer and what is known about it.
    """
    if not case.answer.tokens:
        return rejected(RejectReason.ABSENT)
    counted = _counted(label)
    if counted is not None and not (label.choices and letter_picks(label, case.answer)):
        verdict = values.judge(counted, ("value",), case)
        persons = _persons(label, case)
        if persons and persons[0] == {counted.value} and not verdict.accepted:
            return accepted(persons[1], None)
        if persons and counted.value not in persons[0] and verdict.accepted:
            return rejected(RejectReason.WRONG_VALUE, persons[1])
        return verdict
    if label.choices:
        return _among(label, case)
    return _open(label, case)


def _counted(label: QALabel) -> NumberLabel | None:
    """Returns the number that a `how many` question with numbers for answers asks for, or None."""
    found = _HOW_MANY.search(label.question)
    tokens = [tokens_of_name(choice).tokens for choice in (label.answer, *label.choices)]
    if found is None or any(len(parts) != 1 or parts[0].value is None for parts in tokens):
        return None
    return NumberLabel(name=f"number of {found[1]}", value=tokens[0][0].value or 0.0, tolerance=0.0)


def _persons(label: QALabel, case: Case) -> tuple[set[float], tuple[int, int]] | None:
    """Returns how many of the people asked about are counted, by whatever name: `four divers` to `how many dive`."""
    if not re.search(r"\bpeople\b|\bpersons?\b", label.question, re.IGNORECASE):
        return None
    text = case.answer
    asked = {key for token in tokens_of_name(label.question).tokens for key in token.keys}
    agents = words.PERSONS | {key + ending for key in asked for ending in ("er", "r", "or")}
    found: list[tuple[float, tuple[int, int]]] = []
    for place, token in enumerate(text.tokens[:-1]):
        value = 1.0 if token.word in ("single", "lone") else token.value
        stop = min(text.bounds(place)[1], place + 4)
        head = next((n for n in range(place + 1, stop) if text.tokens[n].keys & agents), None)
        if value is not None and head is not None and stance(text, place, head) in (Stance.ASSERTED, Stance.MILD):
            found.append((value, text.span(place, head)))
    return ({value for value, _ in found}, found[0][1]) if found else None


def _among(label: QALabel, case: Case) -> TargetVerdict:
    gold = label.choices.index(label.answer)
    right = {place for place, choice in enumerate(label.choices) if _plain(choice) == _plain(label.answer)}
    picks = _all_picks(label, case)
    stated = [pick for pick in picks if pick.how in (Stance.ASSERTED, Stance.MILD)]
    if any(not pick.aside for pick in stated):
        stated = [pick for pick in stated if not pick.aside]
    if not stated:
        shown = next((pick for pick in picks if pick.choice in right), None)
        passage = passage_that_tells(label, case.answer, right) if not picks else None
        if passage is not None:
            return accepted(passage, label.choices[gold])
        if shown is None:
            return rejected(RejectReason.WRONG_CHOICE if picks else RejectReason.ABSENT)
        reason = {Stance.NEGATED: RejectReason.NEGATED, Stance.ASKED: RejectReason.RESTATED}.get(
            shown.how, RejectReason.HEDGED
        )
        return rejected(reason, (shown.start, shown.end), label.choices[gold])
    settled = committed(case.answer, stated)
    stated = settled or concluded(case.answer, stated, picks)
    if len({pick.choice in right for pick in stated}) > 1:
        stated = of_the_question(case.answer, tokens_of_name(label.question), stated)
    final = stated[-1]
    if len({pick.choice in right for pick in stated}) > 1:
        others = [pick for pick in stated if pick.choice not in right]
        mine = [pick for pick in stated if pick.choice in right]
        corrected = withdrawn(case.answer, others[-1].end, mine[-1].start)
        dropped = mine[-1].start > others[-1].start and (corrected or retracted(case.answer, others[-1].last, True))
        if not dropped:
            reason = RejectReason.HEDGED if final.choice in right else RejectReason.WRONG_CHOICE
            return rejected(reason, (final.start, final.end), label.choices[final.choice])
    if final.choice not in right:
        return rejected(RejectReason.WRONG_CHOICE, (final.start, final.end), label.choices[final.choice])
    weighed = right | {pick.choice for pick in picks}
    if not settled and named_in_part(label, case.answer, weighed, (final.first, final.last)):
        return rejected(RejectReason.HEDGED, (final.start, final.end), label.choices[final.choice])
    if retracted(case.answer, final.last, False) or _denied_later(picks, final, right):
        return rejected(RejectReason.CONTRADICTED, (final.start, final.end), label.choices[final.choice])
    return accepted((final.start, final.end), label.choices[final.choice])


def _all_picks(label: QALabel, case: Case) -> list[Pick]:
    """Returns the places where choices are named, in order; a list of all of them that is only restated is left out."""
    text = case.answer
    picks = letter_picks(label, text) + placed_picks(label, text)
    picks += _without_lists(label, text, text_picks(label, text, tokens_of_name(label.question)))
    picks.sort(key=lambda pick: (pick.start, pick.end))
    paired = paired_picks(picks, text)
    return paired if paired is not None else _without_listed_letters(label, text, picks)


def _without_listed_letters(label: QALabel, text: Text, picks: list[Pick]) -> list[Pick]:
    """Drops a list that gives each choice after its letter, where something is said after it."""
    bare = [pick for pick in picks if pick.end - pick.start == 1]
    for number in range(len(bare) - len(label.choices) + 1):
        run = bare[number : number + len(label.choices)]
        if [pick.choice for pick in run] != list(range(len(label.choices))) or len(run) < 2:
            continue
        stop = run[-1].end
        while any(pick.start <= stop + 8 and pick.choice == run[-1].choice and pick.end > stop for pick in picks):
            stop = max(pick.end for pick in picks if pick.start <= stop + 8 and pick.choice == run[-1].choice)
        after = [pick for pick in picks if pick.start > stop]
        if after:
            return [pick for pick in picks if pick.start < run[0].start] + after
    return picks


def _denied_later(picks: list[Pick], final: Pick, right: set[int]) -> bool:
    return any(p.choice in right and p.how is Stance.NEGATED and p.start > final.end and not p.aside for p in picks)


def _without_lists(label: QALabel, text: Text, picks: list[Pick]) -> list[Pick]:
    """Drops a restated list: a sentence that names all of three or more choices picks none of them."""
    picks = _without_retold(label, text, picks)
    by_sentence: dict[int, set[int]] = {}
    for pick in picks:
        by_sentence.setdefault(text.tokens[pick.first].sentence, set()).add(pick.choice)
    listed = {
        number for number, choices in by_sentence.items() if len(choices) >= 3 and len(choices) == len(label.choices)
    }
    if not any(number not in listed for number in by_sentence):
        return picks
    return [pick for pick in picks if text.tokens[pick.first].sentence not in listed]


def _without_retold(label: QALabel, text: Text, picks: list[Pick]) -> list[Pick]:
    """Keeps the last mention of a sentence that lists all choices and then names one again: `of a, b and c, a`."""
    if not picks or len(label.choices) < 3:
        return picks
    last = max(picks, key=lambda pick: pick.start)
    number = text.tokens[last.first].sentence
    here = [pick for pick in picks if text.tokens[pick.first].sentence == number]
    again = sum(1 for pick in here if pick.choice == last.choice) == 2
    if again and len({pick.choice for pick in here}) == len(label.choices) and len(here) == len(label.choices) + 1:
        return [pick for pick in picks if pick not in here] + [last]
    return picks


def _open(label: QALabel, case: Case) -> TargetVerdict:
    plain = _plain(label.answer)
    if plain in ("yes", "no", "true", "false"):
        return _yes_no(plain in ("yes", "true"), case)
    return open_answers.judge(label, case)


def _yes_no(wanted: bool, case: Case) -> TargetVerdict:
    """Judges a yes or no to the question: the last one counts, where what was said before it is withdrawn."""
    text = case.answer
    asked = {key for token in case.question.tokens if token.word not in words.FUNCTION for key in token.keys}
    said_so = replies(text, frozenset(asked))
    if not said_so:
        return _restating(wanted, case)
    value, start, end = said_so[-1]
    earlier = [view for view in said_so if view[0] is not None and view[0] is not value]
    if value is None:
        return rejected(RejectReason.HEDGED, (start, end))
    if earlier and not withdrawn(text, earlier[-1][1], start):
        return rejected(RejectReason.CONTRADICTED, (start, end))
    if value is wanted:
        return accepted((start, end), text.raw[start:end])
    return rejected(RejectReason.WRONG_CHOICE, (start, end), text.raw[start:end])


def _restating(wanted: bool, case: Case) -> TargetVerdict:
    """Judges an answer that makes the question a statement: `The person is indoors` to `Is the person indoors?`."""
    text = case.answer
    content = [token for token in case.question.tokens if token.word not in words.FUNCTION]
    for begin, end in text.sentences:
        places = [p for p in range(begin, end) if any(text.tokens[p].keys & token.keys for token in content)]
        if content and all(any(text.tokens[p].keys & token.keys for p in places) for token in content):
            how = stance(text, places[-1], places[-1])
            if how in (Stance.ASSERTED, Stance.NEGATED):
                span = text.span(places[0], places[-1])
                if (how is Stance.ASSERTED) is wanted:
                    return accepted(span, "yes" if wanted else "no")
                return rejected(RejectReason.WRONG_CHOICE, span)
    return rejected(RejectReason.ABSENT)


def _plain(choice: str) -> str:
    return " ".join(token.word for token in tokens_of_name(choice).tokens)
