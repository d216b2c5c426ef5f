"""CSV in the columns that scripts for ACLED's data know, with dateline's own behind them.

A row is an event that the codebook's crosswalk has a sub-event for: something told as having happened. What ACLED
decides by its own research (its numbers of events, regions, scales of sources) stays empty, and an empty number of
fatalities says that none is stated. The crosswalk is ours; ACLED has not checked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import TextIO

from dateline.codebook.crosswalk.precision import of_date, of_place
from dateline.codebook.crosswalk.sides import side_of
from dateline.codebook.reading.codes import acled_disorders, acled_sub_events
from dateline.export.countries import iso_number
from dateline.export.formats.columns import names, read_facts
from dateline.export.formats.rows import Cells, chances, days, iso, key
from dateline.export.formats.sheet import write_rows
from dateline.export.safe import address
from dateline.export.words import according_to, country_name, number_words, participants, sentence
from dateline.model import Actor, Coding, EventMention, Participant

COLUMNS = names("acled")
PROTESTS, RIOTS, CIVILIANS_HARMED = "Protests", "Riots", "Violence against civilians"
EXCESSIVE = "Excessive force against protesters"

STATE, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = 1, 2, 3, 5, 6, 7, 8
"""ACLED's numbers for what an actor is. Which an armed group is, its sector tells; else it is a political militia."""


def write(codings: Iterable[Coding], out: TextIO) -> None:
    """A header and a row for each event that has a sub-event."""
    write_rows(rows(codings), COLUMNS, out)


def rows(codings: Iterable[Coding]) -> Iterator[Cells]:
    """The cells of the events that have a sub-event, by ACLED's names of the columns."""
    for coding in codings:
        for event in coding.events:
            if event.codes.acled is not None and event.codes.acled in acled_sub_events():
                yield row_of(coding, event, event.codes.acled)


def row_of(coding: Coding, event: EventMention, sub_event: str) -> Cells:
    """The cells of an event mention that has a sub-event."""
    kind, report, place = acled_sub_events()[sub_event], coding.report, event.place
    evidence = event.evidence[0] if event.evidence else event.trigger
    first, last = days(event.date)
    ours: Cells = {
        "report": report.id,
        "url": address(report.url),
        "historical": event.historical,
        "date_start": iso(first),
        "date_end": iso(last),
        "according_to": according_to(coding, event.attribution),
        "evidence": evidence.quote,
        **chances(event),
    }
    cells: Cells = {
        "event_id_cnty": key(report.id, event.id),
        **_when(event),
        "disorder_type": acled_disorders()[sub_event],
        "event_type": kind,
        "sub_event_type": sub_event,
        **_who(coding, event, kind, sub_event),
        "source": report.publisher,
        "notes": sentence(coding, event),
        "fatalities": _fatalities(event),
        "tags": _crowd(event) if kind in {PROTESTS, RIOTS} else None,
        "timestamp": _seconds(report.retrieved),
    }
    if place is not None:
        cells |= {
            "iso": iso_number(place.country),
            "country": country_name(place.country),
            "admin1": place.admin1,
            "location": place.name,
            "latitude": place.lat,
            "longitude": place.lon,
            "geo_precision": of_place(place).acled,
        }
    return cells | ours


def _when(event: EventMention) -> Cells:
    """The day, of a longer time the one in its middle; the year also where no day is near enough."""
    first, last = days(event.date)
    if first is None or last is None:
        return {}
    cells: Cells = {"year": first.year} if first.year == last.year else {}
    precision = of_date(event.date).acled
    if precision is not None:
        middle = first + timedelta((last - first).days // 2)
        cells |= {"event_date": middle.isoformat(), "year": middle.year, "time_precision": precision}
    return cells


def _who(coding: Coding, event: EventMention, kind: str, sub_event: str) -> Cells:
    cells: Cells = {}
    sides: list[int | None] = []
    for n, people in enumerate((event.actors, event.recipients), 1):
        told = participants(coding, people)
        code = _inter(coding, event, kind, people[0], acts=n == 1) if people else None
        sides.append(code)
        if told:
            cells |= {f"actor{n}": told[0][0], f"assoc_actor_{n}": "; ".join(name for name, _ in told[1:]) or None}
            cells[f"inter{n}"] = code
    first, second = sides
    if first is not None and (second is not None or not event.recipients):
        low, high = sorted((first, second or 0))
        cells["interaction"] = int(f"{high}0") if not low else int(f"{low}{high}")
    harmed = kind == CIVILIANS_HARMED or sub_event == EXCESSIVE or (second == CIVILIANS and event.type == "ASSAULT")
    return cells | {"civilian_targeting": "Civilian targeting" if harmed else None}


def _inter(coding: Coding, event: EventMention, kind: str, person: Participant, *, acts: bool) -> int | None:
    """What a participant is, by its words and its sector; None where no word tells.

    Of a protest whoever bears no arms is a protester, of a riot whoever acts in it a rioter.
    """
    actor: Actor | None = next((a for a in coding.actors if a.id == person.actor), None)
    sector = actor.sector if actor else None
    side = side_of(person.quote, sector, acted_upon=not acts)
    listed = _inters().get(sector or "")
    if listed == EXTERNAL:
        return EXTERNAL
    match side.kind:
        case "nonstate":
            return REBELS if listed == REBELS else MILITIA
        case "state":
            abroad = actor and actor.country and event.place and event.place.country not in {None, actor.country}
            return EXTERNAL if abroad else STATE
        case "weapon" | "thing":
            return None
        case _ if kind == PROTESTS:
            return PROTESTERS
        case _ if kind == RIOTS and acts:
            return RIOTERS
        case "crowd":
            return PROTESTERS
        case "civilian":
            return CIVILIANS
        case _:
            return None


@cache
def _inters() -> dict[str, int]:
    return {row["sector"]: int(row["acled_inter"]) for row in read_facts("sectors_elsewhere.tsv")}


def _fatalities(event: EventMention) -> int | None:
    """The least that anybody gives; a figure without a least number ("up to five") says too little."""
    least = (count.best if count.low is None else count.low for count in event.counts if count.kind == "killed")
    return min((n for n in least if n is not None), default=None)


def _crowd(event: EventMention) -> str:
    words = next((number_words(event, c) for c in event.counts if c.kind == "participants"), "no report")
    return f"crowd size={words}"


def _seconds(retrieved: str | None) -> int | None:
    """A time with its zone in seconds since 1970; a day alone or a time of no zone is none."""
    try:
        time = datetime.fromisoformat(retrieved or "")
    except ValueError:
        return None
    return int(time.timestamp()) if time.tzinfo is not None else None
