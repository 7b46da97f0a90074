"""A lexicon of a dozen words in the form of WordNet's files, made up for the tests of the script that reads them."""

from __future__ import annotations

from pathlib import Path

CHAIN = ["entity", "object", "whole", "being", "organism", "animal", "canine"]


def lay_files(folder: Path) -> Path:
    """Writes the files and returns their folder."""
    nouns = [_noun(place, [word], place - 1 if place else None, f"a {word}") for place, word in enumerate(CHAIN)]
    nouns += [
        _noun(10, ["dog", "pooch"], 6, 'a tame canine; "the dog barked"'),
        _noun(11, ["poodle"], 10, "a dog with curls"),
        _noun(12, ["hound"], 10, "a dog that hunts"),
        _noun(13, ["pointer"], 10, "a dog that shows the way"),
        _noun(14, ["pointer"], 2, "an arrow on a screen"),
    ]
    _write(folder, "data.noun", nouns)
    _write(folder, "data.verb", [_line(20, 38, "v", ["dog"], None, "go after somebody")])
    words = {
        **{word: [place] for place, word in enumerate(CHAIN)},
        "dog": [10],
        "pooch": [10],
        "poodle": [11],
        "hound": [12],
        "pointer": [14, 13],
    }
    _write(folder, "index.noun", [_index(word, "n", places) for word, places in words.items()])
    _write(folder, "index.verb", [_index("dog", "v", [20])])
    _write(folder, "index.adj", [])
    _write(folder, "index.adv", [])
    counts = ["dog%1:05:00:: 1 40", "dog%2:38:00:: 1 2", "pointer%1:06:00:: 1 9", "pointer%1:05:00:: 2 1"]
    (folder / "cntlist.rev").write_text("\n".join(counts) + "\n", encoding="utf-8")
    return folder


def _noun(place: int, words: list[str], wider: int | None, gloss: str) -> str:
    return _line(place, 5, "n", words, wider, gloss)


def _line(place: int, topic: int, part: str, words: list[str], wider: int | None, gloss: str) -> str:
    named = " ".join(f"{word} 0" for word in words)
    pointers = f"001 @ {wider:08} {part} 0000" if wider is not None else "000"
    return f"{place:08} {topic:02} {part} {len(words):02x} {named} {pointers} | {gloss}"


def _index(word: str, part: str, places: list[int]) -> str:
    offsets = " ".join(f"{place:08}" for place in places)
    return f"{word} {part} {len(places)} 1 @ {len(places)} 1 {offsets}"


def _write(folder: Path, name: str, lines: list[str]) -> None:
    head = "  1 This line is a remark.\n"
    (folder / name).write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
