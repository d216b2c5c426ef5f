"""The rows of the mentions: what one report tells of one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache

from dateline.errors import EdtfError
from dateline.export.formats.rows import key, place_cells
from dateline.export.safe import address
from dateline.export.statement import coder_words
from dateline.export.tables.columns import Row
from dateline.export.words import chain, number_words, participants, reviewed, sentence
from dateline.lang.dates.edtf import bounds
from dateline.model import Because, Chances, Coding, EventMention, Participant, Span
from dateline.store.index.query import status_of

_CHANCES = tuple((field.name, f"chance_{field.name}") for field in fields(Chances))


def mention_rows(coding: Coding, events: dict[str, str]) -> list[Row]:
    """A row an event mention; ``events`` has the linked event of each, by its id in the coding."""
    if not coding.events:
        return []
    report = coding.report
    shared: Row = {
        "report": report.id,
        "url": address(report.url),
        "publisher": report.publisher,
        "published": report.published,
        "published_day": day(report.published),
        "title": report.title,
        "language": report.language,
        "coder": coder_words(coding),
        "codebook": coding.coder.codebook,
    }
    return [shared | _row(coding, event, events.get(event.id)) for event in coding.events]


def _row(coding: Coding, event: EventMention, linked: str | None) -> Row:
    evidence: Span = event.evidence[0] if event.evidence else event.trigger
    codes, chances = event.codes, event.chances
    row: Row = {
        "mention": key(coding.report.id, event.id),
        "row": event.id,
        "event": linked,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "modality": event.modality,
        "historical": event.historical,
        **_party(coding, event.actors, "actor"),
        **_party(coding, event.recipients, "recipient"),
        "according_to": list(chain(coding, event.attribution)),
        "sentence": sentence(coding, event),
        "trigger": event.trigger.quote,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "evidence": evidence.quote,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "tellings": [{"start": span.start, "end": span.end, "quote": span.quote} for span in event.tellings],
        "cameo": codes.cameo,
        "acled": codes.acled,
        "quad": codes.quad,
        "acled_geo_precision": codes.acled_geo_precision,
        "acled_time_precision": codes.acled_time_precision,
        "ucdp_where_prec": codes.ucdp_where_prec,
        "ucdp_date_prec": codes.ucdp_date_prec,
        "chance": event.chance,
        "because": reasons(event.because),
        "status": status_of(event),
        "reviewed": reviewed(event),
        "figures": [],
    }
    for name, column in _CHANCES:
        row[column] = getattr(chances, name)
    if event.place is not None:
        row |= place_cells(event.place)
    if event.date is not None:
        first, last = day_range(event.date.edtf)
        row["date"], row["date_start"], row["date_end"] = event.date.edtf, first, last
        row["date_precision"], row["date_basis"] = event.date.precision, event.date.basis
        row["date_words"] = event.date.quote
    if event.counts:
        _count(row, coding, event)
    return row


def _party(coding: Coding, people: Sequence[Participant], role: str) -> Row:
    told = participants(coding, people, once=False)
    return {
        f"{role}s": [name for name, _ in told],
        f"{role}_countries": [actor.country if actor else None for _, actor in told],
        f"{role}_sectors": [actor.sector if actor else None for _, actor in told],
    }


def _count(row: Row, coding: Coding, event: EventMention) -> None:
    told: list[dict[str, object]] = []
    for count in event.counts:
        if f"{count.kind}_low" not in row:
            row[f"{count.kind}_low"] = count.low
            row[f"{count.kind}_best"] = count.best
            row[f"{count.kind}_high"] = count.high
        told.append(
            {
                "kind": count.kind,
                "low": count.low,
                "best": count.best,
                "high": count.high,
                "words": number_words(event, count),
                "according_to": ", cited by ".join(chain(coding, count.attribution or event.attribution)),
            }
        )
    row["figures"] = told


def reasons(because: Sequence[Because]) -> list[dict[str, object]]:
    """Reasons as a list of a row has them."""
    return [{"field": why.field, "rule": why.rule, "matched": why.matched, "id": why.id} for why in because]


@lru_cache(10_000)
def day_range(edtf: str | None) -> tuple[date | None, date | None]:
    """The first and the last day that a date can mean; None for an end that is open or not known."""
    try:
        return bounds(edtf) if edtf is not None else (None, None)
    except EdtfError:
        return None, None


@lru_cache(10_000)
def day(told: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where it is not told to the day."""
    try:
        return date.fromisoformat((told or "")[:10])
    except ValueError:
        return None
