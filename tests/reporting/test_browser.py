"""The report in a real browser: it fits every width, asks nothing of the network, and keys reach all of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vstar_data.reporting.report import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytest.importorskip("playwright", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


@pytest.fixture(scope="module")
def report(acts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(acts, tmp_path_factory.mktemp("browser") / "report.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


def opened(browser: Any, report: Path, width: int, scheme: str) -> tuple[Any, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(f"file://{report}")
    return page, [told for told in heard if not told.startswith(("file://", "data:"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_every_width_in_both_schemes(browser: Any, report: Path, width: int, scheme: str) -> None:
    page, heard = opened(browser, report, width, scheme)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colour, back = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (brightness(colour) > brightness(back)) == (scheme == "dark")
    page.context.close()


def test_charts_are_drawn_in_the_colours_of_the_scheme(browser: Any, report: Path) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page, _ = opened(browser, report, 1280, scheme)
        fills = page.eval_on_selector_all("svg path", "all => all.map(one => getComputedStyle(one).fill)")
        texts = page.eval_on_selector_all("svg text", "all => all.map(one => getComputedStyle(one).fill)")
        seen[scheme] = set(fills) | set(texts)
        assert all(found.startswith("rgb") or found == "none" for found in seen[scheme])
        page.context.close()
    assert seen["light"] - {"none", "rgb(0, 0, 0)"} != seen["dark"] - {"none", "rgb(0, 0, 0)"}


def test_every_picture_is_shown(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280, "light")
    widths = page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    assert widths
    assert all(widths)
    page.context.close()


def test_keys_skip_to_the_report_and_open_the_numbers(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280, "light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.context.close()


def brightness(colour: str) -> int:
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
