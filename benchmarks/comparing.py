"""Measures how long `vstar-data diff` takes, and how much memory, for two versions of a large made-up dataset.

Run: python benchmarks/comparing.py [--answers N]. Of the N answers (200,000 unless told otherwise) every seventh clip's
have another text in the second version, and every tenth clip's are judged anew. `diff` runs in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from vstar_data.dataset import Judged, Provenance, write_dataset
from vstar_data.records import (
    ClassLabel,
    Clip,
    Completion,
    Mode,
    NumberLabel,
    Question,
    RejectReason,
    TargetVerdict,
    Verdict,
)

SAMPLES = 4
PROVENANCE = Provenance(
    name="made-up", recipe={}, model="none@0", profile="strict", verifier="0", code="0", prompts={"direct": "Explain."}
)


def main() -> None:
    """Writes both versions, compares them, and prints the figures with the machine and the date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=200_000)
    asked = parser.parse_args().answers
    print(f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, {datetime.now(UTC):%d %B %Y}")
    with tempfile.TemporaryDirectory() as folder:
        for version in (0, 1):
            clips = [clip(number) for number in range(asked // SAMPLES)]
            write_dataset(
                Path(folder, str(version)),
                clips=clips,
                unusable=[],
                judged=answers(clips, version),
                provenance=PROVENANCE,
            )
        for name in ("version 1 with itself", "version 1 with 2"):
            second = Path(folder, "0" if "itself" in name else "1")
            print(f"{name}: {measured(Path(folder, '0'), second)}")


def clip(number: int) -> Clip:
    labels = (ClassLabel(name=f"class {number % 400}"), NumberLabel(name="score", value=float(number % 9)))
    return Clip(id=f"made-up/clip-{number:07}", video=f"{number:07}.mp4", labels=labels, source="made-up")


def answers(clips: list[Clip], version: int) -> Iterator[Judged]:
    for number, one in enumerate(clips):
        question = Question(
            id=f"{one.id}#class",
            clip_id=one.id,
            text="What happens in the clip?",
            targets=one.labels[:1],
            asks=(("name",),),
            origin="bank:class/0",
        )
        for sample in range(SAMPLES):
            text = f"In clip {number} somebody does something, slowly at first and then faster. " * 4
            completion = Completion(
                key=f"{number}-{sample}",
                question_id=question.id,
                clip_id=one.id,
                mode=Mode.DIRECT,
                sample_index=sample,
                seed=sample,
                text=text + ("It ends." if version and number % 7 == 0 else ""),
                finish_reason="stop",
                prompt_tokens=90,
                completion_tokens=60,
                model="none@0",
            )
            good = bool((number + sample + (version and number % 10 == 0)) % 3)
            reason = None if good else RejectReason.RIVAL
            target = TargetVerdict(accepted=good, reason=reason, score=float(good))
            verdict = Verdict(accepted=good, reasons=(reason,) if reason else (), per_label=(target,))
            yield Judged(question, one, completion, verdict)


def measured(a: Path, b: Path) -> str:
    begun = time.monotonic()
    command = [sys.executable, "-m", "vstar_data", "diff", str(a), str(b)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    # The largest child so far: the first comparison is the smaller one.
    return f"{seconds:.1f} s, {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    main()
