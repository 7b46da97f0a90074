"""Rows for LLaMA-Factory in its sharegpt form, and the dataset_info.json that tells it about them."""

from __future__ import annotations

import json
import re

from vstar_data.arrow import Row
from vstar_data.exporting.media import Media
from vstar_data.exporting.placeholders import spoken

INFO = "dataset_info.json"
ROWS = "data.jsonl"


def llamafactory_row(row: Row, media: Media) -> Row:
    """Returns a row: `messages` with one `<video>` in the user's turn, and `videos`."""
    asked, answered = spoken(row["messages"], "user"), spoken(row["messages"], "assistant")
    return {
        "messages": [{"role": "user", "content": f"<video>{asked}"}, {"role": "assistant", "content": answered}],
        "videos": [media.video],
    }


def dataset_info(name: str) -> bytes:
    """Returns the content of dataset_info.json for one dataset of the given name."""
    entry = {
        "file_name": ROWS,
        "formatting": "sharegpt",
        "columns": {"messages": "messages", "videos": "videos"},
        "tags": {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"},
    }
    return (json.dumps({name: entry}, indent=2) + "\n").encode()


def dataset_name(recipe: str) -> str:
    """Returns the name of a dataset for the command line of LLaMA-Factory, which takes commas for separators."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", recipe)[:60].strip("_") or "vstar_data"
