"""How soon a decision is answered with the next row: ``python benchmarks/review_decisions.py``.

A workspace runs in a process of its own. One person, then ten at once with a second of looking between two decisions,
accept, reject and correct rows in the queue over HTTP; what is timed is from the key's request to the whole answer: the
coding, the act and the log kept on the disk, the index brought up, the next row chosen and shown.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx2 as httpx

from benchmarks.review_project import Server, make, serving
from dateline.store.kept.corrections import holding
from dateline.store.project import Project

LOOKING = 1.0
"""Seconds that each of several people looks at a row."""
KINDS = (
    {"decision": "accept"},
    {"decision": "reject"},
    {"decision": "correct", "column": "date", "value": "2001-02-03"},
)


def measure(server: Server, rows: Sequence[tuple[str, str]], people: int, looking: float) -> list[float]:
    """Milliseconds that each decision took; ``looking``: seconds between two of one person."""
    turns: Iterator[tuple[str, str]] = iter(rows)
    lock, took, refused = threading.Lock(), list[float](), list[str]()

    def review(seed: int) -> None:
        choose = random.Random(seed)
        with httpx.Client(base_url=server.client.base_url, headers=server.client.headers, timeout=60) as client:
            time.sleep(choose.uniform(0, looking))
            while True:
                with lock:
                    turn = next(turns, None)
                if turn is None:
                    return
                report, row = turn
                data = {**choose.choice(KINDS), "row": row, "queue": ""}
                began = time.perf_counter()
                answer = client.post(f"/reports/{report}/decide", data=data)
                done = (time.perf_counter() - began) * 1000
                if answer.status_code != 200:
                    refused.append(f"{report}#{row}: {answer.status_code} {answer.text[:300]}")
                    return
                with lock:
                    took.append(done)
                time.sleep(choose.uniform(0.5, 1.5) * looking)

    threads = [threading.Thread(target=review, args=(seed,)) for seed in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        raise SystemExit("\n".join(refused))
    return took


def processor(pid: int) -> float:
    """Milliseconds of processor time that a process has had, linking among them: what a busy machine does not blur."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--reports", type=int, default=2000, help="reports of the project")
    options.add_argument("--decisions", type=int, default=300, help="by each number of people")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        make(project, given.reports)
        with Project.open(project) as opened:
            rows = [(one.coding.report.id, row.id) for one in holding(opened) for row in one.coding.rows]
        random.Random(1).shuffle(rows)
        print(f"{given.reports:,} reports, {len(rows):,} rows; milliseconds from the request to the whole answer\n")
        print("| people | decisions | median | p95 | longest | processor, each |\n|---:|---:|---:|---:|---:|---:|")
        with serving(project) as server:
            for people, looking in ((1, 0.0), (10, LOOKING)):
                mine, rows = rows[: given.decisions], rows[given.decisions :]
                before = processor(server.process.pid)
                took = sorted(measure(server, mine, people, looking))
                spent = (processor(server.process.pid) - before) / len(took)
                median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
                print(
                    f"| {people} | {len(took)} | {median:.0f} | {p95:.0f} | {took[-1]:.0f} | {spent:.0f} |", flush=True
                )


if __name__ == "__main__":
    main()
