"""The events of the index, made from its own rows: the values by the project's policies, and how each is told.

The rows hold what aggregation asks of an account, so that no coding is read again: a decision on one row of an event
that a thousand reports tell of costs no more than the event's lines.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.export.events.words import headline
from dateline.link.events.aggregate import NUMBERS
from dateline.link.events.compare import Comparison, compare
from dateline.link.model import Account, Voice
from dateline.model import (
    CoderInfo,
    Coding,
    Count,
    Date,
    EventMention,
    Place,
    Report,
    Span,
    TypeWording,
)
from dateline.store.index.file import Terms
from dateline.store.index.making.reports import days_of, ordinal
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.columns import Columns
from dateline.store.kept.publishers import Publishers

_MANY = 200
"""Events from which on all rows are put in the order of their events at once."""
_NO_WORDS = Span(0, 1, "-")
"""Where a row's words are does not matter here."""


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event as the index holds it; without a ``line`` no row tells of it."""

    code: int
    id: str
    line: str | None
    pack: Any


def make_events(
    db: sqlite3.Connection,
    ids: Iterable[str],
    columns: Columns,
    terms: Terms,
    publishers: Publishers,
    own: Mapping[str, str],
) -> Iterator[MadeEvent]:
    """These events."""
    codes = [(terms.code("event", id), id) for id in ids]
    rows = _rows_by_event(columns, [code for code, _ in codes])
    for code, id in codes:
        slots = rows.get(code, ())
        yield _event(id, code, list(_accounts(db, columns, terms, publishers, slots)), slots, columns, own)


def _rows_by_event(columns: Columns, codes: Sequence[int]) -> dict[int, Sequence[int]]:
    """The slots of the rows of each event, suggestions aside."""
    used = columns.used
    told = columns.rows["event"][:used]
    counts = columns.alive[:used] & ((columns.rows["flags"][:used] & (c.SUGGESTION | c.REJECTED)) == 0)
    if len(codes) < _MANY:
        return {code: np.flatnonzero(counts & (told == code)).tolist() for code in codes}
    slots = np.flatnonzero(counts & (told > 0))
    slots = slots[np.argsort(told[slots], kind="stable")]
    firsts, starts = np.unique(told[slots], return_index=True)
    ends = [*starts[1:].tolist(), len(slots)]
    wanted = set(codes)
    return {
        int(code): slots[start:end].tolist()
        for code, start, end in zip(firsts.tolist(), starts.tolist(), ends, strict=True)
        if code in wanted
    }


def _accounts(
    db: sqlite3.Connection, columns: Columns, terms: Terms, publishers: Publishers, slots: Sequence[int]
) -> Iterator[Account]:
    numbers = [int(columns.rows["number"][slot]) for slot in slots]
    lines = _fetched(db, "SELECT number, line FROM rows WHERE number IN", numbers)
    reports = _fetched(
        db, "SELECT number, id, line FROM reports WHERE number IN", sorted({n >> c.SHIFT for n in numbers})
    )
    for slot, number in zip(slots, numbers, strict=True):
        if number in lines and number >> c.SHIFT in reports:
            _, id, about = reports[number >> c.SHIFT]
            yield _account(slot, json.loads(lines[number][1]), id, json.loads(about), columns, terms, publishers)


def _fetched(db: sqlite3.Connection, query: str, numbers: Sequence[int]) -> dict[int, Any]:
    return {row[0]: row for row in db.execute(f"{query} (SELECT value FROM json_each(?))", (json.dumps(numbers),))}


def _account(
    slot: int, line: Any, report: str, about: Any, columns: Columns, terms: Terms, publishers: Publishers
) -> Account:
    told = line["told"]
    row = columns.rows
    spot = json.loads(terms.value("spot", int(row["spot"][slot])) or "null")
    publisher = terms.value("publisher", int(columns.about["publisher"][int(row["report"][slot])]))
    wordings = json.loads(terms.value("wordings", about["wordings"]) or "[]")
    figures = [
        (Count(0, 1, "-", kind, low, best, high), Voice(tuple(names), party))
        for kind, low, best, high, names, party in told["figures"]
    ]
    name, admin1, country, precision, lat, lon = spot or [None] * 6
    event = EventMention(
        line["row"],
        terms.value("type", int(row["type"][slot])) or "",
        _NO_WORDS,
        mode=terms.value("mode", int(row["mode"][slot])),
        place=Place(0, 1, "-", name, None, country, admin1, lat, lon, precision) if spot else None,
        date=Date(0, 1, "-", line["edtf"], told["precision"], "") if told["precision"] else None,
        modality=told["modality"],
        counts=tuple(count for count, _ in figures),
        historical=bool(int(row["flags"][slot]) & c.HISTORICAL),
    )
    return Account(
        id=f"{report}#{line['row']}",
        coding=Coding(
            Report(report, "", publisher=publisher, published=about["published"]),
            CoderInfo("", "", about["codebook"]),
            wordings=tuple(TypeWording(**wording) for wording in wordings),
        ),
        event=event,
        source=publishers.source(publisher),
        original=about["original"] or report,
        voice=Voice(tuple(told["voice"]), told["party"]),
        actors=tuple(line["actors"]),
        recipients=tuple(line["recipients"]),
        figures=tuple(figures),
    )


def _event(
    id: str, code: int, told: Sequence[Account], slots: Sequence[int], columns: Columns, own: Mapping[str, str]
) -> MadeEvent:
    pack = np.zeros(1, c.EVENT)[0]
    pack["code"] = code
    if not told:
        return MadeEvent(code, id, None, pack)
    compared = compare(id, told, own)
    published = [a.coding.report.published[:10] for a in told if a.coding.report.published]
    suggested = columns.rows["status"][list(slots)]
    line = values_of(compared) | {
        "reviewed": int(np.count_nonzero(suggested != c.SUGGESTED)),
        "confidential": bool(np.any(columns.rows["flags"][list(slots)] & c.OF_EVENT)),
    }
    killed = [n for kind, *numbers in line["counts"] if kind == "killed" for n in numbers if isinstance(n, int)]
    pack["first"], pack["killed"] = (line["days"] or (0,))[0], min(max(killed, default=-1), 2**31 - 1)
    pack["published"] = ordinal(min(published, default=None))
    pack["reports"], pack["stake"] = line["reports"], float(np.max(columns.rows["stake"][list(slots)]))
    return MadeEvent(code, id, json.dumps(line, ensure_ascii=False), pack)


def values_of(compared: Comparison) -> dict[str, Any]:
    """What the line of an event says by its accounts alone, by the names of the fields."""
    told = compared.accounts
    values = {value.field: value.value for value in compared.event.values}
    when = values["date"] if isinstance(values["date"], str) else None
    days = days_of(when)
    place = _place(compared, values["place"])
    counts = [(kind, *figure) for kind in NUMBERS if isinstance(figure := values[kind], tuple)]
    return {
        "type": values["type"] or "",
        "sentence": headline(compared),
        "place": values["place"],
        "country": values["country"],
        "precision": place and place.precision,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "edtf": when,
        "days": days if days[0] else None,
        "counts": counts,
        "reports": len({a.coding.report.id for a in told}),
        "sources": compared.event.sources,
        "status": compared.event.status,
        "mentions": len(told),
    }


def _place(compared: Comparison, name: object) -> Place | None:
    """The most exact place of the name that the event has."""
    named = [a.event.place for a in compared.accounts if a.event.place is not None and a.event.place.name == name]
    return next((place for place in named if place.lat is not None), named[0] if named else None)
