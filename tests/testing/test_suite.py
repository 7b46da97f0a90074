"""Each check finds what it is there for, in an adapter that is good but for that, and is silent about a good one."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.testing.bad_adapters import Good, clip, giving, skipped
from vstar_data.demo.clips import render
from vstar_data.errors import AnnotationError, UsageError
from vstar_data.records import (
    BoxLabel,
    CaptionLabel,
    ClassLabel,
    QALabel,
    RelationLabel,
    SegmentLabel,
    SequenceLabel,
    Split,
    TimestampLabel,
)
from vstar_data.testing import Outcome, Report, Result, check_adapter

FAILED, WARNING, PASSED, NOT_CHECKED = Outcome.FAILED, Outcome.WARNING, Outcome.PASSED, Outcome.NOT_CHECKED


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    path = tmp_path / "rows.txt"
    path.write_text("rows", encoding="utf-8")
    return path


def only(report: Report) -> Result:
    """Returns the one result that is neither passed nor unchecked: each test spoils one thing only."""
    (result,) = (*report.failed, *report.warnings)
    return result


def test_a_good_adapter_passes_every_check(annotations: Path) -> None:
    report = check_adapter(Good(), annotations)
    assert (report.failed, report.warnings, report.rows, report.clips) == ((), (), 2, 2)
    assert report.of("deterministic").outcome is PASSED
    assert "one in another process" in report.of("deterministic").detail
    assert [result.name for result in report.results if result.outcome is NOT_CHECKED] == [
        "videos found", "times in the clip", "times in the video", "boxes", "flat memory",
    ]  # fmt: skip


def test_the_text_of_a_report_is_a_table_with_examples_and_a_summary(annotations: Path) -> None:
    text = str(check_adapter(giving([clip("a"), *(skipped(f"rows.txt:{line}") for line in range(2, 7))]), annotations))
    lines = text.splitlines()
    (place,) = (number for number, line in enumerate(lines) if line.startswith("rows give clips"))
    assert lines[place].split("  ")[-1] == "1 of 6 rows gave a clip; skipped 83.3 %: 5 malformed_row"
    assert [line.strip() for line in lines[place + 1 : place + 5]][:3] == [
        f"- rows.txt:{line}: not what it should be" for line in (2, 3, 4)
    ]
    assert lines[place + 4].startswith("unique ids")
    assert lines[-1].startswith("giving: 6 rows, 1 clip; checks: ")


@pytest.mark.parametrize(
    ("rows", "name", "outcome", "parts"),
    [
        ([clip("a"), clip("a", video="b.mp4")], "unique ids", FAILED, ["1 clip ", "a, video b.mp4"]),
        ([clip("a"), clip("a")], "unique ids", WARNING, ["1 row repeated"]),
        ([clip("a", video="/data/a.mp4")], "names", FAILED, ["/data/a.mp4: an absolute path"]),
        ([clip("a", video="C:\\a.mp4")], "names", FAILED, ["an absolute path"]),
        ([clip("/data/a", video="a.mp4")], "names", FAILED, ["id /data/a: an absolute path"]),
        ([clip("a", video="x/../../a.mp4")], "names", FAILED, ["climbs out"]),
        ([clip("a", video="a\x00.mp4")], "names", FAILED, ["a\\x00.mp4: holds what is no text"]),
        ([clip("a ", video="a.mp4")], "names", FAILED, ["blanks at its ends"]),
        ([clip("a"), skipped("rows.txt:2")], "rows give clips", WARNING, ["1 of 2 rows", "50.0 %: 1 malformed_row"]),
        ([clip("a", ClassLabel(name="juggling "))], "clean texts", FAILED, ["1 text ", "'juggling '"]),
        ([clip("a", ClassLabel(name="jug\nling"))], "clean texts", FAILED, ["'jug\\nling'"]),
        ([clip("a", QALabel(question="why?", answer=" so"))], "clean texts", FAILED, ["' so'"]),
        ([clip("a", CaptionLabel(text="so it is "))], "clean texts", FAILED, ["'so it is '"]),
        ([clip("a", ClassLabel(name="playing_guitar"))], "plain words", WARNING, ["underscores for spaces"]),
        ([clip("a", SequenceLabel(steps=("BoilWater",)))], "plain words", WARNING, ["words run together"]),
        ([clip("a", RelationLabel(subject="o12", predicate="on", object="a cup"))], "plain words", WARNING, ["'o12'"]),
        ([clip("a", SegmentLabel(name="042", start=0, end=1))], "plain words", WARNING, ["a number or a code"]),
        ([clip("a", ClassLabel(name="high jump")), clip("b", ClassLabel(name="High  Jump"))], "one spelling", WARNING,
         ["1 name unlike another", "'high jump' and 'High  Jump'"]),
        ([clip("a", SegmentLabel(name="a jump", start=4, end=9), start=10, end=18)], "times in the clip", FAILED,
         ["a label at 9 s, the clip is 8 s long"]),
        ([clip("a", TimestampLabel(name="a jump", time=12), start=10, end=18)], "times in the clip", FAILED, ["12 s"]),
        ([clip("a", SegmentLabel(name="a jump", start=4, end=9), metadata={"duration": 6})], "times in the video",
         FAILED, ["9 s long", "the duration is given as 6 s"]),
        ([clip("a", start=10, end=18, metadata={"duration": 8.0})], "times in the video", WARNING, ["reaches to 18 s"]),
        ([clip("a", BoxLabel(name="cup", time=0, box=(0.1, 0.1, 0.101, 0.5)))], "boxes", WARNING, ["1 label of 1 too"]),
        ([clip("a"), clip("b", video="a.mp4", split=Split.TEST)], "splits share no video", WARNING,
         ["train and test share 1 video", "a.mp4"]),
        ([clip("a", metadata={"tags": object()})], "plain records", FAILED, ["1 row with something"]),
        ([clip("a", license=None)], "licence", WARNING, ["1 of 1 clip without `license`"]),
    ],
)  # fmt: skip
def test_a_fault_in_the_rows_is_found_and_nothing_else(
    annotations: Path, rows: list[Any], name: str, outcome: Outcome, parts: list[str]
) -> None:
    found = only(check_adapter(giving(rows), annotations))
    assert (found.name, found.outcome) == (name, outcome)
    text = "\n".join([found.detail, *found.examples])
    assert [part for part in parts if part not in text] == []


def test_a_clip_without_labels_fails(annotations: Path) -> None:
    bare = msgspec.structs.replace(clip("a"), labels=())
    assert only(check_adapter(giving([bare]), annotations)) == Result(
        "labels", FAILED, "1 clip without any label", ("a",)
    )


def test_a_box_outside_of_the_picture_fails_however_it_was_made(annotations: Path) -> None:
    label = BoxLabel(name="cup", time=0, box=(0.1, 0.1, 0.4, 0.5))
    msgspec.structs.force_setattr(label, "box", (10.0, 10.0, 40.0, 50.0))
    found = only(check_adapter(giving([clip("a", label)]), annotations))
    assert (found.name, found.outcome) == ("boxes", FAILED)


def test_kinds_and_what_was_left_out_are_counted(annotations: Path) -> None:
    labels = (SegmentLabel(name="a jump", start=0, end=1), SegmentLabel(name="a fall", start=1, end=2))
    rows = [clip("a", *labels, metadata={"left_out": {"box": 2}}), clip("b", metadata={"left_out": {"box": 1}})]
    detail = check_adapter(giving(rows), annotations).of("labels").detail
    assert detail == "1 class, 2 segment; left out of their clips: 3 box"


def test_splits_go_by_the_id_of_the_video_where_there_is_one(annotations: Path) -> None:
    def row(name: str, split: Split, video_id: str) -> Any:
        return clip(name, video=f"{split.value}/{name}.mp4", split=split, metadata={"video_id": video_id})

    rows = [row("a", Split.TRAIN, "x"), row("b", Split.TEST, "x"), row("c", Split.VALIDATION, "x")]
    found = only(check_adapter(giving([*rows, row("d", Split.TEST, "y")]), annotations))
    assert (
        found.detail
        == "train and validation share 1 video; train and test share 1 video; validation and test share 1 video"
    )
    apart = [row("a", Split.TRAIN, "x"), row("b", Split.TEST, "y")]
    assert check_adapter(giving(apart), annotations).of("splits share no video").detail == "2 videos in 2 splits"


@pytest.mark.parametrize("rows", [[], [skipped("rows.txt:1")]], ids=["no rows", "no clips"])
def test_an_adapter_that_gives_no_clip_fails(annotations: Path, rows: list[Any]) -> None:
    report = check_adapter(giving(rows), annotations)
    assert [result.name for result in report.failed] == ["rows give clips"]
    assert (report.rows, report.clips) == (len(rows), 0)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (lambda: BoxLabel(name="cup", time=0, box=(10, 10, 40, 50)), "`box` must be xyxy"),
        (lambda: None, "neither a Clip nor a Skipped"),
    ],
    ids=["a box in pixels", "nothing"],
)
def test_an_adapter_that_fails_is_reported_with_what_it_gave_before(annotations: Path, row: Any, part: str) -> None:
    report = check_adapter(giving(lambda: (each() for each in (lambda: clip("a"), row))), annotations)
    (found,) = report.failed
    assert found.name == "reads to the end"
    assert found.detail.endswith("at record 2.")
    assert any(part in example for example in found.examples)
    assert report.clips == 1
    assert "deterministic" not in [result.name for result in report.results]


def test_rows_that_differ_from_pass_to_pass_fail(annotations: Path) -> None:
    numbers = itertools.count()
    found = only(check_adapter(giving(lambda: [clip(f"clip {next(numbers)}")]), annotations))
    assert (found.name, found.outcome) == ("deterministic", FAILED)


def test_another_order_fails(annotations: Path) -> None:
    chance = random.Random(3)
    rows = [clip(f"clip {number}") for number in range(50)]
    found = only(check_adapter(giving(lambda: chance.sample(rows, 50)), annotations))
    assert (found.name, found.outcome) == ("deterministic", FAILED)


def test_memory_that_grows_with_the_rows_fails(annotations: Path) -> None:
    def kept() -> Any:
        rows = []
        for number in range(8_000):
            rows.append(clip(f"clip {number}", metadata={"text": f"what is said of {number} " * 10}))
            yield rows[-1]

    def passing() -> Any:
        table = {number: f"class of {number}" for number in range(20_000)}
        seen = set()
        for number in range(8_000):
            seen.add(hash(number))
            yield clip(f"clip {number}", ClassLabel(name=table[number]), metadata={"text": f"said of {number} " * 10})

    found = only(check_adapter(giving(kept), annotations))
    assert (found.name, found.outcome) == ("flat memory", FAILED)
    assert "something is kept for each row" in found.detail
    flat = check_adapter(giving(passing), annotations).of("flat memory")
    assert flat.outcome is PASSED, flat


def test_an_adapter_that_holds_the_whole_file_draws_a_warning(
    annotations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held() -> Any:
        rows = [f"clip {number}" for number in range(50_000)]
        yield from (clip(name) for name in rows[:300])

    monkeypatch.setattr("vstar_data.testing.stability.WHOLE_FILE", 1024 * 1024)
    found = only(check_adapter(giving(held), annotations))
    assert (found.name, found.outcome) == ("flat memory", WARNING)
    annotations.write_bytes(b"x" * 20 * 1024 * 1024)
    assert check_adapter(giving(held), annotations).of("flat memory").outcome is PASSED


@pytest.mark.parametrize(
    ("doc", "needs", "name", "outcome"),
    [
        ("Bad: nothing is said of the rights.\n\nSource: https://example.org", None, "licence", FAILED),
        ("Bad: a licence of its own.\n\nSource: https://example.org", None, "licence", WARNING),
        ("Bad: what it is.\n\nLicence: CC0-1.0.", None, "source", FAILED),
        ("Bad: see https://example.org.\n\nLicence: CC0-1.0.", None, "source", WARNING),
        (Good.__doc__, "", "needs", FAILED),
        (Good.__doc__, "--annotations: a file", "needs", WARNING),
    ],
)
def test_what_an_adapter_does_not_state_is_found(
    annotations: Path, doc: str, needs: str | None, name: str, outcome: Outcome
) -> None:
    adapter = giving([clip("a")], doc, Good.needs if needs is None else needs)
    found = only(check_adapter(adapter, annotations))
    assert (found.name, found.outcome) == (name, outcome)


def test_clips_need_no_licence_where_the_docstring_says_that_none_is_known(annotations: Path) -> None:
    doc = "Bad: what it is.\n\nLicense: none was found.\n\nSource: https://example.org"
    assert check_adapter(giving([clip("a", license=None)], doc), annotations).warnings == ()


def test_videos_are_looked_up_and_measured(tmp_path: Path, annotations: Path) -> None:
    render(tmp_path / "videos", {Split.TRAIN: 2})
    (tmp_path / "videos" / "broken.mp4").write_bytes(b"no video")
    here = [clip("train-000", SegmentLabel(name="a light", start=0, end=1)), clip("train-001")]
    report = check_adapter(giving(here), annotations, tmp_path / "videos")
    assert report.warnings == report.failed == ()
    assert report.of("videos found").detail == "2 of 2 clips; 2 opened"
    assert report.of("times in the video").detail.startswith("2 clips held against files")

    lost = check_adapter(giving([*here, clip("gone"), clip("broken")]), annotations, tmp_path / "videos")
    assert only(lost).detail == "3 of 4 clips; 3 opened: 1 missing, 1 not_a_video"
    late = [clip("train-000", SegmentLabel(name="a light", start=0, end=99))]
    assert only(check_adapter(giving(late), annotations, tmp_path / "videos")).name == "times in the video"
    window = [clip("train-000", start=50.0, end=60.0)]
    assert only(check_adapter(giving(window), annotations, tmp_path / "videos")).outcome is FAILED
    none = check_adapter(giving([clip("gone")]), annotations, tmp_path / "videos")
    assert [result.name for result in none.failed] == ["videos found"]


def test_what_is_not_there_is_an_error_and_no_report(annotations: Path, tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="not there"):
        check_adapter(Good(), tmp_path / "absent")
    with pytest.raises(UsageError, match="video folder"):
        check_adapter(Good(), annotations, tmp_path / "absent")
