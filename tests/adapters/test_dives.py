from __future__ import annotations

import itertools

import pytest

from label_adapters.dives import (
    code_of_dive,
    dive_in_words,
    dive_of_code,
    half_twists_of_code,
    step_in_words,
    turns_in_words,
)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("107b", "forward three and a half somersaults in pike position"),
        ("107B", "forward three and a half somersaults in pike position"),
        ("101b", "forward dive in pike position"),
        ("100A", "forward jump in straight position"),
        ("102C", "forward one somersault in tuck position"),
        ("205B", "back two and a half somersaults in pike position"),
        ("301a", "reverse dive in straight position"),
        ("407C", "inward three and a half somersaults in tuck position"),
        ("113B", "flying forward one and a half somersaults in pike position"),
        ("1011C", "forward five and a half somersaults in tuck position"),
        ("5253B", "back two and a half somersaults with one and a half twists in pike position"),
        ("5132D", "forward one and a half somersaults with one twist in free position"),
        ("5211A", "back dive with half a twist in straight position"),
        ("626C", "armstand back three somersaults in tuck position"),
        ("6243D", "armstand back two somersaults with one and a half twists in free position"),
        ("612B", "armstand forward one somersault in pike position"),
        ("631B", "armstand reverse half somersault in pike position"),
    ],
)
def test_a_dive_code_in_words(code, words):
    assert dive_of_code(code) == words


@pytest.mark.parametrize(
    "code", ["", "107", "107e", "707b", "5053b", "653b", "64b", "107bb", "12b", "1\u06607b", "b701", "\x00"]
)
def test_what_is_no_dive_code_has_no_words(code):
    assert dive_of_code(code) is None
    assert half_twists_of_code(code) is None


@pytest.mark.parametrize(("code", "twists"), [("107b", 0), ("612b", 0), ("6243d", 3), ("5156B", 6)])
def test_the_half_twists_of_a_code(code, twists):
    assert half_twists_of_code(code) == twists


def test_every_dive_that_has_a_code_has_words_of_its_own_and_gets_its_code_back():
    names = {}
    for take_off, somersaults, twists, position, armstand in itertools.product(
        ("forward", "back", "reverse", "inward"), range(1, 10), range(8), ("straight", "pike", "tuck", "free"), (0, 1)
    ):
        if not (armstand and take_off == "inward"):
            name = dive_in_words(take_off, somersaults, twists, position, armstand=bool(armstand))
            code = code_of_dive(take_off, somersaults, twists, position, armstand=bool(armstand))
            assert dive_of_code(code) == dive_of_code(code.upper()) == name
            names[code] = name
    assert len(set(names.values())) == len(names) == 7 * 9 * 8 * 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Forward", "forward take-off"),
        ("Arm.Back", "armstand back take-off"),
        ("Inward", "inward take-off"),
        ("3.5 Soms.Pike", "three and a half somersaults in pike position"),
        ("2 Soms.Tuck", "two somersaults in tuck position"),
        ("1 Som.Pike", "one somersault in pike position"),
        ("0.5 Som.Pike", "half a somersault in pike position"),
        ("1.5 Soms.Straight", "one and a half somersaults in straight position"),
        ("0.5 Twist", "half a twist"),
        ("1 Twist", "one twist"),
        ("1.5 Twists", "one and a half twists"),
        ("4 Twists", "four twists"),
        ("Entry", "entry"),
        ("Some_new.Step", "some new step"),
    ],
)
def test_a_step_in_words(name, words):
    assert step_in_words(name) == words


def test_turns_are_counted_as_far_as_there_are_words():
    assert [turns_in_words(halves, "twist") for halves in (0, 1, 2, 19)] == [
        "no twists",
        "half a twist",
        "one twist",
        "nine and a half twists",
    ]
    assert turns_in_words(20, "twist") is None
    assert turns_in_words(-1, "twist") is None
    assert dive_in_words("forward", 40, 0, "pike") is None
