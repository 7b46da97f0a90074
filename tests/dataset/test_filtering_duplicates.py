"""Near-duplicates by MinHash: how well similarity is estimated, and that the index finds what a full search finds."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from vstar_data.dataset.filtering.duplicates import bands, repeated, repeated_of_many, runs, signature

ROOT = Path(__file__).resolve().parents[2]
WORDS = [f"word{number}" for number in range(400)]


def changed(words: list[str], number: int, chance: random.Random) -> list[str]:
    """The same words with so many of them replaced, far apart."""
    made = list(words)
    for place in chance.sample(range(0, len(words), 5), number):
        made[place] = chance.choice(WORDS)
    return made


def jaccard(one: str, other: str) -> float:
    first, second = runs(one), runs(other)
    return len(first & second) / len(first | second)


def test_runs_of_three_words_without_case_and_punctuation() -> None:
    assert runs("The ball, the BALL falls.") == {"the ball the", "ball the ball", "the ball falls"}
    assert runs("Two words") == {"two words"}
    assert runs("") == {""}
    assert runs("一二三 四五") == {"一二三 四五"}


def test_the_estimate_is_near_the_true_similarity() -> None:
    chance = random.Random(8)
    errors = []
    for number in range(60):
        words = chance.choices(WORDS, k=80)
        one, other = " ".join(words), " ".join(changed(words, number % 16, chance))
        estimate = signature("a", one).sketch.jaccard(signature("b", other).sketch)
        errors.append(estimate - jaccard(one, other))
    assert abs(sum(errors) / len(errors)) < 0.02
    assert max(map(abs, errors)) < 0.15


def test_equal_texts_are_wholly_alike_and_texts_apart_are_not() -> None:
    one, same, other = (
        signature(row, text).sketch for row, text in (("a", "x y z w"), ("b", "X, y; z w!"), ("c", "q"))
    )
    assert one.jaccard(same) == 1.0
    assert one.jaccard(other) == 0.0


def test_the_index_finds_what_comparing_all_with_all_finds() -> None:
    chance = random.Random(5)
    texts = []
    for _ in range(40):
        words = chance.choices(WORDS, k=60)
        texts += [" ".join(changed(words, number, chance)) for number in (0, 0, 1, 12)]
    signatures = [signature(f"{number:03d}", text) for number, text in enumerate(texts)]
    many = repeated_of_many(signatures, similarity=0.7, most=1)
    one_by_one = repeated(signatures, similarity=0.7, most=1)
    assert len(one_by_one) >= 75
    assert abs(len(many) - len(one_by_one)) <= 2


@pytest.mark.parametrize("similarity", [0.05, 0.3, 0.5, 0.8, 0.95, 1.0])
def test_bands_find_a_pair_at_the_border(similarity: float) -> None:
    number, values = bands(similarity)
    assert number * values <= 128
    assert 1 - (1 - similarity**values) ** number >= 0.95


def test_signatures_are_the_same_in_every_process() -> None:
    script = (
        "from vstar_data.dataset.filtering.duplicates import signature\n"
        "print(signature('a', 'three balls fly in an arc').sketch.digest().tolist())"
    )
    made = [
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True)
        for seed in ("1", "2")
    ]
    assert [done.returncode for done in made] == [0, 0]
    assert made[0].stdout == made[1].stdout
