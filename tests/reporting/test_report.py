"""The report of a run: it needs nothing else, says what the manifest says, and shows foreign text as text."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.reporting.conftest import CLASSES, HANDLER, SCRIPT, Page, answer_rows, built, clip_rows, read_page
from vstar_data.dataset.assemble import assemble
from vstar_data.dataset.decisions import Choice, Decision, Decisions, text_sha256
from vstar_data.dataset.reading import PublishedDataset
from vstar_data.errors import UsageError
from vstar_data.executors.order import WorkOrder, Workshop
from vstar_data.reporting.inputs import inputs_digest, is_current
from vstar_data.reporting.report import refresh_report, write_report


@pytest.fixture(scope="module")
def report(acts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(acts, tmp_path_factory.mktemp("report") / "elsewhere" / "report.html")


@pytest.fixture(scope="module")
def page(report: Path) -> Page:
    return read_page(report)


def manifest(run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run / "dataset" / "manifest.json").read_text())
    return content


def rows_of(page: Page, caption: str) -> list[list[str]]:
    """The rows of the body of a table."""
    elements = page.elements
    start = next(at for at, one in enumerate(elements) if one.name == "caption" and one.text == caption)
    rows: list[list[str]] = []
    for one in elements[start + 1 :]:
        if one.name == "table":
            break
        if one.name == "tr":
            rows.append([])
        elif one.name in ("th", "td") and "tbody" in one.inside and "table" in one.inside:
            rows[-1].append(one.text)
        elif one.name in ("h2", "h3"):
            break
    return [row for row in rows if row]


def test_it_loads_nothing_and_runs_nothing(page: Page) -> None:
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("iframe")
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
    assert policy.startswith("default-src 'none'")
    for element in page.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on"), element
            if name in ("src", "href", "data", "action"):
                assert value.startswith(("data:image/jpeg;base64,", "#")), element
    assert not re.search(r"url\((?!#)|@import|https?:", page.all("style")[0].text)


def test_no_address_is_anywhere_in_it(report: Path) -> None:
    assert "http" not in report.read_text().replace('http-equiv="', "")


def test_every_anchor_and_reference_has_its_target_once(page: Page) -> None:
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(set(ids)) == len(ids)
    for link in page.all("a"):
        assert link.attributes["href"].removeprefix("#") in ids
    for one in page.elements:
        for name in one.attributes.get("aria-labelledby", "").split():
            assert name in ids


def test_foreign_text_shows_as_text(page: Page) -> None:
    assert SCRIPT in page.text
    assert HANDLER in page.text
    assert all("onerror" not in one.attributes for one in page.all("img"))
    assert f"acts {HANDLER}" in page.all("h1")[0].text
    drawn = [one.text for one in page.all("text")]
    assert any(text.startswith("sailing <script>") for text in drawn)


def test_what_cannot_be_seen_is_shown_as_signs(page: Page) -> None:
    assert "\u2407" in page.text
    assert "⟨U+202E⟩" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", page.text)


def test_the_headline_is_the_manifests(acts: Path, page: Page) -> None:
    counts = manifest(acts)["counts"]
    asked, direct, rationalized = (
        sum(unit[name] for unit in counts["questions"])
        for name in ("asked", "accepted_direct", "accepted_rationalized")
    )
    tiles = page.all("dl", class_="tiles")[0].text
    assert f"{direct + rationalized:,} of {asked:,} questions" in tiles
    assert f"{sum(counts['rows']['sft'].values()):,}" in tiles
    assert rationalized == 1


def test_the_tables_of_yields_and_reasons_are_the_manifests(acts: Path, page: Page) -> None:
    counts = manifest(acts)["counts"]
    answers = {(row[0], row[1]): row[2:4] for row in rows_of(page, "Answers")}
    assert answers == {
        (group["kind"], group["mode"]): [str(group["answers"]), str(group["accepted"])] for group in counts["answers"]
    }
    kinds = {row[1]: row[2:] for row in rows_of(page, "Questions with an accepted answer, by source and kind")}
    for unit in counts["questions"]:
        assert kinds[unit["kind"]][0] == str(unit["asked"])
        assert kinds[unit["kind"]][1].split()[0] == str(unit["accepted_direct"])
    shown = {(row[0], row[1]): (row[2], row[3]) for row in rows_of(page, "Rejected answers: reasons by kind")}
    for group in counts["answers"]:
        for reason, number in group["rejected"].items():
            assert shown[reason, group["kind"]][group["mode"] == "rationalized"] == str(number)


def test_classes_are_counted_over_direct_answers(page: Page) -> None:
    rows = {row[0]: row[1:3] for row in rows_of(page, "Classes by pass rate")}
    assert rows.keys() == set(CLASSES)
    assert rows["juggling"] == ["6", "3"]
    assert rows["bowling"] == ["6", "2"]


def test_errors_are_those_of_the_answers(page: Page) -> None:
    numbers = {row[0]: row[1] for row in rows_of(page, "Errors of numbers") if row[1] != "0"}
    assert numbers == {"0": "1", "+20 %": "1", "+40 %": "1", "+60 %": "1"}
    assert rows_of(page, "Errors by number") == [["balls", "acts", "8", "12.5 %", "3"]]
    overlaps = {row[0]: row[1] for row in rows_of(page, "Overlap with the target") if row[1] != "0"}
    assert overlaps == {"0.0 to 0.1": "3", "0.9 to 1.0": "3"}
    moments = {row[0]: row[1] for row in rows_of(page, "Errors of moments") if row[1] != "0"}
    assert moments == {"+0.25": "3", "+1.25": "3"}


def test_unusable_and_filtered_lines_are_shown_with_their_reasons(page: Page) -> None:
    unusable = {row[0]: row[1:] for row in rows_of(page, "Unusable")}
    assert unusable["unsupported_label"][0] == "1"
    filtered = {row[0]: row[1:] for row in rows_of(page, "Filtered answers")}
    assert filtered["too_long"][0] == "1"
    assert "acts/4#class/direct-0" in filtered["too_long"][1]


def test_the_evidence_is_marked_where_the_verifier_found_it(page: Page) -> None:
    marks = [one for one in page.all("mark") if "article" in one.inside]
    assert {one.attributes["class"] for one in marks} == {"good", "bad"}
    good = {one.text for one in marks if one.attributes["class"] == "good"}
    assert "juggling" in good
    assert any("2 to 4" in text for text in good)


def test_a_kept_back_answer_is_no_example_of_the_dataset(page: Page) -> None:
    assert "bright lights come up" not in "".join(one.text for one in page.all("article"))


def test_clips_show_key_frames_with_their_times_or_why_they_have_none(page: Page) -> None:
    pictures = page.all("img")
    assert pictures
    assert all(re.fullmatch(r"The clip at \d+\.\d\d seconds", one.attributes["alt"]) for one in pictures)
    assert any("not_a_video" in one.text for one in page.all("p", class_="no-picture"))


def test_every_table_has_a_caption_and_scoped_heads(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert all(one.attributes.get("scope") in ("row", "col") for one in page.all("th"))


def test_every_chart_has_a_title_and_a_table(page: Page) -> None:
    charts = page.all("svg")
    assert len(charts) >= 6
    assert all(one.attributes["role"] == "img" and one.text for one in charts)
    assert len(page.all("details")) == len(charts)


def test_the_same_run_gives_the_same_bytes(report: Path, run: Path) -> None:
    assert write_report(run).read_bytes() == report.read_bytes()


@pytest.mark.parametrize("name", ["verdicts.parquet", "timings.jsonl", "dataset/manifest.json", "unusable.parquet"])
def test_a_report_is_outdated_when_something_that_it_rests_on_has_changed(report: Path, run: Path, name: str) -> None:
    assert is_current(report, inputs_digest(run))
    with (run / name).open("ab") as file:
        file.write(b"\n")
    assert not is_current(report, inputs_digest(run))


def test_a_report_that_is_up_to_date_is_left_alone(report: Path, run: Path) -> None:
    kept = Path(shutil.copy(report, run / "report.html"))
    before = kept.stat().st_mtime_ns
    assert refresh_report(run) == kept
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(report.read_bytes().replace(b'content="', b'content="0', 1))
    assert refresh_report(run).read_bytes() == report.read_bytes()


def test_missing_videos_are_placeholders(run: Path) -> None:
    recipe = (run / "recipe.yaml").read_text()
    (run / "recipe.yaml").write_text(re.sub(r"videos: .*", "videos: /nowhere/at/all", recipe))
    page = read_page(write_report(run))
    assert not page.all("img")
    assert len(page.all("p", class_="no-picture")) == len(page.all("article"))


def test_cycles_up_to_this_one_are_beside_each_other(run: Path, tmp_path: Path) -> None:
    for number in range(3):
        copy = shutil.copytree(run, tmp_path / "cycles" / f"cycle-{number:02}")
        content = manifest(copy)
        content["cycle"] = number
        content["counts"]["questions"][0]["accepted_direct"] -= number
        (copy / "dataset" / "manifest.json").write_text(json.dumps(content))
    (tmp_path / "cycles" / "cycle-00" / "dataset" / "manifest.json").write_text("broken")
    middle = rows_of(
        read_page(write_report(tmp_path / "cycles" / "cycle-01")), "Questions with an accepted answer, by cycle"
    )
    last = rows_of(
        read_page(write_report(tmp_path / "cycles" / "cycle-02")), "Questions with an accepted answer, by cycle"
    )
    assert [row[0] for row in middle] == ["cycle 1"]
    assert [row[0] for row in last] == ["cycle 1", "cycle 2"]
    direct = [int(row[2].split()[0]) for row in last]
    assert direct[0] - direct[1] == 1


def test_an_audit_is_shown_with_what_it_was_measured_with(run: Path) -> None:
    (run / "audit").mkdir()
    chance = {"kind": "class", "mode": "direct", "questions": 9, "share": [0.25, 0.1, 0.4]}
    found = {"profile": "strict", "verifier": "0", "null": {"chances": [chance]}, "suspects": 2}
    (run / "audit" / "audit.json").write_text(json.dumps(found))
    page = read_page(write_report(run))
    assert rows_of(page, "Accepted by chance") == [["class", "direct", "9", "25.0 % (10.0 to 40.0)"]]
    assert "version 0 of the verifier" in page.text
    (run / "audit" / "audit.json").write_text('{"null": 3}')
    assert "audit the run again" in read_page(write_report(run)).text


def test_what_a_person_decided_is_shown_as_decided(run: Path) -> None:
    found = next(row for row in PublishedDataset(run).rows("sft") if row["id"] == "acts/0#class/direct-0")
    decision = Decision(
        id=found["id"],
        decision=Choice.REJECT,
        reviewer=SCRIPT,
        at="2026-01-02T03:04:05Z",
        text_sha256=text_sha256(found["answer"]),
    )
    Decisions(run / "decisions.jsonl").append(decision)
    before = read_page(write_report(run))
    assert "accepted" in before.all("p", class_="notice")[0].text
    workshop = Workshop(WorkOrder(run=str(run)))
    plan = workshop.plan(workshop.selection.takes)
    assemble(workshop.folder, workshop.recipe, workshop.state, plan, workshop.judge)
    page = read_page(write_report(run))
    assert not page.all("p", class_="notice")
    assert rows_of(page, "Reviewed answers") == [["reject", "1"], ["Against the verifier", "1"]]
    assert {row[0]: row[2] for row in rows_of(page, "Classes by pass rate")}["juggling"] == "2"
    decided = [one.text for one in page.all("article") if "reviewed: reject, against the verifier" in one.text]
    assert len(decided) == 1
    assert "reviewer" in decided[0]


def test_answers_that_came_after_assembling_are_told(run: Path) -> None:
    content = manifest(run)
    content["counts"]["answers"][0]["answers"] += 5
    (run / "dataset" / "manifest.json").write_text(json.dumps(content))
    assert "vstar-data assemble" in read_page(write_report(run)).all("p", class_="notice")[0].text


def test_a_run_in_which_nothing_was_accepted(tmp_path: Path) -> None:
    answers = [{**row, "text": "I cannot tell."} for row in answer_rows()]
    page = read_page(write_report(built(tmp_path, clip_rows()[:3], answers[:12])))
    assert "No answer was accepted." in page.text
    assert "0.0 %" in page.all("dl", class_="tiles")[0].text


def test_a_run_without_a_question(tmp_path: Path) -> None:
    page = read_page(write_report(built(tmp_path, clip_rows()[:3], [], "questions.kinds=[relation]")))
    assert "No question was asked" in page.text
    assert not page.all("article")


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path, run: Path) -> None:
    with pytest.raises(UsageError, match="no run"):
        write_report(tmp_path / "nothing")
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(run, tmp_path)
    shutil.rmtree(run / "dataset")
    with pytest.raises(UsageError, match="no dataset"):
        write_report(run)
