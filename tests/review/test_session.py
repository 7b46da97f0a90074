"""What a reviewer sees and does: decisions on disk, verdicts that are hidden, foreign text, other reviewers."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from tests.review.conftest import HOSTILE, row_of
from vstar_data.dataset.decisions import Choice
from vstar_data.errors import StorageError
from vstar_data.review.filters import Decided, Disagreement, Filters
from vstar_data.review.panes import answer_pane
from vstar_data.review.playback import Playback
from vstar_data.review.session import Review, View


def lines(run: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (run / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]


def at(review: Review, answer: str, filters: Filters | None = None) -> View:
    view = review.view(filters or Filters())
    assert view.rows is not None
    return View(view.filters, view.blind, view.rows, view.rows.tolist().index(row_of(review, answer)))


def test_a_decision_is_on_the_disk_and_one_goes_on(run: Path, review: Review) -> None:
    view = review.view(Filters())
    assert view.row == 0
    after = review.decided(view, Choice.ACCEPT, " quite\nright ", shown=0)
    assert after.row == 1
    (line,) = lines(run)
    assert (line["id"], line["decision"], line["reviewer"]) == (review.index.id(0), "accept", "anna")
    assert line["note"] == "quite\nright"
    assert line["at"].endswith("+00:00")
    assert review.note(view) == "quite\nright"
    assert "Accepted by anna" in review.answer_html(view)
    assert "1 of 8 decided" in review.progress_html(after)


def test_what_the_page_no_longer_shows_is_not_decided_on(run: Path, review: Review) -> None:
    view = review.view(Filters())
    assert review.decided(view, Choice.REJECT, "", shown=3) is view
    assert not (run / "decisions.jsonl").exists()


def test_a_new_review_and_another_reviewer_go_on_from_there(run: Path, review: Review, tmp_path: Path) -> None:
    review.decided(review.view(Filters()), Choice.REJECT, "", shown=0)
    other = Review(run, "bert", tmp_path)
    assert other.view(Filters()).row == 1
    seen = review.view(Filters(decided=Decided.UNDECIDED))
    assert seen.row == 1
    other.decided(other.view(Filters()), Choice.ACCEPT, "", shown=1)
    other.decided(other.view(Filters()), Choice.ACCEPT, "", shown=2)
    assert review.moved(seen, 1).row == 3
    assert "Accepted by bert" in review.answer_html(View(Filters(), False, seen.rows, 0))


def test_a_full_disk_decides_nothing(run: Path, review: Review) -> None:
    (run / "decisions.jsonl").symlink_to("/dev/full")
    view = View(Filters(), False, review.view(Filters()).rows, 0) if False else None
    with pytest.raises(StorageError):
        review.standing.decide(review.reader.answer(0), Choice.ACCEPT, "anna")
    assert view is None
    assert review.standing.counts() == {Choice.ACCEPT: 0, Choice.REJECT: 0, Choice.SKIP: 0}


def test_decisions_on_other_answers_do_not_count_and_are_told(run: Path, review: Review) -> None:
    review.decided(review.view(Filters()), Choice.ACCEPT, "", shown=0)
    (line,) = lines(run)
    others = [line | {"text_sha256": "0" * 64}, line | {"id": "clips/gone#class/direct-0"}, "no decision"]
    (run / "decisions.jsonl").write_text("".join(json.dumps(other) + "\n" for other in others), encoding="utf-8")
    view = review.view(Filters())
    assert view.row == 0
    said = review.progress_html(view)
    assert "0 of 8 decided" in said
    assert "Decisions that do not count, as their answers are gone or others now: 2." in said
    assert "Lines of decisions.jsonl that are no decisions: 1." in said


def test_a_hidden_verdict_shows_once_it_is_decided(run: Path, review: Review) -> None:
    right, wrong = at(review, "a/direct-0"), at(review, "a/direct-1")
    for view in (right, wrong):
        hidden = View(view.filters, True, view.rows, view.at)
        said = review.answer_html(hidden)
        assert "Hidden until you decide" in said
        assert not any(word in said for word in ("<mark", "accepted", "rejected", "absent", "found", "good", "bad"))
        review.decided(hidden, Choice.SKIP, "", shown=view.row or 0)
        assert "Hidden until you decide" in review.answer_html(hidden)
        review.decided(hidden, Choice.REJECT, "", shown=view.row or 0)
        assert ("accepted" if view is right else "absent") in review.answer_html(hidden)


def test_no_sheet_and_no_match_are_told(review: Review) -> None:
    assert "vstar-data audit RUN" in review.answer_html(review.view(Filters(sheet=True)))
    nothing = review.view(Filters(text="nowhere"))
    assert "No answer is like that" in review.answer_html(nothing)
    assert review.decided(nothing, Choice.ACCEPT, "", shown=-1) is nothing
    assert review.moved(nothing, 1) is nothing


def test_disputes_of_the_profiles_are_found(run: Path, review: Review) -> None:
    review.disputes.search(60)
    assert (review.disputes.looked_at, review.disputes.problem) == (8, "")
    view = review.view(Filters(disagreement=Disagreement.PROFILES))
    assert view.rows is not None
    assert view.rows.tolist() == review.disputes.found == [row_of(review, "d/direct-1")]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_foreign_text_shows_as_text(run: Path, review: Review) -> None:
    view = at(review, "c/direct-0")
    review.standing.decide(review.reader.answer(view.row or 0), Choice.ACCEPT, HOSTILE, HOSTILE)
    parsed = _Elements()
    parsed.feed(review.answer_html(view))
    assert {"script", "img"}.isdisjoint(parsed.found)
    assert "".join(parsed.text).count(HOSTILE) >= 3


@pytest.mark.parametrize(("text", "shown"), [("word " * 2_000, "word " * 2_000), (" \n", "nothing")])
def test_an_answer_is_shown_whole(review: Review, text: str, shown: str) -> None:
    answer = review.reader.answer(0)
    answer = replace(answer, completion=msgspec.structs.replace(answer.completion, text=text))
    pane = answer_pane(answer, Playback(), 0, None, blind=True)
    assert shown in pane
    assert "left out" not in pane
