"""Reads plain text files line by line, for the adapters whose annotations are lists without header and without quotes.

Not here: what a line means, and CSV files with a header (`delimited`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vstar_data.errors import AnnotationError


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yields the lines that are not blank with their numbers, from 1, without line end and byte order mark.

    Raises:
        AnnotationError: The file is not UTF-8.
    """
    number = 0
    with path.open(encoding="utf-8-sig") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line := line.rstrip("\r\n"):
                    if line.isspace():
                        continue
                    yield number, line
        except UnicodeDecodeError as problem:
            raise AnnotationError(
                "The file is not UTF-8.",
                where=f"{path}, after line {number}",
                found=f"the byte 0x{problem.object[problem.start]:02x}",
                mend="save the file as UTF-8",
            ) from None
