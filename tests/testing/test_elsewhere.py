"""The pass in another process: it finds what depends on the hashes of texts, and adapters wherever they are from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.testing.bad_adapters import Good, clip, giving
from vstar_data.adapters import make_adapter
from vstar_data.testing import Outcome, Result, check_adapter

FILE = '''
"""An adapter of a user."""
from typing import ClassVar
from vstar_data.adapters import LabelAdapter
from vstar_data.records import ClassLabel, Clip

class Own(LabelAdapter):
    """Own: words.

    Licence: CC0-1.0.

    Source: https://example.org
    """

    name: ClassVar[str] = "own"
    needs: ClassVar[str] = "--annotations: a file, --videos: a folder"
    suffix: str = ".mp4"

    def clips(self, annotations, videos):
        words = annotations.read_text().split()
        BODY
            yield Clip(id=word, video=word + self.suffix, labels=(ClassLabel(name=word),), license="CC0-1.0")
'''


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text(" ".join(f"word{number}" for number in range(200)), encoding="utf-8")
    return path


def _deterministic(tmp_path: Path, annotations: Path, body: str) -> Result:
    file = tmp_path / f"own_{abs(hash(body))}.py"
    file.write_text(FILE.replace("BODY", body), encoding="utf-8")
    return check_adapter(make_adapter("own", {"suffix": ".webm"}, file), annotations).of("deterministic")


def test_a_file_with_an_adapter_is_read_the_same_elsewhere(tmp_path: Path, annotations: Path) -> None:
    found = _deterministic(tmp_path, annotations, "print(len(words))\n        for word in words:")
    assert found == Result(
        "deterministic", Outcome.PASSED, "two passes, and one in another process, gave the same rows"
    )


def test_the_order_of_a_set_fails(tmp_path: Path, annotations: Path) -> None:
    found = _deterministic(tmp_path, annotations, "for word in set(words):")
    assert found.outcome is Outcome.FAILED
    assert "order of a set" in found.detail


def test_what_fails_only_elsewhere_fails(tmp_path: Path, annotations: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    body = "if __import__('os').environ.get('PYTHONHASHSEED'): words = None\n        for word in words:"
    found = _deterministic(tmp_path, annotations, body)
    assert found.outcome is Outcome.FAILED
    assert "at record 1" in found.examples[0]


def test_a_class_in_a_module_is_found_by_its_name_and_one_in_a_function_is_not(annotations: Path) -> None:
    assert "another process, gave" in check_adapter(Good(), annotations).of("deterministic").detail
    local = check_adapter(giving([clip("a")]), annotations).of("deterministic")
    assert local.outcome is Outcome.PASSED
    assert "no other process can import" in local.detail
