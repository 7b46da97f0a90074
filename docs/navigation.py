"""Puts the pages of the catalogue into the navigation, so that mkdocs.yml need not list them."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Adds the page of each adapter to the section `Catalogue`, by name; mkdocs calls this."""
    pages = sorted(path for path in (Path(config.docs_dir) / "catalogue").glob("*.md") if path.name != "index.md")
    for entry in config.nav:
        if isinstance(entry, dict) and "Catalogue" in entry:
            entry["Catalogue"] += [{path.stem: f"catalogue/{path.name}"} for path in pages]
    return config
