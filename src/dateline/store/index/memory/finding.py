"""Anything by how its name begins, or by its words: what one types where one knows what one looks for."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from dateline.store.index.file import Terms
from dateline.store.index.lines import Found
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.choosing import matching
from dateline.store.index.memory.columns import Columns

_FEW = 4
"""Of each kind at first: a kind of which there are many must not hide the others."""


def find(words: str, db: sqlite3.Connection, columns: Columns, terms: Terms, most: int) -> tuple[Found, ...]:
    """Reports, rows, events, places and sources. People are no kind: nobody is looked for by name."""
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return ()
    kinds = (
        _places(wanted, terms),
        _sources(wanted, terms),
        _events(wanted, db),
        _reports(words, db),
        _rows(words, db),
    )
    lists = [[found for found, _ in zip(kind, range(most), strict=False)] for kind in kinds]
    first = [found for some in lists for found in some[:_FEW]]
    rest = [found for some in lists for found in some[_FEW:]]
    del columns
    return tuple((*first, *rest)[:most])


def _named(wanted: str, values: list[str]) -> Iterator[str]:
    """Values that begin so, then those of which a later word does."""
    begun = [value for value in values if value.casefold().startswith(wanted)]
    yield from sorted(begun, key=len)
    inside = f" {wanted}"
    yield from sorted((v for v in values if inside in v.casefold() and v not in set(begun)), key=len)


def _places(wanted: str, terms: Terms) -> Iterator[Found]:
    for name in _named(wanted, terms.values("place")):
        yield Found("place", name, "rows there", "/table?" + urlencode({"place": name}))


def _sources(wanted: str, terms: Terms) -> Iterator[Found]:
    for name in _named(wanted, terms.values("publisher")):
        yield Found("source", name, "what it published", "/search?" + urlencode({"publisher": name}))


def _events(wanted: str, db: sqlite3.Connection) -> Iterator[Found]:
    end = wanted + chr(sys.maxunicode)
    for id, line in db.execute("SELECT id, line FROM events WHERE id >= ? AND id < ? LIMIT 12", (wanted, end)):
        yield Found("event", json.loads(line)["sentence"], id, f"/events/{quote(id, safe='')}")


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


def _rows(words: str, db: sqlite3.Connection) -> Iterator[Found]:
    if not (told := matching(words, begun=True)):
        return
    query = (
        "SELECT r.key, r.line, reports.id FROM row_words w JOIN rows r ON r.number = w.rowid "
        f"JOIN reports ON reports.number = r.number >> {c.SHIFT} "
        "WHERE row_words MATCH ? ORDER BY w.rowid DESC LIMIT 12"
    )
    for key, line, report in db.execute(query, (told,)):
        told_of = json.loads(line)
        where = f"/reports/{quote(report, safe='/')}?" + urlencode({"row": told_of["row"]})
        yield Found("row", told_of["sentence"], key, where)
