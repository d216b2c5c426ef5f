"""How soon a browser shows the pages of the workspace."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import sync_playwright

TIMES = 3
_PAINTED = """() => new Promise((done) => new PerformanceObserver((seen, watching) => {
    const first = seen.getEntriesByName("first-contentful-paint")[0];
    if (first) { watching.disconnect(); done(first.startTime); }
}).observe({type: "paint", buffered: true}))"""


def paints(address: str, pages: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds from asking for each page until something of it is seen, in a browser that has seen nothing before.

    A browser with an empty cache each time: who comes for the first time waits longest.
    """
    found: dict[str, list[float]] = {page: [] for page in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for _ in range(TIMES):
            for page in pages:
                with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
                    tab = context.new_page()
                    tab.goto(address + page, wait_until="load", timeout=60_000)
                    found[page].append(float(tab.evaluate(_PAINTED)))
        browser.close()
    return found


def table(found: dict[str, list[float]]) -> str:
    """The times as a table, in milliseconds."""
    rows = ["| page | first seen after, ms | longest, ms |", "| --- | ---: | ---: |"]
    for page, times in found.items():
        rows.append(f"| {page} | {sorted(times)[len(times) // 2]:,.0f} | {max(times):,.0f} |")
    return "\n".join(rows)
