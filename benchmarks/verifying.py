"""Times `vstar-data verify` on many class answers, beside rapidfuzz and spaCy on a sample of the same answers.

    python benchmarks/verifying.py [--rows 1000000] [--names FILE] [--workers auto] [--sample 20000] [--keep FOLDER]

Makes the rows first (about 40 words each, 700 class names in force, the same for everybody, see `verifying_rows.py`),
then judges them with the command, from JSONL to JSONL, and says how long that took from start to end and how much
memory all its processes held. The others run in one process on a sample; what all rows would take them is that scaled
up: `partial_ratio` of the gold name alone, spaCy's tokenizer with the lookup lemmatizer, and spaCy's full pipeline
where its model is installed. Then it times the verdict on answers of 10,000 words.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verifying_rows import composed_names, prose, rows, varied

NAMES = 700
LONG = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--names", type=Path, help="a file of class names, one a line; composed ones without it")
    parser.add_argument("--workers", default="auto")
    parser.add_argument("--sample", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="a folder for the rows, used again if they are there")
    arguments = parser.parse_args()
    given = arguments.names.read_text(encoding="utf-8").splitlines() if arguments.names else composed_names(NAMES)
    names = [name.strip() for name in given if name.strip()]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load before {load}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        source = written(folder, arguments.rows, names)
        print(f"{'':44}{'seconds':>10}{'rows/s':>10}{'us a row':>10}{'memory':>10}")
        judged(source, folder, arguments.rows, arguments.workers)
        sample = list(rows(min(arguments.sample, arguments.rows), names))
        for name, work in others():
            compared(name, work, sample, arguments.rows)
    long_answers(names)


def written(folder: Path, count: int, names: list[str]) -> Path:
    """Writes the rows and the names, and returns the file of the rows."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    source = folder / f"answers-{count}.jsonl"
    if not source.exists():
        words = 0
        with source.open("w", encoding="utf-8") as file:
            for row in rows(count, names):
                words += len(row["answer"].split())
                file.write(json.dumps(row) + "\n")
        print(f"{count:,} rows of {words / max(count, 1):.1f} words, {source.stat().st_size / 1e6:,.0f} MB")
    return source


def judged(source: Path, folder: Path, count: int, workers: str) -> None:
    """Runs the command and prints its line."""
    output = folder / "judged.jsonl"
    command = [sys.executable, "-m", "vstar_data", "verify", str(source), "--output", str(output)]
    command += ["--class-names", str(folder / "names.txt"), "--workers", workers]
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    memory = PeakMemory(process.pid)
    said = process.communicate()[1]
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(said)
    line(f"vstar-data verify --workers {workers}", seconds, count, f"{memory.stop() / 1e6:,.0f} MB")
    print(f"    {said.strip().splitlines()[-1]}")
    output.unlink()


class PeakMemory:
    """Watches the memory of a process and its children: the largest sum of what each holds for itself or shares."""

    def __init__(self, process: int) -> None:
        self._process, self._peak, self._ended = process, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Returns the peak in bytes."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            self._peak = max(self._peak, sum(map(resident, family(self._process))))


def family(process: int) -> list[int]:
    """Returns a process and all that descend from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *(member for child in children for member in family(int(child)))]


def resident(process: int) -> int:
    """Returns the memory of a process in bytes, what it shares counted as its share."""
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            text = Path(f"/proc/{process}/{name}").read_text()
        except OSError:
            continue
        for each in text.splitlines():
            if each.startswith(key):
                return int(each.split()[1]) * 1024
    return 0


def others() -> list[tuple[str, Callable[[list[dict[str, Any]]], object]]]:
    """Returns what is compared with: a name, and what does it to the rows."""
    import spacy
    from rapidfuzz.fuzz import partial_ratio

    from vstar_data.verification import parsing

    def ratio(sample: list[dict[str, Any]]) -> object:
        return [partial_ratio(row["labels"][0]["name"], row["answer"]) for row in sample]

    lemmas = spacy.blank("en")
    lemmas.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmas.initialize()

    def piped(pipeline: Any) -> Callable[[list[dict[str, Any]]], object]:
        return lambda sample: sum(len(document) for document in pipeline.pipe(row["answer"] for row in sample))

    work: list[tuple[str, Callable[[list[dict[str, Any]]], object]]] = [
        ("rapidfuzz partial_ratio, the gold name", ratio),
        ("spaCy blank and lookup lemmatizer", piped(lemmas)),
    ]
    name = parsing.model()
    if name is None:
        print("spaCy's model en_core_web_sm is not installed: its full pipeline is left out")
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            full = spacy.load(name)
        work.append(("spaCy en_core_web_sm, full, a tenth of them", lambda sample: piped(full)(sample[::10])))
    return work


def compared(
    name: str, work: Callable[[list[dict[str, Any]]], object], sample: list[dict[str, Any]], count: int
) -> None:
    """Times some work on a sample and prints its line, scaled to all rows."""
    done = len(sample[::10]) if "a tenth" in name else len(sample)
    began = time.perf_counter()
    work(sample)
    seconds = time.perf_counter() - began
    line(name.removesuffix(", a tenth of them") + ", 1 process, scaled", seconds * count / done, count, "")


def line(name: str, seconds: float, count: int, memory: str) -> None:
    print(f"{name:44}{seconds:10.1f}{count / seconds:10,.0f}{seconds / count * 1e6:10.1f}{memory:>10}", flush=True)


def long_answers(names: list[str]) -> None:
    """Prints how long one verdict on a long answer takes."""
    from vstar_data.verification import verify

    label, forced = names[0], tuple(names)
    texts = {
        "prose": prose(LONG),
        "the gold name over and over, varied": varied(label, LONG),
        "one sentence without punctuation": "".join(sign for sign in varied(label, LONG) if sign not in ".,;"),
    }
    verify("Nothing.", [{"kind": "class", "name": label}], class_names=forced)
    for name, text in texts.items():
        began = time.perf_counter()
        verdict = verify(text, [{"kind": "class", "name": label}], class_names=forced)
        seconds = time.perf_counter() - began
        outcome = "accepted" if verdict.accepted else ", ".join(verdict.reasons)
        print(f"{LONG:,} words, {name:38}{seconds:8.3f} s  {outcome}")


if __name__ == "__main__":
    main()
