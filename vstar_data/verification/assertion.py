"""Whether a passage of an answer is asserted: negation and its scope, doubt, alternatives, mere mention, questions.

Looks at one passage and the sentence around it. How several passages add up (a rival considered, then dropped) is
decided in `commitment`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vstar_data.verification import cues, words
from vstar_data.verification.text import Text


class Stance(StrEnum):
    """How an answer stands to a passage of its own."""

    ASSERTED = "asserted"
    MILD = "mild"
    HEDGED = "hedged"
    NEGATED = "negated"
    MENTIONED = "mentioned"
    ASKED = "asked"


def stance(text: Text, first: int, last: int, own: frozenset[str] = frozenset()) -> Stance:
    """Returns how the answer stands to the passage from token `first` to token `last`.

    Args:
        text: The answer.
        first: First token of the passage.
        last: Last token of the passage.
        own: Base forms of the name itself: cues among them (`failing to`, `without`) are part of the name.
    """
    begin, end = text.bounds(first)
    number = text.tokens[first].sentence
    if text.asked[number]:
        return Stance.ASKED
    if _beside_the_answer(text, number):
        return Stance.MENTIONED
    before = _scope(text, first, begin)
    clause = text.raw[text.tokens[before].start : text.tokens[first].start].lower()
    if "whether" in clause or cues.UNCLEAR.search(clause):
        return Stance.HEDGED
    if _negations(text, before, first, last, own) % 2 or _denied_after(text, last, end):
        return Stance.NEGATED
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if cues.UNCLEAR.search(sentence) and not _decided(sentence):
        return Stance.HEDGED
    if _unreal(text, begin, first, before, own):
        return Stance.MENTIONED
    if _alternative(text, first, last, own):
        return Stance.HEDGED
    tail = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if cues.OFFERED.match(tail):
        return Stance.MENTIONED
    if cues.GUESSED.match(tail):
        return Stance.MILD
    governing = {key for token in text.tokens[before:first] for key in token.keys}
    if governing & cues.WEAK and not governing & own:
        return Stance.HEDGED if _as_likely(text, last, end) else Stance.MILD
    if governing & {"try", "attempt"} and "to" in governing:
        return Stance.MENTIONED if cues.FAILED.search(sentence) else Stance.MILD
    return Stance.ASSERTED


def _as_likely(text: Text, last: int, end: int) -> bool:
    """Whether another possibility follows a possible one: `it could be this; then again, it could be that`."""
    after = {token.word for token in text.tokens[last + 1 : end]}
    if after & {"may", "might", "could", "possibly", "perhaps", "maybe"}:
        return True
    number = text.tokens[last].sentence + 1
    if number >= len(text.sentences):
        return False
    begin, stop = text.sentences[number]
    following = text.raw[text.tokens[begin].start : text.tokens[stop - 1].end].lower()
    return bool(
        re.match(
            r"(?:it |this |they |he |she )?(?:may|might|could) (?:also|as well|equally)|or\b|alternatively|then again",
            following,
        )
    )


def _beside_the_answer(text: Text, number: int) -> bool:
    """Whether a line of a structured answer gives something else than the answer: `tools: ...` beside `action: ...`."""
    if len(text.sentences) < 2:
        return False
    key = _key(text, number)
    if key is None or key in cues.ANSWER_KEYS:
        return False
    return any(_key(text, other) in cues.ANSWER_KEYS for other in range(len(text.sentences)) if other != number)


def _key(text: Text, number: int) -> str | None:
    start = text.tokens[text.sentences[number][0]].start
    begin = text.raw.rfind("\n", 0, start) + 1
    found = cues.KEY.match(text.raw, begin, begin + 80)
    return found[1].lower() if found else None


def _decided(sentence: str) -> bool:
    return bool(re.search(r"\bbut\b.*\b(?:is|are|this)\b|\bso\b", sentence)) and not sentence.startswith(
        "it is unclear"
    )


def _scope(text: Text, first: int, begin: int) -> int:
    """Returns the first token of the clause that governs a passage: cues before it do not reach the passage."""
    for place in range(first, begin, -1):
        token, before = text.tokens[place], text.tokens[place - 1]
        if cues.HARD_GLUE.search(token.glue) and not (":" in token.glue and before.word in cues.NEGATORS):
            return place
        if place < first and token.word in cues.SCOPE_ENDS and before.word not in ("not", "such", "as", "same", "or"):
            if token.word == "but" and before.word in ("anything", "nothing", "everything", "all"):
                continue
            if token.word == "instead" and place + 1 < first and text.tokens[place + 1].word == "of":
                continue
            if token.word == "rather" and text.tokens[place + 1].word == "than":
                continue
            if token.word == "as" and text.tokens[place + 1].word in ("if", "though"):
                return place
            return place
        if "," in token.glue and _new_clause(text, place, first):
            return place
        if token.word == "and" and place < first and _finite(text, place + 1):
            return place
    return begin


def _finite(text: Text, place: int) -> bool:
    """Whether a new predicate begins after `and`: what denied the one before it (`doesn't ...`) does not reach it."""
    token = text.tokens[place]
    if token.word in words.SUBJECT_PRONOUNS | words.AUXILIARIES - {"to"}:
        return True
    return bool(token.form.verb) and token.word.endswith(("s", "ed")) and token.word not in token.form.verb


def _new_clause(text: Text, place: int, first: int) -> bool:
    """Whether after a comma a clause with a subject of its own begins before the passage."""
    for at in range(place, min(first + 1, place + 9)):
        token = text.tokens[at]
        if token.word in words.SUBJECT_PRONOUNS or token.word in ("this", "that", "these"):
            return True
        if token.word in words.AUXILIARIES or token.word == "'s":
            return True
        if at == place and token.word in ("and", "so", "who", "which"):
            continue
        if at > place and at < first and token.form.verb and token.word.endswith("s") and not token.form.adjective:
            return True
    return False


def _negations(text: Text, before: int, first: int, last: int, own: frozenset[str]) -> int:
    """Counts the cues that negate a passage; an even number asserts it."""
    tokens = text.tokens
    count = 0
    for place in range(before, last + 1):
        token = tokens[place]
        word = token.word
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        if token.keys & own and place >= first - 1:
            continue
        if word in cues.NEGATORS:
            if word == "not" and (following in cues.HARMLESS_AFTER_NOT or _to_mention(text, place)):
                continue
            if word == "not" and any(_stops(text, at) for at in (place + 1, place + 2) if at < first):
                continue
            if word == "no" and (following in cues.HARMLESS_AFTER_NO or _reply(text, place)):
                continue
            if word == "nothing" and following in ("but", "except"):
                continue
            if word == "none" and following == "other":
                continue
            if (
                word in ("without", "no")
                and following in ("a", "any")
                and _word(text, place + 2) in ("doubt", "question")
            ):
                continue
            if word == "without" and following in ("doubt", "question"):
                continue
            if word in cues.NARROW and place < first and _closed(text, place, first):
                continue
            if word == "nor" and count:
                continue
            count += 1
        elif (
            (word in ("instead", "rather") and following in ("of", "than"))
            or (token.keys & cues.DENYING and place < first and not (word == "rules" and following != "out"))
            or (word in ("short", "instead") and following == "of" and word == "short")
            or (word == "before" and place >= first - 2 and _gave_up(text, before, place))
            or (word == "far" and following == "from")
            or (word == "anything" and following == "but")
            or (word == "too" and any(tokens[at].word == "to" for at in range(place + 1, min(place + 5, first + 1))))
            or (word in ("nearly", "almost") and place >= first - 2 and not tokens[first].word.endswith("ing"))
        ):
            count += 1
    return count


def _gave_up(text: Text, begin: int, before: int) -> bool:
    """Whether somebody left off before the passage: `gives up before climbing`."""
    earlier = {key for token in text.tokens[begin:before] for key in token.keys}
    return bool(earlier & {"quit", "abandon"}) or {"give", "up"} <= earlier or {"turn", "back"} <= earlier


def _stops(text: Text, place: int) -> bool:
    """Whether a verb of ending stands here: `cannot stop juggling` goes on juggling."""
    return place < len(text.tokens) and bool(text.tokens[place].keys & cues.STOPPING)


def _word(text: Text, place: int) -> str:
    return text.tokens[place].word if place < len(text.tokens) else ""


def _to_mention(text: Text, place: int) -> bool:
    return _word(text, place + 1) == "to" and _word(text, place + 2) == "mention"


def _reply(text: Text, place: int) -> bool:
    """Whether a `no` answers a question or corrects (`No, he is ...`) rather than negating what follows."""
    after = text.tokens[place + 1].glue if place + 1 < len(text.tokens) else ""
    return "," in after or ";" in after


def _closed(text: Text, cue: int, first: int) -> bool:
    """Whether the phrase of `no` or `without` is over before the passage: `a man without a shirt is juggling`."""
    if text.tokens[cue].word == "no" and (cue == 0 or text.tokens[cue - 1].word != "with"):
        return any("," in text.tokens[place].glue for place in range(cue + 1, first + 1))
    for place in range(cue + 1, first + 1):
        if "," in text.tokens[place].glue or text.tokens[place].word in words.AUXILIARIES | words.SUBORDINATORS:
            return True
    return False


def _denied_after(text: Text, last: int, end: int) -> bool:
    rest = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if cues.POST_CELL.match(text.raw[text.tokens[last].end : text.tokens[last].end + 24].lower()):
        return True
    return bool(cues.POST_DENIAL.match(rest) or cues.POST_NOT.match(rest) or cues.POST_NO.match(rest))


def _unreal(text: Text, begin: int, first: int, before: int, own: frozenset[str]) -> bool:
    """Whether the passage is only imagined, wanted, quoted or depicted."""
    tokens = text.tokens
    for place in range(begin, first):
        token = tokens[place]
        word = token.word
        if token.keys & own and place >= first - 1:
            continue
        conditional = word in ("if", "unless") and not (place and tokens[place - 1].word == "even" and place < before)
        if conditional and (place >= before or any(t.word in ("would", "'d", "could") for t in tokens[before:first])):
            return True
        if place < before:
            continue
        if word in ("would", "'d") and not _commits(text, place, first):
            return True
        if token.keys & frozenset({"pretend", "imagine", "wish", "mimic", "imitate"}):
            return True
        if token.keys & frozenset({"mistake", "confuse"}) or word in cues.BELIEVED:
            return True
        if word == "how" and any(earlier.keys & cues.TELLING for earlier in tokens[begin:place]):
            return True
        if word == "to" and place and place >= first - 3 and tokens[place - 1].keys & cues.WANTING:
            return True
        if (
            word == "to"
            and place
            and tokens[place - 1].word in ("how", "about", "ready", "unable", "supposed", "meant", "used")
        ):
            return True
        if word in ("about", "for", "of") and place and place >= first - 2 and tokens[place - 1].keys & cues.WANTING:
            return True
        if token.keys & cues.DEPICTION and _word(text, place + 1) in ("of", "about", "showing", "that"):
            return True
    return False


def _commits(text: Text, would: int, first: int) -> bool:
    """Whether a `would` is a polite commitment: `I would say that he is juggling`."""
    speaker = text.tokens[would - 1].word if would else ""
    real = "if" not in text.words(*text.bounds(would))
    if real and text.tokens[first].value is not None and _of_the_thing(text, would):
        return True
    for token in text.tokens[would + 1 : min(would + 4, first + 1)]:
        if (speaker in ("i", "we") or (real and speaker in cues.GRADERS)) and token.keys & cues.GRADING:
            return True
        if token.word == "be":
            return text.tokens[would - 1].word in ("answer", "label", "action", "title", "guess") if would else False
        if token.keys & cues.COMMIT_AFTER_WOULD:
            return True
    return False


def _of_the_thing(text: Text, would: int) -> bool:
    """Whether a number is said of the thing itself: `the score would be 83`; not of `the best score` or of `a dive`."""
    begin = text.bounds(would)[0]
    subject = text.tokens[max(begin, would - 4) : would]
    place = next((n for n in range(len(subject) - 1, -1, -1) if subject[n].word in words.DETERMINERS), None)
    if place is None or subject[place].word not in ("the", "its", "his", "her", "their", "my", "this"):
        return False
    following = text.tokens[would + 1].word if would + 1 < len(text.tokens) else ""
    return following == "be" and not any(token.word in cues.IDEAL for token in subject[place:])


def _alternative(text: Text, first: int, last: int, own: frozenset[str]) -> bool:
    """Whether the passage is one of several alternatives: `juggling, bowling or archery`."""
    tokens = text.tokens
    begin, end = text.bounds(first)
    crossed = False
    for place in range(last + 1, min(end, last + 10)):
        token = tokens[place]
        if token.word == "or":
            following = next((t for t in tokens[place + 1 : end] if t.word not in ("a", "an", "the")), None)
            if following is None:
                return True
            if following.word in ("so", "at", "more", "less", "rather", "in", "on") or following.value is not None:
                return False
            if "or" in own and following.keys & own:
                return False
            acts = following.word.endswith("ing") or following.word in words.AUXILIARIES | words.SUBJECT_PRONOUNS
            return not crossed or acts
        if cues.HARD_GLUE.search(token.glue) or token.word in cues.SCOPE_ENDS:
            break
        if token.word in words.PREPOSITIONS:
            crossed = True
    for place in range(first - 1, max(begin - 1, first - 6), -1):
        token = tokens[place]
        if token.word == "or":
            if "or" in own and place and tokens[place - 1].keys & own:
                return False
            return not (place and tokens[place - 1].value is not None)
        if token.word == "either":
            return True
        if not (
            token.word in words.DETERMINERS | words.AUXILIARIES or token.form.adjective or token.word.endswith("ing")
        ):
            break
    after = tokens[last + 1] if last + 1 < end else None
    if after is not None and after.glue.strip() == "/" and not after.keys & own:
        return True
    return tokens[first].glue.strip() == "/" and first > begin and not tokens[first - 1].keys & own
