"""Makes the picture in the README: ``python docs/picture.py`` codes a sample report and photographs its page.

It needs playwright (a development dependency) and a Chromium, found on the path.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from dateline.api import code_report
from dateline.export.registry import exporters
from dateline.intake import read_path
from dateline.model import Report
from dateline.samples import sample_paths

SAMPLE = "taksim-opposition"
PICTURE = Path(__file__).resolve().parent / "page.png"
WIDTH, HEIGHT = 1280, 1640


def main() -> None:
    """Write ``docs/page.png``."""
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser_path is None:
        raise SystemExit("no Chromium was found on the path; install one, such as the system package chromium")
    path = next(path for path in sample_paths() if path.stem == SAMPLE)
    codings = [code_report(report) for report in read_path(path) if isinstance(report, Report)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "page.html"
        with page_file.open("w", encoding="utf-8", newline="") as out:
            exporters()["html"](codings, out)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(page_file.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
