"""Dives in words: World Aquatics dive codes, the parts that datasets write them as, and FineDiving's names of steps.

A code is a take-off group, the number of half somersaults and half twists, and the letter of the position, as Part
Three of the World Aquatics Competition Regulations (Diving) has them. Pure functions; not here: any file.
"""

from __future__ import annotations

import re
from functools import cache

FORWARD, BACK, REVERSE, INWARD = "forward", "back", "reverse", "inward"

_GROUPS = {"1": FORWARD, "2": BACK, "3": REVERSE, "4": INWARD}
_POSITIONS = {"a": "straight", "b": "pike", "c": "tuck", "d": "free"}
_WHOLE = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_PLAIN = re.compile(r"(?P<group>[1-4])(?P<flying>[01])(?P<somersaults>[0-9]{1,2})(?P<position>[a-d])")
_TWISTING = re.compile(r"5(?P<group>[1-4])(?P<somersaults>[0-9])(?P<twists>[0-9])(?P<position>[a-d])")
_ARMSTAND = re.compile(r"6(?P<group>[1-3])(?P<somersaults>[0-9])(?P<twists>[0-9]?)(?P<position>[a-d])")

_STEP_SOMERSAULTS = re.compile(r"([0-9])(\.5)? Soms?\.(Pike|Tuck|Straight|Free)")
_STEP_TWISTS = re.compile(r"([0-9])(\.5)? Twists?")
_STEP_TAKE_OFF = re.compile(r"(Arm\.)?(Forward|Back|Reverse|Inward)")


def dive_of_code(code: str) -> str | None:
    """Returns the words for a dive code, None where it is none.

    Args:
        code: The code in either case, as `107b`: "forward three and a half somersaults in pike position".
    """
    code = code.strip().lower()
    if found := _PLAIN.fullmatch(code):
        return dive_in_words(
            _GROUPS[found["group"]],
            int(found["somersaults"]),
            0,
            _POSITIONS[found["position"]],
            flying=found["flying"] == "1",
        )
    armstand = code.startswith("6")
    if (found := (_ARMSTAND if armstand else _TWISTING).fullmatch(code)) is None:
        return None
    half_twists = int(found["twists"] or 0)
    position = _POSITIONS[found["position"]]
    return dive_in_words(_GROUPS[found["group"]], int(found["somersaults"]), half_twists, position, armstand=armstand)


@cache
def dive_in_words(
    take_off: str,
    half_somersaults: int,
    half_twists: int,
    position: str,
    *,
    armstand: bool = False,
    flying: bool = False,
) -> str | None:
    """Returns the words for a dive, None where so many turns are no dive.

    Args:
        take_off: `forward`, `back`, `reverse` or `inward`.
        half_somersaults: Somersaults in halves. A single half is a plain dive, none at all is a jump.
        half_twists: Twists in halves.
        position: `straight`, `pike`, `tuck` or `free`.
        armstand: Whether it begins in a handstand.
        flying: Whether the first half somersault is flown.
    """
    turns = turns_in_words(half_somersaults, "somersault")
    twists = turns_in_words(half_twists, "twist")
    if turns is None or twists is None:
        return None
    if half_somersaults < 2 and not armstand:
        turns = "dive" if half_somersaults else "jump"
    # One does not say "back half a somersault".
    turns = turns.replace("half a ", "half ")
    start = f"{'flying ' if flying else ''}{'armstand ' if armstand else ''}{take_off}"
    return f"{start} {turns}{f' with {twists}' if half_twists else ''} in {position} position"


def turns_in_words(halves: int, noun: str) -> str | None:
    """Counts turns in words: "half a twist", "one somersault", "one and a half twists". None above nine and a half."""
    whole, half = divmod(halves, 2)
    if not 0 <= whole < len(_WHOLE):
        return None
    if not whole:
        return f"half a {noun}" if half else f"no {noun}s"
    return f"{_WHOLE[whole]}{' and a half' if half else ''} {noun}{'s' if halves > 2 else ''}"


@cache
def step_in_words(name: str) -> str:
    """Returns the words for a step as FineDiving names it; one of another form becomes words as it stands.

    Args:
        name: As `3.5 Soms.Pike`, `1.5 Twists`, `Arm.Back`, `Forward` or `Entry`.
    """
    name = name.strip()
    words = None
    if found := _STEP_SOMERSAULTS.fullmatch(name):
        if turns := turns_in_words(2 * int(found[1]) + bool(found[2]), "somersault"):
            words = f"{turns} in {found[3].lower()} position"
    elif found := _STEP_TWISTS.fullmatch(name):
        words = turns_in_words(2 * int(found[1]) + bool(found[2]), "twist")
    elif found := _STEP_TAKE_OFF.fullmatch(name):
        words = f"{'armstand ' if found[1] else ''}{found[2].lower()} take-off"
    return words or re.sub(r"[._\s]+", " ", name).strip().lower()


def half_twists_of_code(code: str) -> int | None:
    """Returns the half twists that a dive code asks for, None where it is none."""
    code = code.strip().lower()
    if _PLAIN.fullmatch(code):
        return 0
    found = _TWISTING.fullmatch(code) or _ARMSTAND.fullmatch(code)
    return int(found["twists"] or 0) if found else None


def code_of_dive(take_off: str, half_somersaults: int, half_twists: int, position: str, *, armstand: bool) -> str:
    """Returns the code of a dive that is not flying, in lower case. Arguments as of `dive_in_words`."""
    group = next(number for number, name in _GROUPS.items() if name == take_off)
    letter = next(letter for letter, name in _POSITIONS.items() if name == position)
    if armstand:
        return f"6{group}{half_somersaults}{half_twists or ''}{letter}"
    return f"5{group}{half_somersaults}{half_twists}{letter}" if half_twists else f"{group}0{half_somersaults}{letter}"
