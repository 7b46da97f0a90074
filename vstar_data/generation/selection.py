"""Which clips of a run are worked on: the caps and weights of its sources, and what is withheld.

The clips of a run never depend on it: a selection only passes clips over, always those with the larger hashes, so that
a larger `cap` adds clips and takes none away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from vstar_data.decoding import decode_json
from vstar_data.generation.run_folder import RunFolder, clip_order
from vstar_data.recipe.recipe import SourceSettings
from vstar_data.records import ClassLabel, Clip, Record

Order = tuple[int, str]
"""A place in the order of the clips: the hash of the id, then the id."""

_NONE: Order = (-1, "")
"""A place before every clip."""


class Share(Record, frozen=True):
    """What is taken of one source.

    Attributes:
        last: The last clip that is taken; null for all.
        classes: For each class that has more clips than its cap the last that counts for it.
    """

    last: Order | None = None
    classes: dict[str, Order] = msgspec.field(default_factory=dict)

    def has_room(self, clip: Clip) -> bool:
        """Whether any class of a clip is not full; a clip without classes always finds room."""
        names = {label.name for label in clip.labels if isinstance(label, ClassLabel)}
        order = clip_order(clip) if self.classes else _NONE
        return not names or any(name not in self.classes or order <= self.classes[name] for name in names)


class Selection(Record, frozen=True):
    """Which clips of a run are worked on and published.

    Attributes:
        shares: By source; a source without one is taken whole.
        withheld: Ids of clips that are left out altogether, with the reason.
        lists: For each list or benchmark that clips are withheld by the SHA-256 over its ids.
    """

    shares: dict[str, Share] = msgspec.field(default_factory=dict)
    withheld: dict[str, str] = msgspec.field(default_factory=dict)
    lists: dict[str, str] = msgspec.field(default_factory=dict)

    def takes(self, clip: Clip) -> bool:
        """Whether a clip is worked on."""
        if clip.id in self.withheld:
            return False
        share = self.shares.get(clip.source)
        if share is None:
            return True
        return (share.last is None or clip_order(clip) <= share.last) and share.has_room(clip)

    def counts(self) -> dict[str, int]:
        """Returns how many clips are withheld, by reason."""
        return dict(sorted(Counter(self.withheld.values()).items()))


def selection_of(folder: RunFolder) -> Selection:
    """Reads the selection of a run; a run without one takes all its clips."""
    path = folder.selection_file
    return decode_json(path.read_bytes(), Selection, where=str(path)) if path.exists() else Selection()


def select(
    clips: Callable[[], Iterable[Clip]],
    sources: Sequence[SourceSettings],
    withheld: Mapping[str, str],
    lists: Mapping[str, str],
) -> Selection:
    """Returns the selection of a run.

    Args:
        clips: Returns the clips in their order; called once for each pass.
        sources: The sources with their `cap`, `class_cap` and `weight`.
        withheld: Ids of clips that are left out, with the reason; they use up no cap.
        lists: See `Selection`.
    """
    full = _full_classes(clips, {source.source: source.class_cap for source in sources}, withheld)
    shares = {name: Share(classes=classes) for name, classes in full.items()}
    weighted = any(source.weight is not None for source in sources)
    counted = {source.source for source in sources if source.cap is not None or weighted}
    orders: dict[str, list[Order]] = {name: [] for name in sorted(counted)}
    for clip in clips() if counted else ():
        if clip.source in counted and clip.id not in withheld and shares.get(clip.source, Share()).has_room(clip):
            orders[clip.source].append(clip_order(clip))
    for name, number in _numbers(sources, {name: len(each) for name, each in orders.items()}).items():
        if number < len(orders[name]):
            last = orders[name][number - 1] if number else _NONE
            shares[name] = msgspec.structs.replace(shares.get(name, Share()), last=last)
    return Selection(shares, dict(withheld), dict(lists))


def _full_classes(
    clips: Callable[[], Iterable[Clip]], caps: Mapping[str, int | None], withheld: Mapping[str, str]
) -> dict[str, dict[str, Order]]:
    """Returns for each source the classes with more clips than its cap, with the last clip that counts."""
    capped = {name: cap for name, cap in caps.items() if cap is not None}
    seen: Counter[tuple[str, str]] = Counter()
    full: dict[str, dict[str, Order]] = defaultdict(dict)
    last: dict[tuple[str, str], Order] = {}
    for clip in clips() if capped else ():
        if clip.source not in capped or clip.id in withheld:
            continue
        for name in {label.name for label in clip.labels if isinstance(label, ClassLabel)}:
            seen[clip.source, name] += 1
            if seen[clip.source, name] == capped[clip.source]:
                last[clip.source, name] = clip_order(clip)
            elif seen[clip.source, name] > capped[clip.source]:
                full[clip.source][name] = last[clip.source, name]
    return dict(full)


def _numbers(sources: Sequence[SourceSettings], there: Mapping[str, int]) -> dict[str, int]:
    """Returns how many clips of each counted source are taken: as many as its cap and the weights of all allow."""
    most = {
        source.source: min(there[source.source], source.cap if source.cap is not None else there[source.source])
        for source in sources
        if source.source in there
    }
    if all(source.weight is None for source in sources):
        return most
    weights = {source.source: 1.0 if source.weight is None else source.weight for source in sources}
    # A source all of whose clips are left out must not take those of the others with it.
    scale = min((most[name] / weight for name, weight in weights.items() if most[name]), default=0.0)
    # A whisker above: 0.3 * 10 / 0.1 should be 30 clips, not 29.
    return {name: min(most[name], int(scale * weight + 1e-9)) for name, weight in weights.items()}
