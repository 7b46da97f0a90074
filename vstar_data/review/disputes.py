"""Answers that the verifier's profiles disagree about: searched for in the background, from first to last."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from vstar_data.errors import VstarDataError
from vstar_data.generation.judging import Judge
from vstar_data.generation.run_folder import RunFolder
from vstar_data.recipe.loading import load_recipe
from vstar_data.records import Question, kind_of
from vstar_data.review.index import AnswerIndex
from vstar_data.review.reader import AnswerReader


class Disputes:
    """Judges the answers of a run by the profiles that are not its own, once somebody asks for it.

    Profiles that judge a kind by sentence embeddings take no part in it, unless the recipe names an embedder.

    Args:
        run: The run's folder.
        index: Its index.

    Attributes:
        found: The rows that the profiles disagree about, so far.
        looked_at: How many rows were looked at so far.
        problem: Why the search ended before all were.
    """

    def __init__(self, run: Path, index: AnswerIndex) -> None:
        self._run, self._index = run, index
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self.found: list[int] = []
        self.looked_at = 0
        self.problem = ""

    @property
    def done(self) -> bool:
        """Whether the search is over."""
        return self.looked_at == len(self._index) or bool(self.problem)

    def search(self, patience: float) -> None:
        """Begins the search if it has not begun, and waits for its end.

        Args:
            patience: How many seconds at most.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._search, name="disputes", daemon=True)
                self._thread.start()
        self._thread.join(patience)

    def _search(self) -> None:
        from vstar_data.verification.profiles import PROFILES, embedding_kinds

        try:
            folder = RunFolder(self._run)
            settings = load_recipe(str(folder.recipe)).verification
            names = folder.state().class_names
            reader = AnswerReader(self._run, self._index)
            judges = {
                profile: Judge(msgspec.structs.replace(settings, profile=profile), names)
                for profile in PROFILES
                if profile != settings.profile
            }

            def able(profile: str, question: Question) -> bool:
                kinds = set(map(kind_of, question.targets))
                return settings.embedder is not None or not embedding_kinds(profile, kinds, asked_for=False)

            for row in range(len(self._index)):
                answer = reader.answer(row)
                verdicts = (
                    judge.verdict(answer.completion, answer.question, answer.clip).accepted
                    for profile, judge in judges.items()
                    if able(profile, answer.question)
                )
                if any(verdict != answer.verdict.accepted for verdict in verdicts):
                    self.found.append(row)
                self.looked_at = row + 1
        except (VstarDataError, OSError) as problem:
            self.problem = str(problem).partition("\n")[0]
