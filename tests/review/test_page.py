"""The page as a person uses it: served by the command, driven in a browser, stopped by Ctrl-C."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.review.conftest import END, HOSTILE, START

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("gradio") is None, reason="Gradio is not installed (the extra `review`)"
)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
browser_needed = pytest.mark.skipif(
    importlib.util.find_spec("playwright") is None or not Path(CHROMIUM).exists(),
    reason="no browser: Playwright or Debian's chromium is not installed",
)

OUTBOUND = """
import os, sys
def refuse(event, arguments):
    host = arguments[0] if event == "socket.getaddrinfo" else None
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    host = host.decode() if isinstance(host, bytes) else host
    if host not in (None, "", "127.0.0.1", "::1", "localhost"):
        print("OUTBOUND", host, file=sys.stderr, flush=True)
        os._exit(77)
sys.addaudithook(refuse)
from vstar_data.cli import main
main()
"""


@dataclass
class Served:
    """A page that is being served."""

    run: Path
    address: str
    process: subprocess.Popen[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, reviewed_run: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    run = Path(shutil.copytree(reviewed_run, folder / "run"))
    command = [sys.executable, "-c", OUTBOUND, "review", str(run), "--port", "0", "--reviewer", "anna"]
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    timer = threading.Timer(120, process.kill)
    timer.start()
    assert process.stdout is not None
    said = process.stdout.readline() + process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    if found is None:
        pytest.fail(f"no address: {said} {process.communicate()[1]}")
    yield Served(run, found[0], process)
    timer.cancel()
    process.kill()
    process.communicate()


def fetch(served: Served, path: str, **headers: str) -> tuple[int, bytes, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(served.address + path, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read(), problem.headers


def test_only_the_clips_of_the_run_are_served(served: Served, reviewed_run: Path) -> None:
    status, content, headers = fetch(served, "/clips/0")
    assert (status, headers["content-type"]) == (200, "video/mp4")
    assert content == (reviewed_run.parent / "videos" / "b.mp4").read_bytes()
    assert fetch(served, "/clips/0", range="bytes=4-7")[:2] == (206, b"ftyp")
    assert fetch(served, "/clips/4")[0] == 404
    secret = reviewed_run.parent / "videos" / "secret.mp4"
    files = ("/etc/passwd", str(secret), str(served.run / "run.json"))
    paths = [f"{route}={file}" for route in ("/gradio_api/file", "/file") for file in files]
    for path in [*paths, "/clips/secret.mp4"]:
        status, content, _ = fetch(served, urllib.request.quote(path))
        assert status == 403
        assert b"not a clip" not in content


def test_other_pages_get_nothing(served: Served) -> None:
    assert fetch(served, "/", Host="evil.example")[0] == 403
    assert fetch(served, "/clips/0", Sec_Fetch_Site="cross-site")[0] == 403
    status, _, headers = fetch(served, "/")
    assert status == 200
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_only_this_machine_can_reach_it(served: Served) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("the system does not list its sockets")
    port = f":{int(served.address.rpartition(':')[2]):04X}"
    lines = (line.split() for line in table.read_text().splitlines()[1:])
    listening = {local.partition(":")[0] for _, local, _, state, *_ in lines if state == "0A" and local.endswith(port)}
    assert listening == {"0100007F"}


@pytest.fixture(scope="module")
def opened(served: Served) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        yield page
        browser.close()


def shows(page: Page, answer: str) -> None:
    page.wait_for_selector(f'#review-answer[data-id="clips/{answer.replace("/", "#class/")}"]', timeout=20_000)


@browser_needed
def test_a_person_reviews(served: Served, opened: Page) -> None:
    page = opened
    elsewhere: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.goto(served.address)
    shows(page, "b/direct-0")

    # The clip plays, and does not leave its window.
    page.wait_for_function("document.querySelector('#review-answer video').currentTime > 0.7", timeout=20_000)
    times = page.evaluate(
        """async () => {
            const video = document.querySelector('#review-answer video'), times = [];
            for (let number = 0; number < 30; number += 1) {
                times.push(video.currentTime);
                await new Promise((done) => setTimeout(done, 50));
            }
            return times;
        }"""
    )
    assert START - 0.05 <= min(times) <= max(times) <= END + 0.1
    assert max(times) - min(times) > 0.3

    # Keys decide, also two at once; a note may hold the same letters.
    page.keyboard.press("a")
    shows(page, "b/direct-1")
    page.fill("#review-note textarea, #review-note input", "rather as an archer")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    shows(page, "c/direct-0")
    page.keyboard.press("s")
    shows(page, "c/direct-1")
    page.keyboard.press("ArrowLeft")
    shows(page, "c/direct-0")
    assert page.inner_text("#review-answer .said") == f"A man is {HOSTILE}."
    assert page.evaluate("window.hit") is None
    page.keyboard.press("ArrowRight")
    shows(page, "c/direct-1")

    # A filter.
    page.click("#review-filters button")
    page.click("#review-outcome input")
    page.get_by_role("option", name="rejected").click()
    page.wait_for_function("document.querySelector('#review-progress').innerText.includes('of 4')")
    assert page.inner_text("#review-answer .verdict") == "rejected (absent)"

    # What was decided and asked for is there when the page is opened again: one goes on at what is open.
    page.reload()
    shows(page, "c/direct-1")
    assert "2 of 8 decided: 1 accepted, 1 rejected; 1 skipped" in page.inner_text("#review-progress")
    page.click("#review-filters button")
    assert page.input_value("#review-outcome input") == "rejected"
    assert "of 4 that the filters let through" in page.inner_text("#review-progress")
    page.keyboard.press("ArrowLeft")
    shows(page, "b/direct-1")
    assert "Rejected by anna" in page.inner_text("#review-answer .decided")
    assert page.input_value("#review-note textarea, #review-note input") == "rather as an archer"
    lines = [json.loads(line) for line in (served.run / "decisions.jsonl").read_text().splitlines()]
    assert [(line["decision"], line["reviewer"]) for line in lines] == [
        ("accept", "anna"),
        ("reject", "anna"),
        ("skip", "anna"),
    ]
    assert [url for url in elsewhere if not url.startswith(served.address)] == []
    assert problems == []


@browser_needed
def test_a_clip_that_browsers_do_not_play_plays(served: Served, opened: Page) -> None:
    opened.goto(served.address)
    opened.wait_for_selector("#review-answer")
    for _ in range(8):
        if "d.avi" in opened.inner_text("#review-answer"):
            break
        before = opened.get_attribute("#review-answer", "data-row")
        opened.keyboard.press("ArrowRight")
        opened.wait_for_function(f"document.querySelector('#review-answer').dataset.row !== '{before}'")
    opened.wait_for_function("document.querySelector('#review-answer video').currentTime > 0.2", timeout=20_000)


@browser_needed
def test_it_fits_a_small_screen_in_the_dark(served: Served, opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.emulate_media(color_scheme="dark")
    opened.goto(served.address)
    opened.wait_for_selector("#review-answer")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.evaluate("document.body.classList.contains('dark')")
    for name in ("accept", "reject", "skip", "next", "previous"):
        box = opened.locator(f"#review-{name}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= 844


def test_the_port_of_another_is_an_error(served: Served) -> None:
    port = served.address.rpartition(":")[2]
    command = [sys.executable, "-m", "vstar_data", "review", str(served.run), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port 0" in done.stderr


def test_ctrl_c_ends_it_without_a_trace_and_leaves_nothing(served: Served) -> None:
    """The last: it stops what the others use."""
    served.process.send_signal(signal.SIGINT)
    _, errors = served.process.communicate(timeout=30)
    assert served.process.returncode == 130, errors
    assert errors.splitlines() == ["stopped: all that was made is kept; run the same command again to go on"]
    assert list(served.run.parent.glob("vstar-data-review-*")) == []
