"""The page on questions lists every kind with what it is made from."""

from __future__ import annotations

import re
from pathlib import Path

from vstar_data.questions.kinds import QUESTION_KINDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "questions.md"


def test_every_kind_of_question_stands_on_the_page_with_its_targets() -> None:
    rows = re.findall(r"^\| (`.*?) \| .*? \| (.*?) \| (.*?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {
        kind: (made_from, targets) for kinds, made_from, targets in rows for kind in re.findall(r"`(\w+)`", kinds)
    }
    assert set(listed) == set(QUESTION_KINDS)
    for name, kind in QUESTION_KINDS.items():
        assert re.findall(r"`(\w+)`", listed[name][1]) == list(kind.targets)
        assert set(kind.made_from) <= set(re.findall(r"`(\w+)`", listed[name][0]))
