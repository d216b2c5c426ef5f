"""What the index holds of reports, made from the project: each coding that holds, its rows as lines, its events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

import numpy as np
from sqlalchemy import Connection, Row, select

from dateline.errors import EdtfError
from dateline.export.words import sentence
from dateline.form import plain
from dateline.lang.dates.edtf import bounds
from dateline.link.events.accounts import accounts
from dateline.link.model import Account, Source
from dateline.model import Actor, Coding, CountKind, EventMention
from dateline.settings import Names
from dateline.store.index.file import Terms
from dateline.store.index.making.beside import Beside, beside_of, said
from dateline.store.index.making.rejected import Rejected, rejected
from dateline.store.index.making.stake import Around, stake
from dateline.store.index.memory import columns as c
from dateline.store.index.query import status_of
from dateline.store.kept.codings import accepted, unpack
from dateline.store.kept.publishers import Publishers
from dateline.store.tables import reports

MOST_ROWS = 1 << c.SHIFT
"""Rows of one report that the index holds: more have no number."""
COUNTED: tuple[CountKind, ...] = get_args(CountKind)


@dataclass(frozen=True, slots=True)
class Made:
    """A report as the index holds it: its line, its rows (number, key, line, words), and the columns of both."""

    number: int
    id: str
    line: str
    rows: tuple[tuple[int, str, str, str], ...]
    about: c.Array
    columns: c.Array
    people: c.Array
    assigned: c.Array
    title: str
    text: str
    events: frozenset[str]


def make(
    db: Connection, numbers: Sequence[int], terms: Terms, publishers: Publishers, names: Names = "roles"
) -> Iterator[Made]:
    """These reports, in the order of their numbers."""
    held: dict[int, Row[Any]] = {row.number: row for row in db.execute(accepted().where(reports.c.number.in_(numbers)))}
    beside = beside_of(db, numbers)
    for row in db.execute(select(reports).where(reports.c.number.in_(numbers)).order_by(reports.c.number)):
        coded = held.get(row.number)
        coding = None if coded is None else unpack(coded)
        gone = rejected(db, row.number, coded.coding, coding) if coded is not None and coding is not None else ()
        yield _report(row, coding, coded.coding if coded else None, gone, beside, terms, publishers, names)


def _report(
    row: Row[Any],
    coding: Coding | None,
    held: int | None,
    gone: Sequence[Rejected],
    beside: Beside,
    terms: Terms,
    publishers: Publishers,
    names: Names,
) -> Made:
    source = publishers.source(row.publisher)
    stands = beside.states.get(row.number)
    state = stands.state if stands else "to do"
    flagged, help_needed = bool(stands and stands.flagged), state == "help needed"
    hidden = row.id in beside.secret.reports
    told = {} if coding is None else {a.event.id: a for a in accounts(_with_all(coding), source, row.original)}
    # A mark holds of what takes the place of what was marked: a newer coding has other ids for the same words.
    left = beside.secret.left_out(coding) if coding and not hidden else frozenset[str]()
    around = (beside, terms, names, flagged, help_needed)
    made = [
        _Row(row, coding, event, told[event.id], *around, event.id in left).made(n)
        for n, event in enumerate(coding.rows if coding else ())
        if n < MOST_ROWS
    ]
    withheld = (
        [one.event.id in beside.secret.left_out(one.coding) for one in gone] if not hidden else [False] * len(gone)
    )
    rows_gone = [
        _Row(row, one.coding, one.event, _account(one, source, row.original), *around, secret, one.by).made(n)
        for n, (one, secret) in enumerate(zip(gone, withheld, strict=True), len(made))
        if n < MOST_ROWS
    ]
    events = [one for one in made if not one.suggestion]
    done = sum(one.reviewed for one in made)
    weight = max((one for one in made if not one.reviewed), key=lambda one: one.stake, default=None)
    asked = tuple(words for words, on in (("help is needed", help_needed), ("flagged", flagged)) if on)
    why = weight.why if weight else asked
    about = np.zeros(1, c.ABOUT)[0]
    is_coded = row.number in beside.coded
    flags = (
        c.FLAGGED * flagged
        | c.SECRET * hidden
        | c.COPY * (row.original is not None)
        | c.LATER * (row.number in beside.before)
        | c.UNCODED * (not is_coded)
        | c.OUTDATED * (is_coded and coding is None)
    )
    about["number"], about["flags"], about["published"] = row.number, flags, ordinal(row.published)
    about["rows"], about["suggestions"], about["reviewed"] = len(events), len(made) - len(events), done
    about["stake"] = weight.stake if weight else 2.0 * len(asked)
    values = {"publisher": row.publisher, "interest": source.interest, "state": state}
    for name, value in {**values, "language": row.fields.get("language")}.items():
        about[name] = terms.code(name, value)
    line = {
        "title": row.title or "",
        "published": row.published,
        "added": row.added,
        "why": why,
        "assigned": beside.assigned.get(row.number, []),
        "original": row.original,
        "url": row.fields.get("url"),
        "coding": held,
        "notes": [note.message for note in coding.notes] if coding else [],
        "before": beside.before.get(row.number),
        "codebook": coding.coder.codebook if coding else "",
        "wordings": terms.code("wordings", json.dumps(plain(coding.wordings)) if coding and coding.wordings else None),
    }
    return Made(
        row.number,
        row.id,
        json.dumps(line, ensure_ascii=False),
        tuple((one.number, one.key, one.line, one.words) for one in (*made, *rows_gone)),
        about,
        np.array([one.columns for one in (*made, *rows_gone)], c.ROW),
        np.array([person for one in (*made, *rows_gone) for person in one.people], c.PERSON),
        np.array([terms.code("assigned", name) for name in beside.assigned.get(row.number, ())], "i4"),
        row.title or "",
        row.text,
        frozenset(one.event for one in made if one.event),
    )


def _account(gone: Rejected, source: Source, original: str | None) -> Account:
    return next(iter(accounts(gone.coding, source, original)))


def _with_all(coding: Coding) -> Coding:
    """The coding with its suggestions among its events: voices and names are told of both."""
    return replace(coding, events=coding.rows, suggestions=()) if coding.suggestions else coding


@dataclass(frozen=True, slots=True)
class _MadeRow:
    number: int
    key: str
    line: str
    words: str
    columns: tuple[float, ...]
    suggestion: bool
    people: tuple[tuple[int, int, int], ...]
    stake: float
    why: tuple[str, ...]
    reviewed: bool
    event: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row on its way into the index. ``rejected`` is who rejected it; empty: it holds."""

    report: Row[Any]
    coding: Coding | None
    event: EventMention
    account: Account
    beside: Beside
    terms: Terms
    names: Names
    flagged: bool
    help_needed: bool
    secret: bool
    rejected: str = ""

    def made(self, place: int) -> _MadeRow:
        """The row, the ``place``-th of its report from 0."""
        assert self.coding is not None
        event, terms = self.event, self.terms
        voice = self.account.voice
        status, by = self._status()
        differ = self.beside.differ.get(self.report.number, frozenset())
        around = Around(
            party=voice.party,
            differs=bool(differ) and said(event) in differ,
            named=self.names == "keep" and any(_is_private(a) for a in self._actors()),
            flagged=self.flagged,
            help_needed=self.help_needed,
        )
        weight, why = stake(event, around)
        number = (self.report.number << c.SHIFT) + place
        name = f"{self.report.id}#{event.id.replace('%', '%25').replace('#', '%23')}"
        linked = None if self.rejected else self.beside.events.get((self.report.number, event.id))
        of_event = linked in self.beside.secret.events
        first, last = days_of(event.date.edtf if event.date else None)
        where = event.place
        spot = [where.name, where.admin1, where.country, where.precision, where.lat, where.lon] if where else None
        numbers = _figures(event)
        telling = sentence(self.coding, event)
        suggested = any(event is other for other in self.coding.suggestions)
        values: dict[str, str | None] = {
            "type": event.type,
            "mode": event.mode,
            "modality": event.modality,
            "status": status,
            "place": where.name if where else None,
            "admin1": where.admin1 if where else None,
            "country": where.country if where else None,
            "precision": where.precision if where else None,
            "said_by": voice.names[-1] if voice.names else None,
            "by": by,
            "event": linked,
            "spot": json.dumps(spot, ensure_ascii=False) if spot else None,
        }
        row: dict[str, float] = {column: terms.code(column, value) for column, value in values.items()}
        row["number"], row["report"], row["first"], row["last"] = number, self.report.number, first, last
        row["killed"] = min(numbers.get("killed", -1), 2**31 - 1)
        row["chance"], row["stake"] = (np.nan if event.chance is None else event.chance), weight
        row["counted"] = sum(1 << COUNTED.index(count.kind) for count in _first(event))
        row["flags"] = flags = (
            c.SUGGESTION * suggested
            | c.HISTORICAL * event.historical
            | c.CONFIDENTIAL * (self.secret or name in self.beside.secret.rows or of_event)
            | c.OF_EVENT * of_event
            | c.REJECTED * bool(self.rejected)
        )
        columns = tuple(row[column] for column in c.ROW.names or ())
        people = tuple(
            (place, role, terms.code("person", told))
            for role, names in enumerate((self.account.actors, self.account.recipients))
            for told in names
        )
        line = {
            "row": event.id,
            "edtf": event.date.edtf if event.date else None,
            "counts": sorted(numbers.items()),
            "actors": self.account.actors,
            "recipients": self.account.recipients,
            "sentence": telling,
            "chance": event.chance,
            "why": why,
            "rejected": bool(self.rejected),
            "told": {
                "precision": event.date.precision if event.date else None,
                "modality": event.modality,
                "voice": voice.names,
                "party": voice.party,
                "figures": [
                    (count.kind, count.low, count.best, count.high, said.names, said.party)
                    for count, said in self.account.figures
                ],
            },
        }
        words = " ".join([telling, event.type, *(e.quote for e in event.evidence[:1])])
        kept = (number, name, json.dumps(line, ensure_ascii=False), words, columns)
        is_reviewed = status != "suggested"
        return _MadeRow(*kept, bool(flags & c.SUGGESTION), people, weight, why, is_reviewed, linked)

    def _status(self) -> tuple[str, str | None]:
        if self.rejected:
            return "rejected", self.rejected
        status = status_of(self.event)
        if status == "suggested":
            return status, None
        assert self.coding is not None
        touched = self.beside.acts.get(self.report.number, {})
        return status, touched.get(self.event.id, self.coding.coder.name)

    def _actors(self) -> Iterator[Actor]:
        assert self.coding is not None
        of = {p.actor for p in (*self.event.actors, *self.event.recipients)}
        return (actor for actor in self.coding.actors if actor.id in of)


def _is_private(actor: Actor) -> bool:
    return actor.sector is None and actor.country is None and actor.role is None


def _first(event: EventMention) -> Iterator[Any]:
    seen: set[str] = set()
    for count in event.counts:
        if count.kind not in seen:
            seen.add(count.kind)
            yield count


def _figures(event: EventMention) -> dict[str, int]:
    """The figure of each kind that has one: the best, else the nearest bound."""
    found = {}
    for count in _first(event):
        best = next((n for n in (count.best, count.low, count.high) if n is not None), None)
        if best is not None:
            found[count.kind] = best
    return found


def days_of(edtf: str | None) -> tuple[int, int]:
    """The first and the last day of a date as ordinals, one standing for both where the other is open; else 0."""
    try:
        ends = [day for day in bounds(edtf) if day is not None] if edtf else []
    except EdtfError:
        return 0, 0
    return (ends[0].toordinal(), ends[-1].toordinal()) if ends else (0, 0)


def ordinal(day: str | None) -> int:
    """The ordinal of the day of a time; 0 where there is none."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return 0
