"""Times a whole build: decoding ahead and batches, beside one clip at a time, in the same run, with the demo's model.

    python benchmarks/building.py [--clips 40] [--tokens 40]

Both make the same requests on the same clips: `batched` is `vstar-data build`, `loop` decodes a clip, asks the engine
for one answer and goes on. The time to load the model is left out of both.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import torch

from vstar_data.adapters import make_adapter
from vstar_data.demo.clips import render
from vstar_data.engines.transformers import TransformersEngine
from vstar_data.generation.frame_source import FrameSource
from vstar_data.generation.keys import seed_of
from vstar_data.generation.prompts import messages
from vstar_data.questions.bank import questions_of
from vstar_data.questions.settings import QuestionSettings
from vstar_data.records import Clip, Frames, Mode, Question, Request, Sampling, Split
from vstar_data.video import FrameSettings, read_frames

FRAMES = FrameSettings(count=6, max_side=80)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=40)
    parser.add_argument("--tokens", type=int, default=40)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    sampling = Sampling(max_new_tokens=arguments.tokens, temperature=0.0, top_k=0, top_p=1.0)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        annotations = render(folder, {Split.TRAIN: arguments.clips})
        clips = [clip for clip in make_adapter("jsonl", {}).clips(annotations, None) if isinstance(clip, Clip)]
        asked = [
            (clip, question)
            for clip in clips
            for question in questions_of(clip, QuestionSettings(kinds=("class",)))
            if isinstance(question, Question)
        ]
        texts = {}
        for name, batch in (("loop", 1), ("batched", 4), ("batched", 16), ("batched", 32)):
            engine = TransformersEngine("demo", batch_size=batch, threads=1)
            began = time.perf_counter()
            texts[batch] = answered(engine, asked, folder, sampling, batch, ahead=0 if name == "loop" else 2 * batch)
            rate = len(clips) / (time.perf_counter() - began)
            same = sum(texts[batch][key] == text for key, text in texts[1].items())
            print(f"{name:8} {batch:3}  {rate:6.1f} clips/s  {same}/{len(asked)} texts as in the loop")


def answered(
    engine: TransformersEngine,
    asked: list[tuple[Clip, Question]],
    folder: Path,
    sampling: Sampling,
    batch: int,
    *,
    ahead: int,
) -> dict[str, str]:
    """Answers all questions; with `ahead` clips decoded before they are asked for."""

    def read(clip: Clip) -> Frames:
        return read_frames(folder / clip.video, start=None, end=None, fps=None, settings=FRAMES)

    source = FrameSource(read, workers=2, ahead=ahead)
    source.expect(clip for clip, _ in asked)
    texts = {}
    for first in range(0, len(asked), batch):
        for clip, question in asked[first : first + batch]:
            engine.submit(
                Request(
                    key=question.id,
                    question_id=question.id,
                    clip_id=clip.id,
                    mode=Mode.DIRECT,
                    sample_index=0,
                    seed=seed_of(0, question.id, Mode.DIRECT, 0),
                    messages=messages(question, Mode.DIRECT),
                    sampling=sampling,
                    frames=source.frames(clip),
                )
            )
        for answer in engine.collect():
            texts[answer.key] = getattr(answer, "text", "")
    source.close()
    return texts


if __name__ == "__main__":
    main()
