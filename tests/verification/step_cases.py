"""Natural answers to questions about steps in their order, and twins that differ in one thing. Data only."""

from __future__ import annotations

from typing import Any

LabelDict = dict[str, Any]
Case = tuple[str, list[LabelDict], dict[str, Any], tuple[str, ...], tuple[str, ...]]
"""A question, its targets, what else `verify` is told, answers to accept, answers to reject."""

STEPS = (
    *("forward take-off", "back take-off", "reverse take-off", "armstand back take-off", "entry"),
    *("half a twist", "one twist", "one and a half twists", "two and a half twists"),
    *("three and a half somersaults in pike position", "two and a half somersaults in pike position"),
    *("three and a half somersaults in tuck position", "one and a half somersaults in straight position"),
)


def named(name: str, *aliases: str) -> LabelDict:
    return {"kind": "class", "name": name, "aliases": list(aliases)}


SOM = "three and a half somersaults in pike position"
SOMERSAULTS = named(SOM, "3.5 Soms.Pike")
TAKE_OFF = named("forward take-off", "Forward")
DIVE = {
    "kind": "sequence",
    "steps": ["forward take-off", "three and a half somersaults in pike position", "entry"],
    "step_aliases": [["Forward"], ["3.5 Soms.Pike"], ["Entry"]],
}
DIFFICULTY = {"kind": "number", "name": "difficulty", "value": 3.1, "tolerance": 0.05}
SCORE = {"kind": "number", "name": "dive score", "value": 83.25, "minimum": 0, "maximum": 110, "tolerance": 5.0}
TUMBLES = {
    "kind": "sequence",
    "steps": ["back handspring", "back handspring", "double salto"],
    "step_aliases": [["BHS"], ["BHS"], ["DS"]],
}

NEIGHBOUR: dict[str, Any] = {"class_names": STEPS, "asks": [["name"]], "also_true": ()}
ORDER: dict[str, Any] = {"class_names": STEPS, "asks": [["order"]]}
ALL_THREE: dict[str, Any] = {"class_names": STEPS, "asks": [["order"], ["value"], ["value"]]}

STEP_CASES: dict[str, Case] = {
    "after, somersaults": (
        "What does the diver do right after the forward take-off?",
        [SOMERSAULTS],
        NEIGHBOUR,
        (
            "Three and a half somersaults in pike position.",
            "3.5 Soms.Pike",
            "3.5 Soms. Pike",
            "3.5 somersaults in the pike position",
            "The diver does 3 1/2 somersaults in pike.",
            "3\u00bd somersaults in pike position",
            "3.5 pike somersaults",
            "Three and a half somersaults (pike).",
            "A three-and-a-half somersault in pike position follows.",
            "He somersaults three and a half times in the pike position.",
            "After the forward take-off, the diver does three and a half somersaults in the pike position.",
            f"The forward take-off is followed by {SOM}, then comes the entry.",
            f"The diver takes off forward. Then he executes {SOM} before entering the water.",
            "The diver leaves the platform with a forward take-off. In the air he bends at the hips and keeps his legs "
            "straight. He completes three and a half somersaults in the pike position. So the step right after the "
            "take-off is three and a half somersaults in pike position.",
        ),
        (
            "Two and a half somersaults in pike position.",
            "Three and a half somersaults in tuck position.",
            "2.5 Soms.Pike",
            "13.5 Soms.Pike",
            "Three somersaults in pike position.",
            "Somersaults in pike position.",
            "The forward take-off.",
            "After the forward take-off comes the entry.",
            "The diver does not do three and a half somersaults in pike position.",
            f"The diver does a forward take-off, then one twist, then {SOM}.",
            f"After the forward take-off come two and a half twists. The {SOM} come later.",
            f"After the forward take-off the diver could do {SOM} or one twist.",
        ),
    ),
    "before, somersaults": (
        "What happens before the entry?",
        [SOMERSAULTS],
        NEIGHBOUR,
        (
            "Three and a half somersaults in the pike position, then the entry.",
            "The entry is preceded by three and a half somersaults in pike position.",
            "The diver completes 3.5 somersaults in the pike position just before entering the water.",
        ),
        (
            "The forward take-off.",
            "Before the entry the diver does one twist.",
            f"The diver does {SOM}, then one twist, then the entry.",
        ),
    ),
    "before, take-off": (
        f"What comes right before this step: {SOM}?",
        [TAKE_OFF],
        NEIGHBOUR,
        (
            "The forward take-off.",
            "A forward takeoff",
            "Forward",
            "The step is: Forward.",
            "The diver takes off forward.",
            "He takes off forwards from the platform.",
            f"The {SOM} come right after a forward take-off.",
        ),
        ("A reverse take-off.", "A take-off.", "The diver moves forward.", "The diver leans forward."),
    ),
    "before, back take-off": (
        "What comes right before this step: one twist?",
        [named("back take-off", "Back")],
        NEIGHBOUR,
        ("A back take-off.", "The diver takes off backward.", "Back", "A backward take-off."),
        ("An armstand back take-off.", "A reverse take-off.", "He comes back to the board."),
    ),
    "after, entry": (
        f"What comes right after this step: {SOM}?",
        [named("entry", "Entry")],
        NEIGHBOUR,
        ("The entry.", "The diver enters the water.", "Entry into the water."),
        ("One twist.", "The diver does not enter the water.", "The diver leaves the water."),
    ),
    "after, half a twist": (
        "What comes right after this step: reverse take-off?",
        [named("half a twist", "0.5 Twist")],
        NEIGHBOUR,
        ("Half a twist.", "A half twist.", "a half-twist", "0.5 Twist"),
        ("One and a half twists.", "1.5 Twists", "One twist.", "A twist and a half."),
    ),
    "after, one and a half twists": (
        "What comes right after this step: reverse take-off?",
        [named("one and a half twists", "1.5 Twists")],
        NEIGHBOUR,
        ("One and a half twists.", "1 1/2 twists", "He twists one and a half times.", "A twist and a half."),
        ("Half a twist.", "One twist.", "One and a half somersaults in straight position.", "2.5 twists"),
    ),
    "after, of a class": (
        "What does the man do after sitting down?",
        [named("drinking water")],
        {"class_names": ("sitting down", "drinking water", "smiling", "standing up")},
        (
            "He drinks water.",
            "He sits down, and then he drinks water.",
            "After sitting down he smiles and drinks water.",
            "The man sits down, picks up a bottle and drinks water from it. Then he stands up.",
        ),
        ("He sits down, then he stands up, and then he drinks water.", "He smiles, then drinks water."),
    ),
    "sequence": (
        "In what order do the steps of the dive follow each other?",
        [DIVE],
        ORDER,
        (
            "Forward take-off, three and a half somersaults in pike position, entry.",
            "1. Forward take-off\n2. Three and a half somersaults in pike position\n3. Entry",
            "**Steps:**\n- Forward take-off\n- 3.5 Soms.Pike\n- Entry",
            "Forward -> 3.5 Soms.Pike -> Entry",
            f"Forward take-off \u2192 {SOM} \u2192 entry",
            "Forward, 3.5 Soms.Pike, Entry",
            "The diver starts with a forward take-off (Forward), goes on with three and a half somersaults in pike "
            "position (3.5 Soms.Pike) and ends with the entry (Entry).",
            f"After a forward take-off, the diver completes {SOM} before the entry.",
            "The diver takes off forward, somersaults three and a half times in a pike position and enters the water.",
            f"It begins with a forward take-off, continues with {SOM} and ends with "
            f"the entry. So the order is: forward take-off, {SOM}, entry.",
        ),
        (
            "Three and a half somersaults in pike position, forward take-off, entry.",
            "Entry -> 3.5 Soms.Pike -> Forward",
            "Forward take-off, entry.",
            "Forward -> 2.5 Soms.Pike -> Entry",
            "Forward -> 3.5 Soms.Pike -> 3.5 Soms.Pike -> Entry",
            f"Forward take-off, one twist, {SOM}, entry.",
            f"Before the forward take-off the diver does {SOM}, then the entry.",
            "The diver leans forward, does 3.5 somersaults in pike position, and enters the water.",
        ),
    ),
    "sequence, repeats": (
        "Which elements does she show, in order?",
        [TUMBLES],
        {"class_names": ("back handspring", "double salto", "round-off")},
        (
            "Two back handsprings and a double salto.",
            "BHS, BHS, double salto",
            "BHS, back handspring, DS",
            "A back handspring (BHS), another back handspring, then a double salto (DS).",
        ),
        (
            "A back handspring (BHS) and a double salto (DS).",
            "BHS, DS",
            "Three back handsprings and a double salto.",
            "BHS, DS, BHS",
            "A round-off, two back handsprings and a double salto.",
        ),
    ),
    "sequence, everyday": (
        "Name the steps of this clip one after the other.",
        [{"kind": "sequence", "steps": ["take cup", "pour milk", "stir milk"]}],
        {"class_names": ("take cup", "pour milk", "stir milk", "pour coffee", "take bowl")},
        (
            "First the person takes a cup, then pours milk into it and finally stirs the milk.",
            "The person takes a cup, pours milk, and stirs it.",
            "1. Take a cup.\n2. Pour the milk.\n3. Stir the milk.",
        ),
        (
            "The person takes a cup, stirs milk, pours milk.",
            "The person takes a bowl, pours milk and stirs it.",
            "The person takes a cup, pours coffee, pours milk and stirs it.",
        ),
    ),
    "assessment": (
        "What score does this dive get? Give it with its difficulty and the order of its steps.",
        [DIVE, DIFFICULTY, SCORE],
        ALL_THREE,
        (
            f"Forward take-off, {SOM}, entry. Difficulty: 3.1. Dive score: 83.",
            "Forward take-off, 3.5 somersaults in pike position, entry; difficulty 3.1, dive score 80.",
            f"1. Forward take-off\n2. {SOM}\n3. Entry\nDifficulty: 3.1\nDive score: 85",
            "Action Sequence: Forward->3.5 Soms.Pike->Entry, difficulty: 3.1. Final Label: Overall Score 83.25",
            f"The order is forward take-off, {SOM}, entry; the dive has a difficulty of 3.1 and earns 83.25 points.",
            f"It starts with a forward take-off. Then come {SOM}, and at last the "
            "entry. Its degree of difficulty is 3.1. The judges would give it about 83 points.",
            f"First a forward take-off, next {SOM}, last the entry. The score would be 83 and the difficulty 3.1.",
        ),
        (
            f"Forward take-off, {SOM}, entry. Difficulty: 83. Dive score: 3.1.",
            f"Forward take-off, {SOM}, entry. Difficulty: 3.1.",
            f"Forward take-off, {SOM}, entry. Difficulty: 3.1. Dive score: 50.",
            f"Forward take-off, {SOM}, entry. Difficulty: 2.0. Dive score: 83.",
            f"Entry, {SOM}, forward take-off. Difficulty: 3.1. Dive score: 83.",
            f"Forward take-off, {SOM}, entry. The difficulty is 3.1; a perfect score would be 83.",
        ),
    ),
    "number beside a step": (
        "Give the difficulty.",
        [{**DIFFICULTY, "value": 3.5}],
        {},
        ("The difficulty of these 3.5 somersaults is 3.5.", "The difficulty is 3.5 and the score 83."),
        ("The diver does 3.5 somersaults in pike position.", "The difficulty of these 3.5 somersaults is 3.1."),
    ),
}
