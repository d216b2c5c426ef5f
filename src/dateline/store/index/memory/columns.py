"""The rows and reports of an index as columns of numbers in memory: what counts, filters and orders a million at once.

A row has a slot; the rows of one report lie side by side. Where a report gets more rows or fewer, its old slots are
dead and its rows have new ones at the end. Whoever reads takes one :class:`Columns` and sees no later growth of it.
"""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SHIFT = 16
"""A row's number is its report's, shifted by these bits, and its place among the rows of the report."""

ROW = np.dtype(
    [
        ("number", "i8"),
        *((name, "i4") for name in ("report", "type", "mode", "modality", "status", "place", "admin1", "country")),
        *((name, "i4") for name in ("precision", "said_by", "by", "event", "spot", "first", "last", "killed")),
        *((name, "f4") for name in ("chance", "stake")),
        *((name, "i4") for name in ("counted", "flags")),
    ]
)
"""A row: numbers of values; days as ordinals, 0 for none; killed -1 where not stated; chance NaN where nothing judged.
``counted`` has a bit for each kind of figure; ``flags`` the bits below."""
SUGGESTION, HISTORICAL, CONFIDENTIAL, OF_EVENT, REJECTED = 1, 2, 4, 8, 16
"""Bits of a row's ``flags``; OF_EVENT: its event is marked as confidential; REJECTED: it holds no more."""
SUGGESTED = 1
"""The number of the status of a row that nobody has decided on."""

ABOUT = np.dtype(
    [
        *((name, "i4") for name in ("number", "publisher", "interest", "state", "language", "published")),
        *((name, "i4") for name in ("rows", "suggestions", "reviewed", "flags")),
        ("stake", "f4"),
    ]
)
FLAGGED, SECRET, COPY, LATER, UNCODED, OUTDATED = 1, 2, 4, 8, 16, 32
"""Bits of a report's ``flags``; LATER: it is a later version of its story, OUTDATED: a newer one of it is coded."""

PERSON = np.dtype([("place", "i4"), ("role", "i4"), ("code", "i4")])
"""Who takes part in a row, by its place among the rows of its report; the role 0 is an actor, 1 a recipient."""
GONE = -1
_PEOPLE = np.dtype([("slot", "i4"), ("role", "i4"), ("code", "i4"), ("report", "i4")])
_ASSIGNED = np.dtype([("report", "i4"), ("code", "i4")])

EVENT = np.dtype(
    [("code", "i4"), ("first", "i4"), ("published", "i4"), ("killed", "i4"), ("reports", "i4"), ("stake", "f4")]
)


class Columns:
    """Everything in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Array] = {name: np.empty(0, ROW[name]) for name in ROW.names or ()}
        self.alive: Array = np.empty(0, bool)
        self.about: dict[str, Array] = {name: np.zeros(1, ABOUT[name]) for name in ABOUT.names or ()}
        self.events: dict[str, Array] = {name: np.zeros(1, EVENT[name]) for name in EVENT.names or ()}
        self.slot: Array = np.zeros(1, "i4")
        self.count: Array = np.zeros(1, "i4")
        self.people: dict[str, Array] = {name: np.empty(0, "i4") for name in _PEOPLE.names or ()}
        self.assigned: dict[str, Array] = {name: np.empty(0, "i4") for name in _ASSIGNED.names or ()}
        self.lock = Lock()
        self.used = 0
        self.used_people = 0
        self.used_assigned = 0

    @classmethod
    def read(cls, db: sqlite3.Connection) -> Columns:
        """What the file holds."""
        self = cls()
        packs = db.execute("SELECT about, rows, people, assigned FROM packs ORDER BY report").fetchall()
        about = np.frombuffer(b"".join(pack[0] for pack in packs), ABOUT)
        rows = np.frombuffer(b"".join(pack[1] for pack in packs), ROW)
        people = np.frombuffer(b"".join(pack[2] for pack in packs), PERSON)
        size = int(about["number"].max(initial=0)) + 1
        for name in self.about:
            self.about[name] = np.zeros(size, ABOUT[name])
            self.about[name][about["number"]] = about[name]
        self.rows = {name: np.array(rows[name]) for name in self.rows}
        self.used = len(rows)
        self.alive = np.ones(self.used, bool)
        self.slot, self.count = np.zeros(size, "i4"), np.zeros(size, "i4")
        many = np.array([len(pack[1]) // ROW.itemsize for pack in packs], "i4")
        self.count[about["number"]] = many
        self.slot[about["number"]] = np.cumsum(many) - many
        told = np.array([len(pack[2]) // PERSON.itemsize for pack in packs], "i4")
        of = np.repeat(about["number"], told)
        self.people = {
            "slot": self.slot[of] + people["place"],
            "role": np.array(people["role"]),
            "code": np.array(people["code"]),
            "report": np.array(of),
        }
        self.used_people = len(people)
        mine = [np.frombuffer(pack[3], "i4") for pack in packs]
        self.assigned = {
            "report": np.repeat(about["number"], np.array([len(one) for one in mine], "i4")),
            "code": np.concatenate(mine) if mine else np.empty(0, "i4"),
        }
        self.used_assigned = len(self.assigned["code"])
        for (pack,) in db.execute("SELECT pack FROM events"):
            self.put_event(np.frombuffer(pack, EVENT)[0])
        return self

    def view(self) -> Columns:
        """Everything as it is now, which does not grow while somebody counts; values may still change in place."""
        seen = Columns.__new__(Columns)
        with self.lock:
            seen.__dict__.update(self.__dict__)
        return seen

    def become(self, other: Columns) -> None:
        """Hold what another holds instead."""
        with self.lock:
            self.__dict__.update({name: value for name, value in other.__dict__.items() if name != "lock"})

    def slots_of(self, number: int) -> slice:
        """Where the rows of a report are."""
        if number >= len(self.slot):
            return slice(0, 0)
        return slice(int(self.slot[number]), int(self.slot[number] + self.count[number]))

    def slot_of(self, row: int) -> int | None:
        """Where a row is, by its number."""
        within, place = self.slots_of(row >> SHIFT), row & ((1 << SHIFT) - 1)
        return within.start + place if within.start + place < within.stop else None

    def put_event(self, event: Any, *, gone: bool = False) -> None:
        """Put an event in, in the stead of what it was; ``gone``: it stands no more."""
        with self.lock:
            self._put_event(event, gone)

    def _put_event(self, event: Any, gone: bool) -> None:
        code = int(event["code"])
        self.events = {name: _long_enough(column, code + 1) for name, column in self.events.items()}
        for name in self.events:
            self.events[name][code] = 0 if gone else event[name]

    def put(self, about: Any, rows: Array, people: Array, assigned: Array) -> None:
        """Put a report with its rows in, in the stead of what it had."""
        with self.lock:
            self._put(about, rows, people, assigned)

    def _put(self, about: Any, rows: Array, people: Array, assigned: Array) -> None:
        number = int(about["number"])
        self.about = {name: _long_enough(column, number + 1) for name, column in self.about.items()}
        self.slot, self.count = _long_enough(self.slot, number + 1), _long_enough(self.count, number + 1)
        for name in self.about:
            self.about[name][number] = about[name]
        old, had = int(self.slot[number]), int(self.count[number])
        new, many = old, len(rows)
        if many != had:
            self.alive[old : old + had] = False
            new, end = self.used, self.used + many
            self.rows = {name: _long_enough(column, end) for name, column in self.rows.items()}
            self.alive = _long_enough(self.alive, end)
        for name in self.rows:
            self.rows[name][new : new + many] = rows[name]
        self.alive[new : new + many] = True
        self.slot[number], self.count[number] = new, many
        self.used = max(self.used, new + many)
        self._put_people(number, new, people)
        self._put_assigned(number, assigned)

    def _put_people(self, number: int, slot: int, people: Array) -> None:
        used = self.used_people
        there = np.flatnonzero(self.people["report"][:used] == number)
        self.people["role"][there] = GONE
        end = used + len(people)
        self.people = {name: _long_enough(column, end) for name, column in self.people.items()}
        self.people["slot"][used:end] = slot + people["place"]
        self.people["role"][used:end] = people["role"]
        self.people["code"][used:end] = people["code"]
        self.people["report"][used:end] = number
        self.used_people = end

    def _put_assigned(self, number: int, assigned: Array) -> None:
        used = self.used_assigned
        self.assigned["code"][np.flatnonzero(self.assigned["report"][:used] == number)] = 0
        end = used + len(assigned)
        self.assigned = {name: _long_enough(column, end) for name, column in self.assigned.items()}
        self.assigned["report"][used:end] = number
        self.assigned["code"][used:end] = assigned
        self.used_assigned = end


def _long_enough(column: Array, length: int) -> Array:
    """The column, or a longer copy of it with room for what comes."""
    if len(column) >= length:
        return column
    longer = np.zeros(max(length + length // 8, 64), column.dtype)
    longer[: len(column)] = column
    return longer
