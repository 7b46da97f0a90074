"""`vstar-data review` where it cannot begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from vstar_data.cli.review import _name
from vstar_data.errors import UsageError
from vstar_data.review.serving import serve


def test_without_gradio_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'pip install "vstar-data\[review\]"'):
        serve(tmp_path, "anna", 0, lambda address, review: None)


def test_a_folder_that_is_no_run_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    with pytest.raises(UsageError, match="There is no run in this folder"):
        serve(tmp_path, "anna", 0, lambda address, review: None)


def test_a_reviewer_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "berta")
    assert _name(None) == "berta"
    assert _name(" an\x1bna\n b ") == "an\ufffdna b"
    with pytest.raises(UsageError):
        _name(" \n")
