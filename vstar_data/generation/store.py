"""Completions on disk: one folder a block, in it one append-only JSONL file a process. The truth of a run."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from vstar_data.files import append_lines, storage_error
from vstar_data.records import Completion, Failure, UnusableClip

Event = Completion | Failure | UnusableClip

ATTEMPTS = 3
"""A request that failed this often counts as judged and not accepted."""

_decoder = msgspec.json.Decoder(Event)


@dataclass
class BlockEvents:
    """What the files of one block hold.

    Attributes:
        completions: By key. Of two lines with one key the one whose text has the smallest SHA-256 counts.
        failures: Number of failures by key, a final one counting as all; `problems` says what one of them was.
        unusable: By clip id and identity of its video.
        ignored_lines: Lines that do not parse, wherever they stand.
    """

    completions: dict[str, Completion] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    problems: dict[str, str] = field(default_factory=dict)
    unusable: dict[tuple[str, str], UnusableClip] = field(default_factory=dict)
    ignored_lines: int = 0

    def add(self, event: Event) -> None:
        """Takes one event in; the order of events does not matter."""
        match event:
            case Completion(key=key):
                held = self.completions.get(key)
                if held is None or _text_rank(event) < _text_rank(held):
                    self.completions[key] = event
            case Failure(key=key):
                self.failures[key] += ATTEMPTS if event.final else 1
                self.problems[key] = f"{event.question_id}: {event.error}: {event.detail}"
            case UnusableClip(clip_id=clip_id, identity=identity):
                held_clip = self.unusable.get((clip_id, identity))
                if held_clip is None or (event.reason, event.detail) < (held_clip.reason, held_clip.detail):
                    self.unusable[clip_id, identity] = event

    def settled(self, key: str) -> bool:
        """Whether nothing more is to be made for a key."""
        return key in self.completions or self.failures[key] >= ATTEMPTS


class CompletionStore:
    """The folder `completions/` of a run.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer = f"{_safe(socket.gethostname())}-{os.getpid()}-{time.time_ns():x}.jsonl"

    def read(self, block: int) -> BlockEvents:
        """Reads all files of a block.

        Raises:
            StorageError: A file cannot be read.
        """
        events = BlockEvents()
        for path in sorted(self._block_folder(block).glob("*.jsonl")):
            try:
                content = path.read_bytes()
            except OSError as problem:
                raise storage_error("Cannot read completions.", path, problem) from None
            for line in content.split(b"\n"):
                if not line:
                    continue
                try:
                    events.add(_decoder.decode(line))
                except (msgspec.DecodeError, UnicodeDecodeError):
                    events.ignored_lines += 1
        return events

    def append(self, block: int, events: list[Event]) -> None:
        """Appends events to this process's file of a block: one write, one fsync.

        Raises:
            StorageError: The disk refuses.
        """
        if not events:
            return
        folder = self._block_folder(block)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise storage_error("Cannot make the folder for completions.", folder, problem) from None
        append_lines(folder / self._writer, [msgspec.json.encode(event) for event in events])

    def _block_folder(self, block: int) -> Path:
        return self.folder / f"{block:05d}"


def _text_rank(completion: Completion) -> bytes:
    """SHA-256 of the text; equal texts (made twice with other counts) are ranked by the whole record."""
    return hashlib.sha256(completion.text.encode()).digest() + msgspec.json.encode(completion)


def _safe(host: str) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in host) or "host"
