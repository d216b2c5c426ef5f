"""Makes the pictures of the README and formats.md: ``python docs/picture.py`` codes the samples, photographs the page.

It needs playwright (a development dependency) and a Chromium, found on the path.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import sync_playwright

from dateline.api import code_report
from dateline.export.registry import exporters
from dateline.intake import read_path
from dateline.model import Report
from dateline.samples import sample_paths

DOCS = Path(__file__).resolve().parent
REPORT = "taksim-opposition"


class Picture(NamedTuple):
    """A file, the size of the window and its colours, and the part of the page that it shows."""

    name: str
    width: int
    height: int
    colours: Literal["light", "dark"] = "light"
    report: str = ""


PICTURES = (
    Picture("page.png", 1280, 1000),
    Picture("page-dark.png", 1280, 1000, "dark"),
    Picture("page-phone.png", 390, 1000),
    Picture("page-report.png", 1280, 1000, report=REPORT),
)


def main() -> None:
    """Write the pictures into ``docs``."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser_path is None:
        raise SystemExit("no Chromium was found on the path; install one, such as the system package chromium")
    reports = [(path, found) for path in sample_paths() for found in read_path(path) if isinstance(found, Report)]
    codings = [code_report(report) for _, report in reports]
    parts = {path.stem: f"#r{at}" for at, (path, _) in enumerate(reports, 1)}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "page.html"
        with page_file.open("w", encoding="utf-8", newline="") as out:
            exporters()["html"](codings, out)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height}, color_scheme=picture.colours
            )
            page.goto(page_file.as_uri() + parts.get(picture.report, ""), timeout=120_000)
            page.screenshot(path=DOCS / picture.name)
            page.close()
            print(f"wrote {DOCS / picture.name}")
        browser.close()


if __name__ == "__main__":
    main()
