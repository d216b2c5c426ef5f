"""Which rows and reports fit a query, and which of them come next in an order."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast, get_args

import numpy as np

from dateline.errors import ReviewError
from dateline.store.index.file import Terms
from dateline.store.index.making.reports import COUNTED
from dateline.store.index.memory import columns as c
from dateline.store.index.memory.columns import Array, Columns
from dateline.store.index.query import REJECTED, Order, Query

MOST_FOUND = 20_000
"""Reports and rows with the words of a query that are looked at, the newest first."""

OfRows = Literal[
    "type", "mode", "modality", "status", "place", "admin1", "country", "precision", "said_by", "by", "event"
]
"""Filters by values that a row has one of."""
OfReports = Literal["publisher", "interest", "state"]
"""Those that a report has one of."""
Waiting = Literal["not coded", "no event found", "new version", "copy"]
"""Why a report has no event that anybody looked at."""
_YesNo = Literal["yes", "no"]
_PARTS = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Chosen:
    """What fits: ``rows`` for each slot, ``reports`` for each number; ``cut``: there may be more with the words."""

    rows: Array
    reports: Array
    cut: bool


def choose(
    query: Query, columns: Columns, terms: Terms, db: sqlite3.Connection, blind: frozenset[int] = frozenset()
) -> Chosen:
    """What fits a query. Raises :class:`ReviewError` for a day, a chance or a yes that is none.

    Of the reports of the numbers ``blind`` no row fits, whatever it says, and none makes its report fit.
    """
    used, size = columns.used, len(columns.count)
    fitting = columns.alive[:used] & ~rows_of(blind, columns, size)
    about = columns.about["number"][:size] > 0
    flags = columns.rows["flags"][:used]
    if REJECTED not in query.status:
        fitting &= (flags & c.REJECTED) == 0
    if query.suggestions != "yes":
        wanted = query.suggestions == "only"
        fitting &= ((flags & c.SUGGESTION) != 0) == wanted
    for name in get_args(OfRows):
        if told := getattr(query, name):
            fitting &= _among(columns.rows[name][:used], told, name, terms)
    for role, names in enumerate((query.actor, query.recipient)):
        if names:
            fitting &= _with_people(columns, names, role, terms)
    if query.counted:
        bits = sum(1 << COUNTED.index(kind) for kind in COUNTED if kind in query.counted)
        fitting &= (columns.rows["counted"][:used] & bits) != 0
    _between(fitting, columns, query)
    if query.historical:
        fitting &= ((flags & c.HISTORICAL) != 0) == yes(query.historical, "historical")
    of = columns.rows["report"][:used]
    _of_reports(about, columns, query, terms, db)
    fitting &= about[of]
    asks_of_rows = of_rows(query)
    if query.confidential:
        wanted = yes(query.confidential, "confidential")
        secret = (columns.about["flags"][:size] & c.SECRET) != 0
        fitting &= (((flags & c.CONFIDENTIAL) != 0) | secret[of]) == wanted
        about &= (secret | _has(fitting, of, size)) if wanted else ~secret
    cut = False
    if query.words:
        rows, with_words, cut = _with_words(columns, query.words, db)
        about &= with_words | _has(rows & fitting, of, size)
        fitting &= rows | with_words[of]
    if asks_of_rows:
        about &= _has(fitting, of, size)
    return Chosen(fitting, about, cut)


def of_rows(query: Query) -> bool:
    """Whether a query asks anything of rows, so that a report without rows cannot fit."""
    row_filters = (*query.type, *query.mode, *query.modality, *query.status, *query.place, *query.admin1)
    more = (*query.country, *query.precision, *query.said_by, *query.by, *query.event, *query.actor, *query.recipient)
    single = (query.since, query.until, query.chance_from, query.chance_to, query.historical)
    return bool(row_filters or more or query.counted or any(single) or query.suggestions == "only")


def _of_reports(about: Array, columns: Columns, query: Query, terms: Terms, db: sqlite3.Connection) -> None:
    size = len(about)
    for name in get_args(OfReports):
        if told := getattr(query, name):
            about &= _among(columns.about[name][:size], told, name, terms)
    published = columns.about["published"][:size]
    if query.published_since:
        about &= published >= day(query.published_since)
    if query.published_until:
        about &= (published <= day(query.published_until)) & (published > 0)
    if query.flagged:
        about &= ((columns.about["flags"][:size] & c.FLAGGED) != 0) == yes(query.flagged, "flagged")
    if query.assigned:
        codes = _codes(query.assigned, "assigned", terms)
        used = columns.used_assigned
        mine = np.isin(columns.assigned["code"][:used], codes)
        about &= _has_number(columns.assigned["report"][:used][mine], size)
    if query.report:
        marks = ", ".join("?" for _ in query.report)
        found = db.execute(f"SELECT number FROM reports WHERE id IN ({marks})", query.report).fetchall()
        numbers = np.array([row[0] for row in found], "i8")
        about &= _has_number(numbers[numbers < size], size)


def _between(fitting: Array, columns: Columns, query: Query) -> None:
    used = columns.used
    first, last = columns.rows["first"][:used], columns.rows["last"][:used]
    if query.since:
        fitting &= (last >= day(query.since)) & (last > 0)
    if query.until:
        fitting &= (first <= day(query.until)) & (first > 0)
    chance = columns.rows["chance"][:used]
    if query.chance_from:
        fitting &= chance >= figure(query.chance_from, "chance_from")
    if query.chance_to:
        fitting &= chance <= figure(query.chance_to, "chance_to")


def _codes(told: Sequence[str], kind: str, terms: Terms) -> Array:
    return np.array([code for one in told if (code := terms.known(kind, one)) is not None], "i4")


def _among(column: Array, told: Sequence[str], kind: str, terms: Terms) -> Array:
    """Whether each is one of the values; a value that the index does not know fits nothing."""
    found = np.zeros(len(column), bool)
    for code in _codes(told, kind, terms):
        found |= column == code
    return found


def _with_people(columns: Columns, names: Sequence[str], role: int, terms: Terms) -> Array:
    used = columns.used_people
    codes = _codes(names, "person", terms)
    mine = (columns.people["role"][:used] == role) & np.isin(columns.people["code"][:used], codes)
    return _has_number(columns.people["slot"][:used][mine], columns.used)


def rows_of(numbers: Collection[int], columns: Columns, size: int) -> Array:
    """For each slot whether it is of one of these reports; ``size`` is how many reports there are."""
    there = np.array([number for number in numbers if number < size], "i8")
    found: Array = _has_number(there, size)[columns.rows["report"][: columns.used]]
    return found


def _has_number(numbers: Array, size: int) -> Array:
    found = np.zeros(size, bool)
    found[numbers] = True
    return found


def _has(rows: Array, of: Array, size: int) -> Array:
    return _has_number(of[rows], size)


def _with_words(columns: Columns, words: str, db: sqlite3.Connection) -> tuple[Array, Array, bool]:
    """The slots and the reports that have the words, and whether there may be more."""
    told = matching(words)
    if not told:
        return np.zeros(columns.used, bool), np.zeros(len(columns.count), bool), False
    found = []
    for table in ("report_words", "row_words"):
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
        rows = db.execute(query, (told, MOST_FOUND)).fetchall()
        found.append(np.array([row[0] for row in rows], "i8"))
    reports, numbers = found
    reports = reports[reports < len(columns.count)]
    of = numbers >> c.SHIFT
    numbers, of = numbers[of < len(columns.count)], of[of < len(columns.count)]
    place = (numbers & ((1 << c.SHIFT) - 1)).astype("i8")
    there = place < columns.count[of]
    slots = columns.slot[of][there] + place[there]
    cut = MOST_FOUND in {len(found[0]), len(found[1])}
    return _has_number(slots, columns.used), _has_number(reports, len(columns.count)), cut


def matching(words: str, *, begun: bool = False) -> str:
    """Words as the full-text index takes them: all must be there, those between quotation marks side by side.

    ``begun``: the last one may be the beginning of a word.
    """
    # A word with a NUL in it would end the query where it stands.
    found = _PARTS.findall(words.replace("\0", " "))
    parts = [(phrase or word).replace('"', " ").strip() for phrase, word in found]
    told = [f'"{part}"' for part in parts if any(sign.isalnum() for sign in part)]
    return " ".join(told) + ("*" if begun and told else "")


def day(told: str) -> int:
    """The ordinal of a day. Raises :class:`ReviewError`."""
    try:
        return date.fromisoformat(told).toordinal()
    except ValueError:
        raise ReviewError(f"{told[:40]!r} is no day; write it as 2024-03-05") from None


def figure(told: str, name: str) -> float:
    """A chance. Raises :class:`ReviewError`."""
    try:
        found = float(told)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise ReviewError(f"{name} is {told[:40]!r}; chances go from 0 to 1, as in 0.7")
    return found


def yes(told: str, name: str) -> bool:
    """Yes or no. Raises :class:`ReviewError`."""
    if told not in get_args(_YesNo):
        raise ReviewError(f"{name} is {told[:40]!r}; write yes or no")
    return told == "yes"


def row_order(order: Order, columns: Columns, terms: Terms, slots: Array) -> Array:
    """What the rows of these slots are ordered by, NaN where it is not stated."""
    of = columns.rows["report"][slots]
    match order:
        case "stake" | "chance":
            return columns.rows[order][slots].astype("f8")
        case "date":
            return _or_nan(columns.rows["first"][slots], 0)
        case "killed":
            return _or_nan(columns.rows["killed"][slots], -1)
        case "published":
            return _or_nan(columns.about["published"][of], 0)
        case "place" | "type":
            return _or_nan(np.array(terms.ranks(order))[columns.rows[order][slots]], 0)
        case "report" | "added":
            return of.astype("f8")


def due(query: Query, columns: Columns, terms: Terms, db: sqlite3.Connection, blind: frozenset[int]) -> Chosen:
    """What somebody is to decide on: what fits, and all rows of the reports that the person codes blind.

    Of these nothing but the report must fit: whether a value does would tell what others made of it.
    """
    chosen = choose(query, columns, terms, db, blind)
    if not blind:
        return chosen
    size = len(chosen.reports)
    about = columns.about["number"][:size] > 0
    _of_reports(about, columns, replace(query, state=(), flagged=""), terms, db)
    shown = columns.alive[: columns.used] & ((columns.rows["flags"][: columns.used] & (c.SUGGESTION | c.REJECTED)) == 0)
    own = shown & rows_of(blind, columns, size) & about[columns.rows["report"][: columns.used]]
    return Chosen(chosen.rows | own, chosen.reports, chosen.cut)


def waiting(why: Waiting, columns: Columns) -> Array:
    """The numbers of the reports that wait for somebody to look at them."""
    flags = columns.about["flags"]
    there = columns.about["number"] > 0
    match why:
        case "not coded":
            wanted = (flags & c.UNCODED) != 0
        case "no event found":
            unseen = (flags & (c.UNCODED | c.OUTDATED | c.COPY)) == 0
            wanted = unseen & (columns.about["rows"] == 0)
        case "new version":
            wanted = (flags & (c.LATER | c.OUTDATED)) == c.LATER
        case "copy":
            wanted = (flags & c.COPY) != 0
    return np.flatnonzero(there & wanted)


def report_order(order: Order, numbers: Array, columns: Columns) -> Array:
    """What reports are ordered by: those that are the same for all of a report's rows; else by when it was added."""
    if order == "stake":
        return columns.about["stake"][numbers].astype("f8")
    if order == "published":
        return _or_nan(columns.about["published"][numbers], 0)
    return numbers.astype("f8")


def event_order(order: Order, codes: Array, columns: Columns) -> Array:
    """What events are ordered by, by their own values; else by when they were found."""
    match order:
        case "stake":
            return columns.events["stake"][codes].astype("f8")
        case "date":
            return _or_nan(columns.events["first"][codes], 0)
        case "published":
            return _or_nan(columns.events["published"][codes], 0)
        case "killed":
            return _or_nan(columns.events["killed"][codes], -1)
        case "report":
            return columns.events["reports"][codes].astype("f8")
        case _:
            return codes.astype("f8")


def _or_nan(column: Array, nothing: int) -> Array:
    found = column.astype("f8")
    found[column == nothing] = np.nan
    return found


def page_of(keys: Array, numbers: Array, descending: bool, after: str | None, limit: int) -> tuple[Array, str | None]:
    """The places of the next ones in an order, and the cursor behind the last; none where these are the last.

    What has no key comes last, whichever way; of equal keys the lower number comes first.
    """
    turned = -keys if descending else keys
    turned = np.where(np.isnan(turned), np.inf, turned)
    left = np.arange(len(keys))
    if after is not None:
        key, number = _cursor(after)
        left = np.flatnonzero((turned > key) | ((turned == key) & (numbers > number)))
        turned, numbers = turned[left], numbers[left]
    if len(left) > limit:
        bound = np.partition(turned, limit - 1)[limit - 1]
        sure = np.flatnonzero(turned < bound)
        equal = np.flatnonzero(turned == bound)
        rest = limit - len(sure)
        if len(equal) > rest:
            equal = equal[np.argpartition(numbers[equal], rest - 1)[:rest]]
        taken, more = np.concatenate([sure, equal]), True
    else:
        taken, more = np.arange(len(left)), False
    taken = taken[np.lexsort((numbers[taken], turned[taken]))]
    cursor = None
    if more:
        last = taken[-1]
        cursor = f"{float(turned[last])!r}_{int(numbers[last])}"
    return cast("Array", left[taken]), cursor


def _cursor(after: str) -> tuple[float, int]:
    key, _, number = after.rpartition("_")
    try:
        return float(key), int(number)
    except ValueError:
        raise ReviewError("the address names no place in the list; begin again without 'after'") from None
