"""What the gate costs: how much of a coding in which every sentence is parsed is there where only some of them are.

No annotation is used. Each report is read by the encoder once, then parsed whole and parsed as the gate says. The
reports are some that the gate's labels were not taken from: the texts that ``training.silver`` passes over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.annotated import read
from benchmarks.tools import Tools
from dateline.coder.assemble import assemble
from dateline.coder.syntax.gate import Gate, Need, sentence_ranges
from dateline.coder.syntax.model import Parse
from dateline.coder.syntax.parse import parse_many
from dateline.model import Coding, Report

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.coder.encoder.network import Reading
    from dateline.lang.quotation import Quotation

EVERY = {"attribution/dev.jsonl": (0, 1), "police_events/docs.jsonl.gz": (1, 2), "protest_news/docs.jsonl.gz": (1, 2)}
"""Of each file the first record that is read, and how many steps on the next one is."""
BATCH = 16


@dataclass(frozen=True)
class CountingGate(Gate):
    """The gate, which counts what sentences need."""

    seen: Counter[Need] = field(default_factory=Counter)

    def needs(self, doc: Doc, reading: Reading, quotations: Sequence[Quotation]) -> list[Need] | None:
        """As the gate says, counted."""
        found = super().needs(doc, reading, quotations)
        self.seen.update(["parse"] * len(sentence_ranges(doc)) if found is None else found)
        return found

    @property
    def unparsed(self) -> float:
        """The share of sentences that are not parsed."""
        return 1 - self.seen["parse"] / max(1, self.seen.total())


def measure(data: Path) -> dict[str, Any]:
    """The shares that are kept, the number of each, and the share of sentences that the gate does not parse."""
    tools = Tools(data)
    gate = CountingGate()
    there: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    number = 0
    for full, gated in _both_ways(_reports(data, tools), tools, gate):
        number += 1
        left = values_of(gated)
        for kind, wanted in values_of(full).items():
            there[kind] += wanted.total()
            kept[kind] += (wanted & left[kind]).total()
    shares = {kind: {"kept": kept[kind] / max(1, there[kind]), "number": there[kind]} for kind in there}
    return {**shares, "unparsed": gate.unparsed, "run": {"gold_records": number}}


def values_of(coding: Coding) -> Mapping[str, Counter[Hashable]]:
    """What is compared: attributions by their cue, events by type and trigger, and both with all that they hold."""
    events = [(event.type, event.trigger) for event in coding.events]
    whole = [
        (
            *found,
            tuple((span.start, span.end) for span in event.actors),
            tuple((span.start, span.end) for span in event.recipients),
            event.place.name if event.place else None,
            event.date.edtf if event.date else None,
            event.modality,
            event.historical,
        )
        for found, event in zip(events, coding.events, strict=True)
    ]
    said = [a for a in coding.attributions if a.cue]
    return {
        "attributions": Counter(a.cue for a in said),
        "attributions_whole": Counter((a.source, a.cue, a.content, a.kind) for a in said),
        "events": Counter(events),
        "events_whole": Counter(whole),
    }


def _reports(data: Path, tools: Tools) -> Iterator[Report]:
    for name, (first, step) in EVERY.items():
        for record in islice(read(data / name), first, None, step):
            yield tools.report(record)


def _both_ways(reports: Iterator[Report], tools: Tools, gate: Gate) -> Iterator[tuple[Coding, Coding]]:
    """Each report coded with all of its sentences parsed, and with those that the gate wants."""
    coder = tools.coder

    def coded(parse: Parse) -> Coding:
        return assemble(
            parse,
            coder.codebook,
            coder.gazetteer,
            coder.info,
            names=coder.names,
            authority=coder.authority,
            relations=coder.relations,
        )

    while batch := list(islice(reports, BATCH)):
        readings = [tools.encoder.read(report) for report in batch]
        full = parse_many(batch, coder.nlp, readings=readings)
        gated = parse_many(batch, coder.nlp, readings=readings, gate=gate)
        yield from zip(map(coded, full), map(coded, gated), strict=True)
