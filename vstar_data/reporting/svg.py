"""Makes a drawn chart fit to stand in a page: colours that follow the page's scheme, ids of its own, a name for it.

The drawing is parsed and written anew, so that nothing but shapes and texts gets into the page.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from vstar_data.reporting.markup import Html

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath"})
_GEOMETRY = frozenset({"cx", "cy", "d", "dx", "dy", "height", "r", "transform", "viewBox", "width"})
_PLACES = frozenset({"id", "clip-path", "x", "x1", "x2", "y", "y1", "y2"})
_LOOKS = frozenset({"fill", "fill-opacity", "opacity", "stroke", "stroke-opacity", "stroke-width"})
_TEXT = frozenset({"font-size", "font-weight", "text-anchor"})
_ATTRIBUTES = _GEOMETRY | _PLACES | _LOOKS | _TEXT
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")


def page_svg(drawn: str, name: str, title: str, description: str) -> Html:
    """Returns a chart as an element of a page.

    Args:
        drawn: An SVG document.
        name: Unique in the page; ids begin with it.
        title: What the chart is called, for a screen reader.
        description: What it shows, for a screen reader.
    """
    root = _cleaned(ElementTree.fromstring(drawn), name)
    root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title {name}-description", "class": "chart"}
    for place, (element, text) in enumerate((("title", title), ("desc", description))):
        named = ElementTree.Element(element, {"id": f"{name}-{'description' if place else 'title'}"})
        named.text = text
        root.insert(place, named)
    return Html(ElementTree.tostring(root, encoding="unicode", short_empty_elements=False))


def _cleaned(element: ElementTree.Element, name: str) -> ElementTree.Element:
    clean = ElementTree.Element(element.tag.removeprefix(_NAMESPACE))
    styles = []
    for key, value in element.attrib.items():
        if key not in _ATTRIBUTES:
            continue
        if key == "id":
            value = f"{name}-{value}"
        elif key == "clip-path":
            value = _REFERENCE.sub(rf"url(#{name}-\1)", value)
        if value.startswith("var("):
            styles.append(f"{key}:{value}")
        else:
            clean.set(key, value)
    if styles:
        clean.set("style", ";".join(styles))
    clean.text = element.text
    for child in element:
        if child.tag.removeprefix(_NAMESPACE) in _SHAPES and child.get("display") != "none":
            clean.append(_cleaned(child, name))
    return clean
