"""Whether a passage of an answer is asserted: negation and its scope, doubt, alternatives, mere mention, questions.

Looks at one passage and the sentence around it. How several passages add up (a rival considered, then dropped) is
decided in `commitment`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vstar_data.verification import cues, words
from vstar_data.verification.enclosed import enclosed
from vstar_data.verification.text import Text

_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_POSSIBLE = frozenset({"should", "would", "could", "might", "must", "may"})
_HARDLY = frozenset({"hardly", "barely", "scarcely"})
_NOMINATIVE = frozenset({"i", "he", "she", "we", "they"})


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
        return _own_reply(text, number)
    if cues.UNCHECKED.search(text.tokens[begin].glue) or cues.CROSSED.match(text.raw, text.tokens[end - 1].end):
        return Stance.NEGATED
    if _written(text, begin, first) or _earlier_still(text, begin, first, end):
        return Stance.MENTIONED
    if _beside_the_answer(text, number):
        return Stance.MENTIONED
    before = _scope(text, first, begin)
    clause = text.raw[text.tokens[before].start : text.tokens[first].start].lower()
    if "whether" in clause or cues.UNCLEAR.search(clause):
        return Stance.HEDGED
    if cues.ECHO.search(text.raw[text.tokens[begin].start : text.tokens[first].start].lower()):
        return Stance.ASKED
    if cues.CANDIDATES.search(_under_key(text.raw[text.tokens[begin].start : text.tokens[first].start].lower())):
        return Stance.MENTIONED
    if _negations(text, before, first, last, own) % 2 or _denied_after(text, last, end):
        return Stance.NEGATED
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if cues.UNCLEAR.search(sentence) and not _decided(sentence):
        return Stance.HEDGED
    if _unreal(text, begin, first, before, own):
        return Stance.MENTIONED
    if any(token.word in _POSSIBLE and token.word not in own for token in text.tokens[first + 1 : last]):
        return Stance.MENTIONED
    if _alternative(text, first, last, own):
        return Stance.HEDGED
    tail = text.raw[text.tokens[last].end : text.tokens[end - 1].end].lower()
    if cues.OFFERED.match(tail):
        return Stance.MENTIONED
    if cues.GUESSED.match(tail):
        return Stance.MILD
    if cues.GENERAL.match(tail) or cues.OTHER_TIME.match(tail):
        return Stance.MENTIONED
    if cues.SEEMING.search(clause) and cues.BUT.search(tail):
        return Stance.NEGATED
    governing = {key for token in text.tokens[before:first] for key in token.keys}
    if governing & cues.WEAK and not governing & own:
        return Stance.HEDGED if _as_likely(text, last, end) else Stance.MILD
    if governing & {"try", "attempt"} and "to" in governing:
        return Stance.MENTIONED if cues.FAILED.search(sentence) else Stance.MILD
    return Stance.ASSERTED


def _under_key(before: str) -> str:
    """Returns what stands before a passage from its own key of a JSON object on; all of it without such a key."""
    keys = list(cues.JSON_KEY.finditer(before))
    return before[keys[-1].start() :] if keys else before


def _earlier_still(text: Text, begin: int, first: int, end: int) -> bool:
    """Whether a passage tells what was over before the clip began, or is one of two that are only compared."""
    before = text.raw[text.tokens[begin].start : text.tokens[first].start].lower()
    numbered = any(token.value is not None for token in text.tokens[begin : first + 1])
    if not numbered and cues.BETWEEN.match(before):
        return True
    sentence = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    return " had " in f" {before}" and cues.BEFORE_THE_CLIP.search(sentence) is not None


def _own_reply(text: Text, number: int) -> Stance:
    """Returns the stance to a question that the answer puts and perhaps answers: `Juggling?` and then `Definitely`."""
    if number + 1 >= len(text.sentences):
        return Stance.ASKED
    begin, end = text.sentences[number + 1]
    reply = text.raw[text.tokens[begin].start : text.tokens[end - 1].end].lower()
    if cues.NO_REPLY.match(reply):
        return Stance.NEGATED
    return Stance.ASSERTED if cues.YES_REPLY.match(reply) else Stance.ASKED


def _written(text: Text, begin: int, first: int) -> bool:
    """Whether a passage is what something in the picture says: `a shirt that reads ...`, `a song called ...`."""
    before = text.raw[text.tokens[begin].start : text.tokens[first].start].lower()
    return bool(cues.INSCRIBED.search(before)) and bool(cues.INSCRIBED.search(_QUOTED.sub(" ", before)))


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
    others = (other for other in range(len(text.sentences)) if other != number and not _heading(text, other))
    return any(_key(text, other) in cues.ANSWER_KEYS for other in others)


def _heading(text: Text, number: int) -> bool:
    """Whether a sentence stands in the first row of a table: it names columns."""
    end = text.raw.find("\n", text.tokens[text.sentences[number][0]].start)
    return end >= 0 and cues.RULE_OF_TABLE.match(text.raw, end + 1) is not None


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
        if token.word == "but" and before.word == "not" and "," in token.glue and place < first:
            return place
        if (
            place < first
            and token.word in cues.SCOPE_ENDS
            and before.word
            not in (
                "not",
                "such",
                "as",
                "same",
                "or",
                "much",
            )
        ):
            if token.word == "but" and before.word in ("anything", "nothing", "everything", "all"):
                continue
            if token.word == "instead" and place + 1 < first and text.tokens[place + 1].word == "of":
                continue
            if token.word == "so" and text.tokens[place + 1].word == "much":
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
    while place + 1 < len(text.tokens) and (token.word in words.ADVERBS or (token.form.adverb and not token.form.noun)):
        place += 1
        token = text.tokens[place]
    if token.word in words.SUBJECT_PRONOUNS | words.AUXILIARIES - {"to"}:
        return True
    if token.word in ("the", "a", "an") and _someone(text, place):
        return True
    return bool(token.form.verb) and token.word.endswith(("s", "ed")) and token.word not in token.form.verb


def _someone(text: Text, place: int) -> bool:
    """Whether an article leads to a person with a verb: `and still the old man talks`."""
    for at in range(place + 1, min(place + 5, len(text.tokens) - 1)):
        token = text.tokens[at]
        if token.keys & words.PERSONS:
            following = text.tokens[at + 1]
            return following.word in words.AUXILIARIES or bool(following.form.verb and following.word.endswith("s"))
        if not (token.form.adjective or token.form.noun):
            return False
    return False


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
            if enclosed(text, place, first):
                continue
            if word == "not" and (following in cues.HARMLESS_AFTER_NOT | {"without"} or _to_mention(text, place)):
                continue
            if word == "not" and any(_stops(text, at) for at in (place + 1, place + 2) if at < first):
                continue
            if word == "no" and (following in cues.HARMLESS_AFTER_NO or _reply(text, place)):
                continue
            if word == "no" and any(
                token.word in cues.DOUBTLESS for token in tokens[place + 1 : min(place + 5, first)]
            ):
                continue
            if word == "nothing" and following in ("but", "except"):
                continue
            if word in ("hardly", "barely", "scarcely") and place + 1 < first and tokens[place + 1].form.adjective:
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
            if word == "not" and _in_passing(text, place, first):
                continue
            if word in _HARDLY and place > first and following and _describes(text, place + 1):
                continue
            count += 1
        elif (
            (word in ("instead", "rather") and following in ("of", "than") and not _closed(text, place + 1, first))
            or (token.keys & cues.DENYING and place < first and not (word == "rules" and following != "out"))
            or (word in ("short", "instead") and following == "of" and word == "short")
            or (word == "before" and place >= first - 2 and _gave_up(text, before, place))
            or (word == "far" and following == "from")
            or (word in ("anything", "everything", "all") and following == "but")
            or (word == "too" and any(tokens[at].word == "to" for at in range(place + 1, min(place + 5, first + 1))))
            or (word in ("nearly", "almost") and place >= first - 2 and _nearly(text, place, first))
        ):
            count += 1
    return count


def _nearly(text: Text, place: int, first: int) -> bool:
    """Whether an `almost` is said of the deed: not so in `falls, almost in silence`, `almost two metres`."""
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    if following is None or text.tokens[first].word.endswith("ing"):
        return False
    return (
        following.word not in words.PREPOSITIONS
        and following.value is None
        and not (following.form.adverb and not following.form.verb)
    )


def _in_passing(text: Text, place: int, first: int) -> bool:
    """Whether a `not` denies one item of a list, before the passage: `peeled, not grated, and boiled`."""
    if place + 2 > first or "," not in text.tokens[place].glue:
        return False
    return any("," in text.tokens[at].glue for at in range(place + 2, min(place + 5, first + 1)))


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
    return any(sign in after for sign in ",;:")


def _describes(text: Text, place: int) -> bool:
    """Whether an adjective stands here that is no verb: `hardly recognisable`."""
    form = text.tokens[place].form
    return form.adjective and not form.verb


def _closed(text: Text, cue: int, first: int) -> bool:
    """Whether the phrase of `no` or `without` is over before the passage: `a man without a shirt is juggling`."""
    if text.tokens[cue].word == "no" and (cue == 0 or text.tokens[cue - 1].word != "with"):
        return any("," in text.tokens[place].glue for place in range(cue + 1, first + 1))
    for place in range(cue + 1, first + 1):
        token = text.tokens[place]
        if "," in token.glue or token.word in words.AUXILIARIES | _NOMINATIVE:
            return True
        counted = text.tokens[place - 1].word in ("much", "many") or _word(text, place + 1) in ("much", "many")
        if token.word in words.SUBORDINATORS and not counted:
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
        conditional = conditional and not cues.HAD_TO_CHOOSE.match(text.raw.lower(), token.start)
        if conditional and (place >= before or any(t.word in ("would", "'d", "could") for t in tokens[before:first])):
            return True
        if place < before:
            continue
        if word in ("would", "'d") and not _commits(text, place, first):
            return True
        seeming = place and tokens[place - 1].keys & {"look", "seem", "appear", "sound", "feel"}
        if word == "as" and _word(text, place + 1) in ("if", "though") and not seeming:
            return True
        if (
            word in ("will", "'ll", "shall")
            and place >= first - 3
            and not tokens[first - 1].keys & {"see", "find", "notice"}
        ):
            return True
        if word == "than" and _compared(text, begin, place, first):
            return True
        if token.keys & frozenset({"pretend", "imagine", "wish", "mimic", "imitate"}):
            return True
        if token.keys & frozenset({"mistake", "confuse"}) or (
            word in cues.BELIEVED and text.tokens[place - 1].word != "second"
        ):
            return True
        shown = word == "how" and _shows(text, begin, place)
        if word == "how" and not shown and any(earlier.keys & cues.TELLING for earlier in tokens[begin:place]):
            return True
        if word == "to" and place and place >= first - 3 and tokens[place - 1].keys & cues.WANTING:
            return True
        if (
            word == "to"
            and place
            and tokens[place - 1].word in ("how", "about", "ready", "unable", "supposed", "meant", "used")
            and (tokens[place - 1].word != "used" or place >= first - 3)
            and not (place > 1 and tokens[place - 1].word == "used" and tokens[place - 2].word in words.BE)
            and not (place > 1 and tokens[place - 1].word == "how" and _shows(text, begin, place - 1))
        ):
            return True
        if word in ("about", "for", "of") and place and place >= first - 2 and tokens[place - 1].keys & cues.WANTING:
            return tokens[first].value is None or not tokens[place - 1].keys & {"speak", "talk", "hear"}
        if token.keys & cues.DEPICTION and _word(text, place + 1) in ("of", "about", "showing", "that"):
            return True
    return False


def _shows(text: Text, begin: int, how: int) -> bool:
    """Whether a `how` follows a verb of showing, perhaps with whom it is shown: `shows his daughter how to`."""
    return any(token.keys & cues.SHOWING for token in text.tokens[max(begin, how - 4) : how])


def _compared(text: Text, begin: int, than: int, first: int) -> bool:
    """Whether a passage is what something is only compared with: `fits better than juggling`."""
    if any("," in text.tokens[place].glue for place in range(than + 1, first + 1)):
        return False
    return any(token.word in cues.COMPARED for token in text.tokens[max(begin, than - 8) : than])


def _commits(text: Text, would: int, first: int) -> bool:
    """Whether a `would` is a polite commitment: `I would say that he is juggling`."""
    speaker = text.tokens[would - 1].word if would else ""
    real = "if" not in text.words(*text.bounds(would))
    if real and text.tokens[first].value is not None and _of_the_thing(text, would):
        return True
    if real and speaker in ("i", "we") and text.tokens[first].value is not None:
        return text.words(would + 1, would + 2) != ["have"]
    for token in text.tokens[would + 1 : min(would + 4, first + 1)]:
        if (speaker in ("i", "we") or (real and speaker in cues.GRADERS)) and token.keys & cues.GRADING:
            return True
        if token.word == "be":
            return text.tokens[would - 1].word in ("answer", "label", "action", "title", "guess") if would else False
        if token.word == "have" and "to" not in text.words(would + 1, would + 4):
            return False
        if token.keys & cues.COMMIT_AFTER_WOULD:
            return True
    return speaker in ("i", "we") and text.words(would + 1, would + 3) in (["go", "for"], ["go", "with"])


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
        if token.word == "or" and tokens[place - 1].word not in ("give", "plus"):
            following = next((t for t in tokens[place + 1 : end] if t.word not in ("a", "an", "the")), None)
            if following is None:
                return True
            if following.word in ("so", "thereabouts", "at", "more", "less", "rather") or following.value is not None:
                return False
            if following.word in ("in", "on"):
                return any(t.word in words.DETERMINERS for t in tokens[place + 2 : place + 3])
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
            either = any(earlier.word == "either" for earlier in tokens[max(begin, place - 12) : place])
            return either or not (place and tokens[place - 1].value is not None)
        if token.word == "either":
            return "or" not in own
        if not (
            token.word in words.DETERMINERS | words.AUXILIARIES or token.form.adjective or token.word.endswith("ing")
        ):
            break
    after = tokens[last + 1] if last + 1 < end else None
    if after is not None and after.glue.strip() == "/" and not after.keys & own:
        return True
    return tokens[first].glue.strip() == "/" and first > begin and not tokens[first - 1].keys & own
