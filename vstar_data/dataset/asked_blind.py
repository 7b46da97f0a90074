"""What became of the questions that were asked blind: read from the run's folder `blind/`, judged and counted."""

from __future__ import annotations

from vstar_data.dataset.counts import BlindQuestions, BlindUnit
from vstar_data.dataset.judged import kind_of_question
from vstar_data.errors import UsageError
from vstar_data.generation.blind import BlindState
from vstar_data.generation.block_state import BlockState
from vstar_data.generation.judging import Judge, KeptVerdict, read_verdicts, write_verdicts
from vstar_data.generation.keys import blind_id
from vstar_data.generation.run_folder import RunFolder, RunState
from vstar_data.generation.store import CompletionStore
from vstar_data.recipe.quality import BlindSettings, BlindVariant
from vstar_data.recipe.recipe import Recipe


class AskedBlind:
    """Collects the blind answers of a run, block by block. Without blind filters it stays empty and reads nothing.

    Args:
        folder: The run.
        recipe: Its recipe.
        state: What is fixed in it.

    Attributes:
        right: By question the number of right blind answers in each variant; questions without one are left out.
        counts: Questions per variant, source and kind.
    """

    def __init__(self, folder: RunFolder, recipe: Recipe, state: RunState) -> None:
        self.right: dict[str, dict[BlindVariant, int]] = {}
        self.counts: dict[BlindUnit, BlindQuestions] = {}
        self._settings = recipe.filters.blind
        self._verdicts_file = folder.blind_verdicts_file
        self._store = CompletionStore(folder.blind)
        kept = read_verdicts(self._verdicts_file) if self._settings is not None else {}
        self._judge = Judge(recipe.verification, state.class_names, kept)
        self._kept: list[KeptVerdict] = []

    def add(self, block: BlockState) -> None:
        """Takes a block with its answers."""
        if self._settings is None:
            return
        blind = BlindState(block, self._store.read(block.block.number), self._settings, self._judge)
        ready = {question.id for question in blind.asked()}
        for question in block.asked():
            if not any(kept.verdict.accepted for _, kept in block.judged_directly(question)):
                continue
            answers = blind.answers(question) if question.id in ready else {}
            right = {variant: sum(found) for variant, found in answers.items() if any(found)}
            if right:
                self.right[question.id] = right
            for variant in self._settings.variants:
                unit = BlindUnit(variant.value, block.clips[question.clip_id].source, kind_of_question(question))
                asked = self.counts.setdefault(unit, BlindQuestions())
                enough = right.get(variant, 0) > self._settings.most
                if len(answers.get(variant, ())) < self._settings.samples and not enough:
                    asked.missing += 1
                else:
                    asked.asked += 1
                    asked.right += enough
        self._kept += blind.verdicts()

    def save(self) -> None:
        """Keeps the verdicts for the next look.

        Raises:
            StorageError: The disk refuses.
        """
        if self._kept:
            write_verdicts(self._verdicts_file, self._kept)


def check_asked_blind(folder: RunFolder, built: BlindSettings | None, wanted: BlindSettings | None) -> None:
    """Checks that a run holds answers in each variant that is newly switched on: assembling makes none.

    Args:
        folder: The run.
        built: What the run was built, or assembled, with.
        wanted: What it is to be assembled with.

    Raises:
        UsageError: There is no answer in a variant.
    """
    before = built.variants if built is not None else ()
    missing = {variant for variant in (wanted.variants if wanted is not None else ()) if variant not in before}
    if not missing:
        return
    store = CompletionStore(folder.blind)
    for block in folder.blocks(folder.state().block_bits):
        for completion in store.read(block.number).completions.values():
            missing -= {variant for variant in missing if completion.question_id.startswith(blind_id(variant, ""))}
    if missing:
        raise UsageError(
            f"No question of this run was asked with {' or '.join(sorted(missing))}, and assembling asks none.",
            where="filters.blind",
            mend="`vstar-data build` with the same setting asks them",
        )
