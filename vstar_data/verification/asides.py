"""What may be passed over between a verb and its object, or beside a noun: openings such as `what looks like`, asides.

`pours what seems to be oat milk`, `eats, in three bites, a burger`, `the battery, which is swollen, is taken out`.
"""

from __future__ import annotations

from vstar_data.verification import words
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

_SEEMS = word_set(
    "look looks looked seem seems seemed appear appears appeared is are was 's be like think believe guess"
)
_OPENINGS = word_set("what something")
_LONGEST = 9
_NO_ASIDE = word_set("and or but not no nor never instead rather then while before after")


def object_begins(text: Text, left: int, right: int) -> int:
    """Returns the token at which the object of a verb can begin: past an opening clause, or an aside in commas.

    Args:
        text: The answer.
        left: The verb.
        right: The noun that is looked for: nothing after it is passed over.
    """
    begin = left + 1
    if begin < right and "," in text.tokens[begin].glue:
        begin = aside_ends(text, begin, right)
    if begin == left + 1 and begin < right and text.tokens[begin].word in ("is", "are", "was", "were"):
        earlier = text.words(max(text.bounds(left)[0], left - 6), left)
        relative = "what" in earlier or not text.tokens[left].word.endswith("ing")
        return begin + 1 if relative and "not" not in text.words(begin, right) else begin
    opening = text.tokens[begin] if begin < right else None
    if opening is None or opening.word not in _OPENINGS:
        return begin
    for place in range(begin + 1, min(right, begin + 8)):
        word = text.tokens[place].word
        if "," in text.tokens[place].glue or word in _NO_ASIDE:
            return begin
        if word in _SEEMS and text.tokens[place + 1].word not in _SEEMS | {"to", "i", "we", "you"}:
            return place + 1
    return begin


def aside_ends(text: Text, place: int, right: int) -> int:
    """Returns the token after an aside in commas that begins at a token, or that token where none does.

    An aside begins with a preposition, a relative pronoun or an adverb; it denies nothing and offers no alternative.
    """
    tokens = text.tokens
    first = tokens[place]
    opens = first.word in words.PREPOSITIONS | {"which", "who", "whose", "as"} or first.form.adverb
    if not opens or "," not in first.glue:
        return place
    for end in range(place, min(right, place + _LONGEST) + 1):
        if end > place and "," in tokens[end].glue:
            return end
        if tokens[end].word in _NO_ASIDE:
            return place
    return place
