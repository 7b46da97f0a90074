"""What may stand between the words of a name for them to keep their relation.

Without a parser: closed word classes, endings and the lookup tables decide. When in doubt, the relation does not hold.
"""

from __future__ import annotations

from vstar_data.verification import asides, words
from vstar_data.verification.gaps import COMMA, HARD, compound_act, given, participle, phrase_follows, verbal
from vstar_data.verification.text import Text, Token

_TELLING = frozenset({"show", "demonstrate", "prove"})
REACH = 14
"""How many tokens may lie between two words of one name."""


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
    if kind == "manner":
        return _manner(text, left, right)
    if kind not in ("loose_next", "result") and any(
        HARD.search(text.tokens[place].glue) for place in range(left + 1, right + 1)
    ):
        return False
    match kind:
        case "next":
            owned = right == left + 2 and (text.tokens[left + 1].word == "'s" or _described(text, left))
            return (right == left + 1 or owned or _counted(text, left, right)) and not COMMA.search(
                text.tokens[right].glue
            )
        case "loose_next":
            return right == left + 1
        case "object":
            return _object(text, left, right)
        case "passive":
            return _passive(text, left, right)
        case "predicate":
            return _predicate(text, left, right)
        case "act":
            return compound_act(text, right) if right == left + 1 else given(text, left, right)
        case "result":
            return _result(text, left, right)
        case "direction":
            return _direction(text, left, right)
        case "direct":
            first = text.tokens[left + 1]
            leads = first.word in words.PREPOSITIONS | words.PARTICLES or first.form.adverb
            return leads and _loose(text, left, right)
        case "fronted":
            return verbal(text, right) and _fronted(text, left, right)
        case "filler":
            return right > left + 1 and _loose(text, left, right)
        case _:
            return _loose(text, left, right)


def _counted(text: Text, left: int, right: int) -> bool:
    """Whether only adjectives part a number from what it counts: `two and a half quick twists`, `half a twist`."""
    between = text.tokens[left + 1 : right]
    if text.tokens[left].word == "half" and [token.word for token in between] == ["a"]:
        return True
    plain = all(token.form.adjective and token.value is None and token.glue == " " for token in between)
    return text.tokens[left].value is not None and len(between) < 3 and plain


def _described(text: Text, left: int) -> bool:
    """Whether another adjective stands after an adjective, before their noun: `a slanted wooden surface`."""
    first, second = text.tokens[left : left + 2]
    adjectives = (first.form.adjective or first.word.endswith("ed")) and second.form.adjective
    return bool(adjectives) and second.glue == " " and second.word not in words.FUNCTION


def _object(text: Text, left: int, right: int) -> bool:
    """Between a verb and its noun: a noun phrase's beginning, perhaps coordinated, no other verb, no preposition."""
    tokens = text.tokens
    seen_noun = False
    place = asides.object_begins(text, left, right)
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
        if word == "and" and before.word in words.PARTICLES and tokens[place + 1].word in words.PARTICLES:
            place += 1
        elif word in ("and", "or", "plus", "&"):
            if not seen_noun or _begins_clause(text, place + 1, right):
                return False
            seen_noun = False
        elif word == "of":
            if not seen_noun or not _measures(before) or tokens[place - 2].word == "in":
                return False
            seen_noun = False
        elif word in ("about", "around", "over", "nearly") and tokens[place + 1].value is not None:
            pass
        elif word == "on" and _on_instrument(text, left, place):
            seen_noun = False
        elif place == left + 1 and _particle(tokens[left], word):
            pass
        elif word in words.DETERMINERS or token.value is not None:
            if seen_noun and word != "'s" and before.word != "half" and not COMMA.search(token.glue):
                return False
            seen_noun = False
        elif word == "can" and before.word in words.DETERMINERS:
            seen_noun = True
        elif place == left + 1 and _led_by_to(text, left, place):
            pass
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
    return not (COMMA.search(tokens[right].glue) and _begins_clause(text, right, right + 1))


def _particle(verb: Token, word: str) -> bool:
    """Whether a word after a verb belongs to it, with the object to follow: `fills up the cup`, `pours in the milk`."""
    if word in ("up", "down", "out", "off", "away", "together", "apart"):
        return True
    return bool((word == "on" and verb.keys & words.RIDING) or (word == "in" and verb.keys & words.ADDING))


def _led_by_to(text: Text, left: int, place: int) -> bool:
    """Whether a word only leads from one verb to the next: `allowed to roll`, `pretends to be picking`."""
    verb, word = text.tokens[left], text.tokens[place].word
    return (word == "be" and verb.word == "to") or (word == "to" and bool(verb.keys & {"allow", "cause"}))


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
    told = not between or between[-1].form.noun or bool(between[-1].keys & words.TUNES)
    return "play" in text.tokens[left].keys and told


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
    if token.word in words.AUXILIARIES or token.word in words.SUBJECT_PRONOUNS:
        return True
    if token.word == "then":
        return place + 1 >= len(text.tokens) or text.tokens[place + 1].word not in words.DETERMINERS
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
        if action.glue == "-":
            return True
        if action.word.endswith("ing"):
            heads = right + 1 < text.bounds(right)[1] and bool(tokens[right + 1].keys & words.ACTIVITY_HEADS)
            return (before not in words.DETERMINERS or heads) and not action.glue.startswith(",")
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
    if len(between) > 2 and between[0].word in words.BE and between[1].word == "what":
        between = between[2:]
    if not between or between[0].word not in (*words.SUBJECT_PRONOUNS, "that", "which", "the", "a"):
        return False
    joined = between[1:] if between[0].word == "which" else between
    after = right + 1
    if after < text.bounds(right)[1] and text.tokens[after].glue == " " and phrase_follows(text, after):
        return False
    if between[0].word == "who" or any(COMMA.search(token.glue) for token in joined):
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
        and token.value is None
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


def _result(text: Text, left: int, right: int) -> bool:
    """Between a deed and what comes of it: `pushes the cup, and it falls`; nothing that denies or supposes."""
    tokens = text.tokens
    if any(tokens[place].word in words.UNREAL for place in range(left + 1, right)):
        return False
    if tokens[left].keys & _TELLING and any(tokens[place].word in ("that", "how") for place in range(left + 1, right)):
        return True
    begin = next((at for at in range(right, left, -1) if _links(text, at)), None)
    if begin is None:
        return False
    if tokens[begin].word == "that" and tokens[begin - 1].word != "so" and not tokens[begin - 1].form.noun:
        return True
    told = {key for token in tokens[max(0, left - REACH) : begin] for key in token.keys}
    return all(
        token.word in words.FUNCTION or token.form.adverb or not token.form.noun or token.keys & told
        for token in tokens[begin:right]
    )


def _links(text: Text, place: int) -> bool:
    """Whether a word leads to what comes of a deed; `beside it` does not."""
    token, before = text.tokens[place], text.tokens[place - 1]
    if token.word == "and" or "," in token.glue:
        return True
    return token.word in words.LINKS and before.word not in words.PREPOSITIONS


def _direction(text: Text, left: int, right: int) -> bool:
    """Between a verb and where to: not `with the left hand`, not `to the man on the left`."""
    tokens = text.tokens
    following = tokens[right + 1] if right + 1 < text.bounds(right)[1] else None
    described = following is not None and following.glue == " " and following.form.noun and following.word != "side"
    if described and following is not None and following.word not in words.FUNCTION and not following.form.adverb:
        return False
    if any(token.word in words.CLAUSE_BREAKS or token.word in words.SIDES for token in tokens[left + 1 : right]):
        return False
    place = right - 1
    while place > left and (tokens[place].word in words.DETERMINERS or tokens[place].form.adjective):
        place -= 1
    if place > left and tokens[place].word in words.PREPOSITIONS - words.PARTICLES - {"to", "toward", "towards"}:
        return False
    return _loose(text, left, right)


def _manner(text: Text, left: int, right: int) -> bool:
    """Between a deed and how it is done, in either order: one clause, and no second deed."""
    between = text.tokens[left + 1 : right]
    parted = any(mark in token.glue for token in (*between, text.tokens[right]) for mark in ";:")
    return not parted and not any(token.word in words.CLAUSE_BREAKS | {"and", "or", "not"} for token in between)


def _fronted(text: Text, left: int, right: int) -> bool:
    """Between an adverbial that comes first and the verb: only a subject and auxiliaries.

    The subject may follow the verb (`on the couch sits a guy`), or have come before (`a guy on the couch, sitting`).
    """
    between = text.tokens[left + 1 : right]
    if not between:
        verb, end = text.tokens[right], text.bounds(right)[1]
        after = text.tokens[right + 1] if right + 1 < end and text.tokens[right + 1].glue == " " else None
        if verb.word.endswith("ing"):
            return verb.glue == ", " and (after is None or after.word == "with" or after.word not in words.FUNCTION)
        finite = verb.word not in verb.form.verb and verb.glue == " "
        return finite and after is not None and (after.word in words.DETERMINERS or after.value is not None)
    return (
        len(between) < 7
        and all(
            token.word not in words.PREPOSITIONS | words.CLAUSE_BREAKS
            and token.word not in ("not", "and", "or")
            and (
                token.word in words.AUXILIARIES
                or token.word in words.SUBJECT_PRONOUNS
                or token.form.noun
                or token.form.adjective
                or token.form.adverb
                or token.word in words.DETERMINERS
            )
            for token in between
        )
        and any(token.word in words.SUBJECT_PRONOUNS or token.form.noun for token in between)
    )


def _loose(text: Text, left: int, right: int) -> bool:
    """Between two words of one clause: noun phrases, adverbs and prepositions, no verb and no new clause."""
    resumed = 0
    for place in range(left + 1, right):
        token = text.tokens[place]
        word = token.word
        if place >= resumed and "," in token.glue and word in ("which", "who"):
            resumed = asides.aside_ends(text, place, right)
        if place < resumed:
            continue
        if word in ("but", "not", "while", "because", "who", "which", "if", "or") or word in words.SUBJECT_PRONOUNS - {
            "it",
            "you",
            "there",
        }:
            return False
        if word in words.AUXILIARIES | {"there"}:
            if word in words.BE | {"there"} and text.tokens[left].keys & _TELLING and "that" in text.words(left, place):
                continue
            return False
        if word in words.PLACEHOLDERS:
            continue
        acting = token.form.verb and not token.form.noun and not token.form.adjective and word not in words.FUNCTION
        if acting and not (word.endswith(("ing", "ed", "en")) and _in_group(text.tokens[place - 1])):
            return False
    return True
