"""Caps and weights: how many clips of each source are taken, always those with the smallest hashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generation.small_run import clip
from vstar_data.generation.run_folder import RunFolder, clip_order
from vstar_data.generation.selection import Selection, select, selection_of
from vstar_data.recipe.recipe import SourceSettings
from vstar_data.records import CaptionLabel, ClassLabel, Clip


def clips_of(numbers: Mapping[str, int], classes: int = 3) -> list[Clip]:
    made = [
        clip(f"{source}/{number}", source=source, labels=(ClassLabel(name=f"class {number % classes}"),))
        for source, count in numbers.items()
        for number in range(count)
    ]
    return sorted(made, key=clip_order)


def source(name: str, **caps: float) -> SourceSettings:
    return SourceSettings(adapter="table", name=name, **caps)  # type: ignore[arg-type]


def taken(clips: Sequence[Clip], *sources: SourceSettings, withheld: Mapping[str, str] | None = None) -> list[Clip]:
    selection = select(lambda: clips, sources, withheld or {}, {})
    return [each for each in clips if selection.takes(each)]


def test_without_caps_all_are_taken() -> None:
    clips = clips_of({"a": 20, "b": 5})
    assert taken(clips, source("a"), source("b")) == clips
    assert select(lambda: clips, [source("a"), source("b")], {}, {}).shares == {}


def test_a_cap_takes_the_first_of_its_source_alone() -> None:
    clips = clips_of({"a": 20, "b": 5})
    chosen = taken(clips, source("a", cap=7), source("b"))
    assert chosen == [*sorted([each for each in clips if each.source == "a"][:7] + clips_of({"b": 5}), key=clip_order)]
    assert taken(clips, source("a", cap=100), source("b")) == clips


def test_a_cap_of_classes_leaves_the_rare_ones_whole() -> None:
    clips = [*clips_of({"a": 30}), clip("a/rare", source="a", labels=(ClassLabel(name="rare"),))]
    clips.append(clip("a/none", source="a", labels=(CaptionLabel(text="a dog"),)))
    clips.append(clip("a/two", source="a", labels=(ClassLabel(name="rare"), ClassLabel(name="class 0"))))
    clips.sort(key=clip_order)
    chosen = taken(clips, source("a", class_cap=4))
    names = Counter(label.name for each in chosen for label in each.labels if isinstance(label, ClassLabel))
    assert names["rare"] == 2
    assert names["class 1"] == names["class 2"] == 4
    assert names["class 0"] in (4, 5)
    assert any(each.id == "a/none" for each in chosen)


def test_weights_share_out_what_the_scarcest_source_allows() -> None:
    clips = clips_of({"a": 100, "b": 10, "c": 100})
    numbers = Counter(each.source for each in taken(clips, source("a", weight=3), source("b", weight=1), source("c")))
    assert numbers == {"a": 30, "b": 10, "c": 10}
    numbers = Counter(each.source for each in taken(clips, source("a", weight=0.3), source("b", weight=0.1, cap=5)))
    assert numbers == {"a": 15, "b": 5, "c": 100}


def test_a_source_without_clips_takes_nothing_from_the_others() -> None:
    clips = clips_of({"a": 10, "b": 5})
    gone = {each.id: "excluded" for each in clips if each.source == "b"}
    assert len(taken(clips, source("a", weight=1), source("b", weight=1), withheld=gone)) == 10


def test_what_is_withheld_is_never_taken_and_uses_up_no_cap() -> None:
    clips = clips_of({"a": 20})
    gone = {clips[0].id: "excluded", clips[3].id: "excluded"}
    chosen = taken(clips, source("a", cap=5), withheld=gone)
    assert chosen == [clips[place] for place in (1, 2, 4, 5, 6)]


def test_a_selection_is_kept_in_the_run(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert selection_of(folder) == Selection()
    clips = clips_of({"a": 20, "b": 9})
    made = select(
        lambda: clips, [source("a", cap=3, class_cap=2), source("b", weight=2)], {"a/1": "excluded"}, {"x": "y"}
    )
    folder.write_selection(made)
    assert selection_of(folder) == made
    assert made.counts() == {"excluded": 1}


@pytest.mark.parametrize("caps", [{"cap": 0}, {"class_cap": 0}, {"weight": 0}, {"weight": float("inf")}])
def test_a_cap_that_takes_nothing_is_refused(caps: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(caps))):
        source("a", **caps)


@given(st.integers(1, 30), st.integers(0, 10), st.integers(1, 8))
def test_a_larger_cap_takes_all_that_a_smaller_one_takes(cap: int, more: int, class_cap: int) -> None:
    clips = clips_of({"a": 25})
    few = {each.id for each in taken(clips, source("a", cap=cap, class_cap=class_cap))}
    many = {each.id for each in taken(clips, source("a", cap=cap + more, class_cap=class_cap))}
    assert few <= many
    assert len(few) <= cap
