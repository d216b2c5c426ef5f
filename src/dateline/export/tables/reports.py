"""The rows of the reports, without their texts, and of the links between mentions and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.export.safe import address
from dateline.export.statement import coder_words
from dateline.export.tables.columns import Row
from dateline.export.tables.events import TellingEvent
from dateline.export.tables.mentions import day, reasons
from dateline.link.model import Source
from dateline.model import Because, Coding
from dateline.store.index.query import status_of


def report_row(coding: Coding, source: Source, original: str | None) -> Row:
    """The row of a report, by the coding that holds of it."""
    report = coding.report
    return {
        "report": report.id,
        "url": address(report.url),
        "publisher": report.publisher,
        "owner": source.owner,
        "interest": source.interest,
        "published": report.published,
        "published_day": day(report.published),
        "retrieved": report.retrieved,
        "title": report.title,
        "language": report.language,
        "kind": report.kind,
        "sha256": report.sha256,
        "original": original,
        "mentions": len(coding.events),
        "suggestions": len(coding.suggestions),
        "reviewed": sum(status_of(event) != "suggested" for event in coding.events),
        "coder": coder_words(coding),
        "codebook": coding.coder.codebook,
        "notes": [note.message for note in coding.notes],
    }


def link_rows(told: TellingEvent) -> Iterator[Row]:
    """The rows of an event's links: its accounts that the table of mentions has a row of, and why they belong to it."""
    for account in told.comparison.accounts if told.comparison is not None else ():
        if account.id in told.keys:
            yield {
                "event": told.life.id,
                "mention": told.keys[account.id],
                "report": account.coding.report.id,
                "because": reasons([_with_key(told, why) for why in account.because]),
            }


def _with_key(told: TellingEvent, why: Because) -> Because:
    """A reason that names another mention of the event by its key."""
    return replace(why, matched=told.keys[why.matched]) if why.matched in told.keys else why
