"""The pieces that a report is made of: escaping, evidence, examples, errors and drawings, each by itself."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dataset.judged_samples import CLIPS, judged
from vstar_data.dataset.judged import Judged
from vstar_data.labels import BoxLabel, ClassLabel, Label, NumberLabel, SegmentLabel, TimestampLabel
from vstar_data.records import Mode, RejectReason, TargetVerdict
from vstar_data.reporting.charts import Interval, Named, grid, histogram, intervals, stacked
from vstar_data.reporting.choice import WANTED, Choice
from vstar_data.reporting.deviations import ENDS, Deviations
from vstar_data.reporting.evidence import Passage, marked, passages
from vstar_data.reporting.markup import Html, line, tag, visible

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
PLAIN = st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x24F), max_size=60)


@given(TEXTS, TEXTS)
def test_no_text_ends_an_element_or_an_attribute(text: str, value: str) -> None:
    made = tag("p", text, title=value)
    assert made.count("<") == 2
    assert made.count('"') == 2


@given(PLAIN)
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert html.unescape(tag("p", text)) == f"<p>{visible(text)}</p>"
    assert visible(text).replace("⟨U+00AD⟩", "\xad") == text


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "<"), 1200, None, hidden=None) == "<p><b>&lt;</b>1,200</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("a\x7fb", "a␡b"),
        ("a\nb", "a\nb"),
        ("Zoë 滑り台", "Zoë 滑り台"),
    ],
)
def test_signs_stand_for_what_cannot_be_seen(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_line_is_one_line_of_bounded_length() -> None:
    assert line("a\n b\t c") == "a b c"
    assert line("ab" * 10_000_000, 10) == "ababababa…"
    assert line("x" * 10, 10) == "x" * 10


def passage(text: str, part: str, *, accepted: bool = True) -> Passage:
    start = text.index(part)
    return Passage(start, start + len(part), accepted)


def test_evidence_is_marked_in_code_points() -> None:
    text = "🎻 a man 🎸 is <juggling> balls"
    assert marked(text, [passage(text, "<juggling>")]) == (
        '🎻 a man 🎸 is <mark class="good">&lt;juggling&gt;</mark> balls'
    )


def test_overlapping_evidence_shows_the_rejection() -> None:
    text = "one two three"
    made = marked(text, [passage(text, "one two"), passage(text, "two three", accepted=False)])
    assert re.findall(r'class="(\w+)">([^<]*)<', made) == [("good", "one "), ("bad", "two"), ("bad", " three")]


def test_a_long_answer_is_shown_around_its_evidence() -> None:
    text = "a" * 5000 + "HERE" + "b" * 5000
    made = marked(text, [passage(text, "HERE")])
    assert '<mark class="good">HERE</mark>' in made
    assert len(made) < 2000
    left_out = sum(int(number.replace(",", "")) for number in re.findall(r"\[([\d,]+) characters", made))
    shown = re.sub(r"<span.*?</span>|<[^>]*>", "", made)
    assert left_out + len(shown) == len(text)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.booleans()), max_size=5))
def test_no_evidence_changes_the_text(text: str, spans: list[tuple[int, int, bool]]) -> None:
    verdicts = [TargetVerdict(accepted=accepted, evidence=(start, end)) for start, end, accepted in spans]
    made = marked(text, passages(text, verdicts))
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", made)) == visible(text)


def offered(number: int, reason: RejectReason | None, mode: Mode = Mode.DIRECT) -> Judged:
    clip = replace_id(CLIPS[number % 4], number)
    return judged(clip, f"answer {number}", reason, mode=mode)


def replace_id(clip: Any, number: int) -> Any:
    import msgspec

    return msgspec.structs.replace(clip, id=f"circus/{number}")


def test_examples_do_not_depend_on_the_order_of_the_answers() -> None:
    answers = [offered(number, RejectReason.ABSENT) for number in range(60)]
    one, other = Choice(), Choice()
    for answer in answers:
        one.offer(answer)
    for answer in reversed(answers):
        other.offer(answer)
    assert [answer.id for answer in one.chosen()] == [answer.id for answer in other.chosen()]
    assert len(one.chosen()) == WANTED


def test_a_rare_reason_and_mode_are_among_the_examples() -> None:
    choice = Choice()
    for number in range(500):
        choice.offer(offered(number, RejectReason.ABSENT))
    choice.offer(offered(500, RejectReason.LEAK, Mode.RATIONALIZED))
    choice.offer(offered(501, RejectReason.NEGATED))
    reasons = [answer.verdict.reasons[0] for answer in choice.chosen()]
    assert {RejectReason.LEAK, RejectReason.NEGATED} < set(reasons)
    assert len(reasons) == WANTED


def test_examples_are_about_different_clips_while_there_are_any() -> None:
    choice = Choice()
    for number in range(20):
        for sample in range(2):
            answer = offered(number, RejectReason.ABSENT)
            choice.offer(replace(answer, completion=_sample(answer, sample)))
    assert len({answer.clip.id for answer in choice.chosen()}) >= WANTED // 2


def _sample(answer: Judged, sample: int) -> Any:
    import msgspec

    return msgspec.structs.replace(answer.completion, sample_index=sample)


def read(target: Label, parsed: str | None, score: float, reason: RejectReason | None = None) -> Deviations:
    found = Deviations()
    verdict = TargetVerdict(accepted=reason is None, reason=reason, parsed=parsed, score=score)
    found.add("s", target, ("time",), verdict)
    return found


BALLS = NumberLabel(name="balls", value=-10.0, tolerance=1.0)


@pytest.mark.parametrize(
    ("parsed", "score", "at"),
    [("-10", 1.0, 0), ("-12", 0.8, -2), ("-8", 0.8, 2), ("-1e9", 0.0, -ENDS), ("1e300", 0.0, ENDS), ("-11--7", 0.7, 3)],
)
def test_errors_of_numbers_keep_their_sign(parsed: str, score: float, at: int) -> None:
    found = read(BALLS, parsed, score)
    assert found.relative == {at: 1}


def test_errors_add_up_in_the_unit_of_the_target() -> None:
    found = read(BALLS, "-12", 0.8, RejectReason.WRONG_VALUE)
    quantity = found.quantities["s", "balls"]
    assert (quantity.answers, quantity.read, quantity.accepted) == (1, 1, 0)
    assert quantity.off == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("parsed", "reason"), [(None, RejectReason.ABSENT), ("-10", RejectReason.HEDGED), ("many", RejectReason.ABSENT)]
)
def test_what_cannot_be_read_or_is_taken_back_counts_as_unread(parsed: str | None, reason: RejectReason) -> None:
    found = read(BALLS, parsed, 0.0, reason)
    assert found.unread == {"number": 1}
    assert not found.relative


def test_times_and_overlaps() -> None:
    assert read(TimestampLabel(name="bell", time=3.0), "4-5", 0.0, RejectReason.WRONG_TIME).moments == {6: 1}
    assert read(SegmentLabel(name="bell", start=1, end=2), "1-2", 1.0).overlaps == {"segment": {9: 1}}
    assert read(BoxLabel(name="cup", time=1.0, box=(0, 0, 1, 1)), "[0, 0, 1, 1]", 0.55).overlaps == {"box": {5: 1}}
    assert read(ClassLabel(name="juggling"), "juggling", 1.0) == Deviations()


NAMED = Named("x", "A & B", "<b>")


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: stacked(NAMED, {"</svg><script>": {"a": 0.5}, "\x01\x02": {}}, {"a": "var(--direct)"}, axis="share"),
        lambda: intervals(NAMED, {"</svg><script>": Interval(0.5, 0.2, 0.9)}, axis="share"),
        lambda: grid(NAMED, {("</svg>", "class"): 3, ("leak", "class"): 0}, {"class": 9, "</svg><script>": 0}),
        lambda: histogram(NAMED, [("</svg><script>", {"a": 2})], {"a": "var(--direct)"}, axis="<script>"),
    ],
    ids=["stacked", "intervals", "grid", "histogram"],
)
def test_names_in_a_drawing_are_text(drawn: Any) -> None:
    made: Html = drawn()
    assert made.count("</svg>") == 1
    assert "<script" not in made
    assert "&lt;/svg&gt;" in made
    assert "A &amp; B" in made
    assert "var(--" in made


def test_names_that_are_cut_alike_stay_apart() -> None:
    rows = {"x" * 100 + end: Interval(0.5, 0.4, 0.6) for end in "ab"}
    assert intervals(NAMED, rows, axis="share").count("<circle") + intervals(NAMED, rows, axis="s").count("<path") >= 2
