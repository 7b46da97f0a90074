from __future__ import annotations

import pytest

from label_adapters.source_ids import cut_window, source_id


@pytest.mark.parametrize(
    ("name", "video", "window"),
    [
        ("v_abcdefghijk.mp4", "abcdefghijk", None),
        ("folder/abcde_12_34.webm", "abcde_12_34", None),
        ("7HSZJ_17_22.mp4", "7HSZJ", (17.0, 22.0)),
        ("6H78U_11.1_19.6", "6H78U", (11.1, 19.6)),
        ("abcdefghijk_60.0_210.0.mp4", "abcdefghijk", (60.0, 210.0)),
        ("clip_rgb.avi", "clip", None),
    ],
)
def test_the_source_of_a_clip_is_read_from_its_name(name, video, window):
    assert source_id(name) == video
    assert cut_window(name) == window
