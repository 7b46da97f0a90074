"""Judges `relation` targets: subject, predicate and object bound together, in any voice or tense."""

from __future__ import annotations

from dataclasses import replace

from vstar_data.records import RejectReason, RelationLabel, TargetVerdict
from vstar_data.verification import gaps, words
from vstar_data.verification.assertion import Stance, stance
from vstar_data.verification.case import Case, accepted, rejected
from vstar_data.verification.commitment import retracted
from vstar_data.verification.cues import NEGATORS
from vstar_data.verification.kinds.bindings import OTHER_SIDE, also, bindings, converse, doer_after, side_of, sided
from vstar_data.verification.kinds.classes import said
from vstar_data.verification.kinds.relation_doers import by_itself, done_by_thing, finite, leading, said_of_another
from vstar_data.verification.kinds.triples import triples
from vstar_data.verification.matching import Match
from vstar_data.verification.paraphrases import paraphrased
from vstar_data.verification.phrases import patterns
from vstar_data.verification.reference import antecedent
from vstar_data.verification.subjects import FORCES, another, asked_about, person, subject
from vstar_data.verification.text import Text, Token, tokens_of_name

ANYBODY = words.word_set("person people individual someone somebody human figure one")
"""Words for whoever it is."""

_YOUNG = words.word_set("child kid boy girl baby toddler infant son daughter schoolboy schoolgirl teenager youth")
_BRIEF = 4
"""Words up to which an answer that only says the predicate leaves the object to the question."""


def judge(label: RelationLabel, asks: tuple[str, ...], case: Case) -> TargetVerdict:
    """Returns the verdict on a relation target.

    Args:
        label: Subject, predicate and object.
        asks: Ignored: a relation has one part.
        case: The answer and what is known about it.
    """
    text = case.answer
    predicate = label.predicate.replace("_", " ")
    written = [_judge_triple(label, predicate, parts, text) for parts in triples(text.raw)]
    if written:
        return next((verdict for verdict in written if verdict.accepted), written[0])
    own = frozenset(key for token in tokens_of_name(predicate).tokens for key in token.keys)
    reason, shown = RejectReason.ABSENT, None
    for (match, at), doer in reversed(_found(label, predicate, case)):
        span = text.span(match.first, match.last)
        how = stance(text, match.first, match.last, own)
        if how in (Stance.ASSERTED, Stance.MILD):
            if retracted(text, match.last, False):
                return rejected(RejectReason.CONTRADICTED, span)
            if at is not None:
                done = _stands_for(text.tokens[at], doer) and not _of_other_sex(text.tokens[at], case)
            else:
                done = _done_by(text, match, doer) and not _by_another(case, match, doer, label.subject)
            if done:
                return accepted(span, text.raw[span[0] : span[1]])
            reason, shown = RejectReason.OTHER_SUBJECT, span
        elif how is Stance.NEGATED:
            return rejected(RejectReason.NEGATED, span)
        elif shown is None:
            reason, shown = RejectReason.HEDGED, span
    return rejected(reason, shown)


_Found = tuple[tuple[Match, int | None], str]
"""Where a relation is said, the token of the one who does it where that is known, and who that has to be."""


def _found(label: RelationLabel, predicate: str, case: Case) -> list[_Found]:
    """Returns where an answer says the relation, in text order; in other words only where its own are not found."""
    text, names = case.answer, also(predicate, label.object)
    turned = _turned(predicate)
    if (side := side_of(predicate)) is not None:
        beside = [((match, None), label.subject) for match in sided(text, side, label.object)]
        beside += [((match, None), label.subject) for match in _elliptical(label, predicate, case)]
        beside += [((match, None), label.object) for match in sided(text, OTHER_SIDE[side], label.subject)]
        return sorted(beside, key=lambda item: (item[0][0].first, item[0][0].last))
    found: list[_Found] = [((match, None), label.subject) for match in said(text, names[:1])]
    found += [((match, None), label.subject) for match in _elliptical(label, predicate, case)]
    found += [((match, None), label.subject) for match in _listed(label, predicate, text)]
    if turned is not None:
        found += [((match, None), label.object) for match in said(text, (f"{turned} {label.subject}",))]
    if not found:
        for name in names[1:]:
            found += [((match, None), label.subject) for match in said(text, (name,)) if _as_written(text, match, name)]
        for name in converse(predicate, label.subject):
            found += [((match, None), label.object) for match in said(text, (name,))]
        found += [((each.match, each.doer), label.subject) for each in bindings(text, predicate, label.object)]
    if not found:
        found = [((match, None), label.subject) for match in paraphrased(text, names[:1])[0]]
    return sorted(found, key=lambda item: (item[0][0].first, item[0][0].last))


def _as_written(text: Text, match: Match, name: str) -> bool:
    """Whether a participle of a name (`covered with`) is one in the answer too: not so in `covers a sofa with`."""
    if any(finite(text, at) for at in range(match.first + 1, match.last) if at not in match.filled):
        return False
    first = tokens_of_name(name).tokens[0].word
    if not first.endswith("ed") or match.verb is None:
        return True
    following = text.tokens[match.verb + 1] if match.verb + 1 < len(text.tokens) else None
    near = following is not None and (following.word in words.PREPOSITIONS or following.form.adverb)
    return near and gaps.participle(text.tokens[match.verb])


def _judge_triple(label: RelationLabel, predicate: str, written: tuple[str, str, str], text: Text) -> TargetVerdict:
    """Returns the verdict on an answer that writes the relation as a triple."""
    subject, relation, thing = (tokens_of_name(part) for part in written)
    shown = f"{written[0]} > {written[1]} > {written[2]}"
    if not subject.tokens or not _stands_for(subject.tokens[-1], label.subject):
        return rejected(RejectReason.OTHER_SUBJECT, None, shown)
    joined = tokens_of_name(f"{written[1]} {written[2]}")
    names = also(predicate, label.object)
    negative = [any(token.word in NEGATORS for token in part.tokens) for part in (relation, tokens_of_name(predicate))]
    said_so = any(said(joined, (name,)) for name in names) and bool(thing.tokens) and negative[0] == negative[1]
    if not said_so:
        return rejected(RejectReason.ABSENT, None, shown)
    return accepted((0, len(text.raw)), shown)


def _turned(predicate: str) -> str | None:
    """Returns the active verb of a predicate in the passive: what is `covered by` a blanket, the blanket covers."""
    tokens = tokens_of_name(predicate).tokens
    if len(tokens) != 2 or tokens[1].word != "by":
        return None
    return min(tokens[0].form.verb - {tokens[0].word}, default=None)


def _elliptical(label: RelationLabel, predicate: str, case: Case) -> list[Match]:
    """Finds the predicate with a pronoun, or nothing, for an object that the question names: `She is holding it`."""
    text = case.answer
    thing = frozenset(key for pattern in patterns(label.object) for slot in pattern.slots[-1:] for key in slot.keys)
    if not any(token.keys & thing for token in case.question.tokens):
        return []
    found = []
    for match in said(text, (predicate,)):
        end = text.bounds(match.first)[1]
        after = match.last + 1
        alone = after == end and len(text.tokens) <= _BRIEF
        pronoun = after < end and text.tokens[after].word in ("it", "them") and text.tokens[after].glue == " "
        noun = antecedent(text, match.first) if pronoun else None
        if noun is not None and noun == leading(text, match):
            noun = antecedent(text, noun)
        if alone or (pronoun and (noun is None or text.tokens[noun].keys & thing)):
            last = after if pronoun else match.last
            found.append(replace(match, last=last, filled=(*match.filled, last) if pronoun else match.filled))
    return found


def _of_other_sex(token: Token, case: Case) -> bool:
    """Whether a man's hand holds it, where a woman was asked about; or the reverse."""
    asked = asked_about(case.question)
    male, female = words.MALE | {"his", "him"}, words.FEMALE | {"her"}
    one, other = (male, female) if asked & words.MALE else (female, male)
    return bool(asked & (words.MALE | words.FEMALE)) and bool(token.keys & other) and not token.keys & one


def _listed(label: RelationLabel, predicate: str, text: Text) -> list[Match]:
    """Finds a predicate that is the key of its object: `holding: a cup`."""
    if ":" not in text.raw and "=" not in text.raw:
        return []
    keys = [pattern.slots[-1].keys for pattern in patterns(label.object)]
    found = []
    for match in said(text, (predicate,)):
        after = text.tokens[match.last + 1 : match.last + 4]
        if not after or after[0].glue.strip(" \"'*_`") not in (":", "="):
            continue
        size = next((n for n, token in enumerate(after) if any(token.keys & head for head in keys)), None)
        if size is not None:
            last = match.last + 1 + size
            found.append(replace(match, last=last, filled=(*match.filled, last)))
    return found


def _by_another(case: Case, match: Match, wanted: str, main: str) -> bool:
    """Whether a person does it, but not the one of the label, or not the one who was asked about."""
    keys = _head(wanted)
    if match.passive or not keys & words.PERSONS:
        return False
    doer = subject(case.answer, match.first, match.last, match.verb)
    asked = asked_about(case.question) if wanted == main else _head(wanted)
    if another(doer, asked, case.question, case.answer):
        return True
    if keys & ANYBODY or not doer.keys or doer.keys & (keys | ANYBODY):
        return False
    if another(doer, keys, case.question, case.answer) or _other_than(doer.keys, keys, case.answer):
        return True
    begin, end = case.answer.bounds(match.first)
    rest = [case.answer.tokens[place] for place in (*range(begin, match.first), *range(match.last + 1, end))]
    return not doer.keys & words.SUBJECT_PRONOUNS and any(token.keys & keys for token in rest)


def _other_than(doer: frozenset[str], wanted: frozenset[str], answer: Text) -> bool:
    """Whether a noun for who does it is another person's than a name's, of whom the answer tells too."""
    alike = any(doer & group and wanted & group for group in (words.MALE, words.FEMALE, _YOUNG))
    if alike or doer & (ANYBODY | words.SUBJECT_PRONOUNS):
        return False
    meant = wanted | _YOUNG if wanted & _YOUNG else wanted
    named = (place for place, token in enumerate(answer.tokens) if token.keys & meant)
    return any(not _told_of(answer, place) for place in named)


def _told_of(answer: Text, place: int) -> bool:
    """Whether a noun says who somebody is: `he is a young boy`."""
    before = answer.tokens[max(answer.bounds(place)[0], place - 3) : place]
    return any(token.word in words.BE or token.word.endswith("'s") for token in before)


def _head(name: str) -> frozenset[str]:
    return frozenset(key for token in tokens_of_name(name).tokens[-1:] for key in token.keys)


def _stands_for(token: Token, wanted: str) -> bool:
    """Whether a noun or a pronoun can mean what a name does: any person stands for a person."""
    keys = _head(wanted)
    if token.keys & keys:
        return True
    if token.word in ("nobody", "no", "none"):
        return False
    someone = person(token) or token.word in words.SUBJECT_PRONOUNS | words.OBJECT_PRONOUNS | words.POSSESSIVES
    if keys & words.MALE or keys & words.FEMALE:
        pronouns = {"he", "him", "his"} if keys & words.MALE else {"she", "her"}
        return bool(token.keys & (ANYBODY | pronouns))
    return bool(keys & words.PERSONS) and someone


def _clause(text: Text, match: Match) -> tuple[int, int]:
    """Returns the half-open token range of the clause that a passage stands in: a verb each parts it at `and`."""
    begin, end = text.bounds(match.first)
    for place in range(match.first, begin, -1):
        if _begins_clause(text, begin, place, match.first):
            begin = place
            break
    for place in range(match.last + 1, end):
        if _begins_clause(text, begin, place, end):
            return begin, place
    return begin, end


def _begins_clause(text: Text, begin: int, place: int, end: int) -> bool:
    token = text.tokens[place]
    if token.word in ("while", "whereas", "but") or ";" in token.glue:
        return True
    if token.word != "and":
        return False
    sides = (text.tokens[begin:place], text.tokens[place + 1 : end])
    return all(any(other.word in words.BE or _finite(other) for other in side) for side in sides)


def _finite(token: Token) -> bool:
    return bool(token.form.verb) and not token.form.noun and token.word.endswith(("s", "ed"))


def _done_by(text: Text, match: Match, wanted: str) -> bool:
    """Whether the relation's subject is the label's: any person stands for a person."""
    keys = _head(wanted)
    begin, end = text.bounds(match.first)
    around = range(match.last + 1, end) if match.passive else range(begin, match.first)
    if not keys & words.PERSONS:
        by = doer_after(text, match.last) if match.passive else None
        if by is not None and text.tokens[by].word not in words.OBJECT_PRONOUNS:
            return done_by_thing(text, by, keys)
        if said_of_another(text, match, keys):
            return False
        begin, end = _clause(text, match)
        return any(text.tokens[place].keys & keys for place in range(begin, end) if place not in match.filled)
    if match.passive:
        by, at = doer_after(text, match.last), leading(text, match)
        if by is None and at is not None and person(text.tokens[at]):
            by = at
        return not by_itself(text, match) and (by is None or _stands_for(text.tokens[by], wanted))
    if match.verb is not None and subject(text, match.first, match.last, match.verb).thing:
        return False
    nearby = [text.tokens[place] for place in around]
    people = [token for token in nearby if person(token) or token.word in words.SUBJECT_PRONOUNS]
    others = [token for token in nearby if token.form.noun and token not in people and token.word not in words.FUNCTION]
    others = [token for token in others if not token.form.verb or token.keys & FORCES]
    return bool(people) or not others
