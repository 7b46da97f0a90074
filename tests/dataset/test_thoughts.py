"""The thought of a model that thinks aloud, parted from its answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vstar_data import verify
from vstar_data.dataset import split_thought


@pytest.mark.parametrize(
    ("text", "rationale", "answer"),
    [
        ("A man juggles.", None, "A man juggles."),
        ("<think>nothing follows</think> ", "nothing follows", ""),
        ("  spaces stay \n", None, "  spaces stay \n"),
        ("1 < 2 and <b>bold</b> are no thoughts", None, "1 < 2 and <b>bold</b> are no thoughts"),
        ("I think it is juggling.", None, "I think it is juggling."),
        ("<think>Three balls.</think>\n\nJuggling.", "Three balls.", "Juggling."),
        ("<THINK>Three balls.</THINK> Juggling.", "Three balls.", "Juggling."),
        ("<thinking>Balls.</thinking>Juggling.", "Balls.", "Juggling."),
        ("[THINK]Balls.[/THINK]Juggling.", "Balls.", "Juggling."),
        ("◁think▷Balls.◁/think▷Juggling.", "Balls.", "Juggling."),
        ("<think></think>Juggling.", None, "Juggling."),
        ("the template opened it</think>Juggling.", "the template opened it", "Juggling."),
        ("<think>cut off in the mid", "cut off in the mid", ""),
        ("Well. <think>cut off", "Well.\ncut off", ""),
        ("<think>a</think>Or <think>b</think>c", "a\nOr\nb", "c"),
        ("<think>a</think>Or <think>b", "a\nOr\nb", ""),
        ("<think>Balls.</think><answer>Juggling.</answer>", "Balls.", "Juggling."),
        ("<think>say <answer>x</answer></think><answer>y</answer>", "say\nx", "y"),
        ("<think>a</think>So: <answer>b</answer>", "a\nSo:", "b"),
        ("Balls fly. <answer>Juggling.</answer> Bye.", "Balls fly.", "Juggling."),
        ("<answer>Juggling.", None, "Juggling."),
        ("<answer>one</answer> or <answer>two</answer>", "one\nor", "two"),
        ("<REASONING>a</REASONING>b", "a", "b"),
        ("", None, ""),
    ],
)
def test_thought_and_answer(text: str, rationale: str | None, answer: str) -> None:
    assert split_thought(text) == (rationale, answer)


untagged = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<[◁"))


@given(untagged)
def test_text_without_tags_is_the_answer_unchanged(text: str) -> None:
    assert split_thought(text) == (None, text)


@given(untagged, untagged)
def test_what_is_thought_is_never_answered(thought: str, answer: str) -> None:
    parted = split_thought(f"<think>{thought}</think>{answer}")
    assert parted == (thought.strip() or None, answer.strip())


@given(st.lists(st.sampled_from(["<think>", "</think>", "<answer>a", "</answer>", "word ", "\n"]), max_size=12))
def test_an_answer_is_parted_only_once(parts: list[str]) -> None:
    answer = split_thought("".join(parts)).answer
    assert "think>" not in answer
    if "answer>" not in answer:
        assert split_thought(answer) == (None, answer)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("<think>Is it dancing?</think>The man is juggling.", True),
        ("<think>It is juggling.</think>The man is dancing.", False),
        ("Three balls fly. <answer>juggling</answer>", True),
        ("<think>It is juggling.", False),
    ],
)
def test_the_published_answer_is_what_was_judged(text: str, accepted: bool) -> None:
    labels = [{"kind": "class", "name": "juggling"}]
    assert verify(text, labels, class_names=["dancing"]).accepted == accepted
    assert verify(split_thought(text).answer, labels, class_names=["dancing"]).accepted == accepted
