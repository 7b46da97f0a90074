"""Natural answers to questions about windows, boxes and relations, and twins that differ in one thing. Data only."""

from __future__ import annotations

from typing import Any

from .step_cases import Case, LabelDict, named

EVENTS = (
    *("person opens the door", "person closes the door", "person sits down on the sofa"),
    *("person takes a cup from the shelf", "person drinks from a cup", "person puts a book on the table"),
)
THINGS = ("cup/glass/bottle", "door", "broom", "towel/s", "sofa/couch", "book", "table")


def relation(subject: str, predicate: str, thing: str) -> LabelDict:
    return {"kind": "relation", "subject": subject, "predicate": predicate, "object": thing}


def window(name: str) -> LabelDict:
    return {"kind": "segment", "name": name, "start": 3.0, "end": 8.0}


CUP = {"kind": "box", "name": "cup/glass/bottle", "time": 2.0, "box": [0.1, 0.2, 0.4, 0.6]}
HOLDING = relation("person", "holding", "broom")

OBJECT: dict[str, Any] = {"class_names": THINGS, "asks": [["name"]]}
BETWEEN: dict[str, Any] = {"class_names": EVENTS, "duration": 30.0}
SUPPORT: dict[str, Any] = {"asks": [["time"]], "duration": 30.0}

THING_CASES: dict[str, Case] = {
    "object in a box": (
        "Which object is in the box [0.1, 0.2, 0.4, 0.6] at 2 seconds?",
        [named("cup/glass/bottle")],
        OBJECT,
        (
            "A cup.",
            "It is a bottle.",
            "cup/glass/bottle",
            "It's a cup or a glass.",
            "The object in the box [0.1, 0.2, 0.4, 0.6] at 2 seconds is a cup.",
            "A cup on the table",
            "In the box there is a person's hand holding a glass.",
        ),
        (
            "A door.",
            "The box is empty.",
            "It is not a cup, it is a book.",
            "A cup or a book.",
            "The box [0.1, 0.2, 0.4, 0.6] at 2 seconds.",
            "There is a book next to where the cup was.",
            "A book in front of a cup.",
        ),
    ),
    "landmark in a box": (
        "Which object is in the box [0.1, 0.2, 0.4, 0.6] at 2 seconds?",
        [named("table")],
        OBJECT,
        ("A table.", "The box shows the table with a cup on it.", "It shows a part of the table."),
        ("The box shows a cup on the table.", "A lamp on a table.", "A cup near a wooden table."),
    ),
    "between": (
        "What happens between 3.2 and 7.9 seconds?",
        [named("person opens the door")],
        BETWEEN,
        (
            "The person opens the door.",
            "Between 3.2 and 7.9 seconds, a man opens a door.",
            "The door is opened.",
            "The person walks to the door and opens it.",
            "From 3.2 to 7.9 s the person opens the door; before that he sits down on the sofa.",
        ),
        (
            "The person closes the door.",
            "The door is open.",
            "Something happens between 3.2 and 7.9 seconds.",
            "The person either opens or closes the door.",
            "The person walks past the door, takes a box and opens it.",
        ),
    ),
    "between, two at once": (
        "What happens between 3.2 and 7.9 seconds?",
        [named("person sits down on the sofa"), named("person drinks from a cup")],
        BETWEEN,
        (
            "The person sits down on the sofa and drinks from a cup.",
            "He sits down on the couch. Then he drinks out of a mug.",
        ),
        ("The person sits down on the sofa.", "The person drinks from a cup."),
    ),
    "support, named as a question": (
        'When can the answer to "Which object was opened by the person?" be seen?',
        [window("Which object was opened by the person?")],
        SUPPORT,
        (
            "From 3 to 8 seconds.",
            "The evidence is in the window from 3 to 8 seconds.",
            "Between 3 and 8 seconds, the man walks up to the door and pulls the handle.",
            "[3.0, 8.0]",
            "start: 3.0, end: 8.0",
        ),
        ("From 12 to 15 seconds.", "From 3 seconds on.", "From frame 3 to frame 8.", "From 8 to 3 seconds."),
    ),
    "support, named as a statement": (
        'The question "What did she open?" has the answer "The door". Which part of the video shows it? Use seconds.',
        [window("the person opens the door")],
        SUPPORT,
        ("From 3 to 8 seconds.", "Between 3 and 8 seconds she pulls the handle."),
        ("Between 12 and 15 seconds she pulls the handle.", "She opens the door."),
    ),
    "a window of its own event": (
        "When does the person open the door? Give start and end in seconds.",
        [window("person opens the door")],
        SUPPORT,
        ("From 3 to 8 seconds.", "The person opens the door from 3 to 8 seconds."),
        ("The person closes the door from 3 to 8 seconds.", "Between 3 and 8 seconds she pulls the handle."),
    ),
    "relation": (
        "What is the person doing with the broom?",
        [HOLDING],
        {},
        (
            "The person is holding the broom.",
            "The broom is held by the person.",
            "He is gripping the broom.",
            "Holding it.",
            "Holding.",
            "She is holding it with both hands.",
            "The person sweeps the floor while holding the broom.",
        ),
        (
            "The person is not holding the broom.",
            "The person is looking at it.",
            "The person holds a cup.",
            "He takes a cup and is holding it.",
            "The dog is holding it.",
            "The person and the broom.",
        ),
    ),
    "relation of place": (
        "How do these two relate in the video: person and table?",
        [relation("person", "in_front_of", "table")],
        {},
        ("The person is in front of the table.", "The person is in front of it."),
        ("The table is in front of the person.", "The person is behind it."),
    ),
    "relation in the passive": (
        "How do these two relate in the video: person and blanket?",
        [relation("person", "covered_by", "blanket")],
        {},
        ("The person is covered by the blanket.", "The blanket covers the person."),
        ("The person covers the blanket.", "The person is not covered by the blanket."),
    ),
    "relations": (
        "Name every relation between these two in the video: person and cup/glass/bottle.",
        [relation("person", "holding", "cup/glass/bottle"), relation("person", "drinking_from", "cup/glass/bottle")],
        {},
        (
            "The person holds the cup and drinks from it.",
            "He is holding a glass and drinks out of the glass.",
            "The person is drinking from a bottle that he is holding.",
        ),
        ("The person holds the cup and puts it down.", "The person drinks from the cup."),
    ),
    "relations of two verbs": (
        "Name every relation between these two in the video: person and book.",
        [relation("person", "touching", "book"), relation("person", "looking_at", "book")],
        {},
        ("The person touches and looks at the book.", "The person looks at the book while touching it."),
        ("The person is touching the book.", "The person is looking at the book, not touching it."),
    ),
    "box": (
        "Where is the cup at 2 seconds? Give the box.",
        [CUP],
        {},
        (
            "[0.1, 0.2, 0.4, 0.6]",
            "The glass is at [0.1, 0.2, 0.4, 0.6], on the table.",
            "At 2 seconds the cup is at [100, 200, 400, 600].",
            "x1=0.1, y1=0.2, x2=0.4, y2=0.6",
        ),
        (
            "[0.6, 0.2, 0.9, 0.6]",
            "The door is at [0.1, 0.2, 0.4, 0.6].",
            "At 2 seconds it is at [0.6, 0.6, 0.9, 0.9], at 5 seconds at [0.1, 0.2, 0.4, 0.6].",
        ),
    ),
    "pronouns": (
        "What is the man doing?",
        [named("playing guitar")],
        {"class_names": ("playing bass guitar", "playing drums", "tuning guitar", "playing violin")},
        (
            "He picks up a guitar and plays it.",
            "The man takes his guitar. He sits down and plays it.",
            "He tunes and plays the guitar.",
        ),
        (
            "He puts down the guitar, takes the violin and plays it.",
            "He takes a bass guitar and plays it.",
            "He holds a guitar but does not play it.",
            "The guitar is on the wall; he plays with it.",
        ),
    ),
}
