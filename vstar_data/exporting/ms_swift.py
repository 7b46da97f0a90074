"""Rows for ms-swift: `messages` with one `<video>` in the user's turn, and `videos`."""

from __future__ import annotations

from vstar_data.arrow import Row
from vstar_data.exporting.media import Media
from vstar_data.exporting.placeholders import spoken


def ms_swift_row(row: Row, media: Media) -> Row:
    """Returns a row of ms-swift's standard form."""
    asked, answered = spoken(row["messages"], "user"), spoken(row["messages"], "assistant")
    return {
        "messages": [{"role": "user", "content": f"<video>{asked}"}, {"role": "assistant", "content": answered}],
        "videos": [media.video],
    }
