"""The rows of each format, as the tools read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.exporting.samples import dataset_of, rows_of, write
from vstar_data.dataset.reading import PublishedDataset

QUESTION = "What happens in the clip?"
ASKED = {"role": "user", "content": [{"type": "video", "text": None}, {"type": "text", "text": QUESTION}]}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> PublishedDataset:
    return dataset_of(tmp_path_factory.mktemp("published"))


def answered(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": [{"type": "text", "text": text}]}


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_trl_sft_is_conversations_with_videos(dataset: PublishedDataset, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"rows{suffix}"
    assert write(dataset, output, "trl-sft").rows == 2
    assert rows_of(output) == [
        {
            "id": "circus/a#0/direct-1",
            "videos": ["a.mp4"],
            "messages": [ASKED, answered("Three balls fly: juggling.")],
            "mode": "direct",
        },
        {
            "id": "circus/c#0/rationalized-0",
            "videos": ["c.mp4"],
            "messages": [ASKED, answered("High up on a rope: walking a tightrope.")],
            "mode": "rationalized",
        },
    ]


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_trl_dpo_is_pairs(dataset: PublishedDataset, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"rows{suffix}"
    write(dataset, output, "trl-dpo", modes=("direct",))
    assert rows_of(output) == [
        {
            "id": "circus/a#0",
            "videos": ["a.mp4"],
            "prompt": [ASKED],
            "chosen": [answered("Three balls fly: juggling.")],
            "rejected": [answered("Someone stands still.")],
        }
    ]


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_trl_grpo_is_each_question_once_answered_or_not(dataset: PublishedDataset, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"rows{suffix}"
    write(dataset, output, "trl-grpo")
    rows = {row["id"]: row for row in rows_of(output)}
    assert sorted(rows) == ["circus/a#0", "circus/a#1", "circus/c#0"]
    row = rows["circus/a#0"]
    assert json.loads(row["targets"]) == [{"kind": "class", "name": "juggling", "aliases": ["toss juggling"]}]
    assert row["class_names"] == ["juggling", "riding a unicycle", "walking a tightrope"]
    assert {key: row[key] for key in ("videos", "prompt", "question", "asks", "also_true", "duration")} == {
        "videos": ["a.mp4"],
        "prompt": [ASKED],
        "question": QUESTION,
        "asks": [["name"]],
        "also_true": "[]",
        "duration": None,
    }
    assert json.loads(rows["circus/a#1"]["targets"])[0]["value"] == 3.0


@pytest.mark.parametrize(("image_token", "token"), [(False, "<video>"), (True, "<image>")])
def test_llava_is_a_list_whose_first_line_is_the_video(
    dataset: PublishedDataset, tmp_path: Path, image_token: bool, token: str
) -> None:
    write(dataset, tmp_path / "rows.json", "llava", modes=("direct",), image_token=image_token)
    assert rows_of(tmp_path / "rows.json") == [
        {
            "id": "circus/a#0/direct-1",
            "video": "a.mp4",
            "conversations": [
                {"from": "human", "value": f"{token}\n{QUESTION}"},
                {"from": "gpt", "value": "Three balls fly: juggling."},
            ],
        }
    ]


def test_llamafactory_and_ms_swift_have_messages_and_videos(dataset: PublishedDataset, tmp_path: Path) -> None:
    assert write(dataset, tmp_path / "folder", "llamafactory").name == "juggling"
    write(dataset, tmp_path / "rows.jsonl", "ms-swift")
    rows = rows_of(tmp_path / "rows.jsonl")
    assert rows_of(tmp_path / "folder") == rows
    assert rows[0] == {
        "messages": [
            {"role": "user", "content": f"<video>{QUESTION}"},
            {"role": "assistant", "content": "Three balls fly: juggling."},
        ],
        "videos": ["a.mp4"],
    }


def test_dataset_info_names_the_columns_and_roles_of_the_rows(dataset: PublishedDataset, tmp_path: Path) -> None:
    write(dataset, tmp_path / "folder", "llamafactory")
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["data.jsonl", "dataset_info.json"]
    (entry,) = json.loads((tmp_path / "folder" / "dataset_info.json").read_text()).values()
    row = rows_of(tmp_path / "folder")[0]
    assert entry["file_name"] == "data.jsonl"
    assert entry["formatting"] == "sharegpt"
    assert set(entry["columns"].values()) == set(row)
    tags = entry["tags"]
    assert [turn[tags["role_tag"]] for turn in row["messages"]] == [tags["user_tag"], tags["assistant_tag"]]
    assert all(tags["content_tag"] in turn for turn in row["messages"])


@pytest.mark.parametrize("name", ["trl-sft", "trl-dpo", "trl-grpo"])
def test_the_columns_of_parquet_are_declared_not_guessed(dataset: PublishedDataset, tmp_path: Path, name: str) -> None:
    write(dataset, tmp_path / "train.parquet", name)
    write(dataset, tmp_path / "other.parquet", name, split="train", modes=("direct", "rationalized"))
    schema = pq.read_schema(tmp_path / "train.parquet")
    assert schema == pq.read_schema(tmp_path / "other.parquet")
    assert not any(str(field.type) == "null" for field in schema)


def test_another_split_is_exported_when_named(dataset: PublishedDataset, tmp_path: Path) -> None:
    write(dataset, tmp_path / "rows.json", "llava", split="validation")
    assert [row["id"] for row in rows_of(tmp_path / "rows.json")] == ["circus/b#0/direct-0"]
