"""The formats by name: which config each is made of, how a row becomes one of theirs, and what a file of it may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vstar_data.arrow import Row
from vstar_data.exporting.llamafactory import llamafactory_row
from vstar_data.exporting.llava import llava_row
from vstar_data.exporting.media import Media
from vstar_data.exporting.ms_swift import ms_swift_row
from vstar_data.exporting.trl import dpo_row, grpo_row, sft_row


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        row: Makes a row of it from a published one and what that shows.
        suffixes: What the name of its file may end in; none where it is a folder.
        config: The config that its rows are made of.
        pictures: Whether rows can show frames in place of a video.
    """

    row: Callable[[Row, Media], Row]
    suffixes: tuple[str, ...]
    config: str = "sft"
    pictures: bool = False


FORMATS = {
    "trl-sft": Format(sft_row, (".parquet", ".jsonl"), pictures=True),
    "trl-dpo": Format(dpo_row, (".parquet", ".jsonl"), config="preference", pictures=True),
    "trl-grpo": Format(grpo_row, (".parquet", ".jsonl"), pictures=True),
    "llava": Format(llava_row, (".json",)),
    "llamafactory": Format(llamafactory_row, ()),
    "ms-swift": Format(ms_swift_row, (".jsonl",)),
}
