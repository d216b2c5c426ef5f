"""Tab-separated, in the columns that scripts for POLECAT's data know, with dateline's own behind them.

A row is an event told as having happened; several actors of one event share its row, separated by "; ".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TextIO

from dateline.export.countries import cow_number, iso3
from dateline.export.formats.columns import names, read_facts
from dateline.export.formats.rows import Cells, aligned, chances, days, iso, key
from dateline.export.formats.sheet import write_rows
from dateline.export.safe import address
from dateline.export.statement import coder_words
from dateline.export.words import according_to, participants
from dateline.model import Actor, Coding, EventMention, Participant, Place, PlacePrecision

COLUMNS = names("polecat")
BETWEEN = "; "


def write(codings: Iterable[Coding], out: TextIO) -> None:
    """A header and a row for each event that is told as having happened."""
    write_rows(rows(codings), COLUMNS, out, delimiter="\t")


def rows(codings: Iterable[Coding]) -> Iterator[Cells]:
    """The cells of the events that happened, by POLECAT's names of the columns; none holds a tab."""
    for coding in codings:
        for event in coding.events:
            if event.modality == "asserted":
                yield without_tabs(row_of(coding, event))


def row_of(coding: Coding, event: EventMention) -> Cells:
    """The cells of an event mention."""
    report = coding.report
    evidence = event.evidence[0] if event.evidence else event.trigger
    first, last = days(event.date)
    locations = dict.fromkeys(place.name for place in coding.places if place.use == "place")
    return {
        "Event ID": key(report.id, event.id),
        "Event Date": first.isoformat() if first is not None and first == last else None,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": _intensity(event),
        "Quad Code": event.codes.quad,
        "Contexts": BETWEEN.join(event.contexts) or None,
        **_party(coding, event.actors, "Actor"),
        **_party(coding, event.recipients, "Recipient"),
        **(_where(event.place) if event.place else {}),
        "Source": report.publisher,
        "Publication Date": (report.published or "")[:10] or None,
        "Story Locations": BETWEEN.join(locations) or None,
        "Language": report.language,
        "Version": f"{coder_words(coding)}; {coding.coder.codebook}",
        "report": report.id,
        "url": address(report.url),
        "historical": event.historical,
        "date_start": iso(first),
        "date_end": iso(last),
        "according_to": according_to(coding, event.attribution),
        "evidence": evidence.quote,
        **chances(event),
    }


def _party(coding: Coding, people: Sequence[Participant], role: str) -> Cells:
    told = participants(coding, people)
    actors = [actor for _, actor in told]
    sectors = [_plover(actor, "plover_sector") for actor in actors]
    numbers = [cow_number(actor.country) if actor else None for actor in actors]
    return {
        f"{role} Name": BETWEEN.join(name for name, _ in told) or None,
        f"{role} Country": aligned([_country(actor) for actor in actors], BETWEEN),
        f"{role} COW": aligned([str(n) if n is not None else None for n in numbers], BETWEEN),
        f"Primary {role} Sector": next(iter(sectors), None),
        f"{role} Sectors": aligned(sectors, BETWEEN),
        f"{role} Title": aligned([actor.role if actor else None for actor in actors], BETWEEN),
        f"{role} Name Raw": BETWEEN.join(person.quote for person in people) or None,
    }


def _country(actor: Actor | None) -> str | None:
    """The country's code; of a body that is of no country what kind of body it is."""
    return (iso3(actor.country) if actor else None) or _plover(actor, "plover_country")


def _where(place: Place) -> Cells:
    town = place.precision == "town" or place.precision == "site"  # noqa: PLR1714 - values of a Literal
    return {
        "Placename": place.name,
        "City": place.name if town else None,
        "District": place.name if place.precision == "district" else None,
        "Province": place.admin1 or (place.name if place.precision == "province" else None),
        "Country": iso3(place.country),
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid,
        "Raw Placename": place.quote,
        "Feature Type": _feature(place.precision),
    }


def _feature(precision: PlacePrecision) -> str | None:
    """The class of GeoNames that a precision stands for."""
    match precision:
        case "town":
            return "PPL"
        case "district":
            return "ADM2"
        case "province":
            return "ADM1"
        case "country":
            return "PCLI"
        case _:
            return None


def _intensity(event: EventMention) -> float | None:
    """PLOVER's score of the mode, of the type where the mode has none; None for a type of another codebook."""
    scores = _scores()
    return scores.get((event.type, event.mode or ""), scores.get((event.type, "")))


@cache
def _scores() -> dict[tuple[str, str], float]:
    return {(row["type"], row["mode"]): float(row["intensity"]) for row in read_facts("plover_intensity.tsv")}


def _plover(actor: Actor | None, code: str) -> str | None:
    """What PLOVER has for an actor's sector: a sector, or the code that stands for a country."""
    row = _sectors().get(actor.sector or "") if actor else None
    return (row[code] or None) if row else None


@cache
def _sectors() -> dict[str, dict[str, str]]:
    return {row["sector"]: row for row in read_facts("sectors_elsewhere.tsv")}


def without_tabs(row: Cells) -> Cells:
    """A row whose texts hold no tab, which would begin a cell."""
    return {name: value.replace("\t", " ") if isinstance(value, str) else value for name, value in row.items()}
