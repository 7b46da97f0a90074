from __future__ import annotations

from typing import Any

import pytest

from vstar_data.comparing.origins import (
    Annotations,
    Code,
    DatasetCounts,
    Origin,
    Setting,
    Verifier,
    changed_settings,
)


def origin(recipe: dict[str, Any]) -> Origin:
    return Origin(
        recipe=recipe,
        annotations=Annotations("00", 1),
        model="m",
        prompts={},
        verifier=Verifier("strict", "1"),
        code=Code("0.1.0"),
        cycle=0,
        counts=DatasetCounts(answers=[], questions=[]),
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param({"frames": {"count": 8}}, {"frames": {"count": 8}}, [], id="the same"),
        pytest.param(
            {"filters": {}}, {"filters": {"length": {"most": 9}}}, [("filters.length.most", None, 9)], id="new"
        ),
        pytest.param({"a": None, "b": 1}, {"b": 1}, [], id="null is absent"),
        pytest.param({"a": 1}, {"a": True}, [("a", 1, True)], id="one is not true"),
        pytest.param({"a": [1, 2]}, {"a": [2, 1]}, [("a", [1, 2], [2, 1])], id="lists whole"),
        pytest.param(
            {"sources": [{"name": "x", "cap": 1}, {"name": "y", "cap": 2}]},
            {"sources": [{"name": "y", "cap": 3}, {"name": "x", "cap": 1}]},
            [("sources.y.cap", 2, 3)],
            id="sources by name",
        ),
        pytest.param(
            {"sources": [{"name": "x", "cap": 1}, {"name": "x", "cap": 2}]},
            {"sources": [{"name": "x", "cap": 1}, {"name": "x", "cap": 3}]},
            [("sources.1.cap", 2, 3)],
            id="sources of one name by place",
        ),
        pytest.param(
            {"verification": {"profile": "strict"}},
            {"verification": {"profile": "paper"}},
            [],
            id="profile is told once",
        ),
    ],
)
def test_a_recipe_is_compared_key_by_key(a: dict[str, Any], b: dict[str, Any], expected: list[Any]) -> None:
    assert changed_settings(origin(a), origin(b)) == [
        Setting(f"recipe.{key}", one, other) for key, one, other in expected
    ]
