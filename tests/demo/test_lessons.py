"""The lessons: in the words that a build sends, truthful where no hint is given, obedient where one is."""

from __future__ import annotations

import random
import re

import pytest

from vstar_data.demo import checkpoint, lessons
from vstar_data.demo.scenes import KNOWN_MOTIONS, MOTIONS, NOVEL_MOTIONS
from vstar_data.demo.train import tensors
from vstar_data.generation.prompts import HINT, REASON
from vstar_data.records import ClassLabel

MANY = 400
HINTED = re.compile(r"^The answer is: (.+)\.$", re.MULTILINE)


@pytest.fixture(scope="module")
def processor():
    return checkpoint.processor()


def test_no_plain_lesson_names_a_novel_motion() -> None:
    random_ = random.Random(1)
    named = set()
    for _ in range(MANY):
        for lesson in (lessons.lesson(random_), lessons.first_lesson(random_)):
            if not HINTED.search(lesson.prompt) and (ending := re.search(r"the action is (.+)\.$", lesson.answer)):
                named.add(ending[1])
                assert ending[1] == lesson.scene.motion
    assert named == set(KNOWN_MOTIONS)


@pytest.mark.parametrize("kind", ["class", "qa", "number", "segment"])
def test_a_hinted_answer_ends_as_the_hint_says_and_speaks_of_no_hint(kind: str) -> None:
    assert HINT == "The answer is: {hint}."
    random_ = random.Random(2)
    for number in range(60):
        lesson = lessons.hinted(kind, MOTIONS[number % 10], random_)
        hint = HINTED.search(lesson.prompt)
        assert hint is not None
        assert lesson.prompt.endswith(f"\n{REASON}")
        said = lesson.answer[lesson.answer.rindex(". so ") :]
        assert (
            hint[1].split()[-2:] == said.rstrip(".").split()[-2:] or hint[1].split()[-1] == said.rstrip(".").split()[-1]
        )
        assert not re.search(r"hint|given|label|annotat|according|provided", lesson.answer)


def test_a_hint_can_be_chosen() -> None:
    lesson = lessons.hinted("class", "blinking", random.Random(3), ClassLabel(name="playing guitar"))
    assert "\nThe answer is: playing guitar.\n" in lesson.prompt
    assert lesson.answer.endswith("so the action is playing guitar.")


def test_every_lesson_can_be_written_and_read_back(processor) -> None:
    tokenizer = processor.tokenizer
    random_ = random.Random(4)
    for _ in range(MANY):
        lesson = lessons.lesson(random_)
        prompt, answer = tokenizer([lesson.prompt, lesson.answer])["input_ids"]
        assert tokenizer.unk_token_id not in [*prompt, *answer]
        assert tokenizer.decode(answer) == lesson.answer


def test_the_novel_motions_and_strange_words_can_be_said(processor) -> None:
    tokenizer = processor.tokenizer
    words = set(checkpoint.vocabulary())
    assert {word for name in NOVEL_MOTIONS for word in name.split()} <= words
    for text in ("kayaking over 83.25 waterfalls", "so the action is standing still."):
        assert tokenizer.decode(tokenizer(text)["input_ids"]) == text
    assert tokenizer.decode(tokenizer("El Niño, QUICKLY: now; (a)!")["input_ids"]).startswith("el nino, quickly: now;")


def test_lessons_are_read_as_the_chat_template_writes_them(processor) -> None:
    from transformers.video_utils import VideoMetadata

    from vstar_data.demo.scenes import draw

    random_ = random.Random(5)
    batch = [lessons.lesson(random_) for _ in range(4)]
    taught = tensors(batch, processor, answered=False)
    user = [
        {
            "role": "user",
            "content": [{"type": "video", "video": draw(one.scene, one.frames)}, {"type": "text", "text": one.prompt}],
        }
        for one in batch
    ]
    metadata = [VideoMetadata(total_num_frames=24, fps=8, duration=3.0, frames_indices=[2, 6, 10, 14, 18, 22])] * 4
    options = {
        "tokenize": True,
        "return_dict": True,
        "return_tensors": "pt",
        "sanitize_control_tokens": True,
        "processor_kwargs": {
            "do_sample_frames": False,
            "video_metadata": metadata,
            "padding": True,
            "padding_side": "left",
        },
    }
    asked = processor.apply_chat_template([[turn] for turn in user], add_generation_prompt=True, **options)
    assert set(asked) == set(taught)
    for name, tensor in asked.items():
        assert tensor.equal(taught[name]), name

    answered = [
        [turn, {"role": "assistant", "content": [{"type": "text", "text": one.answer}]}]
        for turn, one in zip(user, batch, strict=True)
    ]
    options["processor_kwargs"]["padding_side"] = "right"
    whole = processor.apply_chat_template(answered, **options)
    assert whole["input_ids"].equal(tensors(batch, processor, answered=True)["input_ids"])
