"""What the rules find in texts: the event words that the encoder's gate learns to foresee, and pairs of a known type.

No annotation is used, only texts: the labels are the codings of the rules themselves. ``python -m training.silver
--data DIR --out FILE`` writes one JSON object a text: id, text, events (type, trigger, actors, recipients and
sentence, all as offsets).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.codebook import load_codebook
from dateline.coder.machine import MachineCoder
from dateline.engine import run
from dateline.intake import Failure, read_text
from dateline.lang.en.pipeline import load_pipeline
from dateline.model import Span
from dateline.resolve.gazetteer.lookup import Gazetteer

SOURCES = {
    "attribution/train.jsonl.gz": 1,
    "police_events/docs.jsonl.gz": 2,
    "protest_news/docs.jsonl.gz": 2,
    "relation_typing/train.jsonl": 1,
    "roles/train.jsonl": 1,
    "templates/dev.jsonl.gz": 4,
    "incidents/gva.jsonl.gz": 20,
    "event_location/train.jsonl.gz": 3,
}
"""Files of texts, and that every so many of their records is read: the gate is measured on the others."""


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every record that is read; a text that several records share comes once."""
    seen: set[str] = set()
    for name, every in SOURCES.items():
        for n, record in enumerate(read(data / name)):
            if n % every == 0 and record["text"] not in seen and record["text"].strip():
                seen.add(record["text"])
                yield f"{name.split('/')[0]}/{record['id']}", record["text"]


def silver(data: Path) -> Iterator[dict[str, Any]]:
    """The event words that the rules find in each text."""
    coder = MachineCoder(load_codebook("plover"), Gazetteer.open(), load_pipeline())
    reports = (read_text(text, id=name, language="en") for name, text in texts(data))
    for coding in run(reports, coder):
        if isinstance(coding, Failure):
            continue
        events = [
            {
                "type": event.type,
                "trigger": _offsets(event.trigger),
                "actors": [_offsets(span) for span in event.actors],
                "recipients": [_offsets(span) for span in event.recipients],
                "sentence": _offsets(event.evidence[0]) if event.evidence else None,
            }
            for event in coding.events
        ]
        yield {"id": coding.report.id, "text": coding.report.text, "events": events}


def _offsets(span: Span) -> list[int]:
    return [span.start, span.end]


def write(data: Path, out: Path) -> None:
    """All of them to a file, which appears only when it is whole."""
    partial = out.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as lines:
        for record in silver(data):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    partial.replace(out)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Find event words in texts by the rules.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write(given.data, given.out)


if __name__ == "__main__":
    main()
