"""The yes and no of an answer, wherever it commits to one: at the start, at the end, as a field, or in an idiom."""

from __future__ import annotations

import re
from bisect import bisect_right

from vstar_data.verification import cues, words
from vstar_data.verification.text import Text
from vstar_data.verification.words import word_set

View = tuple[bool | None, int, int]
"""What an answer says: whether it affirms (None where it is left open), and the code points of it."""

_YES = word_set("yes yeah yep yup yea aye affirmative yess uh-huh")
_NO = word_set("no nope nah negative nay")
_ASSENTS = word_set("correct right exactly true indeed absolutely definitely certainly sure totally surely precisely")
_DISSENTS = word_set("incorrect wrong false never hardly")
_LEADS = word_set(
    "so hence thus therefore then but and is be say answer a an clear definite firm resounding clearly well actually "
    "wait hmm oh ah probably most likely with was as still again okay ok in"
)
_DOUBTS = word_set("maybe perhaps possibly could might may either")
_PUNCTUATION = re.compile(r"[.,;:!?\n\"'{}*_`()\[\]\u2013\u2014\u2026\u201c\u201d]|\s-|-\s")
_IDIOM = re.compile(
    r"(?P<no>\b(?:do(?:n['\u2019]t| not) (?:think|believe) so"
    r"|i (?:would |should )?(?:rather )?(?:think|guess|suppose|believe|fear|hope) not"
    r"|afraid not|(?:appears?|seems?) not"
    r"|not (?:yet|really|at all|quite|entirely|completely|fully|exactly|a chance|even close|once"
    r"|in the (?:least|slightest)|that i (?:can|could) see)(?! (?:all|every|both)\b)"
    r"|(?:\w+ly|of course|alas|but|so|why) not(?=\s*(?:[.,;:!\u2014\u2013]|-\s|\Z))"
    r"|(?:by no means|no way|no chance|far from it|almost|nearly|so close)(?=\s*(?:[.,;:!\u2026\u2014\u2013]|\Z))"
    r"|quite the (?:contrary|opposite|reverse)|on the contrary|nothing of the (?:sort|kind)"
    r"|in the negative"
    r"|(?:not|n['\u2019]t|never) (?:\w+ )?(?:the case|true|correct|right|so)(?=\s*(?:[.,;:!\u2014\u2013]|\Z))"
    r"|(?:that|this|it|which|statement|claim)(?: is|['\u2019]s|s) (?:\w+ly )?"
    r"(?:false|wrong|incorrect|untrue|inaccurate)"
    r"|(?:that|this|it|which|statement|claim) (?:does(?: not|n['\u2019]t) hold|fails?)(?: true| up)?"
    r"(?=\s*(?:[.,;:!]|\Z))"
    r"|(?:statement|claim) (?:is|was) (?:not|never) \w+|(?:statement|claim) (?:isn|wasn)['\u2019]t \w+"
    r"|(?:statement|claim) (?:is|gets) (?:contradicted|refuted|disproved|rejected)"
    r"|(?:the )?other way (?:round|around|about)|vice versa"
    r"|(?:the )?(?:exact |very )?(?:opposite|reverse)(?: is true| is the case| happens| order)?"
    r"(?=\s*(?:[.,;:!\u2014\u2013]|\Z))))"
    r"|(?P<yes>\b(?:(?:i(?:['\u2019]d)? (?:would |should |do |really )?(?:think|believe|guess|suppose|say)"
    r"|afraid|seems?|appears?|looks?) so"
    r"|in the affirmative"
    r"|(?:that|this|it|which|statement|claim)(?: is|['\u2019]s) (?:\w+ly )?(?:right|true|correct|so|the case|accurate)"
    r"(?=\s*(?:[.,;:!\u2014\u2013]|\Z))"
    r"|(?:statement|claim) holds|(?:statement|claim) (?:is|gets) (?:\w+ly )?(?:confirmed|supported|borne out|verified)"
    r"|you bet|of course(?! not)|for sure|no doubt(?=\s*(?:[.,;:!\u2014\u2013]|\Z))"
    r"|without (?:a|any) doubt(?=\s*(?:[.!]|\Z))))"
    r"|(?P<open>\b(?:maybe|perhaps|possibly)\b,? ?(?:not)?\s*(?=[.,;:!?\u2014\u2013]|\Z)|\byes (?:or|and) no\b"
    r"|\b(?:either|both) (?:is )?possible\b)",
    re.IGNORECASE,
)


def token_at(text: Text, start: int) -> int | None:
    """Returns the first token that ends after a code point, or None.

    Args:
        text: The answer.
        start: The code point.
    """
    place = bisect_right(text.tokens, start, key=lambda token: token.end)
    return place if place < len(text.tokens) else None


def replies(text: Text, about: frozenset[str]) -> list[View]:
    """Returns the places where an answer says yes or no to its question, in order.

    Args:
        text: The answer.
        about: Base forms of the statement: a reply to a question of the answer's own counts only where it is about it.
    """
    views = [*_spoken(text, about), *_idioms(text, about)]
    return sorted(views, key=lambda view: view[1])


def _spoken(text: Text, about: frozenset[str]) -> list[View]:
    views: list[View] = []
    keyed = _has_answer_key(text)
    for place, token in enumerate(text.tokens):
        word = token.word
        plain = word in _YES or word in _NO
        if not (plain or word in _ASSENTS or word in _DISSENTS) or text.asked[token.sentence]:
            continue
        if not _stands(text, place, plain) or _aside(text, place, about):
            continue
        key = _key_before(text, place)
        if key is not None and key not in cues.ANSWER_KEYS and keyed:
            continue
        sign: bool | None = word in _YES or word in _ASSENTS
        near = {t.word for t in text.tokens[max(text.bounds(place)[0], place - 3) : place]}
        following = text.tokens[place + 1].word if place + 1 < len(text.tokens) else ""
        if near & _DOUBTS or "or" in near or (following == "or" and plain):
            sign = None
        views.append((sign, token.start, token.end))
    return views


def _stands(text: Text, place: int, plain: bool) -> bool:
    """Whether a word stands where a reply does: by itself between stops, or after a word that leads to it."""
    token = text.tokens[place]
    before = text.tokens[place - 1] if place else None
    after = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    tail = text.raw[token.end : after.start] if after else text.raw[token.end :]
    opens = before is None or bool(_PUNCTUATION.search(token.glue))
    closes = after is None or bool(_PUNCTUATION.search(tail))
    if token.word == "no" and after is not None and after.word in ("wait", "sorry") and "," not in tail:
        return False
    if not plain:
        valued = before is not None and before.word in cues.ANSWER_KEYS | {"is"} and _answers(text, place)
        return closes and (opens or valued)
    if not opens and before is not None and before.word not in _LEADS | _DOUBTS:
        return False
    if before is not None and before.word == "say" and place > 1 and text.tokens[place - 2].word in ("might", "may"):
        return False
    if closes:
        return True
    if token.word in _YES:
        return before is None or opens or before.word in _LEADS
    second = text.tokens[place + 2].word if place + 2 < len(text.tokens) else ""
    speaks = after is not None and after.word in words.SUBJECT_PRONOUNS | {"that", "this"} and after.word != "one"
    named = after is not None and after.word in ("the", "his", "her", "their", "its")
    from_someone = after is not None and after.word in ("from", "because", "since", "as")
    return (speaks and second in words.AUXILIARIES | {"'s"}) or named or from_someone


def _answers(text: Text, place: int) -> bool:
    """Whether a value is given to the answer itself: `answer: true`, `the answer is false`, `the statement is true`."""
    near = {token.word for token in text.tokens[max(0, place - 3) : place]}
    return bool(near & (cues.ANSWER_KEYS | {"statement", "claim"}))


def _aside(text: Text, place: int, about: frozenset[str]) -> bool:
    """Whether a reply is to a question of the answer's own that asks something else."""
    number = text.tokens[place].sentence
    if not number or not text.asked[number - 1] or place != text.bounds(place)[0]:
        return False
    begin, end = text.sentences[number - 1]
    content = [token for token in text.tokens[begin:end] if token.word not in words.FUNCTION]
    content = [token for token in content if token.word not in _YES | _NO]
    return bool(content) and not any(token.keys & about for token in content)


def _has_answer_key(text: Text) -> bool:
    return any(_key_before(text, place) in cues.ANSWER_KEYS for place in range(1, len(text.tokens)))


def _key_before(text: Text, place: int) -> str | None:
    """Returns the key of a field whose value begins at a token: `"answer": no`."""
    if not place or ":" not in text.tokens[place].glue:
        return None
    before = text.tokens[place - 1]
    opened = text.raw[max(0, before.start - 1) : before.start]
    return before.word if opened in ("", '"', "'", "\n", "{", "*") or "{" in before.glue else None


def _idioms(text: Text, about: frozenset[str]) -> list[View]:
    views: list[View] = []
    for match in _IDIOM.finditer(text.raw):
        place = token_at(text, match.start())
        if place is None or text.asked[text.tokens[place].sentence] or _aside(text, place, about):
            continue
        begun = match[0].lower().startswith(("maybe", "perhaps", "possibly", "almost", "nearly", "so close"))
        if begun and place and not _PUNCTUATION.search(text.tokens[place].glue):
            continue
        sign = None if match["open"] else bool(match["yes"])
        views.append((sign, match.start(), match.end()))
    return views
