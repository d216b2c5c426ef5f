"""How long a reviewer waits: rows of a project decided on by keyboard in a real browser, one after the other.

    python benchmarks/review_keys.py PROJECT [--rows 50] [--browser /usr/bin/chromium] [--decisions "a a x a"]

A copy of the project is worked on, behind a server of its own. ``--decisions`` are the keys in order, parted by spaces:
``a`` or ``x``, begun anew at their end; with ``e=COLUMN:VALUE;COLUMN:VALUE`` in their place, values are typed over and
kept with Ctrl-Enter. What is printed: from the key to the next row in view (median and 95th percentile), how much
of it the server took, and the whole pass. Reading is no part of it.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from dateline.review.app import create_app
from dateline.review.workspace import Workspace
from dateline.store import Project
from dateline.store.index.index import Index
from dateline.store.review.people import Person

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
OTHER = """before => {
  const card = document.querySelector(".card.focus");
  const now = card && `${document.querySelector("#desk").dataset.report} ${card.dataset.row}`;
  return now && now !== before && document.querySelector("#decide[data-htmx-powered]");
}"""
NOW = (
    """() => `${document.querySelector("#desk").dataset.report} ${document.querySelector(".card.focus").dataset.row}`"""
)


@contextmanager
def serving(project: Project) -> Iterator[str]:
    index = Index.open(project)
    index.catch_up()
    app = create_app(Workspace(project, index, Person("reviewer", "A Reviewer", "coder")))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
    index.close()


def decide(page: Page, told: str) -> None:
    """Do with the row in focus what is told."""
    if not told.startswith("e="):
        page.keyboard.press(told)
        return
    page.keyboard.press("e")
    for pair in told.removeprefix("e=").split(";"):
        column, _, value = pair.partition(":")
        field = page.locator(f"#set-{column}")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.click()
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
            page.keyboard.type(value)
    page.keyboard.press("Control+Enter")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--browser", default=shutil.which("chromium"))
    parser.add_argument("--decisions", default="a a x")
    given = parser.parse_args()
    waits, served = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(given.project, copy)
        with Project.open(copy) as project, serving(project) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=given.browser, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.on(
                "requestfinished",
                lambda request: served.append(request.timing["responseStart"]) if request.method == "POST" else None,
            )
            page.goto(f"{address}/queue")
            page.wait_for_selector("#decide[data-htmx-powered]", state="attached")
            start = time.perf_counter()
            for told in islice(cycle(given.decisions.split()), given.rows):
                before = page.evaluate(NOW)
                at = time.perf_counter()
                decide(page, told)
                page.wait_for_function(OTHER, arg=before, polling="raf")
                if not told.startswith("e="):
                    waits.append(1000 * (time.perf_counter() - at))
            whole = time.perf_counter() - start
            browser.close()
    for name, values in (("key to next row", waits), ("of it the server", served)):
        ranked = sorted(values)
        p95 = ranked[int(0.95 * (len(ranked) - 1))]
        print(f"{name}: median {statistics.median(ranked):.0f} ms, 95th percentile {p95:.0f} ms ({len(ranked)})")
    print(f"{given.rows} rows in {whole:.1f} s")


if __name__ == "__main__":
    main()
