"""How the reports of a page come into a project: their bytes first, then what was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert

from dateline.errors import printable_line
from dateline.intake import Failure
from dateline.intake.retrieval import Retrieval
from dateline.model import Report
from dateline.store.kept import reports as kept
from dateline.store.kept.evidence import EvidenceFolder
from dateline.store.project import Added
from dateline.store.tables import log


@dataclass(frozen=True, slots=True)
class Item:
    """What was read, with how much evidence had arrived by then and which part of the last piece it is."""

    arrived: int
    part: int
    found: Report | Failure


class Door:
    """Takes in what one reading gives. ``keep`` is what the reading is given to keep its bytes by."""

    def __init__(self, folder: EvidenceFolder, origin: str) -> None:
        self._folder = folder
        self._origin = origin
        self._pieces: list[tuple[str, int]] = []

    def keep(self, data: bytes, retrieval: Retrieval | None) -> None:  # noqa: ARG002
        """Keep bytes before they are read: on the disk when this returns."""
        self._pieces.append((self._folder.keep(data), len(data)))

    def numbered(self, found: Iterable[Report | Failure]) -> Iterator[Item]:
        """What was read, each with what had arrived when it came."""
        last, part = 0, 0
        for item in found:
            part = part + 1 if len(self._pieces) == last else 0
            last = len(self._pieces)
            yield Item(last, part, item)

    def take(self, db: Connection, items: Iterable[Item], now: str) -> list[Added | Failure]:
        """Put what was read in; it is kept when the transaction is committed."""
        done: list[Added | Failure] = []
        for sha256, size in self._pieces:
            kept.put_evidence(db, sha256, size, self._origin, now)
        for item in items:
            if isinstance(item.found, Failure):
                if item.arrived and item.part == 0:
                    why = printable_line(f"{item.found.error}; {item.found.mend}")
                    kept.refuse(db, self._pieces[item.arrived - 1][0], why)
                done.append(item.found)
                continue
            new = kept.put_report(db, item.found, item.part, now)
            done.append(Added((new or item.found).id, new is not None))
            if new is not None:
                db.execute(insert(log).values(made=now, who="dateline", what="added", about=new.id, details={}))
        return done
