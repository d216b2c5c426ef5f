"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/): each mention or event pinned to the words it is from.

The body of an annotation is the row of the table, under terms of dateline's own; its targets are the reports, with the
quotation and its place in the text. Where the words are withheld, the place alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from dateline.export.columnar.lines import line
from dateline.export.graph.leaving import leaving
from dateline.export.graph.names import TERMS, iri, values
from dateline.export.safe import address
from dateline.export.statement import KeptBack, Statement
from dateline.export.tables.columns import Row, TableName
from dateline.export.tables.events import TellingEvent, event_row
from dateline.export.tables.mentions import mention_rows
from dateline.export.tables.reading import Reading
from dateline.export.tables.stated import EventStatement
from dateline.export.withheld import are_withheld
from dateline.link.model import Account
from dateline.model import Coding, EventMention, Evidence, Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dateline": TERMS}]
"""The context of the page: the standard's own, and the terms of the bodies."""


def write(
    codings: Iterable[Coding], out: TextIO, *, reading: Reading | None = None, kept_back: KeptBack | None = None
) -> None:
    """An annotation page of the mentions, an annotation a line; the data statement comes after them."""
    statement = Statement(kept_back=kept_back)

    items = (
        _annotation("mention", str(row["mention"]), row, "mentions", [_target(coding, event)])
        for coding, events in leaving(codings, reading, statement)
        for event, row in zip(coding.events, mention_rows(coding, events), strict=True)
    )
    _write_page(items, out, reading.stated if reading is not None else statement.plain)


def write_events(events: Iterable[TellingEvent], out: TextIO, statement: EventStatement) -> None:
    """An annotation page of the events: each has a target for every mention that tells of it."""

    def items() -> Iterator[dict[str, Any]]:
        for told in events:
            accounts: tuple[Account, ...] = () if told.comparison is None else told.comparison.accounts
            targets = [_target(account.coding, account.event) for account in accounts]
            if targets:  # an annotation is of something
                yield _annotation("event", told.life.id, event_row(told), "events", targets)

    _write_page(items(), out, statement.plain)


def _annotation(thing: Any, id: str, row: Row, table: TableName, targets: list[dict[str, Any]]) -> dict[str, Any]:
    body = {f"dateline:{name}": _named(value) for name, value in values(row, table).items()}
    return {
        "id": f"{iri(thing, id)}:annotation",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"id": iri(thing, id), "type": f"dateline:{thing.capitalize()}", **body},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _named(value: Any) -> Any:
    """A value whose parts have names of dateline's own: the standard's context has others of the same words."""
    if isinstance(value, list):
        return [_named(part) for part in value]
    return {f"dateline:{name}": _named(part) for name, part in value.items()} if isinstance(value, dict) else value


def _target(coding: Coding, event: EventMention) -> dict[str, Any]:
    """The report, by its address where it has one, and the sentence in it that supports the event."""
    span: Span = event.evidence[0] if event.evidence else event.trigger
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    words: dict[str, Any] = {"type": "TextQuoteSelector", "exact": span.quote}
    if isinstance(span, Evidence):
        words |= {"prefix": span.prefix} if span.prefix else {}
        words |= {"suffix": span.suffix} if span.suffix else {}
    own = iri("report", coding.report.id)
    source = address(coding.report.url) or own
    told = {"source": source, "selector": place if are_withheld([coding]) else [words, place]}
    return told if source == own else told | {"dateline:report": {"id": own}}


def _write_page(items: Iterable[Any], out: TextIO, stated: Callable[[], dict[str, str]]) -> None:
    separator = f'{{"@context":{line(CONTEXT)},"id":"urn:dateline:annotations","type":"AnnotationPage","items":['
    for item in items:
        out.write(f"{separator}\n{line(item)}")
        separator = ","
    if separator != ",":
        out.write(separator)
    statement = {f"dateline:{name}": words for name, words in stated().items()}
    out.write(f'\n],\n"dateline:statement":{line(statement)}}}\n')
