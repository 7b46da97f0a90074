"""What an adapter says of itself: its docstring, taken apart by its headings, and its options."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

import msgspec

from vstar_data.adapters import LabelAdapter

HEADINGS = ("Annotations", "Videos", "Labels", "Options", "Licence", "Source", "Citation")
"""The words, each with a colon, that paragraphs of an adapter's docstring begin with."""

REQUIRED = ("Annotations", "Videos", "Labels", "Licence", "Source")
"""Those that an adapter of this repository must have; a dataset has a `Citation` besides."""

_HEADING = re.compile(rf"({'|'.join(HEADINGS)}|License):(?=\s|$)")


@dataclass(frozen=True)
class Description:
    """What the docstring of an adapter says.

    Attributes:
        summary: Its first line: `<Dataset>: what it is in one sentence.`
        introduction: The paragraphs before the first heading, without the summary.
        sections: The text under each heading, with the paragraphs that follow it and have none.
    """

    summary: str
    introduction: str
    sections: dict[str, str]


def description_of(adapter: type[LabelAdapter]) -> Description:
    """Takes the docstring of an adapter apart. One without docstring has an empty description."""
    summary, _, rest = inspect.cleandoc(adapter.__dict__.get("__doc__") or "").partition("\n")
    heading = ""
    parts: dict[str, list[str]] = {heading: []}
    for paragraph in re.split(r"\n\s*\n", rest.strip("\n")):
        if found := _HEADING.match(paragraph):
            heading = found[1].replace("License", "Licence")
            paragraph = paragraph[found.end() :].strip()
        parts.setdefault(heading, []).append(paragraph)
    texts = {heading: "\n\n".join(part for part in paragraphs if part) for heading, paragraphs in parts.items()}
    introduction = texts.pop("")
    return Description(summary, introduction, {heading: text for heading, text in texts.items() if text})


@dataclass(frozen=True)
class Option:
    """An option of an adapter, as its class writes it.

    Attributes:
        name: The key under `adapter_options`.
        type: Its type.
        default: Its default; None where it is required.
    """

    name: str
    type: str
    default: str | None


def options_of(adapter: type[LabelAdapter]) -> list[Option]:
    """Returns the options of an adapter, in their order."""
    written: dict[str, object] = {}
    for each in reversed(adapter.__mro__):
        written |= inspect.get_annotations(each)
    options = []
    for field in msgspec.structs.fields(adapter):
        kind = written.get(field.name, field.type)
        type_ = kind if isinstance(kind, str) else inspect.formatannotation(kind)
        default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        options.append(Option(field.encode_name, type_, None if field.required else repr(default)))
    return options
