"""What a new report costs as a project grows: ``python benchmarks/store_speed.py --out docs/growth.md``.

The made-up mentions of :mod:`benchmarks.linking_speed` come day by day, as many a day whatever the size of the project.
A project is filled with what linking would have left of them (mentions under their keys, edges, events, the log, all
sealed); beyond some weeks of them its past is made of the same weeks again, each time as far back as there are, with
other names. At each size the next reports are linked as ``dateline link`` does it by a process that has just begun:
put in, compared, clustered and written down, a hundred in a transaction. Their cost is told in time of the processor,
the database's included, and by the clock. Another project is linked from nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from math import log10
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Connection, Table, func, insert, select, text

from benchmarks.linking_speed import reports
from benchmarks.memory import peak
from dateline.link.model import Mention
from dateline.link.pairs.candidates import WEEK, keys
from dateline.link.pairs.score import Scorer
from dateline.link.run import ALONE, link
from dateline.store.database import Database
from dateline.store.linking import BATCH
from dateline.store.shelf import Cache, DatabaseShelf
from dateline.store.tables import codings, edges, events, evidence, links, log, mentions
from dateline.store.tables import reports as report_rows

NOON = "2024-01-01T12:00:00+00:00"


RECENT = (10_000, 60_000)
"""Sizes of a project of made-up weeks alone."""
TIMES = (4, 16)
"""How often the same weeks stand before them in the larger ones."""
FROM_NOTHING = 100_000
NEXT = 5
"""Batches that are linked to measure it, each with nothing at hand: the middle one of their costs is told."""
AT_ONCE = 3_000
"""Reports that are filled in together."""
REMEMBERED = 20
"""Mentions of an event that a filled-in one has edges to."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What linking took a process: seconds of the processor, seconds by the clock, and its peak memory in megabytes."""

    processor: float
    clock: float
    memory: int

    @property
    def ms(self) -> float:
        """Milliseconds of the processor."""
        return 1000 * self.processor


@dataclass(frozen=True, slots=True)
class Step:
    """One size of the project: mentions in it, what a new report cost, and megabytes of its file."""

    mentions: int
    report: Cost
    file: int


class Growing:
    """A project's database that grows by made-up mentions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mentions = 0
        self._database = Database.open(folder / FILE, new=True)
        self._coming = reports(RECENT[-1] * 4)
        self._told: dict[str, list[int]] = {}
        self._weeks, self._rows, self._times = 0, 0, 0

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def fill(self, size: int) -> None:
        """Put in what linking leaves of mentions, up to a size, without comparing them: their events are known."""
        while self.mentions < size:
            reports = min(AT_ONCE, 1 + (size - self.mentions) // 3)
            batch = [m for report in islice(self._coming, reports) for m in report]
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
        _put(db, events, [{"id": event, "born": NOON} for event in born])
        ties = []
        for event, found in told.items():
            before = self._told.setdefault(event, [])
            for mention in found:
                mine = number[mention.id]
                ties += [{"first": other, "second": mine, "score": 0.9} for other in before[-REMEMBERED:]]
                before.append(mine)
        _put(db, edges, ties)
        why = json.dumps([["event", "nothing else is alike enough", "", ALONE.id, ALONE.source]])
        rows = [(mention, event) for event, found in told.items() for mention in found]
        db.execute(insert(links), [{"mention": number[m.id], "event": e, "because": why} for m, e in rows])
        entries: list[tuple[str, str, dict[str, str]]] = [("born", event, {}) for event in born] + [
            ("linked", m.id, {"to": e}) for m, e in rows
        ]
        told_of = [{"made": NOON, "who": "dateline", "what": w, "about": a, "details": d} for w, a, d in entries]
        db.execute(insert(log), told_of)

    def repeat(self, times: int) -> None:
        """Put the weeks that there are before themselves, again and again, until they stand there so many times."""
        if not self._times:
            with self._database.reading() as db:
                days = db.execute(text(_DAYS)).one()
                self._weeks, self._rows = -(-(days.last - days.first + 1) // WEEK), self.mentions
        while self._times < times:
            self._times += 1
            moved = {
                "n": self._times,
                "rows": self._rows,
                "weeks": self._weeks * self._times,
                "by": BEYOND,
                "made": NOON,
            }
            with self._database.writing() as db:
                for statement in _AGAIN:
                    db.execute(text(statement), {name: moved[name] for name in moved if f":{name}" in statement})
            self.mentions += self._rows

    def link(self, batches: int, scorer: Scorer, known: Cache) -> tuple[int, float]:
        """Link the next batches of reports; how many reports that were, and the seconds of the processor."""
        number, spent = 0, 0.0
        for _ in range(batches):
            batch = self._next()
            began = time.process_time()
            number += _link(self._database, batch, self._free(), scorer, known)
            spent += time.process_time() - began
            self.mentions += len(batch)
        return number, spent

    def step(self) -> Step:
        """What the next reports cost a process that has just begun: what this one holds is the world they are of."""
        at, batches, free = self.mentions, [self._next() for _ in range(NEXT)], self._free()
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            report = pool.submit(_linked_anew, self.folder, batches, free).result()
        self.mentions += sum(map(len, batches))
        return Step(at, report, _size(self.folder))

    def _next(self) -> list[Mention]:
        return [m for report in islice(self._coming, BATCH) for m in report]

    def _free(self) -> int:
        """A number after which no row stands."""
        return self.mentions + (BEYOND * 1_000 if self._times else 0)


def _linked_anew(folder: Path, batches: Sequence[Sequence[Mention]], free: int) -> Cost:
    """The middle one of what a report of each batch costs where nothing is at hand."""
    database = Database.open(folder / FILE)
    costs: list[tuple[float, float]] = []
    for batch in batches:
        began, at = time.process_time(), time.perf_counter()
        number = _link(database, batch, free, Scorer(), Cache())
        free += len(batch)
        costs.append(((time.process_time() - began) / number, (time.perf_counter() - at) / number))
    database.close()
    return Cost(median(p for p, _ in costs), median(c for _, c in costs), _memory())


def _link(database: Database, batch: Sequence[Mention], free: int, scorer: Scorer, known: Cache) -> int:
    """Put in a batch and link it; how many reports it is of."""
    with database.writing() as db:
        number = _put_rows(db, batch, free)
        link(batch, DatabaseShelf(db, NOON, known), scorer)
    return number


FILE = "speed.sqlite"

BEYOND = 10_000_000
"""Between the numbers of rows that stand there again: more than there are the first time."""

_DAYS = (
    "SELECT min(json_extract(comparable, '$.published')) AS first, "
    "max(json_extract(comparable, '$.published')) AS last FROM mentions"
)
_AGAIN = (
    "INSERT INTO evidence (sha256, bytes, origin, added) SELECT sha256 || '~' || :n, bytes, origin, added "
    "FROM evidence WHERE sha256 IN (SELECT sha256 FROM reports WHERE number <= :rows)",
    "INSERT INTO reports (number, id, sha256, part, fields, text, added) SELECT number + :n * :by, id || '~' || :n, "
    "sha256 || '~' || :n, part, fields, text, added FROM reports WHERE number <= :rows",
    "INSERT INTO codings (number, report, turn, coder, version, codebook, settings, made, events, form) "
    "SELECT number + :n * :by, report + :n * :by, turn, coder, version, codebook, settings, made, events, form "
    "FROM codings WHERE number <= :rows",
    "INSERT INTO mentions (number, id, coding, event_id, comparable) SELECT number + :n * :by, "
    "replace(id, '#', '~' || :n || '#'), coding + :n * :by, event_id, comparable FROM mentions WHERE number <= :rows",
    # A key begins with its week; those of no time, which begin with four bits set, get other names.
    "INSERT INTO keys (key, mention) SELECT CASE WHEN key >= 15 << 56 THEN (key | :n) - (key & :n) "
    "ELSE key - (:weeks << 40) END, mention + :n * :by FROM keys WHERE mention <= :rows ORDER BY key",
    "INSERT INTO edges (first, second, score) SELECT first + :n * :by, second + :n * :by, score FROM edges "
    "WHERE first <= :rows AND second <= :rows",
    "INSERT INTO events (id, born) SELECT id || '~' || :n, born FROM events WHERE id NOT LIKE '%~%' AND id IN "
    "(SELECT event FROM links WHERE mention <= :rows)",
    "INSERT INTO links (mention, event, because) SELECT mention + :n * :by, event || '~' || :n, because FROM links "
    "WHERE mention <= :rows",
    "INSERT INTO log (made, who, what, about, details) SELECT :made, 'dateline', 'linked', id, '{}' "
    "FROM mentions WHERE number BETWEEN :n * :by AND (:n + 1) * :by",
)


def measure(folder: Path, often: Sequence[int] = TIMES) -> Iterator[Step]:
    """The steps of a project that grows."""
    growing = Growing(folder)
    for size in RECENT:
        growing.fill(size)
        yield growing.step()
    for times in often:
        growing.repeat(times)
        yield growing.step()
    growing.close()


def from_nothing(folder: Path, size: int) -> tuple[Step, Cost]:
    """A project of so many mentions, linked one batch after another: what a report cost, and all of it."""
    growing = Growing(folder)
    scorer, known = Scorer(), Cache()
    number, spent, began = 0, 0.0, time.perf_counter()
    while growing.mentions < size:
        reports, seconds = growing.link(1, scorer, known)
        number, spent = number + reports, spent + seconds
    growing.close()
    whole = Cost(spent, time.perf_counter() - began, _memory())
    report = Cost(whole.processor / number, whole.clock / number, whole.memory)
    return Step(growing.mentions, report, _size(folder)), whole


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.iterdir()) >> 20


def _memory() -> int:
    """The peak memory of this process in megabytes."""
    # What the system tells of its resources takes the peak of the process over that began this one.
    return (peak() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) >> 10


def _put(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(insert(table), rows)


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


def table(steps: Sequence[Step], whole: tuple[Step, Cost]) -> str:
    """The steps as a table, and what they come to."""
    head = (
        "| mentions | a new report, ms of the processor | ms by the clock | peak memory, MB | file, MB |\n"
        "| ---: | ---: | ---: | ---: | ---: |"
    )
    rows = [
        f"| {s.mentions:,} | {s.report.ms:.1f} | {1000 * s.report.clock:.1f} | {s.report.memory:,} | {s.file:,} |"
        for s in steps
    ]
    first, last, (step, cost) = steps[0], steps[-1], whole
    ratio = last.report.processor / first.report.processor
    return "\n".join(
        [
            head,
            *rows,
            "",
            f"A new report costs {ratio:.2f} times as much at {last.mentions:,} mentions as at {first.mentions:,}.",
            "",
            f"{step.mentions:,} mentions linked from nothing, one batch after another in one process: "
            f"{cost.processor:,.0f} s of the processor, {cost.clock:,.0f} s by the clock, "
            f"{step.report.ms:.1f} ms a report, a peak of {cost.memory:,} MB of memory, a file of "
            f"{step.file:,} MB.",
        ]
    )


def plot(steps: Sequence[Step]) -> str:
    """The cost of a new report against the size of the project, which grows by the same factor each width, as SVG."""
    width, height, left, below = 640, 300, 60, 40
    highest = max(s.report.ms for s in steps) * 1.25
    least, most = log10(steps[0].mentions), log10(steps[-1].mentions)
    across, up = width - left - 40, height - below - 20
    at = [
        (
            left + 10 + across * (log10(s.mentions) - least) / (most - least),
            height - below - up * s.report.ms / highest,
            s,
        )
        for s in steps
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
    marks = "\n".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#8c3410"/>\n<text x="{x:.1f}" y="{y - 9:.1f}" '
        f'text-anchor="middle">{s.report.ms:.1f}</text>\n<text x="{x:.1f}" y="{height - 22}" text-anchor="middle">'
        f"{s.mentions:,}</text>"
        for x, y, s in at
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
 font-family="sans-serif" font-size="12">
<title>Milliseconds of the processor for a new report, by mentions in the project</title>
<rect width="{width}" height="{height}" fill="#fffdf8"/>
<path d="M{left} 20V{height - below}H{width - 20}" fill="none" stroke="#515a61"/>
<polyline points="{points}" fill="none" stroke="#8c3410" stroke-width="2"/>
{marks}
<text x="{width - 20}" y="{height - 6}" text-anchor="end">mentions in the project</text>
<text x="{left - 6}" y="24" text-anchor="end">{highest:.0f} ms</text>
<text x="{left - 6}" y="{height - below}" text-anchor="end">0</text>
</svg>
"""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure what a new report costs as a project grows.")
    parser.add_argument("--from-nothing", type=int, default=FROM_NOTHING, help="mentions that are linked from nothing")
    parser.add_argument(
        "--times", type=int, nargs="*", default=TIMES, help="how often the same weeks stand again in the larger ones"
    )
    parser.add_argument("--out", type=Path, help="a Markdown file to write; the picture is put beside it")
    given = parser.parse_args()
    steps: list[Step] = []
    # What one process has used is not given back: the whole is measured first.
    with tempfile.TemporaryDirectory() as folder:
        whole = from_nothing(Path(folder), given.from_nothing)
    print(whole, file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for step in measure(Path(folder), given.times):
            print(step, file=sys.stderr, flush=True)
            steps.append(step)
    print(table(steps, whole))
    if given.out:
        picture = given.out.with_suffix(".svg")
        picture.write_text(plot(steps), encoding="utf-8")
        given.out.write_text(
            PAGE.format(picture=picture.name, table=table(steps, whole), recent=RECENT[-1]), encoding="utf-8"
        )


PAGE = """# What a new report costs as a project grows

Written by `benchmarks/store_speed.py`; not edited by hand. Made-up mentions are linked in a project's database: 1,200 a
day whatever its size, in a world where each week has look-alikes. The cost of a new report is what putting in,
comparing, clustering and writing down its mentions took a process that has just begun, and so has nothing at hand, the
database's part included. The peak of memory is that process's, with what it looked at of the file through a window of
256 MB. Beyond {recent:,} mentions the project's past is made of the same weeks again, further back and with other
names.

![Milliseconds for a new report]({picture})

{table}
"""


if __name__ == "__main__":
    main()
