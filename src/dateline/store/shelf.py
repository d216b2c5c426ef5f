"""The shelf of linking in a project's database: what :class:`dateline.link.shelf.Shelf` asks, on one connection.

Lists of ids and keys go to the database as one value each, so that a statement is compiled once however long
they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, TextClause, select, text

from dateline.errors import StoreError
from dateline.form import background_beside
from dateline.link.model import Changes, Decision, Edge, Figure, Mention, Outline, Where, told_of
from dateline.link.pairs.candidates import keys
from dateline.link.recent import Recent
from dateline.model import Because
from dateline.store.databases.statements import sql
from dateline.store.faults import DAMAGED
from dateline.store.kept.decisions import put_decision
from dateline.store.tables import links
from dateline.store.tables import mentions as mention_rows

_APART = frozenset({"id", "report", "original"})
_PLAIN = tuple(field.name for field in fields(Mention) if field.name not in _APART)

_PUT = text(
    "INSERT INTO mentions (id, coding, event_id, comparable) SELECT :id, c.number, :event, :comparable "
    "FROM codings c JOIN reports r ON r.number = c.report WHERE r.id = :report AND c.turn = :turn "
    "AND NOT EXISTS (SELECT 1 FROM mentions WHERE id = :id)"
)
_PUT_KEY = text(
    "INSERT INTO keys (key, mention) SELECT CAST(:key AS BIGINT), number FROM mentions WHERE id = :id "
    "ON CONFLICT DO NOTHING"
)
_UNDER = sql(
    # A full key costs no more than its bound: its first mentions are read in the order in which they came.
    "WITH bounded AS (SELECT given.value AS key, (SELECT k.mention FROM keys k WHERE k.key = given.value "
    "ORDER BY k.mention LIMIT 1 OFFSET CAST(:most AS BIGINT) - 1) AS last FROM json_each(:keys) given) "
    "SELECT b.key, k.mention FROM bounded b JOIN keys k ON k.key = b.key "
    "AND k.mention <= coalesce(b.last, 9223372036854775807)",
    keys="numbers",
)
_NAMES = sql(
    "SELECT number, id FROM mentions WHERE number IN (SELECT value FROM json_each(:numbers) given)", numbers="numbers"
)
_OUTLINES = sql(
    # So little of a mention is read in a fifth of the time that all of it takes.
    "SELECT id, json_extract(comparable, '$.type'), json_extract(comparable, '$.days') FROM mentions "
    "WHERE id IN (SELECT value FROM json_each(:ids) given)",
    ids="text",
)
_MENTIONS = sql(
    "SELECT m.id, r.id AS report, coalesce(r.original, r.id) AS original, m.comparable "
    "FROM mentions m JOIN codings c ON c.number = m.coding JOIN reports r ON r.number = c.report "
    "WHERE m.id IN (SELECT value FROM json_each(:ids) given)",
    ids="text",
)
_PUT_EDGE = text(
    "INSERT INTO edges (first, second, score) SELECT a.number, b.number, CAST(:score AS DOUBLE PRECISION) "
    "FROM mentions a, mentions b WHERE a.id = :first AND b.id = :second "
    "ON CONFLICT (first, second) DO UPDATE SET score = excluded.score"
)
_NEAR = sql(
    # Copies of one story have many edges and few ends: only the ends leave the database.
    "WITH given AS (SELECT m.number AS n FROM mentions m WHERE m.id IN (SELECT value FROM json_each(:ids) given)) "
    "SELECT id FROM mentions WHERE number IN ("
    "SELECT second FROM edges WHERE first IN (SELECT n FROM given) AND score >= :level "
    "UNION SELECT first FROM edges WHERE second IN (SELECT n FROM given) AND score >= :level) ORDER BY id",
    ids="text",
)
_DECISIONS = sql(
    # Of a withdrawn mention its heir stands in the decision; one without an heir is the same as no mention.
    "WITH given AS (SELECT value AS id FROM json_each(:ids) given), named AS ("
    "SELECT id FROM given WHERE id NOT IN (SELECT mention FROM heirs) "
    "UNION SELECT h.mention FROM heirs h JOIN given ON given.id = h.heir), "
    "carried AS (SELECT d.number, d.answer, d.who, d.made, d.why, "
    "CASE WHEN f.mention IS NULL THEN d.first ELSE f.heir END AS first, "
    "CASE WHEN s.mention IS NULL THEN d.second ELSE s.heir END AS second "
    "FROM decisions d LEFT JOIN heirs f ON f.mention = d.first LEFT JOIN heirs s ON s.mention = d.second "
    "WHERE d.first IN (SELECT id FROM named) OR d.second IN (SELECT id FROM named)) "
    "SELECT CASE WHEN first < second THEN first ELSE second END, CASE WHEN first < second THEN second ELSE first END, "
    "answer, who, made, why FROM carried "
    "WHERE first IS NOT NULL AND second IS NOT NULL AND first <> second ORDER BY number",
    ids="text",
)
_ANY_DECISION = text("SELECT 1 FROM decisions LIMIT 1")
_EVENTS = sql(
    "SELECT m.id, l.event FROM links l JOIN mentions m ON m.number = l.mention "
    "WHERE m.id IN (SELECT value FROM json_each(:ids) given)",
    ids="text",
)
_MEMBERS = sql(
    "SELECT l.event, m.id FROM links l JOIN mentions m ON m.number = l.mention "
    "WHERE l.event IN (SELECT value FROM json_each(:events) given) ORDER BY l.event, m.id",
    events="text",
)
_BIRTH = text("INSERT INTO events (id, born) VALUES (:id, :now) ON CONFLICT (id) DO UPDATE SET gone = NULL")
_DEATH = text("UPDATE events SET gone = :now WHERE id = :id")
_SUCCESSOR = text("INSERT INTO successors (event, successor) VALUES (:event, :successor) ON CONFLICT DO NOTHING")
_LINK = text(
    "INSERT INTO links (mention, event, because) SELECT number, :event, :because FROM mentions WHERE id = :mention "
    "ON CONFLICT (mention) DO UPDATE SET event = excluded.event, because = excluded.because"
)
_BACK = text("DELETE FROM heirs WHERE mention = :id")
_PASSED_ON = text("UPDATE heirs SET heir = :heir WHERE heir = :id")
_HEIR = text(
    "INSERT INTO heirs (mention, heir) VALUES (:id, :heir) ON CONFLICT (mention) DO UPDATE SET heir = excluded.heir"
)
_WITHDRAWN = (
    text("DELETE FROM links WHERE mention IN (SELECT number FROM mentions WHERE id = :id)"),
    text("DELETE FROM keys WHERE mention IN (SELECT number FROM mentions WHERE id = :id)"),
    text("DELETE FROM edges WHERE first IN (SELECT number FROM mentions WHERE id = :id)"),
    text("DELETE FROM edges WHERE second IN (SELECT number FROM mentions WHERE id = :id)"),
)
_LOG = text("INSERT INTO log (made, who, what, about, details) VALUES (:now, 'dateline', :what, :about, :details)")


CACHED = 8_000
"""Mentions that a cache holds at the least: some kilobytes each."""

OUTLINED = 50_000
"""Mentions whose names and outlines it holds at the least: some hundred bytes each."""


@dataclass(frozen=True, slots=True)
class Cache:
    """What saves reading the same mentions in one transaction after another."""

    mentions: Recent[str, Mention] = field(default_factory=lambda: Recent(CACHED))
    outlines: Recent[str, Outline] = field(default_factory=lambda: Recent(OUTLINED))
    names: Recent[int, str] = field(default_factory=lambda: Recent(OUTLINED))
    """The ids of mentions by their numbers."""


_AT_ONCE = 500


class DatabaseShelf:
    """Linking's memory in a transaction of the project's database; nothing is kept until that is committed.

    What is ``known`` saves reading a mention again in the next transaction; it is for as long as nobody names another
    original for a report.
    """

    def __init__(self, db: Connection, now: str, known: Cache | None = None) -> None:
        self._db = db
        self._now = now
        self._undecided: bool | None = None
        self._known = Cache() if known is None else known

    def put(self, mentions: Sequence[tuple[Mention, Sequence[str]]]) -> None:
        """Keep mentions under their blocking keys; their codings are in the database already."""
        rows = []
        for mention, _ in mentions:
            turn, event = told_of(mention.id)
            own = {"id": mention.id, "report": mention.report, "turn": turn, "event": event}
            rows.append({**own, "comparable": _packed(mention)})
        self._many(_PUT, rows)
        self._many(_BACK, [{"id": mention.id} for mention, _ in mentions])
        self._many(_PUT_KEY, [{"key": _number(key), "id": mention.id} for mention, under in mentions for key in under])

    def under(self, keys: Iterable[str], most: int) -> Mapping[str, Sequence[str]]:
        """The ids of mentions under each key, sorted; of more than ``most`` those that came first."""
        names = {_number(key): key for key in keys}
        found: dict[int, list[int]] = {}
        for key, mention in self._db.execute(_UNDER, {"keys": sorted(names), "most": most}).all():
            found.setdefault(key, []).append(mention)
        # Most mentions stand under many keys: each is named once.
        told = self._names({mention for mentions in found.values() for mention in mentions})
        return {names[key]: sorted([told[mention] for mention in mentions]) for key, mentions in found.items()}

    def _names(self, numbers: Iterable[int]) -> Mapping[int, str]:
        """The ids of mentions by their numbers."""
        found, missing = self._known.names.those(numbers)
        if missing:
            for number, id in self._db.execute(_NAMES, {"numbers": sorted(missing)}).all():
                found[number] = id
                self._known.names.put(number, id)
        return found

    def mentions(self, ids: Iterable[str]) -> Mapping[str, Mention]:
        """Mentions by id."""
        found, missing = self._known.mentions.those(ids)
        if missing:
            for row in self._db.execute(_MENTIONS, {"ids": _list(missing)}).all():
                found[row.id] = _mention(row.id, row.report, row.original, row.comparable)
                self._known.mentions.put(row.id, found[row.id])
        return found

    def outlines(self, ids: Iterable[str]) -> Mapping[str, Outline]:
        """The outlines of mentions by id."""
        found, missing = self._known.outlines.those(ids)
        if missing:
            for id, type, days in self._db.execute(_OUTLINES, {"ids": _list(missing)}).all():
                found[id] = Outline(type, _days(days))
                self._known.outlines.put(id, found[id])
        return found

    def put_edges(self, edges: Sequence[Edge]) -> None:
        """Keep scored pairs. Their reasons can be had again from the mentions; those of links are kept."""
        self._many(_PUT_EDGE, [{"first": e.first, "second": e.second, "score": e.score} for e in edges])

    def near(self, ids: Iterable[str], level: float) -> Sequence[str]:
        """The mentions that edges of that score or more lead to from the ids."""
        return self._db.execute(_NEAR, {"ids": _list(ids), "level": level}).scalars().all()

    def decide(self, decision: Decision) -> None:
        """Keep a person's decision, and log it."""
        self._undecided = None
        put_decision(self._db, decision)

    def decisions(self, ids: Iterable[str]) -> Sequence[Decision]:
        """People's decisions with at least one end among the ids, as they are carried."""
        if self._undecided is None:
            self._undecided = self._db.execute(_ANY_DECISION).first() is None
        if self._undecided:
            return []
        return [Decision(*row) for row in self._db.execute(_DECISIONS, {"ids": _list(ids)})]

    def events(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The event of each mention that has one."""
        return {row.id: row.event for row in self._db.execute(_EVENTS, {"ids": _list(ids)})}

    def members(self, events: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The ids of the mentions in each event."""
        found: dict[str, list[str]] = defaultdict(list)
        for event, mention in self._db.execute(_MEMBERS, {"events": _list(events)}):
            found[event].append(mention)
        return found

    def apply(self, changes: Changes) -> None:
        """Keep the outcome of linking, and log it."""
        before = self.events(link.mention for link in changes.links)
        now = self._now
        self._many(_BIRTH, [{"id": event, "now": now} for event in changes.born])
        self._many(_DEATH, [{"id": stone.event, "now": now} for stone in changes.gone])
        self._many(
            _SUCCESSOR,
            [{"event": s.event, "successor": successor} for s in changes.gone for successor in s.successors],
        )
        self._many(
            _LINK,
            [{"mention": k.mention, "event": k.event, "because": _reasons(k.because)} for k in changes.links],
        )
        entries: list[tuple[str, str, dict[str, object]]] = [("born", event, {}) for event in changes.born]
        entries += [("gone", stone.event, {"successors": list(stone.successors)}) for stone in changes.gone]
        entries += [
            ("moved", k.mention, {"from": before[k.mention], "to": k.event})
            if k.mention in before
            else ("linked", k.mention, {"to": k.event})
            for k in changes.links
            if before.get(k.mention) != k.event
        ]
        self._logged(entries)

    def withdraw(self, heirs: Mapping[str, str | None]) -> Mapping[str, str]:
        """Take mentions out of linking, and log it; their codings stay."""
        before = self.events(heirs)
        for statement in _WITHDRAWN:
            self._many(statement, [{"id": id} for id in sorted(before)])
        rows = [{"id": id, "heir": heirs[id]} for id in sorted(heirs)]
        self._many(_PASSED_ON, rows)
        self._many(_HEIR, rows)
        self._logged(("withdrawn", id, {"from": event}) for id, event in sorted(before.items()))
        return before

    def _logged(self, entries: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
        self._many(
            _LOG,
            [
                {"now": self._now, "what": what, "about": about, "details": json.dumps(details)}
                for what, about, details in entries
            ],
        )

    def _many(self, statement: TextClause, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._db.execute(statement, rows)


def keys_anew(db: Connection) -> None:
    """Put every linked mention under its keys, where another version put it under others, or under none."""
    linked = select(links.c.mention).order_by(links.c.mention).limit(_AT_ONCE)
    last = 0
    while numbers := db.execute(linked.where(links.c.mention > last)).scalars().all():
        last = numbers[-1]
        told = select(mention_rows.c.id).where(mention_rows.c.number.in_(numbers))
        found = DatabaseShelf(db, "").mentions(db.execute(told).scalars())
        rows = [{"key": _number(key), "id": mention.id} for mention in found.values() for key in keys(mention)]
        db.execute(_PUT_KEY, rows)


def _number(key: str) -> int:
    """A key as the database holds it: its first sixty bits, which tell keys apart as well as all of it."""
    return int(key[:15], 16)


def _list(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _reasons(because: Sequence[Because]) -> str:
    return json.dumps([[b.field, b.rule, b.matched, b.id, b.source] for b in because], ensure_ascii=False)


def _packed(mention: Mention) -> str:
    values = {name: getattr(mention, name) for name in _PLAIN}
    where = mention.where
    values["where"] = where and [getattr(where, field.name) for field in fields(Where)]
    values["figures"] = [[f.kind, f.low, f.best, f.high] for f in mention.figures]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=10_000)
def _days(text: str | None) -> tuple[int, int] | None:
    """The days of an outline; many mentions have the same."""
    if text is None:
        return None
    first, last = json.loads(text)
    return first, last


def _mention(id: str, report: str, original: str, comparable: str) -> Mention:
    try:
        # Reports have most words in common: the reader holds each once.
        values: dict[str, Any] = background_beside(from_json(comparable))
        for name, value in values.items():
            if type(value) is list:
                values[name] = tuple(value)
        if values["where"] is not None:
            values["where"] = Where(*values["where"])
        values["figures"] = tuple(Figure(*figure) for figure in values["figures"])
        return Mention(id=id, report=report, original=original, **values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"the mention {id!r} cannot be read ({error}); {DAMAGED}") from error
