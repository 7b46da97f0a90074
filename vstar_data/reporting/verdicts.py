"""The verdicts: which classes pass best and worst, why answers are rejected, and what an audit found."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vstar_data.auditing.wilson import Estimate, wilson
from vstar_data.dataset.audit_section import shown
from vstar_data.reporting.charts import Interval, Named, grid, intervals
from vstar_data.reporting.findings import Tried
from vstar_data.reporting.markup import Html, Part, joined, line, table, tag
from vstar_data.reporting.material import Material
from vstar_data.reporting.parts import Section, cards, code, figure, paragraph
from vstar_data.reporting.shares import percent
from vstar_data.reporting.yields import audit_of

_EACH = 10
"""Classes shown at either end."""


def verdicts(material: Material) -> Section:
    """Returns the section on classes, those that direct answers get right most and least often, and on reasons."""
    return Section("verdicts", "Classes and reasons", cards(*_classes(material.findings.classes), _reasons(material)))


def _classes(tried: dict[tuple[str, str], Tried]) -> list[Html]:
    if not tried:
        return [figure("Classes", "No direct answer was asked for a class.", None, Html(""))]
    shares = {place: wilson(one.accepted / one.answers, one.answers) for place, one in tried.items()}
    if len(tried) <= 2 * _EACH:
        best_first = sorted(tried, key=lambda place: (-shares[place].value, -tried[place].answers, place))
        note = f"All {len(tried)}, by the share of direct answers that contain the class; bars are 95 % intervals."
        return [_chart("classes-all", "Classes by pass rate", note, best_first, tried, shares)]
    best = sorted(tried, key=lambda place: (-shares[place].low, place))[:_EACH]
    worst = sorted(tried, key=lambda place: (shares[place].high, place))[:_EACH]
    return [
        _chart("classes-best", "Best classes", _ranked("lower", len(tried)), best, tried, shares),
        _chart("classes-worst", "Worst classes", _ranked("upper", len(tried)), worst, tried, shares),
    ]


def _ranked(end: str, number: int) -> str:
    return (
        f"Of {number:,}: by the share of direct answers that contain the class, ranked by the {end} end of its 95 % "
        "interval, so that a class with few answers does not lead."
    )


def _chart(
    name: str,
    title: str,
    note: str,
    order: list[tuple[str, str]],
    tried: dict[tuple[str, str], Tried],
    shares: dict[tuple[str, str], Estimate],
) -> Html:
    several = len({source for source, _ in tried}) > 1
    names = {place: f"{place[1]} ({place[0]})" if several else place[1] for place in order}
    rows: list[list[Part]] = [
        [
            line(names[place]),
            tried[place].answers,
            tried[place].accepted,
            percent(shares[place].value, 1),
            f"{100 * shares[place].low:.0f} to {100 * shares[place].high:.0f} %",
        ]
        for place in order
    ]
    numbers = table(title, ["Class", "n", "Accepted", "Share", "95 %"], rows, numbers_from=1)
    named = Named(name, title, "For each class the share of accepted direct answers with its interval.")
    points = {names[place]: Interval(*shares[place]) for place in order}
    return figure(title, note, intervals(named, points, axis="direct answers accepted"), numbers)


def _reasons(material: Material) -> Html:
    answers: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    modes: Counter[tuple[str, str, str]] = Counter()
    for group in material.manifest["counts"]["answers"]:
        answers[group["kind"]] += group["answers"]
        for reason, number in group["rejected"].items():
            cells[reason, group["kind"]] += number
            modes[reason, group["kind"], group["mode"]] += number
    title = "Rejected answers: reasons by kind"
    if not cells:
        return figure(title, "No answer was rejected.", None, Html(""))
    reasons: Counter[str] = Counter()
    for (reason, _), number in cells.items():
        reasons[reason] += number
    order = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    kinds = dict(sorted(answers.items()))
    whole = {(reason, kind): cells[reason, kind] for reason in order for kind in kinds}
    rows: list[list[Part]] = [
        [
            code(reason),
            kind,
            modes[reason, kind, "direct"],
            modes[reason, kind, "rationalized"],
            percent(cells[reason, kind], kinds[kind]),
        ]
        for reason, kind in sorted(cells, key=lambda cell: (order.index(cell[0]), -cells[cell], cell))
    ]
    head = ["Reason", "Kind", "Direct", "Rationalized", "Of its answers"]
    numbers = table(title, head, rows, numbers_from=2)
    named = Named("reasons", title, "For each reason and kind of question the number of rejected answers.")
    note = "Darker: a larger share of the answers of that kind. An answer with several reasons counts under each."
    return figure(title, note, grid(named, whole, kinds), numbers)


def audit(material: Material) -> Section:
    """Returns the section on the audit: the marks of a person, and acceptance by chance."""
    parts = (_marks(material), _decisions(material), _chance(material))
    found = [part for part in parts if part is not None]
    if not found:
        return Section(
            "audit",
            "Audit",
            paragraph("The verdicts were not audited. ", code("vstar-data audit RUN"), " measures how far they hold."),
        )
    return Section("audit", "Audit", cards(*found))


def _marks(material: Material) -> Html | None:
    audited = audit_of(material.manifest)
    if audited is None:
        return None
    rows: list[list[Part]] = [
        [
            group.kind or "all",
            group.mode or "both",
            shown(group.precision),
            shown(group.recall),
            group.accepted_marked + group.rejected_marked,
        ]
        for group in audited.groups
    ]
    head = ["Kind", "Mode", "Precision", "Recall", "Marked"]
    note = "By the marks of a person who did not see the verdicts, with 95 % intervals."
    return figure("Precision and recall", note, None, table("Marks of a person", head, rows, numbers_from=2))


def _decisions(material: Material) -> Html | None:
    counts = dict(material.manifest["counts"].get("reviewed", {}))
    if not counts:
        return None
    against = counts.pop("overruled", 0)
    rows: list[list[Part]] = [[decision, number] for decision, number in sorted(counts.items())]
    rows.append(["Against the verifier", against])
    note = "A person's decision on an answer stands in place of the verifier's verdict."
    return figure("Reviewed", note, None, table("Reviewed answers", ["Decision", "Answers"], rows, numbers_from=1))


def _chance(material: Material) -> Html | None:
    if material.audit is None:
        return None
    rules = material.manifest["verifier"]
    measured: Any = {"profile": material.audit.get("profile"), "version": material.audit.get("verifier")}
    try:
        rows: list[list[Part]] = [
            [one["kind"], one["mode"], one["questions"], _interval(one["share"])]
            for one in material.audit["null"]["chances"]
        ]
        suspects = material.audit.get("suspects")
    except (KeyError, TypeError, ValueError):
        return figure("Accepted by chance", "audit/audit.json cannot be read; audit the run again.", None, Html(""))
    note = "The share of answers that are accepted against targets that are false of their clips."
    if isinstance(suspects, int) and suspects:
        note += f" {suspects:,} labels look wrong: audit/suspects.csv names them."
    if measured != {"profile": rules["profile"], "version": rules["version"]}:
        note += (
            f" Measured with profile {measured['profile']}, version {measured['version']} of the verifier; "
            f"these verdicts are by {rules['profile']}, version {rules['version']}."
        )
    head = ["Kind", "Mode", "Questions", "By chance (95 %)"]
    return figure("Accepted by chance", note, None, table("Accepted by chance", head, rows, numbers_from=2))


def _interval(share: list[float]) -> Html:
    """Returns a share and its interval, which may stand on two lines."""
    value, low, high = (100 * float(edge) for edge in share)
    parts = (f"{value:.1f} %", f"({low:.1f} to {high:.1f})")
    return joined([tag("span", parts[0], class_="nowrap"), " ", tag("span", parts[1], class_="nowrap")])
