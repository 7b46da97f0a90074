"""Rows of the JSON list that LLaVA's trainers read, and Video-STaR's, in which VSTaR-1M is published.

They disagree in one word. Where the video goes, Video-LLaVA and Video-STaR look for `<video>`. LLaVA-NeXT, trained on
LLaVA-Video and LLaVA-OneVision data, looks for `<image>`, and trains without the video where it is not found.
"""

from __future__ import annotations

from vstar_data.arrow import Row
from vstar_data.exporting.media import Media
from vstar_data.exporting.placeholders import spoken


def llava_row(row: Row, media: Media, token: str = "<video>") -> Row:
    """Returns a row: the video's path, and a conversation whose first line, the token, stands for the video."""
    asked, answered = spoken(row["messages"], "user"), spoken(row["messages"], "assistant")
    return {
        "id": row["id"],
        "video": media.video,
        "conversations": [{"from": "human", "value": f"{token}\n{asked}"}, {"from": "gpt", "value": answered}],
    }
