"""How fast the workspace answers a team, in a project as large as one likes.

    python benchmarks/review_scale.py make FOLDER --events 100000 --mentions 1000000
    python benchmarks/review_scale.py measure FOLDER --people 10 --seconds 120 --out docs/review-figures.md

``make`` writes a project of made-up reports (:mod:`benchmarks.reviewing.made`). ``measure`` serves it by uvicorn in a
process of its own and lets a number of reviewers work at once: each goes through all pages with filters of its own,
decides on rows, corrects, undoes, and thinks for a moment between two. A time is that from the first byte of a request
to the last of its answer, as the reviewer waits for it. Reviewers and server share the machine's cores. Then a browser
opens the main pages, and says when something was first seen.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.reviewing import paint
from benchmarks.reviewing.made import make

ROOT = Path(__file__).resolve().parent.parent
PORT = 8477
THINKING = 5.0
"""Seconds that a reviewer reads and thinks between two requests, on average."""
IDLE = 3.0
"""Seconds after which a connection is opened anew: the server closes those on which nothing is asked for."""
PAINTED = ("/queue", "/table", "/search?words=police", "/map", "/timeline", "/events", "/reports/made-0001234")
"""Pages that a browser opens."""
_KEYS = re.compile(r'data-key="([^"]+#[^"]+)"')
_EVENTS = re.compile(r'href="/events/([^"?]+)"')


@dataclass
class Times:
    """Seconds of each kind of request, and what was answered with an error."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def put(self, what: str, seconds: float, status: int, address: str) -> None:
        """One request that was answered."""
        with self.lock:
            if status >= 400:
                self.faults.append(f"{what}: {status} {address[:160]}")
            else:
                self.of[what].append(seconds)


class Reviewer:
    """Somebody at work: a connection, and what was seen on the pages so far."""

    def __init__(
        self, number: int, times: Times, port: int, pages: Sequence[str], reports: int, thinking: float
    ) -> None:
        self._thinking = thinking
        self._reports = reports
        self._chance = random.Random(number)
        self._times = times
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._last = 0.0
        self._keys: list[str] = []
        self._events: list[str] = []
        self._places: list[str] = []
        self._pages = pages

    def work(self, until: float) -> None:
        """Go through the pages until a time; nobody begins at the same moment as the others."""
        steps = list(self._steps())
        time.sleep(self._chance.uniform(0, self._thinking))
        while time.monotonic() < until:
            what, step = self._chance.choice(steps)
            if not self._pages or what in self._pages:
                step(what)
                time.sleep(self._chance.expovariate(1 / self._thinking))

    def _steps(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """Each kind of request as often as people make it: deciding most."""
        yield from [("queue", self._get("/queue")), ("queue, as a list", self._get("/queue", view="list"))]
        yield from [("report", self._report)] * 3
        yield from [("a decision, and the next row", self._decide)] * 4
        yield from [("table", self._table), ("table, in another order", self._get("/table", order="-date"))]
        yield "table, a value edited", self._edit
        yield "search, one word", self._search
        yield from [("search, any filter", self._filtered), ("search, reports", self._get("/search", view="reports"))]
        yield from [("search, events", self._get("/search", view="events")), ("find (Ctrl-K)", self._find)]
        yield from [("map", self._get("/map")), ("map, filtered", self._get("/map", type="PROTEST"))]
        yield from [("time line", self._get("/timeline")), ("events", self._get("/events")), ("event", self._event)]
        for name in ("inbox", "sources", "codebook", "team", "agreement", "log", "feed", "settings"):
            yield name, self._get(f"/{name}")

    def _get(self, path: str, **asked: str) -> Callable[[str], None]:
        def step(what: str) -> None:
            self._ask(what, path, **asked)

        return step

    def _ask(self, what: str, path: str, form: Mapping[str, str] | None = None, /, **asked: str) -> str:
        address = f"{path}?{urlencode(asked)}" if asked else path
        headers = {"Host": f"127.0.0.1:{PORT}", "Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        if time.monotonic() - self._last > IDLE:
            self._http.close()
        began = time.perf_counter()
        try:
            self._http.request("GET" if form is None else "POST", address, body, headers)
            answer = self._http.getresponse()
            self._last = time.monotonic()
            text = answer.read().decode("utf-8", "replace")
        except OSError as error:
            self._http.close()
            self._times.put(what, 0, 599, f"{address} {error}")
            return ""
        self._times.put(what, time.perf_counter() - began, answer.status, f"{address} {text[:300]}")
        if answer.status < 400:
            self._keys = [unescape(key) for key in _KEYS.findall(text)] or self._keys
            self._events = _EVENTS.findall(text) or self._events
        return text

    def _key(self) -> tuple[str, str]:
        if not self._keys:
            self._ask("table", "/table")
        report, _, row = self._chance.choice(self._keys).rpartition("#")
        return report, row

    def _table(self, what: str) -> None:
        kind = self._chance.choice(("PROTEST", "COERCE", "ASSAULT", "AGREE", "ACCUSE", "AID"))
        self._ask(what, "/table", type=kind, country=self._chance.choice(("AF", "AR", "BD", "BR")))

    def _report(self, what: str) -> None:
        report, row = self._key()
        self._ask(what, f"/reports/{report}", row=row)
        # Half of the time somebody goes on elsewhere, with a report that nobody has seen yet.
        self._keys = [f"made-{self._chance.randrange(self._reports):07}#e1"] if self._chance.random() < 0.5 else []

    def _decide(self, what: str) -> None:
        report, row = self._key()
        self._keys = [key for key in self._keys if key != f"{report}#{row}"]
        asked = {"decision": self._chance.choice(("accept", "accept", "reject")), "row": row, "queue": ""}
        self._ask(what, f"/reports/{report}/decide", asked)

    def _edit(self, what: str) -> None:
        report, row = self._key()
        self._ask(what, "/table/cell", {"key": f"{report}#{row}", "column": "date", "value": "2023-05"})

    def _search(self, what: str) -> None:
        word = "".join(self._chance.choice("bdfgklmnprstvz") + self._chance.choice("aeiou") for _ in range(2))
        self._ask(what, "/search", words=self._chance.choice((word, "police", "clashed hospital")))

    def _filtered(self, what: str) -> None:
        asked = self._chance.choice(
            (
                {"actor": "police", "counted": "killed"},
                {"said_by": "the union", "chance_from": "0.9"},
                {"since": "2022-01-01", "until": "2022-06-30", "type": "PROTEST"},
                {"interest": "party", "status": "suggested", "country": "BR"},
            )
        )
        self._ask(what, "/search", **asked)

    def _find(self, what: str) -> None:
        self._ask(what, "/find", words=self._chance.choice(("be", "lo", "the", "pol", "mada", "table")))

    def _event(self, what: str) -> None:
        if not self._events:
            self._ask("events", "/events")
        if self._events:
            self._ask(what, f"/events/{self._chance.choice(self._events)}")


def measure(
    folder: Path, people: int, seconds: float, thinking: float, pages: Sequence[str], port: int = PORT
) -> tuple[Times, str, dict[str, list[float]]]:
    """The times of so many reviewers at work for so long, what the server said of its index, and when pages show."""
    command = [sys.executable, "-m", "benchmarks.reviewing.served", str(folder), str(port)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline().strip()
            _wait(port)
            # Templates, the gazetteer and the codebook are loaded by whoever comes first.
            first = Times()
            reports = _reports(folder)
            warm = Reviewer(0, first, port, pages, reports, 0.01)
            for what, step in dict(warm._steps()).items():
                if not pages or what in pages:
                    step(what)
            times = Times()
            until = time.monotonic() + seconds
            at_work = [Reviewer(number, times, port, pages, reports, thinking) for number in range(1, people + 1)]
            team = [Thread(target=one.work, args=(until,)) for one in at_work]
            for one in team:
                one.start()
            for one in team:
                one.join()
            times.faults += first.faults
            seen = paint.paints(f"http://127.0.0.1:{port}", PAINTED)
        finally:
            server.terminate()
    return times, said, seen


def _reports(folder: Path) -> int:
    with sqlite3.connect(folder / "dateline.sqlite") as db:
        return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/codebook", headers={"Host": f"127.0.0.1:{port}"})
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(times: Times) -> str:
    """The times as a table, in milliseconds."""
    rows = [
        "| page | requests | half under, ms | 95 % under, ms | longest, ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    every = [value for values in times.of.values() for value in values]
    for name, values in [*sorted(times.of.items()), ("**all**", every)]:
        half, most, longest = (1000 * quantile(values, share) for share in (0.5, 0.95, 1))
        rows.append(f"| {name} | {len(values):,} | {half:,.0f} | {most:,.0f} | {longest:,.0f} |")
    return "\n".join(rows)


PAGE = """# How fast the workspace answers

Written by `benchmarks/review_scale.py`; not edited by hand.

A project of {events:,} events and {mentions:,} event mentions in {reports:,} made-up reports, served by one process on
{machine}. {people} reviewers were at work for {seconds:.0f} seconds: each asks for a page or decides on a row, thinks
for {thinking:g} seconds on average, and goes on. A time is what a reviewer waits for the whole answer; reviewers and
server share the cores.

Before it began, other programs kept {load:.1f} of {cores} cores busy.

The index was opened in {opened} seconds{made}. It takes {index:,} MB beside the {database:,} MB of the project.

{table}

{faults}

## First seen

A browser (Chromium, nothing in its cache) opened each page {paints} times after that, on the same cores: how long
it took until something of the page was seen.

{painted}
"""


def page(
    folder: Path,
    people: int,
    seconds: float,
    thinking: float,
    measured: tuple[Times, str, dict[str, list[float]]],
    load: float,
) -> str:
    """The page of figures."""
    times, said, seen = measured
    opened, taken, spent = said.split()
    made = f", and made of {int(taken):,} reports in {float(spent):,.0f} seconds" if int(taken) else ""
    with sqlite3.connect(folder / "dateline.sqlite") as db:
        events, mentions, reports = (
            db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("events", "mentions", "reports")
        )
    return PAGE.format(
        events=events,
        mentions=mentions,
        reports=reports,
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        people=people,
        seconds=seconds,
        thinking=thinking,
        opened=opened,
        load=load,
        cores=os.cpu_count(),
        made=made,
        index=(folder / "index.sqlite").stat().st_size >> 20,
        database=(folder / "dateline.sqlite").stat().st_size >> 20,
        table=table(times),
        faults=f"{len(times.faults):,} requests were answered with an error."
        if times.faults
        else "No request was answered with an error.",
        paints=paint.TIMES,
        painted=paint.table(seen),
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the workspace in a large project with many reviewers.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="write a project of made-up reports")
    making.add_argument("folder", type=Path)
    making.add_argument("--events", type=int, default=100_000)
    making.add_argument("--mentions", type=int, default=1_000_000)
    measuring = verbs.add_parser("measure", help="let reviewers work in it")
    measuring.add_argument("folder", type=Path)
    measuring.add_argument("--people", type=int, default=10)
    measuring.add_argument("--seconds", type=float, default=120)
    measuring.add_argument("--thinking", type=float, default=THINKING, help="seconds between two requests")
    measuring.add_argument("--only", action="append", default=[], metavar="PAGE", help="a page of the table alone")
    measuring.add_argument("--out", type=Path, help="a Markdown file to write")
    given = parser.parse_args()
    if given.verb == "make":
        make(given.folder, given.events, given.mentions)
        return
    load = os.getloadavg()[0]
    measured = measure(given.folder, given.people, given.seconds, given.thinking, given.only)
    text = page(given.folder, given.people, given.seconds, given.thinking, measured, load)
    for fault in measured[0].faults[:20]:
        print(fault, file=sys.stderr)
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
