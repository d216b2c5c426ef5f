"""Speed: complete coding next to coding by the rules alone and to the bare spaCy pipeline, and start-up.

All on the same text in the same run, by the clock; also the encoder alone, what its gate spares the parser, and the
gazetteer alone.

``python benchmarks/throughput.py --data DIR`` prints the table. Ratios hold between machines; seconds do not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.gate import CountingGate
from benchmarks.gazetteer_speed import rows as gazetteer_rows
from benchmarks.tools import Record, Tools
from dateline.coder.encoder.network import Encoder
from dateline.coder.encoder.pieces import pieces_of
from dateline.coder.syntax.parse import parse_many
from dateline.coder.text.sentences import find_sentences
from dateline.lang.en.pipeline import load_pipeline

ROUNDS = 3
DOCUMENTS = 150
THREADS = 2
"""Threads that the encoder may use where its own speed is measured; in a coding it has one, and the parser another."""


def measure(data: Path) -> str:
    """The Markdown table of speeds; rounds alternate so that a drifting machine touches all sides alike."""
    file = data / "police_events" / "docs.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][:DOCUMENTS]
    tools = Tools(file.parent)
    nlp = load_pipeline()
    texts = [record["text"] for record in records]
    list(tools.codings(records[:5]))
    list(tools.codings(records[:5], tools.rules))
    sides: dict[str, Callable[[], Iterable[object]]] = {
        "bare": lambda: nlp.pipe(texts, batch_size=16),
        "complete": lambda: tools.codings(records),
        "rules": lambda: tools.codings(records, tools.rules),
    }
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, side in sides.items():
            seconds[name].append(_clocked(side()))
    words = sum(len(text.split()) for text in texts)
    pace = {name: words / statistics.median(taken) for name, taken in seconds.items()}
    rows = [
        "| what | value |",
        "| --- | ---: |",
        f"| bare spaCy pipeline, words a second | {pace['bare']:,.0f} |",
        f"| complete coding, words a second | {pace['complete']:,.0f} |",
        f"| complete coding by the rules alone, words a second | {pace['rules']:,.0f} |",
        f"| complete coding / bare pipeline, time | {_ratio(seconds, 'complete', 'bare'):.2f} |",
        f"| complete coding / complete coding by the rules alone, time | {_ratio(seconds, 'complete', 'rules'):.2f} |",
        *_encoder(records, tools),
        *gazetteer_rows(data),
        f"| start-up of `dateline --help`, seconds (median of 5) | {_start_up():.2f} |",
    ]
    return "\n".join(rows)


def _encoder(records: Sequence[Record], tools: Tools) -> list[str]:
    """The rows of the encoder alone, and of the gate that it opens."""
    reports = [tools.report(record) for record in records]
    encoder = Encoder.load(threads=THREADS)
    sentences = [
        pieces_of(report.text, [span], encoder.tokenizer)
        for report in reports
        for span in find_sentences(report.text, report.blocks)
    ]
    # The first runs prepare the matrices, and are not counted.
    encoder.read(reports[0])
    by_report = _clocked(map(encoder.read, reports))
    by_sentence = _clocked(map(encoder.read_pieces, sentences))
    gate = CountingGate()
    list(parse_many(reports, tools.coder.nlp, readings=map(encoder.read, reports), gate=gate))
    words = sum(len(report.text.split()) for report in reports)
    return [
        f"| encoder alone on {THREADS} threads, whole reports, words a second | {words / by_report:,.0f} |",
        f"| encoder alone on {THREADS} threads, one sentence at a time, sentences a second "
        f"| {len(sentences) / by_sentence:,.0f} |",
        f"| sentences that the gate does not parse, share | {gate.unparsed:.2f} |",
    ]


def _clocked(side: Iterable[object]) -> float:
    """The seconds that it takes to come to the end."""
    began = time.perf_counter()
    deque(side, maxlen=0)
    return time.perf_counter() - began


def _ratio(seconds: Mapping[str, Sequence[float]], one: str, other: str) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(seconds[one], seconds[other], strict=True))


def _start_up() -> float:
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dateline", "--help"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure the speed of complete coding.")
    parser.add_argument("--data", type=Path, required=True, help="folder with one folder a task")
    print(measure(parser.parse_args().data))


if __name__ == "__main__":
    main()
