"""The dataset folder as it is written, and as `datasets` loads it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import datasets
import pyarrow.parquet
import pytest

from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE, clip, judged
from vstar_data.arrow import UnusableRow
from vstar_data.dataset import Counts, Judged, annotations_digest, write_dataset
from vstar_data.dataset.schemas import CONFIGS, features_of, schema_of
from vstar_data.records import ClassLabel, Clip, Mode, RejectReason, UnusableReason

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def write(
    destination: Path,
    judged: list[Judged] = JUDGED,
    clips: list[Clip] = CLIPS,
    unusable: list[UnusableRow] = UNUSABLE,
    **options: Any,
) -> Counts:
    return write_dataset(
        destination,
        clips=iter(clips),
        unusable=iter(unusable),
        judged=iter(judged),
        provenance=PROVENANCE,
        **options,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_bytes())


def test_every_config_loads_with_its_declared_types(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    for config in CONFIGS:
        loaded = datasets.load_dataset(str(tmp_path / "dataset"), config)
        for split in loaded.values():
            assert split.features == datasets.Features.from_arrow_schema(schema_of(config))
            assert split.features.arrow_schema.equals(schema_of(config))


def test_sft_is_the_default_and_splits_are_those_of_the_rows(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    sft = datasets.load_dataset(str(tmp_path / "dataset"))
    assert {name: split["id"][:] for name, split in sft.items()} == {
        "train": ["circus/a#0/direct-1", "circus/c#0/rationalized-0"],
        "validation": ["circus/b#0/direct-0"],
    }
    rejected = datasets.load_dataset(str(tmp_path / "dataset"), "rejected", split="train")
    assert rejected["reasons"][:] == [["absent"], ["wrong_value"], ["refused"], ["rival"]]
    clips = datasets.load_dataset(str(tmp_path / "dataset"), "clips", split="train")
    assert clips["unusable"][:] == [None, None, "truncated"]
    assert json.loads(clips[1]["metadata"]) == {"angle": "left", "take": 2}
    assert (clips[1]["start"], clips[1]["end"]) == (1.5, 4.0)


def test_it_streams(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    rows = datasets.load_dataset(str(tmp_path / "dataset"), "sft", split="train", streaming=True)
    loaded = datasets.load_dataset(str(tmp_path / "dataset"), "sft", split="train")
    assert list(rows) == list(loaded)


@pytest.mark.parametrize("config", CONFIGS)
def test_features_in_the_card_are_those_of_the_library(config: str) -> None:
    expected = datasets.Features.from_arrow_schema(schema_of(config))._to_yaml_list()
    assert features_of(schema_of(config)) == expected


def test_nothing_accepted(tmp_path: Path) -> None:
    rejects = [answer for answer in JUDGED if not answer.verdict.accepted]
    counts = write(tmp_path / "dataset", rejects)
    assert counts.empty == manifest_of(tmp_path / "dataset")["empty"] == ["sft", "preference"]
    assert datasets.load_dataset(str(tmp_path / "dataset"), "rejected", split="train").num_rows == 4
    assert datasets.get_dataset_config_names(str(tmp_path / "dataset")) == ["rejected", "clips"]
    assert "No answer was accepted." in (tmp_path / "dataset" / "README.md").read_text()


def test_nothing_rejected(tmp_path: Path) -> None:
    counts = write(tmp_path / "dataset", [answer for answer in JUDGED if answer.verdict.accepted])
    assert counts.empty == ["rejected", "preference"]
    assert datasets.load_dataset(str(tmp_path / "dataset"))["train"].num_rows == 2


def test_no_clip_usable(tmp_path: Path) -> None:
    unusable = [
        UnusableRow(clip_id=clip.id, video=clip.video, reason=UnusableReason.MISSING, detail="") for clip in CLIPS
    ]
    counts = write(tmp_path / "dataset", [], unusable=unusable)
    assert counts.empty == ["sft", "rejected", "preference"]
    assert set(datasets.load_dataset(str(tmp_path / "dataset"), "clips", split="train")["unusable"]) == {"missing"}


def test_no_clip_at_all(tmp_path: Path) -> None:
    counts = write(tmp_path / "dataset", [], clips=[], unusable=UNUSABLE[1:])
    assert counts.empty == list(CONFIGS)
    assert "configs:" not in (tmp_path / "dataset" / "README.md").read_text()
    assert set(contents(tmp_path / "dataset")) == {"README.md", "manifest.json"}


def test_columns_without_a_single_value_keep_their_type(tmp_path: Path) -> None:
    write(tmp_path / "dataset", [JUDGED[1]])
    rows = datasets.load_dataset(str(tmp_path / "dataset"), "sft", split="train")
    for column, type_ in (("start", "float64"), ("end", "float64"), ("rationale", "string"), ("duration", "float64")):
        assert rows[column][:] == [None]
        assert rows.features[column].dtype == type_


def test_the_same_input_gives_the_same_bytes_in_another_process_too(tmp_path: Path) -> None:
    write(tmp_path / "one")
    code = """
        import sys
        from pathlib import Path
        from tests.dataset.judged_samples import CLIPS, JUDGED, PROVENANCE, UNUSABLE
        from vstar_data.dataset import write_dataset
        write_dataset(Path(sys.argv[1]), clips=CLIPS, unusable=UNUSABLE, judged=JUDGED, provenance=PROVENANCE)
    """
    subprocess.run([sys.executable, "-c", dedent(code), str(tmp_path / "two")], cwd=ROOT, check=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_same_content_again_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "dataset").rglob("*")}
    write(tmp_path / "dataset")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "dataset").rglob("*")} == before


def test_shards_are_numbered_and_load_in_order(tmp_path: Path) -> None:
    clips = [clip(f"{number:04d}", ClassLabel(name="juggling")) for number in range(1_203)]
    answers = [judged(each, "juggling") for each in clips]
    counts = write(tmp_path / "dataset", answers, clips, [], shard_rows=601)
    names = [f"train-0000{number}-of-00003.parquet" for number in range(3)]
    folder = tmp_path / "dataset" / "data" / "sft"
    assert sorted(path.name for path in folder.iterdir()) == names
    assert [pyarrow.parquet.read_metadata(folder / name).num_rows for name in names] == [601, 601, 1]
    assert counts.rows["sft"] == {"train": 1_203}
    rows = datasets.load_dataset(str(tmp_path / "dataset"), "sft", split="train")
    assert rows["clip_id"][:] == [each.id for each in clips]


def test_a_whole_number_of_shards_has_no_empty_one(tmp_path: Path) -> None:
    write(tmp_path / "dataset", [], CLIPS[2:], [], shard_rows=1)
    assert sorted(path.name for path in (tmp_path / "dataset" / "data" / "clips").iterdir()) == [
        "train-00000-of-00002.parquet",
        "train-00001-of-00002.parquet",
    ]


def test_answers_are_streamed(tmp_path: Path) -> None:
    alive: list[weakref.ref[Judged]] = []
    most = 0

    def answers() -> Iterator[Judged]:
        nonlocal most
        for number in range(50):
            answer = judged(clip(f"{number:02d}", ClassLabel(name="juggling")), "dancing", RejectReason.RIVAL)
            alive.append(weakref.ref(answer))
            most = max(most, sum(reference() is not None for reference in alive))
            yield answer

    write_dataset(tmp_path / "dataset", clips=(), unusable=(), judged=answers(), provenance=PROVENANCE)
    assert len(alive) == 50
    assert most < 5


def test_answers_to_one_question_that_do_not_stand_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not stand together"):
        write(tmp_path / "dataset", [JUDGED[place] for place in (0, 2, 1)])
    assert not (tmp_path / "dataset").exists()


def test_the_manifest_accounts_for_every_file_and_row(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    manifest = manifest_of(tmp_path / "dataset")
    files = contents(tmp_path / "dataset")
    del files["manifest.json"]
    assert {name: file["sha256"] for name, file in manifest["files"].items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    for name, file in manifest["files"].items():
        if name.endswith(".parquet"):
            assert pyarrow.parquet.read_metadata(tmp_path / "dataset" / name).num_rows == file["rows"]
    assert manifest["counts"]["rows"] == {
        "sft": {"train": 2, "validation": 1},
        "rejected": {"train": 4},
        "preference": {"train": 2},
        "clips": {"train": 3, "validation": 1},
    }


def test_the_manifest_names_what_the_dataset_was_made_from(tmp_path: Path) -> None:
    write(tmp_path / "dataset")
    manifest = manifest_of(tmp_path / "dataset")
    assert manifest["model"] == "tiny-model@0123abcd"
    assert manifest["recipe"] == PROVENANCE.recipe
    assert manifest["verifier"] == {"profile": "strict", "version": "1"}
    assert manifest["annotations"] == {"clips": 4, "sha256": annotations_digest(reversed(CLIPS))}
    assert manifest["prompts"]["direct"]["sha256"] == hashlib.sha256(b"Explain.").hexdigest()
    text = (tmp_path / "dataset" / "manifest.json").read_text()
    assert str(tmp_path) not in text
    assert text == json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_the_hash_of_annotations_sees_every_field_and_no_order() -> None:
    changed = [*CLIPS[:3], clip("d", ClassLabel(name="fire breathing"), metadata={"take": 3})]
    assert annotations_digest(CLIPS) == annotations_digest([CLIPS[2], *CLIPS[:2], CLIPS[3]])
    assert annotations_digest(CLIPS) != annotations_digest(changed)
    assert annotations_digest(CLIPS) != annotations_digest(CLIPS[:3])
    assert annotations_digest(CLIPS) != annotations_digest([*CLIPS, CLIPS[0]])


def test_counts(tmp_path: Path) -> None:
    counts = write(tmp_path / "dataset")
    assert (counts.asked, counts.accepted_directly, counts.accepted_by_rationalization) == (4, 2, 1)
    assert (counts.judged(), counts.accepted()) == (7, 3)
    assert (counts.judged(Mode.RATIONALIZED), counts.accepted(Mode.RATIONALIZED)) == (1, 1)
    assert counts.rejected() == {"absent": 1, "wrong_value": 1, "refused": 1, "rival": 1}
    assert counts.rejected(Mode.RATIONALIZED) == {}
    assert counts.unusable == {"truncated": 1, "malformed_row": 1}
    group = manifest_of(tmp_path / "dataset")["counts"]["answers"][0]
    assert group == {
        "source": "circus",
        "kind": "class",
        "split": "train",
        "mode": "direct",
        "questions": 2,
        "questions_accepted": 1,
        "answers": 4,
        "accepted": 1,
        "rejected": {"absent": 1, "refused": 1, "rival": 1},
    }
