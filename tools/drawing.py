"""Makes the scripts and outlines by which the workspace draws its map and time line, from npm packages.

    npm install d3-geo@3 d3-zoom@3 d3-selection@3 topojson-client@3 world-atlas@2 @observablehq/plot@0.6 esbuild@0.28
    python tools/drawing.py node_modules src/dateline/review/static/vendor

Only what is used of them is kept, one file for each page, with the licences at its head. Observable Plot puts a style
element into what it draws, which the workspace's policy forbids: it is taken out, and the page's own style says so.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

MAP = """
export { geoArea, geoBounds, geoCentroid, geoCircle, geoDistance, geoGraticule, geoPath, geoProjection } from "d3-geo";
export { zoom, zoomIdentity } from "d3-zoom";
export { select } from "d3-selection";
export { feature, mesh } from "topojson-client";
"""
TIME = 'export { areaY, axisX, axisY, plot, pointerX, rectY, ruleX, ruleY, text, tip } from "@observablehq/plot";'
BUNDLE = ("--bundle", "--format=iife", "--target=es2020", "--legal-comments=none")
SMALL = ("--minify", "--target=es2020", "--legal-comments=none")
_STYLE = re.compile(r'\w+\.append\("style"\)\.text\(\s*`[^`]*`\s*\)')
OUTLINES = ("countries-110m.json", "countries-50m.json")


def main(modules: Path, target: Path) -> None:
    """Write the files into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    parts = (*modules.glob("d3-*"), modules / "topojson-client")
    drawing = ("d3-geo", "d3-zoom", "d3-selection", "topojson-client")
    _write(target / "map-parts.js", modules, _bundle(modules, MAP, "maps"), drawing, parts)
    plotted, found = _STYLE.subn("null", _bundle(modules, TIME, "Plot"))
    if not found:
        sys.exit("Observable Plot no longer writes its style as expected: look where it does now")
    every = (*modules.glob("d3-*"), modules / "@observablehq" / "plot", *modules.glob("i[ns]*"), *modules.glob("*-1d"))
    _write(target / "plot.js", modules, plotted, ("@observablehq/plot",), every)
    for name in OUTLINES:
        copyfile(modules / "world-atlas" / name, target / name)


def _bundle(modules: Path, used: str, name: str) -> str:
    return _esbuild(modules, (*BUNDLE, f"--global-name={name}"), used)


def _esbuild(modules: Path, settings: tuple[str, ...], text: str) -> str:
    bundler = (modules / ".bin" / "esbuild").resolve()
    folder = modules.parent
    return subprocess.run(
        [str(bundler), *settings], input=text, cwd=folder, text=True, capture_output=True, check=True
    ).stdout


def _write(target: Path, modules: Path, script: str, named: tuple[str, ...], parts: tuple[Path, ...]) -> None:
    found = {path.read_text("utf-8") for part in parts for path in part.glob("LICENSE*")}
    notice = "\n\n".join(sorted({re.sub(r"\s+", " ", licence).strip() for licence in found}))
    versions = ", ".join(f"{name} {_version(modules / name)}" for name in named)
    small = _esbuild(modules, SMALL, script)
    target.write_text(f"/* {versions} and what they are made of.\n\n{notice} */\n{small}", "utf-8")


def _version(package: Path) -> str:
    version = re.search(r'"version": "([^"]+)"', (package / "package.json").read_text("utf-8"))
    assert version is not None
    return version[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
