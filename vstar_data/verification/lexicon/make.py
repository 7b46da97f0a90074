"""Makes the tables of synonyms, narrower words, beings and antonyms. Nothing imports it when an answer is judged.

    python -m vstar_data.verification.lexicon.make FOLDER_OF_WORDNET

A pair is a word of a label and a word that an answer may say for it: one of the same synset, or of a synset below.
It is taken only where both words mean that almost always, and where the definition of the narrower word says so too
("stroll: walk leisurely"). All criteria are general; no word is named here for the sake of a dataset.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from vstar_data.verification.lexicon import TABLES
from vstar_data.verification.lexicon.opposed import antonyms
from vstar_data.verification.lexicon.usage import ANY, HEAD, STOP, everyday, probabilities, share, spelled
from vstar_data.verification.lexicon.wordnet import Sense, WordNet, read_wordnet

LABEL_SHARE = {"noun": 0.65, "verb": 0.47}
"""Least share of a label's word that its commonest sense has among its senses of that part of speech."""

WHOLE_SHARE = {"noun": 0.5, "verb": 0.2}
"""Least share that it has among its senses of all parts of speech: `behind` is hardly ever a noun, `baby` no verb."""

ANSWER_SHARE = {"noun": 0.7, "verb": 0.45}
"""Least share that the sense has among all senses of an answer's word, whatever part of speech they are."""

CONCRETE = {"noun": {4, 5, 6, 8, 13, 17, 18, 20, 27}, "verb": {29, 30, 32, 33, 34, 35, 36, 38, 39}}
"""Topics that a clip can show: no feelings, no relations, no possession, no thought."""

SAME_SHARE = 0.6
"""The least share for both of two verbs that are synonyms: no definition of the one speaks for the other."""

SAME_ONLY = {4, 8}
"""Topics with synonyms only: a narrower act or part of the body is another (`rugby` for `football`)."""

SHALLOWEST = 6
"""Nouns nearer to the root are too general to have one plain meaning: `object`, `food`."""

BROADEST = {"noun": 250, "verb": 60}
"""Words with more synsets below them are too general: `instrument`, `move`. Of living things there are many kinds."""

LIVING = {5, 20}
"""Topics of animals and plants."""

MOST_SENSES = 20
"""Verbs with more senses have no commonest one: `take`, `go`."""

DEEPEST = 2
"""How many steps narrower a noun may be; animals and plants have many kinds of kinds, and no limit."""

GENUS = 2
"""Within how many words a verb's definition has to name the label's verb."""

BEING_SHARE = 0.6
"""Least share that the sense has among all senses of a word that is taken to name a person or an animal."""

_BEINGS = {5: "a", 18: "p"}
_MARKED = re.compile(
    r"\b(?:offensive|slang|vulgar|obscene|slur|derogatory|disparag\w*|insult\w*|low opinion|contempt\w*|pejorative|"
    r"taboo|prostitut\w*|archaic|obsolete|dialect\w*|trademark)\b"
)
_SORT = re.compile(
    r"^.*?\b(?:any|one|kinds?|types?|sorts?|forms?|pieces?|pairs?|breeds?|species|varieties|variety|members?|several|"
    r"various|numerous|class|genus|family) (?:[a-z-]+ )?of\b"
)
_PARTICULARS = re.compile(
    r"\b(?:of|that|which|who|whose|for|with|without|in|on|from|to|by|used|having|consisting|made|where|when|and|"
    r"containing|worn|built|designed)\b|[,(:]"
)
_PLAIN = re.compile(r"[a-z]+(?:[_-][a-z]+)*")


def pairs(wordnet: WordNet, part: str, word: str) -> tuple[list[str], list[str]]:
    """Returns what can be said for a word of a label: synonyms, and narrower words.

    Args:
        wordnet: The lexicon.
        part: `noun` or `verb`.
        word: In lower case.
    """
    top = _meaning(wordnet, part, word)
    if top is None:
        return [], []
    heads = {*wordnet.synsets[top].words, word}
    same: list[str] = []
    narrower: list[str] = []
    for sense in _narrower(wordnet, top, word):
        for other in wordnet.synsets[sense].words:
            if other != word and not _said_anyway(other, part, heads) and _answers(wordnet, other, sense, top):
                (same if sense == top else narrower).append(spelled(other))
    if part == "verb" and share(wordnet, word, top, [part]) < SAME_SHARE:
        same = []
    own = spelled(word)
    return sorted({*same} - {own}), sorted({*narrower} - {*same, own})


def _meaning(wordnet: WordNet, part: str, word: str) -> Sense | None:
    """Returns the sense that a label's word nearly always has, or None."""
    senses = [sense for sense in wordnet.senses.get(word, ()) if sense[0] == part]
    if not senses or word in STOP or len(word) < 3 or not word.isalpha() or not everyday(word):
        return None
    top = max(senses, key=lambda sense: wordnet.tagged.get((word, sense), 0))
    synset = wordnet.synsets[top]
    if synset.topic not in CONCRETE[part] or word not in synset.words or _MARKED.search(synset.gloss):
        return None
    bases = [base for base in _bases(word, part) if base in wordnet.senses]
    if bases and (word.endswith("ing") or not wordnet.tagged.get((word, top))):
        return None
    if share(wordnet, word, top, [part]) < LABEL_SHARE[part] or share(wordnet, word, top, ANY) < WHOLE_SHARE[part]:
        return None
    if synset.topic not in LIVING and len(wordnet.below(top)) > BROADEST[part]:
        return None
    if part == "verb":
        return top if len(senses) <= MOST_SENSES else None
    return top if wordnet.depth(top) >= SHALLOWEST else None


def _said_anyway(phrase: str, part: str, heads: set[str]) -> bool:
    """Whether a phrase contains a word that is accepted by itself: `spaniel` in `water spaniel`."""
    pieces = re.split("[_-]", phrase)
    return len(pieces) > 1 and pieces[-1 if part == "noun" else 0] in heads


def _answers(wordnet: WordNet, word: str, sense: Sense, top: Sense) -> bool:
    """Whether an answer's word is an everyday word and means nothing but a sense, which is the label's or below it."""
    pieces = re.split("[_-]", word)
    if not _PLAIN.fullmatch(word) or not everyday(word) or word in STOP:
        return False
    if len(pieces) > 1 and not wordnet.tagged.get((word, sense)):
        return False
    if len(pieces) == 2 and sense[0] == "verb" and pieces[0] in STOP:
        return False
    if any(base in wordnet.senses for base in _bases(word, sense[0])):
        return False
    if len(pieces) > 1 and sense[0] == "noun" and sense != top and not _kind_of(wordnet, pieces[-1], top):
        return False
    least = SAME_SHARE if sense == top and sense[0] == "verb" else ANSWER_SHARE[sense[0]]
    return share(wordnet, word, sense, ANY) >= least


def _kind_of(wordnet: WordNet, word: str, top: Sense) -> bool:
    """Whether a compound's last word can name the thing too: `station wagon` is a wagon and a car, `hot rod` no rod."""
    below = wordnet.below(top)
    return any(sense in below for sense in wordnet.senses.get(word, ()))


def _bases(word: str, part: str) -> Iterator[str]:
    """Yields the words of which a noun looks like a form: an answer's `hooks` are more likely several than a hand."""
    if part == "noun" and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    if part == "noun" and word.endswith("ing"):
        yield from (word[:-3], word[:-3] + "e", word[:-4] if word[-4:-3] == word[-5:-4] else word[:-3])


def _narrower(wordnet: WordNet, top: Sense, word: str) -> list[Sense]:
    """Returns a synset and those below it whose definitions say that they are narrower.

    The definition of a verb has to begin with the label's word itself. That of a noun has to name the synset, or one in
    between whose own definition does.
    """
    part, topic = top[0], wordnet.synsets[top].topic
    if part == "noun" and topic in SAME_ONLY:
        return [top]
    free = part == "verb" or topic in LIVING
    below = [sense for sense, steps in wordnet.below(top).items() if sense != top and (free or steps <= DEEPEST)]
    below = [sense for sense in below if not _MARKED.search(wordnet.synsets[sense].gloss)]
    if part == "verb":
        return [top, *(sense for sense in below if not _forms(word).isdisjoint(_defined(wordnet, sense)))]
    found = [top, *(sense for sense in below if _named(wordnet, top, sense))]
    for wider in found:
        children = [sense for sense in wordnet.narrower.get(wider, ()) if sense in below and sense not in found]
        found += [sense for sense in children if _named(wordnet, wider, sense)]
    return found


def _named(wordnet: WordNet, wider: Sense, sense: Sense) -> bool:
    """Whether the definition of a synset names a wider one by any of its words."""
    said = set(_defined(wordnet, sense))
    return any(_forms(word.split("_")[-1].lower()) & said for word in wordnet.synsets[wider].words)


def _defined(wordnet: WordNet, sense: Sense) -> list[str]:
    """Returns the words of a definition that say what kind of thing it defines.

    Of a verb they are the first few, of a thing those before its particulars. Living things are told apart by all kinds
    of phrases (`a small breed of hound`), and nothing else is said of them: all words count.
    """
    synset = wordnet.synsets[sense]
    words = re.sub(r"^\([^)]*\)", "", synset.gloss).partition(";")[0].lower()
    if sense[0] == "noun" and synset.topic not in LIVING:
        words = _PARTICULARS.split(_SORT.sub("", words), maxsplit=1)[0]
    return re.findall(r"[a-z]+", words)[: GENUS if sense[0] == "verb" else None]


@cache
def _forms(word: str) -> frozenset[str]:
    stem = word[:-1] if word.endswith("e") else word
    forms = {word, word + "s", word + "es", stem + "ing", stem + "ed", stem + stem[-1:] + "ing"}
    if word.endswith("y"):
        forms.add(stem[:-1] + "ies")
    if word.endswith("man"):
        forms.add(word[:-3] + "men")
    return frozenset(forms)


def table(wordnet: WordNet, part: str) -> str:
    """Returns the table of a part of speech as text: a line for each word that has a pair, in alphabetical order."""
    lines: dict[str, str] = {}
    for word in sorted(wordnet.senses):
        same, narrower = pairs(wordnet, part, word)
        if same or narrower:
            lines.setdefault(spelled(word), f"{spelled(word)}\t{'|'.join(same)}\t{'|'.join(narrower)}\n")
    return HEAD + "".join(lines[word] for word in sorted(lines))


def beings(wordnet: WordNet) -> str:
    """Returns the table of nouns that nearly always name a person, or an animal: `p` or `a` before each."""
    lines = []
    for word in sorted(wordnet.senses):
        shares = _shares_of_topics(wordnet, word) if word.isalpha() and len(word) > 2 else {}
        kind = next((kind for topic, kind in _BEINGS.items() if shares.get(topic, 0.0) >= BEING_SHARE), None)
        glosses = [wordnet.synsets[sense].gloss for sense in wordnet.senses[word] if sense[0] == "noun"] if kind else []
        if kind and (word in probabilities() or len(shares) == 1) and not any(map(_MARKED.search, glosses)):
            lines.append(f"{kind}\t{spelled(word)}\n")
    return HEAD + "".join(lines)


def _shares_of_topics(wordnet: WordNet, word: str) -> dict[int, float]:
    """Returns for each topic of a noun the share that its senses have among all senses; 0 stands for other words."""
    counts: dict[int, int] = {}
    for sense in wordnet.senses[word]:
        synset = wordnet.synsets.get(sense)
        noun = synset is not None and sense[0] == "noun" and word in synset.words
        topic = synset.topic if noun and synset is not None else 0
        counts[topic] = counts.get(topic, 0) + wordnet.tagged.get((word, sense), 0) + 1
    return {topic: count / sum(counts.values()) for topic, count in counts.items()}


def main(folder: Path, target: Path = TABLES) -> None:
    """Writes the tables.

    Args:
        folder: The files of WordNet.
        target: Where the tables go.
    """
    wordnet = read_wordnet(folder)
    for part in ("noun", "verb"):
        (target / f"{part}s.tsv").write_text(table(wordnet, part), encoding="utf-8")
    (target / "beings.tsv").write_text(beings(wordnet), encoding="utf-8")
    (target / "antonyms.tsv").write_text(antonyms(wordnet, folder), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
