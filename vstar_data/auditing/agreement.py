"""Agreement of the profiles: which answers each accepts, and where two of them part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from vstar_data.auditing.answers import Answers
from vstar_data.generation.judging import Judge
from vstar_data.records import kind_of
from vstar_data.verification.profiles import PROFILES, embedding_kinds
from vstar_data.verification.settings import VerificationSettings


@dataclass(frozen=True)
class Pair:
    """Two profiles over the same answers.

    Attributes:
        first, second: The profiles.
        both, only_first, only_second, neither: How many answers they accept.
    """

    first: str
    second: str
    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def agreeing(self) -> float:
        """The share of answers that both accept or both reject, 0..1."""
        return (self.both + self.neither) / (self.both + self.neither + self.only_first + self.only_second)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond what their shares alone would give (J. Cohen, 1960, Educ. Psychol. Meas. 20).

        None where both accept all answers, or reject all: nothing could be left to chance.
        """
        answers = self.both + self.neither + self.only_first + self.only_second
        first, second = (self.both + self.only_first) / answers, (self.both + self.only_second) / answers
        by_chance = first * second + (1 - first) * (1 - second)
        return None if by_chance == 1 else (self.agreeing - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class KindAgreement:
    """The profiles over the answers of one kind.

    Attributes:
        kind: The label kind of the targets.
        answers: How many were judged.
        accepted: For each profile how many it accepts.
        pairs: Each two profiles.
        left_out: Profiles that judge this kind by sentence embeddings, where there are none.
    """

    kind: str
    answers: int
    accepted: dict[str, int]
    pairs: tuple[Pair, ...]
    left_out: tuple[str, ...]


def agreement(
    sample: Sequence[Answers],
    settings: VerificationSettings,
    class_names: Mapping[str, tuple[str, ...]],
    tick: Callable[[], None] = lambda: None,
) -> tuple[KindAgreement, ...]:
    """Judges the answers of a sample by every profile that can judge them.

    Args:
        sample: Questions with their answers, judged by the run's profile.
        settings: How the run judges. Without an embedder a profile other than the run's own that needs one is left out.
        class_names: See `Judge`.
        tick: Called for each question.
    """
    judges = {
        profile: Judge(msgspec.structs.replace(settings, profile=profile), class_names)
        for profile in PROFILES
        if profile != settings.profile
    }
    outcomes: dict[str, Counter[tuple[bool, ...]]] = defaultdict(Counter)
    able: dict[str, tuple[str, ...]] = {}
    for found in sample:
        tick()
        kind = found[0].kind
        able.setdefault(kind, _able(settings, {kind_of(target) for target in found[0].question.targets}))
        for judged in found:
            outcome = (
                judged.verdict.accepted
                if profile == settings.profile
                else judges[profile].verdict(judged.completion, judged.question, judged.clip).accepted
                for profile in able[kind]
            )
            outcomes[kind][tuple(outcome)] += 1
    return tuple(_of_kind(kind, able[kind], counts) for kind, counts in sorted(outcomes.items()))


def _able(settings: VerificationSettings, kinds: Iterable[str]) -> tuple[str, ...]:
    """Returns the profiles that can judge targets of some kinds."""
    kinds = set(kinds)
    return tuple(
        profile
        for profile in PROFILES
        if profile == settings.profile
        or settings.embedder is not None
        or not embedding_kinds(profile, kinds, asked_for=False)
    )


def _of_kind(kind: str, profiles: tuple[str, ...], outcomes: Counter[tuple[bool, ...]]) -> KindAgreement:
    accepted = {
        profile: sum(count for outcome, count in outcomes.items() if outcome[place])
        for place, profile in enumerate(profiles)
    }
    pairs = []
    for left, right in combinations(range(len(profiles)), 2):
        cells: Counter[tuple[bool, bool]] = Counter()
        for outcome, count in outcomes.items():
            cells[outcome[left], outcome[right]] += count
        pairs.append(
            Pair(
                profiles[left],
                profiles[right],
                both=cells[True, True],
                only_first=cells[True, False],
                only_second=cells[False, True],
                neither=cells[False, False],
            )
        )
    left_out = tuple(profile for profile in PROFILES if profile not in profiles)
    return KindAgreement(kind, outcomes.total(), accepted, tuple(pairs), left_out)
