"""Checks of what identifies clips: ids, names of videos, the split that a video is of, rows that gave no clip.

Each check sees one row after another and holds hashes, never rows.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from itertools import combinations

import msgspec

from vstar_data.records import Clip, Skipped, Split
from vstar_data.testing.results import EXAMPLES, Findings, Outcome, Result, counted, result_of, shown

_SPLITS = tuple(Split)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class RowsGiveClips:
    """Whether rows give clips, and which do not."""

    name = "rows give clips"

    def __init__(self) -> None:
        self.clips = 0
        self.reasons: Counter[str] = Counter()
        self.examples: list[str] = []

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if isinstance(row, Clip):
            self.clips += 1
            return
        self.reasons[row.reason.value] += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(shown(f"{row.where}: {row.detail}" if row.where else row.detail))

    def result(self) -> Result:
        """Fails without any clip; warns of rows that were skipped."""
        skipped = self.reasons.total()
        rows = self.clips + skipped
        if not rows:
            return Result(self.name, Outcome.FAILED, "the annotations gave no row at all")
        outcome = Outcome.FAILED if not self.clips else Outcome.WARNING if skipped else Outcome.PASSED
        detail = f"{self.clips:,} of {counted(rows, 'row')} gave a clip"
        if skipped:
            reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.reasons.most_common())
            detail += f"; skipped {skipped / rows:.1%}: {reasons}".replace("%", " %")
        return Result(self.name, outcome, detail, tuple(self.examples))


class UniqueIds:
    """Whether each id is given once. A build skips the second clip of an id."""

    name = "unique ids"

    def __init__(self) -> None:
        self.contents: dict[int, int] = {}
        self.same = Findings()
        self.other = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        key = _hash(row.id)
        content = _hash(repr((row.video, row.start, row.end, row.labels, row.split)))
        if key not in self.contents:
            self.contents[key] = content
        elif self.contents[key] == content:
            self.same.add(f"{row.id}, video {row.video}")
        else:
            self.other.add(f"{row.id}, video {row.video}")

    def result(self) -> Result:
        """Fails where two clips have one id; warns where the annotations hold the same row twice."""
        if self.other.count:
            bad = "with an id that another clip has already"
            return result_of(self.name, self.other, good="", noun="clip", bad=bad)
        good = f"{counted(len(self.contents), 'id')}, each given once"
        bad = "repeated word for word; a build takes the first"
        return result_of(self.name, self.same, good=good, noun="row", bad=bad, outcome=Outcome.WARNING)


class RelativeNames:
    """Whether ids and names of videos are text that means the same on every machine."""

    name = "names"

    def __init__(self) -> None:
        self.wrong = Findings()

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        for what, text in (("id", row.id), ("video", row.video)):
            if problem := _problem_of_name(text):
                self.wrong.add(f"{what} {text}: {problem}")
                return

    def result(self) -> Result:
        """Fails where a name is absolute, climbs, or is no text."""
        good, bad = "ids and videos are relative names", "with an id or a video that is no relative name"
        return result_of(self.name, self.wrong, good=good, noun="clip", bad=bad)


class SplitsShareNoVideo:
    """Whether a video is in one split only: by `metadata["video_id"]`, else by the name of the file."""

    name = "splits share no video"

    def __init__(self) -> None:
        self.splits: dict[int, int] = {}
        self.examples: dict[int, list[str]] = {}

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        if not isinstance(row, Clip):
            return
        video = row.metadata.get("video_id") or row.video
        key, mask = _hash(str(video)), 1 << _SPLITS.index(row.split)
        before = self.splits.get(key, 0)
        if before and not before & mask:
            examples = self.examples.setdefault(before | mask, [])
            if len(examples) < EXAMPLES:
                examples.append(shown(str(video)))
        self.splits[key] = before | mask

    def result(self) -> Result:
        """Warns of the videos that two splits share, counted for each pair."""
        masks = Counter(self.splits.values())
        shared: dict[str, int] = {}
        examples: list[str] = []
        for one, other in combinations(range(len(_SPLITS)), 2):
            both = 1 << one | 1 << other
            pair = f"{_SPLITS[one].value} and {_SPLITS[other].value}"
            if count := sum(number for mask, number in masks.items() if mask & both == both):
                shared[pair] = count
                named = (video for mask, videos in self.examples.items() if mask & both == both for video in videos)
                examples += [f"{pair}: {video}" for video in named]
        if not shared:
            used = sum(any(mask >> place & 1 for mask in masks) for place in range(len(_SPLITS)))
            detail = f"{counted(len(self.splits), 'video')} in {counted(used, 'split')}"
            return Result(self.name, Outcome.PASSED, detail)
        detail = "; ".join(f"{pair} share {counted(count, 'video')}" for pair, count in shared.items())
        return Result(self.name, Outcome.WARNING, detail, tuple(examples[:EXAMPLES]))


class PlainRecords:
    """Whether clips can be stored: everything in `metadata` is what JSON knows. Makes the digest of the stream too."""

    name = "plain records"

    def __init__(self) -> None:
        self.wrong = Findings()
        self._digest = blake2b(digest_size=16)

    def see(self, row: Clip | Skipped) -> None:
        """Looks at the next row."""
        try:
            text = msgspec.json.encode(row, order="deterministic")
        except (TypeError, ValueError, OverflowError) as problem:
            text = repr(row).encode("utf-8", "backslashreplace")
            self.wrong.add(f"{row.id if isinstance(row, Clip) else row.where}: {problem}")
        self._digest.update(text + b"\n")

    def digest(self) -> str:
        """Returns the digest of all rows so far, in their order."""
        return self._digest.hexdigest()

    def result(self) -> Result:
        """Fails where a row cannot be written as JSON."""
        good, bad = "every row can be written as JSON", "with something that JSON does not know"
        return result_of(self.name, self.wrong, good=good, noun="row", bad=bad)


def _problem_of_name(text: str) -> str:
    """Says what is wrong with an id or the name of a video; empty where nothing is."""
    if text.startswith(("/", "\\", "~")) or _DRIVE.match(text):
        return "an absolute path"
    if ".." in text.replace("\\", "/").split("/"):
        return "climbs out of the folder"
    if text != text.strip():
        return "blanks at its ends"
    if any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in text):
        return "holds what is no text"
    return ""


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
