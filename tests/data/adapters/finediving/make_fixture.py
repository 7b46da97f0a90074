"""Writes the pickles beside it, and those of ../finediving_aqa: invented dives in the form of FineDiving."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
STEPS = {1: "Forward", 2: "Back", 6: "Arm.Back", 5: "Arm.Forward", 14: "2 Soms.Pike", 15: "2.5 Soms.Pike"}
STEPS |= {12: "1 Som.Pike", 17: "3.5 Soms.Pike", 30: "1 Twist", 31: "1.5 Twists", 35: "3.5 Twists", 36: "Entry"}
STEPS |= {37: "0.5 Som.Pike", 38: "Background"}
CUP, OTHER = "InventedCup2031_Women3m_final_r1", "03"

# Key, code, score, difficulty, steps with their numbers of frames.
DIVES: list[tuple[Any, str, float, float, list[tuple[int, int]]]] = [
    ((CUP, 0), "107b", 71.3, 3.1, [(1, 6), (17, 12), (36, 6)]),
    ((CUP, 1), "5253b", 64.6, 3.4, [(2, 5), (31, 4), (15, 9), (36, 3)]),
    ((CUP, 2), "5152b", 58.5, 3.0, [(1, 4), (15, 5), (30, 3), (15, 6), (36, 2)]),
    ((CUP, 3), "107b", 50.0, 3.1, [(38, 3), (1, 6), (17, 12), (36, 6)]),
    ((OTHER, 7), "612b", 40.2, 1.9, [(5, 8), (12, 6), (35, 4)]),
    ((OTHER, 8), "6243d", 0.0, 3.2, [(6, 7), (31, 6), (14, 8), (36, 5)]),
    ((OTHER, 9), "101b", 33.0, 1.5, [(1, 8), (37, 6), (36, 6)]),
    ((OTHER, 10), "999z", 45.0, 2.0, [(1, 8), (17, 6), (36, 6)]),
    ((OTHER, 11), "107b", 213.0, float("nan"), [(1, 8), (77, 6), (36, 6)]),
    ((OTHER, 12), "107b", 45.0, 2.0, [(1, 8), (17, 6), (36, 6)]),
    ((OTHER, 13), "107b", 45.0, 2.0, [(1, 8), (17, 6), (36, 6)]),
    ((OTHER, 14), "107b", 45.0, 2.0, [(1, 8), (17, 6), (36, 6)]),
    ((OTHER, 15), "who knows", -1.0, 0.0, []),
    ((OTHER, "16"), "107b", 45.0, 2.0, [(1, 8), (17, 6), (36, 6)]),
]


def entry(code: str, score: float, difficulty: float, steps: list[tuple[int, int]]) -> dict[str, Any]:
    labels = np.concatenate([np.full(count, step, dtype=np.int64) for step, count in steps] or [np.empty(0, np.int64)])
    transits = np.cumsum([count for _, count in steps])[:-1] - 1
    names = {np.int64(step): STEPS[step] for step, _ in steps if step in STEPS}
    return {
        "action_type": code,
        "dive_score": score,
        "difficulty": difficulty,
        "steps_transit_frames": transits,
        "frames_labels": labels,
        "sub-action_types": names,
    }


def write(folder: Path, **files: Any) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / f"{name.replace('fine_grained', 'fine-grained')}.pkl"
        path.write_bytes(pickle.dumps(content, protocol=3))


fine: dict[Any, Any] = {key: entry(*rest) for key, *rest in DIVES}
fine[CUP, 1]["steps_transit_frames"][0] = -1
del fine[OTHER, 14]["action_type"]
fine[OTHER, 17] = "107b"
coarse: dict[Any, Any] = {}
start = 101
for key, code, score, difficulty, steps in DIVES[:-1]:
    frames = sum(count for _, count in steps)
    scores = [7.0, np.float64(7.5), 8.0] if key[0] == CUP else [6.5, 6.5, 7.0, 7.0, 6.0]
    coarse[key] = {
        "action_type": code,
        "start_frame": start,
        "end_frame": start + frames - 1 + (key == (OTHER, 9)),
        "dive_score": score,
        "difficulty": difficulty,
        "judge_scores": scores,
    }
    start += 500
del coarse[OTHER, 14]["action_type"], coarse[OTHER, 15]
train = [(CUP, 0), (CUP, 1), (CUP, 2), (CUP, 3), *((OTHER, number) for number in (7, 10, 11, 12, 14, 15, 17))]
test = [(OTHER, 8), (OTHER, 9), (OTHER, 12)]
write(
    HERE,
    **{"FineDiving_fine_grained_annotation": fine, "FineDiving_coarse_annotation": coarse},
    train_split=train,
    test_split=test,
)
aqa: dict[Any, Any] = {key: list(value.values())[:5] for key, value in list(fine.items())[:7]}
aqa[OTHER, 9] = aqa[OTHER, 9][:3]
write(
    HERE.parent / "finediving_aqa",
    **{"fine_grained_annotation_aqa": aqa, "Sub_action_Types_Table": STEPS},
    train_split=train,
    test_split=test,
)
