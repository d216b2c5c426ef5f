"""Speed: complete coding on one core and on all, next to what others make of the same text in the same run.

    python benchmarks/throughput.py --data DIR                       # prints the page
    python benchmarks/throughput.py --data DIR --out docs/speed.md   # writes it, and docs/speed.svg beside it

Next to complete coding stand spaCy's pipeline alone, and textacy's direct quotations where it is installed (``pip
install textacy``; dateline does not need it). Rounds alternate, so that a drifting machine touches all sides alike.
Where the time goes is told by py-spy (``pip install py-spy``), which looks at ``dateline code`` on the same reports;
without it these parts are left out. Ratios hold between machines; seconds do not.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.flame import STARTING, Node, by_stage, drawn, looked_at, tree_of
from benchmarks.gate import CountingGate
from benchmarks.gazetteer_speed import rows as gazetteer_rows
from benchmarks.tools import Record, Tools
from dateline.coder.encoder.network import reading_in_line
from dateline.coder.syntax.parse import parse_many
from dateline.coder.text.sentences import find_sentences
from dateline.engine.cores import cores
from dateline.engine.jobs import run_jobs
from dateline.lang.en.pipeline import installed_package
from dateline.model import Coding, Report

ROUNDS = 3
DOCUMENTS = 100
BATCH = 16
"""Texts that spaCy is given together."""

BARE, QUOTES, ONE, RULES = "spaCy's pipeline alone", "textacy's direct quotations", "coding, one job", "by rules alone"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one pass over the reports took: seconds by the clock, and of the processor in all processes."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All passes, side by side in rounds, and what they went over."""

    spent: Mapping[str, Sequence[Spent]]
    reports: int
    sentences: int
    words: int
    refused: int | None
    """Reports of which textacy takes no quotation as their marks do not pair; None where it is not installed."""
    package: str


def quotations_of(docs: Iterable[Any], extract: Callable[[Any], Iterable[object]]) -> Iterator[int | None]:
    """How many direct quotations textacy finds in each text; None where it refuses the text."""
    for doc in docs:
        try:
            yield sum(1 for _ in extract(doc))
        except ValueError:
            yield None


def spent_on(side: Iterable[object]) -> Spent:
    """What it takes to come to the end."""
    began, before = time.perf_counter(), _processor()
    deque(side, maxlen=0)
    return Spent(time.perf_counter() - began, _processor() - before)


def _processor() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def measure(records: Sequence[Record], tools: Tools, rounds: int) -> Measured:
    """Every side on the same reports, in turn. Models are loaded, and first runs made, before anything is counted."""
    import spacy

    package = installed_package()
    nlp = spacy.load(package)
    reports = [tools.report(record) for record in records]
    texts = [report.text for report in reports]
    sides: dict[str, Callable[[], Iterable[object]]] = {
        BARE: lambda: nlp.pipe(texts, batch_size=BATCH),
        ONE: lambda: _coded(reports, tools, 1),
        f"coding, {cores()} jobs": lambda: _coded(reports, tools, cores()),
        RULES: lambda: run_jobs(reports, tools.rules, 1),
    }
    refused = None
    if importlib.util.find_spec("textacy") is not None:
        extract = importlib.import_module("textacy.extract").direct_quotations
        sides[QUOTES] = lambda: quotations_of(nlp.pipe(texts, batch_size=BATCH), extract)
        refused = sum(found is None for found in quotations_of(nlp.pipe(texts, batch_size=BATCH), extract))
    # The first runs prepare what is kept between texts.
    deque(nlp.pipe(texts), maxlen=0)
    for coder in (tools.coder, tools.rules):
        deque(run_jobs(reports[:5], coder, 1), maxlen=0)
    spent: dict[str, list[Spent]] = {name: [] for name in sides}
    for turn in range(rounds):
        for name, side in sides.items():
            spent[name].append(spent_on(side()))
            print(f"{turn} {name}: {spent[name][-1]}", file=sys.stderr)
    sentences = sum(len(find_sentences(report.text, report.blocks)) for report in reports)
    return Measured(spent, len(reports), sentences, sum(len(text.split()) for text in texts), refused, package)


def _coded(reports: Sequence[Report], tools: Tools, jobs: int) -> Iterator[Coding]:
    """Complete codings; raises :class:`RuntimeError` where one fails, as a failure is quicker than a coding."""
    for outcome in run_jobs(reports, tools.coder, jobs):
        if not isinstance(outcome, Coding):
            raise RuntimeError(f"{outcome.path} could not be coded: {outcome.error}")
        yield outcome


def table(measured: Measured) -> list[str]:
    """The rows of the table of speeds, each the median of its rounds, and ratios as the medians of the rounds'."""
    rows = [
        "| | reports/s | sentences/s | words/s | processor s/report | time / spaCy's | processor / spaCy's |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, taken in measured.spent.items():
        wall = statistics.median(one.wall for one in taken)
        processor = statistics.median(one.processor for one in taken)
        rows.append(
            f"| {name} | {measured.reports / wall:.2f} | {measured.sentences / wall:,.1f} | "
            f"{measured.words / wall:,.0f} | {processor / measured.reports:.4f} | "
            f"{_ratio(measured, name, 'wall'):.2f} | {_ratio(measured, name, 'processor'):.2f} |"
        )
    return rows


def _ratio(measured: Measured, name: str, what: Literal["wall", "processor"]) -> float:
    """The median of the rounds' ratios to the bare pipeline."""
    pairs = zip(measured.spent[name], measured.spent[BARE], strict=True)
    return statistics.median(a.wall / b.wall if what == "wall" else a.processor / b.processor for a, b in pairs)


def looked_into(records: Sequence[Record]) -> tuple[Mapping[str, int], Node]:
    """``dateline code`` with one job on the reports, looked at while it runs: how often each stage was seen, and
    the calls. Raises what :func:`benchmarks.flame.looked_at` raises.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports.jsonl")
        kept = [{"id": str(n), "text": record["text"]} for n, record in enumerate(records)]
        source.write_text("".join(json.dumps(record) + "\n" for record in kept), encoding="utf-8")
        code = [sys.executable, "-m", "dateline", "code", str(source), "-o", str(Path(folder, "out.jsonl"))]
        package = Path(importlib.import_module("dateline").__file__ or "").parent.parent
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")])}
        stacks = looked_at([*code, "--jobs", "1"], Path(folder, "stacks.txt"), environment=environment)
    return by_stage(stacks), tree_of(stacks, "run_jobs")


def stages(found: Mapping[str, int], processor: float) -> list[str]:
    """The rows of the table of stages, the largest first, of so many seconds of the processor a report.

    How often a stage was seen says its share alone: whoever looks sees what waits for a core as running too.
    """
    coding = {name: number for name, number in found.items() if name != STARTING}
    whole = sum(coding.values())
    rows = ["| stage | share | processor s/report |", "| --- | ---: | ---: |"]
    for name, number in sorted(coding.items(), key=lambda pair: (-pair[1], pair[0])):
        rows.append(f"| {name} | {100 * number / whole:.1f} % | {processor * number / whole:.4f} |")
    return [*rows, f"| all of a coding | 100 % | {processor:.4f} |"]


def others(records: Sequence[Record], tools: Tools, data: Path) -> list[str]:
    """What is measured beside: the encoder, the gate, the gazetteer, the start of the program."""
    reports = [tools.report(record) for record in records]
    with reading_in_line():
        reading = spent_on(tools.encoder.read_many(reports))
        gate = CountingGate()
        deque(parse_many(reports, tools.coder.nlp, readings=map(tools.encoder.read, reports), gate=gate), maxlen=0)
    words = sum(len(report.text.split()) for report in reports)
    return [
        "| what | value |",
        "| --- | ---: |",
        f"| encoder alone, words a second of the processor | {words / reading.processor:,.0f} |",
        f"| sentences that the gate does not parse, share | {gate.unparsed:.2f} |",
        *gazetteer_rows(data),
        f"| start-up of `dateline --help`, seconds (median of 5) | {_start_up():.2f} |",
    ]


def _start_up() -> float:
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dateline", "--help"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def page(measured: Measured, beside: Sequence[str], seen: Mapping[str, int] | None, load: float) -> str:
    """The page: the table of speeds, where the time goes as far as py-spy was there, and the rest."""
    fastest = f"coding, {cores()} jobs"
    aim = _ratio(measured, fastest, "wall")
    told = (
        f"textacy takes quotations from {measured.reports - measured.refused} of the {measured.reports} reports: of "
        "the others the quotation marks do not pair, and it refuses them."
        if measured.refused is not None
        else "textacy was not installed; its row is left out."
    )
    each = statistics.median(one.processor for one in measured.spent[ONE]) / measured.reports
    loading = seen[STARTING] if seen else 0
    starting = each * measured.reports * loading / max(1, sum(seen.values()) - loading) if seen else 0.0
    where = (
        [
            "![Where the time goes: a flame graph](speed.svg)",
            "",
            "`dateline code --jobs 1` on the same reports, looked at from outside by py-spy while it used the "
            f"processor; seconds are those of one job above. Starting and loading the models took {starting:.1f} s "
            "more, once. The network of the judge and the encoder read whole reports.",
            "",
            *stages(seen, each),
        ]
        if seen is not None
        else ["py-spy was not installed; this part is left out."]
    )
    return "\n".join(
        [
            "# Speed",
            "",
            f"Written by `benchmarks/throughput.py`; not edited by hand. {measured.reports} reports of "
            f"{measured.sentences / measured.reports:.0f} sentences and {measured.words / measured.reports:.0f} words "
            f"on average; the median of {len(measured.spent[BARE])} rounds in one run, on a machine with {cores()} "
            "cores. Models are loaded before the clock starts. Processor time is that of all processes, of the system "
            "too. Ratios hold between machines; seconds do not.",
            "",
            "## Complete coding, and what others do",
            "",
            *table(measured),
            "",
            f"spaCy's pipeline is `{measured.package}`, the small English one that dateline comes with, as spaCy loads "
            f"it, in one process. textacy's direct quotations are taken from what it made. {told}",
            "",
            f"By the clock, complete coding on all cores takes {aim:.2f} times as long as spaCy's pipeline on one.",
            "",
            "## Where the time goes",
            "",
            *where,
            "",
            "## Beside it",
            "",
            *beside,
            "",
            f"When this was measured, {load:.1f} processes wanted the processor, this one among them.",
            "",
        ]
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the speed of complete coding.")
    parser.add_argument("--data", type=Path, required=True, help="folder with one folder a task")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"reports to code (default: {DOCUMENTS})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"passes of each side (default: {ROUNDS})")
    parser.add_argument("--out", type=Path, help="the page to write, with its picture beside it (default: print it)")
    given = parser.parse_args()
    file = given.data / "police_events" / "docs.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line, _ in zip(lines, range(given.documents), strict=False)]
    tools = Tools(file.parent)
    measured = measure(records, tools, given.rounds)
    load = os.getloadavg()[0]
    seen, calls = None, None
    try:
        seen, calls = looked_into(records)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
    text = page(measured, others(records, tools, given.data), seen, load)
    if given.out is None:
        print(text)
        return
    given.out.write_text(text, encoding="utf-8")
    if calls is not None:
        picture = drawn(calls, f"Complete coding of {len(records)} reports, in one process")
        given.out.with_suffix(".svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
