"""What the gazetteer costs: opening it, resolving names with it on one core, the memory it takes and its size."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.predict import read
from benchmarks.tasks.toponyms import INPUTS

TOPONYMS = "toponyms/lgl.jsonl.gz"
ROUNDS = 3
PROBE = """
import json, resource, sys, time
from dateline.resolve.gazetteer.lookup import Gazetteer
from dateline.resolve.places.find import resolve_spans
began = time.perf_counter()
gazetteer = Gazetteer.open()
gazetteer.lookup("Lagos")
opened = time.perf_counter() - began
records = json.load(sys.stdin)
began = time.perf_counter()
names = 0
for text, publisher, spans in records:
    names += len(resolve_spans(text, spans, gazetteer, publisher=publisher))
taken = time.perf_counter() - began
# Kilobytes on Linux, bytes on macOS.
unit = 1 if sys.platform == "darwin" else 1024
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
json.dump({"opened": opened, "pace": names / taken if names else 0, "memory": memory}, sys.stdout)
"""
"""Run in a process of its own, so that the memory is that of the gazetteer and what it needs, without parser or model.

The first lookup is part of opening: SQLite reads nothing before.
"""


def rows(data: Path) -> Iterator[str]:
    """Rows of the table of speeds; resolving is measured where the toponyms are among the data."""
    from dateline.resolve.gazetteer.lookup import Gazetteer

    with Gazetteer.open() as gazetteer:
        size = gazetteer.path.stat().st_size
    file = data / TOPONYMS
    given = json.dumps([_input(r) for r in read(file, INPUTS)] if file.exists() else [])
    found = [_probe(given) for _ in range(ROUNDS)]
    yield f"| opening the gazetteer, with one lookup, seconds | {_median(found, 'opened'):.3f} |"
    if file.exists():
        yield f"| toponyms resolved a second, on one core | {_median(found, 'pace'):,.0f} |"
    yield f"| memory with the gazetteer alone, after all of them, MB | {_median(found, 'memory') / 1e6:.0f} |"
    yield f"| gazetteer's file, MB | {size / 1e6:.0f} |"
    yield f"| data in the package, MB | {_package_bytes() / 1e6:.0f} |"


def _input(record: dict[str, Any]) -> tuple[str, str | None, list[tuple[int, int]]]:
    return record["text"], record.get("publisher"), [(t["start"], t["end"]) for t in record["toponyms"]]


def _probe(given: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", PROBE], input=given, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _median(found: list[dict[str, float]], key: str) -> float:
    return statistics.median(f[key] for f in found)


def _package_bytes() -> int:
    folder = Path(str(files("dateline"))) / "data"
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
