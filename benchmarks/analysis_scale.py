"""How fast a large release answers: made-up tables of the size that is asked for, and the ready views over them.

    python benchmarks/analysis_scale.py make FOLDER --mentions 10000000
    python benchmarks/analysis_scale.py measure FOLDER --out docs/analysis-figures.md

``make`` writes the Parquet files of a release with all their columns, in the row groups that ``dateline release``
writes. What the views count by (days, places, types, publishers, events) is drawn as it is spread in news: few places
and publishers have most of it. Every other column has values of its type, out of a pool. The same number gives the
same files. ``measure`` opens the folder as ``dateline analysis`` does, and asks each view in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from dateline.analysis import open_release, views  # noqa: E402
from dateline.export.columnar.parquet import batches_of  # noqa: E402
from dateline.export.release.folder import FACTS, parquet_path  # noqa: E402
from dateline.export.tables import TABLES, TableName, schema  # noqa: E402
from dateline.export.tables.arrow import BATCH  # noqa: E402

MENTIONS_A_REPORT, EVENTS_A_REPORT = 3.85, 0.4
YEARS, PLACES, PUBLISHERS, COUNTRIES = 5, 20_000, 2_000, 180
FIRST = date(2019, 1, 1)
TYPES = ("PROTEST", "ASSAULT", "COERCE", "ACCUSE", "REQUEST", "CONSULT", "SUPPORT", "CONCEDE", "THREATEN", "MOBILIZE")
POOL = 256
"""Values of a column that no view counts by."""
_SEED = 17
_DAYS = 365 * YEARS
_TIMES = 3


def make(folder: Path, mentions: int) -> None:
    """Write the tables of a release with so many mentions."""
    (folder / "parquet").mkdir(parents=True)
    reports = max(1, int(mentions / MENTIONS_A_REPORT))
    events = max(1, int(reports * EVENTS_A_REPORT))
    sizes: dict[TableName, int] = {"mentions": mentions, "events": events, "reports": reports, "links": mentions}
    for table in TABLES:
        with parquet.ParquetWriter(
            folder / parquet_path(table), schema(table), compression="zstd", write_page_index=True
        ) as writer:
            for group in _groups(table, sizes):
                writer.write_table(group, row_group_size=group.num_rows)
        print(f"{table}: {sizes[table]:,} rows", file=sys.stderr)
    facts = {"name": f"made-{mentions}", "rows": sizes}
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _groups(table: TableName, sizes: dict[TableName, int]) -> Iterator[pa.Table]:
    rows, together = sizes[table], BATCH * batches_of(table)
    for start in range(0, rows, together):
        number = np.arange(start, min(start + together, rows))
        random = np.random.default_rng((_SEED, TABLES.index(table), start))
        own = _own(table, number, sizes, random)
        columns = [
            own[field.name].cast(field.type) if field.name in own else _pooled(field.type, len(number), random)
            for field in schema(table)
        ]
        yield pa.Table.from_arrays(columns, schema=schema(table))


def _own(table: TableName, number: Any, sizes: dict[TableName, int], random: Any) -> dict[str, pa.Array]:
    """What the views count by."""
    # Mentions stand in the order of their reports, and these in that of publication, as they came in.
    report = number if table == "reports" else number * sizes["reports"] // sizes[table]
    published = report * _DAYS // sizes["reports"]
    event = number if table == "events" else np.minimum(report * EVENTS_A_REPORT, sizes["events"] - 1).astype(np.int64)
    # An event is told of for some days: mentions that stand together are of several.
    event = np.maximum(event - random.integers(0, 400, len(number)), 0) if table in ("mentions", "links") else event
    day = np.maximum(published - random.geometric(0.4, len(number)), 0)
    place = _few_have_most(random, PLACES, len(number))
    unknown = random.random(len(number)) < 0.2
    publisher = _few_have_most(np.random.default_rng(_SEED), PUBLISHERS, 1_000_003)[report % 1_000_003]
    days = _days(day, unknown)
    shared = {
        "report": _named("r", report),
        "event": _named("e", event),
        "type": _of(TYPES, _few_have_most(random, len(TYPES), len(number))),
        "place": _of(_places(), place, unknown),
        "admin1": _of([f"Province {n}" for n in range(PLACES // 20)], place // 20, unknown),
        "country": _of(_countries(), place % COUNTRIES, unknown),
        "country_name": _of(_countries(), place % COUNTRIES, unknown),
        "place_precision": _of(["town"], place * 0, unknown),
        "geonameid": pa.array(place, mask=unknown),
        "latitude": pa.array(place % 180 / 2, mask=unknown),
        "longitude": pa.array(place % 360 / 2, mask=unknown),
        "publisher": _of([f"Paper {n}" for n in range(PUBLISHERS)], publisher),
        "interest": _of(["unknown", "third party", "party"], publisher % 3),
        "date_start": days,
        "date_end": days,
        "published_day": _days(published),
        "first_published": _days(published),
        "last_published": _days(published),
    }
    if table == "mentions":
        shared["mention"] = _named("m", number)
    if table in ("events", "reports"):
        shared["mentions"] = pa.array(random.poisson(MENTIONS_A_REPORT, len(number)))
        shared["reviewed"] = pa.array(np.zeros(len(number), np.int64))
    if table == "links":
        shared["mention"] = _named("m", number)
    return shared


def _few_have_most(random: Any, kinds: int, size: int) -> Any:
    """Numbers below ``kinds``: the n-th comes about 1/n times as often as the first (Zipf's law)."""
    shares = 1 / np.arange(1, kinds + 1)
    return np.searchsorted(np.cumsum(shares / shares.sum()), random.random(size)).clip(0, kinds - 1)


def _named(letter: str, number: Any) -> pa.Array:
    return pa.array(np.char.add(letter, number.astype(str)))


def _of(words: Sequence[str], at: Any, unknown: Any = None) -> pa.Array:
    return pa.array(words).take(pa.array(at, mask=unknown))


def _days(day: Any, unknown: Any = None) -> pa.Array:
    return pa.array((day + FIRST.toordinal() - date(1970, 1, 1).toordinal()).astype("datetime64[D]"), mask=unknown)


@cache
def _places() -> list[str]:
    return [f"Town of {n}" for n in range(PLACES)]


@cache
def _countries() -> list[str]:
    return [chr(65 + n // 26) + chr(65 + n % 26) for n in range(COUNTRIES)]


def _pooled(type: pa.DataType, rows: int, random: Any) -> pa.Array:
    return _pool(type).take(pa.array(random.integers(0, POOL, rows)))


@cache
def _pool(type: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(type):
        return pa.array([f"code {n % 8}" for n in range(POOL)]).cast(type)
    return pa.array([_value(type, n) for n in range(POOL)], type)


def _value(type: pa.DataType, n: int) -> Any:
    """The n-th value of a type; every fifth is not stated."""
    if pa.types.is_list(type):
        return [_value(type.value_type, n + k) for k in range(n % 3)]
    if pa.types.is_struct(type):
        return {part.name: _value(part.type, n) for part in type}
    if n % 5 == 0:
        return None
    if pa.types.is_string(type) or pa.types.is_dictionary(type):
        return " ".join(f"word{(n * k) % 97}" for k in range(1, 3 + n % 20))
    if pa.types.is_integer(type):
        return n
    if pa.types.is_floating(type):
        return n / POOL
    if pa.types.is_boolean(type):
        return n % 2 == 0
    if pa.types.is_date(type):
        return FIRST + timedelta(n)
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=n)


def ask(folder: Path, view: str) -> dict[str, float]:
    """Ask a view in this process some times: rows, and seconds by the clock and of the processor, of the quickest."""
    from time import perf_counter, process_time

    found: list[tuple[float, float, int]] = []
    with open_release(folder) as release:
        for _ in range(_TIMES):
            clock, processor = perf_counter(), process_time()
            rows = len(release.sql(f"SELECT * FROM {view}").to_arrow_table())
            found.append((perf_counter() - clock, process_time() - processor, rows))
    seconds, used, rows = min(found)
    return {"rows": rows, "seconds": seconds, "processor": used, "first": found[0][0]}


PAGE = """# How fast a large release answers

Written by `benchmarks/analysis_scale.py`; not edited by hand.

Made-up tables in the Parquet files of a release: {sizes}; {megabytes:,.0f} MB.
Each view was asked {times} times, in a process of its own, by DuckDB {duckdb} on a machine of {cores} cores
({machine}); all of its rows were taken. When the first one began, {load:.1f} other programs wanted the cores.
`weekly_mentions` has the weekly counts of all mentions by place and type.

{table}
"""


def measure(folder: Path) -> str:
    """The page of figures of a folder."""
    import duckdb

    load, lines = os.getloadavg()[0], list[str]()
    for view in views():
        command = [sys.executable, __file__, "ask", str(folder), view]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(view, told, file=sys.stderr)
        lines.append(
            f"| `{view}` | {told['rows']:,} | {told['first']:.2f} | {told['seconds']:.2f} | {told['processor']:.2f} |"
        )
    head = [
        "| view | rows | first time, seconds | quickest | of the processor |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    files = [folder / parquet_path(table) for table in TABLES]
    sizes = (f"{parquet.read_metadata(path).num_rows:,} {path.stem}" for path in files)
    return PAGE.format(
        sizes=", ".join(sizes),
        megabytes=sum(path.stat().st_size for path in files) / 1e6,
        times=_TIMES,
        duckdb=duckdb.__version__,
        cores=os.cpu_count(),
        machine=platform.machine(),
        load=load,
        table="\n".join([*head, *lines]),
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure how fast a large release answers.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="write made-up tables of a release")
    making.add_argument("folder", type=Path)
    making.add_argument("--mentions", type=int, default=10_000_000)
    measuring = verbs.add_parser("measure", help="ask every view")
    measuring.add_argument("folder", type=Path)
    measuring.add_argument("--out", type=Path, help="a Markdown file to write")
    asking = verbs.add_parser("ask", help="ask one view in this process")
    asking.add_argument("folder", type=Path)
    asking.add_argument("view")
    given = parser.parse_args()
    if given.verb == "make":
        make(given.folder, given.mentions)
    elif given.verb == "ask":
        print(json.dumps(ask(given.folder, given.view)))
    else:
        text = measure(given.folder)
        print(text)
        if given.out:
            given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
