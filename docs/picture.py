"""Makes the pictures of the docs: ``python docs/picture.py`` codes the samples and photographs the page.

The event with its sources side by side is that of projects.md which most reports tell. It needs playwright (a
development dependency) and a Chromium, found on the path.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from blocks import BLOCK, write_file
from playwright.sync_api import sync_playwright

from dateline.api import code_report
from dateline.export.registry import exporters
from dateline.intake import read_path
from dateline.model import Report
from dateline.samples import sample_paths
from dateline.store import Project

DOCS = Path(__file__).resolve().parent
REPORT = "taksim-opposition"


class Picture(NamedTuple):
    """A file, the size of the window and its colours, the page, and the part of it that it shows."""

    name: str
    width: int
    height: int
    colours: Literal["light", "dark"] = "light"
    report: str = ""
    page: Literal["page.html", "event.html"] = "page.html"


PICTURES = (
    Picture("page.png", 1280, 1000),
    Picture("page-dark.png", 1280, 1000, "dark"),
    Picture("page-phone.png", 390, 1000),
    Picture("page-report.png", 1280, 1000, report=REPORT),
    Picture("event.png", 1280, 1480, page="event.html"),
)


def main() -> None:
    """Write the pictures into ``docs``."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser_path is None:
        raise SystemExit("no Chromium was found on the path; install one, such as the system package chromium")
    reports = [(path, found) for path in sample_paths() for found in read_path(path) if isinstance(found, Report)]
    codings = [code_report(report) for _, report in reports]
    parts = {path.stem: f"#r{at}" for at, (path, _) in enumerate(reports, 1)}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with (folder / "page.html").open("w", encoding="utf-8", newline="") as out:
            exporters()["html"](codings, out)
        write_event(folder)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.colours
            )
            page.goto((folder / picture.page).as_uri() + parts.get(picture.report, ""), timeout=120_000)
            page.screenshot(path=DOCS / picture.name)
            page.close()
            print(f"wrote {DOCS / picture.name}")
        browser.close()


def write_event(folder: Path) -> None:
    """Write the page of the event of projects.md that most reports tell, by the verbs that are shown there."""
    shown = BLOCK.finditer((DOCS / "projects.md").read_text(encoding="utf-8"))
    write_file(next(block for block in shown if block["file"] == "port.jsonl"), folder)
    port = folder / "port"
    begun = (["init", port], ["add", folder / "port.jsonl", "-p", port], ["code", "-p", port], ["link", "-p", port])
    for verb in begun:
        subprocess.run([sys.executable, "-m", "dateline", *map(str, verb)], check=True)
    with Project.open(port) as store:
        event = max(store.comparisons(), key=lambda comparison: len(comparison.accounts)).event.id
    show = [sys.executable, "-m", "dateline", "show", event, "-p", str(port), "-o", str(folder / "event.html")]
    subprocess.run(show, check=True)


if __name__ == "__main__":
    main()
