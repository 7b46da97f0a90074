"""From the accepted answers of a question to rows in the styles of a recipe, each verified again. No model is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from vstar_data.dataset.filtering.words import label_texts, other_words, said
from vstar_data.dataset.judged import Judged
from vstar_data.dataset.reformatting.counts import NoRow, Reformatted
from vstar_data.dataset.reformatting.distractors import distractors_of
from vstar_data.dataset.reformatting.options import Options, own_options, shuffled
from vstar_data.dataset.reformatting.pools import Pools
from vstar_data.dataset.reformatting.wordings import CONCLUSION, instruction, lettered, with_options, without_reasons
from vstar_data.dataset.reformatting.words import in_words, label_in_words
from vstar_data.generation.judging import Judge, KeptVerdict
from vstar_data.recipe.recipe import Recipe
from vstar_data.recipe.reformat import ReformatSettings, Style
from vstar_data.records import Clip, Mode, QALabel, Question, Verdict, kind_of

_CONCLUDED = re.compile(
    r"\s*(?:\n|\A)[\s*_#]*(?:the |my )?(?:final )?answer[\s*_]*(?:is)?[\s*_]*:[^\n]*\Z", re.IGNORECASE
)
"""A last line that names the answer already."""

_CLOSING = re.compile(r"\s*</\s*answer\s*>\s*\Z", re.IGNORECASE)


class Reformatter:
    """Makes the rows of a dataset that are in other styles than the plain one.

    Args:
        settings: Which styles.
        judge: Judges the rows, by the run's profile.
        clips: The clips that distractors may come from. Read once, and only for `multiple_choice`.

    Attributes:
        settings: The settings.
        counts: What became of the styles so far.
        verdicts: The verdicts on the rows so far, for the next look.
    """

    def __init__(self, settings: ReformatSettings, judge: Judge, clips: Callable[[], Iterable[Clip]]) -> None:
        self.settings = settings
        self.counts = Reformatted(settings.styles)
        self.verdicts: list[KeptVerdict] = []
        self._judge = judge
        self._pools = Pools(clips() if Style.MULTIPLE_CHOICE in settings.styles else ())

    def rows(self, samples: Sequence[Judged]) -> Iterator[Judged]:
        """Yields the rows of a question in other styles, by style.

        Args:
            samples: All judged answers of one question, in their order.
        """
        taught = [judged for judged in samples if judged.taught]
        if not taught:
            return
        # The label is the same whichever answer was accepted: one row is enough, under the first direct one.
        first = next((judged for judged in taught if judged.completion.mode is Mode.DIRECT), taught[0])
        for style in self.settings.styles:
            for judged in taught if style is Style.RATIONALE_ANSWER else [first]:
                made = self._made(judged, style)
                if isinstance(made, Judged):
                    self.counts.rows[style] += 1
                    yield made
                else:
                    self.counts.dropped[style.value, made] += 1

    def _made(self, judged: Judged, style: Style) -> Judged | str:
        """Returns the row of an answer in a style, or the reason why there is none."""
        match style:
            case Style.RATIONALE_ANSWER:
                return self._rationale_answer(judged)
            case Style.SHORT_ANSWER:
                return self._short_answer(judged)
            case Style.MULTIPLE_CHOICE:
                return self._multiple_choice(judged)

    def _rationale_answer(self, judged: Judged) -> Judged | str:
        question, text = judged.question, judged.completion.text
        if judged.completion.finish_reason == "length":
            return NoRow.CUT_OFF
        known = [question.text, *(words for target in question.targets for words in label_texts(target))]
        if not other_words(said(judged), known):
            return NoRow.NO_RATIONALE
        asked = self._asked(question, Style.RATIONALE_ANSWER)
        if asked is None:
            return NoRow.GIVEN_AWAY
        return self._verified(judged, Style.RATIONALE_ANSWER, asked, _concluded(text, _conclusion(question)))

    def _short_answer(self, judged: Judged) -> Judged | str:
        asked = self._asked(judged.question, Style.SHORT_ANSWER)
        if asked is None:
            return NoRow.GIVEN_AWAY
        return self._verified(judged, Style.SHORT_ANSWER, asked, in_words(judged.question.targets))

    def _multiple_choice(self, judged: Judged) -> Judged | str:
        question = judged.question
        if len(question.targets) != 1 or kind_of(question.targets[0]) == "caption":
            return NoRow.UNSUITED
        options = self._options(judged)
        if options is None:
            return NoRow.NO_DISTRACTOR
        style, target = Style.MULTIPLE_CHOICE, question.targets[0]
        plain = " ".join(target.question.split()) if isinstance(target, QALabel) else without_reasons(question.text)
        right = options.texts[options.right]
        asked = msgspec.structs.replace(
            question,
            text=f"{with_options(plain, options.texts)}\n{instruction(style, question)}",
            targets=(
                QALabel(
                    question=plain,
                    answer=right,
                    choices=options.texts,
                    aliases=_other_spellings(getattr(target, "aliases", ()), options),
                ),
            ),
            asks=(("answer",),),
            also_true=judged.also_true,
        )
        text = lettered(options.texts, options.right)
        # What the letter stands for must answer the plain question too.
        if (reason := self._rejected(judged, f"{style}/plain", question, right)) is not None:
            return reason
        made = self._verified(judged, style, asked, text)
        if isinstance(made, Judged) and not getattr(target, "choices", ()):
            self.counts.fewer_choices += len(options.texts) < self.settings.choices
        return made

    def _options(self, judged: Judged) -> Options | None:
        question, seed = judged.question, self.settings.seed
        target = question.targets[0]
        if isinstance(target, QALabel) and target.choices:
            return own_options(target, seed=seed, question_id=question.id)
        distractors = distractors_of(
            question,
            judged.clip.source,
            self._pools,
            also_true=judged.also_true,
            duration=judged.duration,
            seed=seed,
            most=self.settings.choices - 1,
        )
        if not distractors:
            return None
        return shuffled(label_in_words(target), distractors, seed=seed, question_id=question.id)

    def _asked(self, question: Question, style: Style) -> Question | None:
        """Returns a question that asks for a style, or None where no instruction can without giving the answer away."""
        added = instruction(style, question)
        if added is None:
            return None
        text = question.text if style is Style.RATIONALE_ANSWER else without_reasons(question.text)
        return msgspec.structs.replace(question, text=f"{text}\n{added}")

    def _verified(self, judged: Judged, style: Style, question: Question, text: str) -> Judged | str:
        """Returns an answer in other words, or the verifier's reason against it."""
        verdict = self._verdict(judged, style, question, text)
        if not verdict.accepted:
            return str(verdict.reasons[0])
        # Who verifies the published row without `asks` reads the question: that must come to the same.
        inferred = _inferred(question)
        same = inferred.asks == question.asks
        if not same and (reason := self._rejected(judged, f"{style}/inferred", inferred, text)) is not None:
            return reason
        completion = msgspec.structs.replace(judged.completion, text=text, finish_reason="stop")
        return Judged(
            question=question,
            clip=judged.clip,
            completion=completion,
            verdict=verdict,
            also_true=judged.also_true,
            duration=judged.duration,
            cycle=judged.cycle,
            style=style.value,
        )

    def _rejected(self, judged: Judged, name: str, question: Question, text: str) -> str | None:
        verdict = self._verdict(judged, name, question, text)
        return None if verdict.accepted else str(verdict.reasons[0])

    def _verdict(self, judged: Judged, name: str, question: Question, text: str) -> Verdict:
        completion = msgspec.structs.replace(
            judged.completion,
            key=f"{judged.completion.key}/{name}",
            text=text,
            finish_reason="stop",
            duration=judged.duration,
        )
        explicit = msgspec.structs.replace(question, also_true=judged.also_true)
        kept = self._judge.kept(completion, explicit, judged.clip)
        self.verdicts.append(kept)
        return kept.verdict


def check_styles(recipe: Recipe) -> None:
    """Checks that the profile can judge the rows that a recipe wants: a multiple choice is a `qa` target.

    Raises:
        UsageError: It judges them by sentence embeddings, and what that needs is not there.
    """
    from vstar_data.verification.profiles import check_kinds

    if Style.MULTIPLE_CHOICE in recipe.reformat.styles:
        check_kinds(recipe.verification.profile, ["qa"], recipe.verification.embedder)


def _conclusion(question: Question) -> str:
    """Returns the last line of a rationale with its answer; a choice of the dataset keeps its letter."""
    target = question.targets[0]
    if len(question.targets) == 1 and isinstance(target, QALabel) and 2 <= len(target.choices) <= 26:
        choices = [" ".join(choice.split()) for choice in target.choices]
        return f"{CONCLUSION} {lettered(choices, target.choices.index(target.answer))}"
    return f"{CONCLUSION} {in_words(question.targets)}"


def _concluded(text: str, conclusion: str) -> str:
    """Returns a text with a last line that names the answer; one that it has already makes room.

    What a model puts between answer tags is its answer: the line goes there too.
    """
    closing = _CLOSING.search(text)
    body, end = (text[: closing.start()], closing[0].strip()) if closing else (text, "")
    last = _CONCLUDED.search(body)
    # A longer line, or one that is all there is, holds reasons too.
    if last is not None and last.start() and len(last[0].strip()) <= len(conclusion) + 20:
        body = body[: last.start()]
    return f"{body.rstrip()}\n\n{conclusion}{end}"


def _inferred(question: Question) -> Question:
    """Returns a question that asks for what its text says that it asks for."""
    from vstar_data.verification.inference import asked_for
    from vstar_data.verification.text import tokens_of_name

    return msgspec.structs.replace(question, asks=asked_for(tokens_of_name(question.text), question.targets))


def _other_spellings(aliases: Iterable[str], options: Options) -> tuple[str, ...]:
    """Returns the other spellings of the right answer, without those that are options themselves."""
    taken = {text.casefold() for text in options.texts}
    return tuple(alias for alias in aliases if alias.casefold() not in taken)
