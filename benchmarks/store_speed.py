"""What a new report costs as a project grows: ``python benchmarks/store_speed.py --out docs/growth.md``.

The made-up mentions of :mod:`benchmarks.linking_speed` come day by day, as many a day whatever the size of the project.
A project is filled with what linking would have left of them (mentions under their keys, edges, events, the log), and
at each size the next reports are linked as ``dateline link`` does it: put in, compared, clustered and written down, a
hundred in a transaction. Their cost is processor time, the database's included. What showing costs there is measured
too, and a project of a hundred thousand mentions is linked from nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, func, insert, select

from benchmarks.linking_speed import reports
from dateline.link.model import Mention
from dateline.link.pairs.candidates import keys
from dateline.link.pairs.score import Scorer
from dateline.link.run import ALONE, link
from dateline.store.database import Database
from dateline.store.linking import BATCH
from dateline.store.shelf import DatabaseShelf, cache
from dateline.store.tables import codings, edges, events, evidence, links, log, mentions
from dateline.store.tables import reports as report_rows

NOON = "2024-01-01T12:00:00+00:00"


SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
FROM_NOTHING = 100_000
WARM, NEXT = 2, 4
"""Batches linked before and while it is measured."""
AT_ONCE = 3_000
"""Reports that are filled in together."""
REMEMBERED = 20
"""Mentions of an event that a filled-in one has edges to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One size of the project: mentions in it, processor milliseconds a new report, megabytes of memory and file."""

    mentions: int
    report: float
    memory: int
    file: int


class Growing:
    """A project's database that grows by made-up mentions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mentions = 0
        self._database = Database.open(folder / "speed.sqlite", new=True)
        self._coming = reports(SIZES[-1] * 2)
        self._told: dict[str, list[int]] = {}
        self._scorer, self._known = Scorer(), cache()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def fill(self, size: int) -> None:
        """Put in what linking leaves of mentions, up to a size, without comparing them: their events are known."""
        while self.mentions < size:
            batch = [m for report in islice(self._coming, AT_ONCE) for m in report]
            with self._database.writing() as db:
                _put_rows(db, batch, self.mentions)
                self._put_linked(db, batch)
            self.mentions += len(batch)

    def _put_linked(self, db: Connection, batch: Sequence[Mention]) -> None:
        last = db.execute(select(func.coalesce(func.max(mentions.c.number), 0))).scalar_one()
        DatabaseShelf(db, NOON).put([(mention, keys(mention)) for mention in batch])
        number = {row.id: row.number for row in db.execute(select(mentions).where(mentions.c.number > last))}
        told: dict[str, list[Mention]] = {}
        for mention in batch:
            told.setdefault(f"e{int(mention.id.rpartition('#')[2]):012x}", []).append(mention)
        born = [event for event in told if event not in self._told]
        db.execute(insert(events), [{"id": event, "born": NOON} for event in born])
        ties = []
        for event, found in told.items():
            before = self._told.setdefault(event, [])
            for mention in found:
                mine = number[mention.id]
                ties += [{"first": other, "second": mine, "score": 0.9} for other in before[-REMEMBERED:]]
                before.append(mine)
        db.execute(insert(edges), ties)
        why = json.dumps([["event", "nothing else is alike enough", "", ALONE.id, ALONE.source]])
        rows = [(mention, event) for event, found in told.items() for mention in found]
        db.execute(insert(links), [{"mention": number[m.id], "event": e, "because": why} for m, e in rows])
        entries = [("born", event, {}) for event in born] + [("linked", m.id, {"to": e}) for m, e in rows]
        told_of = [{"made": NOON, "who": "dateline", "what": w, "about": a, "details": d} for w, a, d in entries]
        db.execute(insert(log), told_of)

    def link(self, batches: int) -> tuple[int, float]:
        """Link the next batches of reports; how many reports that were, and the seconds of the processor."""
        number, spent = 0, 0.0
        for _ in range(batches):
            batch = [m for report in islice(self._coming, BATCH) for m in report]
            began = time.process_time()
            with self._database.writing() as db:
                number += _put_rows(db, batch, self.mentions)
                link(batch, DatabaseShelf(db, NOON, self._known), self._scorer)
            spent += time.process_time() - began
            self.mentions += len(batch)
        return number, spent

    def step(self) -> Step:
        """What the next reports cost."""
        self.link(WARM)
        at = self.mentions
        number, spent = self.link(NEXT)
        size = sum(p.stat().st_size for p in self.folder.iterdir()) >> 20
        return Step(at, 1000 * spent / number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, size)


def measure(folder: Path, sizes: Sequence[int]) -> Iterator[Step]:
    """The steps of a project that grows to these sizes."""
    growing = Growing(folder)
    for size in sizes:
        growing.fill(size)
        yield growing.step()
    growing.close()


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
