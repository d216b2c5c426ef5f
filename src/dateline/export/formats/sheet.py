"""CSV, one row an event mention, in the words of the field; a report without events gives one row that says why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import fields
from typing import TextIO

from dateline.export.safe import address, cell
from dateline.export.statement import coder_words
from dateline.export.words import according_to, actors, count_words, number_words, recipients, sentence
from dateline.model import Chances, Coding, Count, CountKind, EventMention

Cell = str | int | float | None

_KINDS: tuple[CountKind, ...] = ("killed", "injured", "arrested", "participants", "missing", "displaced")
_COUNTS = tuple(f"{kind}_{part}" for kind in _KINDS for part in ("low", "best", "high", "words", "according_to"))
_CHANCES = tuple(f"chance_{field.name}" for field in fields(Chances))

COLUMNS = (
    *("report", "url", "publisher", "published", "title"),
    *("event", "type", "mode", "contexts", "modality", "historical", "actors", "recipients"),
    *("place", "place_precision", "country", "admin1", "geonameid", "latitude", "longitude"),
    *("date", "date_precision", "date_basis", "date_words"),
    *_COUNTS,
    "other_figures",
    *("according_to", "sentence", "trigger", "evidence", "evidence_start", "evidence_end"),
    *("cameo", "acled", "quad"),
    *("acled_geo_precision", "acled_time_precision", "ucdp_where_prec", "ucdp_date_prec"),
    "chance",
    *_CHANCES,
    "because",
    *("notes", "coder", "codebook", "reviewed"),
)
"""The header. ``event`` is empty in the row of a report without events; ``notes`` says why there are none."""


def write(codings: Iterable[Coding], out: TextIO) -> None:
    """A header and the rows; an empty cell is "not stated", never 0.

    Text that a spreadsheet would take for a formula starts with an apostrophe; several values of one cell are
    separated by `` | ``.
    """
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for coding in codings:
        shared = _report_cells(coding)
        for event in coding.events:
            _write(writer, shared | _event_cells(coding, event))
        if not coding.events:
            _write(writer, shared)


def _write(writer: csv.DictWriter[str], row: dict[str, Cell]) -> None:
    writer.writerow({name: _written(value) for name, value in row.items()})


def _written(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else value


def _report_cells(coding: Coding) -> dict[str, Cell]:
    report = coding.report
    return {
        "report": report.id,
        "url": address(report.url),
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "notes": _several(note.message for note in coding.notes),
        "coder": coder_words(coding),
        "codebook": coding.coder.codebook,
        "reviewed": "no: machine coded",
    }


def _event_cells(coding: Coding, event: EventMention) -> dict[str, Cell]:
    evidence = event.evidence[0] if event.evidence else event.trigger
    cells: dict[str, Cell] = {
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": _several(event.contexts),
        "modality": event.modality,
        "historical": event.historical,
        "actors": _several(actors(coding, event)),
        "recipients": _several(recipients(coding, event)),
        "according_to": according_to(coding, event.attribution),
        "sentence": sentence(coding, event),
        "trigger": event.trigger.quote,
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
        "chance": event.chance,
        **{f"chance_{field.name}": getattr(event.chances, field.name) for field in fields(Chances)},
        "because": _several(
            f"{because.field}: {because.rule}" + (f" [{because.matched}]" if because.matched else "")
            for because in event.because
        ),
    }
    if event.place:
        place = event.place
        cells |= {
            "place": place.name,
            "place_precision": place.precision,
            "country": place.country,
            "admin1": place.admin1,
            "geonameid": place.geonameid,
            "latitude": place.lat,
            "longitude": place.lon,
        }
    if event.date:
        cells |= {
            "date": event.date.edtf,
            "date_precision": event.date.precision,
            "date_basis": event.date.basis,
            "date_words": event.date.quote,
        }
    return cells | _count_cells(coding, event)


def _count_cells(coding: Coding, event: EventMention) -> dict[str, Cell]:
    """The first figure of each kind in its columns; figures of other speakers whole in ``other_figures``, unmerged."""
    cells: dict[str, Cell] = {}
    others: list[str] = []
    for count in event.counts:
        if f"{count.kind}_words" in cells:
            others.append(f"{count_words(count)}, according to {_told(coding, event, count)}")
            continue
        cells |= {
            f"{count.kind}_low": count.low,
            f"{count.kind}_best": count.best,
            f"{count.kind}_high": count.high,
            f"{count.kind}_words": number_words(event, count),
            f"{count.kind}_according_to": _told(coding, event, count),
        }
    return cells | {"other_figures": _several(others)}


def _told(coding: Coding, event: EventMention, count: Count) -> str:
    return according_to(coding, count.attribution or event.attribution)


def _several(values: Iterable[str]) -> str | None:
    return " | ".join(values) or None
