"""The rows of the sheet: the cells of each event mention, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import get_args

from dateline.errors import EdtfError
from dateline.export.countries import iso3
from dateline.export.formats.columns import SEPARATOR
from dateline.export.safe import address
from dateline.export.statement import coder_words
from dateline.export.words import (
    according_to,
    country_name,
    number_words,
    participants,
    quoted,
    reviewed,
    sentence,
)
from dateline.lang.dates.edtf import bounds
from dateline.model import Chances, Coding, Count, CountKind, Date, EventMention, Participant, Place

Cell = str | int | float | None
Cells = dict[str, Cell]

COUNT_KINDS: tuple[CountKind, ...] = get_args(CountKind)
NOT_REVIEWED = "no: machine coded"


def rows(coding: Coding, *, as_of: int | None = None) -> Iterator[Cells]:
    """A row an event; for a coding without any, one that says why. A column that is not there is empty.

    ``as_of`` is the last coding of the project that the sheet is of.
    """
    shared = _report_cells(coding) | {"as_of": as_of}
    for event in coding.events:
        yield shared | {"key": key(coding.report.id, event.id)} | event_cells(coding, event)
    if not coding.events:
        yield shared | {"key": key(coding.report.id)}


def key(report: str, event: str = "") -> str:
    """A name that no event of another report has: the report's id, ``#``, and the event's.

    A ``#`` in the event's id is written as ``%23``, so that the last one always parts the two.
    """
    return f"{report}#{event.replace('%', '%25').replace('#', '%23')}"


def days(date: Date | None) -> tuple[date | None, date | None]:
    """The first and the last day that a date can mean."""
    try:
        return bounds(date.edtf) if date is not None and date.edtf is not None else (None, None)
    except EdtfError:
        return None, None


def iso(day: date | None) -> str | None:
    """A day as a cell has it."""
    return None if day is None else day.isoformat()


def chances(event: EventMention) -> Cells:
    """The chance of a row, and those of its fields."""
    return {"chance": event.chance} | {f"chance_{f.name}": getattr(event.chances, f.name) for f in fields(Chances)}


def several(values: Iterable[str]) -> str | None:
    """Several values in one cell; nothing where there is none."""
    return SEPARATOR.join(values) or None


def aligned(values: Sequence[str | None], separator: str = SEPARATOR) -> str | None:
    """Values in the order of others, with an empty place for each that is not known; nothing where none is."""
    return separator.join(value or "" for value in values) if any(values) else None


def _report_cells(coding: Coding) -> Cells:
    report = coding.report
    return {
        "report": report.id,
        "url": address(report.url),
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "notes": several(note.message for note in coding.notes),
        "coder": coder_words(coding),
        "codebook": coding.coder.codebook,
        "reviewed": NOT_REVIEWED,
    }


def event_cells(coding: Coding, event: EventMention) -> Cells:
    """The cells that tell of an event; those of its report are not among them."""
    evidence = event.evidence[0] if event.evidence else event.trigger
    cells: Cells = {
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": several(event.contexts),
        "modality": event.modality,
        "historical": event.historical,
        **_party_cells(coding, event.actors, "actor"),
        **_party_cells(coding, event.recipients, "recipient"),
        "according_to": according_to(coding, event.attribution),
        "sentence": sentence(coding, event),
        "trigger": event.trigger.quote,
        "trigger_start": event.trigger.start,
        "evidence": evidence.quote,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "cameo": event.codes.cameo,
        "acled": event.codes.acled,
        "quad": event.codes.quad,
        "acled_geo_precision": event.codes.acled_geo_precision,
        "acled_time_precision": event.codes.acled_time_precision,
        "ucdp_where_prec": event.codes.ucdp_where_prec,
        "ucdp_date_prec": event.codes.ucdp_date_prec,
        **chances(event),
        "because": several(
            f"{because.field}: {because.rule}" + (f" [{because.matched}]" if because.matched else "")
            for because in event.because
        ),
        "reviewed": reviewed(event) or NOT_REVIEWED,
    }
    if event.place:
        cells |= place_cells(event.place)
    if event.date:
        first, last = days(event.date)
        cells |= {
            "date": event.date.edtf,
            "date_start": iso(first),
            "date_end": iso(last),
            "date_precision": event.date.precision,
            "date_basis": event.date.basis,
            "date_words": event.date.quote,
        }
    return cells | _count_cells(coding, event)


def place_cells(place: Place) -> Cells:
    """Where something is; the point is the gazetteer's own."""
    return {
        "place": place.name,
        "place_precision": place.precision,
        "country": place.country,
        "country_name": country_name(place.country),
        "iso3": iso3(place.country),
        "admin1": place.admin1,
        "geonameid": place.geonameid,
        "latitude": place.lat,
        "longitude": place.lon,
    }


def _party_cells(coding: Coding, people: Sequence[Participant], role: str) -> Cells:
    # One name can be that of two, of whom other things are known.
    told = participants(coding, people, once=False)
    return {
        f"{role}s": several(name for name, _ in told),
        f"{role}_countries": aligned([actor.country if actor else None for _, actor in told]),
        f"{role}_sectors": aligned([actor.sector if actor else None for _, actor in told]),
    }


def _count_cells(coding: Coding, event: EventMention) -> Cells:
    """The first figure of each kind in its columns; figures of other speakers whole in ``other_figures``, unmerged."""
    cells: Cells = {}
    others: list[str] = []
    for count in event.counts:
        if f"{count.kind}_words" in cells:
            others.append(figure(coding, event, count))
            continue
        cells |= {
            f"{count.kind}_low": count.low,
            f"{count.kind}_best": count.best,
            f"{count.kind}_high": count.high,
            f"{count.kind}_words": number_words(event, count),
            f"{count.kind}_according_to": _told(coding, event, count),
        }
    return cells | {"other_figures": several(others)}


def figure(coding: Coding, event: EventMention, count: Count) -> str:
    """A figure whole: "injured: low 3, best 3 “at least three”, according to a nurse"."""
    stated = (("low", count.low), ("best", count.best), ("high", count.high))
    numbers = ", ".join(f"{name} {n}" for name, n in stated if n is not None)
    words = quoted(number_words(event, count))
    return f"{count.kind}: {numbers}{' ' if numbers else ''}{words}, according to {_told(coding, event, count)}"


def _told(coding: Coding, event: EventMention, count: Count) -> str:
    return according_to(coding, count.attribution or event.attribution)
