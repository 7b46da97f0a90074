"""The card's section on the styles of rows. Pure text."""

from __future__ import annotations

from collections.abc import Iterator

from vstar_data.dataset.markdown import Cells, table
from vstar_data.dataset.reformatting.counts import Reformatted


def styles_section(reformatted: Reformatted | None) -> Iterator[str]:
    """Yields the card's section on styles; nothing where the recipe asks for none."""
    if reformatted is None:
        return
    yield "## Styles"
    yield (
        "Accepted answers in other words, made without a model and verified again; `style` says which a row has. "
        "`multiple_choice` and `short_answer` have one row for each question, `rationale_answer` one for each answer."
    )
    rows: list[Cells] = [
        [
            f"`{style}`",
            ", ".join(f"{number:,} `{reason}`" for reason, number in reformatted.of_style(style).items()) or "none",
            reformatted.rows[style],
        ]
        for style in reformatted.styles
    ]
    yield table(["Style", "Not published", "Rows"], rows, numbers_from=2)
