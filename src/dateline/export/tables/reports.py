"""The rows of the reports, without their texts, and of the links between mentions and events."""

from __future__ import annotations

from dateline.export.safe import address
from dateline.export.statement import coder_words
from dateline.export.tables.columns import Row
from dateline.export.tables.mentions import day, reasons
from dateline.link.model import Account, Source
from dateline.model import Coding
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


def link_row(event: str, account: Account) -> Row:
    """The row of a link: an account that may leave, and why it belongs to its event."""
    return {
        "event": event,
        "mention": account.id,
        "report": account.coding.report.id,
        "because": reasons(account.because),
    }
