"""How reports come into a project: their bytes first, then what was read from them, a batch at a time."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, insert

from dateline.errors import printable_line
from dateline.intake import Failure
from dateline.intake.retrieval import Retrieval
from dateline.model import Report
from dateline.store.copying import look_up
from dateline.store.door.addresses import address_of
from dateline.store.door.likeness import Added, Likeness
from dateline.store.door.versions import meet, put_repeat, put_version, repeated, time_of
from dateline.store.kept import reports as kept
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.proof.retrievals import get_retrievals, put_retrieval
from dateline.store.tables import addresses, log

HELD = 1_000
"""Pieces of evidence whose parts are counted: what lies in an archive may come between those of the archive."""


class Piece(NamedTuple):
    """A piece of evidence whose bytes are in the project's folder, and how it was retrieved."""

    sha256: str
    size: int
    retrieval: Retrieval | None


@dataclass(frozen=True, slots=True)
class Item:
    """What was read, with how many pieces of evidence had arrived by then, the last one, and which part of it it is."""

    arrived: int
    last: str
    part: int
    found: Report | Failure


class Door:
    """Takes in what one reading gives. ``keep`` is what the reading is given to keep its bytes by."""

    def __init__(self, folder: EvidenceFolder, origin: str) -> None:
        self._folder = folder
        self._origin = origin
        self._waiting: deque[Piece] = deque()
        self._arrived, self._taken = 0, 0
        self._last = ""
        self._parts: OrderedDict[str, int] = OrderedDict()

    def keep(self, data: bytes, retrieval: Retrieval | None) -> None:
        """Keep bytes before they are read: on the disk when this returns."""
        self._last = self._folder.keep(data)
        self._waiting.append(Piece(self._last, len(data), retrieval))
        self._arrived += 1
        self._count(self._last, 0)

    def numbered(self, found: Iterable[Report | Failure]) -> Iterator[Item]:
        """What was read, each with what had arrived when it came. Equal bytes that come again begin anew."""
        for item in found:
            sha256 = item.sha256 or self._last if isinstance(item, Report) else self._last
            part = self._parts.get(sha256, 0)
            self._count(sha256, part + 1)
            yield Item(self._arrived, self._last, part, item)

    def _count(self, sha256: str, parts: int) -> None:
        self._parts[sha256] = parts
        self._parts.move_to_end(sha256)
        if len(self._parts) > HELD:
            self._parts.popitem(last=False)

    def take(self, db: Connection, items: Iterable[Item], now: str) -> list[Added | Failure]:
        """Put a batch in, and say of each what it is like; it is kept when the transaction is committed."""
        done: list[Added | Failure] = []
        new: dict[int, int] = {}
        for item in items:
            self._put_pieces(db, item.arrived, now)
            if isinstance(item.found, Failure):
                if item.last and item.part == 0 and item.found.retrieved:
                    kept.refuse(db, item.last, printable_line(f"{item.found.error}; {item.found.mend}"))
                done.append(item.found)
                continue
            added, number = _put(db, item.found, item.part, now)
            if number is not None:
                new[number] = len(done)
            done.append(added)
        for number, like in look_up(db, list(new)).items():
            added = done[new[number]]  # type: ignore[assignment]
            if added.like is None:
                done[new[number]] = replace(added, like=like)
        for at in new.values():
            _log(db, done[at], now)  # type: ignore[arg-type]
        return done

    def _put_pieces(self, db: Connection, arrived: int, now: str) -> None:
        for _ in range(arrived - self._taken):
            piece = self._waiting.popleft()
            kept.put_evidence(db, piece.sha256, piece.size, self._origin, now)
            if piece.retrieval is not None:
                put_retrieval(db, piece.sha256, piece.retrieval, now)
        self._taken = arrived


def _put(db: Connection, report: Report, part: int, now: str) -> tuple[Added, int | None]:
    """Put a report in unless it is there: what became of it, and its number where it is new."""
    assert report.sha256 is not None
    known = kept.known(db, report.sha256, part) or repeated(db, report.sha256, part)
    if known is not None:
        return Added(report.id, False, Likeness(known, "the same bytes")), None
    ways = tuple(get_retrievals(db, report.sha256))
    found = _addresses(report, ways)
    met = meet(db, report, found, bool(ways)) if found else None
    if met is not None and met.same:
        put_repeat(db, report.sha256, part, met.number, now)
        return Added(report.id, False, Likeness(kept.id_of(db, met.number), "the same address")), None
    new, number = kept.put_report(db, report, part, now)
    for address in found:
        db.execute(insert(addresses).values(address=address, report=number))
    like = None if met is None else put_version(db, new, number, time_of(db, new, now), met.number)
    return Added(new.id, True, like), number


def _addresses(report: Report, ways: Iterable[Retrieval]) -> list[str]:
    """Where a report was: the address that it states, else those that its bytes were retrieved from."""
    stated = address_of(report.url)
    named = [stated] if stated else [address_of(how.answered) for how in ways]
    return list(dict.fromkeys(address for address in named if address is not None))


def _log(db: Connection, added: Added, now: str) -> None:
    like = added.like
    details = {} if like is None else {"like": like.report, "how": like.how}
    db.execute(insert(log).values(made=now, who="dateline", what="added", about=added.id, details=details))
