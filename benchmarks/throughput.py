"""Speed: complete coding next to the bare spaCy pipeline on the same text in the same run, and start-up.

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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.tools import Tools
from dateline.coder.pipeline import load_pipeline

ROUNDS = 3
DOCUMENTS = 150


def measure(data: Path) -> str:
    """The Markdown table of speeds; rounds alternate so that a drifting machine touches both sides alike."""
    file = data / "police_events" / "docs.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][:DOCUMENTS]
    tools = Tools(file.parent)
    nlp = load_pipeline()
    texts = [record["text"] for record in records]
    list(tools.codings(records[:5]))
    bare, complete = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        list(nlp.pipe(texts, batch_size=16))
        middle = time.perf_counter()
        list(tools.codings(records))
        bare.append(middle - began)
        complete.append(time.perf_counter() - middle)
    words = sum(len(text.split()) for text in texts)
    ratio = statistics.median(c / b for c, b in zip(complete, bare, strict=True))
    rows = [
        "| what | value |",
        "| --- | ---: |",
        f"| bare spaCy pipeline, words a second | {words / statistics.median(bare):,.0f} |",
        f"| complete coding, words a second | {words / statistics.median(complete):,.0f} |",
        f"| complete coding / bare pipeline, time | {ratio:.2f} |",
        f"| start-up of `dateline --help`, seconds (median of 5) | {_start_up():.2f} |",
    ]
    return "\n".join(rows)


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
