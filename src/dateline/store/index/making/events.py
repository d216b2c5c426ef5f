"""The events of the index, made from the project: each that stands, with the values by the project's policies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from dateline.errors import EdtfError
from dateline.export.events.words import headline
from dateline.lang.dates.edtf import bounds
from dateline.link.events.aggregate import NUMBERS
from dateline.link.events.compare import compare
from dateline.link.model import Account
from dateline.model import Place
from dateline.store.index.file import Terms
from dateline.store.index.making.stake import Around, stake
from dateline.store.index.memory import columns as c
from dateline.store.kept.events import Accounts
from dateline.store.kept.publishers import Publishers
from dateline.store.review.marks import confidential
from dateline.store.tables import events


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event as the index holds it; without a ``line`` it stands no more."""

    code: int
    id: str
    line: str | None
    pack: c.Array


def make_events(
    db: Connection, ids: Iterable[str], terms: Terms, publishers: Publishers, own: Mapping[str, str]
) -> Iterator[MadeEvent]:
    """These events."""
    accounts, marked = Accounts(db, publishers), confidential(db)
    wanted = sorted(set(ids))
    standing = set()
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        standing |= set(db.execute(select(events.c.id).where(events.c.id.in_(some), events.c.gone.is_(None))).scalars())
    for event in wanted:
        told = accounts.of(event) if event in standing else ()
        secret = event in marked.events or all(a.event.id in marked.left_out(a.coding) for a in told)
        yield _event(event, told, terms, own, secret=secret)


def _event(id: str, told: tuple[Account, ...], terms: Terms, own: Mapping[str, str], *, secret: bool) -> MadeEvent:
    pack = np.zeros(1, c.EVENT)[0]
    pack["code"] = code = terms.code("event", id)
    if not told:
        return MadeEvent(code, id, None, pack)
    compared = compare(id, told, own)
    values = {value.field: value.value for value in compared.event.values}
    when = values["date"] if isinstance(values["date"], str) else None
    days = _days(when)
    place = _place(told, values["place"])
    counts = [(kind, *figure) for kind in NUMBERS if isinstance(figure := values[kind], tuple)]
    killed = [n for kind, *numbers in counts if kind == "killed" for n in numbers if isinstance(n, int)]
    weight = max(stake(a.event, Around(party=a.voice.party))[0] for a in told)
    published = [a.coding.report.published[:10] for a in told if a.coding.report.published]
    line = {
        "type": values["type"] or "",
        "sentence": headline(compared),
        "place": values["place"],
        "country": values["country"],
        "precision": place and place.precision,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "edtf": when,
        "days": days,
        "counts": counts,
        "reports": len({a.coding.report.id for a in told}),
        "sources": compared.event.sources,
        "status": compared.event.status,
        "reviewed": sum(any(b.id.startswith("review.") for b in a.event.because) for a in told),
        "mentions": len(told),
        "confidential": secret,
    }
    pack["first"], pack["killed"] = days[0] if days else 0, min(max(killed, default=-1), 2**31 - 1)
    first = _days(min(published, default=None))
    pack["published"] = first[0] if first else 0
    pack["reports"], pack["stake"] = line["reports"], weight
    return MadeEvent(code, id, json.dumps(line, ensure_ascii=False), pack)


def _place(told: tuple[Account, ...], name: object) -> Place | None:
    """The most exact place of the name that the event has."""
    named = [a.event.place for a in told if a.event.place is not None and a.event.place.name == name]
    return next((place for place in named if place.lat is not None), named[0] if named else None)


def _days(edtf: str | None) -> tuple[int, int] | None:
    try:
        ends = [day for day in bounds(edtf) if day is not None] if edtf else []
    except EdtfError:
        return None
    return (ends[0].toordinal(), ends[-1].toordinal()) if ends else None
