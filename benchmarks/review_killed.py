"""What survives of people's decisions when the workspace is killed: ``python benchmarks/review_killed.py``.

A workspace runs in a process of its own. Several people decide at once, each over HTTP, and the process is killed
(SIGKILL) at a random moment, again and again, until so many decisions were acknowledged. Then every decision that was
answered must be in the project with its coding and its rows of the log, no act may be there by halves, the chain over
the log must hold, and the index must come to say what the project says.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx2 as httpx
from sqlalchemy import func, select

from benchmarks.review_project import Server, make
from dateline.export.words import reviewed
from dateline.model import Coding
from dateline.store.index.index import Index
from dateline.store.kept.corrections import holding
from dateline.store.project import Project
from dateline.store.review.acts import Act, acts_of
from dateline.store.review.chain import broken
from dateline.store.tables import codings, log, reports

PEOPLE = 4
MOST = 30
"""Decisions that a workspace acknowledges at most before it is killed."""
AFTER = 0.1
"""Seconds after the last of them at most."""


@dataclass(slots=True)
class Run:
    """What was asked for, what was acknowledged (report, row, decision), how often the workspace was killed."""

    folder: Path
    wanted: int
    choose: random.Random
    most: int = MOST
    todo: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    in_doubt: int = 0
    kills: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def go(self) -> None:
        """Decide until enough was acknowledged."""
        with Project.open(self.folder) as project:
            self.todo = [(one.coding.report.id, row.id) for one in holding(project) for row in one.coding.rows]
        self.choose.shuffle(self.todo)
        if len(self.todo) < self.wanted:
            raise SystemExit(f"the project has {len(self.todo)} rows; make it larger")
        while len(self.acknowledged) < self.wanted and self.todo and not self.refused:
            server = Server.start(self.folder)
            people = [threading.Thread(target=self._decide, args=(server,)) for _ in range(PEOPLE)]
            for person in people:
                person.start()
            enough = len(self.acknowledged) + self.choose.randint(1, self.most)
            while len(self.acknowledged) < enough and any(person.is_alive() for person in people):
                time.sleep(0.002)
            time.sleep(self.choose.uniform(0, AFTER))
            server.kill()
            self.kills += 1
            for person in people:
                person.join()
            server.client.close()

    def _decide(self, server: Server) -> None:
        while True:
            with self._lock:
                if not self.todo or len(self.acknowledged) >= self.wanted:
                    return
                report, row = self.todo.pop()
                decision = self.choose.choice(("accept", "reject"))
            try:
                answer = server.client.post(f"/reports/{report}/decide", data={"decision": decision, "row": row})
            except httpx.TransportError:
                self.in_doubt += 1
                return
            if answer.status_code != 200:
                self.refused.append(f"{report}#{row}: {answer.status_code} {re.sub('<[^>]*>', ' ', answer.text)[:300]}")
                return
            with self._lock:
                self.acknowledged.append((report, row, decision))


def faults(folder: Path, acknowledged: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """What is not as it was acknowledged, in words; nothing where all is well."""
    with Project.open(folder) as project:
        now = {one.coding.report.id: one.coding for one in holding(project)}
        with project.database.reading() as db:
            yield from broken(db)
            numbers = {row.id: row.number for row in db.execute(select(reports.c.id, reports.c.number))}
            acts = {name: acts_of(db, number) for name, number in numbers.items()}
            there = set(db.execute(select(codings.c.number)).scalars())
            logged = select(log.c.details["act"].as_integer(), func.count()).group_by(log.c.details["act"].as_integer())
            rows = {row[0]: row[1] for row in db.execute(logged)}
        for name, done in acts.items():
            for act in done:
                if act.after not in there or not rows.get(act.number):
                    yield f"act {act.number} of report {name} is there by halves"
        for report, row, decision in acknowledged:
            if not _is_kept(acts[report], row, decision) or not _holds(now[report], row, decision):
                yield f"{report}#{row}: {decision} was acknowledged and is lost"
        yield from (flaw.what for flaw in project.verify() if "no row names it" not in flaw.what)
        index = Index.open(project)
        index.catch_up()
        for name, coding in now.items():
            for event in coding.events:
                line = index.row(f"{name}#{event.id}")
                if line is None or (line.status == "suggested") != (reviewed(event) is None):
                    yield f"the index does not say of {name}#{event.id} what the project says"
        index.close()


def _is_kept(acts: Iterable[Act], row: str, decision: str) -> bool:
    return any(act.verb == decision and row in act.rows for act in acts)


def _holds(coding: Coding, row: str, decision: str) -> bool:
    there = next((event for event in coding.events if event.id == row), None)
    return there is None if decision == "reject" else there is not None and reviewed(there) is not None


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--decisions", type=int, default=1000, help="how many are acknowledged before it ends")
    options.add_argument("--reports", type=int, default=300, help="reports of the project")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make(project, given.reports)
        run = Run(project, given.decisions, random.Random(given.seed))
        began = time.monotonic()
        run.go()
        found = [*run.refused, *faults(project, run.acknowledged)]
        print(f"{len(run.acknowledged):,} decisions acknowledged, {run.kills} kills, {run.in_doubt} unanswered")
        print(f"{time.monotonic() - began:.0f} s; faults: {len(found)}")
        print("\n".join(found[:20]), end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
