"""The lexicon: what may stand for a word of a label, when it is asked, what is in its tables and how they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vstar_data.errors import StorageError
from vstar_data.records import RejectReason, Verdict
from vstar_data.verification import lexicon, verify
from vstar_data.verification.lexicon.make import main, pairs, table
from vstar_data.verification.lexicon.wordnet import Sense, Synset, WordNet, read_wordnet

from .mini_wordnet import lay_files

WORDNET = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))
PRESENT = pytest.mark.skipif(
    not (WORDNET / "data.noun").is_file(), reason="the files of WordNet 3.0 are neither in WNSEARCHDIR nor installed"
)
ENTRIES = [
    (part, word, other)
    for part in ("noun", "verb")
    for line in (lexicon.TABLES / f"{part}s.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in [line.split("\t")[0]]
    for other in lexicon.narrower(word, part)
]


def judged(answer: str, name: str, *others: str) -> Verdict:
    return verify(answer, [{"kind": "class", "name": name}], class_names=(name, *others))


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("A woman trudges along the road.", "walk"),
        ("He is walking the spaniel.", "walking the dog"),
        ("The spaniel is being walked by a man.", "walking the dog"),
        ("She is driving a jalopy.", "driving car"),
        ("She is driving a station wagon.", "driving car"),
        ("He is crushing the carafe.", "crushing a bottle"),
        ("The children titter.", "laughing"),
    ],
)
def test_a_synonym_or_a_narrower_word_says_the_label(answer: str, name: str) -> None:
    assert judged(answer, name).accepted


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("He is walking the dog.", "walking the spaniel"),
        ("He is walking the animal.", "walking the dog"),
        ("She is playing an instrument.", "playing guitar"),
        ("A woman walks along the road.", "trudging"),
        ("She is driving a vehicle.", "driving car"),
    ],
)
def test_a_wider_word_does_not(answer: str, name: str) -> None:
    assert judged(answer, name).reasons == (RejectReason.ABSENT,)


def test_no_word_is_narrower_than_one_that_is_narrower_than_it() -> None:
    turned = {(part, narrow, wide) for part, wide, narrow in ENTRIES}
    assert ENTRIES
    assert not turned & set(ENTRIES)


@pytest.mark.parametrize(("part", "word"), [("verb", "run"), ("verb", "play"), ("verb", "cut"), ("noun", "thing")])
def test_a_word_of_many_meanings_has_no_entry(part: str, word: str) -> None:
    assert lexicon.stand_ins(frozenset({word}), part) == frozenset()


def test_a_word_counts_as_the_part_of_speech_that_it_is_in_the_label() -> None:
    assert "amble" in lexicon.narrower("walk", "verb")
    assert "amble" not in lexicon.narrower("walk", "noun")
    assert not judged("He eats the amble.", "eating the walk").accepted


def test_a_word_of_another_class_is_that_class() -> None:
    assert judged("He holds and plays a ukulele.", "playing guitar").accepted
    verdict = judged("He holds and plays a ukulele.", "playing guitar", "ukulele lesson")
    assert verdict.reasons == (RejectReason.RIVAL,)


def test_a_class_that_is_true_as_well_claims_no_word() -> None:
    verdict = verify(
        "He is walking the spaniel.",
        [{"kind": "class", "name": "walking the dog"}],
        class_names=("walking the dog", "grooming a spaniel"),
        also_true=[{"kind": "class", "name": "grooming a spaniel"}],
    )
    assert verdict.accepted


def test_another_class_said_literally_wins() -> None:
    verdict = judged("He is walking the spaniel.", "walking the dog", "walking the spaniel")
    assert verdict.reasons == (RejectReason.RIVAL,)
    assert judged("She strums, playing the bass guitar.", "playing guitar", "playing bass guitar").reasons == (
        RejectReason.RIVAL,
    )


def test_what_a_name_excludes_is_not_let_in_by_a_narrower_word() -> None:
    assert judged("She is petting a spaniel.", "petting dog").accepted
    assert judged("She is petting a spaniel.", "petting dog (not poodle)").accepted
    assert not judged("She is petting a poodle.", "petting dog (not poodle)").accepted


def test_a_paraphrase_is_judged_like_the_words_themselves() -> None:
    assert judged("He is not walking the spaniel.", "walking the dog").reasons == (RejectReason.NEGATED,)
    assert not judged("He is walking the spaniel or riding the pony.", "walking the dog").accepted


@pytest.mark.parametrize(
    "label",
    [
        {"kind": "relation", "subject": "person", "predicate": "holding", "object": "dog"},
        {"kind": "qa", "question": "What does she hold?", "answer": "a dog", "choices": []},
    ],
    ids=lambda label: str(label["kind"]),
)
def test_relations_and_open_answers_take_narrower_words_too(label: dict[str, Any]) -> None:
    assert verify("She is holding a dachshund.", [label], question="What does she hold?").accepted
    assert not verify("She is holding an animal.", [label], question="What does she hold?").accepted


def test_of_choices_a_narrower_word_picks_none() -> None:
    label = {"kind": "qa", "question": "What is it?", "answer": "dog", "choices": ["dog", "cat"]}
    assert not verify("It is a dachshund.", [label], question="What is it?").accepted


def test_the_tables_are_read_only_when_they_are_needed() -> None:
    script = (
        "import vstar_data\n"
        "from vstar_data.verification import lexicon, verify\n"
        "read = lambda: lexicon._lines.cache_info().currsize\n"
        "label = [{'kind': 'class', 'name': 'walking the dog'}]\n"
        "verify('He is walking the dog.', label, class_names=('walking the dog', 'driving car'))\n"
        "before = read()\n"
        "verify('He is walking the spaniel.', label)\n"
        "print(before, read())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "2"]


def test_nothing_that_judges_imports_the_maker() -> None:
    script = (
        "import sys\nfrom vstar_data import verify\n"
        "verify('He is walking the spaniel.', [{'kind': 'class', 'name': 'walking the dog'}])\n"
        "print(*[name for name in sys.modules if name.startswith('vstar_data.verification.lexicon')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["vstar_data.verification.lexicon"]


def test_the_licence_lies_beside_the_tables_and_each_names_its_source() -> None:
    licence = (lexicon.TABLES / "LICENSE").read_text(encoding="utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved." in licence
    for part in ("noun", "verb"):
        head = (lexicon.TABLES / f"{part}s.tsv").read_text(encoding="utf-8")[:400]
        assert "WordNet 3.0, Copyright 2006 by Princeton University" in head
    assert sum((lexicon.TABLES / f"{part}s.tsv").stat().st_size for part in ("noun", "verb")) < 300_000


def test_an_antonym_denies_in_both_directions() -> None:
    lines = (lexicon.TABLES / "antonyms.tsv").read_text(encoding="utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert all(word in lexicon.antonyms(other) for word in words for other in lexicon.antonyms(word))
    assert "clean" in lexicon.antonyms("filthy")
    assert not lexicon.antonyms("table")


@PRESENT
def test_the_tables_are_what_the_script_makes(tmp_path: Path) -> None:
    main(WORDNET, tmp_path)
    for name in ("nouns.tsv", "verbs.tsv", "antonyms.tsv"):
        assert (tmp_path / name).read_bytes() == (lexicon.TABLES / name).read_bytes()


@pytest.fixture
def mini(tmp_path: Path) -> WordNet:
    return read_wordnet(lay_files(tmp_path))


def _retagged(mini: WordNet, word: str, sense: Sense, count: int) -> WordNet:
    return replace(mini, tagged={**mini.tagged, (word, sense): count})


def _regloss(mini: WordNet, sense: Sense, gloss: str) -> WordNet:
    old = mini.synsets[sense]
    return replace(mini, synsets={**mini.synsets, sense: Synset(old.topic, old.words, old.wider, gloss)})


def test_the_files_of_the_lexicon_are_read(mini: WordNet) -> None:
    (dog,) = (sense for sense in mini.senses["dog"] if "dog" in mini.synsets[sense].words and sense[0] == "noun")
    assert mini.tagged["dog", dog] == 40
    assert mini.depth(dog) == 7
    below = sorted(word for sense in mini.below(dog) for word in mini.synsets[sense].words)
    assert below == ["dog", "hound", "pointer", "pooch", "poodle"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"data\.noun"):
        read_wordnet(tmp_path)


def test_pairs_go_down_only(mini: WordNet) -> None:
    assert pairs(mini, "noun", "dog") == (["pooch"], ["hound", "poodle"])
    assert pairs(mini, "noun", "poodle") == ([], [])


def test_a_word_that_mostly_means_something_else_stands_for_nothing(mini: WordNet) -> None:
    pointer = next(sense for sense in mini.senses["pointer"] if "dog" in mini.synsets[sense].gloss)
    assert "pointer" not in pairs(mini, "noun", "dog")[1]
    assert "pointer" in pairs(_retagged(mini, "pointer", pointer, 50), "noun", "dog")[1]


def test_a_label_that_mostly_means_something_else_has_no_pairs(mini: WordNet) -> None:
    (verb,) = (sense for sense in mini.senses["dog"] if sense[0] == "verb")
    assert pairs(_retagged(mini, "dog", verb, 500), "noun", "dog") == ([], [])


def test_a_definition_has_to_say_so(mini: WordNet) -> None:
    (poodle,) = mini.senses["poodle"]
    assert pairs(_regloss(mini, poodle, "an animal with curls"), "noun", "dog")[1] == ["hound"]
    assert pairs(_regloss(mini, poodle, "a dog (offensive)"), "noun", "dog")[1] == ["hound"]


def test_a_table_has_a_line_for_each_word_with_pairs(mini: WordNet) -> None:
    lines = [line for line in table(mini, "noun").splitlines() if not line.startswith("#")]
    assert "dog\tpooch\thound|poodle" in lines
    assert not [line for line in lines if line.startswith("poodle")]
