"""Judges `class` targets: does the answer assert this class, and no other instead of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from vstar_data.records import ClassLabel, RejectReason, TargetVerdict
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.codes import by_itself, coded, part_of
from vstar_data.verification.commitment import Mention, final, moment_asked, pointed_at
from vstar_data.verification.cues import DENIALS
from vstar_data.verification.frames import could_say, framed, listed
from vstar_data.verification.kinds.order import neighbour_of, parted
from vstar_data.verification.kinds.senses import elsewhere, of_context, of_sense, thing_asked
from vstar_data.verification.matching import WIDE, Match, matches
from vstar_data.verification.outcomes import composed
from vstar_data.verification.paraphrases import paraphrased
from vstar_data.verification.parsing import Binding, bound
from vstar_data.verification.phrases import patterns
from vstar_data.verification.reference import antecedent, beside
from vstar_data.verification.retellings import retold
from vstar_data.verification.subjects import Subject, agent, another, asked_about, subject
from vstar_data.verification.text import Text, tokens_of_name
from vstar_data.verification.trimmed import placed, trimmed
from vstar_data.verification.vocabulary import plain
from vstar_data.verification.words import FUNCTION
from vstar_data.verification.yesno import alternative_taken, object_named, reply


def judge(label: ClassLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a class target.

    Args:
        label: The class; any alias satisfies.
        asks: Ignored: a class has one part, its name.
        case: The answer and what is known about it.
    """
    names = (label.name, *label.aliases)
    gold = said(case.answer, names)
    rivals = _rivals(case, names)
    if gold or rivals:
        return _weighed(label, case, gold, rivals)
    gold, claimed = paraphrased(case.answer, names, _others(case, names))
    if claimed and not gold:
        return rejected(RejectReason.RIVAL, case.answer.span(claimed[-1].first, claimed[-1].last))
    verdict = _weighed(label, case, gold, rivals)
    if not gold and verdict.reason is RejectReason.ABSENT:
        gold, claimed = retold(case.answer, names, _others(case, names))
        verdict = _weighed(label, case, gold, rivals) if gold else verdict
    if case.parser and not gold and verdict.reason is RejectReason.ABSENT:
        return _at_second_look(label, case, names) or verdict
    return verdict


def _at_second_look(label: ClassLabel, case: Case, names: tuple[str, ...]) -> TargetVerdict | None:
    """Returns the verdict on what a parser finds of a class that the rules did not find; None where it finds none."""
    found = bound(case.answer, names)
    if not found:
        return None
    others = {name: bound(case.answer, (name,)) for name in _others(case, names)}
    rivals = {name: [binding.match for binding in bindings] for name, bindings in others.items() if bindings}
    known = {binding.match.filled: binding for bindings in (*others.values(), found) for binding in bindings}
    return _weighed(label, case, [binding.match for binding in found], rivals, known)


def _weighed(
    label: ClassLabel,
    case: Case,
    gold: list[Match],
    rivals: dict[str, list[Match]],
    parsed: Mapping[tuple[int, ...], Binding] = MappingProxyType({}),
) -> TargetVerdict:
    """Returns the verdict on the places where a class and its rivals are said.

    Args:
        label: The class.
        case: The answer and what is known about it.
        gold: Where the class is said.
        rivals: Where other classes are said.
        parsed: What a parser knows of some of these places, by the tokens that they fill.
    """
    names = (label.name, *label.aliases)
    gold = [match for match in gold if not _swallowed(match, rivals) and not _refers_elsewhere(match, case, names)]
    gold = of_sense(label, gold, case)
    if thing_asked(case):
        gold = [match for match in gold if match.verb is not None or not beside(case.answer, match.first)]
    gold = [match for match in gold if match.verb is not None or not _next_to(case.answer, match)]
    if elsewhere(label, gold, case):
        return rejected(RejectReason.RIVAL, case.answer.span(gold[-1].first, gold[-1].last))
    own = {token for match in gold for token in match.filled}
    others = [(name, match) for name, found in rivals.items() for match in found if not set(match.filled) <= own]
    neighbour = neighbour_of(case, frozenset(names)) if gold else None
    if neighbour is not None:
        side, named = neighbour
        anchors = [match for name, match in others if name in named]
        others = [(name, match) for name, match in others if name not in named]
        if parted(case, side, gold, anchors, [match for _, match in others]):
            return rejected(RejectReason.RIVAL, case.answer.span(gold[-1].first, gold[-1].last))
    mentions = [_mention(label.name, match, case, _keys(names), parsed.get(match.filled)) for match in gold]
    against = sorted(
        (_mention(name, match, case, _keys((name,)), parsed.get(match.filled)) for name, match in others),
        key=lambda mention: mention.first,
    )
    picked = pointed_at(case.answer, sorted([*mentions, *against], key=lambda mention: mention.first))
    if picked is not None:
        span = case.answer.span(picked.first, picked.last)
        said_so = picked in mentions and not picked.other
        return accepted(span, case.answer.raw[slice(*span)]) if said_so else rejected(RejectReason.RIVAL, span)
    last, reason = final(case.answer, mentions, against, moment_asked(case.question))
    if last is not None:
        span = case.answer.span(last.first, last.last)
        return accepted(span, case.answer.raw[span[0] : span[1]])
    if not mentions and not against:
        answered = reply(case, names) or alternative_taken(case, names) or object_named(case, names)
        if answered is not None:
            return answered
    shown = next(iter(mentions or against), None)
    if shown is None:
        return rejected(RejectReason.ABSENT)
    span = case.answer.span(shown.first, shown.last)
    return rejected(reason, span, case.answer.raw[span[0] : span[1]])


def said(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns the places where any of some names is said, in any form, in text order.

    Args:
        text: The answer.
        names: A name and its aliases. A word of the name that is not its noun (`Forward` for `forward take-off`) says
            it only where it stands by itself, as in a list: elsewhere it is just that word.
    """
    found: dict[tuple[int, ...], Match] = {}
    for name in names:
        shortened = part_of(name, names[0])
        plain = () if listed(name) else patterns(name)
        for match in (*(m for pattern in plain for m in matches(text, pattern, WIDE)), *coded(text, name)):
            if shortened and not by_itself(text, match):
                continue
            known = found.get(match.filled)
            if known is None or (match.exact and not known.exact):
                found[match.filled] = match
    if not found:
        whole = tuple(name for name in names if not part_of(name, names[0]))
        return framed(text, whole) or composed(text, whole) or _beside_asides(text, whole)
    return sorted(found.values(), key=lambda match: (match.first, match.last))


def _beside_asides(text: Text, names: tuple[str, ...]) -> list[Match]:
    """Returns the places where a name is said but for an aside between its words."""
    bare = trimmed(text) if any(could_say(text, pattern) for name in names for pattern in patterns(name)) else None
    if bare is None:
        return []
    found = [match for name in names for pattern in patterns(name) for match in matches(bare[0], pattern, WIDE)]
    return sorted((placed(match, bare[1]) for match in found), key=lambda match: (match.first, match.last))


def _rivals(case: Case, names: tuple[str, ...]) -> dict[str, list[Match]]:
    """Returns where other classes are said; those that are true of the clip too are none."""
    true = _true(case, names)
    said = case.vocabulary.matches(case.answer, true)
    return {name: kept for name, found in said.items() if (kept := of_context(name, found, case))}


def _others(case: Case, names: tuple[str, ...]) -> Iterator[str]:
    """Yields the names of other classes, when they are asked for."""
    true = _true(case, names)
    yield from (name for name in case.vocabulary.names if plain(name) not in true)


def _true(case: Case, names: tuple[str, ...]) -> set[str]:
    true = {plain(name) for name in names}
    for label in (*case.also_true, *case.targets):
        if isinstance(label, ClassLabel):
            true |= {plain(name) for name in (label.name, *label.aliases)}
    return true


@lru_cache(maxsize=4096)
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    """Returns the words of some names; with an `or` where a name offers sides (`cup/glass`): that hedges nothing."""
    either = {"or"} if any("/" in name or " or " in name for name in names) else set()
    return frozenset(either).union(
        key for name in names for pattern in patterns(name) for slot in pattern.slots for key in (*slot.keys, slot.word)
    )


def _swallowed(match: Match, rivals: dict[str, list[Match]]) -> bool:
    """Whether a longer class name, or one that the same words name literally, claims the words of a match."""
    words = set(match.filled)
    for found in rivals.values():
        for rival in found:
            claimed = set(rival.filled)
            if (
                words < claimed
                or (not claimed <= words and _nearer(match, rival))
                or (words == claimed and rival.exact and not match.exact)
            ):
                return True
    return False


def _refers_elsewhere(match: Match, case: Case, names: tuple[str, ...]) -> bool:
    """Whether a pronoun in a match refers to the thing of another class: `takes a bass guitar and plays it`."""
    tokens = case.answer.tokens
    pronoun = next((place for place in match.filled if tokens[place].word in ("it", "them")), None)
    noun = antecedent(case.answer, pronoun) if pronoun is not None else None
    if not noun or tokens[noun].glue != " " or tokens[noun - 1].word in FUNCTION:
        return False
    return any(
        left.keys & tokens[noun - 1].keys and right.keys & tokens[noun].keys
        for name in _others(case, names)
        for left, right in pairwise(tokens_of_name(name).tokens)
    )


def _nearer(match: Match, rival: Match) -> bool:
    """Whether a rival takes the verb's own object and the label's noun only belongs to it: `windows of the shop`."""
    if match.verb is None or match.verb != rival.verb or match.passive or rival.passive:
        return False
    return match.first == rival.first and rival.last < match.last and match.coordinated is False


def _offers_another(text: Text, match: Match, name: str) -> bool:
    """Whether an `or` beside a match leads to something that is no side of its name: `kayaking or sailing`."""
    own = {key for token in tokens_of_name(name.replace("/", " ")).tokens for key in token.keys}
    begin, end = text.bounds(match.first)
    for place in range(max(begin, match.first - 4) + 1, min(end, match.last + 4) - 1):
        if text.tokens[place].word == "or":
            after = next((token for token in text.tokens[place + 1 : end] if token.word not in FUNCTION), None)
            if not text.tokens[place - 1].keys & own or (after is not None and not after.keys & own):
                return True
    return False


def _doer(text: Text, match: Match, parsed: Binding | None) -> Subject:
    """Returns who does what a passage says, as a parser has it where one was asked and names somebody."""
    at = parsed.doer if parsed is not None else None
    if at is None or match.verb is None:
        return subject(text, match.first, match.last, None if match.passive else match.verb)
    if at < match.verb:
        return subject(text, at + 1, max(match.last, at + 1), at + 1)
    return agent(text, max(match.verb, at - 5))


def _mention(name: str, match: Match, case: Case, own: frozenset[str], parsed: Binding | None = None) -> Mention:
    own = own | DENIALS if match.whole else own
    own = own - {"or"} if "or" in own and _offers_another(case.answer, match, name) else own
    doer = _doer(case.answer, match, parsed)
    asked = asked_about(case.question)
    other = another(doer, asked, case.question, case.answer, match.last)
    if match.passive and asked:
        by = agent(case.answer, match.last)
        before = case.answer.tokens[max(0, match.first - 3) : match.first]
        let = any(token.keys & {"have", "get", "let"} for token in before)
        said_too = not let and any(token.keys & asked for token in case.answer.tokens[: match.first])
        other = other or bool(by.keys and not by.keys & asked and said_too)
        other = other or (not let and another(by, asked, case.question, case.answer))
    how = stance(case.answer, match.first, match.last, own)
    if parsed is not None and match.verb is not None and how is Stance.ASSERTED:
        how = stance(case.answer, match.verb, match.verb, own)
        how = how if parsed.told or how is not Stance.ASSERTED else Stance.NEGATED
    if how is Stance.ASSERTED and _forgotten(case.answer, match.first):
        how = Stance.NEGATED
    return Mention(name, match.first, match.last, how, doer, other)


def _next_to(text: Text, match: Match) -> bool:
    """Whether a noun only says where another thing is: `handstands next to an old cartwheel`."""
    at = match.first - 1
    while at > 0 and (text.tokens[at].word in ("a", "an", "the", "this", "that") or text.tokens[at].form.adjective):
        if text.tokens[at].word in FUNCTION and text.tokens[at - 1].word in (
            "beside",
            "behind",
            "near",
            "under",
            "against",
        ):
            return True
        if text.tokens[at].word in FUNCTION and [token.word for token in text.tokens[max(0, at - 2) : at]] == [
            "next",
            "to",
        ]:
            return True
        at -= 1
    return False


def _forgotten(text: Text, first: int) -> bool:
    """Whether a deed is what somebody forgot to do."""
    before = text.tokens[max(0, first - 2) : first]
    return len(before) == 2 and before[1].word == "to" and bool(before[0].keys & {"forget", "neglect", "omit"})
