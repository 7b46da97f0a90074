"""Properties: no text raises, evidence stays inside the answer, numbers and times survive being written down."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vstar_data.verification import verify
from vstar_data.verification.coordinates import boxes, iou
from vstar_data.verification.degenerate import proper
from vstar_data.verification.leaks import leak
from vstar_data.verification.numbers import digits, in_words
from vstar_data.verification.readings import readings
from vstar_data.verification.text import tokens_of
from vstar_data.verification.times import moments, overlap, spans
from vstar_data.verification.typos import one_edit

LABELS: list[dict[str, Any]] = [
    {"kind": "class", "name": "playing guitar"},
    {"kind": "sequence", "steps": ["open the door", "close the door"], "step_aliases": [["Open", "Op.Door"], []]},
    {"kind": "number", "name": "dive score", "value": 72.0, "minimum": 0, "maximum": 110},
    {"kind": "timestamp", "name": "the ball is released", "time": 2.4},
    {"kind": "segment", "name": "person opens the door", "start": 3.2, "end": 7.9},
    {"kind": "box", "name": "cup", "time": 2.0, "box": [0.1, 0.2, 0.4, 0.6]},
    {"kind": "qa", "question": "What?", "answer": "The cup.", "choices": ["The cup.", "The door."]},
    {"kind": "qa", "question": "Is it?", "answer": "yes"},
    {"kind": "relation", "subject": "person", "predicate": "lying_on", "object": "bed"},
    {"kind": "boolean", "name": "the two cups are the same", "holds": False},
    {"kind": "caption", "text": "a man pours milk"},
]
PIECES = (
    "the a man is not playing guitar or and , . ; : - ( ) [ ] { } \" ' % 3 7.9 0:03 1,234 1/2 from to between seconds "
    "frame never cup door A) B <think> </think> <answer> same different yes no opens closed ** | half point it "
    "them both another first second Op.Door"
)
LINE = "the man opens a red door and 3 people play guitar from 2.5 to 7 seconds near [0.1, 0.2, 0.3, 0.4] cup"
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=40).map(" ".join))


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_raises(answer: str, question: str) -> None:
    for mode in ("direct", "rationalized"):
        verdict = verify(answer, LABELS, question=question, class_names=("playing bass guitar", "door"), mode=mode)
        assert len(verdict.per_label) == len(LABELS)
        assert not verdict.accepted
        for target in verdict.per_label:
            if target.evidence is not None:
                assert 0 <= target.evidence[0] < target.evidence[1] <= len(answer)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_name_raises(name: str) -> None:
    if name.strip():
        verify("A man opens the door.", [{"kind": "class", "name": name}], class_names=(name + " x", "opening door"))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_parsers_keep_their_promises(text: str) -> None:
    parsed = tokens_of(text)
    for token in parsed.tokens:
        assert 0 <= token.start < token.end <= len(text)
    assert all(left.end <= right.start for left, right in zip(parsed.tokens, parsed.tokens[1:], strict=False))
    assert [place for begin, end in parsed.sentences for place in range(begin, end)] == list(range(len(parsed.tokens)))
    for reading in readings(parsed):
        assert reading.low <= reading.high
    for moment in moments(parsed):
        assert moment.start < moment.end <= len(text)
    spans(parsed, 10.0)
    for found in boxes(text):
        assert found.start < found.end <= len(text)
    assert (body := proper(text)) is None or len(body) <= len(text)
    leak(text)


@given(st.floats(0, 1e6), st.integers(0, 3))
def test_digits_reads_what_was_written(value: float, places: int) -> None:
    written = f"{value:.{places}f}"
    assert digits(written) == pytest.approx(float(written))
    assert digits(f"{int(value):,}") == int(value)


@given(st.integers(0, 999_999))
def test_number_words_are_read(value: int) -> None:
    from num2words import num2words

    words = num2words(value).replace("-", " ").replace(",", "").split()
    assert in_words(words) == (value, len(words))


@given(st.integers(0, 99))
def test_halves_are_read(value: int) -> None:
    from num2words import num2words

    words = [*num2words(value).replace("-", " ").split(), "and", "a", "half"]
    assert in_words(words) == (value + 0.5, len(words))


@given(st.integers(0, 7000), st.integers(1, 600))
def test_clock_spans_are_read(start: int, length: int) -> None:
    def clock(seconds: int) -> str:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    (found,) = spans(tokens_of(f"It happens from {clock(start)} to {clock(start + length)}."))
    assert (found.begin, found.finish) == (start, start + length)


@given(st.tuples(*[st.floats(0, 100)] * 4))
def test_overlap_is_symmetric_and_bounded(ends: tuple[float, float, float, float]) -> None:
    one = overlap(*ends)
    assert 0.0 <= one <= 1.0
    assert one == pytest.approx(overlap(ends[2], ends[3], ends[0], ends[1]))
    if ends[0] < ends[1]:
        assert overlap(ends[0], ends[1], ends[0], ends[1]) == 1.0


@given(st.tuples(*[st.floats(0, 1)] * 4), st.tuples(*[st.floats(0, 1)] * 4))
def test_box_iou_is_symmetric_and_bounded(
    left: tuple[float, float, float, float], right: tuple[float, float, float, float]
) -> None:
    assert 0.0 <= iou(left, right) <= 1.0 + 1e-9
    assert iou(left, right) == pytest.approx(iou(right, left))


@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_one_edit_sees_each_kind_of_slip(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert one_edit(word, word[:place] + word[place + 1 :])
    assert one_edit(word, word[:place] + "z" + word[place + 1 :])
    assert one_edit(word[:place] + "z" + word[place:], word)
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    assert one_edit(word, swapped) == (word != swapped)
    assert not one_edit(word, word)


@pytest.mark.parametrize("label", LABELS, ids=[f"{place}-{label['kind']}" for place, label in enumerate(LABELS)])
def test_a_long_answer_takes_bounded_time(label: dict[str, Any]) -> None:
    words = LINE.split()
    state, chosen = 1, []
    for _ in range(10_000):
        state = (state * 1103515245 + 12345) % 2**31
        fresh = "".join(chr(97 + int(digit)) for digit in str(state))
        chosen.append(fresh if state % 5 == 0 else words[(state >> 8) % len(words)])
    for answer in (" ".join(chosen), ". ".join(chosen)):
        begin = time.process_time()
        verdict = verify(answer, [label], question="What happens?", class_names=("opening door", "playing bass guitar"))
        assert time.process_time() - begin < 8
        assert "degenerate" not in verdict.reasons
