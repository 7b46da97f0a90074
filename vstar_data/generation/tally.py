"""Counts of a run while it works, and what they say: yields, rates, the share of time spent waiting for decoding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from vstar_data.records import Completion, Mode, Verdict


class Tally(msgspec.Struct, kw_only=True):
    """What has happened. Times are seconds. Two tallies add up.

    Attributes:
        settled: Questions that need nothing more; `clips` whose questions are all settled.
        completions: Texts made by this process; `tokens` in them, `blind` without what the video shows.
        accepted, judged: By mode, over all texts.
        rejected: By reason, over all texts.
        failures: Requests that failed.
        unusable: Clips that turned out not to be usable.
        working: Time spent on blocks, `loading` of it to load the engine, `waiting` for decoding.
    """

    settled: int = 0
    clips: int = 0
    completions: int = 0
    tokens: int = 0
    blind: int = 0
    accepted: dict[str, int] = {}
    judged: dict[str, int] = {}
    rejected: dict[str, int] = {}
    failures: int = 0
    unusable: int = 0
    working: float = 0.0
    loading: float = 0.0
    waiting: float = 0.0

    def judge(self, completion: Completion, verdict: Verdict) -> None:
        """Counts a verdict."""
        mode = completion.mode.value
        self.judged[mode] = self.judged.get(mode, 0) + 1
        if verdict.accepted:
            self.accepted[mode] = self.accepted.get(mode, 0) + 1
        for reason in verdict.reasons[:1]:
            self.rejected[reason.value] = self.rejected.get(reason.value, 0) + 1

    @property
    def decode_wait(self) -> float:
        """The share of working time spent waiting for decoding, 0..1."""
        return self.waiting / self.working if self.working > 0 else 0.0

    def line(self, clips_per_second: float, tokens_per_second: float) -> str:
        """Returns one line on the state of the work.

        Args:
            clips_per_second: Clips settled in a second; 0 where unknown.
            tokens_per_second: Tokens made in a second; 0 where unknown.
        """
        direct, rationalized = (self.accepted.get(mode.value, 0) for mode in Mode)
        parts = [
            f"{clips_per_second:.1f} clips/s" if clips_per_second else "",
            f"{tokens_per_second:.0f} tokens/s" if tokens_per_second else "",
            f"accepted {direct} direct, {rationalized} rationalized" if self.judged or not self.blind else "",
        ]
        if self.rejected:
            reasons = sorted(self.rejected.items(), key=lambda item: (-item[1], item[0]))
            parts.append("rejected " + ", ".join(f"{count} {reason}" for reason, count in reasons[:4]))
        if self.failures:
            parts.append(f"{self.failures} failures")
        if self.blind:
            parts.append(f"{self.blind} asked blind")
        parts.append(f"decode-wait {self.decode_wait:.0%}".replace("%", " %"))
        return " · ".join(part for part in parts if part)


def total(tallies: Iterable[Tally]) -> Tally:
    """Adds tallies up, as those of several workers. Times add up too."""
    whole = Tally()
    counters: dict[str, Counter[str]] = {"accepted": Counter(), "judged": Counter(), "rejected": Counter()}
    for tally in tallies:
        for name in tally.__struct_fields__:
            value = getattr(tally, name)
            if name in counters:
                counters[name].update(value)
            else:
                setattr(whole, name, getattr(whole, name) + value)
    for name, counter in counters.items():
        setattr(whole, name, dict(counter))
    return whole
