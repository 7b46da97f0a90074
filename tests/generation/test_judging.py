"""Judging: verdicts rest on all that the verifier is told, and are kept as long as none of it changes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.generation.small_run import block, clip, completion, plan, state
from vstar_data import verification
from vstar_data.generation.judging import Judge, KeptVerdict, also_true, read_verdicts, write_verdicts
from vstar_data.generation.tally import Tally, total
from vstar_data.records import ClassLabel, Completion, Mode, NumberLabel, Question, RejectReason, Verdict
from vstar_data.verification.settings import VerificationSettings

GUITAR = ClassLabel(name="playing guitar")
SCORE = NumberLabel(name="score", value=3.0)
CLIP = clip("a", labels=(GUITAR, SCORE))
QUESTION = Question(
    id="a#1", clip_id="a", text="What is happening?", targets=(GUITAR,), asks=(("name",),), origin="test"
)
NAMES = {"s": ("playing guitar", "playing drums")}


def made(text: str = "The person is playing guitar.", mode: Mode = Mode.DIRECT) -> Completion:
    of = block("a")
    return completion(state(of, plan(of)).sample(of.questions[0], mode, 0), text, key=f"key of {mode}")


def judge(profile: str = "strict", names: dict[str, tuple[str, ...]] = NAMES, **kept: KeptVerdict) -> Judge:
    settings = msgspec.convert({"profile": profile}, VerificationSettings)
    return Judge(settings, names, {verdict.key: verdict for verdict in kept.values()})


def test_answers_are_judged_by_the_verifier() -> None:
    one = judge()
    assert one.verdict(made(), QUESTION, CLIP).accepted
    rival = one.verdict(made("The person is playing drums."), QUESTION, CLIP)
    assert not rival.accepted
    assert rival.reasons == (RejectReason.RIVAL,)


def test_a_verdict_is_made_once() -> None:
    one = judge()
    first = one.kept(made(), QUESTION, CLIP)
    assert one.kept(made(), QUESTION, CLIP) is first
    assert one.judged == 1
    later = judge(kept=first)
    assert later.kept(made(), QUESTION, CLIP) == first
    assert later.judged == 0


def test_a_kept_verdict_falls_with_what_it_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first = judge().kept(made(), QUESTION, CLIP)
    other_question = msgspec.structs.replace(QUESTION, text="Which action is this?")
    other_asks = msgspec.structs.replace(QUESTION, asks=((),))
    other_clip = msgspec.structs.replace(CLIP, labels=(GUITAR,))
    changed = [
        (judge(kept=first), made("Another text."), QUESTION, CLIP),
        (judge(kept=first), msgspec.structs.replace(made(), finish_reason="length"), QUESTION, CLIP),
        (judge(kept=first), msgspec.structs.replace(made(), duration=9.0), QUESTION, CLIP),
        (judge(kept=first), msgspec.structs.replace(made(), mode=Mode.RATIONALIZED), QUESTION, CLIP),
        (judge(kept=first), made(), other_question, CLIP),
        (judge(kept=first), made(), other_asks, CLIP),
        (judge(kept=first), made(), QUESTION, other_clip),
        (judge("paper", kept=first), made(), QUESTION, CLIP),
        (judge(names={"s": ("playing guitar",)}, kept=first), made(), QUESTION, CLIP),
    ]
    for one, text, question, of in changed:
        one.kept(text, question, of)
        assert one.judged == 1
    monkeypatch.setattr(verification, "VERSION", "another")
    later = judge(kept=first)
    later.kept(made(), QUESTION, CLIP)
    assert later.judged == 1


def test_the_other_labels_of_a_clip_are_also_true() -> None:
    assert also_true(QUESTION, CLIP) == (SCORE,)


def test_verdicts_survive_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.parquet"
    one = judge()
    kept = [
        one.kept(made(), QUESTION, CLIP),
        one.kept(made("No idea.", Mode.RATIONALIZED), QUESTION, CLIP),
        KeptVerdict(key="bare", rests_on="", verdict=Verdict(accepted=False)),
    ]
    write_verdicts(path, kept)
    assert read_verdicts(path) == {verdict.key: verdict for verdict in kept}
    assert read_verdicts(tmp_path / "absent.parquet") == {}
    path.write_bytes(b"of another version")
    assert read_verdicts(path) == {}


def test_tallies_of_several_workers_add_up() -> None:
    one = Tally(completions=2, tokens=10, settled=1, working=2.0, waiting=0.5)
    one.judge(made(), Verdict(accepted=True))
    one.judge(made(), Verdict(accepted=False, reasons=(RejectReason.RIVAL, RejectReason.HEDGED)))
    two = Tally(completions=1, working=2.0)
    two.judge(made(mode=Mode.RATIONALIZED), Verdict(accepted=True))
    two.judge(made(), Verdict(accepted=False, reasons=(RejectReason.RIVAL,)))
    both = total([one, two])
    assert (both.completions, both.tokens, both.settled, both.working) == (3, 10, 1, 4.0)
    assert both.accepted == {"direct": 1, "rationalized": 1}
    assert both.judged == {"direct": 3, "rationalized": 1}
    assert both.rejected == {"rival": 2}
    assert both.decode_wait == 0.125
    assert "decode-wait 12 %" in both.line(0.0, 0.0)
    assert "rejected 2 rival" in both.line(0.0, 0.0)
    assert total([]) == Tally()
