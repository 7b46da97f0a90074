"""The page: a `Review` behind Gradio's components. Nothing else of this room speaks to Gradio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vstar_data.dataset.decisions import Choice
from vstar_data.errors import VstarDataError
from vstar_data.reporting.markup import line
from vstar_data.review.address import filters_of, named
from vstar_data.review.filters import Decided, Disagreement, Filters, Outcome
from vstar_data.review.panes import heading
from vstar_data.review.session import Review, View
from vstar_data.review.tables import MODES

_HERE = Path(__file__).parent
_ANY = "any"
_NAMES, _LONGEST = 300, 200
"""Names that are offered, the most frequent ones, and how long one may be to be offered; any can be written."""

_SHOWN = "(view, note, shown) => [view, note, document.getElementById('review-answer')?.dataset.row ?? '-1']"
"""Tells which row the page shows: of two quick clicks the second must not decide on what nobody has seen."""


def page(review: Review) -> Any:
    """Returns the page as Gradio's Blocks."""
    import gradio as gr

    index = review.index
    kinds = sorted({index.kinds[kind] for kind in index.question_kind[index.question]})
    reasons = sorted({reason for reasons in index.reasons for reason in reasons})
    with gr.Blocks(title=f"Review of {review.run.name}", analytics_enabled=False, fill_width=True) as blocks:
        view = gr.State(None)
        shown, address = gr.Textbox("-1", visible=False), gr.Textbox(visible=False)
        gr.HTML(heading(review.run.resolve().name, review.reviewer))
        with gr.Accordion("Filters", open=False, elem_id="review-filters"):
            with gr.Row():
                sheet = gr.Radio(
                    [("All answers", False), ("Audit sheet", True)], value=False, label="Show", elem_id="review-of"
                )
                decided = _choice(gr, "Reviewed", list(Decided), "review-decided")
                disagreement = _choice(gr, "Disagreement of", list(Disagreement), "review-disagreement")
            with gr.Row():
                kind = _choice(gr, "Kind", kinds, "review-kind")
                mode = _choice(gr, "Mode", [str(each) for each in MODES], "review-mode")
                outcome = _choice(gr, "Verifier", list(Outcome), "review-outcome")
                reason = _choice(gr, "Reason", reasons, "review-reason")
            with gr.Row():
                name = gr.Dropdown(
                    [(_ANY, ""), *_names(review)],
                    value="",
                    label="Class, event or object",
                    allow_custom_value=True,
                    elem_id="review-name",
                )
                text = gr.Textbox(label="Part of the id", max_lines=1, elem_id="review-text")
            blind = gr.Checkbox(label="Hide the verdict until I decide", elem_id="review-blind")
        progress = gr.HTML()
        answer = gr.HTML()
        note = gr.Textbox(label="Note (optional, kept with the decision)", max_lines=1, elem_id="review-note")
        with gr.Row(elem_id="review-bar"):
            previous = gr.Button("← Previous", elem_id="review-previous", min_width=0)
            accept = gr.Button("Accept (a)", variant="primary", elem_id="review-accept", min_width=0)
            reject = gr.Button("Reject (r)", variant="stop", elem_id="review-reject", min_width=0)
            skip = gr.Button("Skip (s)", elem_id="review-skip", min_width=0)
            following = gr.Button("Next →", elem_id="review-next", min_width=0)

        filters = [sheet, kind, mode, outcome, reason, name, decided, disagreement, text, blind]
        everything = [view, progress, answer, note]

        def shows(found: View) -> tuple[View, str, str, str]:
            return found, review.progress_html(found), review.answer_html(found), review.note(found)

        def opened(asked: str) -> tuple[Any, ...]:
            wanted, hidden = filters_of(str(asked or ""), kinds, reasons)
            return *_values(wanted), hidden, *shows(_told(gr, review.view, wanted, blind=hidden))

        def filtered(*values: Any) -> tuple[View, str, str, str]:
            return shows(_told(gr, review.view, _filters(values[:-1]), blind=bool(values[-1])))

        def moved(step: int) -> Any:
            return lambda found: shows(_told(gr, review.moved, found or review.view(Filters()), step))

        def chosen(choice: Choice) -> Any:
            def decide(found: View | None, written: str, row: str) -> tuple[View, str, str, str]:
                if found is None:
                    return shows(review.view(Filters()))
                return shows(_told(gr, review.decided, found, choice, str(written or ""), _number(row)))

            return decide

        settings: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        blocks.load(opened, address, [*filters, *everything], js="() => [location.hash]", **settings)
        for component in (sheet, kind, mode, outcome, reason, name, decided, disagreement, blind):
            component.input(filtered, filters, everything, **settings)
        gr.on([text.submit, text.blur], filtered, filters, everything, **settings)
        for button, step in ((previous, -1), (following, 1)):
            button.click(moved(step), view, everything, **settings)
        for button, choice in ((accept, Choice.ACCEPT), (reject, Choice.REJECT), (skip, Choice.SKIP)):
            button.click(chosen(choice), [view, note, shown], everything, js=_SHOWN, **settings)
    return blocks


def mounted(app: Any, review: Review) -> None:
    """Puts the page into an application: its own fonts, styles and script, nothing to be had of the disk."""
    import gradio as gr

    script = (_HERE / "page.js").read_text(encoding="utf-8")
    font = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"]
    gr.mount_gradio_app(
        app,
        page(review),
        "/",
        server_name="127.0.0.1",
        footer_links=[],
        ssr_mode=False,
        show_error=True,
        theme=gr.themes.Base(font=font, font_mono=["ui-monospace", "monospace"]),
        css=(_HERE / "page.css").read_text(encoding="utf-8"),
        head=f"<script>{script}</script>",
    )


def _choice(gr: Any, label: str, values: Sequence[str], elem_id: str) -> Any:
    choices = [(_ANY, "")] + [(str(value), str(value)) for value in values]
    return gr.Dropdown(choices, value="", label=label, elem_id=elem_id, filterable=False)


def _names(review: Review) -> list[tuple[str, str]]:
    """Returns the names to choose from, the most frequent ones in the order of the alphabet."""
    index = review.index
    counts = Counter(index.question_name[index.question].tolist())
    fitting = (index.names[place] for place, _ in counts.most_common(10 * _NAMES))
    offered = [name for name in fitting if name and len(name) <= _LONGEST][:_NAMES]
    return [(line(name, 80), name) for name in sorted(offered, key=str.casefold)]


def _filters(values: Sequence[Any]) -> Filters:
    """Returns the filters that the page's components say, in their order. What is none of the choices asks nothing."""
    sheet, kind, mode, outcome, reason, name, decided, disagreement, text = values
    return Filters(
        sheet=bool(sheet),
        kind=str(kind) if kind else None,
        mode=mode if mode in [str(each) for each in MODES] else None,
        outcome=named(Outcome, outcome),
        reason=str(reason) if reason else None,
        name=str(name or "").strip(),
        decided=named(Decided, decided),
        disagreement=named(Disagreement, disagreement),
        text=str(text or "").strip(),
    )


def _values(filters: Filters) -> list[Any]:
    """Returns what the page's components show of filters: the reverse of `_filters`."""
    return [filters.sheet, *(str(value or "") for value in list(asdict(filters).values())[1:])]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1


def _told(gr: Any, action: Any, *arguments: Any, **named: Any) -> View:
    """Does something; what goes wrong with the disk is told on the page, as text."""
    import html

    try:
        found: View = action(*arguments, **named)
    except (VstarDataError, OSError) as problem:
        raise gr.Error(html.escape(str(problem)), print_exception=False) from None
    return found
