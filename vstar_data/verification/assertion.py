"""Whether a passage of an answer is asserted: negation and its scope, doubt, alternatives, mere mention, questions.

Looks at one passage and the sentence around it. How several passages add up (a rival considered, then dropped) is
decided in `commitment`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vstar_data.verification import words
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set


class Stance(StrEnum):
    """How an answer stands to a passage of its own."""

    ASSERTED = "asserted"
    MILD = "mild"
    HEDGED = "hedged"
    NEGATED = "negated"
    MENTIONED = "mentioned"
    ASKED = "asked"


NEGATORS = word_set("not never neither nor no none nobody nothing without hardly barely scarcely cannot nowhere")
DENYING = word_set("fail refuse avoid decline deny exclude lack prevent forbid unable rule dismiss reject abstain")
"""Verbs and adjectives that negate what they govern; an even number of cues cancels out."""

_NARROW = frozenset({"no", "without"})
_HARMLESS_AFTER_NOT = frozenset(["only", "just", "merely", "simply", "solely", "surprisingly"])
_HARMLESS_AFTER_NO = frozenset(["doubt", "question", "wonder", "surprise", "matter", "longer-lasting"])
_UNREAL = frozenset(["if", "unless", "wish", "imagine", "pretend", "suppose"])
_STOPPING = frozenset(["stop", "cease", "quit", "help", "resist", "finish"])
_ANSWER_KEYS = word_set("answer action activity label class category sport event task verb motion choice")
_KEY = re.compile(r"[\s\-*#>|\"'`_\d.]*([^\W\d_]+)(?:\s[^\W\d_]+)?[\"'`*_]*\s*[:|]")
_WANTING = word_set(
    "want plan intend hope wish try-to prepare decide refuse need like love wait promise threaten long expect "
    "learn dream think talk speak hear read-about ask wonder mention discuss"
)
_COMMIT_AFTER_WOULD = word_set("say call describe guess label name classify argue conclude title put answer be")
_DEPICTION = word_set("poster picture photo photograph painting drawing statue sticker logo advertisement book film")
_MILD = word_set(
    "may might could perhaps maybe possibly probably likely seem appear apparently presumably suggest "
    "resemble look think believe guess assume suspect"
)
_WEAK = word_set("may might could can suggest resemble look seem appear possibly perhaps maybe")
_SCOPE_ENDS = word_set(
    "but however though although yet because since so while whereas when instead as rather therefore thus hence"
)
_HARD_GLUE = re.compile(r"[;:\u2013\u2014]|\s-\s|\.\.\.|\(|\)")
_UNCLEAR = re.compile(
    r"\b(?:unclear|uncertain|unsure|not (?:clear|certain|sure|obvious|known)|"
    r"hard to (?:say|tell)|difficult to (?:say|tell)"
    r"|impossible to (?:say|tell)|(?:can(?:'|\u2019)?t|cannot|can not|could(?:n't| not)) (?:say|tell|determine|be sure)"
    r"|do(?:n't| not) know|no idea|undecided|(?:just )?as likely|equally (?:likely|possible|plausible)|who knows)\b"
)
_POST_DENIAL = re.compile(
    r"\s*(?:(?:is|are|was|were|can|could|would|does|do|has|have|seems?)\s*)(?:n['\u2019]t|not|never|nowhere|hardly)?\s*"
    r"(?:\w+\s+){0,2}?(?:ruled out|excluded|absent|out of the question|unlikely|wrong|"
    r"incorrect|false|not the case|nowhere"
    r"|missing|impossible|dismissed|rejected|not (?:what|shown|seen|visible|happening|the|taking|present|performed|done"
    r"|possible|right|correct|going|likely|it|depicted|occurring|involved|part|true))\b",
)
_POST_NOT = re.compile(
    r"\s*(?:is|are|was|were|does|do|did|can|could|has|have)\s*(?:n['\u2019]t|\s*not|"
    r"\s*never)\s+(?:what|shown|seen|visible"
    r"|happening|the|taking|present|performed|done|possible|right|correct|going|likely|it|depicted|occurring|involved"
    r"|happen|occur|take|appear|fit|match|apply|being|a)\b"
)
_OFFERED = re.compile(
    r"\s*(?:is|are|was|were|will be) (?:\w+ly )?(?:offered|sold|advertised|taught|announced|forbidden|allowed|prohibited"
    r"|mentioned|discussed|planned|scheduled)\b"
)
_GUESSED = re.compile(
    r"\s*(?:would be|would have been|might be|could be|was|is) (?:my|a|an|the|one) (?:\w+ )?(?:guess|thought|candidate"
    r"|possibility|option|idea|impression)\b"
)
_BELIEVED = frozenset({"thought", "believed", "assumed", "suspected", "expected", "guessed", "supposed"})
_TELLING = frozenset({"explain", "describe", "tell", "discuss", "teach", "learn", "know", "ask", "wonder", "read"})
_FAILED = re.compile(r"\bbut\b|\bin vain\b|\bwithout success\b|\bunsuccessful|\bfail|\bnever\b|\bgives? up\b")
_POST_CELL = re.compile(r"[\"'`*_]*\s*[|:]\s*[\"'`*_]*(?:no|not|false|absent)\b(?!\s*(?:one|doubt|longer|[a-z]+ing))")
_POST_NO = re.compile(r"\s*(?:[:=]|\?)\s*(?:no|false|not)\b|\s*,?\s*(?:no|not)\s*[.!]?\s*\Z")


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
    if "whether" in clause or _UNCLEAR.search(clause):
        return Stance.HEDGED
    if _negations(text, before, first, last, own) % 2 or _denied_after(text, last, end):
        return Stance.NEGATED
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if _UNCLEAR.search(sentence) and not _decided(sentence):
        return Stance.HEDGED
    if _unreal(text, begin, first, before, own):
        return Stance.MENTIONED
    if _alternative(text, first, last, own):
        return Stance.HEDGED
    tail = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if _OFFERED.match(tail):
        return Stance.MENTIONED
    if _GUESSED.match(tail):
        return Stance.MILD
    governing = {key for token in text.tokens[before:first] for key in token.keys}
    if governing & _WEAK and not governing & own:
        return Stance.HEDGED if _as_likely(text, last, end) else Stance.MILD
    if governing & {"try", "attempt"} and "to" in governing:
        return Stance.MENTIONED if _FAILED.search(sentence) else Stance.MILD
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
    if key is None or key in _ANSWER_KEYS:
        return False
    return any(_key(text, other) in _ANSWER_KEYS for other in range(len(text.sentences)) if other != number)


def _key(text: Text, number: int) -> str | None:
    start = text.tokens[text.sentences[number][0]].start
    begin = text.raw.rfind("\n", 0, start) + 1
    found = _KEY.match(text.raw, begin, begin + 80)
    return found[1].lower() if found else None


def _decided(sentence: str) -> bool:
    return bool(re.search(r"\bbut\b.*\b(?:is|are|this)\b|\bso\b", sentence)) and not sentence.startswith(
        "it is unclear"
    )


def _scope(text: Text, first: int, begin: int) -> int:
    """Returns the first token of the clause that governs a passage: cues before it do not reach the passage."""
    for place in range(first, begin, -1):
        token, before = text.tokens[place], text.tokens[place - 1]
        if _HARD_GLUE.search(token.glue) and not (":" in token.glue and before.word in NEGATORS):
            return place
        if place < first and token.word in _SCOPE_ENDS and before.word not in ("not", "such", "as", "same", "or"):
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
        if word in NEGATORS:
            if word == "not" and (following in _HARMLESS_AFTER_NOT or _to_mention(text, place)):
                continue
            if word == "not" and any(_stops(text, at) for at in (place + 1, place + 2)):
                continue
            if word == "no" and (following in _HARMLESS_AFTER_NO or _reply(text, place)):
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
            if word in _NARROW and place < first and _closed(text, place, first):
                continue
            if word == "nor" and count:
                continue
            count += 1
        elif (
            (word in ("instead", "rather") and following in ("of", "than"))
            or (token.keys & DENYING and place < first and not (word == "rules" and following != "out"))
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
    return place < len(text.tokens) and bool(text.tokens[place].keys & _STOPPING)


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
    if _POST_CELL.match(text.raw[text.tokens[last].end : text.tokens[last].end + 24].lower()):
        return True
    return bool(_POST_DENIAL.match(rest) or _POST_NOT.match(rest) or _POST_NO.match(rest))


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
        if token.keys & frozenset({"mistake", "confuse"}) or word in _BELIEVED:
            return True
        if word == "how" and any(earlier.keys & _TELLING for earlier in tokens[begin:place]):
            return True
        if word == "to" and place and place >= first - 3 and tokens[place - 1].keys & _WANTING:
            return True
        if (
            word == "to"
            and place
            and tokens[place - 1].word in ("how", "about", "ready", "unable", "supposed", "meant", "used")
        ):
            return True
        if word in ("about", "for", "of") and place and place >= first - 2 and tokens[place - 1].keys & _WANTING:
            return True
        if token.keys & _DEPICTION and _word(text, place + 1) in ("of", "about", "showing", "that"):
            return True
    return False


def _commits(text: Text, would: int, first: int) -> bool:
    """Whether a `would` is a polite commitment: `I would say that he is juggling`."""
    speaker = text.tokens[would - 1].word if would else ""
    for token in text.tokens[would + 1 : min(would + 4, first + 1)]:
        if speaker in ("i", "we") and token.keys & {"give", "rate", "estimate", "score", "judge", "place"}:
            return True
        if token.word == "be":
            return text.tokens[would - 1].word in ("answer", "label", "action", "title", "guess") if would else False
        if token.keys & _COMMIT_AFTER_WOULD:
            return True
    return False


def _alternative(text: Text, first: int, last: int, own: frozenset[str]) -> bool:
    """Whether the passage is one of several alternatives: `juggling, bowling or archery`."""
    tokens = text.tokens
    begin, end = text.bounds(first)
    crossed = False
    for place in range(last + 1, min(end, last + 10)):
        token = tokens[place]
        if token.word == "or":
            following = tokens[place + 1] if place + 1 < end else None
            if following is None:
                return True
            if following.word in ("so", "at", "more", "less", "rather", "in", "on") or following.value is not None:
                return False
            if "or" in own and following.keys & own:
                return False
            acts = following.word.endswith("ing") or following.word in words.AUXILIARIES | words.SUBJECT_PRONOUNS
            return not crossed or acts
        if _HARD_GLUE.search(token.glue) or token.word in _SCOPE_ENDS:
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
