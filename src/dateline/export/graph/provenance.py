"""JSON-LD with the provenance of every row (https://www.w3.org/TR/prov-o/): from which report, coded by whom, when.

Reports, mentions and events are entities, codings and the linking activities, publishers, programs and people agents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from dateline.export.columnar.lines import line
from dateline.export.graph.leaving import leaving
from dateline.export.graph.names import TERMS, Thing, iri, values
from dateline.export.safe import address
from dateline.export.statement import KeptBack, Statement, coder_words
from dateline.export.tables.columns import Row, columns_of
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reading import Reading
from dateline.export.tables.stated import EventStatement
from dateline.link.model import Account
from dateline.model import Coding, Report
from dateline.version import __version__

Node = dict[str, Any]

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {
    "@vocab": TERMS,
    "prov": "http://www.w3.org/ns/prov#",
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in (
            *("wasDerivedFrom", "wasGeneratedBy", "wasAttributedTo", "wasAssociatedWith"),
            *("used", "wasRevisionOf", "alternateOf", "atLocation"),
        )
    },
    **{
        column.name: {"@id": f"{TERMS}{column.name}", "@type": XSD + ("date" if column.kind == "day" else "dateTime")}
        for table in ("mentions", "events")
        for column in columns_of(table)
        if column.kind in ("day", "moment")
    },
    # The order of a list is meant: a country for each actor.
    **{
        column.name: {"@id": f"{TERMS}{column.name}", "@container": "@list"}
        for table in ("mentions", "events")
        for column in columns_of(table)
        if column.is_list
    },
}
"""The context: what each name stands for. It is in the file, so that nothing is looked up to read it."""

_LINKER = iri("coder", f"dateline {__version__}")
_LINKING = iri("linking", __version__)


def write(
    codings: Iterable[Coding], out: TextIO, *, reading: Reading | None = None, kept_back: KeptBack | None = None
) -> None:
    """The mentions with their reports, codings and coders, a node a line; the data statement comes after them."""
    statement = Statement(kept_back=kept_back)

    def nodes() -> Iterator[Node]:
        known: set[str] = set()
        for coding, events in leaving(codings, reading, statement):
            yield from _of_coding(coding, known)
            for row in mention_rows(coding, events):
                yield _mention(coding, row)

    _write_graph(nodes(), out, reading.stated if reading is not None else statement.plain)


def write_events(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """The events, the mentions that they were linked from, and the reports of these."""

    def nodes() -> Iterator[Node]:
        known: set[str] = set()
        yield _linking()
        yield {"@id": _LINKER, "@type": "prov:SoftwareAgent", "name": f"dateline {__version__}"}
        for told in events:
            accounts: tuple[Account, ...] = () if told.comparison is None else told.comparison.accounts
            for account in accounts:
                yield from _of_coding(account.coding, known)
                if account.id not in told.keys:  # a newer coding took the place of its own, which its name would mean
                    continue
                yield {
                    "@id": iri("mention", told.keys[account.id]),
                    "@type": ["prov:Entity", "Mention"],
                    "wasDerivedFrom": iri("report", account.coding.report.id),
                    "wasGeneratedBy": _coding(account.coding),
                    "wasAttributedTo": iri("coder", coder_words(account.coding)),
                }
            yield _event(told, accounts)

    _write_graph(nodes(), out, statement.plain)


def _of_coding(coding: Coding, known: set[str]) -> Iterator[Node]:
    """The report, the coding and whoever made them, those that were not told yet."""
    # Publishers and coders are few; a report comes once with its mentions, and with its events as often as they do.
    report, coder = coding.report, coder_words(coding)
    person = coding.coder.model is None and any(b.id.startswith("review.") for e in coding.events for b in e.because)
    agents: list[tuple[str, Node]] = [
        (iri("coder", coder), {"@type": "prov:Person" if person else "prov:SoftwareAgent", "name": coder})
    ]
    if report.publisher:
        agents.append((iri("publisher", report.publisher), {"@type": "prov:Organization", "name": report.publisher}))
    for id, node in agents:
        if id not in known:
            known.add(id)
            yield {"@id": id, **node}
    yield _report(report)
    yield {
        "@id": _coding(coding),
        "@type": "prov:Activity",
        "used": iri("report", report.id),
        "wasAssociatedWith": iri("coder", coder),
        "codebook": coding.coder.codebook,
    }


def _report(report: Report) -> Node:
    node: Node = {"@id": iri("report", report.id), "@type": ["prov:Entity", "Report"], "report": report.id}
    if report.publisher:
        node["wasAttributedTo"] = iri("publisher", report.publisher)
    told = {"title": report.title, "published": report.published, "retrieved": report.retrieved}
    node |= {name: value for name, value in (told | {"sha256": report.sha256}).items() if value}
    where = address(report.url)
    return node | ({"url": where} if where else {})


def _mention(coding: Coding, row: Row) -> Node:
    return {
        "@id": iri("mention", str(row["mention"])),
        "@type": ["prov:Entity", "Mention"],
        "wasDerivedFrom": iri("report", coding.report.id),
        "wasGeneratedBy": _coding(coding),
        "wasAttributedTo": iri("coder", coder_words(coding)),
        **values(row, "mentions"),
    }


def _event(told: TellingEvent, accounts: tuple[Account, ...]) -> Node:
    node: Node = {
        "@id": iri("event", told.life.id),
        "@type": ["prov:Entity", "Event"],
        "wasGeneratedBy": _LINKING,
        "wasAttributedTo": _LINKER,
        "wasDerivedFrom": [iri("mention", key) for key in told.keys_of(account.id for account in accounts)],
        **values(event_row(told), "events"),
    }
    if told.life.replaces:
        node["wasRevisionOf"] = [iri("event", id) for id in told.life.replaces]
    return node


def _linking() -> Node:
    return {"@id": _LINKING, "@type": "prov:Activity", "wasAssociatedWith": _LINKER}


def _coding(coding: Coding) -> str:
    return iri("coding", f"{coding.report.id} {coder_words(coding)}")


def _write_graph(nodes: Iterable[Node], out: TextIO, stated: Callable[[], dict[str, str]]) -> None:
    separator = f'{{"@context":{line(CONTEXT)},"@graph":['
    for node in nodes:
        out.write(f"{separator}\n{line(node)}")
        separator = ","
    thing: Thing = "linking"
    statement = {"@id": iri(thing, "statement"), "@type": "DataStatement", **stated()}
    out.write(f"{separator}\n{line(statement)}\n]}}\n")
