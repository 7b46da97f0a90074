"""Writes the pickles beside it: invented dives in the form of MTL-AQA."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
FIELDS = ("position", "armstand", "rotation_type", "ss_no", "tw_no", "difficulty", "final_score")

DIVES: dict[Any, tuple[Any, ...]] = {
    (1, 1): (2, 0, 2, 7, 0, 3.2, 81.6),
    (1, 2): (1, 0, 0, 5, 3, 3.2, 70.4),
    (1, 3): (0, 1, 0, 4, 3, 3.2, 0.0),
    (1, 4): (0, 0, 3, 0, 0, 2.0, 44.0),
    (2, 1): (1, 1, 1, 2, 0, 1.9, 45.5),
    (2, 2): (0, 0, 1, 3, 2, 2.2, 50.0),
    (2, 3): (5, 0, 1, 3, 2, 2.2, 50.0),
    (2, 4): (2, 0, 1, 99, 0, 2.2, float("nan")),
    (2, 5): (2, 0, 9, 3, 0, -2.2, float("inf")),
    (2, 6): (2, 0, 1, 3, 0, 2.2, 50.0),
    (2, 7): (2, 0, 1, 3, 0, 2.2, 50.0),
    (2, 8): (2, 0, 1, 3, 0, 2.2, "fifty"),
    (2, 9): (2, 0, 1, 3, 0, 2.2, 50.0),
    "2/10": (2, 0, 1, 3, 0, 2.2, 50.0),
}

dives: dict[Any, Any] = {}
for number, (key, values) in enumerate(DIVES.items()):
    frames = {"primary_view": 0, "start_frame": 200 * number + 50, "end_frame": 200 * number + 146}
    dives[key] = {**frames, **dict(zip(FIELDS, values, strict=True))}
dives[2, 9]["end_frame"] = 0
captions: dict[Any, Any] = {
    (1, 1): ["<sos>", "a", "tidy", "start", "[Applause]", "and", "it's", "in", "<eos>"],
    (1, 2): ["<sos>", "<eos>"],
    (np.int64(1), np.int64(3)): ["<sos>", "oh", "dear", "<eos>"],
}
train = [key for key in DIVES if key not in ("2/10", (1, 2), (2, 6))]
contents = {"final_annotations_dict": dives, "final_captions_dict": captions, "train_split_0": train}
for name, content in {**contents, "test_split_0": [(1, 2), (2, 7)]}.items():
    (HERE / f"{name}.pkl").write_bytes(pickle.dumps(content, protocol=3))
