"""What several jobs and Ray gain, all in one run: ``python benchmarks/jobs.py --data DIR``.

The same shards are coded by one job, by two, and by one and two workers of Ray; rounds alternate, so that a drifting
machine touches all sides alike. Of Ray, the time counts from its first shard on: starting it is told apart. With
``--out FILE.md`` the page is written. Ratios hold between machines; seconds do not.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dateline.api import load_coder
from dateline.engine.jobs import run_jobs
from dateline.engine.local import run
from dateline.engine.shards.cluster import run_on_ray
from dateline.engine.shards.cutting import cut
from dateline.engine.shards.manifest import Manifest, write_manifest
from dateline.engine.shards.running import run_shards
from dateline.engine.shards.writing import Marker
from dateline.intake import Limits, read_path
from dateline.model import Coding, Report
from dateline.settings import CoderSettings

DOCUMENTS = 200
A_SHARD = 4
ROUNDS = 3
SETTINGS = CoderSettings()

Engine = Callable[[Manifest], Iterator[Marker]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took, and how busy the machine was.

    ``first`` are the seconds to the first shard, ``pace`` the shards a second: of jobs from the beginning, as the coder
    is there; of Ray, whose workers load it, from the first shard on.
    """

    first: float
    pace: float
    processor: float
    """Seconds of processor time a report, of all processes; 0 where Ray started them."""
    load: float
    memory: int
    """The most memory of all processes together, shared ones counted once, in MB; 0 where it was not measured."""


def on_cores(jobs: int) -> Engine:
    """So many jobs on this machine."""
    coder = load_coder(settings=SETTINGS)
    return lambda manifest: run_shards(manifest, manifest.shards, coder, jobs)


def on_ray(workers: int) -> Engine:
    """So many workers of Ray on this machine."""
    return lambda manifest: run_on_ray(manifest, manifest.shards, workers)


ENGINES: dict[str, Callable[[], Engine]] = {
    "one job": lambda: on_cores(1),
    "two jobs": lambda: on_cores(2),
    "Ray, one worker": lambda: on_ray(1),
    "Ray, two workers": lambda: on_ray(2),
}


def taken(source: Path, engine: Engine, folder: Path, *, loads: bool) -> tuple[Taken, str]:
    """One run over all shards, and the hash of what it wrote; ``loads``: its workers load the coder themselves."""
    manifest = cut([str(source)], str(folder), load_coder(settings=SETTINGS), SETTINGS, Limits(), reports=A_SHARD)
    write_manifest(manifest)
    began, spent = time.perf_counter(), _processor()
    with watched() as most:
        times = [time.perf_counter() for _ in engine(manifest)]
    processor = 0.0 if loads else (_processor() - spent) / sum(shard.reports or 0 for shard in manifest.shards)
    digest = hashlib.sha256()
    for shard in manifest.shards:
        digest.update(Path(manifest.output(shard)).read_bytes())
    first, last = min(times), max(times)
    pace = (len(times) - 1) / (last - first) if loads else len(times) / (last - began)
    return Taken(first - began, pace, processor, os.getloadavg()[0], max(most)), digest.hexdigest()


def _processor() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


@contextmanager
def watched() -> Iterator[list[int]]:
    """The memory of this process and of all that it started, now and then, in MB, while something runs."""
    seen, stop = [0], threading.Event()

    def look() -> None:
        while not stop.wait(1.0):
            seen.append(sum(_own(process) for process in _family(os.getpid())) >> 10)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def _family(process: int) -> Iterator[int]:
    yield process
    told = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    for child in told.stdout.split():
        yield from _family(int(child))


def _own(process: int) -> int:
    """The kilobytes of a process; of memory that several share, its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def first_codings(reports: Sequence[Report]) -> dict[str, float]:
    """Milliseconds until the first coding is there, with the coder loaded: as one process gives it, and as two do."""
    coder = load_coder(settings=SETTINGS)
    sides: dict[str, Callable[[], Iterator[object]]] = {
        "one process": lambda: run(reports, coder),
        "two jobs": lambda: run_jobs(reports, coder, 2),
    }
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, side in sides.items():
            began = time.perf_counter()
            outcomes = side()
            assert isinstance(next(outcomes), Coding)
            found[name].append(1000 * (time.perf_counter() - began))
            del outcomes
    return {name: statistics.median(times) for name, times in found.items()}


def measure(data: Path, documents: int, rounds: int, names: Sequence[str]) -> str:
    """The page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports.jsonl")
        with gzip.open(data / "police_events" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line, _ in zip(lines, range(documents), strict=False)]
        kept = [{"id": str(n), "text": record["text"]} for n, record in enumerate(records)]
        source.write_text("".join(json.dumps(record) + "\n" for record in kept), encoding="utf-8")
        runs: dict[str, list[Taken]] = {name: [] for name in names}
        hashes = set()
        for turn in range(rounds):
            for name in names:
                one, digest = taken(
                    source, ENGINES[name](), Path(folder, f"{turn} {name}"), loads=name.startswith("Ray")
                )
                runs[name].append(one)
                hashes.add(digest)
                print(f"{turn} {name}: {one}", file=sys.stderr)
        reports = [item for item in read_path(source) if isinstance(item, Report)]
        first = first_codings(reports)
    return _page(runs, len(hashes) == 1, len(kept), first)


def _page(runs: dict[str, list[Taken]], same: bool, documents: int, first: dict[str, float]) -> str:
    """All that was measured, in words and a table."""
    rows = [
        "| | reports/s | times one job | processor s/report | first shard, s | memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    pace = {name: statistics.median(one.pace for one in taken) for name, taken in runs.items()}
    for name, taken in runs.items():
        ratio = f"{pace[name] / pace['one job']:.2f}" if "one job" in pace else ""
        begun = statistics.median(one.first for one in taken)
        memory = max(one.memory for one in taken)
        processor = statistics.median(one.processor for one in taken)
        spent = f"{processor:.3f}" if processor else ""
        rows.append(f"| {name} | {A_SHARD * pace[name]:.2f} | {ratio} | {spent} | {begun:.1f} | {memory:,} |")
    told = []
    for what, one, other in (
        ("Two jobs", "two jobs", "one job"),
        ("Two workers of Ray", "Ray, two workers", "Ray, one worker"),
        ("One worker of Ray", "Ray, one worker", "one job"),
    ):
        if one in pace and other in pace:
            told.append(
                f"{what} {'code' if what.startswith('Two') else 'codes'} {pace[one] / pace[other]:.2f} times as "
                f"fast as {other}."
            )
    load = [one.load for taken in runs.values() for one in taken]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return "\n".join(
        [
            "# What several cores gain",
            "",
            "Written by `benchmarks/jobs.py`; not edited by hand. "
            f"{documents} reports in shards of {A_SHARD}; the median of {len(next(iter(runs.values())))} "
            f"rounds, in one run, on a machine with {cores} cores. Jobs are given a coder that is loaded. Of Ray, "
            "whose workers load it, the pace is that from the first shard on, and the seconds to that tell the rest. "
            "The memory is that of all processes at its highest, what they share counted once; Ray has services too.",
            "",
            *rows,
            "",
            *told,
            f"All wrote {'the same bytes' if same else 'OTHER BYTES'}.",
            "",
            f"The first coding of many, with the coder loaded: after {first['one process']:.0f} ms in one process, and "
            f"after {first['two jobs']:.0f} ms with two jobs.",
            "",
            f"Meanwhile the machine had {min(load):.1f} to {max(load):.1f} processes to run, these ones among them"
            + (
                "."
                if cores is None or max(load) < cores + 1
                else ": others took part of its cores, and the figures are lower than they would be alone."
            ),
            "",
        ]
    )


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--data", type=Path, required=True, help="folder of the annotated data")
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="how many reports are coded each time")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--only", nargs="*", choices=list(ENGINES), default=list(ENGINES), help="engines to compare")
    options.add_argument("--out", type=Path, help="write the page here")
    given = options.parse_args(argv)
    page = measure(given.data, given.documents, given.rounds, given.only)
    if given.out:
        given.out.write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
