"""Predictions for one task: ``python benchmarks/predict.py TASK IN OUT``.

IN is a JSON Lines file (gzipped or not); only the task's input fields are read. OUT gets one JSON object a record.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

TASKS = (
    *(
        "reports",
        "attribution",
        "relation_typing",
        "relation_rules",
        "relation_reports",
        "police_events",
        "protest_news",
        "subtypes",
        "toponyms",
        "dates",
        "incidents",
        "incidents_tallied",
    ),
    *("templates", "roles", "event_location", "web_pages", "aggregation", "linking", "coref"),
)


def inputs_only(record: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """The record without everything that is not named as input, so that no answer can leak into a prediction."""
    kept: dict[str, Any] = {}
    for key, inner in keys.items():
        if key in record:
            value = record[key]
            kept[key] = [inputs_only(item, inner) for item in value] if inner and isinstance(value, list) else value
    return kept


def read(path: Path, keys: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The records of a file, inputs only."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield inputs_only(json.loads(line), keys)


def predict(task: str, source: Path, target: Path) -> int:
    """Write the predictions of a task for a file; the number of records written."""
    from benchmarks.tools import Tools

    module = cast(Any, import_module(f"benchmarks.tasks.{task}"))
    number = 0
    partial = target.with_name(target.name + ".partial")
    with partial.open("w", encoding="utf-8") as out:
        for prediction in module.predict(read(source, module.INPUTS), Tools(source.parent)):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
            number += 1
    partial.replace(target)
    return number


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Write dateline's predictions for annotated data.")
    parser.add_argument("task", choices=TASKS, metavar="TASK", help=", ".join(TASKS))
    parser.add_argument("source", type=Path, metavar="IN", help="JSON Lines file, gzipped or not")
    parser.add_argument("target", type=Path, metavar="OUT", help="JSON Lines file to write")
    given = parser.parse_args()
    number = predict(given.task, given.source, given.target)
    print(f"{given.task}: {number} predictions in {given.target}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
