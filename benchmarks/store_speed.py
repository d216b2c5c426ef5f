"""What a new report costs as a project grows: ``python benchmarks/store_speed.py --mentions 1000000``.

The made-up mentions of :mod:`benchmarks.linking_speed` are linked in a project's database, day by day. For each size of
the project the table says what a report cost in all: putting its mentions in, finding and scoring candidates,
clustering, and writing the outcome down. With ``--out FILE.md`` the table and its picture are written anew at each
size, so that a run can be stopped.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, insert

from benchmarks.linking_speed import by_day, reports
from dateline.link.model import Mention
from dateline.link.pairs.score import Scorer
from dateline.link.run import link
from dateline.store.database import Database
from dateline.store.shelf import DatabaseShelf
from dateline.store.tables import codings, evidence
from dateline.store.tables import reports as report_rows

NOON = "2024-01-01T12:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Step:
    """One size of the project: mentions in it, milliseconds a new report, seconds in all, megabytes of both kinds."""

    mentions: int
    report: float
    seconds: float
    memory: int
    file: int


def measure(folder: Path, number: int, steps: int) -> Iterator[Step]:
    """So many mentions linked in a new database; a row for each part of them. Seconds are those of the clock."""
    path = folder / "speed.sqlite"
    database, scorer, cache = Database.open(path), Scorer(), dict[str, Mention]()
    done = since = of_reports = 0
    spent = last = 0.0
    for batch in by_day(reports(number)):
        began = time.perf_counter()
        with database.writing() as db:
            shelf = DatabaseShelf(db, NOON, cache)
            of_reports += _put_rows(db, batch, done)
            link(batch, shelf, scorer)
        spent += time.perf_counter() - began
        done += len(batch)
        if done - since >= number / steps or done >= number:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            size = sum(p.stat().st_size for p in folder.iterdir()) >> 20
            yield Step(done, 1000 * (spent - last) / of_reports, spent, memory, size)
            since, last, of_reports = done, spent, 0
    database.close()


def _put_rows(db: Connection, batch: Sequence[Mention], done: int) -> int:
    """The rows that the mentions' reports and codings would have; how many reports they are of."""
    names = list(dict.fromkeys(mention.report for mention in batch))
    numbers = {name: done + n for n, name in enumerate(names, 1)}
    db.execute(insert(evidence), [{"sha256": n, "bytes": 0, "origin": "made up", "added": NOON} for n in names])
    db.execute(
        insert(report_rows),
        [
            {"number": numbers[n], "id": n, "sha256": n, "part": 0, "fields": {}, "text": "", "added": NOON}
            for n in names
        ],
    )
    coder = {"turn": 1, "coder": "made up", "version": "1", "codebook": "plover", "settings": "{}", "made": NOON}
    db.execute(
        insert(codings),
        [{"number": numbers[n], "report": numbers[n], "events": 0, "form": b"", **coder} for n in names],
    )
    return len(names)


def table(steps: Iterable[Step]) -> str:
    """The steps as a table."""
    rows = [
        "| mentions | a new report, ms | in all, s | memory, MB | file, MB |",
        "| ---: | ---: | ---: | ---: | ---: |",
        *(f"| {s.mentions:,} | {s.report:.1f} | {s.seconds:,.0f} | {s.memory:,} | {s.file:,} |" for s in steps),
    ]
    return "\n".join(rows)


def plot(steps: Sequence[Step]) -> str:
    """The cost of a new report against the size of the project, as SVG."""
    width, height, left, below = 640, 300, 60, 40
    most, highest = steps[-1].mentions, max(s.report for s in steps) * 1.25
    across, up = width - left - 20, height - below - 20
    points = " ".join(
        f"{left + across * s.mentions / most:.1f},{height - below - up * s.report / highest:.1f}" for s in steps
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
 font-family="sans-serif" font-size="12">
<title>Milliseconds for a new report, by mentions in the project</title>
<rect width="{width}" height="{height}" fill="#fffdf8"/>
<path d="M{left} 20V{height - below}H{width - 20}" fill="none" stroke="#515a61"/>
<polyline points="{points}" fill="none" stroke="#8c3410" stroke-width="2"/>
<text x="{left}" y="{height - 12}">0</text>
<text x="{width - 20}" y="{height - 12}" text-anchor="end">{most:,} mentions in the project</text>
<text x="{left - 6}" y="24" text-anchor="end">{highest:.0f} ms</text>
<text x="{left - 6}" y="{height - below}" text-anchor="end">0</text>
</svg>
"""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure what a new report costs as a project grows.")
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--out", type=Path, help="a Markdown file to write; the picture is put beside it")
    given = parser.parse_args()
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        for step in measure(Path(folder), given.mentions, given.steps):
            print(step, file=sys.stderr, flush=True)
            steps.append(step)
            if given.out:
                write(steps, given.out)
    print(table(steps))


PAGE = """# What a new report costs as a project grows

Written by `benchmarks/store_speed.py`; not edited by hand. Made-up mentions are linked day by day in a project's
database; the cost of a new report is what putting in, comparing, clustering and writing down its mentions took.

![Milliseconds for a new report]({picture})

{table}
"""


def write(steps: Sequence[Step], page: Path) -> None:
    """The page and its picture."""
    picture = page.with_suffix(".svg")
    picture.write_text(plot(steps), encoding="utf-8")
    page.write_text(PAGE.format(picture=picture.name, table=table(steps)), encoding="utf-8")


if __name__ == "__main__":
    main()
