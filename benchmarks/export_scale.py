"""How long a large project takes to be written, and in how much memory: a project of made-up reports.

    python benchmarks/export_scale.py make FOLDER --reports 100000
    python benchmarks/export_scale.py measure SMALL FOLDER --out docs/export-figures.md

``make`` writes a project of made-up reports (:mod:`benchmarks.reviewing.made`). ``measure`` runs ``dateline export`` in
a process of its own for each format and each project. Memory is what the process has of its own at the most
(``RssAnon``, looked at five times a second): pages of the database that the system keeps at hand are not its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WHAT = (
    *(
        ("mentions", form)
        for form in ("parquet", "jsonl-rows", "csv", "acled", "polecat", "geojson", "jsonl", "jsonld")
    ),
    *(("events", form) for form in ("parquet", "jsonl", "csv", "acled", "geojson", "annotations")),
    ("mentions", "duckdb"),
)
"""What is measured: all tables for DuckDB."""
MENTIONS_EACH, EVENTS_EACH = 3.85, 0.4
"""Mentions and events to a report, as in the project that the workspace is measured with."""
_LOOK = 0.2
_OWN = re.compile(r"^RssAnon:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    """One export: seconds by the clock and of the processor, the most memory of its own, and the size, in bytes."""

    what: str
    form: str
    reports: int
    seconds: float
    processor: float
    memory: int
    size: int


def measure(folder: Path, what: str, form: str) -> Measured:
    """Write a project once."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), "src")))}
    with TemporaryDirectory(dir=folder.parent) as beside:
        out = Path(beside) / "out"
        command = [sys.executable, "-m", "dateline", "export", "-p", str(folder.resolve()), "--what", what, "-f", form]
        began, before = time.perf_counter(), os.times()
        process = subprocess.Popen([*command, "-o", str(out)], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        most = 0
        while process.poll() is None:
            most = max(most, _own_memory(process.pid))
            time.sleep(_LOOK)
        seconds, after = time.perf_counter() - began, os.times()
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        used = after.children_user + after.children_system - before.children_user - before.children_system
        return Measured(what, form, _count(folder, "reports"), seconds, used, most, out.stat().st_size)


def _own_memory(pid: int) -> int:
    try:
        found = _OWN.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:  # it has ended
        return 0
    return 1024 * int(found[1]) if found else 0


def _count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "dateline.sqlite") as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


PAGE = """# How long exports take

Written by `benchmarks/export_scale.py`; not edited by hand.

Made-up reports in SQLite: {projects}.
Each line is one run of `dateline export` from its start to its end, in one process, on {machine}.
When the first one began, {load:.1f} other programs wanted the {cores} cores: the seconds of the processor are what an
export takes where nothing else runs. Memory is the most that the process had of its own.

{table}
"""


def page(found: Sequence[Measured], folders: Sequence[Path], load: float) -> str:
    """The page of figures."""
    rows = [
        "| written | format | reports | seconds | of the processor | memory, MB | size, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {'all tables' if one.form == 'duckdb' else one.what} | {one.form} | {one.reports:,} | {one.seconds:,.0f} | "
        f"{one.processor:,.0f} | {one.memory / 1e6:,.0f} | {one.size / 1e6:,.0f} |"
        for one in found
    ]
    told = "; ".join(
        f"{_count(folder, 'reports'):,} with {_count(folder, 'mentions'):,} mentions, "
        f"linked to {_count(folder, 'events'):,} events"
        for folder in folders
    )
    machine = f"a machine of {os.cpu_count()} ({platform.machine()}), Python {platform.python_version()}"
    return PAGE.format(projects=told, machine=machine, load=load, cores=os.cpu_count(), table="\n".join(rows))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure how long a large project takes to be written.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="write a project of made-up reports")
    making.add_argument("folder", type=Path)
    making.add_argument("--reports", type=int, default=100_000)
    measuring = verbs.add_parser("measure", help="write projects in every format")
    measuring.add_argument("folders", type=Path, nargs="+")
    measuring.add_argument("--only", action="append", default=[], metavar="FORMAT", help="a format alone")
    measuring.add_argument("--out", type=Path, help="a Markdown file to write")
    given = parser.parse_args()
    if given.verb == "make":
        from benchmarks.reviewing.made import make

        make(given.folder, int(EVENTS_EACH * given.reports), int(MENTIONS_EACH * given.reports))
        return
    load, found = os.getloadavg()[0], list[Measured]()
    for what, form in WHAT:
        for folder in given.folders if not given.only or form in given.only else ():
            found.append(measure(folder, what, form))
            print(found[-1], file=sys.stderr)
    text = page(found, given.folders, load)
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
