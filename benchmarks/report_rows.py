"""What is wrong in the rows of whole reports, class by class: ``python benchmarks/report_rows.py --data DIR``.

Writes ``benchmarks/errors/reports.md``: where rows fail and what their values fail by, what the chances are worth, and
the same by kind of publisher and by type. The texts are not read: a class is told by the hand coding and the row alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.annotated import read
from benchmarks.calibration import binned_error
from benchmarks.tasks import reports
from benchmarks.tools import Tools

FILE = "reports/dev.jsonl"
OUT = Path(__file__).parent / "errors" / "reports.md"
BOUNDS = tuple(n / 20 for n in range(2, 17))
FIELDS = {
    "actor": "actors",
    "recipient": "recipients",
    "place": "place",
    "date": "date",
    "modality": "modality",
    "source": "source",
    "counts": "counts",
}
"""The scorer's names of the fields, and the model's names of their chances."""

KINDS = {
    "state": "sana alalam trt nna ahram sputnik tass xinhua News Agency of Nigeria, Defence Headquarters",
    "opposition": "etilaf",
    "party": "manar",
    "agency and broadcaster": "reuters arabiya BBC News, Wikinews",
}
"""Kinds of publishers, by what is publicly known of who owns and runs them; the rest are newspapers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report, and what the scorer says of it and of its fields."""

    publisher: str
    type: str
    chance: float
    chances: Mapping[str, float | None]
    standing: str
    """``found``, ``duplicate``, ``type`` (another type) or ``no event``."""
    fields: Mapping[str, str]
    gold: Mapping[str, Any] | None
    given: Mapping[str, bool]

    @property
    def sound(self) -> bool:
        """Whether it is an event of its own and no value in it is wrong."""
        return self.standing == "found" and "wrong" not in self.fields.values()


@dataclass(frozen=True, slots=True)
class Told:
    """A gold event, by the chance of the surest row that finds it (None: no row does)."""

    publisher: str
    types: tuple[str, ...]
    core: bool
    chance: float | None


def kind_of(publisher: str | None) -> str:
    """The kind of a publisher."""
    if not publisher:
        return "not named"
    return next((kind for kind, names in KINDS.items() if publisher in names), "newspaper")


def scored(
    gold: Iterable[Mapping[str, Any]], codings: Iterable[Mapping[str, Any]], scorer: Any
) -> tuple[list[Row], list[Told]]:
    """Every row of the codings, suggestions too, and every event of the hand codings."""
    rows: list[Row] = []
    told: list[Told] = []
    for record, coding in zip(gold, codings, strict=True):
        whole = {**coding, "events": [*coding["events"], *coding.get("suggestions", [])]}
        whole["events"].sort(key=lambda event: -(event["chance"] or 0.0))
        _, found, _, _ = scorer.score_report(record, record["text"], whole)
        best: dict[str, float] = {}
        for event, owner, standing, fields in found:
            rows.append(_row(record, event, owner, standing, fields))
            if owner is not None and standing in {"found", "duplicate"}:
                best[owner["id"]] = max(best.get(owner["id"], 0.0), event["chance"] or 0.0)
        publisher = kind_of(record.get("publisher"))
        told += [Told(publisher, tuple(e["types"]), e["core"], best.get(e["id"])) for e in record["events"]]
    return rows, told


def _row(record: Mapping[str, Any], event: Mapping[str, Any], owner: Any, standing: str, fields: Any) -> Row:
    given = {side: bool(event[side]) for side in ("actors", "recipients", "place", "date", "counts")}
    chances = event.get("chances") or {}
    kind = kind_of(record.get("publisher"))
    return Row(kind, event["type"], event["chance"] or 0.0, chances, standing, fields, owner, given)


def share(part: float, whole: float) -> str:
    """A share as it stands in a table."""
    return f"{part / whole:.3f}" if whole else "–"


def curve(rows: Sequence[Row], told: Sequence[Told]) -> Iterator[str]:
    """What is shown from each chance on."""
    yield "| chance at least | rows | precision | recall, core | recall, all | rows without a wrong value |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    core = [t for t in told if t.core]
    for bound in BOUNDS:
        shown = [r for r in rows if r.chance >= bound]
        found = sum(r.standing == "found" for r in shown)
        reached, reached_core = (sum((t.chance or 0) >= bound for t in part) for part in (told, core))
        yield (
            f"| {bound:.2f} | {len(shown)} | {share(found, len(shown))} | {share(reached_core, len(core))} | "
            f"{share(reached, len(told))} | {share(sum(r.sound for r in shown), len(shown))} |"
        )


def field_chances(rows: Sequence[Row]) -> Iterator[str]:
    """How often the value of each field comes true, beside what its chance says."""
    yield "| field | rows | mean chance | right | calibration error |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, key in FIELDS.items():
        pairs = [
            (r.chances[key], r.fields[name] == "right") for r in rows if r.fields and r.chances.get(key) is not None
        ]
        if pairs:
            chance, right = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
            error = binned_error(chance, right)
            yield f"| {name} | {len(pairs)} | {chance.mean():.3f} | {right.mean():.3f} | {error:.3f} |"


def apart(rows: Sequence[Row], told: Sequence[Told], bound: float, by: str) -> Iterator[str]:
    """The figures by kind of publisher or by type."""
    yield f"| {by} | rows | precision | recall, core | rows without a wrong value |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    shown: dict[str, list[Row]] = defaultdict(list)
    events: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        if row.chance >= bound:
            shown[row.publisher if by == "publisher" else row.type].append(row)
    for one in told:
        if one.core:
            events[one.publisher if by == "publisher" else one.types[0]].append(one)
    for name in sorted(shown, key=lambda n: (-len(shown[n]), n)):
        part = shown[name]
        reached = sum((t.chance or 0) >= bound for t in events[name])
        yield (
            f"| {name} | {len(part)} | {share(sum(r.standing == 'found' for r in part), len(part))} | "
            f"{share(reached, len(events[name]))} | {share(sum(r.sound for r in part), len(part))} |"
        )


CLASSES = {
    "duplicate": "tells again what another row tells",
    "no event": "is no event of the report",
    "type": "is an event of another type",
    "actor, none": "an actor, where the report names none",
    "actor, other": "another actor",
    "recipient, none": "a recipient, where the report names none",
    "recipient, other": "another recipient",
    "place, none": "a place, where the report gives none",
    "place, other": "another place",
    "date, none": "a day, where the report gives none",
    "date, other": "another day",
    "modality, other": "another modality",
    "source, other": "on another's word",
    "counts, other": "another number",
}
_GIVEN = {"actor": "actors", "recipient": "recipients", "place": "places", "date": "dates"}


def errors(rows: Sequence[Row]) -> Counter[str]:
    """The classes of what is wrong: of a row, or of the values of one that is an event."""
    found: Counter[str] = Counter()
    for row in rows:
        if row.standing != "found":
            found[row.standing] += 1
        for name, verdict in row.fields.items() if row.standing == "found" else ():
            if verdict == "wrong":
                none = name in _GIVEN and row.gold is not None and not row.gold[_GIVEN[name]]
                found[f"{name}, {'none' if none else 'other'}"] += 1
    return found


def page(rows: Sequence[Row], told: Sequence[Told], bound: float, records: int) -> str:
    """The whole page."""
    shown = [r for r in rows if r.chance >= bound]
    classes = errors(shown)
    silent = Counter(n for r in shown if r.standing == "found" for n, v in r.fields.items() if v == "silent")
    lines = [
        "# Errors of whole reports",
        "",
        f"{records} reports that one careful reader, a large language model, coded by hand in every field, and from "
        "which nothing was learned. Made by `python benchmarks/report_rows.py`; classes are told by the hand coding "
        "and the row, no text was read; [a hundred and ten](reports_read.md) of the first judge on others were read.",
        "",
        f"## Rows of chance {bound:.2f} and more: what is wrong",
        "",
        f"{len(shown)} rows, {sum(r.sound for r in shown)} of them events of their own without a wrong value.",
        "",
        "| what is wrong | times | share |",
        "| --- | ---: | ---: |",
        *(
            f"| {CLASSES.get(name, name)} | {n} | {share(n, classes.total())} |"
            for name, n in sorted(classes.items(), key=lambda c: (-c[1], c[0]))
        ),
        "",
        "Left empty where the report has a value: "
        + ", ".join(f"{name} {n}" for name, n in sorted(silent.items(), key=lambda c: (-c[1], c[0])))
        + ".",
        "",
        "## What a row's chance is worth",
        "",
        *curve(rows, told),
        "",
        "## What a field's chance is worth",
        "",
        *field_chances([r for r in shown if r.standing == "found"]),
        "",
        "## By kind of publisher",
        "",
        *apart(rows, told, bound, "publisher"),
        "",
        "## By type",
        "",
        *apart(rows, told, bound, "type"),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Classes of errors in the rows of whole reports.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--file", default=FILE, help="the hand-coded reports, below the data's folder")
    parser.add_argument("--codings", type=Path, help="codings of them that were made before, as JSON Lines")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    sys.path.insert(0, str(given.data.resolve().parent))
    scorer = import_module("score.reports")
    gold = list(read(given.data / given.file))
    tools = Tools((given.data / given.file).parent)
    if given.codings:
        by_id = {row["id"]: row for row in map(json.loads, given.codings.open(encoding="utf-8"))}
        codings = [by_id[record["id"]] for record in gold]
    else:
        asked = ({key: record[key] for key in reports.INPUTS if key in record} for record in gold)
        codings = list(reports.predict(asked, tools))
    rows, told = scored(gold, codings, scorer)
    given.out.write_text(page(rows, told, tools.coder.at_least, len(gold)), encoding="utf-8")
    print(given.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
