"""Anything by how its name begins, or by its words: what one types where one knows what one looks for."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode

import numpy as np

from dateline.store.index.file import Terms
from dateline.store.index.lines import Found
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.choosing import matching, rows_of
from dateline.store.index.memory.columns import Columns

_FEW = 4
"""Of each kind at first: a kind of which there are many must not hide the others."""


def find(
    words: str,
    db: sqlite3.Connection,
    columns: Columns,
    terms: Terms,
    most: int,
    blind: frozenset[int] = frozenset(),
) -> tuple[Found, ...]:
    """Reports, rows, events, places and sources. People are no kind: nobody is looked for by name.

    Of the reports of the numbers ``blind`` no row is found, nor a place that they alone name, and an event that one of
    them tells of has its id for a name.
    """
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return ()
    kinds = (
        _places(_named(wanted, _places_seen(columns, terms, blind))),
        _sources(wanted, terms),
        _events(wanted, db, _events_of(columns, blind)),
        _reports(words, db),
        _rows(words, db, blind),
    )
    lists = [[found for found, _ in zip(kind, range(most), strict=False)] for kind in kinds]
    first = [found for some in lists for found in some[:_FEW]]
    rest = [found for some in lists for found in some[_FEW:]]
    return tuple((*first, *rest)[:most])


def _named(wanted: str, values: list[str]) -> Iterator[str]:
    """Values that begin so, then those of which a later word does."""
    begun = [value for value in values if value.casefold().startswith(wanted)]
    yield from sorted(begun, key=len)
    inside = f" {wanted}"
    yield from sorted((v for v in values if inside in v.casefold() and v not in set(begun)), key=len)


def _places_seen(columns: Columns, terms: Terms, blind: frozenset[int]) -> list[str]:
    names = terms.values("place")
    if not blind:
        return names
    rows = columns.alive[: columns.used] & ~rows_of(blind, columns, len(columns.count))
    return [names[code] for code in np.unique(columns.rows["place"][: columns.used][rows]).tolist() if code]


def _events_of(columns: Columns, blind: frozenset[int]) -> frozenset[int]:
    """The numbers of the events that these reports tell of."""
    if not blind:
        return frozenset()
    rows = columns.alive[: columns.used] & rows_of(blind, columns, len(columns.count))
    return frozenset(columns.rows["event"][: columns.used][rows].tolist())


def _places(names: Iterable[str]) -> Iterator[Found]:
    for name in names:
        yield Found("place", name, "rows there", "/table?" + urlencode({"place": name}))


def _sources(wanted: str, terms: Terms) -> Iterator[Found]:
    for name in _named(wanted, terms.values("publisher")):
        yield Found("source", name, "what it published", "/search?" + urlencode({"publisher": name}))


def _events(wanted: str, db: sqlite3.Connection, veiled: frozenset[int]) -> Iterator[Found]:
    end = wanted + chr(sys.maxunicode)
    query = "SELECT code, id, line FROM events WHERE id >= ? AND id < ? LIMIT 12"
    for code, id, line in db.execute(query, (wanted, end)):
        name = id if code in veiled else json.loads(line)["sentence"]
        yield Found("event", name, id, f"/events/{quote(id, safe='')}")


def _reports(words: str, db: sqlite3.Connection) -> Iterator[Found]:
    if not (told := matching(words, begun=True)):
        return
    query = (
        "SELECT r.id, r.line FROM report_words w JOIN reports r ON r.number = w.rowid "
        "WHERE report_words MATCH ? ORDER BY w.rowid DESC LIMIT 12"
    )
    exact = db.execute("SELECT id, line FROM reports WHERE id = ?", (words.strip(),)).fetchall()
    for id, line in (*exact, *db.execute(query, (told,))):
        about = json.loads(line)
        yield Found("report", about["title"] or id, about["published"] or "", f"/reports/{quote(id, safe='/')}")


def _rows(words: str, db: sqlite3.Connection, blind: frozenset[int]) -> Iterator[Found]:
    if not (told := matching(words, begun=True)):
        return
    query = (
        "SELECT r.key, r.line, reports.id FROM row_words w JOIN rows r ON r.number = w.rowid "
        f"JOIN reports ON reports.number = r.number >> {c.SHIFT} "
        f"WHERE row_words MATCH ? AND r.number >> {c.SHIFT} NOT IN (SELECT value FROM json_each(?)) "
        "ORDER BY w.rowid DESC LIMIT 12"
    )
    for key, line, report in db.execute(query, (told, json.dumps(sorted(blind)))):
        told_of = json.loads(line)
        if told_of.get("rejected"):
            continue
        where = f"/reports/{quote(report, safe='/')}?" + urlencode({"row": told_of["row"]})
        yield Found("row", told_of["sentence"], key, where)
