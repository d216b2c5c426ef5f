"""Hand-coded reports to what the reader learns from: event words with their types, and what belongs to which event.

A report is read whole, in windows of as many pieces as the network takes. Gold says which words tell an event; phrases
that could be its parties, places, dates and tellers are those that the judge chooses among, and are right where the
hand coding has the same value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.annotated import read

from dateline.codebook import load_codebook
from dateline.coder.encoder.pieces import Pieces, windows, wrapped
from dateline.coder.encoder.reader import LINKS, MODALITIES, READER_OVERLAP, READER_WINDOW, Whole
from dateline.coder.judge.case import Case
from training.alike import same_date, same_party, same_place
from training.hand import hand_coded

Record = Mapping[str, Any]
FOLDS = 3


@dataclass(slots=True)
class ReportItem:
    """A window of a report: its pieces, and what they should give.

    ``types`` are the types that each piece tells (empty: no event word). ``triggers`` are ranges of pieces with the
    number of their event; ``phrases`` are ranges with the number of the link they could have; ``linked`` holds for
    each trigger and phrase 1 or 0, or -1 where it is not known.
    """

    ids: list[int]
    types: list[tuple[int, ...]]
    triggers: list[tuple[int, int, int]] = field(default_factory=list)
    modalities: list[int] = field(default_factory=list)
    phrases: list[tuple[int, int]] = field(default_factory=list)
    linked: list[list[list[int]]] = field(default_factory=list)


def fold_of(identifier: str) -> int:
    """The fold of a report, by its name alone."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % FOLDS


def roots() -> list[str]:
    """The types, in the order of the reader's scores."""
    return [kind.name for kind in load_codebook("plover").types]


SAME = {"YIELD": "CONCEDE", "DEMAND": "REQUEST"}
"""Types of the hand codings under the names that the codebook gives them."""


class Blind:
    """A reader that has seen nothing: by it a case holds what the rules find."""

    def __init__(self, kinds: Sequence[str], tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.kinds = tuple(kinds)
        self.number = {name: n for n, name in enumerate(kinds)}

    def read(self, pieces: Pieces) -> Whole:
        """Nothing of any piece."""
        nothing = [np.zeros((len(pieces), width), dtype=np.float32) for width in (1, len(self.kinds), len(MODALITIES))]
        return Whole(pieces, nothing[0], nothing[0][:, 0], nothing[1], nothing[2])


def phrases_of(case: Case) -> list[tuple[int, int, str, Any]]:
    """Phrases that could belong to an event, as the judge will choose among them: offsets, kind and value."""
    found: dict[tuple[int, int, str], Any] = {}
    known = {actor.id: actor.name for actor in case.actors.actors}
    for name, mentions in case.parties.items():
        names = [known[name], *(m.quote for m in mentions)]
        found.update({(m.start, m.end, "party"): names for m in mentions})
    found.update({(p.start, p.end, "place"): asdict(p) for p in case.places})
    found.update({(d.start, d.end, "date"): asdict(d) for d in case.dates if d.edtf})
    counts = [count for telling in case.tellings for count in telling.mention.counts]
    found.update({(c.start, c.end, "count"): asdict(c) for c in counts})
    return [(start, end, kind, value) for (start, end, kind), value in sorted(found.items(), key=lambda f: f[0])]


KINDS = {"party": ("actor", "recipient", "teller"), "place": ("place",), "date": ("date",), "count": ("count",)}


def _label(link: str, event: Record, value: Any) -> int:
    if link == "actor":
        return int(same_party(event["actors"], value))
    if link == "recipient":
        return int(same_party(event["recipients"], value))
    if link == "teller":
        return int(same_party([s for s in event["sources"] if s != "publisher"], value))
    if link == "place":
        return int(same_place(event["places"], value))
    if link == "date":
        return int(same_date(event["dates"], value["edtf"]))
    numbers = {(c["kind"], n) for c in event["counts"] for n in (c.get("low"), c.get("best"), c.get("high")) if n}
    return int((value["kind"], value["best"] or value["low"] or value["high"]) in numbers)


def items(record: Record, case: Case, kinds: Sequence[str], tokenizer: Any) -> Iterator[ReportItem]:
    """The windows of a report with what they should give."""
    pieces = case.whole.pieces
    number = {name: n for n, name in enumerate(kinds)}
    types: list[set[int]] = [set() for _ in pieces.ids]
    triggers: list[tuple[int, int, int]] = []
    for n, event in enumerate(record["events"]):
        wanted = {number[SAME.get(t, t)] for t in event["types"] if SAME.get(t, t) in number}
        for span in event["triggers"]:
            covered = pieces.within(span["start"], span["end"])
            if covered:
                triggers.append((covered.start, covered.stop, n))
            for at in covered:
                types[at] |= wanted
    phrases = []
    for start, end, kind, value in phrases_of(case):
        covered = pieces.within(start, end)
        if covered:
            phrases.append((covered.start, covered.stop, kind, value))
    for first, last in windows(len(pieces), READER_WINDOW - 2, READER_OVERLAP):
        inside = [t for t in triggers if first <= t[0] and t[1] <= last]
        near = [p for p in phrases if first <= p[0] and p[1] <= last]
        linked = []
        for _, _, n in inside:
            event = record["events"][n]
            row = []
            for _, _, kind, value in near:
                row.append([_label(link, event, value) if link in KINDS[kind] else -1 for link in LINKS])
            linked.append(row)
        yield ReportItem(
            wrapped(pieces.ids[first:last], tokenizer),
            [(), *(tuple(sorted(t)) for t in types[first:last]), ()],
            [(a - first + 1, b - first + 1, n) for a, b, n in inside],
            [_modality(record["events"][n]) for _, _, n in inside],
            [(a - first + 1, b - first + 1) for a, b, _, _ in near],
            linked,
        )


def _modality(event: Record) -> int:
    if event.get("historical") and event["modality"] == "asserted":
        return MODALITIES.index("historical")
    return MODALITIES.index(event["modality"])


def gold(data: Path) -> list[Record]:
    """The hand-coded reports to learn from: those of the set, and those whose codings are kept here."""
    return [*read(data / "reports" / "train.jsonl.gz"), *hand_coded(data)]
