"""What is not in the dataset, and why: unusable clips, clips left out, answers that filters keep back."""

from __future__ import annotations

from vstar_data.reporting.markup import Html, Part, joined, line, table, tag
from vstar_data.reporting.material import Ledger, Material
from vstar_data.reporting.parts import Section, cards, code, figure, listed, paragraph
from vstar_data.reporting.shares import percent


def leftovers(material: Material) -> Section:
    """Returns the section on what is left out."""
    counts = material.manifest["counts"]
    found: list[Html] = []
    if material.unusable.counts:
        note = joined(["Rows without a clip, and clips no model was shown. ", code("unusable.parquet"), " names each."])
        found.append(figure("Unusable", note, None, _ledger("Unusable", "Row or clip", material.unusable)))
    if counts.get("withheld"):
        rows: list[list[Part]] = [[code(reason), number] for reason, number in counts["withheld"].items()]
        note = joined(["Excluded by a list, or of a video that a benchmark holds too."])
        found.append(
            figure("Clips left out", note, None, table("Clips left out", ["Reason", "Clips"], rows, numbers_from=1))
        )
    if material.filtered.counts:
        note = joined(["Accepted answers that a quality filter keeps back. ", code("filtered.parquet"), " names each."])
        found.append(figure("Filtered answers", note, None, _ledger("Filtered answers", "Answer", material.filtered)))
    if counts.get("blind"):
        rows = [
            [code(unit["variant"]), unit["source"], unit["kind"], unit["asked"], percent(unit["right"], unit["asked"])]
            for unit in counts["blind"]
        ]
        head = ["Variant", "Source", "Kind", "Questions", "Right"]
        note = joined(["Questions with an accepted direct answer, asked again without what the video shows."])
        numbers = table("Answered without the video", head, rows, numbers_from=3)
        found.append(figure("Answered without the video", note, None, numbers))
    if not found:
        nothing = "Every row gave a clip, every clip could be shown, and no filter kept an answer back."
        return Section("left-out", "Left out", paragraph(nothing))
    return Section("left-out", "Left out", cards(*found))


def _ledger(caption: str, what: str, ledger: Ledger) -> Html:
    order = sorted(ledger.counts, key=lambda reason: (-ledger.counts[reason], reason))
    rows: list[list[Part]] = [
        [
            code(reason),
            ledger.counts[reason],
            listed([_example(*example) for example in ledger.examples[reason]]),
        ]
        for reason in order
    ]
    return table(caption, ["Reason", "Number", f"{what}, such as"], rows, numbers_from=3)


def _example(what: str, detail: str) -> Html:
    return joined([tag("b", line(what, 80)) if what else None, ": " if what and detail else None, line(detail, 160)])
