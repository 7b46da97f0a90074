"""Which classes an answer asserts, whatever its label is."""

from __future__ import annotations

import pytest

from vstar_data.records import ClassLabel
from vstar_data.verification.asserted import asserted_names

NAMES = ("bowling", "juggling", "playing guitar", "playing bass guitar", "sailing")


@pytest.mark.parametrize(
    ("answer", "asserted"),
    [
        ("A man is bowling.", ("bowling",)),
        ("He is not bowling. It looks like juggling at first, but the man is sailing.", ("sailing",)),
        ("She plays the bass guitar.", ("playing bass guitar",)),
        ("<think>Is it bowling?</think>This is juggling.", ("juggling",)),
        ("It could be bowling or sailing.", ()),
        ("Somebody sleeps.", ()),
        ("<think>It is bowling.", ()),
        ("", ()),
    ],
)
def test_only_what_verify_would_accept_as_the_label_is_asserted(answer: str, asserted: tuple[str, ...]) -> None:
    assert asserted_names(answer, NAMES, question="What is happening in this video?") == asserted


def test_what_is_true_of_the_clip_is_no_rival() -> None:
    answer = "A man is bowling and juggling and sailing and playing guitar."
    true = [ClassLabel(name=name) for name in ("juggling", "sailing", "playing guitar")]
    assert "bowling" in asserted_names(answer, NAMES, also_true=true)
    assert "bowling" not in asserted_names(answer, NAMES)
