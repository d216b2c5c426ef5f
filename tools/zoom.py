"""Makes the script by which the page's map is zoomed and moved, from the npm packages of d3-zoom.

    npm install d3-zoom@3.0 d3-selection@3.0 esbuild@0.28
    python tools/zoom.py node_modules src/dateline/export/page/vendor/d3-zoom.js

Only what the map uses of them is kept, in one file that sets ``d3``. They are under the ISC licence, d3-ease
under the BSD one too; both stand at the head of the file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

USED = 'export { zoom, zoomIdentity } from "d3-zoom"; export { select } from "d3-selection";'
SETTINGS = ("--bundle", "--minify", "--format=iife", "--global-name=d3", "--target=es2020", "--legal-comments=none")


def main(modules: Path, target: Path) -> None:
    """Bundle what is used of the installed packages."""
    bundler = modules / ".bin" / "esbuild"
    made = subprocess.run(
        [str(bundler.resolve()), *SETTINGS], input=USED, cwd=modules.parent, text=True, capture_output=True, check=True
    )
    licences = {re.sub(r"\s+", " ", path.read_text("utf-8")).strip() for path in modules.glob("d3-*/LICENSE")}
    notice = "\n\n".join(sorted(licences))
    version = re.search(r'"version": "([^"]+)"', (modules / "d3-zoom" / "package.json").read_text("utf-8"))
    assert version is not None
    target.write_text(f"/* d3-zoom {version[1]} and what it is made of.\n\n{notice} */\n{made.stdout}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
