from __future__ import annotations

import math

import pytest

from vstar_data.decoding import convert
from vstar_data.errors import RecordError
from vstar_data.video import FrameSettings


def test_defaults() -> None:
    assert (FrameSettings().count, FrameSettings().max_side, FrameSettings().timeout) == (8, 448, 60.0)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("count", 0),
        ("count", 7),
        ("count", -2),
        ("count", 10**12),
        ("max_side", 15),
        ("timeout", 0.0),
        ("timeout", math.inf),
        ("timeout", math.nan),
    ],
)
def test_a_value_out_of_range_names_its_key(key: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"`{key}`.*found {value}"):
        FrameSettings(**{key: value})  # type: ignore[arg-type]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(RecordError, match="fps"):
        convert({"count": 4, "fps": 2}, FrameSettings, where="recipe.yaml")
