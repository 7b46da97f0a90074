"""Has a model write questions, for a source and for single clips, and keeps every text that it makes.

The texts lie in the run's folder `written/`, append-only like completions: a build that is stopped goes on behind the
last of them. What becomes a question of them, and what of it gives its answer away, `vstar_data.questions` decides.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vstar_data.engines.engine import Engine
from vstar_data.errors import RunError
from vstar_data.generation.keys import seed_of, text_key
from vstar_data.generation.prompts import for_clip, for_source
from vstar_data.generation.store import CompletionStore
from vstar_data.questions.bank import askings_of
from vstar_data.questions.lint import leaked
from vstar_data.questions.rivals import rival_names
from vstar_data.questions.settings import QuestionSettings, WrittenSettings
from vstar_data.questions.written import WRITTEN_KINDS, WrittenQuestions, cleaned
from vstar_data.records import ClassLabel, Clip, Message, Mode, Request, Sampling

_AT_ONCE = 10
"""Wordings that are asked for in one request, each time with other class names."""

_BLOCK = 0


@dataclass(frozen=True)
class Writer:
    """What writes questions.

    Attributes:
        store: Where its texts are kept.
        fingerprint: The engine's, known without opening it.
        model: The model as it is published.
        open_engine: Loads the engine; called only where a text is missing.
        say: Told how many texts are to be made, before the engine is opened, and what came of them.
        tick: Called once a text.
    """

    store: CompletionStore
    fingerprint: str
    model: str
    open_engine: Callable[[], Engine]
    say: Callable[[str], None] = lambda text: None
    tick: Callable[[], None] = lambda: None


def write_questions(writer: Writer, clips: Sequence[Clip], settings: QuestionSettings) -> WrittenQuestions:
    """Returns the questions that a model writes about clips; makes only the texts that are not there yet.

    Args:
        writer: What writes.
        clips: The clips of the run.
        settings: Which kinds are asked about; `written` must not be None.

    Raises:
        RunError: A text could not be made; those that were made are kept.
    """
    assert settings.written is not None
    wanted = list(_requests(clips, settings, settings.written, writer.fingerprint))
    texts = _texts(writer, wanted)
    of_source: dict[str, dict[str, None]] = {}
    of_clip: dict[str, tuple[str, ...]] = {}
    for request in wanted:
        questions = cleaned(texts.get(request.key, ""))
        if request.clip_id:
            of_clip[request.question_id.removeprefix("written:")] = questions[: settings.written.per_clip]
        else:
            of_source.setdefault(_source_of(request), {}).update(dict.fromkeys(questions))
    names = rival_names(clips)
    pools = {
        source: tuple(_naming_no_class(pool, names[source]))[: settings.written.per_source]
        for source, pool in of_source.items()
    }
    wordings, about_clips = sum(map(len, pools.values())), sum(map(len, of_clip.values()))
    writer.say(f"written questions, before the lint: {wordings} wordings for sources, {about_clips} about clips")
    return WrittenQuestions(writer.model, pools, of_clip)


def _naming_no_class(wordings: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Yields the wordings that name none of the classes: one that names another class misleads."""
    classes = [ClassLabel(name=name) for name in names]
    return (text for text in wordings if not any(leaked(text, each) for each in classes))


def _requests(
    clips: Sequence[Clip], settings: QuestionSettings, written: WrittenSettings, fingerprint: str
) -> Iterator[Request]:
    if written.per_source and "class" in settings.kinds:
        for source, names in rival_names(clips).items():
            if "#" not in source and names:
                yield from _for_source(source, names, written, fingerprint)
    if written.per_clip:
        for clip in clips:
            for kind in WRITTEN_KINDS:
                for question_id, asking in askings_of(clip, kind, settings.most) if kind in settings.kinds else ():
                    messages = for_clip(asking.targets, written.per_clip)
                    yield _request(f"written:{question_id}", clip.id, 0, messages, written, fingerprint)


def _for_source(source: str, names: Sequence[str], written: WrittenSettings, fingerprint: str) -> Iterator[Request]:
    for number in range(-(-written.per_source // _AT_ONCE)):
        chance = random.Random(f"{written.seed}/{source}/{number}")
        shown = chance.sample(names, min(written.names_shown, len(names)))
        yield _request(f"written:{source}", "", number, for_source(shown, _AT_ONCE), written, fingerprint)


def _source_of(request: Request) -> str:
    return request.question_id.removeprefix("written:")


def _request(
    question_id: str,
    clip_id: str,
    number: int,
    messages: tuple[Message, ...],
    written: WrittenSettings,
    fingerprint: str,
) -> Request:
    sampling = Sampling(max_new_tokens=written.max_new_tokens, temperature=written.temperature, top_k=0, top_p=1.0)
    seed = seed_of(written.seed, question_id, Mode.DIRECT, number)
    return Request(
        key=text_key(messages=messages, fingerprint=fingerprint, sampling=sampling, seed=seed),
        question_id=question_id,
        clip_id=clip_id,
        mode=Mode.DIRECT,
        sample_index=number,
        seed=seed,
        messages=messages,
        sampling=sampling,
        frames=None,
    )


def _texts(writer: Writer, wanted: Iterable[Request]) -> dict[str, str]:
    """Returns the text of each request by its key; requests that failed for good have none."""
    held = writer.store.read(_BLOCK)
    requests = list(wanted)
    missing = [request for request in requests if not held.settled(request.key)]
    if missing:
        writer.say(f"{len(missing)} texts with questions are to be written; --limit and caps do not lessen them")
        engine = writer.open_engine()
        try:
            for first in range(0, len(requests), engine.capacity):
                # As if nothing had been made before: where rows of a batch shape each other, the same ones meet.
                batch = requests[first : first + engine.capacity]
                if all(held.settled(request.key) for request in batch):
                    continue
                again = held.completions if engine.batched else {}
                batch = [each for each in batch if each.key in again or not held.settled(each.key)]
                for request in batch:
                    engine.submit(request)
                left = len(batch)
                while left:
                    events = engine.collect()
                    writer.store.append(_BLOCK, [*events])
                    left -= len(events)
                    for event in events:
                        held.add(event)
                        writer.tick()
        finally:
            engine.close()
    left_over = [request for request in missing if not held.settled(request.key)]
    if left_over:
        raise RunError(
            f"{len(left_over)} questions could not be written.",
            found=held.problems.get(left_over[0].key),
            mend="run the same command again: a request is tried in three runs, then it is passed over",
        )
    return {key: completion.text for key, completion in held.completions.items()}
