"""Auditing a run: one pass over its answers, then the null, the agreement of the profiles and the sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from vstar_data.auditing.agreement import KindAgreement, agreement
from vstar_data.auditing.answers import Answers, answers
from vstar_data.auditing.decided import SUFFIX, DecidedMarks
from vstar_data.auditing.estimates import estimated
from vstar_data.auditing.folder import AuditFolder
from vstar_data.auditing.marks import matched, read_lines
from vstar_data.auditing.null import Null, null
from vstar_data.auditing.sample import Sample
from vstar_data.auditing.sheet import Drawing, key_of, sheet_text
from vstar_data.auditing.suspects import Suspect, SuspectSearch
from vstar_data.dataset.audited import AnswersDigest, Audited, write_audited
from vstar_data.errors import UsageError
from vstar_data.executors.order import Workshop
from vstar_data.executors.progress import Progress
from vstar_data.generation.judging import Judge
from vstar_data.questions.kinds import kind_of_id


@dataclass(frozen=True)
class AuditOptions:
    """What is audited.

    Attributes:
        sheet: Rows of the sheet; 0 for none.
        least: The fewest direct answers that must agree for a label to be suspect.
        most: Questions of each source and kind that the null and the agreement are measured on.
        seed: Decides who lends targets to whom, and which answers are drawn.
    """

    sheet: int = 200
    least: int = 2
    most: int = 1000
    seed: int = 0


@dataclass(frozen=True)
class Audit:
    """What an audit found that needs no person.

    Attributes:
        profile: The run's.
        questions: Questions with an answer, by kind of their targets.
        sampled: Of these, those that the null and the agreement are measured on.
        null: Acceptance by chance.
        agreement: The profiles compared, by kind.
        suspects: Labels to look at; None where the answers cannot tell.
        why_no_suspects: Then why not.
        sheet: The sheet, if one was wanted.
        sheet_kept: Whether that is a sheet that somebody has begun to mark.
    """

    profile: str
    questions: dict[str, int]
    sampled: dict[str, int]
    null: Null
    agreement: tuple[KindAgreement, ...]
    suspects: list[Suspect] | None
    why_no_suspects: str
    sheet: Path | None
    sheet_kept: bool


def audit(workshop: Workshop, options: AuditOptions, progress: Progress) -> Audit:
    """Audits a run and writes audit/ in its folder. Neither the dataset nor the answers are touched.

    Args:
        workshop: The run.
        options: What is audited.
        progress: Shows how far it is.

    Raises:
        UsageError: The run has no answers.
        StorageError: The disk refuses.
    """
    why_not = _why_no_suspects(workshop, options)
    search = SuspectSearch(options.least, workshop.state.class_names)
    drawing, digest = Drawing(options.sheet, options.seed), AnswersDigest()
    samples: dict[tuple[str, str], Sample[Answers]] = {}
    questions: Counter[str] = Counter()
    progress.phase("questions looked at")
    for found in answers(workshop):
        progress.tick()
        first = found[0]
        questions[first.kind] += 1
        group = first.clip.source, kind_of_id(first.question.id)
        if group not in samples:
            samples[group] = Sample(options.most, options.seed, "questions")
        samples[group].offer(first.question.id, found)
        if not why_not:
            search.look_at(found)
        for judged in found:
            digest.add(judged.question, judged.completion, accepted=judged.verdict.accepted)
            drawing.offer(judged)
    _check_answered(questions, workshop)
    sample = [found for group in sorted(samples) for found in samples[group].drawn()]
    settings, names = workshop.recipe.verification, workshop.state.class_names
    progress.phase("questions judged against false targets")
    by_chance = null(sample, Judge(settings, names), options.seed, progress.tick)
    progress.phase("questions judged by the other profiles")
    compared = agreement(sample, settings, names, progress.tick)
    folder = AuditFolder(workshop.folder.path)
    suspects = None if why_not else search.suspects()
    folder.write_suspects(suspects or [])
    sheet, written = None, False
    if options.sheet:
        rows, sizes = drawing.drawn()
        key = key_of(rows, sizes, answers=digest.hexdigest(), seed=options.seed, **_rules(workshop))
        sheet, written = folder.write_sheet(sheet_text(rows), key)
    found_all = Audit(
        profile=settings.profile,
        questions=dict(sorted(questions.items())),
        sampled=dict(sorted(Counter(found[0].kind for found in sample).items())),
        null=by_chance,
        agreement=compared,
        suspects=suspects,
        why_no_suspects=why_not,
        sheet=sheet,
        sheet_kept=sheet is not None and not written,
    )
    folder.write_report(_report(found_all, options, _rules(workshop)))
    return found_all


def count_marks(workshop: Workshop, marked: Path, progress: Progress) -> Audited:
    """Counts the marks of a sheet and writes audit.json in the run's folder.

    Args:
        workshop: The run.
        marked: The sheet with its marks, or a file of decisions (`vstar_data.dataset.decisions`).
        progress: Shows how far it is.

    Raises:
        UsageError: It is no sheet of this run, or of other answers or verdicts than it has now, or has a bad mark.
        StorageError: The disk refuses.
    """
    keys = AuditFolder(workshop.folder.path).keys()
    decided = DecidedMarks(marked, keys) if marked.suffix == SUFFIX else None
    key, marks = (decided.key, {}) if decided else matched(read_lines(marked), keys, str(marked))
    rules = _rules(workshop)
    digest = AnswersDigest()
    progress.phase("questions looked at")
    for found in answers(workshop):
        progress.tick()
        for judged in found:
            digest.add(judged.question, judged.completion, accepted=judged.verdict.accepted)
            if decided is not None:
                decided.look_at(judged)
    made_for = {"profile": key.profile, "verifier": key.verifier}
    if made_for != rules or key.answers != digest.hexdigest():
        raise UsageError(
            "The answers or verdicts of the run are others than those that the sheet was drawn from.",
            where=str(marked),
            expected=f"profile {key.profile}, version {key.verifier} of the verifier, and the answers of then",
            found=f"profile {rules['profile']}, version {rules['verifier']}"
            + ("" if made_for != rules else ", and other answers"),
            mend="go back to that profile with `vstar-data assemble`, or draw a new sheet: vstar-data audit RUN",
        )
    marks = decided.marks() if decided else marks
    groups, uncovered = estimated(key.sizes(), [(key.stratum(name), right) for name, right in marks.items()])
    audited = Audited(**rules, answers=key.answers, groups=groups, uncovered=uncovered)
    write_audited(workshop.folder.path, audited)
    return audited


def _rules(workshop: Workshop) -> dict[str, str]:
    from vstar_data.verification import edition

    return {"profile": workshop.recipe.verification.profile, "verifier": edition(workshop.recipe.verification)}


def _why_no_suspects(workshop: Workshop, options: AuditOptions) -> str:
    generate = workshop.recipe.generate
    if generate.samples < options.least:
        return f"the run has {generate.samples} direct answer(s) a question, and {options.least} would have to agree"
    if generate.temperature == 0 and workshop.recipe.engine != "replay":
        return "at temperature 0 all answers to a question are one and the same, and agree for that reason"
    return ""


def _check_answered(questions: Counter[str], workshop: Workshop) -> None:
    if not questions:
        raise UsageError(
            "The run has no answers to audit.",
            where=str(workshop.folder.path),
            expected="a run in which `vstar-data build` has made answers",
            mend="build first; `vstar-data status` says what is there",
        )


def _report(found: Audit, options: AuditOptions, rules: dict[str, str]) -> dict[str, Any]:
    """Returns what audit/audit.json says."""
    pairs = {
        kind.kind: [{"agreeing": pair.agreeing, "kappa": pair.kappa} for pair in kind.pairs] for kind in found.agreement
    }
    agreements: list[dict[str, Any]] = msgspec.to_builtins(found.agreement)
    for kind in agreements:
        kind["pairs"] = [{**pair, **more} for pair, more in zip(kind["pairs"], pairs[kind["kind"]], strict=True)]
    return {
        **rules,
        "options": msgspec.to_builtins(options),
        "questions": found.questions,
        "sampled": found.sampled,
        "null": msgspec.to_builtins(found.null),
        "agreement": agreements,
        "suspects": None if found.suspects is None else len(found.suspects),
        "why_no_suspects": found.why_no_suspects,
        "sheet": None if found.sheet is None else found.sheet.name,
    }
