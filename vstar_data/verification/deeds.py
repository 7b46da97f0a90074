"""Nouns that name the doing of a verb by their ending: `arrangement`, `removal`, `installation`, `assembly`."""

from __future__ import annotations

from functools import lru_cache

from vstar_data.verification import lemmas
from vstar_data.verification.thesaurus import done_by

_ENDINGS = (
    ("ment", ("",)),
    ("ation", ("", "e", "ate")),
    ("ition", ("", "e")),
    ("sion", ("d", "de", "t")),
    ("tion", ("t", "te")),
    ("al", ("", "e")),
    ("ance", ("", "e")),
    ("ery", ("er",)),
    ("ly", ("le",)),
    ("ery", ("",)),
)


@lru_cache(maxsize=8192)
def verbs_of(noun: str) -> frozenset[str]:
    """Returns base forms of the verbs whose doing a noun names; none for nouns of another kind.

    Args:
        noun: One word, lower case.
    """
    if not lemmas.form(noun).noun:
        return frozenset()
    found = set(done_by(noun))
    for ending, rests in _ENDINGS:
        stem = noun[: -len(ending)]
        if noun.endswith(ending) and len(stem) > 2:
            found |= {stem + rest for rest in rests if stem + rest in lemmas.form(stem + rest).verb}
    return frozenset(verb for verb in found if verb != noun and lemmas.is_word(verb))
