"""Damage of every sort done to annotation files, for the fuzz tests: bytes, lines, cells, values of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ODD = (
    "",
    " ",
    "-1",
    "0",
    "nan",
    "1e999",
    "999999999999999999999999",
    "\x00",
    "\ud83d",
    "..",
    "/etc/passwd",
    "[",
    "é",
    ",",
    '"',
)
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([text for text in ODD if text.isprintable()]),
    st.just([]),
    st.just({}),
    st.just([[1, 2], ["a"]]),
    st.text(max_size=8),
)


def damaged(draw: st.DrawFn, path: Path) -> bytes:
    """Returns the content of a file with one to three mutations."""
    content = path.read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        content = _one(draw, path.suffix.lower(), content)
    return content


def _one(draw: st.DrawFn, suffix: str, content: bytes) -> bytes:
    if suffix in (".json", ".jsonl", ".ndjson") and draw(st.booleans()):
        return _json(draw, suffix, content)
    how = draw(st.sampled_from(["cut", "insert", "replace", "line", "cell"]))
    place = draw(st.integers(0, len(content)))
    if how == "cut":
        return content[:place] if draw(st.booleans()) else content[:place] + content[place + draw(st.integers(1, 9)) :]
    if how == "insert":
        return content[:place] + draw(st.binary(max_size=6)) + content[place:]
    if how == "replace":
        return content[:place] + draw(st.binary(min_size=1, max_size=2)) + content[place + 1 :]
    lines = content.splitlines(keepends=True) or [b""]
    number = draw(st.integers(0, len(lines) - 1))
    if how == "line":
        lines.insert(draw(st.integers(0, len(lines))), lines[number])
        return b"".join(lines)
    for separator in (b"\t", b",", b";", b" "):
        cells = lines[number].split(separator)
        if len(cells) > 1:
            cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(ODD)).encode("utf-8", "surrogatepass")
            lines[number] = separator.join(cells)
            break
    return b"".join(lines)


def _json(draw: st.DrawFn, suffix: str, content: bytes) -> bytes:
    lines = content.splitlines() if suffix != ".json" else [content]
    number = draw(st.integers(0, max(0, len(lines) - 1)))
    try:
        value = json.loads(lines[number])
    except (ValueError, IndexError, RecursionError):
        return content
    lines[number] = json.dumps(_changed(draw, value)).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _changed(draw: st.DrawFn, value: Any) -> Any:
    """Replaces one value somewhere inside, or takes it away."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 5)) == 0:
        return draw(VALUES)
    places: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    place = draw(st.sampled_from(places))
    if draw(st.integers(0, 7)) == 0:
        del value[place]
    else:
        value[place] = _changed(draw, value[place])
    return value
