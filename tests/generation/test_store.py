"""Completions on disk: what counts of what the files hold, whatever a crash left in them."""

from __future__ import annotations

import itertools
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.generation.small_run import RIGHT, block, clip, completion, failed, plan, question, state, tiny_frames
from vstar_data.errors import StorageError
from vstar_data.generation.block_state import Sample
from vstar_data.generation.store import ATTEMPTS, BlockEvents, CompletionStore, Event
from vstar_data.records import Completion, Failure, Mode, Request, UnusableClip, UnusableReason


def sample(number: int = 0) -> Sample:
    block_ = block()
    return state(block_, plan(block_)).sample(block_.questions[number], Mode.DIRECT, 0)


def made(text: str, number: int = 0) -> Completion:
    return completion(sample(number), text)


def failure(number: int = 0, detail: str = "it broke") -> Failure:
    one = sample(number)
    request = Request(
        key=one.key,
        question_id=one.question.id,
        clip_id=one.clip.id,
        mode=one.mode,
        sample_index=one.index,
        seed=one.seed,
        messages=one.messages,
        sampling=plan(block()).generate.sampling,
        frames=tiny_frames(clip("a")),
    )
    return msgspec.structs.replace(failed(request), detail=detail)


def unusable(reason: UnusableReason, identity: str = "i", detail: str = "") -> UnusableClip:
    return UnusableClip(clip_id="a", identity=identity, reason=reason, detail=detail)


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / "00000").mkdir(parents=True, exist_ok=True)
    (folder / "00000" / name).write_bytes(content)


def lines(*events: Event) -> bytes:
    return b"".join(msgspec.json.encode(event) + b"\n" for event in events)


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    store = CompletionStore(tmp_path)
    text = made('naïve 日本語 🙂\nwith "quotes" and \x00 and \u2028 inside')
    store.append(3, [text, failure(1)])
    store.append(3, [unusable(UnusableReason.TRUNCATED)])
    events = store.read(3)
    assert events.completions == {text.key: text}
    assert events.failures == {sample(1).key: 1}
    assert events.unusable == {("a", "i"): unusable(UnusableReason.TRUNCATED)}
    assert events.ignored_lines == 0
    assert store.read(4) == BlockEvents()


def test_a_process_has_one_file_a_block_of_its_own(tmp_path: Path) -> None:
    one, two = CompletionStore(tmp_path), CompletionStore(tmp_path)
    for store in (one, two, one, two):
        store.append(0, [made("x")])
    one.append(1, [made("x")])
    assert sorted(len(list(folder.iterdir())) for folder in tmp_path.iterdir()) == [1, 2]


def test_nothing_is_written_for_no_events(tmp_path: Path) -> None:
    CompletionStore(tmp_path / "completions").append(0, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_smallest_text_counts_whatever_the_order(order: tuple[int, ...], tmp_path: Path) -> None:
    texts = [made(RIGHT), made("Another text."), made("A third one.")]
    by_memory = BlockEvents()
    for place, number in enumerate(order):
        put(tmp_path, f"{place}.jsonl", lines(texts[number]))
        by_memory.add(texts[number])
    counted = CompletionStore(tmp_path).read(0).completions[sample().key]
    assert counted.text == min((text.text for text in texts), key=lambda text: sha256(text.encode()).digest())
    assert by_memory.completions[sample().key] == counted


def test_equal_texts_with_other_counts_have_one_winner(tmp_path: Path) -> None:
    one, two = made("x"), msgspec.structs.replace(made("x"), prompt_tokens=99)
    found = []
    for first, second in ((one, two), (two, one)):
        put(tmp_path, "a.jsonl", lines(first, second))
        found.append(CompletionStore(tmp_path).read(0).completions[one.key])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "garbage",
    [
        b'{"event": "completion", "key": "ab',
        lines(made("the last letter is torn: é"))[:-60].split("é".encode())[0] + b"\xc3",
        b"\x00" * 40,
        b"\xff\xfe\x80",
        b'{"event": "\xff"}',
        b'{"event": "other"}',
        b'{"event": "failure", "key": "a"}',
        b"null",
        b"[[[[[[",
        b" ",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_that_does_not_parse_is_ignored_and_counted(garbage: bytes, place: int, tmp_path: Path) -> None:
    parts = [lines(made("one", 0)), lines(made("two", 1))]
    parts.insert(place, garbage + (b"" if place == 2 else b"\n"))
    put(tmp_path, "a.jsonl", b"".join(parts))
    events = CompletionStore(tmp_path).read(0)
    assert {text.text for text in events.completions.values()} == {"one", "two"}
    assert events.ignored_lines == 1


def test_a_last_line_without_newline_counts_if_it_is_whole(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines(made("one"))[:-1])
    events = CompletionStore(tmp_path).read(0)
    assert (len(events.completions), events.ignored_lines) == (1, 0)


def test_every_torn_end_of_a_file_is_survived(tmp_path: Path) -> None:
    whole = lines(made("one", 0), made("zwei: ü", 1))
    first = len(lines(made("one", 0)))
    for end in range(first, len(whole)):
        put(tmp_path, "a.jsonl", whole[:end])
        events = CompletionStore(tmp_path).read(0)
        assert sample(0).key in events.completions
        assert events.ignored_lines == (end not in (first, len(whole) - 1)), end


def test_three_failures_settle_a_request(tmp_path: Path) -> None:
    store, key = CompletionStore(tmp_path), sample().key
    assert ATTEMPTS == 3
    for attempt in range(1, 4):
        store.append(0, [failure(0, f"attempt {attempt}"), failure(1)])
        events = store.read(0)
        assert events.failures[key] == attempt
        assert events.settled(key) == (attempt == 3)
    assert "attempt" in events.problems[key]
    assert sample(0).question.id in events.problems[key]


def test_a_completion_settles_a_request_also_after_failures() -> None:
    events = BlockEvents()
    events.add(failure())
    assert not events.settled(sample().key)
    events.add(made("x"))
    assert events.settled(sample().key)
    assert not events.settled("another key")
    assert events.failures == {sample().key: 1}


def test_a_verdict_on_a_clip_is_bound_to_the_content_of_its_file() -> None:
    one, two = unusable(UnusableReason.TOO_SHORT), unusable(UnusableReason.NO_FRAMES)
    mended = unusable(UnusableReason.TRUNCATED, identity="j")
    for order in ((one, two, mended), (mended, two, one)):
        events = BlockEvents()
        for event in order:
            events.add(event)
        assert events.unusable == {("a", "i"): two, ("a", "j"): mended}


def test_a_folder_that_cannot_be_made_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "completions").touch()
    with pytest.raises(StorageError) as caught:
        CompletionStore(tmp_path / "completions").append(2, [made("x")])
    assert caught.value.where == str(tmp_path / "completions" / "00002")


def test_a_file_that_cannot_be_read_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "00000" / "folder.jsonl").mkdir(parents=True)
    with pytest.raises(StorageError) as caught:
        CompletionStore(tmp_path).read(0)
    assert caught.value.where == str(tmp_path / "00000" / "folder.jsonl")


def test_questions_of_one_text_have_keys_of_their_own() -> None:
    assert question("a", 1).text == question("b", 1).text
    assert len({sample(number).key for number in range(6)}) == 6
