"""What may stand between the words of a name for them to keep their relation, and how a word is used in its sentence.

Without a parser: closed word classes, endings and the lookup tables decide. When in doubt, the relation does not hold.
"""

from __future__ import annotations

import re

from vstar_data.verification import words
from vstar_data.verification.text import Text, Token

_HARD = re.compile(r"[;:()\[\]{}\u2013\u2014]|\s-\s|\.\.")
_COMMA = re.compile(r",")


def allowed(kind: str, text: Text, left: int, right: int) -> bool:
    """Whether the tokens between two words of a name let them belong together.

    Args:
        kind: The relation: `next`, `object` (verb to its noun), `passive` (noun to its participle), `predicate`
            (subject to its verb), `loose` (to a preposition), `filler` (to a preposition, over a noun phrase). An
            object may stand in brackets.
        text: The answer.
        left: The token of the word before.
        right: The token of the word after.
    """
    if kind == "object" and right == left + 1 and text.tokens[right].glue == " (":
        return True
    if kind != "loose_next" and any(_HARD.search(text.tokens[place].glue) for place in range(left + 1, right + 1)):
        return False
    match kind:
        case "next":
            return right == left + 1 and not _COMMA.search(text.tokens[right].glue)
        case "loose_next":
            return right == left + 1
        case "object":
            return _object(text, left, right)
        case "passive":
            return _passive(text, left, right)
        case "predicate":
            return _predicate(text, left, right)
        case "filler":
            return right > left + 1 and _loose(text, left, right)
        case _:
            return _loose(text, left, right)


def verbal(text: Text, place: int) -> bool:
    """Whether a word that can be a verb is used as one."""
    token = text.tokens[place]
    if not token.form.verb or token.word.endswith("ing"):
        return bool(token.form.verb)
    begin, end = text.bounds(place)
    before = _skip_back(text, place - 1, begin)
    following = text.tokens[place + 1] if place + 1 < end else None
    if before is None:
        return True
    word = before.word
    if word == "her" and following is not None and following.word in words.DETERMINERS:
        return True
    if word in words.MODALS or word in words.SUBJECT_PRONOUNS or word in words.CONJUNCTIONS:
        return True
    if word in words.DETERMINERS and before.form.verb == frozenset():
        return False
    if token.form.noun and following is not None and (following.word in words.AUXILIARIES or following.word == "of"):
        return False
    return not (word in words.PREPOSITIONS and token.form.noun)


def acts(text: Text, place: int) -> bool:
    """Whether a word that has an object acts on it, rather than describing it: not so in `a pair of shining shoes`."""
    if not verbal(text, place):
        return False
    token = text.tokens[place]
    begin, end = text.bounds(place)
    if not token.word.endswith("ing") or place == begin:
        return True
    before = text.tokens[place - 1]
    following = text.tokens[place + 1] if place + 1 < end else None
    if before.word in words.DETERMINERS - {"'s", "no"} and before.glue != "":
        return following is not None and following.word == "of"
    described = before.word == "of" and place - 2 >= begin and text.tokens[place - 2].keys & words.QUANTITIES
    return not described


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


def subject_of_next(text: Text, filled: tuple[int, ...]) -> bool:
    """Whether the last word, joined on by `and`, begins a clause of its own: `walks along and a dog runs past`."""
    if len(filled) < 2:
        return False
    left, right = filled[-2], filled[-1]
    end = text.bounds(right)[1]
    if right + 1 >= end or not any(token.word == "and" for token in text.tokens[left + 1 : right]):
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
    if not earlier or not any(token.word in ("a", "an", "another", "some") for token in earlier[-3:]):
        return False
    spoken = [token.word for token in earlier]
    mutual = "other" in spoken or "another" in spoken[:-1]
    return any(token.keys & words.DOING_VERBS or (mutual and "give" in token.keys) for token in earlier)


def in_passive(text: Text, place: int) -> bool:
    """Whether a participle follows a form of `be`: `a coin is dropped`."""
    begin, _ = text.bounds(place)
    before = _skip_back(text, place - 1, begin)
    return before is not None and before.word in words.BE and participle(text.tokens[place])


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
    if not token.form.noun and token.form.verb:
        return True
    form = following.form
    if not form.noun or form.adverb or following.word.endswith(("ing", "ed", "ly")):
        return True
    if form.keys & words.ACTIVITY_HEADS:
        return True
    return bool(form.verb) and following.word.endswith("s") and text.tokens[place].word.endswith("s") is False


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
    if _COMMA.search(token.glue) or _HARD.search(token.glue):
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


def _object(text: Text, left: int, right: int) -> bool:
    """Between a verb and its noun: a noun phrase's beginning, perhaps coordinated, no other verb, no preposition."""
    tokens = text.tokens
    seen_noun = False
    place = left + 1
    if place < right and tokens[place].word == "of" and tokens[left].word.endswith("ing"):
        place += 1
    while place < right:
        token, before = tokens[place], tokens[place - 1]
        word = token.word
        if _hyphenated(tokens, place) or (
            word in words.OBJECT_PRONOUNS and word not in words.POSSESSIVES and place == left + 1
        ):
            place += 1
            continue
        if word == "and" and place == left + 1 and (end := _second_verb(text, place, right)) > place:
            place = end
            continue
        if word in ("and", "or", "plus", "&"):
            if not seen_noun or _begins_clause(text, place + 1, right):
                return False
            seen_noun = False
        elif word == "of":
            if not seen_noun or not _measures(before):
                return False
            seen_noun = False
        elif word in ("about", "around", "over", "nearly") and tokens[place + 1].value is not None:
            pass
        elif word == "on" and _on_instrument(text, left, place):
            seen_noun = False
        elif (word in ("on", "up") and place == left + 1 and tokens[left].keys & words.RIDING) or (
            word in ("up", "down", "out", "off", "away", "together", "apart") and place == left + 1
        ):
            pass
        elif word in words.DETERMINERS or token.value is not None:
            if seen_noun and word != "'s" and not _COMMA.search(token.glue):
                return False
            seen_noun = False
        elif (word in words.FUNCTION and word not in words.ADVERBS) or word in ("not", "neither", "nor"):
            return False
        elif token.form.verb and not token.form.noun and not token.form.adjective:
            if not (word.endswith(("ing", "ed", "en")) and _in_group(before)):
                return False
        elif word.endswith("ing") and token.form.verb and seen_noun and not _in_group(before):
            return False
        else:
            seen_noun = seen_noun or token.form.noun
        place += 1
    return not (_COMMA.search(tokens[right].glue) and _begins_clause(text, right, right + 1))


def _second_verb(text: Text, place: int, right: int) -> int:
    """Returns the token after a second verb with the same object (`touches and looks at the book`), or `place`."""
    verb = place + 1
    if verb >= right or not text.tokens[verb].form.verb or text.tokens[verb].word in words.FUNCTION:
        return place
    end = verb + 1
    if end < right and text.tokens[end].word in words.PREPOSITIONS:
        end += 1
    alike = text.tokens[verb].word[-1:] == text.tokens[place - 1].word[-1:]
    return end if alike and (end == right or text.tokens[end].word in words.DETERMINERS) else place


def _measures(token: Token) -> bool:
    """Whether a noun before `of` is a quantity of what follows: a slice of cake is cake, a picture of cake is none."""
    return bool(token.keys & words.QUANTITIES) or token.value is not None


def _on_instrument(text: Text, left: int, place: int) -> bool:
    """Whether `on` leads to what is played: `plays a slow tune on his violin`."""
    between = text.tokens[left + 1 : place]
    return "play" in text.tokens[left].keys and (not between or bool(between[-1].keys & words.TUNES))


def _hyphenated(tokens: list[Token], place: int) -> bool:
    """Whether a token is part of a hyphenated modifier: `ride-on`, `old-fashioned`."""
    return tokens[place].glue == "-" or (place + 1 < len(tokens) and tokens[place + 1].glue == "-")


def _in_group(before: Token) -> bool:
    """Whether a participle after this word modifies a noun: `a burning candle`, `several peeled apples`."""
    return before.word in words.DETERMINERS or before.form.adjective or before.value is not None


def _begins_clause(text: Text, place: int, right: int) -> bool:
    if place >= len(text.tokens):
        return False
    token = text.tokens[place]
    if token.word in words.AUXILIARIES or token.word in words.SUBJECT_PRONOUNS or token.word == "then":
        return True
    return bool(token.form.verb) and place < right and (token.word.endswith("ing") or not token.form.noun)


def _passive(text: Text, left: int, right: int) -> bool:
    """Between a noun and its participle: a form of `be`, adverbs, short attributes; or nothing (`guitar playing`)."""
    tokens = text.tokens
    action = tokens[right]
    between = tokens[left + 1 : right]
    if [token.word for token in between[:2]] in (["for", "a"], ["on", "a"]) and len(between) < 4:
        earlier = tokens[max(text.bounds(left)[0], left - 4) : left]
        return action.word in action.form.verb and any("take" in token.keys for token in earlier)
    if _owned(text, left):
        return False
    if not between:
        before = tokens[left - 1].word if left > text.bounds(left)[0] else ""
        if action.word.endswith("ing"):
            return before not in words.DETERMINERS and not action.glue.startswith(",")
        return action.word.endswith("ed") and not action.glue.startswith(",")
    be = False
    group = 0
    for number, token in enumerate(between):
        word = token.word
        if number == 0 and word not in words.BE and participle(token) and len(between) > 1:
            group = 6
        elif word in words.BE:
            be = True
        elif word in words.AUXILIARIES or word in ("not", "that", "which", "to", "and") or token.form.adverb:
            continue
        elif word in words.PREPOSITIONS and not be:
            group = 5
        elif group > 0 and word not in words.CLAUSE_BREAKS and not (token.form.verb and not token.form.noun):
            group -= 1
        else:
            return _relative(text, left, right)
    if not be:
        return _relative(text, left, right)
    return participle(action)


def _owned(text: Text, left: int) -> bool:
    """Whether a noun only says whose thing is meant: `the windows of the toilet are cleaned`."""
    begin = text.bounds(left)[0]
    place = left - 1
    while place > begin and (text.tokens[place].word in words.DETERMINERS or text.tokens[place].form.adjective):
        place -= 1
    return place > begin and text.tokens[place].word == "of" and not _measures(text.tokens[place - 1])


def _relative(text: Text, left: int, right: int) -> bool:
    """Whether the noun is the object of a relative clause: `the guitar that the man is playing`."""
    between = text.tokens[left + 1 : right]
    if not between or between[0].word not in (*words.SUBJECT_PRONOUNS, "that", "which", "the", "a"):
        return False
    if between[0].word == "who" or any(_COMMA.search(token.glue) for token in between):
        return False
    subject = [token for token in between if token.word in words.SUBJECT_PRONOUNS or token.keys & words.PERSONS]
    strange = [
        token
        for token in between
        if token not in subject
        and token.word not in words.AUXILIARIES
        and token.word not in words.DETERMINERS
        and token.word not in ("that", "which")
        and not token.form.adverb
    ]
    return bool(subject) and not strange


def _predicate(text: Text, left: int, right: int) -> bool:
    """Between a subject and its verb: auxiliaries, adverbs, a short attribute."""
    group = 0
    for place in range(left + 1, right):
        token = text.tokens[place]
        word = token.word
        if word in words.AUXILIARIES or word == "not" or token.form.adverb or word in ("that", "which", "then"):
            continue
        if word in words.PREPOSITIONS:
            group = 5
        elif group > 0 and word not in words.CLAUSE_BREAKS and word not in words.CONJUNCTIONS:
            group -= 1
        else:
            return False
    return True


def _loose(text: Text, left: int, right: int) -> bool:
    """Between two words of one clause: noun phrases, adverbs and prepositions, no verb and no new clause."""
    for place in range(left + 1, right):
        token = text.tokens[place]
        word = token.word
        if word in ("but", "not", "while", "because", "who", "which", "if", "or") or word in words.SUBJECT_PRONOUNS - {
            "it",
            "you",
        }:
            return False
        if word in words.AUXILIARIES:
            return False
        acting = token.form.verb and not token.form.noun and not token.form.adjective and word not in words.FUNCTION
        if acting and not (word.endswith(("ing", "ed", "en")) and _in_group(text.tokens[place - 1])):
            return False
    return True
