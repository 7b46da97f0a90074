"""The page around the sections: one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from vstar_data.reporting.inputs import META
from vstar_data.reporting.markup import Html, Part, joined, line, tag
from vstar_data.reporting.parts import Section
from vstar_data.reporting.style import STYLE

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page(
    title: str, about: Sequence[Part], head: Sequence[Part], sections: Sequence[Section], *, digest: str, made_with: str
) -> bytes:
    """Returns the report.

    Args:
        title: Of the page.
        about: Lines below the title.
        head: What stands before the sections.
        sections: The sections in order.
        digest: The hash of what the report rests on.
        made_with: The version of vstar-data.
    """
    meta = [
        tag("meta", charset="utf-8"),
        tag("meta", name=META, content=digest),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", line(title)),
        tag("style", Html(STYLE)),
    ]
    links = (tag("li", tag("a", section.title, href=f"#{section.id}")) for section in sections)
    body = [
        tag("a", "Skip to the report", href="#report", class_="skip"),
        tag("header", tag("h1", line(title)), *(tag("p", entry, class_="about") for entry in about), class_="page"),
        tag("nav", tag("ul", *links), aria_label="Sections"),
        tag("main", *head, *map(_section, sections), id="report", class_="page", tabindex="-1"),
        tag("footer", f"Made with vstar-data {made_with}. This file loads nothing from elsewhere.", class_="page"),
    ]
    whole = tag("html", tag("head", *meta), tag("body", *body), lang="en")
    return f"<!doctype html>\n{whole}\n".encode()


def _section(section: Section) -> Html:
    name = f"{section.id}-heading"
    heading = tag("h2", section.title, id=name)
    return joined([tag("section", heading, section.body, id=section.id, aria_labelledby=name), "\n"])
