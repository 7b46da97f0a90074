"""Tests how a relation is read from a triple and a sequence from ordinals, and that many class names cost little."""

from __future__ import annotations

import time

import pytest

from vstar_data.records import RejectReason, RelationLabel, SequenceLabel
from vstar_data.verification import verify
from vstar_data.verification.kinds.ordinals import FIRST, LAST, ordinal, pinned
from vstar_data.verification.kinds.triples import triples


@pytest.mark.parametrize(
    "raw",
    [
        '{"subject": "boy", "predicate": "sitting_on", "object": "bench"}',
        "subject = boy; relation = sitting on; object = bench",
        "- Subject: boy\n- Predicate: sitting on\n- Object: bench",
        "boy -> sitting on -> bench",
        "| boy | sitting on | bench |",
    ],
)
def test_a_written_triple_is_read_in_any_notation(raw: str) -> None:
    assert triples(raw) == [("boy", "sitting on", "bench")]


@pytest.mark.parametrize("raw", ["", "The boy: he sits on a bench.", "a -> b", "subject: boy", "a > b > c > d"])
def test_what_is_no_triple_is_left_alone(raw: str) -> None:
    assert triples(raw) == []


def test_several_records_are_several_triples() -> None:
    raw = (
        '[{"subject": "cat", "predicate": "on", "object": "sofa"}, '
        '{"subject": "boy", "predicate": "holding", "object": "cup"}]'
    )
    assert triples(raw) == [("cat", "on", "sofa"), ("boy", "holding", "cup")]
    assert triples("cat -> on -> sofa\nboy -> holding -> cup") == [("cat", "on", "sofa"), ("boy", "holding", "cup")]


def test_a_triple_with_its_ends_exchanged_is_rejected() -> None:
    label = RelationLabel(subject="person", predicate="sitting_on", object="bench")
    turned = verify("bench -> sitting on -> boy", [label], question="How are they related?")
    assert not turned.accepted
    assert turned.reasons == (RejectReason.OTHER_SUBJECT,)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("step two: ", "", 2),
        ("3. ", "", 3),
        ("", " comes last", LAST),
        ("then, ", "", None),
        ("in between there is a ", ".", 50),
    ],
)
def test_an_ordinal_is_read_before_or_after_its_step(before: str, after: str, place: int | None) -> None:
    assert ordinal(before, after) == place


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("it all begins with ", "", FIRST),
        ("", " closes the routine", LAST),
        ("", " at the end of the table", None),
        ("", " and finally >", None),
    ],
)
def test_only_a_plain_statement_puts_a_step_first_or_last(before: str, after: str, place: int | None) -> None:
    assert pinned(before, after) == place


def test_hundreds_of_class_names_do_not_slow_a_sequence_down() -> None:
    names = [f"{verb} the thing{number}" for verb in ("peel", "cut", "boil", "serve") for number in range(150)]
    label = SequenceLabel(steps=("peel the carrot", "cut the carrot", "boil the carrot"))
    answer = "She peels the carrot, cuts it and boils it."
    verify(answer, [label], question="What happens, in order?", class_names=names)
    begun = time.process_time()
    verdict = verify(answer, [label], question="What happens, in order?", class_names=names)
    assert verdict.accepted
    assert time.process_time() - begun < 0.5
