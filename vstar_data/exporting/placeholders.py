"""Texts that stay texts: what a training tool would take for a video, an image or the end of a turn is broken up."""

from __future__ import annotations

import re

_MEANT_FOR_TOOLS = re.compile(
    r"<(?=(?:video|image|audio|bbox|ref-object|cot-process|start-image|/?img|im_start|im_end|vid_start|vid_end)>"
    r"|/?s>|\|[^|<>\s]{1,40}\|>)",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(USER|ASSISTANT):")


def plain(text: str) -> str:
    """Returns a text in which no placeholder is left: `<video>` becomes `< video>`, `<|im_end|>` becomes `< |im_end|>`.

    The placeholders are those that LLaVA, LLaMA-Factory and ms-swift count or replace in texts, and what looks like a
    control token of a tokenizer: `<s>`, `</s>` and words between `<|` and `|>`. In templates of Vicuna's kind `USER:`
    and `ASSISTANT:` begin a turn; a blank comes before their colon.
    """
    return _TURN.sub(r"\1 :", _MEANT_FOR_TOOLS.sub("< ", text))


def spoken(messages: list[dict[str, object]], role: str) -> str:
    """Returns the text of the first turn of a role in stored messages, without placeholders.

    Args:
        messages: Turns with a list of parts, each with `type` and `text`.
        role: `user` or `assistant`.
    """
    for message in messages:
        if message["role"] == role:
            parts = message["content"]
            assert isinstance(parts, list)
            return plain("".join(part["text"] for part in parts if part["type"] == "text" and part["text"] is not None))
    return ""
