"""How a word is used in its sentence: as a verb, as an attribute, as the head of its group, as a deed.

Without a parser: closed word classes, endings and the lookup tables decide.
"""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.deeds import verbs_of
from vstar_data.verification.hints import Remembered
from vstar_data.verification.text import Text, Token

HARD = Remembered(r"[;:()\[\]{}\u2013\u2014\u2192>]|\s[-/]\s|\.\.")
COMMA = Remembered(r",")


def verbal(text: Text, place: int) -> bool:
    """Whether a word that can be a verb is used as one."""
    token = text.tokens[place]
    if not token.form.verb or token.word.endswith("ing"):
        return bool(token.form.verb)
    begin, end = text.bounds(place)
    if place > begin and _proper(text, place):
        return False
    before = _skip_back(text, place - 1, begin)
    following = text.tokens[place + 1] if place + 1 < end else None
    if before is None or (")" in token.glue and len(before.word) == 1):
        return True
    word = before.word
    if word == "her" and following is not None and following.word in words.DETERMINERS:
        return True
    if word in words.MODALS or word in words.SUBJECT_PRONOUNS or word in words.CONJUNCTIONS:
        return True
    if word in words.DETERMINERS and before.form.verb == frozenset():
        return False
    led = following is not None and following.word in words.DETERMINERS
    if led and "," in token.glue and token.word.endswith("s") and token.word not in token.form.verb:
        return True
    if token.form.noun and following is not None and (following.word in words.AUXILIARIES or following.word == "of"):
        return False
    if not token.form.noun:
        return True
    return word not in words.PREPOSITIONS and not (token.word in token.form.verb and _compound(text, place, before))


def _proper(text: Text, place: int) -> bool:
    """Whether a word is a name by its capital letter, beside words without: `a cold March afternoon`."""
    token, before = text.tokens[place], text.tokens[place - 1]
    written = text.raw[token.start : token.end]
    near = text.raw[before.start : before.end]
    return written[:1].isupper() and not written.isupper() and near[:1].islower() and token.glue == " "


def _compound(text: Text, place: int, before: Token) -> bool:
    """Whether a base form goes with the singular noun before it, for which no verb has that form: `the wash cycle`."""
    if before is not text.tokens[place - 1] or text.tokens[place].glue != " " or before.word == "than":
        return False
    if before.keys & words.PERSONS:
        return False
    if not before.form.noun or before.word.endswith("s") or before.word in words.FUNCTION or before.form.adverb:
        return False
    begin = text.bounds(place)[0]
    return not any(token.word in ("and", "to") for token in text.tokens[max(begin, place - 5) : place])


def acts(text: Text, place: int) -> bool:
    """Whether a word that has an object acts on it, rather than describing it: not so in `a pair of shining shoes`."""
    if not verbal(text, place):
        return False
    token = text.tokens[place]
    begin, end = text.bounds(place)
    if place == begin:
        return True
    if not token.word.endswith("ing"):
        return not _attribute(text, place)
    before = text.tokens[place - 1]
    following = text.tokens[place + 1] if place + 1 < end else None
    if before.word in words.DETERMINERS - {"'s", "no"} and (before.glue != "" or place == 1):
        return following is not None and (following.word == "of" or _deed(text, place))
    described = before.word == "of" and place - 2 >= begin and text.tokens[place - 2].keys & words.QUANTITIES
    return not described


def _deed(text: Text, place: int) -> bool:
    """Whether `a` with a participle and its noun names a deed that is done or listed: `does a jumping jack`."""
    begin, end = text.bounds(place)
    closed = place + 2 >= end or text.tokens[place + 2].glue != " " or text.tokens[place + 2].word in words.FUNCTION
    if text.tokens[place - 1].word not in ("a", "an", "another") or not closed:
        return False
    earlier = text.tokens[max(begin, place - 7) : place - 1]
    keys = {key for token in earlier for key in token.keys}
    if keys & (words.DOING_VERBS | {"do"}):
        return True
    if earlier and earlier[-1].word in ("with", "by"):
        return bool(keys & {"start", "begin", "open", "continue", "end", "finish", "conclude", "close", "follow"})
    return not any(token.form.verb and not token.form.noun for token in text.tokens[begin : place - 1])


def done(text: Text, place: int) -> bool:
    """Whether a word without an object is what somebody does: not so in `the knitting needles`, `a smoked salmon`."""
    if not verbal(text, place):
        return False
    token = text.tokens[place]
    if not token.word.endswith("ing"):
        return not _attribute(text, place)
    begin, end = text.bounds(place)
    following = text.tokens[place + 1] if place + 1 < end else None
    if place == begin or following is None or following.glue != " " or not following.form.noun:
        return True
    if following.word in words.FUNCTION or following.form.adverb or following.word.endswith("ing"):
        return True
    before = place - 1
    while before > begin and text.tokens[before].form.adjective and text.tokens[before].word not in words.FUNCTION:
        before -= 1
    return text.tokens[before].word not in words.DETERMINERS or bool(following.keys & words.ACTIVITY_HEADS)


def _attribute(text: Text, place: int) -> bool:
    """Whether a past participle only describes the noun after it: `a handful of foraged mushrooms`."""
    token, end = text.tokens[place], text.bounds(place)[1]
    if not token.word.endswith(("ed", "en")) or token.word in token.form.verb or place + 1 >= end:
        return False
    following, before = text.tokens[place + 1], text.tokens[place - 1]
    if following.glue != " " or not following.form.noun or following.word in words.FUNCTION:
        return False
    if before.word in words.DETERMINERS | words.PREPOSITIONS - {"to"}:
        return before.word not in ("that", "all", "both", "each", "her") and token.glue == " "
    acting = bool(before.form.verb) and before.word not in before.form.verb and before.word not in words.FUNCTION
    return acting and before.word.endswith("s") and place - 2 >= text.bounds(place)[0] and token.glue == " "


def contest(text: Text, first: int, last: int) -> bool:
    """Whether a noun alone names the doing of it: `a tennis match`, `a game of chess`; not one that is only watched."""
    tokens = text.tokens
    begin, end = text.bounds(first)
    following = last + 1 < end and tokens[last + 1].glue == " " and bool(tokens[last + 1].keys & words.CONTESTS)
    leading = first - 2 >= begin and tokens[first - 1].word == "of" and bool(tokens[first - 2].keys & words.CONTESTS)
    if not (following or leading):
        return False
    governing = {key for token in tokens[max(begin, first - 6) : first] for key in token.keys}
    return not governing & {"watch", "attend", "discuss", "broadcast", "announce", "follow", "advertise", "await"}


def compound_act(text: Text, place: int) -> bool:
    """Whether the last noun of a compound names a deed that is done: `gives her a back massage`."""
    token, (begin, end) = text.tokens[place], text.bounds(place)
    if not token.form.noun or token.word.endswith(("ing", "ed")) or token.glue not in (" ", "-"):
        return False
    following = text.tokens[place + 1] if place + 1 < end else None
    if following is not None and (following.word == "by" or following.keys & words.ACTIVITY_HEADS):
        return True
    earlier = text.tokens[max(begin, place - 6) : place]
    return any(other.keys & words.GIVING for other in earlier)


def given(text: Text, left: int, right: int) -> bool:
    """Whether a thing gets the deed that a noun names: `gives the ball a hard kick`, `her hair gets a wash`."""
    tokens = text.tokens
    between = [token.word for token in tokens[left + 1 : right]]
    gets = bool(between) and "get" in tokens[left + 1].keys
    article = left + 2 if gets else left + 1
    if article >= right or tokens[article].word not in ("a", "an", "another") or right - article > 3:
        return False
    described = all(token.form.adjective or token.form.adverb for token in tokens[article + 1 : right])
    giving = any("give" in token.keys for token in tokens[max(text.bounds(left)[0], left - 4) : left])
    return described and (gets or giving) and is_head(text, right)


def leads(text: Text, particle: int) -> bool:
    """Whether a particle after its object is a preposition in truth: `puts the coat on the chair` puts no coat on."""
    after = text.tokens[particle + 1] if particle + 1 < text.bounds(particle)[1] else None
    return after is not None and after.glue == " " and after.word in words.DETERMINERS


def subject_of_next(text: Text, filled: tuple[int, ...]) -> bool:
    """Whether the last word, joined on by `and`, begins a clause of its own: `walks along and a dog runs past`."""
    if len(filled) < 2:
        return False
    left, right = filled[-2], filled[-1]
    end = text.bounds(right)[1]
    between = text.tokens[left + 1 : right]
    if right + 1 >= end or not any(
        token.word == "and" or "," in token.glue for token in (*between, text.tokens[right])
    ):
        return False
    following = text.tokens[right + 1]
    if following.glue != " ":
        return False
    return following.word in words.AUXILIARIES or (
        bool(following.form.verb) and following.word.endswith(("s", "ed")) and following.word not in words.FUNCTION
    )


def performed(text: Text, place: int) -> bool:
    """Whether a noun is what somebody does: `performs a dance`, `give each other a hug`."""
    begin, _ = text.bounds(place)
    earlier = text.tokens[max(begin, place - 6) : place]
    named = text.tokens[place]
    if earlier and earlier[-1].keys & words.OFFERING and verbs_of(named.word) and is_head(text, place):
        return True
    if not earlier or not any(token.word in ("a", "an", "another", "some") for token in earlier[-3:]):
        return False
    if place + 1 < len(text.tokens) and (text.tokens[place + 1].glue == "-" or not is_head(text, place)):
        return False
    spoken = [token.word for token in earlier]
    keys = {key for token in earlier for key in token.keys}
    light = next((at for at in range(len(earlier) - 1, -1, -1) if earlier[at].keys & words.LIGHT), 0)
    if any(token.word in words.PREPOSITIONS - {"for", "to", "out", "off"} for token in earlier[light:]):
        return False
    if keys & words.OFFERING and verbs_of(named.word):
        return True
    uttered = "give" in keys or ("let" in keys and "out" in spoken)
    going = bool(keys & {"have", "take", "go"}) or ("for" in spoken and bool({"out", "off"} & set(spoken)))
    if (uttered and named.keys & words.GIVEN) or (going and named.keys & words.HAD):
        return True
    mutual = "other" in spoken or "another" in spoken[:-1]
    return any(token.keys & words.DOING_VERBS or (mutual and "give" in token.keys) for token in earlier)


def identified(text: Text, place: int) -> bool:
    """Whether a noun says what a scene is: `these are crunches`, `it is a handstand`."""
    begin, end = text.bounds(place)
    start = place
    while start > begin and (text.tokens[start - 1].word in words.DETERMINERS or text.tokens[start - 1].form.adjective):
        start -= 1
    if start < begin + 2 or text.tokens[start - 1].word not in words.BE:
        return False
    ends = place + 1 >= end or text.tokens[place + 1].glue != " "
    return ends and text.tokens[start - 2].word in ("this", "these", "that", "those", "it", "they")


def in_passive(text: Text, place: int) -> bool:
    """Whether a participle follows a form of `be`: `a coin is dropped`."""
    begin, _ = text.bounds(place)
    token = text.tokens[place]
    if not participle(token):
        return False
    before = _skip_back(text, place - 1, begin)
    if before is None or before.word in words.BE:
        return before is not None or token.word not in token.form.verb
    if before.word != "and":
        thing = before.form.noun and not before.keys & words.PERSONS
        listed = text.raw[text.tokens[place - 1].end : token.start] != " " and token.glue == " "
        return (
            ((("," in token.glue) and not before.form.verb) or listed) and thing and token.word not in token.form.verb
        )
    earlier = range(max(begin + 1, place - 6), place - 1)
    return any(text.tokens[at - 1].word in words.BE and participle(text.tokens[at]) for at in earlier)


def participle(token: Token) -> bool:
    """Whether a token can be a past participle."""
    if not token.form.verb or token.word.endswith("ing"):
        return False
    if token.form.verb == {token.word}:
        return token.word in words.UNCHANGED
    return token.word.endswith(("ed", "en", "n", "t", "d", "g", "k", "m")) or token.word not in token.form.verb


def is_head(text: Text, place: int) -> bool:
    """Whether a noun is the head of its group: `guitar` is not in `guitar case`, but is in `guitar solo`."""
    end = text.bounds(place)[1]
    if place + 1 >= end or text.tokens[place].value is not None:
        return True
    token, following = text.tokens[place], text.tokens[place + 1]
    if following.glue not in (" ", "-") or following.word in words.FUNCTION or following.value is not None:
        return True
    if following.word == "x":
        return True  # `squat x2`
    if not token.form.noun and token.form.verb:
        return True
    form = following.form
    if not form.noun or form.adverb or following.word.endswith(("ing", "ed", "ly")):
        return True
    if form.keys & words.ACTIVITY_HEADS:
        return True
    if not form.verb or not following.word.endswith("s"):
        return False
    later = text.tokens[place + 2].word if place + 2 < end else ""
    return not token.word.endswith("s") or later in words.DETERMINERS | words.PREPOSITIONS


def is_agent(text: Text, first: int, last: int) -> bool:
    """Whether a noun names someone who does something: `a mountain climber is hauling himself up`."""
    begin, end = text.bounds(first)
    before = text.tokens[first - 1].word if first > begin else ""
    if before not in ("a", "an", "the", "one", "this", "that"):
        return False
    earlier = [token for token in text.tokens[begin : first - 1] if token.form.keys & words.LIGHT_VERBS]
    return not earlier and last + 1 < end


def phrase_follows(text: Text, place: int) -> bool:
    """Whether a noun phrase or a pronoun begins at a token."""
    token = text.tokens[place]
    if COMMA.search(token.glue) or HARD.search(token.glue):
        return False
    if token.word in words.OBJECT_PRONOUNS or token.word in words.DETERMINERS or token.value is not None:
        return True
    return token.word not in words.FUNCTION and (token.form.noun or token.form.adjective)


def _skip_back(text: Text, place: int, begin: int) -> Token | None:
    while place >= begin:
        token = text.tokens[place]
        if not (token.form.adverb and token.word not in words.PREPOSITIONS and not token.form.noun) and token.word != (
            "not"
        ):
            return token
        place -= 1
    return None
